"""Public holidays, from ``holidays.csv``: each day off, days in lieu included, by name.

The five days of Tết, the second day of Quốc khánh and what follows from them are set by a
yearly notice; until then they are computed and marked ``provisional`` ("tạm tính"). Tết is
the last lunar day to mùng 4; the day beside 2 September is the one that joins a weekend.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from kiosk.csv_table import WRONG, Row, read_table
from kiosk.problem import Problem

HOLIDAYS = Path(__file__).parent / "holidays.csv"
COLUMNS = ("date", "name_vi", "name_en", "confidence")
CERTAIN, PROVISIONAL = "certain", "provisional"


@dataclass(frozen=True, slots=True)
class Holiday:
    """A day off. ``names`` follow "nghỉ" and "closed:"; ``provisional`` until the yearly notice."""

    day: date
    names: Mapping[str, str]
    provisional: bool


@cache
def holidays() -> Mapping[date, Holiday]:
    """The built-in holidays by day; ``SettingsTrouble`` C-412 if the file was spoiled."""
    rows, problems = read_table(HOLIDAYS, COLUMNS)
    for problem in problems:
        raise problem.trouble
    return {holiday.day: holiday for holiday in map(_holiday, rows)}


def _holiday(row: Row) -> Holiday:
    cells = row.cells
    try:
        day = date.fromisoformat(cells["date"])
    except ValueError:
        raise Problem(WRONG, HOLIDAYS.name, row.line, "date", f"there is no day {cells['date']!r}").trouble from None
    if cells["confidence"] not in (CERTAIN, PROVISIONAL):
        raise Problem(WRONG, HOLIDAYS.name, row.line, "confidence", f"{cells['confidence']!r} is not known").trouble
    return Holiday(day, {"vi": cells["name_vi"], "en": cells["name_en"]}, cells["confidence"] == PROVISIONAL)
