"""A visit: one citizen's pass from the first touch to thanks, as one frozen value.

What happens to it stands in ``kiosk.visit_events``, the rules that turn an event into the
next visit in ``kiosk.visit_steps``. None of the three draws, writes or knows a thread.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from kiosk.tickets import Ticket
from kiosk.waits import Waiting


class Place(StrEnum):
    """What the citizen has before her."""

    IDLE = "idle"
    HOME = "home"
    SECOND = "second"
    PRIORITY = "priority"
    NUMBER = "number"
    NO_PAPER = "no-paper"
    OVERALL = "overall"
    CRITERION = "criterion"
    THANKS = "thanks"
    HELD = "held"
    DROP = "drop"
    CODE = "code"
    APPOINTMENT = "appointment"
    CLOSED = "closed"
    OUT_OF_SERVICE = "out-of-service"


class Printing(StrEnum):
    """What is known of the slip on the screen."""

    NONE = "none"
    WAITING = "waiting"
    PRINTED = "printed"
    NOT_PRINTED = "not-printed"
    UNKNOWN = "unknown"


class HelpState(StrEnum):
    """What became of a call for help."""

    NONE = "none"
    CALLING = "calling"
    RINGING = "ringing"
    COMING = "coming"
    UNREACHED = "unreached"


@dataclass(frozen=True, slots=True)
class Help:
    """The kiosk's call for help; it outlives visits. ``since``: of its state, on the steady clock."""

    state: HelpState = HelpState.NONE
    help_id: str = ""
    since: float = 0


@dataclass(frozen=True, slots=True)
class Taken:
    """The number taken last by a hand that is probably still there. ``ends``: when that is no longer so."""

    number: str
    service: str
    at: datetime
    ends: float


@dataclass(frozen=True, slots=True)
class HeldSlip:
    """A slip under the scanner. ``at``: UTC, None if another kiosk gave it out; ``counter``: where it was called."""

    number: str
    service: str
    day: date
    at: datetime | None = None
    waiting: Waiting | None = None
    counter: str = ""


class BookingState(StrEnum):
    """Whether an appointment holds now; ``LATE``: so long past that she joins as everybody."""

    NOW = "now"
    LATE = "late"
    OTHER_DAY = "other-day"
    USED = "used"
    UNKNOWN = "unknown"
    CANCELLED = "cancelled"


COMES = frozenset({BookingState.NOW, BookingState.LATE})
"""Whoever shows an appointment in one of these states may take a number."""


@dataclass(frozen=True, slots=True)
class Booking:
    """An appointment as the office tells it. ``at``: office time "15:00"; ``counter`` "" for any;
    ``kind``: "visit" or "result"; ``number``: the one taken with it before; ``promise``: of a result that lies
    ready, "early", "on-time" or "late"."""

    state: BookingState
    appointment_id: str = ""
    kind: str = "visit"
    service: str = ""
    on_day: date | None = None
    at: str = ""
    counter: str = ""
    number: str = ""
    promise: str = ""


@dataclass(frozen=True, slots=True)
class Times:
    """How long a screen waits, in seconds (tokens.json ``time_s``; WCAG 2.2.1 for the prompt).

    ``second_ticket``: how long after her number's screen was left by its key the same hand is
    still assumed; ``helping_stay``: how long nobody touches before a helper has gone; ``help_*``: until a call
    for help counts as not heard, stays shown when answered, may be made anew.
    """

    idle_prompt: float = 60
    prompt: float = 20
    ticket_stay: float = 20
    no_paper_stay: float = 60
    thanks_stay: float = 10
    attract_after: float = 120
    notice_stay: float = 4
    second_ticket: float = 20
    helping_stay: float = 60
    help_notice: float = 8
    help_unreached: float = 8
    help_coming: float = 60
    help_again: float = 900


@dataclass(frozen=True, slots=True)
class Visit:
    """Everything the screen must know of one visit.

    ``question`` is 0 for the overall question and counts criteria from 1; ``questions`` are
    the criteria dealt so far. ``waiting``: what was said of the wait with ``ticket``. ``taken``: the number
    before this one, ``second``: she wants another all the same. ``claim``: hash of a code the office could not be
    asked about. ``leaves_at`` is when the place ends by itself; while
    ``asking_time`` the time-out dialog stands on top and ends at ``leaves_at``.
    ``home_language`` is the one each visit begins in.
    """

    place: Place = Place.HOME
    id: int = 0
    touched: bool = False
    busy: bool = False
    leaves_at: float = 0
    asking_time: bool = False
    page: int = 0
    service: str = ""
    ticket: Ticket | None = None
    waiting: Waiting | None = None
    taken: Taken | None = None
    second: bool = False
    asks_priority: bool = False
    helping: bool = False
    slip: HeldSlip | None = None
    code: str = ""
    booking: Booking | None = None
    claim: str = ""
    help: Help = Help()
    why: bool = False
    printing: Printing = Printing.NONE
    reason: str = ""
    copy_asked: bool = False
    ballot: bytes | None = field(default=None, repr=False)
    rating_id: str = ""
    questions: tuple[str, ...] = ()
    question: int = 0
    channels: bool = False
    notice: str = ""
    notice_ends: float = 0
    language: str = "vi"
    home_language: str = "vi"
    big_text: bool = False
    contrast: bool = False
    trouble: str = ""
    trouble_since: float = 0
    closed: bool = False

    def seconds_left(self, now: float) -> int:
        """Whole seconds until the place ends by itself, as a ring shows them; 0 where none runs."""
        return max(0, -int(-(self.leaves_at - now) // 1)) if self.leaves_at else 0
