"""Counters: where people are served, and which services each serves (``counters.csv`` of the catalogue folder)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

from kiosk.catalogue import BUILT_IN
from kiosk.csv_table import WRONG, Row, read_table
from kiosk.problem import Problem

COUNTERS = "counters.csv"
COLUMNS = ("id", "name_vi", "name_en", "services", "effective_from", "effective_to")


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
    """Read ``counters.csv``, or the built-in one where the folder has none; ``services``: known ids. Does not raise."""
    place = folder if folder and (folder / COUNTERS).exists() else BUILT_IN
    rows, problems = read_table(place / COUNTERS, COLUMNS)
    made: list[Counter] = []
    for row in rows:
        faults = list(_faults(row, services, {one.id for one in made}))
        problems += faults
        if not faults:
            made.append(_counter(row))
    return CountersReading(tuple(made), tuple(problems))


def _counter(row: Row) -> Counter:
    cells = row.cells
    return Counter(
        cells["id"],
        {"vi": cells["name_vi"], "en": cells["name_en"]},
        _list(cells["services"]),
        _day(cells["effective_from"]),
        _day(cells["effective_to"]),
    )


def _faults(row: Row, services: Sequence[str], taken: set[str]) -> Iterator[Problem]:
    def wrong(column: str, reason: str) -> Problem:
        return Problem(WRONG, COUNTERS, row.line, column, reason)

    if not row.cells["id"].isascii() or not row.cells["id"].isalnum() or len(row.cells["id"]) > 4:
        yield wrong("id", "one to four letters or digits are needed, as they are called aloud")
    if row.cells["id"] in taken:
        yield wrong("id", f"the counter {row.cells['id']} stands here twice")
    for column in ("name_vi", "name_en"):
        if not row.cells[column]:
            yield wrong(column, "a name is needed")
    for id in _list(row.cells["services"]):
        if id not in services:
            yield wrong("services", f"no service is called {id!r}")
    if not _list(row.cells["services"]):
        yield wrong("services", "at least one service is needed")
    for column in ("effective_from", "effective_to"):
        try:
            _day(row.cells[column])
        except ValueError:
            yield wrong(column, "a day like 2026-11-24 is needed, or nothing")


def _list(cell: str) -> tuple[str, ...]:
    return tuple(one.strip() for one in cell.split(";") if one.strip())


def _day(cell: str) -> date | None:
    return date.fromisoformat(cell) if cell else None
