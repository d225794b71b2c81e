"""What is held under a scanner that types, in the real window."""

from __future__ import annotations

import pytest

from kiosk.ballot import ballot_text, slip_address
from kiosk.facts import RatingGiven
from kiosk.visit import Place, Times
from tests.fakes.touch_kiosk import TouchKiosk

IDENTITY_CARD = "001099012345|123456789|Nguyen Van A|01011990|Nam|Bac Son|01012022\n"


def slip_of_a_ticket(kiosk: TouchKiosk, server: str | None = None) -> str:
    """What the QR on the paper of a fresh ticket says."""
    kiosk.tap("tile:E")
    kiosk.at(Place.NUMBER)
    ticket = kiosk.visit.ticket
    assert ticket is not None
    kiosk.tap("done")
    kiosk.advance(Times().second_ticket)
    return slip_address(ticket.ballot, server) + "\n"


@pytest.mark.parametrize("server", [None, "10.0.0.5:8080"])
def test_a_slip_under_the_scanner_opens_its_rating(kiosk: TouchKiosk, server: str | None) -> None:
    slip = slip_of_a_ticket(kiosk, server)
    kiosk.finger.type(slip)
    kiosk.at(Place.OVERALL)
    kiosk.tap("answer:satisfied")
    assert kiosk.entries(RatingGiven)[0].fields()["ballot_used"]


def test_a_slip_wakes_the_idle_screen(kiosk: TouchKiosk) -> None:
    slip = slip_of_a_ticket(kiosk)
    kiosk.advance(121)
    kiosk.at(Place.IDLE)
    kiosk.finger.type(slip)
    kiosk.at(Place.OVERALL)


def test_a_slip_that_was_used_says_so_and_rates_nothing(kiosk: TouchKiosk) -> None:
    slip = slip_of_a_ticket(kiosk)
    kiosk.finger.type(slip)
    kiosk.at(Place.OVERALL)
    kiosk.tap("answer:satisfied", "skip", "skip", "skip", "done")
    kiosk.finger.type(slip)
    kiosk.until(lambda: kiosk.visit.notice == "scan.ballot_used")
    assert kiosk.visit.place is Place.HOME
    assert len(kiosk.entries(RatingGiven)) == 1


def test_a_slip_of_nobody_is_not_known(kiosk: TouchKiosk) -> None:
    kiosk.finger.type(ballot_text(bytes(range(16))) + "\n")
    kiosk.until(lambda: kiosk.visit.notice == "scan.ballot_unknown")


def test_an_identity_card_is_answered_and_leaves_nothing_in_the_book(kiosk: TouchKiosk) -> None:
    before = len(list(kiosk.journal.entries()))
    kiosk.finger.type(IDENTITY_CARD)
    kiosk.until(lambda: kiosk.visit.notice == "scan.identity_card")
    assert len(list(kiosk.journal.entries())) == before


def test_a_strange_code_is_answered_and_the_answer_goes_away(kiosk: TouchKiosk) -> None:
    kiosk.finger.type("8935049501234\n")
    kiosk.until(lambda: kiosk.visit.notice == "scan.unknown")
    kiosk.advance(5)
    assert not kiosk.visit.notice


def test_a_slip_held_up_while_a_number_is_shown_disturbs_nobody(kiosk: TouchKiosk) -> None:
    slip = slip_of_a_ticket(kiosk)
    kiosk.tap("tile:E")
    kiosk.finger.type(slip)
    kiosk.until(lambda: kiosk.scans)
    kiosk.settle()
    assert kiosk.visit.place is Place.NUMBER
