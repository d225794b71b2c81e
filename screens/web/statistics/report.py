"""The report: every figure of a period, made once and then shown as page, CSV or JSON.

Page and exports read the same object, so that what is hidden in one is hidden in all.
On days with calls those who were served could rate; on days without any, everybody who
took a number stands for them, and every reader is told which days these are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Protocol

from kiosk.criteria import CriteriaSet
from screens.web.statistics.bands import Bands, Split, split_of
from screens.web.statistics.line_report import LineReport, Moment, make_line_report
from screens.web.statistics.periods import Period
from screens.web.statistics.promises import WINDOW_DAYS, Allegations, Promises, allegations, promises, window_of
from screens.web.statistics.release import (
    LEAST,
    answers_by_day,
    quarter_start,
    released_days,
    released_today,
)
from screens.web.statistics.served import Served, served_in
from screens.web.statistics.shares import Interval, Share, bounds
from sync.central.tallies import HourRow, TallyRow
from sync.central.ticket_days import HelpCall, TicketDay

USUAL_WEEKS = 8
USUAL_LEAST = 3
"""A usual range needs the same weekday at least this often."""


@dataclass(frozen=True, slots=True)
class Opinions:
    """The four bands and what may be said of them; share and bounds are None while the split is hidden."""

    bands: Bands
    share: Share | None
    bounds: Interval | None


@dataclass(frozen=True, slots=True)
class Loose:
    """Answers without a ballot: a table of their own, never part of the headline."""

    n: int
    shown: Split | None


@dataclass(frozen=True, slots=True)
class Slips:
    """What became of the slips."""

    printed: int
    not_printed: int
    unknown: int
    reprinted: int


@dataclass(frozen=True, slots=True)
class DayLine:
    """One day: tickets and answers always, the split where that day is a unit of its own; ``served`` None on
    a day without calls."""

    day: date
    issued: int
    served: int | None
    answered: int
    shown: Split | None


@dataclass(frozen=True, slots=True)
class Usual:
    """The fewest and most tickets of the last few same weekdays."""

    low: int
    high: int
    weeks: int


@dataclass(frozen=True, slots=True)
class Report:
    """All figures of a period. ``made_at`` is the office's wall time; ``services`` and ``slots`` count tickets."""

    asked: Period
    made_at: datetime
    issued: int
    served: Served
    priority: int
    opinions: Opinions
    loose: Loose
    rated_again: int
    unanswered: int
    promises: Promises
    allegations: Allegations
    services: tuple[tuple[str, int], ...]
    slots: tuple[tuple[str, int], ...]
    slips: Slips
    line: LineReport
    days: tuple[DayLine, ...]
    usual: Usual | None
    last_day: date | None


@dataclass(frozen=True, slots=True)
class Counted:
    """What a report is made of. ``rows`` reach from :func:`first_needed` to today; ``today`` are the
    running day's (slot, answer) with a ballot, in order; ``tickets`` and ``helps`` are of the period."""

    rows: Sequence[TallyRow]
    hours: Sequence[HourRow]
    today: Sequence[tuple[str, str]]
    tickets: Sequence[TicketDay] = ()
    helps: Sequence[HelpCall] = ()


def first_needed(asked: Period) -> date:
    """The first day of which rows are needed: the quarters of period and window, and the weeks for "usual"."""
    starts = (asked.first, window_of(asked).first)
    quarters = (date.fromisoformat(quarter_start(day.isoformat())) for day in starts)
    return min(*quarters, asked.last - timedelta(weeks=USUAL_WEEKS), asked.today - timedelta(days=WINDOW_DAYS))


class Counts(Protocol):
    """The log, as far as a report reads it (``sync.central.store.Store`` is one)."""

    def tallies(self, office_id: str, first_day: str, last_day: str) -> list[TallyRow]:
        """Counts of those days, both included."""

    def hours(self, office_id: str, first_day: str, last_day: str) -> list[HourRow]:
        """Half hours of those days."""

    def answers_of_day(self, office_id: str, day: str) -> list[tuple[str, str]]:
        """(slot, answer) of the day's answers with a ballot, in the order they were given."""

    def ticket_days(self, office_id: str, first_day: str, last_day: str) -> list[TicketDay]:
        """What became of the numbers of those days."""

    def help_calls(self, office_id: str, first_day: str, last_day: str) -> list[HelpCall]:
        """The calls for help of those days."""


def read_report(log: Counts, office_id: str, asked: Period, *, criteria: CriteriaSet, made_at: datetime) -> Report:
    """The report of an office for a period; ``made_at`` is its wall time now."""
    first, last, today = asked.first.isoformat(), asked.last.isoformat(), asked.today.isoformat()
    counted = Counted(
        rows=log.tallies(office_id, first_needed(asked).isoformat(), today),
        hours=log.hours(office_id, first, last),
        today=log.answers_of_day(office_id, today) if asked.is_running else (),
        tickets=log.ticket_days(office_id, first, last),
        helps=log.help_calls(office_id, first, last),
    )
    return make_report(counted, asked, criteria, made_at)


