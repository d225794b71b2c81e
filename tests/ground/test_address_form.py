"""The form of address: as the office chooses, with whole sentences around it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import kiosk
from kiosk.address_form import WRITTEN, addressed, addressed_set, addressed_words
from kiosk.criteria import default_set
from kiosk.settings_entries import ADDRESS_FORMS
from kiosk.words import words

LANGUAGE = Path(kiosk.__file__).parent / "language" / "vi.json"
TEXTS = sorted({text for screen in json.loads(LANGUAGE.read_text("utf-8")).values() for text in screen.values()})


@pytest.mark.parametrize(
    ("text", "customers", "nobody"),
    [
        ("Số của ông/bà", "Số của khách hàng", "Số"),
        ("Xin cảm ơn ông/bà!", "Xin cảm ơn khách hàng!", "Xin cảm ơn!"),
        ("Xin ông/bà cho biết", "Xin khách hàng cho biết", "Xin cho biết"),
        ("Ông/bà có cần gì không?", "Khách hàng có cần gì không?", "Có cần gì không?"),
        ("Xong rồi. Ông/bà giữ phiếu.", "Xong rồi. Khách hàng giữ phiếu.", "Xong rồi. Giữ phiếu."),
        ("Mời ông/bà sang quầy", "Mời khách hàng sang quầy", "Mời sang quầy"),
        ("{n} người phía trước ông/bà", "{n} người phía trước khách hàng", "{n} người phía trước"),
    ],
)
def test_sentences_stay_whole(text: str, customers: str, nobody: str) -> None:
    assert addressed(text, WRITTEN) == text
    assert addressed(text, "khách hàng") == customers
    assert addressed(text, "none") == nobody


@pytest.mark.parametrize("form", [form for form in ADDRESS_FORMS if form != WRITTEN])
def test_no_text_keeps_the_written_form_or_a_stray_space(form: str) -> None:
    for text in TEXTS:
        said = addressed(text, form)
        assert "ông/bà" not in said.lower()
        assert "  " not in said
        assert said == said.strip()
        assert not any(f" {sign}" in said for sign in ".!?," if f" {sign}" not in text)
        assert said[:1] == said[:1].upper() or text[:1] == text[:1].lower()


def test_words_and_criteria_are_addressed_alike() -> None:
    said = addressed_words("vi", "công dân")
    assert said.say("thanks.title") == "Xin cảm ơn công dân!"
    assert said.other().say("thanks.title") == words("en").say("thanks.title")
    asked = addressed_set(default_set(), "công dân").overall.question
    assert asked["vi"] == "Hôm nay công dân có hài lòng với việc phục vụ không?"
    assert asked["en"] == default_set().overall.question["en"]
    assert addressed_set(default_set(), WRITTEN) is default_set()
    assert addressed_words("vi", WRITTEN) is words("vi")


def test_what_is_filled_in_is_not_touched() -> None:
    assert addressed_words("vi", "none").say("closed.title", day="ông/bà") == "Mời trở lại sáng ông/bà"
