"""An office's day, played through without a window or a clock: who comes, who is called when, what was said.

Arrivals as in the demonstration (domain 10: peaks, services), service times around the means of domain 10 with
a gamma spread, 8 % priority, 5 % who do not come when called, 4 % who leave while they wait. Counters take
whoever has waited longest among what they serve, one preferred call after two others.
"""

from __future__ import annotations

import heapq
import random
from collections import defaultdict, deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial

from kiosk.counters import read_counters
from kiosk.estimates import LAST, Estimates, estimate
from kiosk.lobby_views import WaitBasis
from screens.demo import SERVICE_SHARES, arrivals
from screens.demo_lobby import MEAN_S, OTHER_S, SHAPE

COUNTERS: Mapping[str, tuple[str, ...]] = {
    one.id: one.services for one in read_counters(services=list(SERVICE_SHARES)).counters
}
"""The built-in ones: six, certification at two of them."""
MISSED_SHARE, LEAVING_SHARE, PRIORITY_SHARE = 0.05, 0.04, 0.08
PATIENCE_S = (300, 2400)


@dataclass(slots=True)
class Guest:
    """One number: what was said to it and what came true, seconds since the day began."""

    service: str
    at: float
    said: Estimates
    priority: bool
    leaves_at: float
    ahead_count: int
    called_at: float | None = None
    gone: bool = False


@dataclass
class Day:
    """A day played through; ``guests`` in the order they came."""

    chance: random.Random
    counters: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: COUNTERS)
    guests: list[Guest] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._waiting: dict[str, list[Guest]] = defaultdict(list)
        self._waits: dict[str, deque[int]] = defaultdict(lambda: deque(maxlen=LAST))
        self._served: dict[str, deque[int]] = defaultdict(lambda: deque(maxlen=LAST))
        self._idle = set(self.counters)
        self._turns = dict.fromkeys(self.counters, 0)
        self._events: list[tuple[float, int, str]] = []

    def play(self, came: Sequence[tuple[float, str]]) -> None:
        """Let these people come: (second, service), in order."""
        for at, service in came:
            self._until(at)
            self._arrive(at, service)
        self._until(float("inf"))

    def _arrive(self, at: float, service: str) -> None:
        priority = self.chance.random() < PRIORITY_SHARE
        patience = self.chance.uniform(*PATIENCE_S) if self.chance.random() < LEAVING_SHARE else float("inf")
        basis, ahead = self._basis(at, service), self._ahead(at, service, priority=priority)
        guest = Guest(service, at, estimate(ahead, basis), priority, at + patience, ahead)
        self.guests.append(guest)
        self._waiting[service].append(guest)
        for counter in sorted(self._idle):
            if service in self.counters[counter]:
                self._call(counter, at)
                return

    def _basis(self, at: float, service: str) -> WaitBasis:
        heads = [guest for guest in self._waiting[service] if guest.leaves_at > at]
        serving = sum(service in served for served in self.counters.values())
        waited = int(at - heads[0].at) if heads else None
        return WaitBasis(serving, tuple(self._served[service]), tuple(self._waits[service]), waited)

    def _ahead(self, at: float, service: str, *, priority: bool) -> int:
        here = [guest for guest in self._waiting[service] if guest.leaves_at > at]
        return sum(guest.priority for guest in here) if priority else len(here)

    def _until(self, at: float) -> None:
        while self._events and self._events[0][0] <= at:
            done_at, _, counter = heapq.heappop(self._events)
            self._idle.add(counter)
            self._call(counter, done_at)

    def _call(self, counter: str, at: float) -> None:
        guest = self._next(counter, at)
        if guest is None:
            return
        self._idle.discard(counter)
        guest.called_at = at
        self._waits[guest.service].append(int(at - guest.at))
        took = 45.0
        if self.chance.random() >= MISSED_SHARE:
            mean = MEAN_S.get(guest.service, OTHER_S)
            took = 20 + self.chance.gammavariate(SHAPE, mean / SHAPE)
            self._served[guest.service].append(int(took))
        heapq.heappush(self._events, (at + took, len(self.guests), counter))

    def _next(self, counter: str, at: float) -> Guest | None:
        here = [guest for service in self.counters[counter] for guest in self._waiting[service]]
        for guest in here:
            if guest.leaves_at <= at:
                guest.gone = True
                self._waiting[guest.service].remove(guest)
        here = [guest for guest in here if not guest.gone]
        if not here:
            return None
        self._turns[counter] += 1
        preferred = [guest for guest in here if guest.priority] if self._turns[counter] % 3 == 0 else []
        chosen = min(preferred or here, key=lambda guest: guest.at)
        self._waiting[chosen.service].remove(chosen)
        return chosen


def played(chance: random.Random, *, factor: float) -> list[Guest]:
    """The guests of one day with ``factor`` times the demonstration's visits."""
    day_of = partial(arrivals, date(2026, 11, 24), utc_offset_h=7, services=list(SERVICE_SHARES), chance=chance)
    twice = [one for _ in range(2) for one in day_of() if chance.random() < factor / 2]
    came = [(one.at.hour * 3600.0 + one.at.minute * 60 + one.at.second, one.service) for one in twice]
    day = Day(chance)
    day.play(sorted(came))
    return day.guests
