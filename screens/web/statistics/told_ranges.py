"""The ranges that people were told, held against the waits that came true: target, share inside, width, score.

Beside them stands the naive rule (10th to 90th percentile of the service's last twenty waits) on the same
numbers. The interval score at 80 % is by Gneiting and Raftery, JASA 102 (2007): lower is better.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from kiosk.estimates import NAIVE, Grade, Range, grade
from screens.web.statistics.release import LEAST
from screens.web.statistics.shares import Interval, Share
from sync.central.ticket_days import TicketDay

TARGET = 0.8
PENALTY = 10
"""2 / alpha of the interval score at 80 %."""


class Verdict(StrEnum):
    """Whether the target is kept, as far as the interval tells."""

    UNKNOWN = "unknown"
    MISSED = "missed"
    HELD = "held"


@dataclass(frozen=True, slots=True)
class RangeLine:
    """How one estimator did. ``left``: went before the range's end, so nobody knows; ``share``: inside of those
    known, None under ten; ``bounds``: with those who left all outside, or all inside. ``width`` and ``score``:
    means in minutes; the score is of those called."""

    n: int
    inside: int
    under: int
    over: int
    left: int
    share: Share | None
    bounds: Interval | None
    width: float | None
    score: float | None

    @property
    def verdict(self) -> Verdict:
        """Missed only if the whole interval lies under the target."""
        if self.share is None:
            return Verdict.UNKNOWN
        return Verdict.MISSED if self.share.interval.high < TARGET else Verdict.HELD


@dataclass(frozen=True, slots=True)
class ToldRanges:
    """``told``: what people were told; ``untold``: numbers that got no range. ``told_beside`` and ``naive`` are
    of the very same numbers, those for which both exist; ``estimators``: each on all it spoke of."""

    told: RangeLine
    untold: int
    told_beside: RangeLine
    naive: RangeLine
    estimators: tuple[tuple[str, RangeLine], ...]


def make_told_ranges(tickets: Sequence[TicketDay]) -> ToldRanges:
    """Grade the ranges of these numbers; appointments and numbers of which nothing came true yet are left out."""
    true = [one for one in tickets if not one.appointment and (one.wait_s is not None or one.left_after_s is not None)]
    told = [one for one in true if one.shown and one.shown in (one.ranges or {})]
    both = [one for one in told if NAIVE in (one.ranges or {})]
    names = sorted({name for one in true for name in one.ranges or {}})
    return ToldRanges(
        told=_line([(one, _range(one, one.shown)) for one in told]),
        untold=len(true) - len(told),
        told_beside=_line([(one, _range(one, one.shown)) for one in both]),
        naive=_line([(one, _range(one, NAIVE)) for one in both]),
        estimators=tuple(
            (name, _line([(one, _range(one, name)) for one in true if name in (one.ranges or {})])) for name in names
        ),
    )


def interval_score(ends: Range, wait_s: int) -> float:
    """(u - l) + 10 max(0, l - x) + 10 max(0, x - u), in minutes."""
    low, high = ends
    minutes = wait_s / 60
    return high - low + PENALTY * max(0.0, low - minutes) + PENALTY * max(0.0, minutes - high)


def _range(ticket: TicketDay, name: str) -> Range:
    return (ticket.ranges or {})[name]


def _line(pairs: Sequence[tuple[TicketDay, Range]]) -> RangeLine:
    grades = [grade(ends, wait_s=one.wait_s, left_after_s=one.left_after_s) for one, ends in pairs]
    inside, left = grades.count(Grade.INSIDE), grades.count(Grade.LEFT)
    known = len(grades) - left
    scores = [interval_score(ends, one.wait_s) for one, ends in pairs if one.wait_s is not None]
    shown = known >= LEAST
    return RangeLine(
        known,
        inside,
        grades.count(Grade.UNDER),
        grades.count(Grade.OVER),
        left,
        share=Share(inside, known, known, len(grades)) if shown else None,
        bounds=Interval(inside / len(grades), (inside + left) / len(grades)) if shown else None,
        width=sum(high - low for _, (low, high) in pairs) / len(pairs) if shown else None,
        score=sum(scores) / len(scores) if shown and scores else None,
    )
