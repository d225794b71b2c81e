"""What a kiosk knows of its own numbers: those the office has not seen, those on paper, what it says of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.criteria import default_set
from kiosk.desk import Desk, DeskRules
from kiosk.facts import TicketIssued
from kiosk.lobby_views import KioskView, WhyNumber
from kiosk.own_slips import OwnSlips
from kiosk.slip import Cells, Line
from kiosk.ticket_slip import SlipOffice, ticket_slip
from kiosk.tickets import Ticket
from kiosk.waits import OwnLine, Waiting, expected, waiting_count
from kiosk.why_words import why_words
from kiosk.words import words
from tests.fakes.clock import FakeClock
from tests.fakes.journal import MemoryJournal
from tests.fakes.office import line

OFFICE = SlipOffice("phường Bắc Sơn", "kiosk-1", 7)


@contextmanager
def desk() -> Iterator[tuple[Desk, MemoryJournal, FakeClock]]:
    clock = FakeClock()
    journal = MemoryJournal(clock)
    yield Desk(journal, DeskRules("kiosk-1", lambda service, _: service, default_set())), journal, clock


def take(at: Desk, visit: int, service: str = "E") -> Ticket:
    return at.issue_ticket(visit_id=visit, service=service, priority=False)


def view(through: int, count: int) -> KioskView:
    return KioskView("2026-11-23T01:00:00.000000Z", through, {"E": line(count)}, {}, {}, calling=True)


@given(st.lists(st.sampled_from(["E", "B", "drop"]), max_size=20), st.integers(0, 25))
def test_own_numbers_behind_the_view_are_counted_each_once(acts: list[str], through: int) -> None:
    with desk() as (at, journal, _):
        held: list[str] = []
        for visit, act in enumerate(acts, 1):
            if act == "drop" and held:
                at.drop_ticket(held.pop(), journal.today())
            elif act != "drop":
                number = take(at, visit, act).number
                held += [number] if act == "E" else []
        seen = OwnLine()
        for entry in journal.entries(0):
            if entry.seq <= through:
                seen.take_in(entry)
        last = journal.head().seq
        assert at.own_line.behind(through, "E") == at.own_line.behind(0, "E") - seen.behind(0, "E")
        assert at.own_line.behind(0, "E") == len(held)
        assert at.own_line.behind(last, "E") == 0


def test_unknown_is_never_zero() -> None:
    own = OwnLine()
    assert waiting_count(None, own, "E") is None
    assert waiting_count(view(0, 0), own, "K") is None
    assert expected(None, own, "E") is None
    assert waiting_count(view(0, 0), own, "E") == 0


def test_yesterdays_numbers_wait_no_more() -> None:
    with desk() as (at, _, clock):
        take(at, 1)
        clock.advance(24 * 3600)
        take(at, 2)
        assert at.own_line.behind(0, "E") == 1


def test_a_slip_is_known_for_a_week_and_then_forgotten() -> None:
    with desk() as (at, journal, clock):
        ticket = take(at, 1)
        for day in range(9):
            known = at.own_slip(ticket.ballot)
            assert (known is not None) == (day <= 7), day
            clock.advance(24 * 3600)
            take(at, day + 2)
        again = OwnSlips()
        for entry in journal.entries(0):
            again.take_in(entry)
        assert again.slip(ticket.ballot) is None


def test_a_dropped_slip_is_known_as_dropped() -> None:
    with desk() as (at, journal, _):
        ticket = take(at, 1)
        at.drop_ticket(ticket.number, journal.today())
        own = at.own_slip(ticket.ballot)
        assert own is not None
        assert own.cancelled


def test_the_same_visit_gets_the_same_number_and_its_facts_once() -> None:
    with desk() as (at, journal, _):
        assert take(at, 1) == take(at, 1)
        assert [entry.fact for entry in journal.entries(0)].count(TicketIssued.__name__) == 1


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_slip_says_who_is_ahead_for_how_long_and_the_promised_hour(language: str) -> None:
    with desk() as (at, _, _):
        ticket = take(at, 1)
    said = words(language)
    slip = ticket_slip(ticket, office=OFFICE, service="E", words=said, waiting=Waiting(6, (15, 25), 2))
    (cells,) = [one for one in slip.elements if isinstance(one, Cells)]
    assert ["6" in cells.cells[0].value, "15–25" in cells.cells[1].value] == [True, True]
    plain = ticket_slip(ticket, office=OFFICE, service="E", words=said)
    assert not [one for one in plain.elements if isinstance(one, Cells)]


def test_why_42_names_what_happened_and_leaves_out_what_did_not() -> None:
    told = why_words(WhyNumber("B042", "B", 42, 3, 0, 0, 0, 10, 0, 2), words("en"))
    assert len(told) == 4
    assert "42" in told[0]
    assert not any(text.startswith("0") for text in told)
    assert len(why_words(WhyNumber("B002", "B", 2, 0, 0, 0, 0, 0, 0, 0), words("vi"))) == 2


def test_the_promised_hour_stands_on_the_slip() -> None:
    with desk() as (at, _, _):
        ticket = take(at, 1)
    promised = Ticket(ticket.number, "E", False, ticket.day, ticket.at, ticket.seq, ticket.mark, ticket.ballot, "08:30")
    slip = ticket_slip(promised, office=OFFICE, service="E", words=words("vi"))
    assert any(isinstance(one, Line) and "08:30" in one.text for one in slip.elements)
