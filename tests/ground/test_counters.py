"""Counters of an office: read whole, every fault told with its line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kiosk.catalogue import read_catalogue
from kiosk.counters import counters_on, read_counters

HEAD = "id,name_vi,name_en,services,effective_from,effective_to\n"
SERVICES = ("A", "B", "C")
TODAY = date(2026, 11, 23)


def folder_with(tmp_path: Path, rows: str) -> Path:
    (tmp_path / "counters.csv").write_text(HEAD + rows, encoding="utf-8")
    return tmp_path


def test_the_built_in_counters_serve_every_service_and_copies_twice() -> None:
    services = [one.id for one in read_catalogue().catalogues.services]
    reading = read_counters(services=services)
    assert reading.problems == ()
    counters = reading.on(TODAY)
    assert len(counters) == 6
    assert {service for one in counters for service in one.services} == set(services)
    assert sum("B" in one.services for one in counters) == 2


def test_an_office_names_its_own_counters(tmp_path: Path) -> None:
    reading = read_counters(folder_with(tmp_path, "7,Quầy bảy,Counter seven,B;C,,\n"), services=SERVICES)
    assert reading.problems == ()
    [counter] = reading.counters
    assert (counter.id, counter.name("vi"), counter.services) == ("7", "Quầy bảy", ("B", "C"))


def test_a_folder_without_the_file_has_the_built_in_counters(tmp_path: Path) -> None:
    services = [one.id for one in read_catalogue().catalogues.services]
    assert read_counters(tmp_path, services=services) == read_counters(services=services)


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("1,Một,One,D,,", "services"),
        ("1,Một,One,,,", "services"),
        ("1,Một,One,A;A,,", "services"),
        ("số 1,Một,One,A,,", "id"),
        (",Một,One,A,,", "id"),
        ("1,,One,A,,", "name_vi"),
        ("1,Một,,A,,", "name_en"),
        ("1,Một,One,A,tomorrow,", "effective_from"),
        ("1,Một,One,A,2026-02-01,2026-01-01", "effective_to"),
    ],
)
def test_each_fault_is_told_with_its_line_and_the_right_rows_stay(tmp_path: Path, row: str, column: str) -> None:
    reading = read_counters(folder_with(tmp_path, f"9,Chín,Nine,A,,\n{row}\n"), services=SERVICES)
    assert {(one.code, one.line, one.name) for one in reading.problems} == {("C-412", 3, column)}
    assert [one.id for one in reading.counters] == ["9"]


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    reading = read_counters(folder_with(tmp_path, ",,,,,\n1,,,D,x,y\n"), services=SERVICES)
    assert len(reading.problems) == 5


def test_a_counter_may_change_from_a_day_on_but_not_stand_twice_on_one(tmp_path: Path) -> None:
    rows = "1,Một,One,A,,2026-12-31\n1,Một,One,B,2027-01-01,\n1,Một,One,C,2027-06-01,\n"
    reading = read_counters(folder_with(tmp_path, rows), services=SERVICES)
    assert [(one.line, one.name) for one in reading.problems] == [(4, "id")]
    assert [one.services for one in counters_on(reading.counters, TODAY)] == [("A",)]
    assert [one.services for one in counters_on(reading.counters, date(2027, 2, 1))] == [("B",)]


@pytest.mark.parametrize(("one", "other"), [("3", "03"), ("a1", "A1"), ("B07", "B7"), ("0", "00")])
def test_counters_that_sound_alike_are_a_fault(tmp_path: Path, one: str, other: str) -> None:
    rows = f"{one},Một,One,A,,\n{other},Hai,Two,B,,\n"
    [problem] = read_counters(folder_with(tmp_path, rows), services=SERVICES).problems
    assert (problem.line, problem.name) == (3, "id")
    assert f"{one} and {other} sound alike" in problem.text()


def test_counters_that_sound_apart_or_follow_each_other_are_none(tmp_path: Path) -> None:
    rows = "3,Ba,Three,A,,2026-12-31\n03,Ba,Three,A,2027-01-01,\n30,A,A,B,,\n3A,A,A,B,,\n103,A,A,B,,\n13,A,A,B,,\n"
    assert read_counters(folder_with(tmp_path, rows), services=SERVICES).problems == ()


def test_a_file_without_a_counter_is_a_fault(tmp_path: Path) -> None:
    assert [one.line for one in read_counters(folder_with(tmp_path, ""), services=SERVICES).problems] == [0]
