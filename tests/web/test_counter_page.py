"""What the counter's page tells its script: holidays ahead, counters, reasons in words; who may see it."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from html import unescape
from typing import Any

from litestar.testing import TestClient

from kiosk.holidays import holidays
from kiosk.line_rules import LineRules
from kiosk.words import words
from screens.web.counter_page import holiday_notes
from screens.web.telling import telling
from tests.web.offices import Lobby, pages_app

MONDAY = date(2026, 11, 23)
VI = telling("vi")


def told(html: str) -> dict[str, Any]:
    """What the page's script reads."""
    found = re.search(r'<template id="told">(.*?)</template>', html, re.DOTALL)
    assert found
    read: dict[str, Any] = json.loads(unescape(found[1]))
    return read


def test_the_day_before_a_holiday_says_when_results_can_be_promised() -> None:
    notes = holiday_notes(MONDAY, VI)
    assert notes["2026-11-23"] == "Mai 24/11 nghỉ Ngày Văn hóa Việt Nam. Hẹn trả kết quả từ 25/11."
    assert "2026-11-24" not in notes


def test_a_holiday_behind_a_weekend_is_told_on_friday_with_its_weekday() -> None:
    notes = holiday_notes(date(2027, 4, 30), VI)
    assert notes["2027-04-30"] == "Mai 01/05 nghỉ Ngày Quốc tế Lao động. Hẹn trả kết quả từ 04/05."
    assert notes["2027-05-02"].startswith("Mai 03/05 nghỉ bù")


def test_a_holiday_that_is_not_certain_yet_says_so() -> None:
    assert holiday_notes(date(2027, 2, 4), VI)["2027-02-04"].endswith("(tạm tính)")


def test_a_note_stands_exactly_where_a_holiday_comes_before_work_goes_on() -> None:
    notes = holiday_notes(MONDAY, VI, days=400)
    for ahead in range(400):
        day = MONDAY + timedelta(days=ahead)
        back, passed = day + timedelta(days=1), False
        while back in holidays() or back.weekday() in (5, 6):
            passed = passed or back in holidays()
            back += timedelta(days=1)
        assert (day.isoformat() in notes) == passed, day


def test_the_page_knows_counters_services_and_every_reason_in_words(lobby: Lobby) -> None:
    with TestClient(pages_app(lobby.central)) as client:
        for language in ("vi", "en"):
            page = told(client.get(f"/counter?lang={language}").text)
            assert [one["id"] for one in page["counters"]] == ["1", "2", "3", "4", "5", "6"]
            assert page["counters"][2]["serves"] == page["services"][1]["name"]
            for ids in page["reasons"].values():
                for id in ids:
                    assert page["reason_words"][id] == words(language).say(f"reasons.{id}")
            assert page["normal_share"] == LineRules().share


def test_every_word_the_page_s_script_asks_for_is_there(lobby: Lobby) -> None:
    with TestClient(pages_app(lobby.central)) as client:
        page = client.get("/counter")
        known = told(page.text)["words"]
        static = re.findall(r"(/static/\w+/)js/counter/main\.js", page.text)[0]
        asked: set[str] = set()
        for name in (
            "main",
            "actions",
            "draw",
            "rows",
            "link",
            "take",
            "sign_in",
            "keys_dialog",
            "dialogs",
            "toast",
            "keys",
        ):
            script = client.get(f"{static}js/counter/{name}.js").text
            asked |= set(re.findall(r'\bsay\("(\w+)"', script))
        assert len(asked) > 60
        assert asked - set(known) == set()


def test_beyond_the_machine_the_page_asks_for_the_password_and_its_doors_give_nothing(lobby: Lobby) -> None:
    with TestClient(pages_app(lobby.central), base_url="http://192.0.2.9:8080") as client:
        assert re.search(r'id="password-field"\s*>', client.get("/counter").text)
        assert client.get("/counter/live").status_code == 401
        assert client.post("/counter/code", json={"text": "B001"}).status_code == 401


def test_a_page_that_asks_the_password_itself_is_not_told_to_have_the_browser_ask(lobby: Lobby) -> None:
    with TestClient(pages_app(lobby.central), base_url="http://192.0.2.9:8080") as client:
        assert "WWW-Authenticate" in client.get("/counter/live").headers
        asked = client.get("/counter/live", headers={"X-Requested-With": "page"})
        assert asked.status_code == 401
        assert "WWW-Authenticate" not in asked.headers
