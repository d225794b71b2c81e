"""A printer in memory that can be out of paper, absent, or stuck until it is let go."""

from __future__ import annotations

import threading

from kiosk.ports import CAN_PRINT, Outcome, PrinterState, PrinterStatus, PrintOutcome
from kiosk.slip import Slip

READY = PrinterStatus(PrinterState.READY)
PAPER_OUT = PrinterStatus(PrinterState.TROUBLED, "P-101")
ABSENT = PrinterStatus(PrinterState.ABSENT, "P-103")


class FakePrinter:
    """Keeps every slip in ``slips``. ``is_now`` is what it is; ``stuck`` holds prints up until cleared."""

    def __init__(self, is_now: PrinterStatus = READY) -> None:
        self.is_now = is_now
        self.slips: list[Slip] = []
        self.prepared: list[Slip] = []
        self.closed = False
        self.breaks_down = False
        self.going = threading.Event()
        self.going.set()
        self.started = threading.Semaphore(0)

    def print(self, slip: Slip) -> PrintOutcome:
        self.started.release()
        self.going.wait(10)
        if self.breaks_down:
            raise RuntimeError("a driver's fault")
        if self.is_now.state not in CAN_PRINT:
            return PrintOutcome(Outcome.NOT_PRINTED, self.is_now.reason)
        self.slips.append(slip)
        return PrintOutcome(Outcome.PRINTED)

    def status(self) -> PrinterStatus:
        return self.is_now

    def prepare(self, slips: tuple[Slip, ...]) -> None:
        self.prepared += slips

    def close(self) -> None:
        self.closed = True
