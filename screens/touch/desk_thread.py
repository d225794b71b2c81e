"""The desk thread: the only one that uses the desk and writes the book.

A tap becomes an entry here, and right behind the commit the slip goes to the print thread;
neither waits for a frame to be drawn. What happened is told to the conductor as events.
"""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Protocol

from kiosk.alongside import facts_along
from kiosk.desk import Along
from kiosk.fact import Fact
from kiosk.lobby_views import KioskView
from kiosk.own_slips import OwnSlip
from kiosk.ports import Outcome, PrinterStatus, PrintOutcome
from kiosk.rating_desk import RatingStep
from kiosk.slip import Slip
from kiosk.tickets import Ticket
from kiosk.trouble import Trouble
from kiosk.visit_events import (
    AnswerRecorded,
    BallotScanned,
    BallotState,
    DeskFailed,
    DeskRecovered,
    Effect,
    Event,
    IssueTicket,
    PrintCopy,
    PrintSettled,
    RecordAnswer,
    RecordRating,
    RecordUnanswered,
    TicketReady,
)
from kiosk.visit_lobby_events import CallHelp, ConfirmPresence, DropTicket, HelpWritten, ScanRefused, SlipNoted
from kiosk.waits import Expected, OwnLine, Waiting, expected

REST_AFTER_S = 2.0
FAULT_OF_OURS = "M-204"
NO_SLIP = PrintOutcome(Outcome.NOT_PRINTED, "P-109")

Settle = Callable[[PrintOutcome], None]
SlipOf = Callable[[Ticket, bool, Waiting | None], Slip]

logger = logging.getLogger(__name__)


class DeskWork(Protocol):
    """What this thread needs of ``kiosk.desk.Desk``."""

    def open_day(self) -> None:
        """Settle what the last run left open."""

    own_line: OwnLine

    def issue_ticket(self, *, visit_id: int, service: str, priority: bool, along: Along) -> Ticket:
        """Give a number, durably, and with it the facts that ``along`` makes of it."""

    def call_help(self) -> str:
        """Write that somebody is needed; the call's name."""

    def own_slip(self, ballot: bytes) -> OwnSlip | None:
        """The number of a slip of this kiosk."""

    def today(self) -> date:
        """The business day."""

    def confirm_presence(self, number: str, day: date) -> None:
        """Write that a number's holder still waits."""

    def drop_ticket(self, number: str, day: date) -> None:
        """Write that a number's holder gives it up."""

    def receive_reserve(self, place: int) -> None:
        """Write which numbers are this kiosk's own while it is cut off."""

    def settle_print(self, number: str, outcome: PrintOutcome, *, copy: bool) -> None:
        """Write what became of a slip."""

    def settle_reminder(self, appointment_id: str, outcome: PrintOutcome) -> None:
        """See ``Desk.settle_reminder``."""

    def ask_copy(self, ticket: Ticket) -> None:
        """Write that a copy is being sent."""

    def ballot_state(self, ballot: bytes) -> BallotState:
        """Whether a ballot may be used."""

    def record_rating(self, *, rating_id: str, ballot: bytes | None, answer: str) -> RatingStep:
        """Record the overall answer."""

    def record_criterion(
        self, *, rating_id: str, asked: tuple[str, ...], question: int, answer: str | None
    ) -> RatingStep:
        """Record an answer to a criterion, or its skip."""

    def record_unanswered(self, reason: str) -> None:
        """Record that the overall question was left."""

    def printer_changed(self, before: PrinterStatus, now: PrinterStatus) -> None:
        """Write that the printer fell into trouble or came out of it."""

    def published_mark(self) -> tuple[str, datetime] | None:
        """The last checkpoint that is on paper."""

    def try_again(self) -> None:
        """Write again after trouble."""


class SlipSender(Protocol):
    """What this thread needs of the print thread."""

    def send(self, slip: Slip, settle: Settle) -> None:
        """Print this when its turn comes; never waits."""


class Book(Protocol):
    """What this thread needs of the journal beside the desk."""

    def rest(self) -> None:
        """Tidy up while nobody waits."""


class Lobby(Protocol):
    """What this thread needs to know of the office; both calls return at once."""

    def view(self) -> KioskView | None:
        """What the office told last, None if that is too old to be true."""

    def written(self) -> None:
        """Something was written that the office should have at once."""


