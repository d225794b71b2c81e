"""The counter's console over a link that breaks, and at one counter from several screens."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route

from tests.fakes.waiting import until
from tests.web.browsing import opened
from tests.web.consoles import (
    CONNECTED,
    CUT_OFF,
    STEPS,
    console,
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


def test_each_refused_press_stays_to_be_read_after_the_link_is_back(chromium: Browser, base: str) -> None:
    with console(chromium, base) as (page, _), console(chromium, base, "4") as (other, _):
        cut(page.context)
        for number, reason in (("B001", "1"), ("B002", "1")):
            press(page, "g")
            page.fill("dialog input", number)
            page.keyboard.press("Enter")
            page.wait_for_selector("dialog .choice")
            page.keyboard.press(reason)
            page.wait_for_selector("dialog", state="hidden")
        for called in ("B001", "B002"):
            press(other, "Enter")
            waits_for(other, called)
        mend(page.context)
        page.wait_for_selector(CONNECTED)
        page.wait_for_timeout(1500)
        assert page.locator("#toast li").count() == 2
        for number in ("B001", "B002"):
            assert f"· {number}” chưa làm được" in page.inner_text("#toast")
        press(page, "Escape")
        page.wait_for_selector("#toast", state="hidden")


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


def test_whoever_was_taken_over_reads_which_kept_presses_were_not_done(
    chromium: Browser, base: str, lobby: Lobby
) -> None:
    with console(chromium, base) as (page, _), opened(chromium, width=1366, height=768) as (second, _):
        press(page, "Enter")
        waits_for(page, "B001")
        cut(page.context)
        press(page, "r")
        press(page, "f")
        shows(page, "#kept", "Đang giữ 2 thao tác")
        sit_down_over(second, base)
        mend(page.context)
        for words in ("Quầy 3 đã được mở trên máy khác.", "“Gọi lại · B001”", "“Xong, chưa mời tiếp · B001”"):
            shows(page, "#ended", words)
        page.reload()
        shows(page, "#ended", "“Xong, chưa mời tiếp · B001”")
    assert office_facts(lobby.data, *STEPS) == ["TicketCalled B001"]


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
        until(lambda: page.evaluate("true") and len(sent) == 2)  # asking the page lets its requests be heard
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
