"""Notices of the office, shown on the lobby board between calls, each from its first day to its last.

    reading = read_notices(settings.catalogue.folder)
    reading.problems                every fault at once, C-414; () if there is none
    on_day(reading.notices, day)    those of a business day, in the order of the file

They stand in ``notices.csv`` in the catalogue folder; a folder without that file has none.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

from kiosk.catalogue import BUILT_IN
from kiosk.catalogue_rows import read_date
from kiosk.csv_table import Row, read_table
from kiosk.problem import Problem

NOTICES = "notices.csv"
COLUMNS = ("text_vi", "text_en", "effective_from", "effective_to")
WRONG = "C-414"
MOST_LETTERS = 160
"""What can be read from six metres while a notice stands."""
MOST_NOTICES = 20


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice. ``texts`` by language; both days are included, None is open."""

    texts: Mapping[str, str]
    effective_from: date | None
    effective_to: date | None


class NoticesReading(NamedTuple):
    """The notices that are right, and every fault."""

    notices: tuple[Notice, ...]
    problems: tuple[Problem, ...]


def read_notices(folder: Path | None = None) -> NoticesReading:
    """Read and check the notices of a catalogue folder (None: the built-in one, with none). Does not raise."""
    path = (folder or BUILT_IN) / NOTICES
    if not path.exists():
        return NoticesReading((), ())
    rows, faults = read_table(path, COLUMNS)
    problems = [dataclasses.replace(fault, code=WRONG, file=NOTICES) for fault in faults]
    notices: list[Notice] = []
    for row in rows:
        wrong = list(_faults(row))
        problems += wrong
        if not wrong:
            notices.append(_notice(row))
    if len(notices) > MOST_NOTICES:
        reason = f"{len(notices)} notices; nobody waits for more than {MOST_NOTICES}"
        problems.append(Problem(WRONG, NOTICES, 0, "", reason))
    return NoticesReading(tuple(notices), tuple(problems))


def on_day(notices: Sequence[Notice], day: date) -> tuple[Notice, ...]:
    """The notices of a business day."""
    return tuple(
        notice for notice in notices if (notice.effective_from or date.min) <= day <= (notice.effective_to or date.max)
    )


def _faults(row: Row) -> Iterator[Problem]:
    for column in ("text_vi", "text_en"):
        text = row.cells[column]
        if not text and column == "text_vi":
            yield Problem(WRONG, NOTICES, row.line, column, "a notice needs its words")
        elif len(text) > MOST_LETTERS or "\n" in text:
            yield Problem(WRONG, NOTICES, row.line, column, f"one line of {MOST_LETTERS} letters at most")
    days = []
    for column in ("effective_from", "effective_to"):
        try:
            days.append(read_date(row.cells[column]))
        except ValueError as fault:
            yield Problem(WRONG, NOTICES, row.line, column, str(fault))
    if len(days) == 2 and (days[0] or date.min) > (days[1] or date.max):
        yield Problem(WRONG, NOTICES, row.line, "effective_to", "it ends before it begins")


def _notice(row: Row) -> Notice:
    vietnamese = row.cells["text_vi"]
    texts = {"vi": vietnamese, "en": row.cells["text_en"] or vietnamese}
    return Notice(texts, read_date(row.cells["effective_from"]), read_date(row.cells["effective_to"]))
