"""Working days: the 15:00 rule, rest days, holidays, Tết (domain 1 and 6)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from kiosk.office_hours import read_hours
from kiosk.opening import OpeningHours
from kiosk.working_days import WorkingDays

DAYS = WorkingDays(OpeningHours(read_hours("Mon-Fri 07:30-11:30 13:30-17:00")))
ANY_DAY = some.dates(date(2026, 1, 1), date(2033, 11, 1))


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("received", "counts"),
    [
        ("2026-11-23T15:00", "2026-11-23"),
        ("2026-11-23T15:01", "2026-11-25"),  # tomorrow is 24/11
        ("2026-11-20T15:01", "2026-11-23"),  # Friday afternoon
        ("2026-11-21T09:00", "2026-11-23"),  # Saturday
        ("2026-11-24T09:00", "2026-11-25"),  # a holiday
        ("2026-02-13T15:30", "2026-02-23"),  # the Friday before Tết
        ("2027-02-04T16:00", "2027-02-12"),  # days in lieu count too
    ],
)
def test_what_comes_after_three_or_on_a_rest_day_counts_from_the_next_working_day(received: str, counts: str) -> None:
    assert DAYS.counts_from(_at(received)) == date.fromisoformat(counts)


@pytest.mark.parametrize(
    ("received", "days", "due"),
    [
        ("2026-11-23T10:00", 0, "2026-11-23"),
        ("2026-11-23T10:00", 1, "2026-11-25"),
        ("2026-11-23T10:00", 3, "2026-11-27"),  # as on the drawn slip: 24/11 is already counted
        ("2026-11-23T15:30", 3, "2026-11-30"),
        ("2026-02-12T10:00", 2, "2026-02-23"),
        ("2026-04-23T10:00", 2, "2026-04-28"),  # Giỗ Tổ on a Sunday, made good on Monday
        ("2026-04-28T10:00", 3, "2026-05-05"),
    ],
)
def test_a_limit_of_working_days_leaves_out_rest_days_and_holidays(received: str, days: int, due: str) -> None:
    assert DAYS.due(_at(received), days) == date.fromisoformat(due)


@pytest.mark.parametrize(
    ("due", "last"),
    [("2026-11-25", "2026-11-23"), ("2026-11-27", "2026-11-26"), ("2026-02-23", "2026-02-13")],
)
def test_an_apology_is_in_time_one_working_day_before(due: str, last: str) -> None:
    assert DAYS.last_apology(date.fromisoformat(due)) == date.fromisoformat(last)


def test_the_holidays_that_were_left_out_are_named() -> None:
    between = DAYS.holidays_between(date(2026, 11, 23), date(2026, 11, 27))
    assert [(one.day, one.names["vi"]) for one in between] == [(date(2026, 11, 24), "Ngày Văn hóa Việt Nam")]
    assert DAYS.holidays_between(date(2026, 11, 25), date(2026, 11, 27)) == ()


def test_without_hours_people_work_from_monday_to_friday_but_not_on_holidays() -> None:
    days = WorkingDays(OpeningHours(None))
    assert [days.works(date(2026, 11, day)) for day in (20, 21, 22, 23, 24)] == [True, False, False, True, False]


def test_an_office_that_never_works_says_so() -> None:
    closed = WorkingDays(OpeningHours(read_hours("Mon 08:00-09:00"), {}))
    assert closed.next(date(2026, 11, 23)) == date(2026, 11, 30)


@given(day=ANY_DAY)
def test_the_next_and_the_previous_working_day_undo_each_other(day: date) -> None:
    here = DAYS.on_or_after(day)
    assert DAYS.works(here) and DAYS.previous(DAYS.next(here)) == here
    assert not any(DAYS.works(day + timedelta(days=ahead)) for ahead in range((here - day).days))


@given(day=ANY_DAY, hour=some.integers(0, 23), days=some.integers(0, 20))
def test_a_due_date_is_a_working_day_and_one_more_day_is_the_next(day: date, hour: int, days: int) -> None:
    received = datetime(day.year, day.month, day.day, hour, 30)
    due = DAYS.due(received, days)
    assert DAYS.works(due)
    assert DAYS.due(received, days + 1) == DAYS.next(due)
