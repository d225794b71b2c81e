"""How counts are dealt out: a series for all and a reserve for each, which never meet."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.number_blocks import HOME_PLACE, PLACES, SHARED, next_count, place_of, shared_length

ALL_PLACES = range(PLACES + 1)


@pytest.mark.parametrize(
    ("count", "place"),
    [(1, 0), (5999, 0), (6001, 1), (6999, 1), (7000, 2), (20_001, 15), (20_999, 15), (21_000, 0), (21_999, 0),
     (22_000, 1), (36_999, 15), (37_000, 0), (38_000, 1)],
)  # fmt: skip
def test_a_count_says_whose_it_is(count: int, place: int) -> None:
    assert place_of(count) == place


@pytest.mark.parametrize(
    ("place", "highest", "after"),
    [(SHARED, 0, 1), (SHARED, 41, 42), (SHARED, 5999, 21_000), (SHARED, 21_999, 37_000), (1, 0, 6001), (2, 0, 7001),
     (HOME_PLACE, 0, 20_001), (1, 6001, 6002), (1, 6999, 22_000), (2, 7999, 23_000)],
)  # fmt: skip
def test_each_place_goes_on_in_its_own_blocks(place: int, highest: int, after: int) -> None:
    assert next_count(place, highest) == after


@given(st.integers(1, 200_000))
def test_what_comes_next_is_larger_and_of_the_same_place(highest: int) -> None:
    after = next_count(place_of(highest), highest)
    assert after > highest
    assert place_of(after) == place_of(highest)


def test_all_places_together_give_each_count_once() -> None:
    seen: set[int] = set()
    for place in ALL_PLACES:
        count = 0
        for _ in range(3000):
            count = next_count(place, count)
            assert count not in seen
            seen.add(count)


def test_the_shared_series_can_be_counted() -> None:
    counts = [0]
    for _ in range(9000):
        counts.append(next_count(SHARED, counts[-1]))
    lengths = [shared_length(count) for count in counts]
    assert lengths[0] == 0
    assert all(after == before + 1 for before, after in pairwise(lengths))
