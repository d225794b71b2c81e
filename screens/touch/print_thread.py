"""The print thread: the only one that touches the printer, and the only one that waits for it.

Whoever hands in a slip goes on at once; what became of it is told later. A printer that is
known to be away or out of paper is not tried: the outcome is told at once, so that the
citizen reads her number from the screen instead of waiting at an empty slot.
"""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass

from kiosk.ports import (
    CAN_PRINT,
    Outcome,
    Printer,
    PrinterState,
    PrinterStatus,
    PrintOutcome,
)
from kiosk.slip import Slip
from kiosk.trouble import Trouble

POLL_S = 3.0
PLACES = 8
BROKE_DOWN = PrintOutcome(Outcome.UNKNOWN, "P-104")
TOO_MANY = PrintOutcome(Outcome.NOT_PRINTED, "P-107")

Settle = Callable[[PrintOutcome], None]
Changed = Callable[[PrinterStatus, PrinterStatus], None]

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Job:
    slip: Slip
    settle: Settle


class PrintThread:
    """A printer with a thread of its own.

    ``make_printer`` is called by that thread (its drivers load while nobody waits); a
    ``Trouble`` it raises is a printer that is away, and it is tried again at each poll.
    ``changed(before, now)`` and the ``settle`` of a slip are called by that thread too,
    or at once by the caller of ``send`` when the outcome is already known.
    """

    def __init__(self, make_printer: Callable[[], Printer], *, changed: Changed, poll_s: float = POLL_S) -> None:
        self._make = make_printer
        self._changed = changed
        self._poll_s = poll_s
        self._jobs: queue.Queue[_Job | tuple[Slip, ...] | None] = queue.Queue(PLACES)
        self._printer: Printer | None = None
        self._status = PrinterStatus(PrinterState.UNSEEN)
        self._thread = threading.Thread(target=self._run, name="printer", daemon=True)
        self._closed = threading.Event()

    @property
    def status(self) -> PrinterStatus:
        """The printer as last seen."""
        return self._status

    def start(self) -> None:
        """Begin; slips may be handed in before."""
        self._thread.start()

    def send(self, slip: Slip, settle: Settle) -> None:
        """Print this when its turn comes; never waits. ``settle`` hears what became of it."""
        known = self._status
        if known.state not in CAN_PRINT:
            settle(PrintOutcome(Outcome.NOT_PRINTED, known.reason))
        elif self._closed.is_set() or not self._put(_Job(slip, settle)):
            settle(TOO_MANY)

    def prepare(self, slips: tuple[Slip, ...]) -> None:
        """Have the printer draw ahead what slips like these share."""
        self._put(slips)

    def close(self, wait_s: float) -> bool:
        """Print what was handed in, let the printer go; False if that took longer than ``wait_s``."""
        self._closed.set()
        self._put(None)
        if self._thread.ident is not None:
            self._thread.join(wait_s)
        return not self._thread.is_alive()

    def _put(self, job: _Job | tuple[Slip, ...] | None) -> bool:
        try:
            self._jobs.put_nowait(job)
        except queue.Full:
            return False
        return True

    def _run(self) -> None:
        self._poll()
        while True:
            try:
                job = self._jobs.get(timeout=self._poll_s)
            except queue.Empty:
                if self._closed.is_set():
                    break
                self._poll()
                continue
            if job is None:
                break
            self._do(job)
        self._let_go()

    def _do(self, job: _Job | tuple[Slip, ...]) -> None:
        if isinstance(job, tuple):
            self._prepare(job)
            return
        outcome = self._print(job.slip)
        job.settle(outcome)
        if outcome.outcome is not Outcome.PRINTED:
            self._poll()

    def _print(self, slip: Slip) -> PrintOutcome:
        if self._printer is None:
            return PrintOutcome(Outcome.NOT_PRINTED, self._status.reason or "P-103")
        try:
            return self._printer.print(slip)
        except Exception:
            logger.exception("the printer's driver broke down")
            return BROKE_DOWN

    def _prepare(self, slips: tuple[Slip, ...]) -> None:
        try:
            if self._printer is not None:
                self._printer.prepare(slips)
        except Exception:
            logger.exception("slips could not be drawn ahead")

    def _poll(self) -> None:
        before, now = self._status, self._seen()
        if now != before:
            self._status = now
            self._changed(before, now)

    def _seen(self) -> PrinterStatus:
        try:
            if self._printer is None:
                self._printer = self._make()
            return self._printer.status()
        except Trouble as trouble:
            return PrinterStatus(PrinterState.ABSENT, trouble.code)
        except Exception:
            logger.exception("the printer's driver broke down")
            return PrinterStatus(PrinterState.ABSENT, "P-109")

    def _let_go(self) -> None:
        try:
            if self._printer is not None:
                self._printer.close()
        except Exception:
            logger.exception("the printer could not be let go")
