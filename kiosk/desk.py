"""The desk: the use cases of a kiosk, and the folds they need.

Order of every promise: the fact is on the disk first, then paper moves, then the outcome is
written. So a number is never issued twice, never reused and never lost, whatever dies in
between; what nobody can know after a kill is written down as unknown.

One thread uses a desk.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from kiosk.appointment_facts import ReminderPrinted
from kiosk.ballot import ballot_issue, ballot_line, new_ballot
from kiosk.ballot_book import BALLOT_DAYS, BallotBook
from kiosk.checkpoint import mark
from kiosk.clock import instant
from kiosk.criteria import CriteriaSet
from kiosk.dealing import Dealer
from kiosk.entry import Entry, chained
from kiosk.fact import Fact
from kiosk.facts import (
    KioskStarted,
    PrinterRecovered,
    PrinterTroubled,
    TicketIssued,
    TicketNotPrinted,
    TicketPrinted,
    TicketPrintUnknown,
    TicketReprinted,
    TroubleEnded,
)
from kiosk.identifiers import random_id
from kiosk.line_facts import PresenceConfirmed, TicketCancelled
from kiosk.lobby_facts import HelpCalled, ReserveReceived
from kiosk.numbers import OwnNumbers
from kiosk.own_slips import OwnSlip, OwnSlips
from kiosk.ports import CAN_PRINT, Journal, Numbers, Outcome, PrinterStatus, PrintOutcome
from kiosk.rating_desk import RatingDesk, RatingStep
from kiosk.tickets import Ticket
from kiosk.trouble import Trouble
from kiosk.unsettled import Slips
from kiosk.visit_events import BallotState
from kiosk.waits import OwnLine

Along = Callable[[str], tuple[Fact, ...]]
"""From a number to further facts that are written with it."""


def nothing(_: str) -> tuple[Fact, ...]:
    """No further facts."""
    return ()


@dataclass(frozen=True, slots=True)
class DeskRules:
    """What the desk is told by settings and catalogue. ``letter_of``: a service's series letter on a day
    (raises ``SettingsTrouble`` C-413 for a service that is not in force); ``order``: of the answers."""

    kiosk_id: str
    letter_of: Callable[[str, date], str]
    criteria: CriteriaSet
    order: str = "good-first"
    software: str = ""


class Desk:
    """The use cases of one kiosk on its own book."""

    def __init__(self, journal: Journal, rules: DeskRules, *, numbers: Numbers | None = None) -> None:
        """``numbers`` None: this kiosk is alone in its office."""
        self._journal = journal
        self._rules = rules
        self._numbers: Numbers = numbers or OwnNumbers()
        self._ballots = BallotBook()
        self._slips = Slips()
        self._own_slips = OwnSlips()
        self.own_line = OwnLine()
        self._dealer = Dealer(rules.criteria, rules.kiosk_id)
        self._last: tuple[int, Ticket] | None = None
        self._trouble = ""
        self._rating = RatingDesk(
            self._append, dealer=self._dealer, criteria=rules.criteria, ballot_state=self.ballot_state
        )
        self._fold()

    def open_day(self) -> None:
        """Write that the kiosk started, and settle what the last run left open."""
        self._write(KioskStarted(self._rules.software))
        for number in self._slips.open_numbers():
            self._write(TicketPrintUnknown(number, "M-204"))

    def issue_ticket(self, *, visit_id: int, service: str, priority: bool, along: Along = nothing) -> Ticket:
        """Give the next number of a service. The same visit asking again gets the same ticket.

        ``along(number)``: further facts of this number, durable with it or not at all. Raises a
        ``Trouble`` if the number could not be written durably: then no number was given.
        """
        if self._last is not None and self._last[0] == visit_id:
            return self._last[1]
        ballot = new_ballot()
        entry = None
        while entry is None:
            day = self._journal.today()
            with self._numbers.next(self._rules.letter_of(service, day), day) as number:
                issued = TicketIssued(number, service, priority, ballot_issue(ballot), ballot_line(ballot))
                if self._journal.today() == day:  # a number asked for before midnight is another day's after it
                    entry = self._write_all((issued, *along(number)))[0]
        day, at = date.fromisoformat(entry.day), instant(entry.at)
        ticket = Ticket(number, service, priority, day, at, entry.seq, mark(entry), ballot)
        self._last = visit_id, ticket
        return ticket

    def receive_reserve(self, place: int) -> None:
        """Write which numbers are this kiosk's own when it is cut off from its office."""
        self._write(ReserveReceived(place))

    def settle_print(self, number: str, outcome: PrintOutcome, *, copy: bool) -> None:
        """Write what became of a slip, or of its copy."""
        if outcome.outcome is Outcome.PRINTED:
            self._write(TicketPrinted(number, "copy" if copy else ""))
        elif outcome.outcome is Outcome.NOT_PRINTED:
            self._write(TicketNotPrinted(number, outcome.reason))
        else:
            self._write(TicketPrintUnknown(number, outcome.reason))

    def settle_reminder(self, appointment_id: str, outcome: PrintOutcome) -> None:
        """Write what became of the reminder of an appointment."""
        self._write(ReminderPrinted(appointment_id, outcome.outcome.value, outcome.reason))

    def ask_copy(self, ticket: Ticket) -> None:
        """Write that a copy of this ticket is being sent."""
        self._write(TicketReprinted(ticket.number, "asked"))

    def call_help(self) -> str:
        """Write that somebody asks for a person; the name of the call."""
        help_id = random_id()
        self._write(HelpCalled(help_id, self._rules.kiosk_id))
        return help_id

    def own_slip(self, ballot: bytes) -> OwnSlip | None:
        """The number of a slip that this kiosk gave out."""
        return self._own_slips.slip(ballot)

    def today(self) -> date:
        """The business day that is written now."""
        return self._journal.today()

    def confirm_presence(self, number: str, day: date) -> None:
        """Write that whoever holds a number is still waiting."""
        self._write(PresenceConfirmed(number, day.isoformat(), "kiosk"))

    def drop_ticket(self, number: str, day: date) -> None:
        """Write that whoever holds a number gives it up."""
        self._write(TicketCancelled(number, day.isoformat(), "kiosk", "asked", random_id()))

    def ballot_state(self, ballot: bytes) -> BallotState:
        """Whether a scanned ballot may be used for a rating here and now."""
        return self._ballots.state(ballot, self._journal.today())

    def record_rating(self, *, rating_id: str, ballot: bytes | None, answer: str) -> RatingStep:
        """Record the overall answer (see ``RatingDesk.rate``)."""
        step = self._rating.rate(rating_id=rating_id, ballot=ballot, answer=answer, order=self._rules.order)
        self._ballots.take_in(self._journal.head())
        return step

    def record_criterion(
        self, *, rating_id: str, asked: tuple[str, ...], question: int, answer: str | None
    ) -> RatingStep:
        """Record the answer to the ``question``-th criterion (from 1) of those asked, or with None its skip."""
        return self._rating.judge(rating_id=rating_id, criterion=asked[question - 1], answer=answer)

    def record_unanswered(self, reason: str) -> None:
        """Record that the overall question was left without an answer."""
        self._rating.left(reason, self._rules.order)

    def printer_changed(self, before: PrinterStatus, now: PrinterStatus) -> None:
        """Write that the printer fell into trouble, or came out of it."""
        if now.reason and now.state not in CAN_PRINT and now.reason != before.reason:
            self._write(PrinterTroubled(now.reason))
        elif before.reason and before.state not in CAN_PRINT and now.state in CAN_PRINT:
            self._write(PrinterRecovered(before.reason))

    def published_mark(self) -> tuple[str, datetime] | None:
        """The last checkpoint that went out on paper, and when (UTC); None before the first."""
        return self._slips.published()

    def try_again(self) -> None:
        """Write again after trouble; raises the ``Trouble`` while the book cannot be written or no number given."""
        self._numbers.ready()
        if self._trouble:
            self._write(TroubleEnded(self._trouble))
        self._trouble = ""

    def _fold(self) -> None:
        last = self._journal.head().day
        recent = (date.fromisoformat(last) - timedelta(days=BALLOT_DAYS)).isoformat()
        for entry in chained(self._journal.entries()):
            self._dealer.take_in(entry)
            if entry.day >= recent:
                self._take_in_recent(entry)
            elif entry.fact == ReserveReceived.__name__:  # a reserve is given once and for good
                self._numbers.take_in(entry)

    def _take_in_recent(self, entry: Entry) -> None:
        self._numbers.take_in(entry)
        self._ballots.take_in(entry)
        self._slips.take_in(entry)
        self._own_slips.take_in(entry)
        self.own_line.take_in(entry)

    def _write(self, fact: Fact) -> Entry:
        return self._write_all((fact,))[0]

    def _write_all(self, facts: Sequence[Fact]) -> list[Entry]:
        entries = self._append_all(facts)
        for entry in entries:
            self._take_in_recent(entry)
        return entries

    def _append(self, fact: Fact) -> Entry:
        return self._append_all((fact,))[0]

    def _append_all(self, facts: Sequence[Fact]) -> list[Entry]:
        try:
            return self._journal.append_all(facts)
        except Trouble as trouble:
            self._trouble = trouble.code
            raise
