"""What can happen in a visit because there is a lobby: second numbers, helpers, held slips, appointments, help."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kiosk.visit import Booking, HeldSlip
from kiosk.visit_events import Effect, Event


@dataclass(frozen=True, slots=True)
class SecondAnswered(Event):
    """Whether she takes another number right behind her first."""

    take: bool


class HelpingChosen(Event):
    """ "Lấy số giúp người khác": one tap says that the numbers from now on are for other people."""

    __slots__ = ()


class HelpingEnded(Event):
    """ "Xong" of somebody who took numbers for others."""

    __slots__ = ()


class WhyAsked(Event):
    """ "Vì sao đã đến số ...?"."""

    __slots__ = ()


class WhyClosed(Event):
    """The answer was read."""

    __slots__ = ()


# Somebody is needed.


class HelpPressed(Event):
    """ "Gọi giúp"."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class HelpWritten(Event):
    """The call is in the book and on its way to the office."""

    help_id: str


@dataclass(frozen=True, slots=True)
class HelpHeard(Event):
    """The office has the call. ``answered``: somebody goes."""

    help_id: str
    answered: bool


# A slip that is held under the scanner.


@dataclass(frozen=True, slots=True)
class SlipFound(Event):
    """A slip of today whose number still stands in the line, as far as anybody knows."""

    slip: HeldSlip


@dataclass(frozen=True, slots=True)
class ScanRefused(Event):
    """What was scanned cannot be used now. ``why``: the last part of a ``scan.*`` word."""

    why: str


class StayChosen(Event):
    """ "Tôi vẫn đang chờ"."""

    __slots__ = ()


class DropChosen(Event):
    """ "Bỏ số này", asked once more before it counts."""

    __slots__ = ()


class DropConfirmed(Event):
    """ "Có, bỏ số"."""

    __slots__ = ()


class SlipNoted(Event):
    """What she chose for her slip is in the book."""

    __slots__ = ()


# An appointment.


class CodeChosen(Event):
    """ "Tôi có hẹn": the code will be typed."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class LetterTyped(Event):
    """A letter of the code."""

    letter: str


class LetterErased(Event):
    """The last letter of the code is wrong."""

    __slots__ = ()


class CodeEntered(Event):
    """The typed code is whole."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class AppointmentScanned(Event):
    """A reminder slip was held under the scanner."""

    code: str


@dataclass(frozen=True, slots=True)
class AppointmentTold(Event):
    """What the office says of a code. ``booking`` None: it cannot be asked now; ``code_hash`` is kept then."""

    booking: Booking | None
    code_hash: str = ""


class ArrivalChosen(Event):
    """ "Tôi đã đến, xin lấy số"."""

    __slots__ = ()


# What has to be done.


@dataclass(frozen=True, slots=True)
class CallHelp(Effect):
    """Write that somebody asks for a person, and send it at once."""


@dataclass(frozen=True, slots=True)
class ConfirmPresence(Effect):
    """Write that the holder of a number is still waiting."""

    number: str
    day: date


@dataclass(frozen=True, slots=True)
class DropTicket(Effect):
    """Write that the holder of a number gives it up."""

    number: str
    day: date


@dataclass(frozen=True, slots=True)
class AskAppointment(Effect):
    """Ask the office about a reminder's code."""

    code: str
