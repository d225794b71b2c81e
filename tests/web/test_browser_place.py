"""A slip's place in line on a phone, in a real browser, moved by real presses at counters."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page

from kiosk.ballot import ballot_line, ballot_text, new_ballot
from kiosk.presses import Action, Press
from kiosk.tickets import Ticket
from screens.web.office_pages import OfficePages
from tests.fakes.waiting import until
from tests.web.auditing import clipped, outside, overlapping, pale, targets
from tests.web.browsing import Told, opened
from tests.web.offices import Lobby, app_of, office_pages, served

MOST_BYTES = 30_000
WIDTHS = (320, 360, 430, 820)
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
EVERY_MS = 5_000
"""How often the page asks; its timers are moved from here."""


@dataclass
class Office:
    """An office whose lobby is moved from here and looked at from a phone."""

    lobby: Lobby
    pages: OfficePages
    address: str
    pressed: int = 0

    def sit(self, *counters: str) -> None:
        for counter in counters:
            self.pages.hall.sign_in(counter, f"sitting-{counter}")

    def press(self, action: Action, counter: str = "3") -> None:
        self.pressed += 1
        self.pages.hall.press(Press(f"press-{self.pressed}", counter, f"sitting-{counter}", action))

    def take(self, count: int) -> list[Ticket]:
        return [self.lobby.take_number("B") for _ in range(count)]

    def open(self, page: Page, ticket: Ticket, language: str = "vi") -> None:
        page.goto("about:blank")
        page.goto(f"{self.address}/V?lang={language}#{ballot_text(ticket.ballot)}")
        page.locator(".number", has_text=ticket.number).wait_for()


@pytest.fixture
def office(lobby: Lobby) -> Iterator[Office]:
    pages = office_pages(lobby.central)
    with served(app_of(pages)) as address:
        yield Office(lobby, pages, address)


@pytest.fixture
def phone(chromium: Browser) -> Iterator[tuple[Page, Told]]:
    with opened(chromium, width=390, height=844, has_touch=True, is_mobile=True) as made:
        made[0].clock.install()
        yield made


def ask_until(page: Page, selector: str, text: str) -> None:
    """Let the page ask, again and again, until it says this."""

    def said() -> bool:
        page.clock.run_for(EVERY_MS)
        return page.locator(selector, has_text=text).is_visible()

    until(said)


def test_the_page_says_who_is_ahead_and_follows_the_line(office: Office, phone: tuple[Page, Told]) -> None:
    page, told = phone
    tickets = office.take(5)
    office.sit("3")
    office.open(page, tickets[4])
    assert page.inner_text(".ahead") == "4 người"
    assert page.locator(".circles i").count() == 4
    assert page.locator(".range").is_hidden()
    office.press(Action.NEXT)
    ask_until(page, ".ahead", "3 người")
    assert page.inner_text(".serving") == "Đang phục vụ B001 ở Quầy 3"
    assert told.complaints == []
    assert told.hosts() == {office.address.removeprefix("http://")}


def test_a_range_is_told_with_its_basis(office: Office, phone: tuple[Page, Told]) -> None:
    page, _ = phone
    tickets = office.take(6)
    office.sit("3", "4")
    office.press(Action.NEXT)
    office.lobby.clock.advance(300)
    office.press(Action.FINISH_NEXT)
    office.open(page, tickets[5])
    assert "phút" in page.inner_text(".minutes")
    assert page.inner_text(".basis") == "theo 2 quầy đang mở"


def test_a_called_number_is_sent_to_its_counter_and_the_alert_rings(office: Office, phone: tuple[Page, Told]) -> None:
    page, _ = phone
    [ticket] = office.take(1)
    office.sit("3")
    office.open(page, ticket)
    assert page.inner_text(".state") == "Ông/bà là người kế tiếp"
    page.tap(".alert")
    page.locator(".alert[aria-checked=true]").wait_for()
    office.press(Action.NEXT)
    ask_until(page, ".state", "Xin mời đến Quầy 3")
    assert page.locator("body.rung").count() == 1
    assert page.locator(".ahead").is_hidden()


def test_an_alert_that_is_off_stays_silent(office: Office, phone: tuple[Page, Told]) -> None:
    page, _ = phone
    [ticket] = office.take(1)
    office.sit("3")
    office.open(page, ticket)
    office.press(Action.NEXT)
    ask_until(page, ".state", "Xin mời")
    assert page.locator("body.rung").count() == 0


def test_a_number_is_dropped_only_after_asking_once_more(office: Office, phone: tuple[Page, Told]) -> None:
    page, _ = phone
    [ticket] = office.take(1)
    office.open(page, ticket)
    page.tap(".drop")
    assert ticket.number in page.inner_text(".sure p")
    page.tap(".no")
    assert office.pages.hall.place(ballot_line(ticket.ballot)).state == "waiting"
    page.tap(".drop")
    page.tap(".yes")
    page.locator(".state", has_text="Số này đã bỏ").wait_for()
    assert office.pages.hall.place(ballot_line(ticket.ballot)).state == "cancelled"
    assert page.locator(".drop").is_hidden()


def test_presence_is_asked_for_when_few_are_ahead_and_said_with_one_tap(
    office: Office, phone: tuple[Page, Told]
) -> None:
    page, _ = phone
    tickets = office.take(6)
    office.open(page, tickets[5])
    assert page.locator(".still").is_hidden()
    office.open(page, tickets[2])
    page.tap(".still")
    page.locator(".still_ask", has_text="đã biết").wait_for()
    assert page.locator(".still").is_hidden()
    assert office.pages.hall.place(ballot_line(tickets[2].ballot)).present


def test_why_this_number_is_explained_in_counts(office: Office, phone: tuple[Page, Told]) -> None:
    page, _ = phone
    tickets = office.take(4)
    office.pages.hall.drop(ballot_line(tickets[1].ballot))
    office.sit("3")
    office.press(Action.NEXT)
    office.press(Action.FINISH_NEXT)
    office.open(page, tickets[3])
    page.tap("summary")
    assert "Vì sao đã gọi đến B003?" in page.inner_text(".why")
    assert "1 số đã bỏ" in page.inner_text(".why ul")


def test_the_rating_opens_when_the_work_is_done_and_not_before(office: Office, phone: tuple[Page, Told]) -> None:
    page, _ = phone
    tickets = office.take(2)
    office.sit("3")
    office.press(Action.NEXT)
    office.press(Action.START)
    office.open(page, tickets[0])
    assert page.locator(".rate").is_disabled()
    early = page.request.post(office.address + "/V/ballot", data={"ballot": ballot_text(tickets[0].ballot)})
    assert early.json()["code"] == "S-315"
    office.press(Action.FINISH)
    ask_until(page, "[data-answer=satisfied]", "Hài lòng")
    page.tap("[data-answer=satisfied]")
    page.locator(".skip").wait_for()


def test_cut_off_from_the_office_the_number_stays_and_the_counts_go(office: Office, phone: tuple[Page, Told]) -> None:
    page, _ = phone
    tickets = office.take(4)
    office.open(page, tickets[3])
    page.context.set_offline(True)
    ask_until(page, ".lost", "08:00")
    assert page.inner_text(".number") == tickets[3].number
    assert page.locator(".ahead").is_hidden()
    assert page.locator(".drop").is_hidden()
    page.context.set_offline(False)
    ask_until(page, ".ahead", "3 người")
    assert page.locator(".lost").is_hidden()


def test_cut_off_nobody_is_told_to_be_the_next(office: Office, phone: tuple[Page, Told]) -> None:
    page, _ = phone
    [ticket] = office.take(1)
    office.open(page, ticket)
    assert page.inner_text(".state") == "Ông/bà là người kế tiếp"
    page.context.set_offline(True)
    ask_until(page, ".lost", ticket.number)
    assert page.locator(".state").is_hidden()


def test_a_slip_that_is_not_known_yet_is_shown_once_it_comes_through(office: Office, phone: tuple[Page, Told]) -> None:
    page, _ = phone
    ticket = office.lobby.desk.issue_ticket(visit_id=99, service="B", priority=False)
    page.goto(f"{office.address}/V#{ballot_text(ticket.ballot)}")
    page.locator(".code", has_text="S-315").wait_for()
    office.lobby.send()
    page.clock.run_for(16_000)
    page.locator(".number", has_text=ticket.number).wait_for()


def test_yesterdays_slip_is_told_so_and_may_still_be_rated(office: Office, phone: tuple[Page, Told]) -> None:
    page, _ = phone
    [ticket] = office.take(1)
    office.lobby.clock.advance(24 * 3600)
    office.pages.hall.turn()
    page.goto(f"{office.address}/V#{ballot_text(ticket.ballot)}")
    page.locator(".code", has_text="S-337").wait_for()
    assert "ngày khác" in page.inner_text("h1")
    page.tap(".again")
    page.locator("[data-answer=neutral]").wait_for()


def test_only_the_hash_of_the_slip_is_asked_with_and_nothing_is_kept(office: Office, phone: tuple[Page, Told]) -> None:
    page, told = phone
    [ticket] = office.take(1)
    bodies: list[str] = []
    page.on("request", lambda request: bodies.append(request.post_data or ""))
    office.open(page, ticket)
    text = ballot_text(ticket.ballot)
    assert any(ballot_line(ticket.ballot) in body for body in bodies)
    assert not any(text in body for body in bodies)
    assert not any(text in asked.split("#")[0] for asked in told.asked)
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    assert {cookie["name"] for cookie in page.context.cookies()} <= {"thanthien_lang"}


def test_the_page_works_out_the_same_hash_as_the_office(office: Office, phone: tuple[Page, Told]) -> None:
    page, _ = phone
    page.goto(office.address + "/V")
    module = page.get_attribute("script[type=module]", "src") or ""
    ballots = [bytes(16), b"\xff" * 16, *(new_ballot() for _ in range(50))]
    made = page.evaluate(
        "async ([module, texts]) => { const { lineHash, readBallot } = await import(module);"
        " return texts.map(text => lineHash(readBallot(text))); }",
        [module.replace("main.js", "line_hash.js"), [ballot_text(one) for one in ballots]],
    )
    assert made == [hashlib.sha256(b"line" + one).hexdigest() for one in ballots]


def test_the_first_load_is_under_thirty_kilobytes_on_the_wire(office: Office, chromium: Browser) -> None:
    """What Chromium received over the socket for everything, headers and fonts included."""
    [ticket] = office.take(1)
    with opened(chromium, width=390, height=844) as (page, _):
        wire = page.context.new_cdp_session(page)
        received: list[float] = []
        wire.on("Network.loadingFinished", lambda told: received.append(told["encodedDataLength"]))
        wire.send("Network.enable")
        office.open(page, ticket)
        page.wait_for_load_state("networkidle")
        until(lambda: page.evaluate("document.fonts.status") == "loaded")
    assert 15_000 < sum(received) < MOST_BYTES, sum(received)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_state_is_legible_whole_and_easy_to_hit(office: Office, chromium: Browser, language: str) -> None:
    tickets = office.take(6)
    office.sit("3")
    office.press(Action.NEXT)
    office.lobby.clock.advance(400)
    office.press(Action.FINISH_NEXT)
    with opened(chromium) as (page, _):
        office.open(page, tickets[4], language)
        page.click("summary")
        _check(page)
        office.open(page, tickets[1], language)
        _check(page)


def _check(page: Page) -> None:
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), width
        assert (outside(page), clipped(page), overlapping(page)) == ([], [], []), width
        assert [target for target in targets(page) if target["height"] < 44 or target["width"] < 44] == [], width
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        assert pale(page) == [], scheme
