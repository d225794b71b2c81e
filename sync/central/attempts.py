"""Counting wrong guesses, by who guesses and altogether."""

from __future__ import annotations

import threading
from collections import deque
from dataclasses import dataclass

from kiosk.clock import Clock


@dataclass(frozen=True, slots=True)
class Allowed:
    """How many wrong guesses are let through within ``within_s`` seconds: of one peer, and of all."""

    of_one: int
    of_all: int
    within_s: float


class Attempts:
    """Wrong guesses of the last while. Safe from any thread; remembers at most ``of_all`` of them."""

    def __init__(self, clock: Clock, allowed: Allowed) -> None:
        self._clock = clock
        self._allowed = allowed
        self._guard = threading.Lock()
        self._wrong: deque[tuple[float, str]] = deque(maxlen=allowed.of_all)

    def wait_s(self, peer: str) -> float:
        """Seconds until that peer may guess again; 0 if it may now."""
        with self._guard:
            now = self._clock.monotonic()
            while self._wrong and self._wrong[0][0] <= now - self._allowed.within_s:
                self._wrong.popleft()
            own = [at for at, who in self._wrong if who == peer]
            oldest = own[-self._allowed.of_one] if len(own) >= self._allowed.of_one else None
            if oldest is None and len(self._wrong) >= self._allowed.of_all:
                oldest = self._wrong[0][0]
            return 0.0 if oldest is None else max(0.0, oldest + self._allowed.within_s - now)

    def was_wrong(self, peer: str) -> None:
        """Remember a wrong guess."""
        with self._guard:
            self._wrong.append((self._clock.monotonic(), peer))

    def forgive(self, peer: str) -> None:
        """That peer knew it after all."""
        with self._guard:
            kept = [one for one in self._wrong if one[1] != peer]
            self._wrong.clear()
            self._wrong.extend(kept)
