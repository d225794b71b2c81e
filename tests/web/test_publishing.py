"""Nothing is shown from which one person's answer could be told."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screens.web.statistics.bands import Split
from screens.web.statistics.publishing import (
    Cell,
    Standing,
    hidden_cells,
    parcels,
    published,
    running_split,
    standing,
)

MONDAY = date(2026, 11, 16)
TODAY = date(2026, 11, 30)
small = st.integers(0, 25)
splits = st.builds(Split, small, st.integers(0, 5), st.integers(0, 5))
fortnight = st.lists(splits, min_size=14, max_size=14).map(
    lambda found: {MONDAY + timedelta(days=at): split for at, split in enumerate(found)}
)
ranges = st.tuples(st.integers(0, 13), st.integers(0, 13)).map(
    lambda ends: (MONDAY + timedelta(days=min(ends)), MONDAY + timedelta(days=max(ends)))
)


def shown(days: dict[date, Split], first: date, last: date) -> Split:
    return published(days, first=first, last=last, running=TODAY, today=Split()) or Split()


@pytest.mark.parametrize(
    ("n", "expected"),
    [(0, Standing.HIDDEN), (9, Standing.HIDDEN), (10, Standing.GREY), (29, Standing.GREY), (30, Standing.FULL)],
)
def test_standing_follows_the_count(n: int, expected: Standing) -> None:
    assert standing(n) is expected


@given(fortnight, ranges, ranges)
def test_two_periods_never_differ_by_few_answers(
    days: dict[date, Split], one: tuple[date, date], other: tuple[date, date]
) -> None:
    difference = abs(shown(days, *one).n - shown(days, *other).n)
    split = shown(days, *one)
    assert split.n == 0 or split.n >= 10
    inside, outside = {d for d in _days(*one)}, {d for d in _days(*other)}
    if inside <= outside:
        assert difference == 0 or difference >= 10


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=at) for at in range((last - first).days + 1)]


@given(fortnight)
def test_no_parcel_is_small_and_no_day_is_in_two(days: dict[date, Split]) -> None:
    made = parcels(days)
    assert all(split.n >= 10 for _, split in made)
    members = [day for found, _ in made for day in found]
    assert len(members) == len(set(members))


@given(fortnight)
def test_a_week_of_ten_answers_is_shown_whole(days: dict[date, Split]) -> None:
    week = {day: Split(min(split.n, 9)) for day, split in days.items() if day < MONDAY + timedelta(days=7)}
    answered = sum(split.n for split in week.values())
    assert shown(week, MONDAY, MONDAY + timedelta(days=6)).n == (answered if answered >= 10 else 0)


def test_a_day_of_three_is_not_told_by_subtraction() -> None:
    days = {MONDAY: Split(20), MONDAY + timedelta(days=1): Split(1, 1, 1), MONDAY + timedelta(days=2): Split(20)}
    assert shown(days, MONDAY, MONDAY + timedelta(days=2)) == Split(40)


@pytest.mark.parametrize(("count", "seen"), [(9, 0), (10, 10), (19, 10), (20, 20), (47, 40)])
def test_a_running_half_day_moves_in_tens(count: int, seen: int) -> None:
    assert running_split([("08:00", "satisfied")] * count, "09:30").n == seen


def test_a_morning_that_is_over_is_shown_whole() -> None:
    morning = [("08:00", "satisfied")] * 13
    assert running_split(morning, "11:30").n == 10
    assert running_split(morning, "12:00").n == 13
    assert running_split([*morning, *[("13:30", "neutral")] * 12], "14:00") == Split(13, 10, 0)


def test_a_morning_of_seven_waits_for_the_afternoon() -> None:
    morning = [("08:00", "satisfied")] * 7
    assert running_split(morning, "12:30").n == 0
    assert running_split([*morning, *[("13:30", "neutral")] * 10], "14:00").n == 17


def test_the_answers_of_today_join_a_longer_period_only_as_far_as_today_shows_them() -> None:
    days = {MONDAY: Split(30)}
    found = published(days, first=MONDAY, last=MONDAY + timedelta(days=6), running=MONDAY + timedelta(days=1), today=Split())
    assert found == Split(30)


@given(st.lists(st.integers(0, 40), max_size=8))
def test_no_single_hidden_cell_can_be_computed_from_the_total(counts: list[int]) -> None:
    cells = [Cell(str(at), n) for at, n in enumerate(counts)]
    hidden = hidden_cells(cells)
    assert {cell.key for cell in cells if 0 < cell.n < 10} <= hidden
    if sum(1 for cell in cells if cell.n) > 1:
        assert len(hidden) != 1
