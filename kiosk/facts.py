"""Facts: what happened, in the past tense, never changed afterwards.

A fact's body holds text, whole numbers, booleans and null only (``kiosk.entry.canonical``).
A body that changes its shape gets a new ``version`` and a step in ``UPCASTERS`` that
raises old entries while they are read; what stands in the book is never touched.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from kiosk.appointment_facts import (
    ApologyWritten,
    AppointmentBooked,
    AppointmentCancelled,
    AppointmentCheckedIn,
    AppointmentClaimed,
    ReminderPrinted,
    ResultHandedOver,
    ResultReady,
)
from kiosk.entry import Entry
from kiosk.fact import Fact
from kiosk.line_facts import (
    CalledOutOfOrder,
    PresenceConfirmed,
    PressUndone,
    PriorityGiven,
    ServiceStarted,
    TicketAssisted,
    TicketCalled,
    TicketCancelled,
    TicketExpired,
    TicketFinished,
    TicketMissed,
    TicketParked,
    TicketRecalled,
    TicketReturned,
    TicketSecond,
    TicketTransferred,
    WaitEstimated,
)
from kiosk.lobby_facts import (
    CounterClosed,
    CounterOpened,
    CounterPaused,
    CounterResumed,
    HelpAnswered,
    HelpCalled,
    NumberLent,
    ReserveGiven,
    ReserveReceived,
)
from kiosk.trouble import JournalTrouble


@dataclass(frozen=True, slots=True)
class JournalOpened(Fact):
    """A book began. ``previous``: null, or journal_id, seq and hash of the closed book before it."""

    journal_id: str
    kiosk_id: str
    office_id: str
    demo: bool
    previous: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class KioskStarted(Fact):
    """The kiosk program came up. ``software``: its version."""

    software: str


@dataclass(frozen=True, slots=True)
class ClockJumped(Fact):
    """The wall clock went back, or leapt ahead of what the steady clock measured. Seconds, ahead positive."""

    seconds: int
    from_at: str
    to_at: str


@dataclass(frozen=True, slots=True)
class TicketIssued(Fact):
    """A citizen took a number. The two hashes of its ballot are kept, the ballot is not."""

    number: str
    service: str
    priority: bool
    ballot_issue: str
    ballot_line: str


@dataclass(frozen=True, slots=True)
class TicketPrinted(Fact):
    """The printer said that the slip came out. ``reason``: "" or "copy"."""

    number: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class TicketNotPrinted(Fact):
    """No slip came out. ``reason``: the trouble code."""

    number: str
    reason: str


@dataclass(frozen=True, slots=True)
class TicketPrintUnknown(Fact):
    """Nobody can say whether the slip came out. ``reason``: the trouble code."""

    number: str
    reason: str


@dataclass(frozen=True, slots=True)
class TicketReprinted(Fact):
    """A copy marked BẢN SAO was sent; its own outcome follows. ``reason``: "asked"."""

    number: str
    reason: str


@dataclass(frozen=True, slots=True)
class RatingGiven(Fact):
    """The overall answer. ``ballot_used``: hash of the ballot, or null for a loose rating.

    ``order`` is the order of the answers on the screen, "good-first" or "good-last".
    """

    rating_id: str
    ballot_used: str | None
    set: str
    set_version: int
    order: str
    answer: str


@dataclass(frozen=True, slots=True)
class RatingUnanswered(Fact):
    """The overall question was shown and left. ``reason``: "skipped", "back" or "timeout"."""

    set: str
    set_version: int
    order: str
    reason: str


@dataclass(frozen=True, slots=True)
class CriterionAnswered(Fact):
    """One promise was judged; a later fact for the same question replaces this one."""

    rating_id: str
    criterion: str
    answer: str


@dataclass(frozen=True, slots=True)
class CriterionSkipped(Fact):
    """One question was skipped; ``answer`` is always "skipped"."""

    rating_id: str
    criterion: str
    answer: str = "skipped"


@dataclass(frozen=True, slots=True)
class PrinterTroubled(Fact):
    """The printer fell into trouble while nobody was printing. ``reason``: the trouble code."""

    reason: str


@dataclass(frozen=True, slots=True)
class PrinterRecovered(Fact):
    """The printer works again. ``reason``: the code of the trouble that ended."""

    reason: str


@dataclass(frozen=True, slots=True)
class TroubleEnded(Fact):
    """The book could not be written for a while and can be again. ``reason``: the trouble code."""

    reason: str


@dataclass(frozen=True, slots=True)
class DeviceEnrolled(Fact):
    """A device may send from now on. ``public_key``: Ed25519, 64 hex digits."""

    device_id: str
    public_key: str


@dataclass(frozen=True, slots=True)
class ForkSeen(Fact):
    """Two different books carry one name: what is held and what was sent differ at ``seq``."""

    journal_id: str
    seq: int
    held_hash: str
    sent_hash: str


FACTS: dict[str, type[Fact]] = {
    known.__name__: known
    for known in (
        JournalOpened, KioskStarted, ClockJumped,
        TicketIssued, TicketPrinted, TicketNotPrinted, TicketPrintUnknown, TicketReprinted,
        RatingGiven, RatingUnanswered, CriterionAnswered, CriterionSkipped,
        PrinterTroubled, PrinterRecovered, TroubleEnded, DeviceEnrolled, ForkSeen,
        TicketSecond, TicketAssisted, WaitEstimated,
        TicketCalled, CalledOutOfOrder, TicketRecalled, ServiceStarted, TicketFinished, TicketMissed, TicketParked,
        TicketReturned, TicketTransferred, PriorityGiven, TicketCancelled, TicketExpired, PressUndone,
        PresenceConfirmed, CounterOpened, CounterPaused, CounterResumed, CounterClosed, HelpCalled, HelpAnswered,
        NumberLent, ReserveGiven, ReserveReceived,
        AppointmentBooked, AppointmentCancelled, ReminderPrinted, AppointmentCheckedIn, AppointmentClaimed,
        ResultReady, ResultHandedOver, ApologyWritten,
    )
}  # fmt: skip
"""Every fact there is, by its name in a book."""

UPCASTERS: dict[tuple[str, int], Callable[[dict[str, Any]], dict[str, Any]]] = {}
"""(fact, old version) -> the step that makes the next version's body of an old one."""


def opening_of(first: Entry | None, where: str) -> JournalOpened:
    """The fact a book begins with; ``JournalTrouble`` J-107 without an entry, J-102 if it is another fact."""
    if first is None:
        raise JournalTrouble("J-107", detail=where)
    opened = fact_of(first) if first.fact == JournalOpened.__name__ else None
    if not isinstance(opened, JournalOpened):
        raise JournalTrouble("J-102", detail=f"{where} does not begin with JournalOpened")
    return opened


def fact_of(entry: Entry) -> Fact:
    """The fact an entry tells, raised to today's version.

    Raises ``JournalTrouble`` J-108 for a fact or version this program does not know:
    a reader that guesses would tell something else than was written.
    """
    known = FACTS.get(entry.fact)
    if known is None:
        raise JournalTrouble("J-108", detail=f"{entry.fact} at seq {entry.seq}")
    body, version = dict(entry.fields()), entry.version
    while version < known.version and (entry.fact, version) in UPCASTERS:
        body, version = UPCASTERS[entry.fact, version](body), version + 1
    if version != known.version:
        raise JournalTrouble("J-108", detail=f"{entry.fact} version {entry.version} at seq {entry.seq}")
    try:
        return known(**body)
    except TypeError:
        raise JournalTrouble("J-108", detail=f"the body of {entry.fact} at seq {entry.seq}") from None
