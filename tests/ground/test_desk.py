"""The desk: what a citizen may rely on when she takes a number or rates."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.ballot import ballot_issue, ballot_line, ballot_used
from kiosk.ballot_book import BALLOT_DAYS
from kiosk.checkpoint import mark
from kiosk.criteria import default_set
from kiosk.desk import Desk, DeskRules
from kiosk.fact import Fact
from kiosk.facts import (
    PrinterRecovered,
    PrinterTroubled,
    RatingGiven,
    TicketIssued,
    TicketNotPrinted,
    TicketPrinted,
    TicketPrintUnknown,
    TicketReprinted,
    TroubleEnded,
    fact_of,
)
from kiosk.ports import Outcome, PrinterState, PrinterStatus, PrintOutcome
from kiosk.trouble import MachineTrouble, SettingsTrouble, SyncTrouble, Trouble
from kiosk.visit_events import BallotState
from tests.fakes.clock import FakeClock
from tests.fakes.journal import MemoryJournal

PRINTED = PrintOutcome(Outcome.PRINTED)
PAPER_OUT = PrintOutcome(Outcome.NOT_PRINTED, "P-101")
LETTERS = {"A": "A", "B": "B", "stamp": "B"}


def letter_of(service: str, _: date) -> str:
    if service not in LETTERS:
        raise SettingsTrouble("C-413", detail=service)
    return LETTERS[service]


class Lobby:
    """A desk, its book and its clock."""

    def __init__(self) -> None:
        self.clock = FakeClock()
        self.book = MemoryJournal(self.clock)
        self.visits = 0
        self.open()

    def open(self) -> None:
        """The kiosk starts (again) on its book."""
        self.desk = Desk(self.book, DeskRules("kiosk-1", letter_of, default_set(), software="1"))
        self.desk.open_day()

    def take(self, service: str = "B") -> str:
        """Somebody takes a number."""
        self.visits += 1
        return self.desk.issue_ticket(visit_id=self.visits, service=service, priority=False).number

    def last(self) -> Fact:
        """The last fact in the book."""
        return fact_of(self.book.head())


@pytest.fixture
def lobby() -> Lobby:
    return Lobby()


def test_numbers_begin_at_one_each_day_in_each_service(lobby: Lobby) -> None:
    assert [lobby.take("A"), lobby.take("B"), lobby.take("B")] == ["A001", "B001", "B002"]
    lobby.clock.advance(86400)
    assert [lobby.take("B"), lobby.take("A")] == ["B001", "A001"]


def test_numbers_have_no_upper_end(lobby: Lobby) -> None:
    for _ in range(999):
        lobby.take()
    assert lobby.take() == "B1000"
    lobby.open()
    assert lobby.take() == "B1001"


def test_one_visit_gets_one_number_however_often_it_asks(lobby: Lobby) -> None:
    first = lobby.desk.issue_ticket(visit_id=7, service="B", priority=True)
    again = lobby.desk.issue_ticket(visit_id=7, service="A", priority=False)
    assert again is first
    assert lobby.take() == "B002"


def test_two_services_that_share_a_letter_never_share_a_number(lobby: Lobby) -> None:
    assert [lobby.take("B"), lobby.take("stamp"), lobby.take("B")] == ["B001", "B002", "B003"]


@given(st.lists(st.sampled_from(["A", "B", "restart", "midnight", "back"]), max_size=40))
def test_no_number_is_given_twice_in_a_day_whatever_happens(story: list[str]) -> None:
    lobby = Lobby()
    for event in story:
        if event == "restart":
            lobby.open()
        elif event == "midnight":
            lobby.clock.advance(16 * 3600)
        elif event == "back":
            lobby.clock.jump(-7200)
        else:
            lobby.take(event)
    given_out = [
        (entry.day, entry.fields()["number"]) for entry in lobby.book.entries() if entry.fact == "TicketIssued"
    ]
    assert len(set(given_out)) == len(given_out)


def test_the_ticket_and_its_fact_tell_the_same(lobby: Lobby) -> None:
    ticket = lobby.desk.issue_ticket(visit_id=1, service="B", priority=True)
    entry = lobby.book.head()
    assert fact_of(entry) == TicketIssued("B001", "B", True, ballot_issue(ticket.ballot), ballot_line(ticket.ballot))
    assert (ticket.seq, ticket.mark) == (entry.seq, mark(entry))
    assert ticket.ballot.hex() not in "".join(entry.body for entry in lobby.book.entries())
    assert ticket.ballot.hex() not in repr(ticket)


def test_a_number_that_cannot_be_written_is_not_given(lobby: Lobby) -> None:
    lobby.book.fail_with = MachineTrouble("M-201")
    with pytest.raises(MachineTrouble):
        lobby.take()
    with pytest.raises(Trouble):
        lobby.desk.try_again()
    lobby.book.fail_with = None
    lobby.desk.try_again()
    assert lobby.last() == TroubleEnded("M-201")
    assert lobby.take() == "B001"


def test_an_unknown_service_is_trouble_and_no_fact(lobby: Lobby) -> None:
    seq = lobby.book.head().seq
    with pytest.raises(SettingsTrouble):
        lobby.take("Z")
    assert lobby.book.head().seq == seq


@pytest.mark.parametrize(
    ("outcome", "copy", "fact"),
    [
        (PRINTED, False, TicketPrinted("B001", "")),
        (PRINTED, True, TicketPrinted("B001", "copy")),
        (PAPER_OUT, False, TicketNotPrinted("B001", "P-101")),
        (PrintOutcome(Outcome.UNKNOWN, "P-104"), False, TicketPrintUnknown("B001", "P-104")),
    ],
)
def test_each_outcome_is_a_fact(lobby: Lobby, outcome: PrintOutcome, copy: bool, fact: Fact) -> None:
    lobby.desk.settle_print(lobby.take(), outcome, copy=copy)
    assert lobby.last() == fact


def test_a_copy_is_written_before_it_is_sent(lobby: Lobby) -> None:
    ticket = lobby.desk.issue_ticket(visit_id=1, service="B", priority=False)
    lobby.desk.ask_copy(ticket)
    assert lobby.last() == TicketReprinted("B001", "asked")


def test_slips_nobody_settled_become_unknown_at_the_next_start(lobby: Lobby) -> None:
    settled, left = lobby.take(), lobby.take()
    lobby.desk.settle_print(settled, PRINTED, copy=False)
    lobby.open()
    assert lobby.last() == TicketPrintUnknown(left, "M-204")
    lobby.open()
    assert [entry.fact for entry in lobby.book.entries()].count("TicketPrintUnknown") == 1


def test_a_copy_nobody_settled_becomes_unknown_too(lobby: Lobby) -> None:
    ticket = lobby.desk.issue_ticket(visit_id=1, service="B", priority=False)
    lobby.desk.settle_print("B001", PRINTED, copy=False)
    lobby.desk.ask_copy(ticket)
    lobby.open()
    assert lobby.last() == TicketPrintUnknown("B001", "M-204")
    assert lobby.desk.published_mark() == (ticket.mark, ticket.at)


def test_the_published_checkpoint_is_of_a_ticket_on_paper(lobby: Lobby) -> None:
    assert lobby.desk.published_mark() is None
    ticket = lobby.desk.issue_ticket(visit_id=1, service="B", priority=False)
    assert lobby.desk.published_mark() is None
    lobby.desk.settle_print("B001", PRINTED, copy=False)
    assert lobby.desk.published_mark() == (ticket.mark, ticket.at)


def test_printer_trouble_and_its_end_are_facts_once_each(lobby: Lobby) -> None:
    ready, out = PrinterStatus(PrinterState.READY), PrinterStatus(PrinterState.TROUBLED, "P-101")
    lobby.desk.printer_changed(ready, out)
    assert lobby.last() == PrinterTroubled("P-101")
    seq = lobby.book.head().seq
    lobby.desk.printer_changed(out, out)
    assert lobby.book.head().seq == seq
    lobby.desk.printer_changed(out, ready)
    assert lobby.last() == PrinterRecovered("P-101")


# --- ratings --------------------------------------------------------------------------------


def test_a_ballot_rates_once(lobby: Lobby) -> None:
    ticket = lobby.desk.issue_ticket(visit_id=1, service="B", priority=False)
    assert lobby.desk.ballot_state(ticket.ballot) is BallotState.OPEN
    step = lobby.desk.record_rating(rating_id="", ballot=ticket.ballot, answer="satisfied")
    fact = fact_of(lobby.book.head())
    assert fact == RatingGiven(step.rating_id, ballot_used(ticket.ballot), "bacson-2023", 1, "good-first", "satisfied")
    assert lobby.desk.ballot_state(ticket.ballot) is BallotState.USED
    with pytest.raises(SyncTrouble) as trouble:
        lobby.desk.record_rating(rating_id="", ballot=ticket.ballot, answer="satisfied")
    assert trouble.value.code == "S-316"


def test_the_book_joins_no_rating_to_a_ticket(lobby: Lobby) -> None:
    ticket = lobby.desk.issue_ticket(visit_id=1, service="B", priority=False)
    issued = set(lobby.book.head().fields().values())
    lobby.desk.record_rating(rating_id="", ballot=ticket.ballot, answer="satisfied")
    rated = set(lobby.book.head().fields().values())
    assert not {value for value in issued & rated if isinstance(value, str) and len(value) > 8}


def test_a_ballot_closes_after_its_days_and_a_foreign_one_is_unknown(lobby: Lobby) -> None:
    ticket = lobby.desk.issue_ticket(visit_id=1, service="B", priority=False)
    assert lobby.desk.ballot_state(bytes(16)) is BallotState.UNKNOWN
    lobby.clock.advance(BALLOT_DAYS * 86400)
    lobby.take()
    assert lobby.desk.ballot_state(ticket.ballot) is BallotState.OPEN
    lobby.clock.advance(86400)
    assert lobby.desk.ballot_state(ticket.ballot) is BallotState.UNKNOWN


def test_ballots_survive_a_restart(lobby: Lobby) -> None:
    used = lobby.desk.issue_ticket(visit_id=1, service="B", priority=False)
    left = lobby.desk.issue_ticket(visit_id=2, service="B", priority=False)
    lobby.desk.record_rating(rating_id="", ballot=used.ballot, answer="neutral")
    lobby.open()
    assert lobby.desk.ballot_state(used.ballot) is BallotState.USED
    assert lobby.desk.ballot_state(left.ballot) is BallotState.OPEN


def test_at_most_three_criteria_follow_and_each_is_a_fact_at_once(lobby: Lobby) -> None:
    step = lobby.desk.record_rating(rating_id="", ballot=None, answer="dissatisfied")
    asked: tuple[str, ...] = ()
    while step.next_criterion:
        asked = (*asked, step.next_criterion)
        before = lobby.book.head().seq
        step = lobby.desk.record_criterion(rating_id=step.rating_id, asked=asked, question=len(asked), answer=None)
        assert lobby.book.head().seq == before + 1
    assert len(asked) == 3


def test_an_answer_the_question_does_not_have_is_refused(lobby: Lobby) -> None:
    seq = lobby.book.head().seq
    with pytest.raises(SyncTrouble) as trouble:
        lobby.desk.record_rating(rating_id="", ballot=None, answer="great")
    assert trouble.value.code == "S-314"
    assert lobby.book.head().seq == seq
    step = lobby.desk.record_rating(rating_id="", ballot=None, answer="neutral")
    with pytest.raises(SyncTrouble):
        lobby.desk.record_criterion(rating_id=step.rating_id, asked=(step.next_criterion,), question=1, answer="great")


def test_an_allegation_names_the_channels(lobby: Lobby) -> None:
    step = lobby.desk.record_rating(rating_id="", ballot=None, answer="dissatisfied")
    while step.next_criterion != "K1":  # people who leave at their first question: each is shown the next one
        step = lobby.desk.record_rating(rating_id="", ballot=None, answer="dissatisfied")
    for answer, channels in ((None, False), ("no", False), ("yes", True)):
        told = lobby.desk.record_criterion(rating_id=step.rating_id, asked=("K1",), question=1, answer=answer)
        assert told.channels is channels