def make_report(counted: Counted, asked: Period, criteria: CriteriaSet, made_at: datetime) -> Report:
    """Every figure of the period, with what is hidden already gone."""
    first, last = asked.first.isoformat(), asked.last.isoformat()
    inside = [row for row in counted.rows if first <= row.day <= last]
    of_today = _of_today(counted, made_at) if asked.is_running else Split()
    served = served_in(inside)
    return Report(
        asked=asked,
        made_at=made_at,
        issued=_sum(inside, "issued"),
        served=served,
        priority=sum(row.n for row in inside if row.measure == "issued" and row.answer == "priority"),
        opinions=_opinions(counted.rows, asked, served.asked, of_today),
        loose=_loose(counted.rows, asked),
        rated_again=_sum(inside, "rated_again"),
        unanswered=_sum(inside, "unanswered"),
        promises=promises(counted.rows, window_of(asked), criteria),
        allegations=allegations(counted.rows, asked.today, criteria),
        services=_by_key(inside),
        slots=_by_slot(counted.hours, first, last),
        slips=Slips(*(_sum(inside, name) for name in ("printed", "not_printed", "print_unknown", "reprinted"))),
        line=make_line_report(inside, counted.tickets, counted.helps, _moment(asked, made_at)),
        days=_day_lines(inside, asked, of_today),
        usual=_usual(counted.rows, asked) if asked.is_one_day else None,
        last_day=max(
            (date.fromisoformat(row.day) for row in counted.rows if row.measure == "issued"),
            default=None,
        ),
    )


def _moment(asked: Period, made_at: datetime) -> Moment:
    zone = made_at.tzinfo or UTC

    def slot_of(at_s: int) -> str:
        local = datetime.fromtimestamp(at_s, zone)
        return f"{local.hour:02}:{local.minute // 30 * 30:02}"

    return Moment(asked.today.isoformat(), int(made_at.replace(tzinfo=zone).timestamp()), slot_of)


def _opinions(rows: Sequence[TallyRow], asked: Period, could_rate: int, of_today: Split) -> Opinions:
    first, last = asked.first.isoformat(), asked.last.isoformat()
    answered = sum(row.n for row in rows if row.measure == "rated" and first <= row.day <= last)
    split = _released(rows, "rated", asked).plus(of_today)
    shown = split if split.n else None
    bands = Bands(asked=could_rate, answered=answered, shown=shown)
    if shown is None:
        return Opinions(bands, None, None)
    share = Share(shown.satisfied, shown.n, answered, bands.all)
    return Opinions(bands, share, bounds(shown.satisfied, shown.other, bands.all))


def _of_today(counted: Counted, made_at: datetime) -> Split:
    return split_of((answer, 1) for answer in released_today(counted.today, made_at.strftime("%H:%M")))


def _released(rows: Sequence[TallyRow], measure: str, asked: Period) -> Split:
    """What may be split of a measure on the closed days of a period."""
    closed = [row for row in rows if row.measure == measure and row.day < asked.today.isoformat()]
    by_day = answers_by_day((row.day, row.n) for row in closed)
    days = released_days(by_day, asked.first.isoformat(), asked.last.isoformat())
    return split_of((row.answer, row.n) for row in closed if row.day in days)


def _loose(rows: Sequence[TallyRow], asked: Period) -> Loose:
    inside = (row for row in rows if asked.first.isoformat() <= row.day <= asked.last.isoformat())
    shown = _released(rows, "loose", asked)
    return Loose(_sum(inside, "loose"), shown if shown.n else None)


def _day_lines(inside: Sequence[TallyRow], asked: Period, of_today: Split) -> tuple[DayLine, ...]:
    by_day: dict[str, list[TallyRow]] = defaultdict(list)
    for row in inside:
        by_day[row.day].append(row)
    return tuple(_day_line(day, by_day[day.isoformat()], asked.today, of_today) for day in asked.days())


def _day_line(day: date, rows: Sequence[TallyRow], today: date, of_today: Split) -> DayLine:
    split = of_today if day == today else split_of((row.answer, row.n) for row in rows if row.measure == "rated")
    called = served_in(rows)
    served = None if called.uncalled else called.served
    return DayLine(day, _sum(rows, "issued"), served, _sum(rows, "rated"), split if split.n >= LEAST else None)


def _usual(rows: Sequence[TallyRow], asked: Period) -> Usual | None:
    same = {(asked.first - timedelta(weeks=back)).isoformat() for back in range(1, USUAL_WEEKS + 1)}
    found = answers_by_day((row.day, row.n) for row in rows if row.measure == "issued" and row.day in same).values()
    return Usual(min(found), max(found), len(found)) if len(found) >= USUAL_LEAST else None


def _by_key(rows: Sequence[TallyRow]) -> tuple[tuple[str, int], ...]:
    found = answers_by_day((row.key, row.n) for row in rows if row.measure == "issued")
    return tuple(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))


def _by_slot(hours: Sequence[HourRow], first: str, last: str) -> tuple[tuple[str, int], ...]:
    inside = ((row.slot, row.n) for row in hours if row.measure == "issued" and first <= row.day <= last)
    return tuple(sorted(answers_by_day(inside).items()))


def _sum(rows: Iterable[TallyRow], measure: str) -> int:
    return sum(row.n for row in rows if row.measure == measure)
