"""What is hidden cannot be had by subtracting one figure from another."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screens.web.statistics.release import (
    LEAST,
    Reading,
    answers_by_day,
    reading,
    released_days,
    released_today,
    units,
)

FIRST = date(2026, 9, 20)
"""Eleven days before a quarter ends, so that ranges reach over its edge."""

quiet_weeks = st.lists(st.integers(0, 14), min_size=1, max_size=24)


def by_day(counts: list[int]) -> dict[str, int]:
    return {(FIRST + timedelta(days=at)).isoformat(): n for at, n in enumerate(counts)}


def inside_quarter(counts: list[int]) -> dict[str, int]:
    return {(date(2026, 10, 1) + timedelta(days=at)).isoformat(): n for at, n in enumerate(counts)}


@pytest.mark.parametrize(
    ("n", "how"),
    [
        (0, Reading.HIDDEN), (9, Reading.HIDDEN), (10, Reading.FEW), (29, Reading.FEW), (30, Reading.FULL),
    ],
)  # fmt: skip
def test_below_ten_is_hidden_and_below_thirty_grey(n: int, how: Reading) -> None:
    assert reading(n) is how


def test_a_busy_day_is_a_unit_of_its_own() -> None:
    assert [unit.n for unit in units(inside_quarter([40, 12, 10]))] == [40, 12, 10]


def test_quiet_days_wait_until_there_are_ten_of_them() -> None:
    made = units(inside_quarter([4, 30, 5, 0, 3, 2]))
    assert [(len(unit.days), unit.n) for unit in made] == [(1, 30), (3, 12)]


def test_a_range_shows_only_units_that_lie_in_it_as_a_whole() -> None:
    counts = inside_quarter([4, 30, 5, 3])
    days = sorted(counts)
    assert released_days(counts, days[0], days[2]) == {days[1]}
    assert released_days(counts, days[0], days[3]) == set(days)
    assert released_days(counts, days[2], days[3]) == frozenset()


def test_pools_begin_anew_with_a_quarter() -> None:
    assert units({"2026-09-30": 6, "2026-10-01": 6}) == []


@given(quiet_weeks)
def test_every_unit_has_ten_answers_and_no_day_is_in_two(counts: list[int]) -> None:
    made = units(by_day(counts))
    days = [day for unit in made for day in unit.days]
    assert all(unit.n >= LEAST for unit in made)
    assert len(days) == len(set(days))


@given(quiet_weeks)
def test_no_two_ranges_differ_by_fewer_than_ten_answers(counts: list[int]) -> None:
    found = by_day(counts)
    days = sorted(found)
    ranges = [(first, last) for first, last in combinations(days, 2)] + [(day, day) for day in days]
    shown = [released_days(found, first, last) for first, last in ranges]
    for one, other in combinations(set(shown), 2):
        for more in (one - other, other - one):
            n = sum(found[day] for day in more)
            assert n == 0 or n >= LEAST


@given(quiet_weeks, st.lists(st.integers(0, 14), max_size=8))
def test_what_a_range_shows_does_not_move_when_later_days_come(counts: list[int], later: list[int]) -> None:
    before, after = by_day(counts), by_day(counts + later)
    first, last = min(before), max(before)
    assert released_days(before, first, last) == released_days(after, first, last)


@given(st.integers(0, 60))
def test_a_running_day_moves_in_steps_of_ten(n: int) -> None:
    answers = [("08:00", "satisfied")] * n
    assert len(released_today(answers, "10:26")) == n // 10 * 10


def test_a_half_day_that_is_over_is_split_as_a_whole() -> None:
    answers = [("11:30", "neutral")] * 13 + [("13:30", "satisfied")] * 4
    assert len(released_today(answers, "11:59")) == 10
    assert released_today(answers, "12:00") == ["neutral"] * 13
    assert len(released_today(answers, "18:00")) == 17


def test_a_half_day_of_fewer_than_ten_stays_hidden() -> None:
    assert released_today([("08:00", "satisfied")] * 9, "18:30") == []


@given(st.lists(st.sampled_from(["07:30", "11:30", "13:30", "16:30"]), max_size=60).map(sorted))
def test_a_running_day_never_takes_back_what_it_showed(slots: list[str]) -> None:
    answers = [(slot, str(at)) for at, slot in enumerate(slots)]
    shown = [len(released_today(answers[:count], "09:00")) for count in range(len(answers) + 1)]
    assert shown == sorted(shown)
    assert all(n == 0 or n >= LEAST for n in shown)


def test_counts_of_a_day_are_added_up() -> None:
    assert answers_by_day([("2026-11-20", 3), ("2026-11-20", 4), ("2026-11-21", 1)]) == {
        "2026-11-20": 7,
        "2026-11-21": 1,
    }
