"""Facts of the line: what becomes of a number between its slip and its end.

They stand in the office's own book, but for what a citizen does at a kiosk, which stands in
that kiosk's. ``number`` with ``day`` (the ticket's business day, ISO) names the ticket,
``counter`` the counter's id. ``press`` is the random name of the press that asked for it
("" where nobody pressed): a press that is sent twice is done once.
"""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.fact import Fact


@dataclass(frozen=True, slots=True)
class TicketCalled(Fact):
    """A number was called to a counter. ``lane``: the lane of the line rules it was taken from;
    ``how``: "next", or "number" where an official chose it."""

    number: str
    day: str
    counter: str
    lane: str
    how: str
    press: str


@dataclass(frozen=True, slots=True)
class CalledOutOfOrder(Fact):
    """The call that follows passed over the order of the line. ``passed_count``: how many stood before it;
    ``reason``: why, in one of the office's set words, never a name."""

    number: str
    day: str
    counter: str
    reason: str
    passed_count: int


@dataclass(frozen=True, slots=True)
class TicketRecalled(Fact):
    """A called number was called once more."""

    number: str
    day: str
    counter: str
    press: str


@dataclass(frozen=True, slots=True)
class ServiceStarted(Fact):
    """The citizen stands at the counter and the work began."""

    number: str
    day: str
    counter: str
    press: str


@dataclass(frozen=True, slots=True)
class TicketFinished(Fact):
    """The work on a number is done."""

    number: str
    day: str
    counter: str
    press: str


@dataclass(frozen=True, slots=True)
class TicketMissed(Fact):
    """Nobody came to a called number: it goes to the end of the line."""

    number: str
    day: str
    counter: str
    press: str


@dataclass(frozen=True, slots=True)
class TicketParked(Fact):
    """A number is kept while its citizen fetches something. ``reason``: one of the office's set words."""

    number: str
    day: str
    counter: str
    reason: str
    press: str


@dataclass(frozen=True, slots=True)
class TicketReturned(Fact):
    """The citizen of a parked number is back. ``by``: "counter", "kiosk" or "phone"."""

    number: str
    day: str
    by: str
    press: str


@dataclass(frozen=True, slots=True)
class TicketTransferred(Fact):
    """A number goes on to another service, with its original time. ``service``: the new one's id."""

    number: str
    day: str
    counter: str
    service: str
    press: str


@dataclass(frozen=True, slots=True)
class PriorityGiven(Fact):
    """An official moved a number into the priority lane. ``reason``: one of the office's set words."""

    number: str
    day: str
    counter: str
    reason: str
    press: str


@dataclass(frozen=True, slots=True)
class TicketCancelled(Fact):
    """A number was given up. ``by``: "kiosk", "phone", "counter" or "rule";
    ``reason``: "asked", "second" (another of the same hand) or "missed" (too often)."""

    number: str
    day: str
    by: str
    reason: str
    press: str


@dataclass(frozen=True, slots=True)
class TicketExpired(Fact):
    """The office closed before anybody said that a number's service ended."""

    number: str
    day: str


@dataclass(frozen=True, slots=True)
class PressUndone(Fact):
    """A "finished" or "missed" was a slip of the hand: the number stands where it stood. ``undoes``: that press."""

    number: str
    day: str
    counter: str
    undoes: str
    press: str


@dataclass(frozen=True, slots=True)
class PresenceConfirmed(Fact):
    """Somebody showed the slip and is still waiting. ``by``: "kiosk" or "phone"."""

    number: str
    day: str
    by: str


@dataclass(frozen=True, slots=True)
class TicketSecond(Fact):
    """A second number right behind the first at one kiosk, after the citizen was asked. ``held``: the first."""

    number: str
    held: str


@dataclass(frozen=True, slots=True)
class TicketAssisted(Fact):
    """Somebody took this number for another person."""

    number: str


@dataclass(frozen=True, slots=True)
class WaitEstimated(Fact):
    """What was said of the wait when the number was issued.

    ``ahead_count``: people before it; ``counters``: open for its service. ``ranges``: by estimator
    the two ends in minutes; ``shown``: the estimator whose range was told, "" if none was.
    """

    number: str
    service: str
    ahead_count: int
    counters: int
    shown: str
    ranges: dict[str, list[int]]
