"""What is said of a wait: never without a basis, in steps of five minutes, and true four times in five."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.entry import canonical
from kiosk.estimates import NAIVE, RULES, STEP_MIN, estimate, nearest_rank, outward
from kiosk.lobby_views import WaitBasis
from tests.bench.waits import interval_score, kept, simulated

BASIS = WaitBasis(2, (240, 300, 180), (60, 600, 900, 120), 400)
TIMES = st.lists(st.integers(0, 10_000), max_size=25).map(tuple)
BASES = st.builds(WaitBasis, st.integers(0, 12), TIMES, TIMES, st.none() | st.integers(0, 20_000))


def test_nothing_is_said_without_a_basis() -> None:
    first_of_the_day = WaitBasis(3, (), (), None)
    nobody_there = WaitBasis(0, (240,), (600,), 300)
    for basis in (first_of_the_day, nobody_there):
        said = estimate(4, basis)
        assert (said.shown, said.minutes, dict(said.ranges)) == ("", None, {})


def test_the_pace_counts_those_ahead_by_their_recent_service_time() -> None:
    alone, tenth = estimate(0, BASIS), estimate(9, BASIS)
    assert (alone.shown, alone.minutes) == ("pace", (0, 5))
    assert tenth.minutes == (10, 25)  # 9.5 turns of two minutes, give or take five
    more_counters = WaitBasis(4, BASIS.service_s, BASIS.waits_s, BASIS.head_waited_s)
    assert estimate(9, more_counters).minutes == (5, 15)


def test_before_the_first_service_ends_the_last_wait_speaks() -> None:
    said = estimate(2, WaitBasis(1, (), (600,), None))
    assert (said.shown, said.minutes) == ("last", (5, 20))


def test_the_naive_rule_is_kept_and_never_told() -> None:
    assert estimate(3, BASIS).ranges[NAIVE] == outward(60, 900)
    assert estimate(3, BASIS).shown != NAIVE
    only_twenty = WaitBasis(1, (), (9000, *[60] * 20), None)
    assert estimate(0, only_twenty).ranges[NAIVE] == (0, 5)


def test_percentiles_are_by_nearest_rank() -> None:
    waits = (2, 4, 4, 7, 9, 12, 15, 18, 22, 40)
    assert [nearest_rank(waits, at) for at in (10, 50, 80, 90, 95)] == [2, 9, 18, 22, 40]


@pytest.mark.parametrize(
    ("low_s", "high_s", "minutes"),
    [(0, 0, (0, 5)), (299, 301, (0, 10)), (300, 600, (5, 10)), (300, 300, (5, 10)), (-90, 40, (0, 5))],
)
def test_a_range_is_rounded_outward_to_five_minutes(low_s: int, high_s: int, minutes: tuple[int, int]) -> None:
    assert outward(low_s, high_s) == minutes


@given(st.integers(0, 400), BASES)
def test_every_range_can_be_printed_and_kept(ahead_count: int, basis: WaitBasis) -> None:
    said = estimate(ahead_count, basis)
    assert set(said.ranges) <= set(RULES)
    assert (said.minutes is None) == (said.shown == "")
    for low, high in said.ranges.values():
        assert 0 <= low < high
        assert low % STEP_MIN == high % STEP_MIN == 0
    fact = said.fact("B001", "chung-thuc", ahead_count=ahead_count, counters=basis.counters)
    assert canonical(fact.body())


@given(st.integers(0, 50), BASES)
def test_more_people_ahead_never_shorten_what_is_told(ahead_count: int, basis: WaitBasis) -> None:
    fewer, more = estimate(ahead_count, basis).minutes, estimate(ahead_count + 1, basis).minutes
    assert fewer is None or more is None or fewer[1] <= more[1]


def test_the_interval_score_is_the_published_one() -> None:
    assert [interval_score((15, 25), minutes) for minutes in (20, 30, 12)] == [10, 60, 40]


def test_four_waits_in_five_lie_inside_in_a_simulated_office_and_the_naive_rule_does_worse() -> None:
    guests = simulated(12)
    behind = [guest for guest in guests if guest.ahead_count]
    assert len(behind) > 200
    shown, naive = kept(behind), kept(behind, NAIVE)
    assert 0.72 <= shown.share <= 0.90
    assert naive.share < shown.share
    assert shown.score < naive.score
    assert kept(guests).share >= 0.80
