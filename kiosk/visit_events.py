"""What can happen in a visit, and what then has to be done by somebody with a thread."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from kiosk.ports import PrintOutcome
from kiosk.tickets import Ticket
from kiosk.waits import Waiting


@dataclass(frozen=True, slots=True)
class Event:
    """Something a citizen, a device or time did.

    Events without fields share this one's equality and cost nothing more at the start.
    """


class Tick(Event):
    """Time passed."""

    __slots__ = ()


class Touched(Event):
    """A finger on no key: it wakes the idle screen and shows that somebody is there."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class ServiceChosen(Event):
    """A tile. ``asks_priority``: whether this service has a priority line."""

    service: str
    asks_priority: bool


@dataclass(frozen=True, slots=True)
class PageTurned(Event):
    """Further tiles. ``page`` counts from 0."""

    page: int


@dataclass(frozen=True, slots=True)
class PriorityChosen(Event):
    """One of two equal answers."""

    priority: bool


@dataclass(frozen=True, slots=True)
class TicketReady(Event):
    """The number is in the book and on its way to the printer. ``waiting``: what is said of its wait."""

    ticket: Ticket
    waiting: Waiting | None = None


@dataclass(frozen=True, slots=True)
class PrintSettled(Event):
    """The printer's last word on a number's slip (or copy)."""

    number: str
    outcome: PrintOutcome


class CopyAsked(Event):
    """ "Phiếu không ra?": one copy a visit."""

    __slots__ = ()


class RateChosen(Event):
    """The band "Đã xong việc?": a rating without a ballot."""

    __slots__ = ()


class BallotState(StrEnum):
    """What the desk knows of a scanned ballot."""

    OPEN = "open"
    USED = "used"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class BallotScanned(Event):
    """A slip's QR was read and looked up. ``old``: of an earlier day, so its number counts no more."""

    ballot: bytes = field(repr=False)
    state: BallotState
    old: bool = False


class IdentityCardScanned(Event):
    """An identity card was held under the scanner; nothing of it was kept."""

    __slots__ = ()


class UnknownScan(Event):
    """The scanner read something that is none of ours."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class AnswerChosen(Event):
    """One of the equal answers of the question on the screen."""

    answer: str


class Skipped(Event):
    """ "Bỏ qua"."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class AnswerRecorded(Event):
    """The answer (or skip) is in the book. ``next_criterion``: "" when the questions end."""

    rating_id: str
    next_criterion: str
    channels: bool = False


class BackPressed(Event):
    """ "Quay lại"."""

    __slots__ = ()


class DonePressed(Event):
    """ "Xong", "Tôi đã nhớ số", "Tôi xong rồi"."""

    __slots__ = ()


class MoreTimePressed(Event):
    """ "Tôi cần thêm thời gian"."""

    __slots__ = ()


class LanguageToggled(Event):
    """The other language."""

    __slots__ = ()


class BigTextToggled(Event):
    """ "Chữ to"."""

    __slots__ = ()


class ContrastToggled(Event):
    """ "Nền đen"."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class DeskFailed(Event):
    """The book could not be written: no number may be promised. ``code``: the trouble."""

    code: str


class DeskRecovered(Event):
    """The book can be written again."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class OpeningChanged(Event):
    """The office opened or closed."""

    closed: bool


# What has to be done.


@dataclass(frozen=True, slots=True)
class Effect:
    """Something that somebody with a thread must do."""


@dataclass(frozen=True, slots=True)
class IssueTicket(Effect):
    """Write the number, then print it. The visit's id makes a second tap the same ticket.

    ``held``: the number she has already; ``assisted``: for somebody else; ``appointment_id``: she comes with
    it, ``appointment_at``: at the hour that still holds; ``claim``: hash of a code that nobody could look up.
    """

    visit_id: int
    service: str
    priority: bool
    held: str = ""
    assisted: bool = False
    appointment_id: str = ""
    claim: str = ""
    appointment_at: str = ""


@dataclass(frozen=True, slots=True)
class PrintCopy(Effect):
    """Write ``TicketReprinted``, then print the slip marked BẢN SAO."""

    ticket: Ticket


@dataclass(frozen=True, slots=True)
class RecordRating(Effect):
    """The overall answer. ``rating_id``: "" for a new rating, else the one being corrected."""

    rating_id: str
    ballot: bytes | None = field(repr=False)
    answer: str


@dataclass(frozen=True, slots=True)
class RecordAnswer(Effect):
    """A criterion's answer, or None for a skip. ``asked``: the criteria shown so far, in order."""

    rating_id: str
    asked: tuple[str, ...]
    question: int
    answer: str | None


@dataclass(frozen=True, slots=True)
class RecordUnanswered(Effect):
    """The overall question was left: "skipped" or "timeout"."""

    reason: str
