"""How long a newcomer will wait: several estimators side by side, each an 80 % range, one of them shown.

All are biased when the load swings (Ibrahim, Whitt 2009, 2011), so none is trusted: each range is kept with
the ticket (``WaitEstimated``) and graded by the wait that came true. Which one is shown is a stated order,
set by the simulated day of ``tests/bench/waits.py`` (``wait_coverage_simulated``).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from kiosk.line_facts import WaitEstimated
from kiosk.lobby_views import WaitBasis

STEP_MIN = 5
"""Ranges are rounded outward to whole steps: finer would promise what nobody can know."""
Z80 = 1.2816
"""The normal quantile at 0.9: 80 % lie between its two sides."""
SPREAD = 0.63
"""How much service times spread around their mean, as a share of it; with ``HALF_DONE`` the values at which the
simulated day keeps 80 % with every count ahead (domain 10 gives means only)."""
HALF_DONE = 0.5
"""What those who stand at the counters right now still take, in turns."""
LAST = 20
"""How many waits the naive rule looks back on."""
NAIVE = "last20"

Range = tuple[int, int]
"""Two ends in whole minutes, multiples of ``STEP_MIN``, the second above the first."""


@dataclass(frozen=True, slots=True)
class Estimates:
    """What can be said of a wait. ``ranges``: by estimator; ``shown``: the one that is told, "" if none is."""

    ranges: Mapping[str, Range]
    shown: str

    @property
    def minutes(self) -> Range | None:
        """The range that is told, in minutes; None without a basis."""
        return self.ranges.get(self.shown)

    def fact(self, number: str, service: str, *, ahead_count: int, counters: int) -> WaitEstimated:
        """What is kept of them with the ticket, to be graded by the wait that comes true."""
        ranges = {name: list(ends) for name, ends in self.ranges.items()}
        return WaitEstimated(number, service, ahead_count, counters, self.shown, ranges)


def estimate(ahead_count: int, basis: WaitBasis) -> Estimates:
    """The estimates for somebody with ``ahead_count`` people before her; none while no counter is open.

    Nothing is guessed without a basis: the first ticket of a day gets no range at all.
    """
    if basis.counters < 1:
        return Estimates({}, "")
    made = {name: rule(max(0, ahead_count), basis) for name, rule in RULES.items()}
    ranges = {name: outward(*ends) for name, ends in made.items() if ends is not None}
    return Estimates(ranges, next((name for name in ORDER if name in ranges), ""))


class Grade(StrEnum):
    """What came true of a range. ``LEFT``: she went before its end, so nobody knows."""

    INSIDE = "inside"
    UNDER = "under"
    OVER = "over"
    LEFT = "left"


def grade(ends: Range, *, wait_s: int | None, left_after_s: int | None) -> Grade:
    """Hold a range (minutes) against the wait that came true, or None and when she left without being called.

    Whoever left beyond the range waited longer than it said: a miss. Raises ``ValueError`` without either.
    """
    low_s, high_s = ends[0] * 60, ends[1] * 60
    if wait_s is not None:
        if wait_s > high_s:
            return Grade.OVER
        return Grade.INSIDE if wait_s >= low_s else Grade.UNDER
    if left_after_s is None:
        raise ValueError("nothing came true yet")
    return Grade.OVER if left_after_s > high_s else Grade.LEFT


def outward(low_s: float, high_s: float) -> Range:
    """A range of seconds as whole minutes, both ends rounded outward to 5 and at least 5 apart."""
    step_s = STEP_MIN * 60
    low = math.floor(max(0.0, low_s) / step_s)
    return low * STEP_MIN, max(low + 1, math.ceil(high_s / step_s)) * STEP_MIN


def nearest_rank(values: Sequence[int], percent: int) -> int:
    """The percentile of at least one value by nearest rank: number ceil(p * n) of the sorted list."""
    return sorted(values)[max(0, -(-percent * len(values) // 100) - 1)]


def _pace(ahead_count: int, basis: WaitBasis) -> tuple[float, float] | None:
    """Everybody ahead takes a recent service time, and one is half done, shared among the counters."""
    if not basis.service_s:
        return None
    turn_s = sum(basis.service_s) / len(basis.service_s) / basis.counters
    middle = (ahead_count + HALF_DONE) * turn_s
    half = Z80 * SPREAD * turn_s * math.sqrt(ahead_count + 1)
    return (middle - half if ahead_count else 0.0), middle + half


def _head(_: int, basis: WaitBasis) -> tuple[float, float] | None:
    """As long as the head of the line has waited by now, give or take."""
    waited = basis.head_waited_s
    return None if waited is None else (0.6 * waited, 1.6 * waited + 120)


def _last(_: int, basis: WaitBasis) -> tuple[float, float] | None:
    """As long as the last one who was called had waited, give or take."""
    return (0.6 * basis.waits_s[-1], 1.6 * basis.waits_s[-1] + 120) if basis.waits_s else None


def _last20(_: int, basis: WaitBasis) -> tuple[float, float] | None:
    """The naive rule: from the 10th to the 90th percentile of the last twenty waits."""
    waits = basis.waits_s[-LAST:]
    return (nearest_rank(waits, 10), nearest_rank(waits, 90)) if waits else None


RULES: Mapping[str, Callable[[int, WaitBasis], tuple[float, float] | None]] = {
    "pace": _pace,
    "head": _head,
    "last": _last,
    NAIVE: _last20,
}
ORDER = ("pace", "last")
"""The first of these that has a basis is shown: the one that keeps most at the least width first. The head of the
line and the naive rule are kept and graded, and never told: both fail when the load swings."""
