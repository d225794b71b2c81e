"""The desk thread: the only one that uses the desk and writes the book.

A tap becomes an entry here, and right behind the commit the slip goes to the print thread;
neither waits for a frame to be drawn. What happened is told to the conductor as events.
"""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable
from datetime import datetime
from typing import Protocol

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

REST_AFTER_S = 2.0
FAULT_OF_OURS = "M-204"
NO_SLIP = PrintOutcome(Outcome.NOT_PRINTED, "P-109")

Settle = Callable[[PrintOutcome], None]

logger = logging.getLogger(__name__)


class DeskWork(Protocol):
    """What this thread needs of ``kiosk.desk.Desk``."""

    def open_day(self) -> None:
        """Settle what the last run left open."""

    def issue_ticket(self, *, visit_id: int, service: str, priority: bool) -> Ticket:
        """Give a number, durably."""

    def settle_print(self, number: str, outcome: PrintOutcome, *, copy: bool) -> None:
        """Write what became of a slip."""

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


class DeskThread:
    """A desk with a thread of its own. Every public method returns at once and may be called by any thread.

    ``make_desk`` is called by the thread itself: folding a long book takes a moment, and the
    window opens meanwhile. ``slip_of(ticket, copy)`` makes the paper; ``tell`` hears events.
    """

    def __init__(
        self,
        make_desk: Callable[[], DeskWork],
        *,
        book: Book,
        slip_of: Callable[[Ticket, bool], Slip],
        tell: Callable[[Event], None],
    ) -> None:
        self._make_desk = make_desk
        self._book = book
        self._slip_of = slip_of
        self._tell = tell
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
        self._jobs.put(lambda: self._tell(BallotScanned(ballot, self._ready().ballot_state(ballot))))

    def printer_changed(self, before: PrinterStatus, now: PrinterStatus) -> None:
        """Write down what the printer came into."""
        self._jobs.put(lambda: self._keep(lambda: self._ready().printer_changed(before, now)))

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
            asked = {"visit_id": effect.visit_id, "service": effect.service, "priority": effect.priority}
            self._print(desk.issue_ticket(**asked), copy=False)  # type: ignore[arg-type]
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

    def _print(self, ticket: Ticket, *, copy: bool) -> None:
        def settle(outcome: PrintOutcome) -> None:
            self._settled(ticket, outcome, copy)

        try:
            slip = self._slip_of(ticket, copy)
        except Exception:  # the number is given: whatever is wrong with its paper, she gets to see it
            logger.exception("the slip could not be composed")
            settle(NO_SLIP)
        else:
            assert self._printer is not None
            self._printer.send(slip, settle)
        if not copy:
            self._tell(TicketReady(ticket))

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
