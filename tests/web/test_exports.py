"""CSV and JSON tell what the page tells: the same figures, the same gaps, every n and definition."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.words import LANGUAGES, words
from screens.web.exports import BYTE_ORDER_MARK, COLUMNS, DEFINITIONS, Exported, csv_text, file_name, json_object
from screens.web.statistics.periods import Period, PeriodKind, period
from screens.web.statistics.report import Report
from sync.central.tallies import HourRow, TallyRow
from sync.central.ticket_days import HelpCall
from tests.web.rows import TODAY, called_rows, criterion_row, day_rows, days_back, number, report_of

SAY = words("vi")


def office(name: str = "phường Bắc Sơn") -> Exported:
    return Exported("bac-son", name, True, lambda service, _: {"B": "Chứng thực"}.get(service, service))


def told(report: Report) -> dict[str, Any]:
    return json_object(report, office(), SAY)


def table(report: Report, name: str = "phường Bắc Sơn") -> list[dict[str, str]]:
    text = csv_text(report, office(name), SAY)
    assert text.startswith(BYTE_ORDER_MARK)
    return list(csv.DictReader(io.StringIO(text.removeprefix(BYTE_ORDER_MARK), newline="")))


def line(rows: list[dict[str, str]], name: str, figure: str, key: str = "") -> dict[str, str]:
    found = [row for row in rows if (row["table"], row["figure"], row["key"]) == (name, figure, key)]
    assert len(found) == 1, (name, figure, key, found)
    return found[0]


def closed_day(**answers: int) -> Report:
    day = days_back(1)
    rows = day_rows(day, issued=118, **answers)
    rows += [
        criterion_row(day, "B1", "yes", 12),
        criterion_row(day, "B2", "yes", 9),
        criterion_row(day, "K1", "yes", 2),
    ]
    rows += [TallyRow(day.isoformat(), "loose", "", "satisfied", 5)]
    hours = [HourRow(day.isoformat(), "08:00", "issued", "B", 118)]
    return report_of(rows, Period(PeriodKind.DAYS, day, day, TODAY), hours=hours)


def test_a_share_stands_with_its_n_interval_and_response() -> None:
    report = closed_day(satisfied=34, neutral=7, dissatisfied=6)
    share = line(table(report), "opinions", "share")
    assert (share["value"], share["x"], share["n"]) == ("0.7234", "34", "47")
    assert (share["low"], share["high"]) == ("0.5824", "0.8306")
    assert (share["answered"], share["asked"]) == ("47", "118")
    assert told(report)["opinions"]["share"]["response"] == 0.3983
    bounds = line(table(report), "opinions", "bounds")
    assert (bounds["low"], bounds["high"]) == ("0.2881", "0.8898")


def test_no_percentage_stands_without_its_n() -> None:
    for row in table(closed_day(satisfied=34, neutral=7, dissatisfied=6)):
        if row["figure"] == "share" and row["value"]:
            assert all(row[name] for name in ("x", "n", "low", "high", "answered", "asked"))


def test_what_is_hidden_on_the_page_is_empty_here_and_says_why() -> None:
    report = closed_day(satisfied=9)
    rows = table(report)
    for figure in ("satisfied", "neutral", "dissatisfied", "share", "bounds"):
        found = line(rows, "opinions", figure)
        assert (found["value"], found["note"]) == ("", "chưa đủ 10 ý kiến để tách")
        assert not any(found[name] for name in ("x", "n", "low", "high"))
    assert line(rows, "opinions", "rated")["value"] == "9"
    assert line(rows, "promises", "kept", "B2")["value"] == ""
    assert line(rows, "promises", "kept", "B1")["value"] == "12"
    assert line(rows, "loose", "satisfied")["value"] == ""
    opinions = told(report)["opinions"]
    assert (opinions["split"], opinions["share"], opinions["bounds"]) == (None, None, None)


def test_harassment_is_a_count_and_no_share() -> None:
    report = closed_day(satisfied=34)
    found = line(table(report), "allegations", "count", "K1")
    assert found["value"] == "2"
    assert "chưa kết luận" in found["note"]
    assert not any(row["key"] == "K1" for row in table(report) if row["table"] == "promises")
    assert {row["id"] for row in told(report)["promises"]["rows"]}.isdisjoint({"K1"})


def test_without_calls_served_is_honestly_issued_and_says_so() -> None:
    report = closed_day(satisfied=34)
    assert told(report)["asked_means"] == "issued"
    assert told(report)["days_without_calls"] == [days_back(1).isoformat()]
    assert line(table(report), "days", "served", days_back(1).isoformat())["note"] == "ngày này không gọi số"
    assert "không gọi số" in line_of_definition(report, "served")


def called_day() -> Report:
    day = days_back(1)
    rows = [*day_rows(day, issued=20, satisfied=12), *called_rows(15)]
    rows.append(TallyRow(day.isoformat(), "out_of_order", "", "papers", 2))
    ranges = {"pace": (5, 15), "last20": (0, 5)}
    tickets = [number(at, wait=at, ranges=ranges) for at in range(15)]
    tickets += [number(at, left=2, service="A", ranges=ranges) for at in range(20, 25)]
    helps = [HelpCall("o", "h", day.isoformat(), True, 40)]
    return report_of(rows, Period(PeriodKind.DAYS, day, day, TODAY), tickets=tickets, helps=helps)


def test_served_and_what_the_line_did_come_along() -> None:
    report, rows = called_day(), table(called_day())
    assert told(report)["asked_means"] == "served"
    assert line(rows, "opinions", "served")["value"] == line(rows, "opinions", "asked")["value"] == "15"
    assert line(rows, "opinions", "silent")["value"] == "3"
    found = line(rows, "waits", "median_s", "walk_ins")
    assert (found["value"], found["note"]) == ("420", "")
    beyond = line(rows, "waits", "p80_leavers_never_s", "walk_ins")
    assert (beyond["value"], beyond["note"]) == ("840", "hơn số này: chưa đủ người được gọi")
    assert line(rows, "waits_services", "p80", "A")["note"] == "chưa đủ 10 lượt"
    share = line(rows, "ranges", "share", "told")
    assert (share["x"], share["n"], share["asked"], share["low"] != "") == ("10", "15", "20", True)
    assert line(rows, "ranges", "mean_width_min", "naive_same_numbers")["value"] == "5.0"
    assert line(rows, "out_of_order", "n", "papers")["value"] == "2"
    assert line(rows, "help", "median_s")["value"] == "40"


def line_of_definition(report: Report, name: str) -> str:
    return next(row["note"] for row in table(report) if (row["table"], row["key"]) == ("definitions", name))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_definition_comes_along(language: str) -> None:
    found = json_object(closed_day(), office(), words(language))["definitions"]
    assert set(found) == set(DEFINITIONS)
    assert all(len(sentence) > 20 for sentence in found.values())


def test_a_demonstration_says_so() -> None:
    assert line(table(closed_day()), "about", "demo")["value"] == "1"
    assert told(closed_day())["demo"] is True


@given(st.sampled_from("=+-@\t\r\n"), st.text(max_size=12))
def test_no_cell_begins_a_formula(start: str, rest: str) -> None:
    for row in table(report_of([]), start + rest):
        for cell in row.values():
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


def test_names_with_commas_and_quotes_come_back_whole() -> None:
    name = 'Phường "Bắc Sơn", Thanh Hóa'
    assert line(table(report_of([]), name), "about", "made_at")["name"] == name


def test_the_columns_are_the_same_in_every_line() -> None:
    assert all(tuple(row) == COLUMNS for row in table(closed_day(satisfied=12)))


def test_json_is_plain_json() -> None:
    report = closed_day(satisfied=34, neutral=7)
    assert json.loads(json.dumps(told(report))) == told(report)


def test_the_file_name_is_ascii_and_dated() -> None:
    report = report_of([], period("month", TODAY))
    named = Exported('a/b"\r\nsơn', "x", False, lambda service, _: service)
    assert file_name(report, named, "csv") == "a-b---s-n-2026-11-01-2026-11-20.csv"


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 6)), min_size=1, max_size=8))
def test_csv_and_json_tell_the_very_same_split(days: list[tuple[int, int]]) -> None:
    rows = [
        row
        for back, (good, bad) in enumerate(days, start=1)
        for row in day_rows(days_back(back), issued=30, satisfied=good, dissatisfied=bad)
    ]
    report = report_of(rows, Period(PeriodKind.DAYS, days_back(len(days)), days_back(1), TODAY))
    lines, split = table(report), told(report)["opinions"]["split"]
    for figure in ("satisfied", "neutral", "dissatisfied"):
        assert line(lines, "opinions", figure)["value"] == ("" if split is None else str(split[figure]))
    for day in told(report)["days"]:
        shown = line(lines, "days", "satisfied", day["day"])["value"]
        assert shown == ("" if day["split"] is None else str(day["split"]["satisfied"]))
