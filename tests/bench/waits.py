"""How often the wait lies inside the range that was told, over simulated days of an office with six counters.

Beside it stands the naive rule (P10 to P90 of the last twenty waits) on the very same tickets; the score is the
interval score at 80 % (Gneiting, Raftery 2007), in minutes, lower is better.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from kiosk.estimates import NAIVE, Grade, Range, grade
from tests.bench.office_day import Guest, played

DAYS = 60
FACTORS = (0.8, 1.0, 1.0, 1.25, 1.5, 1.8)
"""Days from quiet to a Monday after a holiday, as multiples of 118 visits."""


@dataclass(frozen=True, slots=True)
class Kept:
    """How an estimator did: ``share`` inside, mean ``width`` and interval ``score`` in minutes, over ``n`` tickets."""

    n: int
    share: float
    width: float
    score: float


def simulated(days: int = DAYS, *, seed: int = 7) -> list[Guest]:
    """The guests of that many days who were called and had been told a range."""
    chance = random.Random(seed)
    came = (guest for day in range(days) for guest in played(chance, factor=FACTORS[day % len(FACTORS)]))
    return [one for one in came if one.called_at is not None and one.said.shown and NAIVE in one.said.ranges]


def kept(guests: Iterable[Guest], estimator: str = "") -> Kept:
    """How an estimator did, "" for the one that was shown."""
    inside, width, score, n = 0, 0.0, 0.0, 0
    for guest in guests:
        ends = guest.said.ranges[estimator or guest.said.shown]
        wait = (guest.called_at or 0.0) - guest.at
        inside += grade(ends, wait_s=round(wait), left_after_s=None) is Grade.INSIDE
        width += ends[1] - ends[0]
        score += interval_score(ends, wait / 60)
        n += 1
    return Kept(n, inside / n, width / n, score / n)


def interval_score(ends: Range, minutes: float) -> float:
    """(u - l) + 10 max(0, l - x) + 10 max(0, x - u)."""
    low, high = ends
    return high - low + 10 * max(0.0, low - minutes) + 10 * max(0.0, minutes - high)


def rows() -> Iterator[dict[str, Any]]:
    """``wait_coverage_simulated``: the shown range, the naive rule, and both for those with somebody ahead."""
    guests = simulated()
    shown, naive = kept(guests), kept(guests, NAIVE)
    behind = [guest for guest in guests if guest.ahead_count]
    behind_shown, behind_naive = kept(behind), kept(behind, NAIVE)
    yield {
        "name": "wait_coverage_simulated",
        "value": round(shown.share, 4),
        "unit": "share inside the range told (target 0.80)",
        "how": f"{DAYS} days of 94 to 212 visits at six counters, {shown.n} called tickets; {_said(shown)}; "
        f"naive {_said(naive)}; with somebody ahead (n {behind_shown.n}) {_said(behind_shown)}, "
        f"naive {_said(behind_naive)}",
        "floor": round(naive.share, 4),
        "ratio": round(shown.score / naive.score, 3),
    }


def _said(one: Kept) -> str:
    return f"inside {one.share:.3f}, mean width {one.width:.1f} min, interval score {one.score:.1f}"
