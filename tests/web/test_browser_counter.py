"""The counter's console in a real browser over a real office: by keyboard, in a race, cut off, on two screens."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route

from kiosk.lobby_facts import HelpCalled
from tests.fakes.waiting import until
from tests.web.browsing import opened
from tests.web.consoles import (
    CONNECTED,
    CUT_OFF,
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

STEPS = (
    "TicketCalled", "ServiceStarted", "TicketFinished", "TicketMissed", "TicketParked", "TicketReturned",
    "TicketTransferred", "CalledOutOfOrder", "PressUndone", "TicketRecalled", "CounterPaused", "CounterResumed",
    "PriorityGiven", "TicketCancelled", "HelpAnswered",
)  # fmt: skip


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


def test_the_help_bell_sounds_once_a_call(chromium: Browser, base: str, lobby: Lobby) -> None:
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


def test_a_number_is_taken_for_somebody_with_its_code(chromium: Browser, base: str) -> None:
    with console(chromium, base) as (page, told):
        press(page, "n")
        page.wait_for_selector("dialog .choice")
        page.keyboard.press("2")
        page.wait_for_selector("#slip img")
        assert page.inner_text("#slip .number") == "B007"
        assert page.evaluate("document.querySelector('#slip img').naturalWidth > 0")
        assert told.complaints == []


# --- one counter, several screens ---------------------------------------------------------------------


def test_a_counter_in_use_says_so_and_can_be_taken_over(chromium: Browser, base: str) -> None:
    with console(chromium, base) as (first, _), opened(chromium, width=1366, height=768) as (second, _):
        second.goto(base + "/counter")
        second.check("input[name=counter][value='3']")
        second.click(".go")
        shows(second, "#sign-in-note", "Quầy 3 đang dùng trên máy khác.")
        second.click("#sign-in-note button")
        second.wait_for_selector(CONNECTED)
        first.wait_for_selector("#sign-in:not([hidden])")
        shows(first, "#ended", "Quầy 3 đã được mở trên máy khác.")


def test_a_reload_keeps_the_counter_and_leaving_gives_it_back(chromium: Browser, base: str) -> None:
    with console(chromium, base) as (page, _):
        page.reload()
        page.wait_for_selector(CONNECTED)
        page.click("#leave")
        page.wait_for_selector("dialog .choice")
        page.keyboard.press("1")
        page.wait_for_selector("#sign-in:not([hidden])")
        sit_down(page, base, "3")


def test_from_another_machine_the_page_itself_asks_for_the_password(chromium: Browser, base: str, lobby: Lobby) -> None:
    away = base.replace("127.0.0.1", "office.localhost")
    password = (lobby.data / "keys" / "staff-password").read_text(encoding="utf-8").strip()
    with opened(chromium, width=1366, height=768) as (page, _):
        page.goto(away + "/counter")
        page.fill("#password", "not this one")
        page.check("input[name=counter][value='3']")
        page.click(".go")
        shows(page, "#sign-in-note", "Chưa đúng mật khẩu.")
        page.fill("#password", password)
        page.keyboard.press("Enter")
        page.wait_for_selector(CONNECTED)
        press(page, "Enter")
        waits_for(page, "B001")
        page.context.clear_cookies(name="thanthien_staff")
        press(page, "s")
        shows(page, "#ended", "Phiên làm việc đã hết giờ.")
        page.fill("#password", password)
        page.keyboard.press("Enter")
        shows(page, "#eyebrow", "Đang phục vụ")


# --- the link -----------------------------------------------------------------------------------------


def test_presses_made_while_cut_off_are_kept_over_a_reload_and_done_once(
    chromium: Browser, base: str, lobby: Lobby
) -> None:
    with console(chromium, base) as (page, _):
        press(page, "Enter")
        waits_for(page, "B001")
        cut(page.context)
        press(page, "s")
        page.wait_for_selector(CUT_OFF)
        press(page, "f")
        shows(page, "#kept", "Đang giữ 2 thao tác")
        assert "Mất nối từ" in page.inner_text("#link")
        mend(page.context)
        page.reload()
        page.wait_for_selector(CONNECTED)
        waits_for(page, "")
        page.wait_for_selector("#kept", state="hidden")
    assert office_facts(lobby.data, *STEPS) == ["TicketCalled B001", "ServiceStarted B001", "TicketFinished B001"]


def test_a_kept_press_can_be_taken_back(chromium: Browser, base: str, lobby: Lobby) -> None:
    with console(chromium, base) as (page, _):
        cut(page.context)
        press(page, "Enter")
        page.click("#kept")
        page.click("dialog li button")
        page.keyboard.press("Escape")
        page.wait_for_selector("dialog", state="hidden")
        mend(page.context)
        page.wait_for_selector(CONNECTED)
    assert office_facts(lobby.data, *STEPS) == []


def test_a_press_of_an_earlier_stay_is_never_done_in_the_name_of_the_next(
    chromium: Browser, base: str, lobby: Lobby
) -> None:
    with console(chromium, base) as (page, _), opened(chromium, width=1366, height=768) as (second, _):
        page.route("**/counter/press", lambda route: route.abort())
        press(page, "Enter")
        shows(page, "#kept", "Đang giữ 1 thao tác")
        sit_down_over(second, base)
        page.wait_for_selector("#sign-in:not([hidden])")
        page.unroute("**/counter/press")
        page.click(".go")
        page.click("#sign-in-note button")
        shows(page, "#toast", "của lượt ngồi trước chưa gửi được")
    assert office_facts(lobby.data, *STEPS) == []


def sit_down_over(page: Page, base: str) -> None:
    """Take counter 3 over from whoever sits there."""
    page.goto(base + "/counter")
    page.check("input[name=counter][value='3']")
    page.click(".go")
    page.click("#sign-in-note button")
    page.wait_for_selector(CONNECTED)


def test_an_answer_that_is_lost_makes_no_second_press(chromium: Browser, base: str, lobby: Lobby) -> None:
    with console(chromium, base) as (page, _):
        sent = presses_sent(page)
        lost: list[int] = []

        def lose_answer(route: Route) -> None:
            reply = route.fetch()  # the office did it; its answer never arrives
            lost.append(reply.status)
            route.abort() if len(lost) == 1 else route.fulfill(response=reply)

        page.route("**/counter/press", lose_answer)
        press(page, "Enter")
        waits_for(page, "B001")
        until(lambda: len(sent) == 2)
        assert sent[0]["id"] == sent[1]["id"]
        page.wait_for_selector(CONNECTED)
    assert office_facts(lobby.data, "TicketCalled") == ["TicketCalled B001"]


NO_LOCKS = "Object.defineProperty(Navigator.prototype, 'locks', { value: undefined })"
"""As on a plain http address of the office."""


@pytest.mark.parametrize("script", ["", NO_LOCKS], ids=["locks", "lease"])
def test_two_tabs_of_one_browser_send_a_press_once(chromium: Browser, base: str, lobby: Lobby, script: str) -> None:
    with opened(chromium, width=1366, height=768) as (page, _):
        page.context.add_init_script(script)
        sit_down(page, base, "3")
        cut(page.context)
        press(page, "Enter")
        shows(page, "#kept", "Đang giữ 1 thao tác")
        mend(page.context)
        other = page.context.new_page()
        sent, also = presses_sent(page), presses_sent(other)
        other.goto(base + "/counter")
        for one in (page, other):
            one.wait_for_selector(CONNECTED)
            waits_for(one, "B001")
        assert len(sent) + len(also) == 1
        assert page.evaluate("navigator.locks === undefined") == bool(script)
    assert office_facts(lobby.data, "TicketCalled") == ["TicketCalled B001"]


def test_a_silent_server_is_noticed_within_ten_seconds(chromium: Browser, base: str) -> None:
    with console(chromium, base) as (page, _):
        page.wait_for_function("Date.now = ((real) => () => real() + 11000)(Date.now.bind(Date)), true")
        page.context.set_offline(True)
        page.wait_for_selector(CUT_OFF, timeout=10_000)
        page.context.set_offline(False)
        page.wait_for_selector(CONNECTED)


def cut(context: BrowserContext) -> None:
    """The network is away: what is open breaks, what is new fails."""
    context.set_offline(True)


def mend(context: BrowserContext) -> None:
    """The network is back."""
    context.set_offline(False)
