"""Counters: where people are served, and which services each serves (``counters.csv`` of the catalogue folder)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

from kiosk.catalogue import BUILT_IN
from kiosk.csv_table import WRONG, Row, read_table
from kiosk.problem import Problem

COUNTERS = "counters.csv"
MOST_ID = 4
COLUMNS = ("id", "name_vi", "name_en", "services", "effective_from", "effective_to")
_ZEROS = re.compile(r"(?<![0-9])0+(?=[0-9])")


@dataclass(frozen=True, slots=True)
class Counter:
    """A counter. ``id``: what is called aloud and stands in facts, like "3"; ``services``: ids, in no order.

    In force from ``effective_from`` to ``effective_to``, both days included; None is open.
    """

    id: str
    names: Mapping[str, str]
    services: tuple[str, ...]
    effective_from: date | None = None
    effective_to: date | None = None

    def name(self, language: str) -> str:
        """What it is called in a language."""
        return self.names[language]


class CountersReading(NamedTuple):
    """What came of reading: the counters that are right, and every fault."""

    counters: tuple[Counter, ...]
    problems: tuple[Problem, ...]

    def on(self, day: date) -> tuple[Counter, ...]:
        """The counters of a business day."""
        return counters_on(self.counters, day)


def counters_on(counters: Sequence[Counter], day: date) -> tuple[Counter, ...]:
    """Those in force on a business day."""
    return tuple(one for one in counters if (one.effective_from or date.min) <= day <= (one.effective_to or date.max))


def read_counters(folder: Path | None = None, *, services: Sequence[str]) -> CountersReading:
    """Read ``counters.csv``, or the built-in one where the folder has none; ``services`` are the known ids.

    Does not raise.
    """
    place = folder if folder and (folder / COUNTERS).exists() else BUILT_IN
    rows, problems = read_table(place / COUNTERS, COLUMNS)
    made: list[Counter] = []
    for row in rows:
        faults = list(_faults(row, services))
        counter = None if faults else _counter(row)
        same = next((one for one in made if counter and _sound_alike(one, counter) and _overlap(one, counter)), None)
        if counter and same:
            faults = [_wrong(row, "id", _twice(same.id, counter.id))]
        elif counter:
            made.append(counter)
        problems += faults
    if not rows and not problems:
        problems.append(Problem(WRONG, COUNTERS, 0, "", "there is no counter in it"))
    return CountersReading(tuple(made), tuple(problems))


def _sound_alike(one: Counter, other: Counter) -> bool:
    """Whether nobody in the hall could tell two counters apart, like 3 and 03, or a and A."""
    return _said(one.id) == _said(other.id)


def _said(id: str) -> str:
    return _ZEROS.sub("", id.casefold())


def _twice(id: str, again: str) -> str:
    if id == again:
        return f"the counter {id} stands here twice for the same days"
    return f"the counters {id} and {again} sound alike when they are called"


def _overlap(one: Counter, other: Counter) -> bool:
    start = max(one.effective_from or date.min, other.effective_from or date.min)
    return start <= min(one.effective_to or date.max, other.effective_to or date.max)


def _counter(row: Row) -> Counter:
    cells = row.cells
    return Counter(
        cells["id"],
        {"vi": cells["name_vi"], "en": cells["name_en"]},
        _list(cells["services"]),
        _day(cells["effective_from"]),
        _day(cells["effective_to"]),
    )


def _wrong(row: Row, column: str, reason: str) -> Problem:
    return Problem(WRONG, COUNTERS, row.line, column, reason)


def _faults(row: Row, services: Sequence[str]) -> Iterator[Problem]:
    cells = row.cells
    if not cells["id"].isascii() or not cells["id"].isalnum() or len(cells["id"]) > MOST_ID:
        yield _wrong(row, "id", f"one to {MOST_ID} letters or digits are needed, as they are called aloud")
    for column in ("name_vi", "name_en"):
        if not cells[column]:
            yield _wrong(row, column, "a name is needed")
    named = _list(cells["services"])
    for id in named:
        if id not in services:
            yield _wrong(row, "services", f"no service is called {id!r}; there are {', '.join(services)}")
    if not named or len(set(named)) != len(named):
        yield _wrong(row, "services", "at least one service is needed, and none twice")
    yield from _day_faults(row)


def _day_faults(row: Row) -> Iterator[Problem]:
    days: list[date | None] = []
    for column in ("effective_from", "effective_to"):
        try:
            days.append(_day(row.cells[column]))
        except ValueError:
            yield _wrong(row, column, "a day like 2026-11-24 is needed, or nothing")
    if len(days) == 2 and all(days) and (days[1] or date.max) < (days[0] or date.min):
        yield _wrong(row, "effective_to", f"{days[1]} is before effective_from {days[0]}")


def _list(cell: str) -> tuple[str, ...]:
    return tuple(one.strip() for one in cell.split(";") if one.strip())


def _day(cell: str) -> date | None:
    return date.fromisoformat(cell) if cell else None
