"""What may be booked when: the tables, their faults, and the hours they make."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kiosk.appointment_rules import COLUMNS, RULES, SLOTS, AppointmentRules, RulesReading, read_appointment_rules
from kiosk.catalogue import BUILT_IN, read_catalogue
from kiosk.office_hours import read_hours
from kiosk.opening import OpeningHours
from kiosk.trouble import SettingsTrouble
from kiosk.working_days import WorkingDays

SERVICES = tuple(service.id for service in read_catalogue().checked().on(date(2026, 11, 23)).services)
HOURS = OpeningHours(read_hours("Mon-Fri 07:30-11:30 13:30-17:00"))
MONDAY, HOLIDAY, TET, SATURDAY = date(2026, 11, 23), date(2026, 11, 24), date(2027, 2, 8), date(2026, 11, 28)


def _read(tmp_path: Path, rows: str = "", rules: str | None = None) -> RulesReading:
    (tmp_path / SLOTS).write_text(",".join(COLUMNS) + "\n" + rows, encoding="utf-8")
    if rules is not None:
        (tmp_path / RULES).write_text(rules, encoding="utf-8")
    return read_appointment_rules(tmp_path, SERVICES)


def _hours(rules: AppointmentRules, day: date, service: str = "B") -> list[str]:
    return [slot.at for slot in rules.slots(service, day, WorkingDays(HOURS))]


def test_the_built_in_tables_are_right_and_offer_hours_for_every_service() -> None:
    rules = read_appointment_rules(None, SERVICES).checked()
    assert set(rules.services(MONDAY)) == set(SERVICES)
    assert _hours(rules, MONDAY)[:2] == ["08:00", "08:15"]
    assert _hours(rules, date(2026, 12, 1), "L") == ["08:00", "08:30", "09:00", "09:30", "10:00", "10:30"]


@pytest.mark.parametrize("day", [HOLIDAY, TET, SATURDAY])
def test_nobody_is_offered_an_hour_on_a_holiday_or_a_rest_day(day: date) -> None:
    rules = read_appointment_rules(None, SERVICES).checked()
    assert _hours(rules, day) == []
    without_hours = WorkingDays(OpeningHours(None))
    assert rules.slots("B", day, without_hours) == ()


def test_an_hour_that_reaches_into_the_lunch_break_is_not_offered(tmp_path: Path) -> None:
    rules = _read(tmp_path, "B,Mon-Fri,10:00,14:30,45,2,,\n").checked()
    assert _hours(rules, MONDAY) == ["10:00", "10:45", "13:45"]


def test_a_row_holds_from_its_first_to_its_last_day(tmp_path: Path) -> None:
    rules = _read(tmp_path, "B,Mon-Fri,08:00,09:00,30,2,2026-11-25,2026-11-26\n").checked()
    assert [bool(_hours(rules, date(2026, 11, day))) for day in (23, 25, 26, 27)] == [False, True, True, False]


def test_a_folder_without_the_table_offers_nothing(tmp_path: Path) -> None:
    reading = read_appointment_rules(tmp_path, SERVICES)
    assert reading.problems == ()
    assert reading.rules.services(MONDAY) == ()
    assert reading.rules.default_hour == "15:00"


def test_every_fault_is_told_at_once_with_its_line(tmp_path: Path) -> None:
    rows = "BB,Mon-Fri,08:00,09:00,30,2,,\nB,Mon-Fri,09:00,08:00,30,2,,\nB,Xyz,08:00,09:00,3,0,26/11,\n"
    problems = _read(tmp_path, rows).problems
    assert [(one.code, one.line, one.name) for one in problems] == [
        ("C-412", 2, "service"), ("C-412", 3, "weekdays"), ("C-412", 4, "weekdays"), ("C-412", 4, "slot_minutes"),
        ("C-412", 4, "capacity"), ("C-412", 4, "effective_from"),
    ]  # fmt: skip


def test_the_same_hour_twice_is_a_fault(tmp_path: Path) -> None:
    rows = "B,Mon-Fri,08:00,09:00,30,2,,\nB,Fri,08:30,10:00,30,2,,\n"
    (problem,) = _read(tmp_path, rows).problems
    assert "line 2" in problem.reason and problem.line == 3


def test_a_wrong_rule_is_named_and_stops_the_start(tmp_path: Path) -> None:
    text = (BUILT_IN / RULES).read_text(encoding="utf-8")
    reading = _read(tmp_path, rules=text.replace("kept_days = 30", "kept_dyas = -1").replace("15:00", "25:00"))
    assert {(one.code, one.name) for one in reading.problems} == {
        ("C-414", "dossier.kept_dyas"), ("C-414", "dossier.kept_days"),
        ("C-414", "results.passed_on_after"), ("C-414", "results.default_hour"),
    }  # fmt: skip
    with pytest.raises(SettingsTrouble) as told:
        reading.checked()
    assert told.value.code == "C-414" and "3 more" in told.value.detail


def test_a_file_that_is_no_toml_is_told(tmp_path: Path) -> None:
    assert [one.code for one in _read(tmp_path, rules="[booking").problems] == ["C-414"]


@pytest.mark.parametrize(
    ("code", "looks"),
    [
        ("000.00.00.H56-261124-0007", True),
        ("H56.242-261124-0007", True),
        ("h56.242-261124-0007 ", True),
        ("H56-2611-0007", False),
        ("", False),
    ],
)
def test_a_dossier_code_is_judged_loosely(code: str, looks: bool) -> None:
    assert read_appointment_rules(None, SERVICES).rules.looks_like_dossier(code) is looks
