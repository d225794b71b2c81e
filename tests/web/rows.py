"""Tally rows as the log would hold them, made by hand for the figures' tests."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from kiosk.criteria import default_set
from screens.web.statistics.periods import Period, period
from screens.web.statistics.report import Counted, Report, make_report
from sync.central.tallies import HourRow, TallyRow
from sync.central.ticket_days import Ended, HelpCall, TicketDay

TODAY = date(2026, 11, 20)
EVENING = datetime(2026, 11, 20, 19, 0)
SET = default_set()
DAY = TODAY - timedelta(days=1)
OPENS = int(datetime(DAY.year, DAY.month, DAY.day, 8, tzinfo=UTC).timestamp())
"""Eight o'clock of yesterday, UTC seconds."""


def day_rows(day: date, *, issued: int, satisfied: int = 0, neutral: int = 0, dissatisfied: int = 0) -> list[TallyRow]:
    """One day's tickets (service B) and answers with a ballot."""
    iso = day.isoformat()
    answers = {"satisfied": satisfied, "neutral": neutral, "dissatisfied": dissatisfied}
    rated = [TallyRow(iso, "rated", "", answer, n) for answer, n in answers.items() if n]
    return [TallyRow(iso, "issued", "B", "normal", issued), *rated]


def criterion_row(day: date, criterion: str, answer: str, n: int) -> TallyRow:
    """Answers to one promise of the default set."""
    return TallyRow(day.isoformat(), "criterion", f"{SET.id}:{SET.version}:{criterion}", answer, n)


def days_back(count: int) -> date:
    """A day before today."""
    return TODAY - timedelta(days=count)


def number(
    place: int,
    *,
    wait: int | None = None,
    left: int | None = None,
    service: str = "B",
    appointment: str = "",
    ranges: dict[str, tuple[int, int]] | None = None,
) -> TicketDay:
    """A number of yesterday, taken ``place`` minutes after eight; waits in minutes."""
    at = OPENS + 60 * place
    shown = "pace" if ranges and "pace" in ranges else ""
    return TicketDay(
        "o", DAY.isoformat(), f"B{place:03}", service, False, appointment, at,
        called_s=None if wait is None else at + 60 * wait, left_s=None if left is None else at + 60 * left,
        ended=Ended.OPEN if left is None else Ended.CANCELLED, shown=shown, ranges=ranges,
    )  # fmt: skip


def called_rows(served: int) -> list[TallyRow]:
    """Yesterday's calls, all of them served."""
    iso = DAY.isoformat()
    return [TallyRow(iso, "called", "", "normal", served), TallyRow(iso, "served", "B", "", served)]


def report_of(
    rows: Sequence[TallyRow],
    asked: Period | None = None,
    *,
    today: Sequence[tuple[str, str]] = (),
    hours: Sequence[HourRow] = (),
    tickets: Sequence[TicketDay] = (),
    helps: Sequence[HelpCall] = (),
) -> Report:
    """A report in the evening of TODAY."""
    counted = Counted(rows=sorted(rows), hours=hours, today=today, tickets=tickets, helps=helps)
    return make_report(counted, asked or period("today", TODAY), SET, EVENING)
