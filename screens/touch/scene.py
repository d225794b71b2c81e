"""A scene: everything a touch screen needs to draw itself, as plain data.

The runtime makes a new scene whenever something changed (a touch, a minute, a second of
a count-down, news of the printer) and hands it to the stage, which changes only what
differs. No screen asks anybody for anything, so each can be drawn, tested and
photographed without a kiosk behind it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kiosk.visit import BookingState, HelpState, Visit
from kiosk.waits import Waiting
from kiosk.words import Words

LEFT, RIGHT, STRAIGHT = "left", "right", "straight"


@dataclass(frozen=True, slots=True)
class OfficeTexts:
    """What the office is called, in the visit's language. Empty text: not known, and left out.

    ``help_desk``: where the help desk is, in words ("Bên trái cửa vào"); ``help_side``:
    where its arrow points, "left", "right", "straight" or "" for no arrow.
    """

    small: str
    name: str
    promise: str
    phone: str = ""
    help_desk: str = ""
    help_side: str = ""


@dataclass(frozen=True, slots=True)
class ServiceTile:
    """A service a citizen can choose. ``icon``: a name in ``kiosk/look/icons``, "" for the plain one.

    ``asks_priority``: whether its tile leads to the question of priority. ``waiting``: people who wait, None if
    nobody knows; ``full``: no more numbers today.
    """

    id: str
    letter: str
    icon: str
    name: str
    asks_priority: bool = True
    waiting: int | None = None
    full: bool = False


@dataclass(frozen=True, slots=True)
class AnswerCard:
    """One answer. ``picture``: as in ``kiosk.criteria.PICTURES``."""

    id: str
    word: str
    picture: str


@dataclass(frozen=True, slots=True)
class QuestionCard:
    """The question being asked; ``step`` of ``steps``, counted from 1.

    ``eyebrow`` is the whole line above it ("Lời hứa: Biết nghe dân nói"). Answers stand in
    the order in which they are drawn.
    """

    eyebrow: str
    text: str
    answers: tuple[AnswerCard, ...]
    step: int
    steps: int


@dataclass(frozen=True, slots=True)
class TicketNote:
    """The number as shown. ``service``: the service's name; ``issued_at``: office-local;
    ``appointment_at``: the hour it was promised, "" for none."""

    number: str
    service: str
    issued_at: datetime
    priority: bool = False
    appointment_at: str = ""


@dataclass(frozen=True, slots=True)
class HeldNote:
    """A number she holds already. ``issued_at``: office-local, None if unknown; ``waiting``: what is known of its
    wait; ``counter``: where it was called to, else ""."""

    number: str
    service: str
    issued_at: datetime | None = None
    waiting: Waiting | None = None
    counter: str = ""


@dataclass(frozen=True, slots=True)
class BookingNote:
    """An appointment as shown. ``at``: "15:00"; ``minutes``: until then, negative when it has passed, None on
    another day; ``day``: its date in words; ``past``: that day is over; ``counter``: "1" or ""."""

    state: BookingState
    at: str
    matter: str
    minutes: int | None = None
    day: str = ""
    past: bool = False
    counter: str = ""
    number: str = ""
    result: bool = False
    promise: str = ""


@dataclass(frozen=True, slots=True)
class WhyNote:
    """Why a number is where it is: the number it is about, and what became of the others, a line each."""

    number: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TroubleNote:
    """Why the kiosk rests: a stable code, and since when (office-local; None if unknown)."""

    code: str
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class ClosedNote:
    """The hours of an office that is closed now.

    ``hours``: one line a half day ("07:30–11:30"); ``days``: "Thứ Hai đến Thứ Sáu";
    ``back``: day of return as said in the title ("Thứ Tư, 25/11"; "" is later today if
    ``back_part`` is "afternoon", else unknown); ``back_part``: "morning" or "afternoon";
    ``holiday``: tomorrow's (or with ``holiday_today`` this day's) holiday by name and
    ``holiday_day`` its date in words, both "" on an ordinary day; ``lunch``: it opens again later today.
    """

    hours: tuple[str, ...]
    days: str = ""
    back: str = ""
    back_part: str = "morning"
    holiday: str = ""
    holiday_day: str = ""
    holiday_today: bool = False
    lunch: bool = False


@dataclass(frozen=True, slots=True)
class BookMark:
    """The last published checkpoint: its text in groups of four, and when (office-local)."""

    text: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """One picture of the kiosk. What the place does not need may be left at its default.

    ``now``: office-local time, shown to the minute. ``seconds_left`` of ``seconds_of``: the
    count-down of the key or dialog that has a ring; 0 of 0 where nothing counts.
    ``qr``: the ballot of the ticket as its slip carries it, "" for none; ``phones``: whether
    phones can open it (else it is only worth keeping as a picture). ``calls``: the office calls numbers and
    says so now; ``help``: what became of a call for help; ``held``: the number she has already, or whose slip she
    shows; ``appointments``: whether a code can be looked up.
    """

    visit: Visit
    words: Words
    now: datetime
    office: OfficeTexts
    services: tuple[ServiceTile, ...] = ()
    service_name: str = ""
    question: QuestionCard | None = None
    ticket: TicketNote | None = None
    seconds_left: int = 0
    seconds_of: int = 0
    qr: str = ""
    phones: bool = False
    trouble: TroubleNote | None = None
    closed: ClosedNote | None = None
    mark: BookMark | None = None
    calls: bool = False
    help: HelpState = HelpState.NONE
    held: HeldNote | None = None
    booking: BookingNote | None = None
    why: WhyNote | None = None
    appointments: bool = False
