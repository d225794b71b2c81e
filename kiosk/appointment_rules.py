"""What may be booked when: ``appointments.csv`` and ``appointments.toml`` of the catalogue folder.

    reading = read_appointment_rules(folder, services)
    reading.problems                            every fault at once; () if there is none
    reading.rules.slots("B", day, days)         the hours of a service on a day, with their places

A folder without ``appointments.csv`` offers no appointments; without ``appointments.toml`` the
built-in rules count. Results are not bound to slots: their day is set by law, not by room.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import partial
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

from kiosk.catalogue import BUILT_IN
from kiosk.csv_table import WRONG, Row, read_table
from kiosk.office_hours import OfficeHours, read_hours
from kiosk.problem import Problem
from kiosk.trouble import SettingsTrouble
from kiosk.working_days import WorkingDays

SLOTS, RULES = "appointments.csv", "appointments.toml"
COLUMNS = ("service", "weekdays", "from", "to", "slot_minutes", "capacity", "effective_from", "effective_to")
MOST_PLACES = 99
RULE_FILE_WRONG = "C-414"
_HOUR = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]")


@dataclass(frozen=True, slots=True)
class Slot:
    """An hour that can be booked. ``at``: "08:30" office time; ``places``: how many people it takes."""

    service: str
    day: date
    at: str
    minutes: int
    places: int


@dataclass(frozen=True, slots=True)
class SlotRow:
    """One line of ``appointments.csv``; ``hours`` holds its weekdays and its span."""

    service: str
    hours: OfficeHours
    slot_minutes: int
    capacity: int
    effective_from: date | None
    effective_to: date | None
    line: int = field(default=0, compare=False)

    def holds(self, day: date) -> bool:
        """Whether the row is in force on a day."""
        return (self.effective_from or date.min) <= day <= (self.effective_to or date.max)


@dataclass(frozen=True, slots=True)
class AppointmentRules:
    """The rules of ``appointments.toml`` and the rows of ``appointments.csv``."""

    rows: tuple[SlotRow, ...]
    citizen_days_ahead: int
    staff_days_ahead: int
    passed_on_after: time
    default_hour: str
    dossier_pattern: str
    kept_days: int

    def slots(self, service: str, day: date, days: WorkingDays) -> tuple[Slot, ...]:
        """The hours of a service on a day, in order: none on a day nobody works, none outside office hours."""
        if not days.works(day):
            return ()
        rows = [row for row in self.rows if row.service == service and row.holds(day)]
        found = [slot for row in rows for slot in _slots(row, day)]
        return tuple(sorted((slot for slot in found if _within(slot, days)), key=lambda slot: slot.at))

    def services(self, day: date) -> tuple[str, ...]:
        """The services that can be booked by rows in force on a day or later, in the order of the file."""
        kept = (row.service for row in self.rows if (row.effective_to or date.max) >= day)
        return tuple(dict.fromkeys(kept))

    def looks_like_dossier(self, code: str) -> bool:
        """Whether a typed or scanned dossier code has the shape of one. It only warns: the rule is changing hands."""
        return re.fullmatch(self.dossier_pattern, code.strip().upper()) is not None


class RulesReading(NamedTuple):
    """What came of reading a folder: the rules, as far as they are right, and every fault."""

    rules: AppointmentRules
    problems: tuple[Problem, ...]

    def checked(self) -> AppointmentRules:
        """The rules; ``SettingsTrouble`` C-411, C-412 or C-414 with the first problem if there is one."""
        for problem in self.problems:
            more = f"; and {len(self.problems) - 1} more" if len(self.problems) > 1 else ""
            raise SettingsTrouble(problem.code, detail=problem.trouble.detail + more)
        return self.rules


def read_appointment_rules(folder: Path | None, services: Sequence[str]) -> RulesReading:
    """Read and check both files of a catalogue folder (None: the built-in one). Does not raise.

    ``services``: the ids of the catalogue's services; a row of another one is a fault.
    """
    place = folder or BUILT_IN
    rows, problems = _read_rows(place / SLOTS, services) if folder is None or (place / SLOTS).exists() else ([], [])
    own = place / RULES
    values, faults = _read_values(own if own.exists() else BUILT_IN / RULES)
    return RulesReading(AppointmentRules(tuple(rows), **values), (*problems, *faults))


# --- appointments.csv -----------------------------------------------------------------------------


def _slots(row: SlotRow, day: date) -> Iterator[Slot]:
    for span in row.hours.on(day.weekday()):
        start, end = datetime.combine(day, span.start), datetime.combine(day, span.end)
        step = timedelta(minutes=row.slot_minutes)
        while start + step <= end:
            yield Slot(row.service, day, f"{start:%H:%M}", row.slot_minutes, row.capacity)
            start += step


def _within(slot: Slot, days: WorkingDays) -> bool:
    """Whether the office is open for the whole of a slot; without hours, always."""
    if days.opening.always:
        return True
    start = datetime.combine(slot.day, time.fromisoformat(slot.at))
    end = (start + timedelta(minutes=slot.minutes)).time()
    return any(span.start <= start.time() and end <= span.end for span in days.opening.spans(slot.day))


def _read_rows(path: Path, services: Sequence[str]) -> tuple[list[SlotRow], list[Problem]]:
    rows, problems = read_table(path, COLUMNS)
    found: list[SlotRow] = []
    for row in rows:
        made = _row(row, services, problems)
        found += [made] if made else []
    return found, problems + list(_clashes(found))


def _row(row: Row, services: Sequence[str], problems: list[Problem]) -> SlotRow | None:
    cells, before = row.cells, len(problems)

    def read(column: str, of: Callable[[str], Any], text: str | None = None) -> Any:
        try:
            return of(cells[column] if text is None else text)
        except ValueError as fault:
            problems.append(Problem(WRONG, SLOTS, row.line, column, str(fault)))
            return None

    service = read("service", partial(_known, services=services))
    hours = read("weekdays", read_hours, f"{cells['weekdays']} {cells['from']}-{cells['to']}")
    minutes = read("slot_minutes", partial(_whole, least=5, most=480))
    capacity = read("capacity", partial(_whole, least=1, most=MOST_PLACES))
    first, last = read("effective_from", _day), read("effective_to", _day)
    if first and last and last < first:
        problems.append(Problem(WRONG, SLOTS, row.line, "effective_to", f"{last} is before effective_from {first}"))
    if len(problems) > before:
        return None
    return SlotRow(service, hours, minutes, capacity, first, last, row.line)


def _known(cell: str, *, services: Sequence[str]) -> str:
    if cell not in services:
        near = difflib.get_close_matches(cell, services, n=1)
        raise ValueError(f"there is no service {cell!r}" + (f"; did you mean {near[0]}?" if near else ""))
    return cell


def _whole(cell: str, *, least: int, most: int) -> int:
    if not re.fullmatch(r"[0-9]{1,4}", cell) or not least <= int(cell) <= most:
        raise ValueError(f"{cell!r} is no whole number from {least} to {most}")
    return int(cell)


def _day(cell: str) -> date | None:
    if not cell:
        return None
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", cell):
        raise ValueError(f"{cell!r} is no date like 2026-11-22")
    return date.fromisoformat(cell)


def _clashes(rows: Sequence[SlotRow]) -> Iterator[Problem]:
    """Two rows that offer the same hour of one service twice."""
    for earlier, later in combinations(rows, 2):
        start = max(earlier.effective_from or date.min, later.effective_from or date.min)
        end = min(earlier.effective_to or date.max, later.effective_to or date.max)
        if earlier.service == later.service and start <= end and _meet(earlier.hours, later.hours):
            reason = f"the same hours of {later.service} stand in line {earlier.line}"
            yield Problem(WRONG, SLOTS, later.line, "from", reason)


def _meet(one: OfficeHours, other: OfficeHours) -> bool:
    pairs = ((a, b) for day in range(7) for a in one.on(day) for b in other.on(day))
    return any(a.start < b.end and b.start < a.end for a, b in pairs)


# --- appointments.toml ----------------------------------------------------------------------------


def _hour(value: object) -> str:
    if not isinstance(value, str) or not _HOUR.fullmatch(value):
        raise ValueError(f"{value!r} is no time of day like 15:00")
    return value


def _number(value: object, *, most: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= most:
        raise ValueError(f"{value!r} is no whole number from 0 to {most}")
    return value


def _pattern(value: object) -> str:
    try:
        return re.compile(value).pattern if isinstance(value, str) else _refuse(value)
    except re.error as fault:
        raise ValueError(f"this pattern cannot be understood: {fault}") from None


def _refuse(value: object) -> str:
    raise ValueError(f"{value!r} is no text")


_VALUES: Mapping[tuple[str, str], tuple[str, Callable[[object], Any]]] = {
    ("booking", "citizen_days_ahead"): ("citizen_days_ahead", partial(_number, most=366)),
    ("booking", "staff_days_ahead"): ("staff_days_ahead", partial(_number, most=366)),
    ("results", "passed_on_after"): ("passed_on_after", lambda value: time.fromisoformat(_hour(value))),
    ("results", "default_hour"): ("default_hour", _hour),
    ("dossier", "pattern"): ("dossier_pattern", _pattern),
    ("dossier", "kept_days"): ("kept_days", partial(_number, most=3660)),
}
_DEFAULTS: Mapping[str, Any] = {
    "citizen_days_ahead": 30, "staff_days_ahead": 180, "passed_on_after": time(15),
    "default_hour": "15:00", "dossier_pattern": "", "kept_days": 30,
}  # fmt: skip


def _read_values(path: Path) -> tuple[dict[str, Any], list[Problem]]:
    """The rules of a file; a faulty or missing one keeps its default beside the problem."""
    values = dict(_DEFAULTS)
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as fault:
        return values, [Problem(RULE_FILE_WRONG, path.name, 0, "", str(fault))]
    problems = list(_strangers(path.name, told))
    for (section, key), (name, read) in _VALUES.items():
        part = told.get(section)
        if not isinstance(part, dict) or key not in part:
            problems.append(Problem(RULE_FILE_WRONG, path.name, 0, f"{section}.{key}", "it is missing"))
            continue
        try:
            values[name] = read(part[key])
        except ValueError as fault:
            problems.append(Problem(RULE_FILE_WRONG, path.name, 0, f"{section}.{key}", str(fault)))
    return values, problems


def _strangers(file: str, told: Mapping[str, Any]) -> Iterator[Problem]:
    known = [f"{section}.{key}" for section, key in _VALUES]
    for section, part in told.items():
        for name in [f"{section}.{key}" for key in part] if isinstance(part, dict) else [section]:
            if name not in known:
                near = difflib.get_close_matches(name, known, n=1)
                hint = f"; did you mean {near[0]}?" if near else ""
                yield Problem(RULE_FILE_WRONG, file, 0, name, f"this rule is not known{hint}")
