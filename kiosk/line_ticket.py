"""One ticket in the line: its state, and what each fact makes of it.

A ticket is told by several books: the kiosk's (issued, given up, present) and the office's (all
else). Their entries arrive in any interleaving, so what a ticket *is* is worked out from what
each book said and never from which came first.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from kiosk.line_rules import APPOINTMENT, NORMAL, PRIORITY


class State(StrEnum):
    """What a number is at."""

    WAITING = "waiting"
    CALLED = "called"
    SERVING = "serving"
    PARKED = "parked"
    MISSED = "missed"
    FINISHED = "finished"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


IN_LINE = frozenset({State.WAITING, State.MISSED})
"""Whoever may be called next."""
AT_COUNTER = frozenset({State.CALLED, State.SERVING})
STILL_HERE = IN_LINE | {State.PARKED}

CLASH = "·"
"""Between a number that was given twice and the kiosk that gave it the second time."""

OrderKey = tuple[str, str, str, int, str]
"""Order time, issue time, kiosk, place in its book, number: total, and the same on every machine."""


@dataclass(frozen=True, slots=True)
class Issued:
    """What the book that gave the number says. ``at``: effective issue time, UTC text."""

    kiosk_id: str
    seq: int
    at: str
    service: str
    priority: bool
    ballot_line: str
    ballot_issue: str

    def key(self, number: str) -> OrderKey:
        """Where its issue stands among all others."""
        return self.at, self.at, self.kiosk_id, self.seq, number


@dataclass(frozen=True, slots=True)
class Standing:
    """What the office's book says of a number so far; every call, absence and end is one step of it.

    ``order_at``: where it stands in line instead of at its issue, "" for there. ``lane`` likewise.
    ``first_called_at`` ends its wait, ``called_at`` is its last call, ``since`` begins its present state.
    """

    state: State = State.WAITING
    counter: str = ""
    since: str = ""
    lane: str = ""
    order_at: str = ""
    service: str = ""
    from_counter: str = ""
    called_lane: str = ""
    first_called_at: str = ""
    called_at: str = ""
    started_at: str = ""
    missed_count: int = 0
    recalled_count: int = 0
    end_reason: str = ""


@dataclass(slots=True)
class LineTicket:
    """A number of the day. ``issued`` None: the office's book speaks of it, its own book has not come yet.

    ``appointment_at``: instant of its appointment, "" for none; ``fetches``: it is for a result.
    """

    number: str
    issued: Issued | None = None
    standing: Standing = field(default_factory=Standing)
    given_up: str = ""
    given_up_at: str = ""
    present: bool = False
    assisted: bool = False
    second: bool = False
    appointment_at: str = ""
    appointment_order: str = ""
    fetches: bool = False

    @property
    def state(self) -> State:
        """What it is at: given up at the kiosk counts while nobody has called it since."""
        standing = self.standing
        gone = self.given_up and standing.state in STILL_HERE and self.given_up_at > standing.called_at
        return State.CANCELLED if gone else standing.state

    @property
    def service(self) -> str:
        """The service it stands for now."""
        return self.standing.service or (self.issued.service if self.issued else "")

    @property
    def lane(self) -> str:
        """The lane it stands in."""
        if self.standing.lane:
            return self.standing.lane
        if self.appointment_order:
            return APPOINTMENT
        return PRIORITY if self.issued and self.issued.priority else NORMAL

    @property
    def issued_at(self) -> str:
        """When it was issued, UTC text; "" while that is not known."""
        return self.issued.at if self.issued else ""

    @property
    def order_at(self) -> str:
        """The time by which it stands in line."""
        return self.standing.order_at or self.appointment_order or self.issued_at

    @property
    def in_line(self) -> bool:
        """Whether it may be called next."""
        return self.issued is not None and self.state in IN_LINE

    @property
    def order(self) -> OrderKey:
        """Where it stands among all others."""
        assert self.issued is not None
        return self.order_at, self.issued.at, self.issued.kiosk_id, self.issued.seq, self.number

    @property
    def end_reason(self) -> str:
        """Why it was cancelled, "" if it was not."""
        return self.standing.end_reason or self.given_up
