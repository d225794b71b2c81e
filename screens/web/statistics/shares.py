"""Shares: how sure one may be of them, and how they are written down.

Sources: Wilson, JASA 22 (1927), for the interval; Manski, J. Hum. Resources 24 (1989), for
what silence can hide.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

Z = 1.959964
"""The standard normal quantile of a 95 % interval."""


@dataclass(frozen=True, slots=True)
class Interval:
    """From ``low`` to ``high``, both within 0 to 1."""

    low: float
    high: float

    def whole_percents(self) -> tuple[int, int]:
        """Both ends in percent, rounded half up."""
        return percent(self.low), percent(self.high)


def percent(share: float) -> int:
    """A share of 0 to 1 in whole percent, half up: 0.125 is 13."""
    return math.floor(share * 100 + 0.5)


def wilson(x: int, n: int) -> Interval | None:
    """The 95 % interval of a share that was seen as ``x`` of ``n``; None for n = 0, which says nothing."""
    _check(x, n)
    if n == 0:
        return None
    share, square = x / n, Z * Z
    scale = 1 + square / n
    centre = (share + square / (2 * n)) / scale
    half = Z * math.sqrt(share * (1 - share) / n + square / (4 * n * n)) / scale
    low = 0.0 if x == 0 else max(0.0, centre - half)
    high = 1.0 if x == n else min(1.0, centre + half)
    return Interval(low, high)


def bounds(satisfied: int, other: int, asked: int) -> Interval | None:
    """Where the share lies whatever the silent think; None if nobody was asked.

    ``other``: everything else that was answered, neutral too. ``asked``: all who could answer.
    """
    _check(satisfied + other, asked)
    if asked == 0:
        return None
    return Interval(satisfied / asked, (asked - other) / asked)


def _check(x: int, n: int) -> None:
    if not 0 <= x <= n:
        raise ValueError(f"{x} of {n} is no share")


@dataclass(frozen=True, slots=True)
class Share:
    """The only thing that may become a percentage on a page or in an export.

    It cannot be made without what a percentage has to be read with: ``x`` of ``n``, and
    ``answered`` of ``asked``, the response it rests on.
    """

    x: int
    n: int
    answered: int
    asked: int

    def __post_init__(self) -> None:
        _check(self.x, self.n)
        _check(self.answered, self.asked)
        if self.n == 0:
            raise ValueError("a share of nothing is no figure")

    @property
    def percent(self) -> int:
        """In whole percent."""
        return percent(self.x / self.n)

    @property
    def interval(self) -> Interval:
        """Its 95 % interval."""
        made = wilson(self.x, self.n)
        assert made is not None
        return made

    @property
    def response_percent(self) -> int:
        """How many of those who could answer did, in whole percent."""
        return percent(self.answered / self.asked) if self.asked else 0

    def as_fields(self) -> dict[str, int | float]:
        """Everything that belongs together, for exports; shares with 4 decimals."""
        interval = self.interval
        return {
            "x": self.x,
            "n": self.n,
            "share": round(self.x / self.n, 4),
            "low": round(interval.low, 4),
            "high": round(interval.high, 4),
            "answered": self.answered,
            "asked": self.asked,
            "response": round(self.answered / self.asked, 4) if self.asked else 0.0,
        }