class Alone:
    """No office to ask."""

    def view(self) -> KioskView | None:
        """Nothing is known."""
        return None

    def written(self) -> None:
        """Nobody waits for it."""


class DeskThread:
    """A desk with a thread of its own. Every public method returns at once and may be called by any thread.

    ``make_desk`` is called by the thread itself: folding a long book takes a moment, and the
    window opens meanwhile. ``slip_of(ticket, copy, waiting)`` makes the paper; ``tell`` hears events;
    ``ask_place(ballot, own, today)`` has the office asked about a slip while it calls numbers, and answers as an event.
    """

    def __init__(
        self,
        make_desk: Callable[[], DeskWork],
        *,
        book: Book,
        slip_of: SlipOf,
        tell: Callable[[Event], None],
        lobby: Lobby | None = None,
        ask_place: Callable[[bytes, OwnSlip | None, date], None] | None = None,
    ) -> None:
        self._make_desk = make_desk
        self._book = book
        self._slip_of = slip_of
        self._tell = tell
        self._lobby: Lobby = lobby or Alone()
        self._ask_place = ask_place
        self.own_line = OwnLine()
        self._jobs: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="desk", daemon=True)
        self._printer: SlipSender | None = None
        self._unwritten: list[Callable[[], None]] = []
        self._desk: DeskWork | None = None
        self._opened = False
        self.mark: tuple[str, datetime] | None = None

    def start(self, printer: SlipSender) -> None:
        """Begin, handing slips to this printer."""
        self._printer = printer
        self._thread.start()

    def do(self, effect: Effect) -> None:
        """Do what a visit asks for."""
        self._jobs.put(lambda: self._do(effect))

    def look_up(self, ballot: bytes) -> None:
        """Tell what is known of a scanned ballot."""
        self._jobs.put(lambda: self._look_up(ballot))

    def rate_with(self, ballot: bytes) -> None:
        """Tell whether a ballot may be used for a rating, whatever its number is at."""
        self._jobs.put(lambda: self._tell(BallotScanned(ballot, self._ready().ballot_state(ballot))))

    def printer_changed(self, before: PrinterStatus, now: PrinterStatus) -> None:
        """Write down what the printer came into."""
        self._jobs.put(lambda: self._keep(lambda: self._ready().printer_changed(before, now)))

    def receive_reserve(self, place: int) -> None:
        """Write down which numbers the office gave this kiosk for when it is cut off."""
        self._jobs.put(lambda: self._keep(lambda: self._ready().receive_reserve(place)))

    def reminder_settled(self, appointment_id: str, outcome: PrintOutcome) -> None:
        """Write down what became of the reminder of an appointment."""
        self._jobs.put(lambda: self._keep(lambda: self._ready().settle_reminder(appointment_id, outcome)))

    def try_again(self) -> None:
        """See whether the book can be written again; tells ``DeskRecovered`` or ``DeskFailed``."""
        self._jobs.put(self._try_again)

    def close(self, wait_s: float) -> bool:
        """Do what was asked for so far and end; False if that took longer than ``wait_s``."""
        self._jobs.put(None)
        if self._thread.ident is not None:
            self._thread.join(wait_s)
        return not self._thread.is_alive()

    def _run(self) -> None:
        self._guarded(self._open)
        rested = True
        while True:
            try:
                job = self._jobs.get(timeout=None if rested else REST_AFTER_S)
            except queue.Empty:
                self._guarded(self._book.rest)
                rested = True
                continue
            if job is None:
                return
            self._guarded(job)
            rested = False

    def _open(self) -> None:
        self._ready().open_day()
        self._opened = True

    def _ready(self) -> DeskWork:
        if self._desk is None:
            self._desk = self._make_desk()
            self.own_line = self._desk.own_line
        return self._desk

    def _guarded(self, job: Callable[[], None]) -> None:
        """Nothing ends this thread: trouble with the book puts the kiosk out of service until it passes."""
        try:
            job()
            if self._desk is not None:
                self.mark = self._desk.published_mark()
        except Trouble as trouble:
            logger.warning("%s", trouble)
            self._tell(DeskFailed(trouble.code))
        except Exception:
            logger.exception("the desk broke down")
            self._tell(DeskFailed(FAULT_OF_OURS))

    def _do(self, effect: Effect) -> None:
        desk = self._ready()
        if isinstance(effect, IssueTicket):
            self._issue(effect)
        elif isinstance(effect, PrintCopy):
            desk.ask_copy(effect.ticket)
            self._print(effect.ticket, copy=True)
        elif isinstance(effect, RecordRating):
            step = desk.record_rating(rating_id=effect.rating_id, ballot=effect.ballot, answer=effect.answer)
            self._tell_step(step)
        elif isinstance(effect, RecordAnswer):
            step = desk.record_criterion(
                rating_id=effect.rating_id, asked=effect.asked, question=effect.question, answer=effect.answer
            )
            self._tell_step(step)
        elif isinstance(effect, RecordUnanswered):
            desk.record_unanswered(effect.reason)
        else:
            self._do_for_lobby(effect)
        self._lobby.written()

    def _do_for_lobby(self, effect: Effect) -> None:
        """What the office should know at once."""
        desk = self._ready()
        if isinstance(effect, CallHelp):
            self._tell(HelpWritten(desk.call_help()))
        elif isinstance(effect, ConfirmPresence):
            desk.confirm_presence(effect.number, effect.day)
            self._tell(SlipNoted())
        elif isinstance(effect, DropTicket):
            desk.drop_ticket(effect.number, effect.day)
            self._tell(SlipNoted())

    def _issue(self, asked: IssueTicket) -> None:
        desk = self._ready()
        said = self._expected(asked)

        def along(number: str) -> tuple[Fact, ...]:
            return facts_along(asked, number, said)

        ticket = desk.issue_ticket(visit_id=asked.visit_id, service=asked.service, priority=asked.priority, along=along)
        self._lobby.written()
        ticket = replace(ticket, appointment_at=asked.appointment_at)
        self._print(ticket, copy=False, waiting=said.waiting if said else None)

    def _expected(self, asked: IssueTicket) -> Expected | None:
        """What is said of the wait; nothing of a place in line that priority or an appointment decides."""
        if asked.priority or asked.appointment_id:
            return None
        return expected(self._lobby.view(), self.own_line, asked.service)

    def _look_up(self, ballot: bytes) -> None:
        desk = self._ready()
        own = desk.own_slip(ballot)
        if own is not None and own.day != desk.today():
            self._tell(BallotScanned(ballot, desk.ballot_state(ballot), old=True))
        elif own is not None and own.cancelled:
            self._tell(ScanRefused("dropped"))
        elif self._ask_place is not None and self._office_calls():
            self._ask_place(ballot, own, desk.today())
        else:
            self._tell(BallotScanned(ballot, desk.ballot_state(ballot)))

    def _office_calls(self) -> bool:
        view = self._lobby.view()
        return view is not None and view.calling

    def _print(self, ticket: Ticket, *, copy: bool, waiting: Waiting | None = None) -> None:
        def settle(outcome: PrintOutcome) -> None:
            self._settled(ticket, outcome, copy)

        try:
            slip = self._slip_of(ticket, copy, waiting)
        except Exception:  # the number is given: whatever is wrong with its paper, she gets to see it
            logger.exception("the slip could not be composed")
            settle(NO_SLIP)
        else:
            assert self._printer is not None
            self._printer.send(slip, settle)
        if not copy:
            self._tell(TicketReady(ticket, waiting))

    def _settled(self, ticket: Ticket, outcome: PrintOutcome, copy: bool) -> None:
        """Called by the print thread, or at once: as a job of its own it stands behind ``TicketReady``."""
        self._jobs.put(lambda: self._settle(ticket, outcome, copy))

    def _settle(self, ticket: Ticket, outcome: PrintOutcome, copy: bool) -> None:
        self._tell(PrintSettled(ticket.number, outcome))
        self._keep(lambda: self._ready().settle_print(ticket.number, outcome, copy=copy))

    def _keep(self, write: Callable[[], None]) -> None:
        """Write now, or as soon as the book can be written again: these facts have no citizen to ask anew."""
        try:
            write()
        except Trouble:
            self._unwritten.append(write)
            raise

    def _try_again(self) -> None:
        if self._opened:
            self._ready().try_again()
        else:
            self._open()
        while self._unwritten:
            self._unwritten[0]()
            del self._unwritten[0]
        self._tell(DeskRecovered())

    def _tell_step(self, step: RatingStep) -> None:
        self._tell(AnswerRecorded(step.rating_id, step.next_criterion, step.channels))
