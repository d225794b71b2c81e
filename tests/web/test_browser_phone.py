"""A rating on a phone, really clicked: from the slip's address to the fact in the office's own book."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page

from kiosk.ballot import ballot_text, new_ballot, slip_address
from kiosk.entry import Entry
from sync.central.store import OFFICE_BOOK
from tests.web.auditing import clipped, outside, overlapping, pale, targets
from tests.web.browsing import Told, opened
from tests.web.offices import OFFICE, Lobby, pages_app, served

WIDTHS = (360, 430, 820, 1440)
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


@pytest.fixture
def address(lobby: Lobby) -> Iterator[str]:
    with served(pages_app(lobby.central)) as base:
        yield base


@pytest.fixture
def phone(chromium: Browser) -> Iterator[tuple[Page, Told]]:
    with opened(chromium, width=390, height=844, has_touch=True, is_mobile=True) as made:
        yield made


def facts(lobby: Lobby) -> list[Entry]:
    book = next(book for book in lobby.central.store.books(OFFICE) if book.kiosk_id == OFFICE_BOOK)
    return [entry for entry in lobby.central.store.entries(book) if entry.fact.startswith(("Rating", "Criterion"))]


def scan(page: Page, address: str, ballot: bytes) -> None:
    """Open what the QR of a slip says; a phone writes scheme and host small."""
    said = slip_address(ballot, address.removeprefix("http://"))
    page.goto(said.replace("HTTP://", "http://"))


def rate(page: Page, address: str, ballot: bytes) -> None:
    """Open a slip and ask to rate it: nobody was called today, so it may be rated at once."""
    scan(page, address, ballot)
    page.click(".rate:enabled")


def heading(page: Page) -> str:
    return page.inner_text("h1")


@pytest.mark.parametrize("overall", ["satisfied", "neutral", "dissatisfied"])
def test_a_whole_rating_is_clicked_and_stands_in_the_book(
    lobby: Lobby, address: str, phone: tuple[Page, Told], overall: str
) -> None:
    page, told = phone
    ticket = lobby.take_number()
    rate(page, address, ticket.ballot)
    page.tap(f"[data-answer={overall}]")
    for done in range(1, 4):
        _wait_for_step(page, done + 1)
        assert len(facts(lobby)) == done
        page.locator("[data-answer]").first.tap()
    page.locator("h1", has_text="cảm ơn").wait_for()
    assert [entry.fact for entry in facts(lobby)] == ["RatingGiven", *["CriterionAnswered"] * 3]
    assert facts(lobby)[0].fields()["answer"] == overall
    assert told.complaints == []
    assert told.hosts() == {address.removeprefix("http://")}


def test_the_ballot_never_stands_in_an_address(lobby: Lobby, address: str, phone: tuple[Page, Told]) -> None:
    page, told = phone
    ticket = lobby.take_number()
    rate(page, address, ticket.ballot)
    page.tap("[data-answer=satisfied]")
    page.locator(".skip").wait_for()
    text = ballot_text(ticket.ballot)
    assert all(text not in asked.split("#")[0] for asked in told.asked)


def test_everything_may_be_skipped_and_the_first_answer_stands(
    lobby: Lobby, address: str, phone: tuple[Page, Told]
) -> None:
    page, _ = phone
    rate(page, address, lobby.take_number().ballot)
    page.tap("[data-answer=neutral]")
    for number in (2, 3, 4):
        _wait_for_step(page, number)
        page.tap(".skip")
    page.locator("h1", has_text="cảm ơn").wait_for()
    assert [entry.fact for entry in facts(lobby)] == ["RatingGiven", *["CriterionSkipped"] * 3]


def test_a_used_slip_says_so_kindly(lobby: Lobby, address: str, phone: tuple[Page, Told]) -> None:
    page, told = phone
    ticket = lobby.take_number()
    lobby.desk.record_rating(rating_id="", ballot=ticket.ballot, answer="satisfied")
    lobby.send()
    rate(page, address, ticket.ballot)
    page.locator(".code").wait_for()
    assert page.inner_text(".code") == "S-316"
    assert "đã đánh giá" in heading(page)
    assert facts(lobby) == []
    assert [one for one in told.complaints if "422" not in one] == []


def test_an_unknown_slip_says_so_kindly(address: str, phone: tuple[Page, Told]) -> None:
    page, _ = phone
    scan(page, address, new_ballot())
    page.locator(".code").wait_for()
    assert page.inner_text(".code") == "S-315"


def test_without_a_slip_the_page_says_what_it_is_for(address: str, phone: tuple[Page, Told]) -> None:
    page, told = phone
    page.goto(address + "/V")
    assert "phiếu" in heading(page)
    assert told.complaints == []


def test_a_lost_network_keeps_the_answer_and_sends_it_once(
    lobby: Lobby, address: str, phone: tuple[Page, Told]
) -> None:
    page, _ = phone
    rate(page, address, lobby.take_number().ballot)
    page.locator("[data-answer=satisfied]").wait_for()
    page.context.set_offline(True)
    page.tap("[data-answer=satisfied]")
    page.locator(".again").wait_for()
    assert facts(lobby) == []
    page.context.set_offline(False)
    page.tap(".again")
    page.locator(".skip").wait_for()
    assert [entry.fact for entry in facts(lobby)] == ["RatingGiven"]


def test_an_answer_whose_receipt_was_lost_is_thanked_for_and_not_doubled(
    lobby: Lobby, address: str, phone: tuple[Page, Told]
) -> None:
    page, _ = phone
    rate(page, address, lobby.take_number().ballot)
    page.locator("[data-answer=satisfied]").wait_for()

    def lose_receipt(route: object) -> None:
        route.fetch()  # type: ignore[attr-defined]
        route.abort()  # type: ignore[attr-defined]

    page.route("**/V/rating", lose_receipt)
    page.tap("[data-answer=satisfied]")
    page.locator(".again").wait_for()
    page.unroute("**/V/rating")
    page.tap(".again")
    page.locator("h1", has_text="cảm ơn").wait_for()
    assert [entry.fact for entry in facts(lobby)] == ["RatingGiven"]


def test_a_double_tap_is_one_answer(lobby: Lobby, address: str, phone: tuple[Page, Told]) -> None:
    page, _ = phone
    rate(page, address, lobby.take_number().ballot)
    page.locator("[data-answer=neutral]").wait_for()
    page.evaluate("() => { const key = document.querySelector('[data-answer=neutral]'); key.click(); key.click(); }")
    page.locator(".skip").wait_for()
    assert [entry.fact for entry in facts(lobby)] == ["RatingGiven"]


def test_good_and_bad_take_the_same_effort(lobby: Lobby, address: str, phone: tuple[Page, Told]) -> None:
    page, _ = phone
    rate(page, address, lobby.take_number().ballot)
    page.locator("[data-answer=neutral]").wait_for()
    boxes = [key.bounding_box() for key in page.locator("[data-answer]").all()]
    sizes = {(round(box["width"]), round(box["height"])) for box in boxes if box}
    assert len(boxes) == 3
    assert len(sizes) == 1
    looks = page.evaluate(
        "[...document.querySelectorAll('[data-answer]')].map(e => { const s = getComputedStyle(e);"
        " return [s.backgroundColor, s.borderColor, s.borderWidth, s.fontWeight, s.fontSize].join(); })"
    )
    assert len(set(looks)) == 1


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_step_is_legible_whole_and_easy_to_hit(
    lobby: Lobby, address: str, chromium: Browser, language: str
) -> None:
    with opened(chromium) as (page, _):
        page.goto(f"{address}/V?lang={language}#{ballot_text(lobby.take_number().ballot)}")
        page.click(".rate")
        page.locator("[data-answer=neutral]").wait_for()
        _check(page)
        page.click("[data-answer=neutral]")
        for number in (2, 3, 4):
            _wait_for_step(page, number)
            _check(page)
            page.locator("[data-answer]").last.click()
        page.locator(".step").wait_for(state="detached")
        _check(page)


def _wait_for_step(page: Page, number: int) -> None:
    page.locator(".step", has_text=str(number)).wait_for()


def _check(page: Page) -> None:
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), width
        assert (outside(page), clipped(page), overlapping(page)) == ([], [], []), width
        assert [target for target in targets(page) if target["height"] < 44 or target["width"] < 44] == [], width
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        assert pale(page) == [], scheme
