"""A citizen's whole pass, as she lives it: real clicks in a real window, paper out of a TCP printer, the
leader's page in a browser; and all of it again after each process was killed in the middle."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from kiosk.ballot import ballot_issue, ballot_text, ballot_used
from kiosk.book_check import check
from kiosk.book_file import read_entries
from tests.doors.lobby_process import LobbyProcess, ballot_on
from tests.fakes.waiting import until
from tests.web.browsing import launch, opened


@pytest.fixture
def lobby(tmp_path: Path) -> Iterator[LobbyProcess]:
    with LobbyProcess(tmp_path / "data") as made:
        yield made


def take_number(lobby: LobbyProcess) -> bytes:
    """Two taps, a slip; returns the ballot that stands on it."""
    tickets, sheets = lobby.count("TicketIssued"), len(lobby.printer.sheets)
    lobby.tap("home", "tile:B")
    lobby.tap("priority", "priority:no")
    until(lambda: lobby.count("TicketIssued") > tickets)
    assert lobby.count("TicketIssued") == tickets + 1
    sheet = lobby.printer.wait_for_sheets(sheets + 1, 15)[-1]
    ballot = ballot_on(sheet)
    assert lobby.entries("TicketIssued")[-1].fields()["ballot_issue"] == ballot_issue(ballot)
    until(lambda: lobby.count("TicketPrinted") == tickets + 1)
    return ballot


def rate(lobby: LobbyProcess, ballot: bytes) -> None:
    """Hold the slip under the scanner, say satisfied, answer nothing more."""
    home = lobby.still()
    lobby.scan(ballot_text(ballot))
    until(lambda: lobby.still() != home)
    lobby.tap("rating_overall", "answer:satisfied")
    assert lobby.entries("RatingGiven")[-1].fields()["ballot_used"] == ballot_used(ballot)
    skipped = lobby.count("CriterionSkipped")
    for _ in range(3):
        lobby.tap("rating_criterion", "skip")
    assert lobby.count("CriterionSkipped") == skipped + 3
    lobby.tap("thanks", "done")


def told_by_the_page(lobby: LobbyProcess, issued: int, answered: int) -> None:
    """The leader's page in a browser comes to say these counts."""

    def counted() -> bool:
        told = lobby.get("/manager.json")["opinions"]
        return bool((told["issued"], told["rated"]) == (issued, answered))

    until(counted, within_s=30)
    with sync_playwright() as playwright:
        browser = launch(playwright)
        with opened(browser) as (page, told):
            page.goto(lobby.pages + "/manager")
            assert str(issued) in page.locator("#opinions").inner_text()
            assert told.complaints == []
        browser.close()


@pytest.mark.timeout(240)
def test_a_whole_pass_and_again_after_every_process_was_killed(lobby: LobbyProcess) -> None:
    held = take_number(lobby)
    lobby.tap("ticket_done", "done")
    rate(lobby, held)
    told_by_the_page(lobby, 1, 1)

    held = take_number(lobby)
    lobby.kill("serve")
    lobby.kill("touch")
    rate(lobby, held)
    told_by_the_page(lobby, 2, 2)

    held = take_number(lobby)
    lobby.kill_all()
    lobby.start()
    rate(lobby, held)
    told_by_the_page(lobby, 3, 3)

    assert [entry.fields()["number"] for entry in lobby.entries("TicketIssued")] == ["B001", "B002", "B003"]
    assert lobby.stop() == 0
    check(read_entries(lobby.data / "journal.sqlite"))
    check(read_entries(lobby.data / "office" / "journal.sqlite"))
    lobby.start()
