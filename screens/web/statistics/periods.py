"""Periods: whole business days, nothing finer."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from kiosk.trouble import SyncTrouble

LONGEST_DAYS = 366
PROMISES_DAYS = 30
EARLIEST = date(2000, 1, 3)


class PeriodKind(StrEnum):
    """What a manager may ask for."""

    TODAY = "today"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    CHOSEN = "chosen"


@dataclass(frozen=True, slots=True)
class Period:
    """From ``first`` to ``last``, both included."""

    kind: PeriodKind
    first: date
    last: date

    def widened(self) -> tuple[date, date]:
        """The whole weeks, Monday to Sunday, that hold the period."""
        return monday_of(self.first), monday_of(self.last) + timedelta(days=6)

    @property
    def days(self) -> int:
        """How many days."""
        return (self.last - self.first).days + 1


def period_of(kind: PeriodKind, today: date) -> Period:
    """The running day, week (from Monday), month or quarter, whole, with the days still to come."""
    if kind is PeriodKind.WEEK:
        return Period(kind, monday_of(today), monday_of(today) + timedelta(days=6))
    if kind is PeriodKind.MONTH:
        return Period(kind, today.replace(day=1), _month_end(today.year, today.month))
    if kind is PeriodKind.QUARTER:
        month = (today.month - 1) // 3 * 3 + 1
        return Period(kind, date(today.year, month, 1), _month_end(today.year, month + 2))
    return Period(PeriodKind.TODAY, today, today)


def chosen_period(first: str, last: str) -> Period:
    """The days a person chose, as ISO text; ``SyncTrouble`` S-314 says what is wrong with them."""
    start, end = _day("from", first), _day("to", last or first)
    if end < start:
        raise SyncTrouble("S-314", detail=f"from {first} to {last}: the last day comes before the first")
    if (end - start).days >= LONGEST_DAYS:
        raise SyncTrouble("S-314", detail=f"from {first} to {last}: more than {LONGEST_DAYS} days")
    return Period(PeriodKind.CHOSEN, start, end)


def asked_period(kind: str, first: str, last: str, *, today: date) -> Period:
    """The period that an address names; chosen days win over a name, no name is today."""
    if first or last:
        return chosen_period(first or last, last)
    try:
        named = PeriodKind(kind or PeriodKind.TODAY)
    except ValueError:
        allowed = ", ".join(kind for kind in PeriodKind if kind is not PeriodKind.CHOSEN)
        raise SyncTrouble("S-314", detail=f"period {kind!r}; one of {allowed}") from None
    return period_of(named, today)


def promises_period(period: Period, today: date) -> Period:
    """The finished days over which promises are counted: the period's own, but at least 30.

    One promise is answered a few times a day; over less, a single answer could be told.
    """
    last = min(period.last, today - timedelta(days=1))
    first = min(period.first, last - timedelta(days=PROMISES_DAYS - 1))
    return Period(period.kind, first, last)


def monday_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _day(name: str, text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise SyncTrouble("S-314", detail=f"{name} {text!r} is no day like 2026-11-23") from None
    if not EARLIEST <= day <= date(2199, 12, 31):
        raise SyncTrouble("S-314", detail=f"{name} {text!r} is not a day of this office")
    return day
