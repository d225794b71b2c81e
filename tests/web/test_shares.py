"""Intervals and bounds hold the published vectors to four digits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screens.web.statistics.bands import Bands, Split, split_of
from screens.web.statistics.shares import Share, bounds, percent, wilson

WILSON = [
    (0, 1, 0.0000, 0.7935), (1, 1, 0.2065, 1.0000), (3, 3, 0.4385, 1.0000), (0, 10, 0.0000, 0.2775),
    (5, 10, 0.2366, 0.7634), (9, 10, 0.5958, 0.9821), (19, 20, 0.7639, 0.9911), (27, 30, 0.7438, 0.9654),
    (47, 50, 0.8378, 0.9794), (59, 59, 0.9389, 1.0000), (95, 100, 0.8882, 0.9785), (190, 200, 0.9104, 0.9726),
    (463, 467, 0.9782, 0.9967), (475, 500, 0.9272, 0.9659),
]  # fmt: skip
BOUNDS = [
    (57, 3, 200, 0.2850, 0.9850), (152, 8, 200, 0.7600, 0.9600), (463, 4, 3100, 0.1494, 0.9987), (0, 0, 50, 0.0, 1.0),
]  # fmt: skip
counts = st.integers(0, 5000)


@pytest.mark.parametrize(("x", "n", "low", "high"), WILSON)
def test_the_interval_is_wilsons(x: int, n: int, low: float, high: float) -> None:
    interval = wilson(x, n)
    assert interval is not None
    assert (round(interval.low, 4), round(interval.high, 4)) == (low, high)


@pytest.mark.parametrize(("satisfied", "other", "asked", "low", "high"), BOUNDS)
def test_the_bounds_are_manskis(satisfied: int, other: int, asked: int, low: float, high: float) -> None:
    found = bounds(satisfied, other, asked)
    assert found is not None
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


def test_nothing_counted_gives_no_figure() -> None:
    assert wilson(0, 0) is None
    assert bounds(0, 0, 0) is None
    with pytest.raises(ValueError, match="share of nothing"):
        Share(0, 0, 0, 5)


@pytest.mark.parametrize(("x", "n"), [(-1, 3), (4, 3), (1, -1)])
def test_impossible_counts_are_refused(x: int, n: int) -> None:
    with pytest.raises(ValueError, match="no share"):
        wilson(x, n)


@given(counts, counts)
def test_a_share_lies_in_its_interval(x: int, more: int) -> None:
    interval = wilson(x, x + more)
    if interval is not None:
        assert 0 <= interval.low <= x / (x + more) <= interval.high <= 1


@given(counts, counts, counts)
def test_hiding_the_question_never_raises_the_lower_bound(satisfied: int, other: int, silent: int) -> None:
    answered = bounds(satisfied, other, satisfied + other)
    with_silence = bounds(satisfied, other, satisfied + other + silent)
    if answered is not None and with_silence is not None:
        assert with_silence.low <= answered.low <= answered.high + 1e-12
        assert with_silence.high >= answered.high


def test_neutral_counts_as_not_satisfied_in_the_bounds() -> None:
    day = Split(34, 7, 6)
    found = bounds(day.satisfied, day.other, 118)
    assert found is not None
    assert found.whole_percents() == (29, 89)


def test_a_share_carries_all_that_it_is_read_with() -> None:
    share = Share(34, 47, 47, 118)
    assert (share.percent, share.response_percent, share.interval.whole_percents()) == (72, 40, (58, 83))
    assert {"n", "low", "high", "response", "asked"} <= set(share.as_fields())


@pytest.mark.parametrize(("share", "whole"), [(0.125, 13), (0.005, 1), (0.994, 99), (0.995, 100), (1.0, 100), (0, 0)])
def test_percents_are_rounded_half_up(share: float, whole: int) -> None:
    assert percent(share) == whole


def test_a_scale_of_five_counts_its_two_best_as_satisfied() -> None:
    answers = [("very_satisfied", 3), ("satisfied", 4), ("neutral", 2), ("dissatisfied", 1), ("very_dissatisfied", 5)]
    assert split_of(answers) == Split(7, 2, 6)


def test_who_did_not_answer_is_a_band_of_its_own() -> None:
    bands = Bands(asked=118, answered=47, shown=Split(30, 6, 4))
    assert (bands.silent, bands.held, bands.all) == (71, 7, 118)


def test_late_answers_leave_nobody_less_than_silent() -> None:
    assert Bands(asked=3, answered=5, shown=None).silent == 0
