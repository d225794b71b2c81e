"""Periods: today, this week, month, quarter, or chosen days. Whole days only, so that no two
ranges can be subtracted to a single rating."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from kiosk.trouble import SyncTrouble
from screens.web.statistics.release import quarter_start

LONGEST_DAYS = 366


class PeriodKind(StrEnum):
    """What a manager can ask for."""

    TODAY = "today"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    DAYS = "days"


@dataclass(frozen=True, slots=True)
class Period:
    """Business days from ``first`` to ``last``, both included; ``today`` is the running one."""

    kind: PeriodKind
    first: date
    last: date
    today: date

    @property
    def is_running(self) -> bool:
        """Whether the running day belongs to it."""
        return self.first <= self.today <= self.last

    @property
    def is_one_day(self) -> bool:
        """Whether it is a single day."""
        return self.first == self.last

    @property
    def length(self) -> int:
        """How many days."""
        return (self.last - self.first).days + 1

    def days(self) -> Iterator[date]:
        """Its days, in order."""
        return (self.first + timedelta(days=turn) for turn in range(self.length))


def period(kind: str, today: date, first: str = "", last: str = "") -> Period:
    """The period that was asked for, up to today; ``SyncTrouble`` S-314 says what is wrong with it."""
    if kind not in set(PeriodKind):
        raise SyncTrouble("S-314", detail=f"period {kind!r}, one of {', '.join(PeriodKind)}")
    asked = PeriodKind(kind)
    if asked is PeriodKind.DAYS:
        return _chosen(today, first, last)
    starts = {
        PeriodKind.TODAY: today,
        PeriodKind.WEEK: today - timedelta(days=today.weekday()),
        PeriodKind.MONTH: today.replace(day=1),
        PeriodKind.QUARTER: date.fromisoformat(quarter_start(today.isoformat())),
    }
    return Period(asked, starts[asked], today, today)


def _chosen(today: date, first: str, last: str) -> Period:
    start, end = _day("from", first or last), _day("to", last or first)
    if start > end:
        raise SyncTrouble("S-314", detail=f"from {start} is after to {end}")
    if start > today:
        raise SyncTrouble("S-314", detail=f"from {start} is after today, {today}")
    if (end - start).days >= LONGEST_DAYS:
        raise SyncTrouble("S-314", detail=f"{start} to {end} is longer than {LONGEST_DAYS} days")
    return Period(PeriodKind.DAYS, start, min(end, today), today)


def _day(name: str, text: str) -> date:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        raise SyncTrouble("S-314", detail=f"{name}={text!r}, write it like 2026-11-22") from None
    if found.year < 2000:
        raise SyncTrouble("S-314", detail=f"{name}={text!r} is too long ago")
    return found
