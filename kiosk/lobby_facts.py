"""Facts of the lobby: counters and who sits at them, calls for help, numbers lent to kiosks."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.fact import Fact


@dataclass(frozen=True, slots=True)
class CounterOpened(Fact):
    """Somebody signed in at a counter. ``sitting``: a random name of this stay; no person's name is kept."""

    counter: str
    sitting: str


@dataclass(frozen=True, slots=True)
class CounterPaused(Fact):
    """A counter takes a break. ``reason``: one of the office's set words."""

    counter: str
    sitting: str
    reason: str
    press: str


@dataclass(frozen=True, slots=True)
class CounterResumed(Fact):
    """A counter works again."""

    counter: str
    sitting: str
    press: str


@dataclass(frozen=True, slots=True)
class CounterClosed(Fact):
    """A stay at a counter ended. ``reason``: "signed-out", "taken-over" or "closing"."""

    counter: str
    sitting: str
    reason: str


@dataclass(frozen=True, slots=True)
class HelpCalled(Fact):
    """A citizen asked for a person. ``help_id``: random; ``place``: the kiosk's id. In the kiosk's book."""

    help_id: str
    place: str


@dataclass(frozen=True, slots=True)
class HelpAnswered(Fact):
    """Somebody goes. ``by``: a counter's id or "staff"; ``after_s``: seconds since the call, by the kiosk's clock
    and the server's, never below 0. In the office's book."""

    help_id: str
    place: str
    by: str
    after_s: int


@dataclass(frozen=True, slots=True)
class NumberLent(Fact):
    """The office gave a kiosk the next number of the shared series. ``count``: the number without its letter;
    ``request``: the random name of the asking, so that asking twice gives the same."""

    day: str
    letter: str
    count: int
    kiosk_id: str
    request: str


@dataclass(frozen=True, slots=True)
class ReserveGiven(Fact):
    """A kiosk got numbers of its own for when it is cut off. ``place``: 1 to 13 (``kiosk.number_blocks``);
    ``journal_id``: the book it may write them in, for a new machine never gets an old one's. In the office's book."""

    kiosk_id: str
    journal_id: str
    place: int


@dataclass(frozen=True, slots=True)
class ReserveReceived(Fact):
    """A kiosk learned which numbers are its own when it is cut off. In the kiosk's book."""

    place: int
