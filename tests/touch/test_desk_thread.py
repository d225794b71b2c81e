"""The desk thread: order, and what happens when something breaks behind a tap."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from kiosk.desk import Desk, DeskRules
from kiosk.facts import KioskStarted, TicketIssued, TicketNotPrinted, TicketPrinted
from kiosk.ports import Outcome, PrintOutcome
from kiosk.slip import Slip
from kiosk.tickets import Ticket
from kiosk.trouble import JournalTrouble, MachineTrouble
from kiosk.visit_events import DeskFailed, DeskRecovered, Event, IssueTicket, PrintSettled, RecordRating, TicketReady
from kiosk.waits import Waiting
from screens.touch.desk_thread import DeskThread
from tests.fakes.clock import FakeClock
from tests.fakes.lobby import BreakableJournal, plain_slip, scene_facts
from tests.fakes.waiting import until


class QuickSender:
    """Settles in the caller's own thread, as for a printer known to be away; notes what the book held then."""

    def __init__(self, journal: BreakableJournal) -> None:
        self._journal = journal
        self.sent: list[Slip] = []
        self.last_fact_when_sent = ""

    def send(self, slip: Slip, settle: Callable[[PrintOutcome], None]) -> None:
        self.sent.append(slip)
        self.last_fact_when_sent = self._journal.head().fact
        settle(PrintOutcome(Outcome.NOT_PRINTED, "P-101"))


class Bench:
    """A desk thread and everything it told."""

    def __init__(self) -> None:
        self.journal = BreakableJournal(FakeClock())
        self.sender = QuickSender(self.journal)
        self.told: list[Event] = []
        self.slip_of: Callable[[Ticket, bool], Slip] = plain_slip
        self.makes_desk = True
        self.thread = DeskThread(
            self._desk,
            book=self.journal,
            slip_of=self._slip,
            tell=self.told.append,
        )

    def _slip(self, ticket: Ticket, copy: bool, _: Waiting | None) -> Slip:
        return self.slip_of(ticket, copy)

    def _desk(self) -> Desk:
        if not self.makes_desk:
            raise JournalTrouble("J-108", detail="a fact of tomorrow")
        return Desk(self.journal, DeskRules("kiosk-1", lambda service, _: service, scene_facts().criteria))

    def facts(self) -> list[str]:
        return [entry.fact for entry in self.journal.entries()]


@pytest.fixture
def bench() -> Iterator[Bench]:
    made = Bench()
    yield made
    made.thread.close(5)


ISSUE = IssueTicket(1, "E", priority=False)


def test_the_number_is_in_the_book_before_the_slip_goes_out(bench: Bench) -> None:
    bench.thread.start(bench.sender)
    bench.thread.do(ISSUE)
    until(lambda: bench.sender.sent)
    assert bench.sender.last_fact_when_sent == TicketIssued.__name__


def test_a_number_is_told_before_its_outcome_even_when_that_is_known_at_once(bench: Bench) -> None:
    bench.thread.start(bench.sender)
    bench.thread.do(ISSUE)
    until(lambda: len(bench.told) == 2)
    assert [type(event) for event in bench.told] == [TicketReady, PrintSettled]
    until(lambda: TicketNotPrinted.__name__ in bench.facts())


def test_a_slip_that_cannot_be_composed_costs_nobody_her_number(bench: Bench) -> None:
    def broken(ticket: Ticket, copy: bool) -> Slip:
        raise RuntimeError("a fault in the layout")

    bench.slip_of = broken
    bench.thread.start(bench.sender)
    bench.thread.do(ISSUE)
    until(lambda: len(bench.told) == 2)
    assert [type(event) for event in bench.told] == [TicketReady, PrintSettled]


def test_the_same_visit_asking_twice_holds_one_number(bench: Bench) -> None:
    bench.thread.start(bench.sender)
    bench.thread.do(ISSUE)
    bench.thread.do(ISSUE)
    until(lambda: len([event for event in bench.told if isinstance(event, TicketReady)]) == 2)
    assert bench.facts().count(TicketIssued.__name__) == 1


def test_trouble_is_told_by_its_code_and_its_end_too(bench: Bench) -> None:
    bench.thread.start(bench.sender)
    until(lambda: KioskStarted.__name__ in bench.facts())
    bench.journal.breaks(MachineTrouble("M-201"))
    bench.thread.do(ISSUE)
    until(lambda: bench.told)
    bench.thread.try_again()
    until(lambda: len(bench.told) == 2)
    assert bench.told == [DeskFailed("M-201"), DeskFailed("M-201")]
    bench.journal.breaks(None)
    bench.thread.try_again()
    until(lambda: bench.told[-1] == DeskRecovered())


def test_a_fault_of_ours_is_trouble_too_and_the_thread_lives_on(bench: Bench) -> None:
    bench.thread.start(bench.sender)
    bench.thread.do(RecordRating("", None, answer=7))  # type: ignore[arg-type]
    until(lambda: bench.told)
    assert isinstance(bench.told[0], DeskFailed)
    bench.thread.do(ISSUE)
    until(lambda: any(isinstance(event, TicketReady) for event in bench.told))


def test_a_desk_that_could_not_be_made_is_made_at_the_next_try(bench: Bench) -> None:
    bench.makes_desk = False
    bench.thread.start(bench.sender)
    until(lambda: bench.told == [DeskFailed("J-108")])
    bench.makes_desk = True
    bench.thread.try_again()
    until(lambda: bench.told[-1] == DeskRecovered())
    assert bench.facts().count(KioskStarted.__name__) == 1


def test_closing_does_what_was_asked_for_first(bench: Bench) -> None:
    bench.thread.start(bench.sender)
    for visit in range(20):
        bench.thread.do(IssueTicket(visit, "E", priority=False))
    assert bench.thread.close(10)
    assert bench.facts().count(TicketIssued.__name__) == 20
    assert bench.facts().count(TicketPrinted.__name__) == 0
