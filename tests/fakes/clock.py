"""A clock that only moves when it is told to."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

MORNING = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
"""Monday 23/11/2026, 08:00 at an office seven hours ahead of UTC."""


class FakeClock:
    """A movable clock: ``advance`` lets time pass, ``set_back`` jumps the wall clock alone."""

    def __init__(self, start: datetime = MORNING) -> None:
        self._now = start
        self._steady = 1000.0

    def now(self) -> datetime:
        """The wall clock."""
        return self._now

    def monotonic(self) -> float:
        """The steady clock, in seconds."""
        return self._steady

    def advance(self, seconds: float) -> None:
        """Let that many seconds pass on both clocks."""
        self._now += timedelta(seconds=seconds)
        self._steady += seconds

    def jump(self, seconds: float) -> None:
        """Move the wall clock alone, as a wrong time server would."""
        self._now += timedelta(seconds=seconds)
