"""What may be shown: never so little that it could be one person's answer.

Three rules together (statistics 4; contract "Statistics shown"):

1. A split needs 10 answers; from 10 to 29 it stands grey and is compared with nothing.
2. A running day is split in steps of ten answers, or as far as its half days have ended.
3. Nothing that is hidden can be had by subtracting: a day with fewer than 10 answers is
   split only together with other small days of its week, as one parcel of 10 or more, and a
   period shows the parcels that lie wholly in it. So any two periods differ by nothing, or
   by 10 answers and more.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby

from screens.web.statistics.bands import Split, split_of
from screens.web.statistics.periods import monday_of

SHOWN_FROM = 10
FULL_FROM = 30
STEP = 10
NOON = "12:00"


class Standing(StrEnum):
    """How much may be made of ``n`` answers."""

    HIDDEN = "hidden"
    GREY = "grey"
    FULL = "full"


def standing(n: int) -> Standing:
    """Hidden under 10, grey under 30, full from there on."""
    if n < SHOWN_FROM:
        return Standing.HIDDEN
    return Standing.GREY if n < FULL_FROM else Standing.FULL


def running_split(answers: Sequence[tuple[str, str]], now_slot: str) -> Split:
    """What a running day shows of its (half hour, answer) pairs, which come in the order they were given.

    All of a morning that is over, and tens of the half day that runs; ``now_slot``: "14:30".
    """
    morning = [answer for slot, answer in answers if slot < NOON]
    rest = [answer for slot, answer in answers if slot >= NOON]
    if now_slot < NOON:
        morning, rest = morning + rest, []
        morning = morning[: len(morning) // STEP * STEP]
    shown = morning + rest[: len(rest) // STEP * STEP]
    split = split_of((answer, 1) for answer in shown)
    return split if split.n >= SHOWN_FROM else Split()


def parcels(days: Mapping[date, Split]) -> list[tuple[tuple[date, ...], Split]]:
    """Days in parcels that may be split: each of 10 answers or more, none over two weeks.

    A day of 10 stands alone. Smaller days of one week (Monday first) are put together in
    order; what is left at its end joins the parcel before. Days that find no parcel are left out.
    """
    made: list[tuple[tuple[date, ...], Split]] = []
    answered = sorted(day for day in days if days[day].n)
    for _, week in groupby(answered, key=monday_of):
        in_week = list(week)
        made += [((day,), days[day]) for day in in_week if days[day].n >= SHOWN_FROM]
        made += _together([day for day in in_week if days[day].n < SHOWN_FROM], days)
    return made


def _together(small: Sequence[date], days: Mapping[date, Split]) -> list[tuple[tuple[date, ...], Split]]:
    made: list[tuple[tuple[date, ...], Split]] = []
    gathered: tuple[date, ...] = ()
    split = Split()
    for day in small:
        gathered, split = (*gathered, day), split.plus(days[day])
        if split.n >= SHOWN_FROM:
            made.append((gathered, split))
            gathered, split = (), Split()
    if gathered and made:
        last_days, last = made.pop()
        made.append(((*last_days, *gathered), last.plus(split)))
    return made


def published(days: Mapping[date, Split], *, first: date, last: date, running: date, today: Split) -> Split | None:
    """What a period shows; None while that is fewer than 10 answers.

    ``days``: whole weeks around the period, so that every period cuts the same parcels.
    ``running``: today, of which ``today`` is what may be shown.
    """
    finished = {day: split for day, split in days.items() if day < running}
    total = Split()
    for members, split in parcels(finished):
        if first <= members[0] and members[-1] <= last:
            total = total.plus(split)
    if first <= running <= last:
        total = total.plus(today)
    return total if total.n >= SHOWN_FROM else None


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table whose total stands beside it."""

    key: str
    n: int


def hidden_cells(cells: Collection[Cell]) -> frozenset[str]:
    """Which cells of a table with a total are hidden: those under 10, and if that is one alone, which
    the total and the others would give away, the next smallest too. Empty cells hide nothing."""
    filled = sorted((cell.n, cell.key) for cell in cells if cell.n)
    hidden = [key for n, key in filled if n < SHOWN_FROM]
    if len(hidden) == 1 and len(filled) > 1:
        hidden.append(filled[1][1])
    return frozenset(hidden)
