"""The report: counts always, shares only with all that they are read with."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screens.web.statistics.bands import Split
from screens.web.statistics.periods import Period, PeriodKind, period
from screens.web.statistics.release import LEAST
from screens.web.statistics.report import Counted, Usual, first_needed, make_report, read_report
from sync.central.tallies import HourRow, TallyRow
from sync.central.ticket_days import HelpCall, TicketDay
from tests.web.rows import EVENING, SET, TODAY, criterion_row, day_rows, days_back, report_of


def chosen(first: date, last: date) -> Period:
    return Period(PeriodKind.DAYS, first, last, TODAY)


def test_the_headline_of_a_closed_day() -> None:
    day = days_back(1)
    rows = day_rows(day, issued=118, satisfied=34, neutral=7, dissatisfied=6)
    found = report_of(rows, chosen(day, day)).opinions
    assert found.share is not None
    assert found.bounds is not None
    assert (found.bands.asked, found.bands.answered, found.bands.silent, found.bands.held) == (118, 47, 71, 0)
    assert (found.share.percent, found.share.response_percent) == (72, 40)
    assert found.bounds.whole_percents() == (29, 89)


def test_fewer_than_ten_answers_hide_split_share_and_bounds() -> None:
    day = days_back(1)
    found = report_of(day_rows(day, issued=60, satisfied=9), chosen(day, day)).opinions
    assert (found.bands.shown, found.share, found.bounds) == (None, None, None)
    assert (found.bands.answered, found.bands.held, found.bands.silent) == (9, 9, 51)


def test_the_running_day_shows_whole_tens_and_counts_the_rest() -> None:
    today = [("08:00", "satisfied")] * 12 + [("08:30", "neutral")] * 5
    rows = day_rows(TODAY, issued=40, satisfied=12, neutral=5)
    counted = Counted(rows=rows, hours=(), today=today)
    found = make_report(counted, period("today", TODAY), SET, datetime(2026, 11, 20, 9, 0)).opinions
    assert found.bands.shown == Split(10, 0, 0)
    assert (found.bands.answered, found.bands.held, found.bands.silent) == (17, 7, 23)
    assert found.share is not None
    assert (found.share.n, found.share.answered) == (10, 17)


def test_a_week_is_its_closed_days_and_what_today_shows() -> None:
    rows = day_rows(days_back(1), issued=50, satisfied=20) + day_rows(TODAY, issued=50, satisfied=15)
    asked = period("week", TODAY)
    found = report_of(rows, asked, today=[("14:00", "satisfied")] * 15).opinions
    assert found.bands.shown == Split(35, 0, 0)


def test_ratings_of_a_later_day_leave_nobody_less_than_silent() -> None:
    rows = [TallyRow(days_back(1).isoformat(), "rated", "", "satisfied", 12)]
    found = report_of(rows, chosen(days_back(1), days_back(1))).opinions
    assert found.share is not None
    assert (found.bands.silent, found.share.response_percent) == (0, 100)


def test_loose_ratings_stand_apart() -> None:
    day = days_back(1).isoformat()
    rows = [TallyRow(day, "loose", "", "satisfied", 11), TallyRow(day, "loose", "", "dissatisfied", 1)]
    found = report_of(rows, chosen(days_back(1), days_back(1)))
    assert found.loose.n == 12
    assert found.loose.shown == Split(11, 0, 1)
    assert found.opinions.bands.answered == 0


def test_loose_ratings_of_the_running_day_are_counted_and_not_split() -> None:
    rows = [TallyRow(TODAY.isoformat(), "loose", "", "satisfied", 30)]
    assert (report_of(rows).loose.n, report_of(rows).loose.shown) == (30, None)


def test_second_uses_skips_and_slips_are_counts() -> None:
    iso = TODAY.isoformat()
    rows = [
        TallyRow(iso, "rated_again", "", "satisfied", 2),
        TallyRow(iso, "unanswered", "", "timeout", 3),
        TallyRow(iso, "printed", "", "", 40),
        TallyRow(iso, "not_printed", "", "P-101", 4),
        TallyRow(iso, "print_unknown", "", "P-110", 5),
        TallyRow(iso, "reprinted", "", "asked", 6),
    ]
    found = report_of(rows)
    assert (found.rated_again, found.unanswered) == (2, 3)
    assert (found.slips.printed, found.slips.not_printed, found.slips.unknown, found.slips.reprinted) == (40, 4, 5, 6)
    assert found.opinions.bands.answered == 0


def test_services_stand_most_asked_first_and_priority_is_counted() -> None:
    iso = TODAY.isoformat()
    rows = [
        TallyRow(iso, "issued", "A", "normal", 3),
        TallyRow(iso, "issued", "B", "normal", 9),
        TallyRow(iso, "issued", "A", "priority", 2),
    ]
    found = report_of(rows)
    assert (found.services, found.priority, found.issued) == ((("B", 9), ("A", 5)), 2, 14)


def test_half_hours_count_tickets_only() -> None:
    iso = TODAY.isoformat()
    hours = [
        HourRow(iso, "07:30", "issued", "A", 3),
        HourRow(iso, "07:30", "issued", "B", 4),
        HourRow(iso, "07:30", "rated", "", 9),
    ]
    assert report_of([], hours=hours).slots == (("07:30", 7),)


def test_usual_needs_three_same_weekdays() -> None:
    rows = [row for back in (7, 14) for row in day_rows(days_back(back), issued=100 + back)]
    assert report_of(rows).usual is None
    rows += day_rows(days_back(21), issued=90) + day_rows(days_back(20), issued=1)
    assert report_of(rows).usual == Usual(90, 114, 3)


def test_the_last_day_with_tickets_is_known_for_an_empty_page() -> None:
    assert report_of([]).last_day is None
    assert report_of(day_rows(days_back(3), issued=5)).last_day == days_back(3)


def test_a_promise_counts_not_quite_as_not_kept_and_leaves_out_what_does_not_apply() -> None:
    day = days_back(2)
    answers = {"yes": 30, "not_quite": 5, "no": 2, "skipped": 4}
    rows = [criterion_row(day, "B1", answer, n) for answer, n in answers.items()]
    rows += [criterion_row(day, "B4", _beside("B4"), 8), criterion_row(day, "B4", "yes", 3)]
    found = {row.criterion.id: row for row in report_of(rows).promises.rows}
    listened, sorry = found["B1"], found["B4"]
    assert (listened.n, listened.kept, listened.not_quite, listened.not_kept) == (37, 30, 5, 2)
    assert (listened.skipped, listened.not_applicable) == (4, 0)
    assert (sorry.n, sorry.not_applicable, sorry.kept, sorry.share) == (3, 8, None, None)


def _beside(criterion: str) -> str:
    return next(answer.id for answer in SET.criterion(criterion).answers if answer.kept is None)


def test_promises_never_hold_the_running_day() -> None:
    rows = [criterion_row(TODAY, "B1", "yes", 50), criterion_row(days_back(1), "B1", "yes", 12)]
    found = next(row for row in report_of(rows).promises.rows if row.criterion.id == "B1")
    assert (found.n, found.kept) == (12, 12)


def test_an_allegation_is_a_count_of_thirty_closed_days_whatever_was_asked() -> None:
    rows = [criterion_row(days_back(back), "K1", "yes", 1) for back in (0, 1, 30, 31)]
    for asked in (period("today", TODAY), period("quarter", TODAY), chosen(days_back(9), days_back(9))):
        found = report_of(rows, asked)
        assert found.allegations.count == 2
        assert "K1" not in {row.criterion.id for row in found.promises.rows}


def test_answers_to_another_set_are_not_mixed_in() -> None:
    rows = [TallyRow(days_back(1).isoformat(), "criterion", "other:3:B1", "yes", 7)]
    found = report_of(rows).promises
    assert found.others == 7
    assert all(row.n == 0 for row in found.rows)


def test_a_response_of_fewer_than_ten_is_no_percentage() -> None:
    assert report_of(day_rows(days_back(1), issued=80, satisfied=9)).promises.response.percent is None
    assert report_of(day_rows(days_back(1), issued=80, satisfied=20)).promises.response.percent == 25


class CountsOfOneOffice:
    """A log that remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, ...]] = []

    def tallies(self, office_id: str, first_day: str, last_day: str) -> list[TallyRow]:
        self.asked.append(("tallies", office_id, first_day, last_day))
        return day_rows(TODAY, issued=3)

    def hours(self, office_id: str, first_day: str, last_day: str) -> list[HourRow]:
        self.asked.append(("hours", office_id, first_day, last_day))
        return [HourRow(TODAY.isoformat(), "08:00", "issued", "B", 3)]

    def answers_of_day(self, office_id: str, day: str) -> list[tuple[str, str]]:
        self.asked.append(("answers", office_id, day))
        return []

    def ticket_days(self, office_id: str, first_day: str, last_day: str) -> list[TicketDay]:
        self.asked.append(("tickets", office_id, first_day, last_day))
        return []

    def help_calls(self, office_id: str, first_day: str, last_day: str) -> list[HelpCall]:
        self.asked.append(("helps", office_id, first_day, last_day))
        return []


