"""Who could have rated: on days on which the office called, those served; on days without any call, those
who took a number, and every reader is told which days these are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from sync.central.tallies import TallyRow


@dataclass(frozen=True, slots=True)
class Served:
    """``asked``: who could have rated; ``served``: those of days with calls; ``uncalled``: the other days (ISO)
    on which numbers were taken."""

    asked: int
    served: int
    uncalled: tuple[str, ...]


def served_in(rows: Iterable[TallyRow]) -> Served:
    """Who was served in these rows, and who took a number on a day without calls."""
    days: dict[str, Counter[str]] = {}
    for row in rows:
        days.setdefault(row.day, Counter())[row.measure] += row.n
    uncalled = tuple(sorted(day for day, counts in days.items() if _silent(counts) and counts["issued"]))
    served = sum(counts["served"] for counts in days.values())
    issued = sum(days[day]["issued"] for day in uncalled)
    return Served(served + issued, served, uncalled)


def _silent(counts: Counter[str]) -> bool:
    return not counts["called"] and not counts["served"]
