"""Numbers of a kiosk that has its office server somewhere else on the network.

The office is asked at the tap and lends the next number of the shared series; without an answer
within a deadline the kiosk gives the next of its own reserve. While the link is known to be cut it
does not ask at all. So the line has one series while it can, and a tap never waits for a network.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from kiosk.clock import Clock
from kiosk.entry import Entry
from kiosk.given_numbers import GivenNumbers
from kiosk.identifiers import random_id
from kiosk.link_breaker import LinkBreaker
from kiosk.lobby_facts import ReserveReceived
from kiosk.number_blocks import SHARED, place_of
from kiosk.tickets import number_text
from kiosk.trouble import SyncTrouble

ASK_S = 0.25
"""How long a tap waits for the office: with it the next screen still comes within 0.3 s. Only the first tap after
a cut that nobody was told of waits so long; a server on a busy machine needs up to half of it."""

FRESH_S = 5.0
"""How long a number that came too late for its tap is good for the next one; after that it stays a gap, which
the office can explain: it stands in its book as lent."""


@dataclass(frozen=True, slots=True)
class Asking:
    """One asking for a number. ``request``: a random name, so that asking twice gives the same; ``day``: ISO."""

    request: str
    letter: str
    day: str


@dataclass(frozen=True, slots=True)
class Lent:
    """A count of the shared series that the office lent for an asking; ``came_at``: the steady clock, in seconds."""

    asking: Asking
    count: int
    came_at: float


class NumberLink(Protocol):
    """The way to the office's numbers. One thread asks; nothing is raised."""

    def ask(self, asking: Asking, within_s: float) -> Lent | None:
        """The number lent for this asking, None if no answer came in time."""

    def late(self) -> list[Lent]:
        """Answers that came when nobody waited for them any more; each is told once."""


class RemoteNumbers:
    """Lent numbers, and a reserve for when none is lent. ``join`` hands over the link once it is loaded."""

    def __init__(self, clock: Clock, *, breaker: LinkBreaker | None = None, ask_s: float = ASK_S) -> None:
        self._clock = clock
        self._breaker = breaker or LinkBreaker(clock)
        self._ask_s = ask_s
        self._link: NumberLink | None = None
        self._given = GivenNumbers()
        self._held: list[Lent] = []
        self.place: int | None = None

    def join(self, link: NumberLink) -> None:
        """Ask over this link from now on; from any thread."""
        self._link = link

    def take_in(self, entry: Entry) -> None:
        """Fold one entry of the kiosk's own book."""
        self._given.take_in(entry)
        if entry.fact == ReserveReceived.__name__:
            self.place = int(entry.fields()["place"])

    def ready(self) -> None:
        """``SyncTrouble`` S-347 while there is neither a reserve nor a link that answers."""
        if self.place is None and (self._link is None or not self._breaker.allows()):
            raise SyncTrouble("S-347")

    @contextmanager
    def next(self, letter: str, day: date) -> Iterator[str]:
        """The number to write down now; ``SyncTrouble`` S-347 if none is lent and there is no reserve yet."""
        count = self._shared(letter, day)
        if count is None:
            if self.place is None:
                raise SyncTrouble("S-347")
            count = self._given.next(letter, day, self.place)
        yield number_text(letter, count)

    def _shared(self, letter: str, day: date) -> int | None:
        """A number of the shared series that came late and is still fresh, or one that is lent now."""
        link = self._link
        if link is None:
            return None
        self._held += link.late()
        self._held = [lent for lent in self._held if self._is_good(lent)]
        wanted = [lent for lent in self._held if (lent.asking.letter, lent.asking.day) == (letter, day.isoformat())]
        if wanted:
            return min(lent.count for lent in wanted)
        if not self._breaker.allows():
            return None
        lent = link.ask(Asking(random_id(), letter, day.isoformat()), self._ask_s)
        self._breaker.told(lent is not None)
        if lent is None or not self._is_good(lent):
            return None
        self._held.append(lent)  # until it is written: a disk that fails now does not lose the number
        return lent.count

    def _is_good(self, lent: Lent) -> bool:
        """Fresh, of the shared series, and behind every number of its letter given here: so never one twice,
        whatever is answered, and never one out of order."""
        day = date.fromisoformat(lent.asking.day)
        fresh = self._clock.monotonic() - lent.came_at <= FRESH_S
        unused = lent.count > self._given.highest(lent.asking.letter, day)
        return fresh and unused and place_of(lent.count) == SHARED
