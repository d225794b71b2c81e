"""How long to wait after a failure: longer each time, never quite the same."""

from __future__ import annotations

import random

from kiosk.clock import Clock

BASE_S = 1.0
CAP_S = 60.0


class Backoff:
    """Waits that double from ``BASE_S`` to ``cap_s``, each shortened by chance to between half and whole.

    Chance is what keeps offices that lost the network together from coming back together.
    """

    def __init__(self, clock: Clock, chance: random.Random, *, cap_s: float = CAP_S) -> None:
        self._clock = clock
        self._chance = chance
        self._cap_s = cap_s
        self._failures = 0
        self._until = clock.monotonic()

    @property
    def left_s(self) -> float:
        """Seconds left to wait; 0 when it is time."""
        return max(0.0, self._until - self._clock.monotonic())

    def failed(self, *, at_least_s: float = 0.0) -> None:
        """Wait longer than the last time, and never less than the other side asked for."""
        whole = min(self._cap_s, BASE_S * 2.0 ** min(self._failures, 30))
        self._failures += 1
        wait = whole * (0.5 + self._chance.random() / 2)
        if wait < at_least_s:
            wait = at_least_s * (1 + self._chance.random() / 4)
        self._until = self._clock.monotonic() + wait

    def spread(self, over_s: float) -> None:
        """Begin at some moment within the next ``over_s`` seconds."""
        self._until = self._clock.monotonic() + over_s * self._chance.random()

    def succeeded(self) -> None:
        """Begin anew with short waits."""
        self._failures = 0
        self._until = self._clock.monotonic()
