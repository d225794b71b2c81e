"""Which answers may be split, so that no figure gives away another one that is hidden.

A split of fewer than ten answers is never shown. Hiding it where it stands is not enough:
two ranges of days that differ by one quiet day would give that day away by subtraction.
So answers are released in *units* of at least ten that never change once their days are
over: a day with ten answers is a unit of its own, quieter days wait in a pool until there
are ten of them. A range shows the units that lie in it as a whole; whatever two ranges are
laid beside each other, what differs is made of whole units.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

LEAST = 10
"""Below this the split and every percentage are hidden."""
FULL = 30
"""From here on a figure may be compared with another."""
HALF_DAYS_END = ("12:00", "18:00")
"""When a half day is over, by the office's wall time."""


class Reading(StrEnum):
    """How far a figure of n answers may be read."""

    HIDDEN = "hidden"
    FEW = "few"
    FULL = "full"


def reading(n: int) -> Reading:
    """Hidden below 10, without comparison below 30."""
    if n < LEAST:
        return Reading.HIDDEN
    return Reading.FEW if n < FULL else Reading.FULL


@dataclass(frozen=True, slots=True)
class Unit:
    """Days (ISO) whose answers are only ever split together, and how many answers they have."""

    days: tuple[str, ...]
    n: int


def units(counts: Mapping[str, int]) -> list[Unit]:
    """The units of closed days, by day -> answers. Pools begin anew with each quarter.

    The counts must begin with the first day of a quarter: where a pool stands depends on
    what came before, not on the range somebody asks for.
    """
    made: list[Unit] = []
    pool: list[str] = []
    pooled = 0
    quarter = ""
    for day in sorted(counts):
        if quarter_start(day) != quarter:
            quarter, pool, pooled = quarter_start(day), [], 0
        if counts[day] >= LEAST:
            made.append(Unit((day,), counts[day]))
        elif counts[day] > 0:
            pool.append(day)
            pooled += counts[day]
        if pooled >= LEAST:
            made.append(Unit(tuple(pool), pooled))
            pool, pooled = [], 0
    return made


def released_days(counts: Mapping[str, int], first: str, last: str) -> frozenset[str]:
    """The days from ``first`` to ``last`` whose answers may be split in that range."""
    inside = (unit for unit in units(counts) if all(first <= day <= last for day in unit.days))
    return frozenset(day for unit in inside for day in unit.days)


def quarter_start(day: str) -> str:
    """The first day of the quarter that an ISO day lies in."""
    found = date.fromisoformat(day)
    return date(found.year, 3 * ((found.month - 1) // 3) + 1, 1).isoformat()


def released_today(answers: Sequence[tuple[str, str]], wall_time: str) -> list[str]:
    """Those of the running day's (slot, answer), in the order they were given, that may be split.

    The split moves in steps of ten answers, or when a half day is over; ``wall_time`` like "10:26".
    """
    over = max((end for end in HALF_DAYS_END if end <= wall_time), default="00:00")
    closed = sum(slot < over for slot, _ in answers)
    count = max(closed, len(answers) // LEAST * LEAST)
    return [answer for _, answer in answers[:count]] if count >= LEAST else []


def answers_by_day(rows: Iterable[tuple[str, int]]) -> dict[str, int]:
    """(day, n) added up by day."""
    found: dict[str, int] = {}
    for day, n in rows:
        found[day] = found.get(day, 0) + n
    return found
