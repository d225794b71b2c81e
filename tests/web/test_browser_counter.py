"""The counter's console in a real browser over a real office: by keyboard, in a race, cut off, on two screens."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import requests
from playwright.sync_api import Browser, Route

from kiosk.lobby_facts import HelpCalled
from tests.fakes.waiting import until
from tests.web.browsing import opened
from tests.web.consoles import (
    CONNECTED,
    STEPS,
    console,
    number_at,
    office_facts,
    press,
    presses_sent,
    shows,
    sit_down,
    waits_for,
)
from tests.web.offices import Lobby, pages_app, served


@pytest.fixture
def base(lobby: Lobby) -> Iterator[str]:
    """An office with six numbers waiting for certified copies."""
    for _ in range(6):
        lobby.take_number("B")
        lobby.clock.advance(60)
    with served(pages_app(lobby.central)) as address:
        yield address


def test_a_counter_works_through_its_line_by_keyboard_alone(chromium: Browser, base: str, lobby: Lobby) -> None:
    with console(chromium, base) as (page, told):
        assert page.inner_text("#seat") == "Quầy 3"
        assert page.inner_text("#waiting-count") == "6"
        press(page, "Enter")
        waits_for(page, "B001")
        press(page, "r")
        shows(page, "#fact-for-name", "gọi lại 1 lần")
        press(page, "s")
        shows(page, "#eyebrow", "Đang phục vụ")
        press(page, "f")
        waits_for(page, "")
        press(page, "z")
        waits_for(page, "B001")
        press(page, "Space")
        waits_for(page, "B002")
        press(page, "v")
        waits_for(page, "")
        press(page, "g")
        page.fill("dialog input", "b 4")
        page.keyboard.press("Enter")
        page.wait_for_selector("dialog .choice")
        page.keyboard.press("3")
        waits_for(page, "B004")
        press(page, "p")
        page.wait_for_selector("dialog .choice")
        page.keyboard.press("1")
        waits_for(page, "")
        shows(page, "#parked", "B004")
        press(page, "Enter")
        waits_for(page, "B003")
        press(page, "c")
        page.wait_for_selector("dialog .choice")
        page.keyboard.press("1")
        waits_for(page, "")
        press(page, "b")
        page.wait_for_selector("dialog .choice")
        page.keyboard.press("2")
        shows(page, "#eyebrow", "Đang tạm nghỉ")
        press(page, "Enter")
        shows(page, "#eyebrow", "Quầy đang trống")
        assert told.complaints == []
    assert office_facts(lobby.data, *STEPS) == [
        "TicketCalled B001", "TicketRecalled B001", "ServiceStarted B001", "TicketFinished B001", "PressUndone B001",
        "TicketFinished B001", "TicketCalled B002", "TicketMissed B002", "CalledOutOfOrder B004", "TicketCalled B004",
        "TicketParked B004", "TicketCalled B003", "TicketTransferred B003", "CounterPaused", "CounterResumed",
    ]  # fmt: skip


def test_the_numeric_keypad_works_too(chromium: Browser, base: str) -> None:
    with console(chromium, base) as (page, _):
        press(page, "NumpadEnter")
        waits_for(page, "B001")
        press(page, "Numpad2")
        shows(page, "#eyebrow", "Đang phục vụ")
        press(page, "Numpad3")
        waits_for(page, "")


def test_a_key_that_makes_no_sense_now_says_why_and_sends_nothing(chromium: Browser, base: str) -> None:
    with console(chromium, base) as (page, _):
        sent = presses_sent(page)
        press(page, "f")
        shows(page, "#toast", "Chưa có số nào ở quầy.")
        press(page, "z")
        shows(page, "#toast", "Không còn gì để hoàn tác.")
        assert sent == []


def test_composed_text_typing_and_a_held_key_are_no_presses(chromium: Browser, base: str) -> None:
    with console(chromium, base) as (page, _):
        sent = presses_sent(page)
        for odd in ("isComposing: true", "keyCode: 229", "repeat: true", "ctrlKey: true", "key: 'Process'"):
            page.evaluate(f"dispatchEvent(new KeyboardEvent('keydown', {{key: 'Enter', code: 'Enter', {odd}}}))")
        press(page, "g")
        page.wait_for_selector("dialog input")
        page.keyboard.type("fvrs")
        page.keyboard.press("Escape")
        page.wait_for_selector("dialog", state="hidden")
        press(page, "Enter")
        waits_for(page, "B001")
        assert [one["action"] for one in sent] == ["next"]


def test_two_quick_strokes_of_one_key_are_one_press(chromium: Browser, base: str) -> None:
    with console(chromium, base) as (page, _):
        sent = presses_sent(page)
        page.keyboard.press("Enter")
        page.keyboard.press("Enter")
        waits_for(page, "B001")
        page.wait_for_timeout(300)
        assert len(sent) == 1


def test_enter_after_a_click_means_the_line_again(chromium: Browser, base: str) -> None:
    with console(chromium, base) as (page, _):
        press(page, "Enter")
        waits_for(page, "B001")
        page.click("[data-action=recall]")
        shows(page, "#fact-for-name", "gọi lại 1 lần")
        press(page, "Enter")
        waits_for(page, "B002")


def test_keys_can_be_changed_and_stay_changed(chromium: Browser, base: str) -> None:
    with console(chromium, base) as (page, _):
        press(page, "?")
        change = "tr:has-text('Bắt đầu làm') button"
        page.click(change)
        page.keyboard.press("r")
        shows(page, ".key-told", "Phím R đang dùng cho “Gọi lại”.")
        page.click(change)
        page.keyboard.press("k")
        page.keyboard.press("Escape")
        assert page.inner_text("kbd[data-key=start]") == "K"
        page.reload()
        page.wait_for_selector(CONNECTED)
        assert page.inner_text("kbd[data-key=start]") == "K"
        press(page, "Enter")
        waits_for(page, "B001")
        press(page, "k")
        shows(page, "#eyebrow", "Đang phục vụ")


def test_two_counters_that_call_at_once_get_two_numbers(chromium: Browser, base: str, lobby: Lobby) -> None:
    with console(chromium, base, "3") as (one, _), console(chromium, base, "4") as (other, _):
        one.keyboard.press("Enter")
        other.keyboard.press("Enter")
        until(lambda: number_at(one) and number_at(other))
        assert {number_at(one), number_at(other)} == {"B001", "B002"}
    assert sorted(office_facts(lobby.data, "TicketCalled")) == ["TicketCalled B001", "TicketCalled B002"]


def test_whoever_loses_a_race_is_told_so(chromium: Browser, base: str, lobby: Lobby) -> None:
    with console(chromium, base, "3") as (one, _), console(chromium, base, "4") as (other, _):
        for page in (one, other):
            press(page, "g")
            page.fill("dialog input", "B005")
            page.keyboard.press("Enter")
            page.wait_for_selector("dialog .choice")
        one.keyboard.press("1")
        waits_for(one, "B005")
        other.keyboard.press("1")
        shows(other, "#toast", "Quầy khác đã gọi số này trước.")
        assert "S-331" in other.inner_text("#toast")
        assert number_at(other) == ""
    assert office_facts(lobby.data, "TicketCalled") == ["TicketCalled B005"]


def test_the_line_moves_by_itself(chromium: Browser, base: str, lobby: Lobby) -> None:
    with console(chromium, base) as (page, _):
        lobby.take_number("B")
        shows(page, "#waiting-count", "7")
        lobby.take_number("A")
        lobby.take_number("B")
        shows(page, "#waiting-count", "8")


def test_a_row_s_menu_gives_priority_and_cancels(chromium: Browser, base: str, lobby: Lobby) -> None:
    with console(chromium, base) as (page, _):
        page.click("[data-menu=B005]")
        page.keyboard.press("2")
        page.wait_for_selector("dialog >> text=Vì sao B005 được ưu tiên?")
        page.keyboard.press("1")
        shows(page, "tr:has([data-menu=B005])", "Ưu tiên")
        page.click("[data-menu=B006]")
        page.wait_for_selector("dialog >> text=Số B006")
        page.keyboard.press("3")
        page.wait_for_selector("dialog >> text=Bỏ số B006?")
        page.keyboard.press("2")
        shows(page, "#waiting-count", "5")
    assert office_facts(lobby.data, *STEPS) == ["PriorityGiven B005", "TicketCancelled B006"]


def test_a_call_for_help_rings_until_somebody_comes(chromium: Browser, base: str, lobby: Lobby) -> None:
    with console(chromium, base, "3") as (page, _), console(chromium, base, "1") as (other, _):
        lobby.tell(HelpCalled("help-1", "kiosk-1"))
        for one in (page, other):
            shows(one, "#ringing", "Máy 1 gọi giúp")
        press(page, "d")
        for one in (page, other):
            one.wait_for_selector("#ringing", state="hidden")
    assert office_facts(lobby.data, "HelpAnswered") == ["HelpAnswered"]


COUNT_NOTES = """
globalThis.notes = 0;
const plain = AudioContext.prototype.createOscillator;
AudioContext.prototype.createOscillator = function () { globalThis.notes += 1; return plain.call(this); };
"""
SOON = """
const every = setInterval;
globalThis.setInterval = (work, ms) => every(work, ms === 8000 ? 400 : ms);
"""
"""The eight seconds between two rings, made short."""


def test_a_call_for_help_sounds_at_once_and_a_change_of_the_line_adds_no_ring(
    chromium: Browser, base: str, lobby: Lobby
) -> None:
    with opened(chromium, width=1366, height=768) as (page, _):
        page.context.add_init_script(COUNT_NOTES)
        sit_down(page, base, "3")
        lobby.tell(HelpCalled("help-1", "kiosk-1"))
        shows(page, "#ringing", "Máy 1 gọi giúp")
        for expected in ("7", "8"):
            lobby.take_number("B")
            shows(page, "#waiting-count", expected)
        assert page.evaluate("notes") == 2
        lobby.tell(HelpCalled("help-2", "kiosk-2"))
        shows(page, "#ringing", "Máy 2 gọi giúp")
        assert page.evaluate("notes") == 4


def test_the_bell_rings_over_a_reload_until_somebody_goes(chromium: Browser, base: str, lobby: Lobby) -> None:
    with opened(chromium, width=1366, height=768) as (page, _):
        page.context.add_init_script(COUNT_NOTES + SOON)
        sit_down(page, base, "3")
        lobby.tell(HelpCalled("help-1", "kiosk-1"))
        until(lambda: page.evaluate("notes") >= 6)
        assert page.title() == "(!) Quầy 3 · Thân Thiện"
        page.reload()
        shows(page, "#ringing", "Máy 1 gọi giúp")
        assert page.evaluate("notes") == 0
        page.keyboard.press("Shift")
        assert page.evaluate("notes") == 2
        until(lambda: page.evaluate("notes") >= 6)
        press(page, "d")
        page.wait_for_selector("#ringing", state="hidden")
        rung = page.evaluate("notes")
        page.wait_for_timeout(900)
        assert page.evaluate("notes") == rung
        assert page.title() == "Quầy 3 · Thân Thiện"


def test_whoever_answers_a_call_second_is_told_so(chromium: Browser, base: str, lobby: Lobby) -> None:
    with console(chromium, base) as (page, _):
        lobby.tell(HelpCalled("help-1", "kiosk-1"))
        shows(page, "#ringing", "Máy 1 gọi giúp")

        def be_slower(route: Route) -> None:
            requests.post(base + "/counter/help", json={"help_id": "help-1"}, timeout=10)
            route.continue_()

        page.route("**/counter/help", be_slower)
        press(page, "d")
        shows(page, "#toast", "Đã có người khác đến giúp.")
        assert "Đã báo" not in page.inner_text("#toast")


def test_a_number_is_taken_for_somebody_with_its_code(chromium: Browser, base: str) -> None:
    with console(chromium, base) as (page, told):
        press(page, "n")
        page.wait_for_selector("dialog .choice")
        page.keyboard.press("2")
        page.wait_for_selector("#slip img")
        assert page.inner_text("#slip .number") == "B007"
        assert page.evaluate("document.querySelector('#slip img').naturalWidth > 0")
        assert told.complaints == []
