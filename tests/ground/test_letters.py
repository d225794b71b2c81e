"""Drafts of letters: blanks, passages, and nothing chosen for a person."""

from __future__ import annotations

import pytest

from kiosk.letters import DRAFTS, Letter, Piece, letter

DRAFT = Letter("x", 1, "T", "Kính gửi: {Xung_ho} {ho_ten}", ("Hẹn *{hen_moi}*.", "[[Có thể {viec}.]] [[a | b]] hết"))


def test_a_blank_is_filled_with_what_is_known_and_else_left_to_be_typed() -> None:
    assert DRAFT.pieces(DRAFT.greeting, {"xung_ho": "ông/bà"}) == (
        Piece("text", "Kính gửi: "),
        Piece("blank", "Ông/bà", "xung_ho"),
        Piece("text", " "),
        Piece("blank", "", "ho_ten"),
    )
    assert DRAFT.pieces(DRAFT.body[0], {})[1] == Piece("blank", "", "hen_moi", strong=True)


def test_a_passage_may_be_left_out_and_one_of_two_is_taken() -> None:
    kinds = [piece.kind for piece in DRAFT.pieces(DRAFT.body[1], {})]
    assert kinds == ["maybe", "text", "either", "text"]
    either = DRAFT.pieces(DRAFT.body[1], {})[2]
    assert [way[0].text for way in either.pieces] == ["a", "b"]


@pytest.mark.parametrize("path", sorted(DRAFTS.glob("*.json")), ids=lambda path: path.stem)
def test_every_draft_can_be_read_and_ends_as_letters_end(path: object) -> None:
    found = letter(getattr(path, "stem", ""))
    assert found.id == getattr(path, "stem", "") and found.version >= 1
    assert found.body[-1].endswith("./.")
    for text in (found.greeting, *found.body):
        assert not any(sign in piece.text for piece in found.pieces(text, {}) for sign in "{}[]|")
