"""What the lobby shows, as data: to the board, a counter, a phone, a kiosk.

Frozen and free of any drawing; ``None`` means "not known" and is never shown as zero.
Instants are UTC text (``kiosk.clock.instant_text``); seconds are whole.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Called:
    """A number called to a counter. ``call``: counts the day's calls and recalls, so that a page knows a new one."""

    number: str
    counter: str
    at: str
    call: int
    lane: str


@dataclass(frozen=True, slots=True)
class DayCounts:
    """The day in public. ``unused_count``: numbers of the series that were never handed out or were given up."""

    called_count: int
    priority_count: int
    out_of_order_count: int
    unused_count: int


@dataclass(frozen=True, slots=True)
class WhyNumber:
    """Why a letter stands where it stands: of ``of_count`` numbers so far, what became of those nobody sees.

    ``cancelled_count`` given up, ``missed_count`` absent, ``second_count`` of them second numbers of one hand,
    ``expired_count`` left at closing, ``waiting_count`` still here, ``unissued_count`` never handed out,
    ``reserve_count`` given out by kiosks that were cut off (numbers from 6001).
    """

    number: str
    letter: str
    of_count: int
    cancelled_count: int
    missed_count: int
    second_count: int
    expired_count: int
    waiting_count: int
    unissued_count: int
    reserve_count: int


@dataclass(frozen=True, slots=True)
class BoardView:
    """The lobby board. ``counts`` and ``why`` are None while they cannot be trusted (the disk fails, the log is
    behind); ``unheard``: kiosks that have been silent so long that their newest tickets may be missing."""

    version: int
    as_of: str
    now: Called | None
    recent: tuple[Called, ...]
    counts: DayCounts | None
    why: WhyNumber | None
    unheard: tuple[str, ...]
    open: bool


@dataclass(frozen=True, slots=True)
class LineRow:
    """One waiting number. ``why``: "next" for the one to be called, else ""; ``from_counter``: who transferred it;
    ``appointment_at``: "10:45" or ""; ``present``: the citizen confirmed that she is there."""

    number: str
    service: str
    issued_at: str
    lane: str
    state: str
    missed_count: int
    from_counter: str
    appointment_at: str
    present: bool
    assisted: bool


@dataclass(frozen=True, slots=True)
class AtCounter:
    """The number a counter works on. ``state``: "called" or "serving"; ``since``: of that state."""

    row: LineRow
    state: str
    since: str
    recalled_count: int


@dataclass(frozen=True, slots=True)
class NextUp:
    """Who is called next and by which rule: "oldest", "interleave", "aged", "appointment", "only"."""

    number: str
    rule: str


@dataclass(frozen=True, slots=True)
class Undoable:
    """What a counter may still take back. ``what``: "finished" or "missed"; ``until``: the last instant."""

    press: str
    number: str
    what: str
    until: str


@dataclass(frozen=True, slots=True)
class CounterDay:
    """What a counter did today. ``median_service_s`` None before the first."""

    finished_count: int
    missed_count: int
    out_of_order_count: int
    median_service_s: int | None


@dataclass(frozen=True, slots=True)
class HelpWanted:
    """Somebody asks for a person, unanswered."""

    help_id: str
    place: str
    at: str


@dataclass(frozen=True, slots=True)
class CounterView:
    """All a counter's screen shows. ``sitting`` "" while nobody sits there; ``rows`` are the first ``ROWS`` of
    ``waiting_count``; ``presses``: names of presses that are done, so that a screen may forget them."""

    version: int
    as_of: str
    counter: str
    sitting: str
    paused: str
    current: AtCounter | None
    next: NextUp | None
    rows: tuple[LineRow, ...]
    parked: tuple[LineRow, ...]
    waiting_count: int
    longest_wait_s: int | None
    day: CounterDay
    undo: Undoable | None
    help: tuple[HelpWanted, ...]
    sound: bool


ROWS = 50
"""Waiting numbers a counter's screen lists; the others are a count."""


@dataclass(frozen=True, slots=True)
class WaitBasis:
    """What a wait is estimated from, for one service.

    ``counters``: open and not on a break; ``service_s``: the last few service times of the service,
    newest last; ``waits_s``: its last twenty waits, issue to first call; ``head_waited_s``: how long the
    one who is called next has waited, None if nobody waits.
    """

    counters: int
    service_s: tuple[int, ...]
    waits_s: tuple[int, ...]
    head_waited_s: int | None


@dataclass(frozen=True, slots=True)
class ServiceLine:
    """How a service stands. ``full``: no more numbers today."""

    waiting_count: int
    basis: WaitBasis
    full: bool


@dataclass(frozen=True, slots=True)
class KioskView:
    """What the office tells a kiosk every other second. ``through``: the last entry of that kiosk's book the
    office holds (tickets behind it are not counted yet); ``help``: seconds until each of its calls for help was
    answered, None while it rings; ``why``: by letter."""

    as_of: str
    through: int
    lines: Mapping[str, ServiceLine]
    help: Mapping[str, int | None]
    why: Mapping[str, WhyNumber]
    calling: bool


@dataclass(frozen=True, slots=True)
class PlaceView:
    """One ticket, as its phone page shows it. ``state`` as in ``kiosk.line``; ``ahead_count`` None once called."""

    as_of: str
    number: str
    service: str
    state: str
    counter: str
    ahead_count: int | None
    minutes: tuple[int, int] | None
    counters: int
    serving: Called | None
    why: WhyNumber | None
    present: bool
    rating_open: bool


@dataclass(frozen=True, slots=True)
class ArrivalView:
    """What the office knows of a reminder that is shown at a kiosk.

    ``arrival``: "due", "late" (the turn no longer holds: an ordinary number), "other-day", "used",
    "cancelled" or "unknown"; ``kind``: "visit" or "result"; ``on_day`` ISO, ``at`` "10:45"; ``promise``: of a
    result that is ready "early", "on-time" or "late", else ""; ``number``: the one it was used with.
    """

    arrival: str
    appointment_id: str = ""
    kind: str = ""
    service: str = ""
    on_day: str = ""
    at: str = ""
    counter: str = ""
    promise: str = ""
    number: str = ""
