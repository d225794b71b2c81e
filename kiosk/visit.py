"""A visit: one citizen's pass from the first touch to thanks, as one frozen value.

What happens to it stands in ``kiosk.visit_events``, the rules that turn an event into the
next visit in ``kiosk.visit_steps``. None of the three draws, writes or knows a thread.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from kiosk.tickets import Ticket


class Place(StrEnum):
    """What the citizen has before her."""

    IDLE = "idle"
    HOME = "home"
    PRIORITY = "priority"
    NUMBER = "number"
    NO_PAPER = "no-paper"
    OVERALL = "overall"
    CRITERION = "criterion"
    THANKS = "thanks"
    CLOSED = "closed"
    OUT_OF_SERVICE = "out-of-service"


class Printing(StrEnum):
    """What is known of the slip on the screen."""

    NONE = "none"
    WAITING = "waiting"
    PRINTED = "printed"
    NOT_PRINTED = "not-printed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Times:
    """How long a screen waits, in seconds (tokens.json ``time_s``; WCAG 2.2.1 for the prompt)."""

    idle_prompt: float = 60
    prompt: float = 20
    ticket_stay: float = 20
    no_paper_stay: float = 60
    thanks_stay: float = 10
    attract_after: float = 120
    notice_stay: float = 4


@dataclass(frozen=True, slots=True)
class Visit:
    """Everything the screen must know of one visit.

    ``question`` is 0 for the overall question and counts criteria from 1; ``questions`` are
    the criteria dealt so far. ``leaves_at`` is when the place ends by itself; while
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
