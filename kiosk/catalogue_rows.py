"""The rows of a catalogue: services and procedures, and what each cell may hold."""

from __future__ import annotations

import dataclasses
import difflib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import combinations
from typing import Any

from kiosk.csv_table import WRONG, Row
from kiosk.look_files import LOOK
from kiosk.problem import Problem

LETTERS = "ABCEGHKLMNPRSTUVXY"
"""What a series may be called: no D and Đ (they sound alike), no F, I, J, O, Q, W, Z."""
CONFIDENCES = ("certain", "partial", "confirm")
MOST_SERVICE_LETTERS = 60

_DATED = ("effective_from", "effective_to", "confidence")
SERVICE_COLUMNS = ("id", "letter", "name_vi", "name_en", "priority", "procedure_fields", "icon", *_DATED)
PROCEDURE_COLUMNS = (
    "id", "code", "field", "name_vi", "name_en", "processing_time", "fee_vnd", "papers_vi", *_DATED,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Service:
    """A line a citizen can choose. ``letter``: of its numbers; ``icon``: "" for the plain one.

    In force from ``effective_from`` to ``effective_to``, both days included; None is open.
    """

    id: str
    letter: str
    names: Mapping[str, str]
    priority: bool
    procedure_fields: tuple[str, ...]
    icon: str
    effective_from: date | None
    effective_to: date | None
    confidence: str
    line: int = dataclasses.field(default=0, compare=False)

    def name(self, language: str) -> str:
        """What it is called in a language."""
        return self.names[language]


@dataclass(frozen=True, slots=True)
class Procedure:
    """An administrative procedure. Texts are verbatim and for staff: ``kiosk.catalogue.for_citizens``
    turns them into what a citizen reads. ``code`` may be empty and is never used for logic."""

    id: str
    code: str
    field: str
    names: Mapping[str, str]
    processing_time: str
    fee_vnd: str
    papers: str
    effective_from: date | None
    effective_to: date | None
    confidence: str
    line: int = dataclasses.field(default=0, compare=False)


def in_force(row: Service | Procedure, day: date) -> bool:
    """Whether a row holds on a business day."""
    return (row.effective_from or date.min) <= day <= (row.effective_to or date.max)


Cell = Callable[[str], Any]
"""Turns a cell into its value; ``ValueError`` with the reason."""


def read_services(file: str, rows: Sequence[Row]) -> tuple[list[Service], list[Problem]]:
    """Services of the rows that are right, and what is wrong with the others."""
    found: list[Service] = []
    problems: list[Problem] = []
    for row in rows:
        values = _values(file, row, _SERVICE_CELLS, problems)
        if values:
            names = {"vi": values.pop("name_vi"), "en": values.pop("name_en")}
            found.append(Service(names=names, line=row.line, **values))
    return found, problems


def read_procedures(file: str, rows: Sequence[Row]) -> tuple[list[Procedure], list[Problem]]:
    """Procedures of the rows that are right, and what is wrong with the others."""
    found: list[Procedure] = []
    problems: list[Problem] = []
    for row in rows:
        values = _values(file, row, _PROCEDURE_CELLS, problems)
        if values:
            names = {"vi": values.pop("name_vi"), "en": values.pop("name_en")}
            found.append(Procedure(names=names, papers=values.pop("papers_vi"), line=row.line, **values))
    return found, problems


def clashes(file: str, rows: Sequence[Service | Procedure], column: str, *, also: str = "") -> Iterator[Problem]:
    """Two rows that hold on one day and share what only one may have.

    ``also``: rows that share this one too are versions of one thing and are told elsewhere.
    """
    for earlier, later in combinations(rows, 2):
        same = getattr(earlier, column) == getattr(later, column)
        if same and not (also and getattr(earlier, also) == getattr(later, also)) and _overlap(earlier, later):
            reason = f"{getattr(later, column)!r} is in force on the same days as in line {earlier.line}"
            yield Problem(WRONG, file, later.line, column, reason)


def _overlap(one: Service | Procedure, other: Service | Procedure) -> bool:
    start = max(one.effective_from or date.min, other.effective_from or date.min)
    return start <= min(one.effective_to or date.max, other.effective_to or date.max)


def _values(file: str, row: Row, cells: Mapping[str, Cell], problems: list[Problem]) -> dict[str, Any]:
    """The values of a row, or nothing if one of them is wrong."""
    values: dict[str, Any] = {}
    before = len(problems)
    for column, read in cells.items():
        try:
            values[column] = read(row.cells[column])
        except ValueError as fault:
            problems.append(Problem(WRONG, file, row.line, column, str(fault)))
    first, last = values.get("effective_from"), values.get("effective_to")
    if first and last and last < first:
        problems.append(Problem(WRONG, file, row.line, "effective_to", f"{last} is before effective_from {first}"))
    return values if len(problems) == before else {}


def _needed(cell: str) -> str:
    if not cell:
        raise ValueError("it is empty")
    return cell


def _short(cell: str) -> str:
    if len(_needed(cell)) > MOST_SERVICE_LETTERS:
        raise ValueError(f"it is longer than {MOST_SERVICE_LETTERS} letters and would not fit a tile")
    return cell


def _id(cell: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}", cell):
        raise ValueError(f"{cell!r} is no id of letters a-z, digits, - and _")
    return cell


def _letter(cell: str) -> str:
    if not 1 <= len(cell) <= 2 or any(letter not in LETTERS for letter in cell):
        raise ValueError(f"{cell!r} is not one or two of {' '.join(LETTERS)}")
    return cell


def _word(cell: str, *, words: Sequence[str]) -> str:
    if cell not in words:
        raise ValueError(f"{cell!r} is not one of {', '.join(words)}")
    return cell


def _yes(cell: str) -> bool:
    return _word(cell, words=("yes", "no")) == "yes"


def _list(cell: str) -> tuple[str, ...]:
    return tuple(filter(None, (part.strip() for part in cell.split(";"))))


def _icon(cell: str) -> str:
    if cell and not (LOOK / "icons" / f"{cell}.svg").is_file():
        near = difflib.get_close_matches(cell, [path.stem for path in (LOOK / "icons").glob("*.svg")], n=1)
        raise ValueError(f"there is no icon {cell!r}" + (f"; did you mean {near[0]}?" if near else ""))
    return cell


def read_date(cell: str) -> date | None:
    """A day as people write it, ``2026-11-22`` or ``22/11/2026``, empty for open; ``ValueError`` with the reason."""
    if not cell:
        return None
    vietnamese = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", cell)
    try:
        if vietnamese:
            return date(int(vietnamese[3]), int(vietnamese[2]), int(vietnamese[1]))
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", cell):
            return date.fromisoformat(cell)
    except ValueError:
        raise ValueError(f"there is no day {cell!r}") from None
    raise ValueError(f"{cell!r} is no date like 2026-11-22 or 22/11/2026")


_confidence = partial(_word, words=CONFIDENCES)

_DATED_CELLS: Mapping[str, Cell] = {"effective_from": read_date, "effective_to": read_date, "confidence": _confidence}
_SERVICE_CELLS: Mapping[str, Cell] = {
    "id": _id, "letter": _letter, "name_vi": _short, "name_en": _short, "priority": _yes,
    "procedure_fields": _list, "icon": _icon, **_DATED_CELLS,
}  # fmt: skip
_PROCEDURE_CELLS: Mapping[str, Cell] = {
    "id": _id, "code": str, "field": _needed, "name_vi": _needed, "name_en": str, "processing_time": _needed,
    "fee_vnd": _needed, "papers_vi": str, **_DATED_CELLS,
}  # fmt: skip
