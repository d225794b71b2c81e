"""Waits with people who left: percentiles by nearest rank, and by Kaplan and Meier where some were never called.

Whoever left waited at least so long (right-censored); leaving such numbers out would make every
office look quick. Source: Kaplan, Meier, JASA 53 (1958).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Waited:
    """One wait in seconds; ``left``: it ended without a call. Of equal lengths calls come before leavings."""

    seconds: int
    left: bool = False


@dataclass(frozen=True, slots=True)
class Reach:
    """A percentile in seconds; ``reached`` False: it lies beyond the longest that was seen, "more than"."""

    seconds: int
    reached: bool = True


@dataclass(frozen=True, slots=True)
class Step:
    """After ``seconds`` the share ``waiting`` was still not called."""

    seconds: int
    waiting: float


def survival(waits: Sequence[Waited]) -> list[Step]:
    """The Kaplan-Meier curve: a step at each length at which somebody was called."""
    steps: list[Step] = []
    waiting, at_risk = 1.0, len(waits)
    for one in sorted(waits):
        if not one.left:
            waiting *= 1 - 1 / at_risk
            if steps and steps[-1].seconds == one.seconds:
                steps.pop()
            steps.append(Step(one.seconds, waiting))
        at_risk -= 1
    return steps


def percentile(waits: Sequence[Waited], percent: int) -> Reach | None:
    """The smallest wait by which ``percent`` were called, by Kaplan and Meier; None without waits."""
    if not waits:
        return None
    share = percent / 100 - 1e-9  # a share of 4/5 made of products may fall short of 0.8 by a rounding
    for step in survival(waits):
        if 1 - step.waiting >= share:
            return Reach(step.seconds)
    return Reach(max(waits).seconds, reached=False)


def percentile_never(waits: Sequence[Waited], percent: int) -> Reach | None:
    """The same with everybody who left counted as never called: by nearest rank over all of them."""
    if not waits:
        return None
    called = sorted(one.seconds for one in waits if not one.left)
    place = max(1, math.ceil(percent * len(waits) / 100))
    return Reach(called[place - 1]) if place <= len(called) else Reach(max(waits).seconds, reached=False)