def test_the_log_is_asked_for_no_more_than_is_needed() -> None:
    log = CountsOfOneOffice()
    past = read_report(log, "bac-son", chosen(days_back(5), days_back(4)), criteria=SET, made_at=EVENING)
    assert [call[0] for call in log.asked] == ["tallies", "hours", "tickets", "helps"]
    assert log.asked[0][2] == first_needed(past.asked).isoformat()
    assert read_report(log, "bac-son", period("today", TODAY), criteria=SET, made_at=EVENING).issued == 3
    assert ("answers", "bac-son", TODAY.isoformat()) in log.asked


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 4), st.integers(0, 4)), min_size=2, max_size=9))
def test_no_subtraction_of_reports_tells_fewer_than_ten_answers(days: list[tuple[int, int, int]]) -> None:
    rows = [
        row
        for back, (good, middle, bad) in enumerate(days, start=1)
        for row in day_rows(days_back(back), issued=20, satisfied=good, neutral=middle, dissatisfied=bad)
    ]
    spans = [(last, first) for last, first in combinations(range(1, len(days) + 1), 2)]
    shown = []
    for last, first in spans:
        report = report_of(rows, chosen(days_back(first), days_back(last)))
        total = report.opinions.bands.shown.n if report.opinions.bands.shown else 0
        told = sum(line.shown.n for line in report.days if line.shown)
        assert total - told == 0 or total - told >= LEAST
        shown.append((last, first, total))
    for (last, first, n), (last2, first2, n2) in combinations(shown, 2):
        if last <= last2 and first2 <= first:
            assert n - n2 == 0 or n - n2 >= LEAST


@pytest.mark.parametrize("count", [1, 366])
def test_a_report_has_a_line_for_every_day(count: int) -> None:
    asked = chosen(TODAY - timedelta(days=count - 1), TODAY)
    assert len(report_of([], asked).days) == count
