"""Single questions to the office: where a scanned number stands, what an appointment's code means.

Each is asked in a thread of its own behind whoever scanned, with a deadline; no number waits for an answer.
An answer that is not ours counts as none.
"""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Protocol

from kiosk.appointment_code import code_hash, read_code
from kiosk.ballot import ballot_line
from kiosk.own_slips import OwnSlip
from kiosk.visit import Booking, BookingState, HeldSlip
from kiosk.visit_events import BallotScanned, BallotState, Event
from kiosk.visit_lobby_events import AppointmentTold, ScanRefused, SlipFound
from kiosk.waits import Waiting

IN_LINE = frozenset({"waiting", "called", "serving", "parked", "missed"})
STATES = {
    "due": BookingState.NOW, "late": BookingState.LATE, "other-day": BookingState.OTHER_DAY,
    "used": BookingState.USED, "cancelled": BookingState.CANCELLED,
}  # fmt: skip

Answered = tuple[int, Mapping[str, Any]]

logger = logging.getLogger(__name__)


class Link(Protocol):
    """A way to ask the office one question."""

    def post(self, path: str, body: Mapping[str, str]) -> Answered | None:
        """Status and answer; None if the office did not answer in time."""


class Inquiries:
    """Asks one thing after the other. ``place`` and ``appointment`` return at once; answers are events for ``tell``.

    ``make_link``: called in the thread itself, as its library loads slowly; ``rate(ballot)``: has it looked up
    whether the ballot may be used for a rating.
    """

    def __init__(
        self, make_link: Callable[[], Link], *, tell: Callable[[Event], None], rate: Callable[[bytes], None]
    ) -> None:
        self._make_link = make_link
        self._made: Link | None = None
        self._tell = tell
        self._rate = rate
        self._jobs: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="inquiries", daemon=True)

    def start(self) -> Inquiries:
        """Begin; returns itself."""
        self._thread.start()
        return self

    def close(self, wait_s: float = 0.5) -> None:
        """End; a question on its way is left to its own deadline."""
        self._jobs.put(None)
        if self._thread.ident is not None:
            self._thread.join(wait_s)

    def place(self, ballot: bytes, own: OwnSlip | None, today: date) -> None:
        """Tell what a slip's number is at. ``own``: what this kiosk's book says of it."""
        self._jobs.put(lambda: self._ask_place(ballot, own, today))

    def appointment(self, code: str) -> None:
        """Tell what the office knows of a reminder's code, scanned or typed."""
        self._jobs.put(lambda: self._ask_appointment(code))

    def _run(self) -> None:
        while (job := self._jobs.get()) is not None:
            try:
                job()
            except Exception:  # the edge of a thread: the next question may be answered
                logger.exception("an answer of the office could not be understood")
                self._tell(AppointmentTold(None))

    def _link(self) -> Link:
        if self._made is None:
            self._made = self._make_link()
        return self._made

    # --- a slip ------------------------------------------------------------------------------------

    def _ask_place(self, ballot: bytes, own: OwnSlip | None, today: date) -> None:
        answer = self._link().post("/V/place", {"line": ballot_line(ballot)})
        if answer is not None and answer[0] == 200:
            self._tell_place(answer[1], own, ballot, today)
        elif answer is not None and answer[1].get("code") == "S-337":
            self._tell(ScanRefused("other_day"))
        elif own is not None:  # taken while the office does not know it yet, or cannot be asked
            self._tell(SlipFound(HeldSlip(own.number, own.service, own.day, own.at)))
        elif answer is None:
            self._tell(ScanRefused("no_office"))
        else:
            self._tell(BallotScanned(ballot, BallotState.UNKNOWN))

    def _tell_place(self, told: Mapping[str, Any], own: OwnSlip | None, ballot: bytes, today: date) -> None:
        state = str(told["state"])
        if state == "cancelled":
            self._tell(ScanRefused("dropped"))
        elif state in IN_LINE:
            self._tell(SlipFound(_held(told, own, today)))
        elif own is not None:
            self._rate(ballot)
        else:
            self._tell(ScanRefused("served"))

    # --- an appointment ----------------------------------------------------------------------------

    def _ask_appointment(self, text: str) -> None:
        code = read_code(text)
        if code is None:
            self._tell(AppointmentTold(Booking(BookingState.UNKNOWN)))
            return
        answer = self._link().post("/api/v1/appointment", {"code": code})
        if answer is None or answer[0] >= 500:
            self._tell(AppointmentTold(None, code_hash(code)))
        elif answer[0] == 200:
            self._tell(AppointmentTold(_booking(answer[1]), code_hash(code)))
        else:
            self._tell(AppointmentTold(Booking(BookingState.UNKNOWN), code_hash(code)))


def _held(told: Mapping[str, Any], own: OwnSlip | None, today: date) -> HeldSlip:
    ahead, minutes = told["ahead_count"], told["minutes"]
    waiting = None if ahead is None else Waiting(ahead, tuple(minutes) if minutes else None, told["counters"])
    return HeldSlip(
        str(told["number"]), str(told["service"]), today, own.at if own else None, waiting, str(told["counter"])
    )


def _booking(told: Mapping[str, Any]) -> Booking:
    state = STATES.get(str(told.get("arrival", told.get("state"))), BookingState.UNKNOWN)
    return Booking(
        state,
        str(told.get("appointment_id", "")),
        str(told.get("kind", "visit")),
        str(told.get("service", "")),
        date.fromisoformat(told["on_day"]) if told.get("on_day") else None,
        str(told.get("at", "")),
        str(told.get("counter", "")),
        str(told.get("number", "")),
        str(told.get("promise", "")),
    )
