"""Periods are whole business days up to today."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.trouble import SyncTrouble
from screens.web.statistics.periods import LONGEST_DAYS, Period, PeriodKind, period
from screens.web.statistics.promises import WINDOW_DAYS, window_of
from screens.web.statistics.report import first_needed

SUNDAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("kind", "first"),
    [
        ("today", SUNDAY),
        ("week", date(2026, 11, 16)),
        ("month", date(2026, 11, 1)),
        ("quarter", date(2026, 10, 1)),
    ],
)
def test_a_named_period_ends_today(kind: str, first: date) -> None:
    asked = period(kind, SUNDAY)
    assert (asked.first, asked.last, asked.is_running) == (first, SUNDAY, True)


def test_a_week_begins_on_monday() -> None:
    assert period("week", date(2026, 11, 16)).first == date(2026, 11, 16)


def test_chosen_days_are_both_included() -> None:
    asked = period("days", SUNDAY, "2026-11-02", "2026-11-06")
    assert (asked.length, asked.is_running, asked.is_one_day) == (5, False, False)
    assert list(asked.days())[-1] == date(2026, 11, 6)


def test_one_date_alone_is_that_day() -> None:
    assert period("days", SUNDAY, "2026-11-02", "") == period("days", SUNDAY, "", "2026-11-02")


def test_days_to_come_are_cut_off() -> None:
    assert period("days", SUNDAY, "2026-11-20", "2026-12-31").last == SUNDAY


@pytest.mark.parametrize(
    ("kind", "first", "last", "said"),
    [
        ("year", "", "", "period 'year', one of today, week"),
        ("days", "", "", "from=''"),
        ("days", "22/11/2026", "", "write it like 2026-11-22"),
        ("days", "2026-11-10", "2026-11-09", "is after to"),
        ("days", "2026-11-23", "2026-11-24", "is after today"),
        ("days", "0001-01-01", "2026-11-09", "too long ago"),
        ("days", "2025-01-01", "2026-11-09", f"longer than {LONGEST_DAYS} days"),
    ],
)
def test_a_wrong_period_is_refused_in_one_sentence(kind: str, first: str, last: str, said: str) -> None:
    with pytest.raises(SyncTrouble) as caught:
        period(kind, SUNDAY, first, last)
    assert caught.value.code == "S-314"
    assert said in caught.value.text()


def test_promises_of_a_short_period_are_judged_by_thirty_closed_days() -> None:
    window = window_of(period("today", SUNDAY))
    assert (window.first, window.last) == (date(2026, 10, 23), date(2026, 11, 21))


def test_promises_of_a_long_period_are_judged_by_its_closed_days() -> None:
    window = window_of(period("quarter", SUNDAY))
    assert (window.first, window.last) == (date(2026, 10, 1), date(2026, 11, 21))


def test_promises_of_a_past_day_are_judged_by_the_days_up_to_it() -> None:
    window = window_of(period("days", SUNDAY, "2026-09-30"))
    assert (window.last, (window.last - window.first).days + 1) == (date(2026, 9, 30), WINDOW_DAYS)


@given(st.dates(date(2020, 1, 1), date(2030, 12, 31)), st.integers(0, 365))
def test_what_is_read_begins_before_every_quarter_that_is_shown(today: date, back: int) -> None:
    first = date.fromordinal(today.toordinal() - back)
    asked = Period(PeriodKind.DAYS, first, today, today)
    for shown in (asked.first, window_of(asked).first):
        quarter = date(shown.year, 3 * ((shown.month - 1) // 3) + 1, 1)
        assert first_needed(asked) <= quarter
