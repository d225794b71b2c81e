"""Periods are whole days and say what is wrong with an address."""

from __future__ import annotations

from datetime import date

import pytest

from kiosk.trouble import SyncTrouble
from screens.web.statistics.periods import Period, PeriodKind, asked_period, period_of, promises_period

TODAY = date(2026, 11, 22)
"""A Sunday."""


@pytest.mark.parametrize(
    ("kind", "first", "last"),
    [
        (PeriodKind.TODAY, date(2026, 11, 22), date(2026, 11, 22)),
        (PeriodKind.WEEK, date(2026, 11, 16), date(2026, 11, 22)),
        (PeriodKind.MONTH, date(2026, 11, 1), date(2026, 11, 30)),
        (PeriodKind.QUARTER, date(2026, 10, 1), date(2026, 12, 31)),
    ],
)
def test_named_periods_are_calendar_ones(kind: PeriodKind, first: date, last: date) -> None:
    assert period_of(kind, TODAY) == Period(kind, first, last)


def test_a_week_begins_on_monday_even_across_a_year() -> None:
    assert period_of(PeriodKind.WEEK, date(2027, 1, 1)).first == date(2026, 12, 28)


def test_chosen_days_win_and_one_day_alone_will_do() -> None:
    assert asked_period("week", "2026-11-02", "", today=TODAY) == Period(
        PeriodKind.CHOSEN, date(2026, 11, 2), date(2026, 11, 2)
    )


@pytest.mark.parametrize(
    ("kind", "first", "last", "said"),
    [
        ("year", "", "", "one of today, week"),
        ("", "2026-13-01", "", "no day"),
        ("", "2026-11-05", "2026-11-04", "comes before"),
        ("", "2024-01-01", "2026-11-04", "more than"),
        ("", "0001-01-01", "0001-01-02", "not a day"),
    ],
)
def test_a_wrong_period_says_what_is_wrong(kind: str, first: str, last: str, said: str) -> None:
    with pytest.raises(SyncTrouble, match=said) as caught:
        asked_period(kind, first, last, today=TODAY)
    assert caught.value.code == "S-314"


def test_promises_look_at_thirty_finished_days_or_more() -> None:
    today = promises_period(period_of(PeriodKind.TODAY, TODAY), TODAY)
    assert (today.first, today.last, today.days) == (date(2026, 10, 23), date(2026, 11, 21), 30)
    quarter = promises_period(period_of(PeriodKind.QUARTER, TODAY), TODAY)
    assert (quarter.first, quarter.last) == (date(2026, 10, 1), date(2026, 11, 21))
