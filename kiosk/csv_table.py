"""A table that a person keeps in a spreadsheet: CSV, read with every fault told at once.

UTF-8 with or without byte order mark; comma, semicolon or tab (whatever the first line
uses); texts are kept in NFC without space around them. A row that is faulty is left out.
"""

from __future__ import annotations

import csv
import difflib
import io
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kiosk.problem import Problem

MOST_BYTES = 4 * 1024 * 1024
MISSING, WRONG = "C-411", "C-412"


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the line it begins on, and its cells by column."""

    line: int
    cells: Mapping[str, str]


def read_table(path: Path, columns: Sequence[str]) -> tuple[list[Row], list[Problem]]:
    """The rows of a file whose first line names exactly ``columns``, in any order. Does not raise."""
    text, problem = _text(path)
    if problem is not None:
        return [], [problem]
    return _Table(path.name, columns).read(text)


class _Table:
    """Goes once through a text and gathers rows and problems."""

    def __init__(self, file: str, columns: Sequence[str]) -> None:
        self._file = file
        self._columns = columns
        self._header: list[str] = []
        self._rows: list[Row] = []
        self._problems: list[Problem] = []

    def read(self, text: str) -> tuple[list[Row], list[Problem]]:
        """The rows and the problems."""
        first = text.lstrip().split("\n", 1)[0]
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count), strict=True)
        end = 0
        try:
            for found in reader:
                line, end = end + 1, reader.line_num
                cells = [_clean(cell) for cell in found]
                if not any(cells):
                    continue
                if self._header:
                    self._take(line, cells)
                elif not self._begin(line, cells):
                    break
        except csv.Error as fault:
            self._problem(end + 1, "", f"this is no CSV: {fault}")
        if not self._header and not self._problems:
            self._problem(1, "", f"the file is empty; it begins with {','.join(self._columns)}")
        return self._rows, self._problems

    def _begin(self, line: int, cells: list[str]) -> bool:
        self._header = cells
        self._problems += _header_problems(self._file, line, cells, self._columns)
        return not self._problems

    def _take(self, line: int, cells: list[str]) -> None:
        wanted = len(self._header)
        if len(cells) == wanted:
            self._row(Row(line, dict(zip(self._header, cells, strict=True))))
        else:
            hint = "quote cells that hold the separator"
            self._problem(line, "", f"{len(cells)} cells, but the first line names {wanted}; {hint}")

    def _row(self, row: Row) -> None:
        for column, cell in row.cells.items():
            if any(unicodedata.category(letter) == "Cc" and letter not in "\t\r\n" for letter in cell):
                self._problem(row.line, column, "it holds an unseen sign")
                return
        self._rows.append(row)

    def _problem(self, line: int, column: str, reason: str) -> None:
        self._problems.append(Problem(WRONG, self._file, line, column, reason))


def _text(path: Path) -> tuple[str, Problem | None]:
    try:
        with path.open("rb") as file:
            raw = file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        return "", Problem(MISSING, str(path), 0, "", "there is no such file")
    except OSError as fault:
        return "", Problem(MISSING, str(path), 0, "", fault.strerror or str(fault))
    if len(raw) > MOST_BYTES:
        return "", Problem(WRONG, path.name, 0, "", f"it is larger than {MOST_BYTES // 1024 // 1024} MB")
    try:
        return raw.decode("utf-8-sig"), None
    except UnicodeDecodeError as fault:
        line = 0 if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else raw[: fault.start].count(b"\n") + 1
        return "", Problem(WRONG, path.name, line, "", "it is not UTF-8; save it as CSV UTF-8")


def _clean(cell: str) -> str:
    return unicodedata.normalize("NFC", cell).strip()


def _header_problems(file: str, line: int, header: Sequence[str], columns: Sequence[str]) -> list[Problem]:
    missing = [column for column in columns if column not in header]
    problems = []
    for column in header:
        if header.count(column) > 1:
            problems.append(Problem(WRONG, file, line, column, "this column stands twice"))
        elif column not in columns:
            near = difflib.get_close_matches(column.lower(), missing or columns, n=1)
            hint = f"did you mean {near[0]}?" if near else f"columns are {', '.join(columns)}"
            problems.append(Problem(WRONG, file, line, column or "(no name)", f"this column is not known; {hint}"))
    return problems + [Problem(WRONG, file, line, column, "this column is missing") for column in missing]
