"""Waits and the ranges that were told, by the published vectors, and who counts as served."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screens.web.statistics.periods import Period, PeriodKind
from screens.web.statistics.report import Report
from screens.web.statistics.shares import Share, wilson
from screens.web.statistics.survival import Reach, Waited, percentile, percentile_never, survival
from screens.web.statistics.told_ranges import Verdict, interval_score, make_told_ranges
from screens.web.statistics.waits import Waits, make_waits
from sync.central.tallies import TallyRow
from sync.central.ticket_days import HelpCall, TicketDay
from tests.web.rows import OPENS, TODAY, called_rows, day_rows, days_back, number, report_of

DAY = days_back(1)
CURVE = [Waited(at, left=left) for at, left in [
    (2, False), (4, False), (7, True), (9, False), (12, False), (12, True), (15, False), (18, True), (22, False),
    (40, False),
]]  # fmt: skip


def test_the_curve_is_the_published_one() -> None:
    steps = [(step.seconds, round(step.waiting, 4)) for step in survival(CURVE)]
    assert steps == [(2, 0.9), (4, 0.8), (9, 0.6857), (12, 0.5714), (15, 0.4286), (22, 0.2143), (40, 0.0)]
    assert [percentile(CURVE, at) for at in (50, 80)] == [Reach(15), Reach(40)]


def test_leavers_as_never_push_the_percentiles_further_out() -> None:
    assert [percentile_never(CURVE, at) for at in (50, 80)] == [Reach(15), Reach(40, reached=False)]


def test_called_alone_would_flatter() -> None:
    called = [one for one in CURVE if not one.left]
    assert [percentile(called, at) for at in (50, 80)] == [Reach(12), Reach(22)]


def test_without_leavers_percentiles_are_by_nearest_rank() -> None:
    waits = [Waited(at) for at in (2, 4, 4, 7, 9, 12, 15, 18, 22, 40)]
    assert [percentile(waits, at) for at in (50, 80, 90, 95)] == [Reach(9), Reach(18), Reach(22), Reach(40)]
    assert [percentile_never(waits, at) for at in (50, 80, 90, 95)] == [Reach(9), Reach(18), Reach(22), Reach(40)]


def test_if_everybody_left_no_percentile_is_reached() -> None:
    assert percentile([Waited(5, left=True), Waited(9, left=True)], 50) == Reach(9, reached=False)
    assert percentile([], 50) is None


@given(st.lists(st.builds(Waited, st.integers(0, 50)), min_size=1, max_size=40), st.sampled_from([10, 50, 80, 90, 95]))
def test_both_ways_agree_where_nobody_left(waits: list[Waited], percent: int) -> None:
    assert percentile(waits, percent) == percentile_never(waits, percent)


@given(st.lists(st.builds(Waited, st.integers(0, 50), st.booleans()), max_size=40))
def test_the_curve_falls_from_one_towards_nothing(waits: list[Waited]) -> None:
    heights = [1.0, *(step.waiting for step in survival(waits))]
    assert heights == sorted(heights, reverse=True)
    assert all(0 <= height <= 1 for height in heights)


def pinball(quantile: float, tau: float, value: float) -> float:
    """(x - q)(tau - [x < q]): ten times those of both ends at 0.1 and 0.9 is the interval score."""
    return (value - quantile) * (tau - (value < quantile))


def test_the_scores_are_the_published_ones() -> None:
    assert [interval_score((15, 25), 60 * at) for at in (20, 30, 12)] == [10, 60, 40]
    assert [round(pinball(25, 0.9, at), 4) for at in (30, 20)] == [4.5, 0.5]
    assert [round(pinball(15, 0.1, at), 4) for at in (30, 12)] == [1.5, 2.7]
    for at in (12, 20, 30):
        both = 10 * (pinball(15, 0.1, at) + pinball(25, 0.9, at))
        assert round(both, 4) == interval_score((15, 25), 60 * at)


@pytest.mark.parametrize(
    ("x", "n", "low", "high", "verdict"),
    [(70, 100, 0.6042, 0.7811, Verdict.MISSED), (160, 200, 0.7391, 0.8495, Verdict.HELD)],
)
def test_the_target_is_held_against_the_whole_interval(
    x: int, n: int, low: float, high: float, verdict: Verdict
) -> None:
    interval = wilson(x, n)
    assert interval is not None
    assert (round(interval.low, 4), round(interval.high, 4)) == (low, high)
    inside = [number(at, wait=10, ranges={"pace": (5, 15)}) for at in range(x)]
    outside = [number(at, wait=30, ranges={"pace": (5, 15)}) for at in range(x, n)]
    assert make_told_ranges([*inside, *outside]).told.verdict is verdict


def waits_of(*tickets: TicketDay, today: str = TODAY.isoformat(), now_min: int = 600) -> Waits:
    return make_waits(tickets, today=today, now_s=OPENS + 60 * now_min, slot_of=lambda at: f"{(at - OPENS) // 1800}")


def test_waits_come_with_their_n_their_leavers_and_their_alarms() -> None:
    tickets = [number(at, wait=at) for at in range(1, 33)] + [number(40, left=50), number(41, left=2)]
    found = waits_of(*tickets).walk_ins
    assert (found.n, found.left, found.still, found.longest_s) == (32, 2, 0, 50 * 60)
    assert found.over == (Share(17, 32, 32, 34), Share(2, 32, 32, 34))
    assert found.left_share == Share(2, 34, 34, 34)
    assert found.mean_s == 990


def test_under_ten_waits_show_their_count_and_the_longest_alone() -> None:
    found = waits_of(*(number(at, wait=at) for at in range(1, 10))).walk_ins
    assert (found.n, found.longest_s) == (9, 540)
    assert (found.median, found.p80, found.p90, found.p95, found.mean_s, found.left_share) == (None,) * 6
    assert found.over == (None, None)


def test_who_still_waits_today_counts_as_far_as_she_came() -> None:
    tickets = [number(at, wait=5) for at in range(10)] + [number(20), number(25)]
    found = waits_of(*tickets, today=DAY.isoformat(), now_min=60)
    assert (found.walk_ins.n, found.walk_ins.left, found.walk_ins.still) == (10, 0, 2)
    assert found.walk_ins.longest_s == 40 * 60
    past = waits_of(*tickets)
    assert (past.walk_ins.still, past.unknown) == (0, 2)


def test_appointments_stand_apart_and_wait_from_their_slot() -> None:
    booked = dataclasses.replace(number(0, wait=40, appointment="a"), slot_s=OPENS + 30 * 60)
    found = waits_of(booked, number(1, wait=3))
    assert (found.walk_ins.n, found.appointments.n, found.appointments.longest_s) == (1, 1, 600)


def test_services_and_half_hours_are_lines_of_their_own() -> None:
    found = waits_of(number(1, wait=3, service="A"), number(2, wait=4), number(31, wait=5))
    assert [(name, line.n) for name, line in found.services] == [("B", 2), ("A", 1)]
    assert [(name, line.n) for name, line in found.slots] == [("0", 2), ("1", 1)]


def test_a_transfer_shows_its_second_wait_and_both_together() -> None:
    moved = dataclasses.replace(number(1, wait=10), transfers=(("C", 20 * 60),))
    lost = dataclasses.replace(number(2, wait=4), transfers=(("C", None),))
    found = waits_of(moved, lost).transfers
    assert (found.n, found.called, found.second, found.total) == (2, 1, Reach(1200), Reach(1800))


def test_absences_are_a_share_of_those_called() -> None:
    tickets = [dataclasses.replace(number(at, wait=5), missed_count=2 if at < 3 else 0) for at in range(20)]
    found = waits_of(*tickets, number(30, left=5))
    assert (found.missed, found.absences, found.called) == (Share(3, 20, 20, 20), 6, 20)


def test_whoever_left_within_a_range_makes_two_bounds() -> None:
    ranges = {"pace": (5, 15), "last20": (0, 5)}
    tickets = [number(at, wait=10, ranges=ranges) for at in range(8)] + [
        number(10, wait=2, ranges=ranges), number(11, wait=40, ranges=ranges),
        number(12, left=9, ranges=ranges), number(13, left=16, ranges=ranges), number(14, wait=9),
    ]  # fmt: skip
    found = make_told_ranges(tickets)
    told = found.told
    assert (told.n, told.inside, told.under, told.over, told.left) == (11, 8, 1, 2, 1)
    assert told.share == Share(8, 11, 11, 12)
    assert told.bounds is not None
    assert (round(told.bounds.low, 4), told.bounds.high) == (0.6667, 0.75)
    assert (told.width, told.score) == (10, (8 * 10 + 40 + 260) / 10)
    assert (found.naive.inside, found.naive.over, found.naive.left, found.untold) == (1, 11, 0, 1)
    assert found.told_beside == told


def test_an_appointment_is_promised_its_slot_and_not_a_range() -> None:
    tickets = [number(at, wait=9, appointment="a", ranges={"pace": (5, 15)}) for at in range(12)]
    assert make_told_ranges(tickets).told.n == 0


def on_day(*rows: TallyRow, **more: object) -> Report:
    asked = Period(PeriodKind.DAYS, DAY, DAY, TODAY)
    return report_of(rows, asked, **more)  # type: ignore[arg-type]


def test_on_a_day_with_calls_the_served_could_rate_and_silent_is_served_less_rated() -> None:
    found = on_day(*day_rows(DAY, issued=100, satisfied=30), *called_rows(80))
    assert (found.opinions.bands.asked, found.opinions.bands.silent, found.issued) == (80, 50, 100)
    assert (found.served.served, found.served.uncalled, found.days[0].served) == (80, (), 80)


def test_on_a_day_without_calls_those_who_took_a_number_stand_for_them() -> None:
    found = on_day(*day_rows(DAY, issued=100, satisfied=30))
    assert (found.opinions.bands.asked, found.opinions.bands.silent) == (100, 70)
    assert (found.served.uncalled, found.days[0].served) == ((DAY.isoformat(),), None)


def test_days_with_and_without_calls_are_added_each_in_its_own_way() -> None:
    earlier = days_back(2)
    rows = [*day_rows(DAY, issued=100, satisfied=30), *called_rows(80), *day_rows(earlier, issued=40, satisfied=10)]
    found = report_of(rows, Period(PeriodKind.DAYS, earlier, DAY, TODAY))
    assert (found.served.asked, found.served.served, found.served.uncalled) == (120, 80, (earlier.isoformat(),))


def test_more_ratings_than_served_leave_nobody_silent() -> None:
    found = on_day(*day_rows(DAY, issued=40, satisfied=30), *called_rows(20))
    assert (found.opinions.bands.silent, found.opinions.bands.asked, found.opinions.bands.answered) == (0, 20, 30)
    assert found.opinions.share is not None
    assert found.opinions.share.response_percent == 100


def test_waits_are_of_days_with_calls_alone() -> None:
    tickets = [number(at, wait=5) for at in range(12)]
    assert on_day(*day_rows(DAY, issued=12), tickets=tickets).line.waits is None
    waits = on_day(*day_rows(DAY, issued=12), *called_rows(12), tickets=tickets).line.waits
    assert waits is not None
    assert waits.walk_ins.median == Reach(300)


def test_calls_and_calls_for_help_are_counted() -> None:
    iso = DAY.isoformat()
    rows = [
        TallyRow(iso, "called", "", "normal", 30),
        TallyRow(iso, "called", "", "priority", 4),
        TallyRow(iso, "out_of_order", "", "small-child", 2),
        TallyRow(iso, "out_of_order", "", "papers", 3),
        TallyRow(iso, "expired", "B", "waiting", 1),
    ]
    helps = [HelpCall("o", str(at), iso, True, after) for at, after in enumerate((20, 50, 90, None))]
    line = on_day(*rows, helps=helps).line
    assert (line.calls.n, line.calls.priority, line.calls.out_of_order) == (34, 4, 5)
    assert line.calls.reasons == (("papers", 3), ("small-child", 2))
    assert (line.help.n, line.help.answered, line.help.median, line.help.longest_s) == (4, 3, Reach(50), 90)
    assert line.expired == 1
