"""What the line did in a period: waits, ranges that were told, calls and their order, calls for help."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from screens.web.statistics.release import answers_by_day
from screens.web.statistics.survival import Reach, Waited, percentile
from screens.web.statistics.told_ranges import ToldRanges, make_told_ranges
from screens.web.statistics.waits import Waits, make_waits
from sync.central.tallies import TallyRow
from sync.central.ticket_days import HelpCall, TicketDay


@dataclass(frozen=True, slots=True)
class Calls:
    """Calls to counters: all, those from the priority lane, those out of order (with their reasons)."""

    n: int
    priority: int
    out_of_order: int
    reasons: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Help:
    """Calls for a person: all, those answered, and the median time until somebody went."""

    n: int
    answered: int
    median: Reach | None
    longest_s: int | None


@dataclass(frozen=True, slots=True)
class LineReport:
    """All of it. ``waits`` and ``ranges`` are of the days with calls; None if there were none."""

    waits: Waits | None
    ranges: ToldRanges | None
    calls: Calls
    help: Help
    cancelled: int
    expired: int


@dataclass(frozen=True, slots=True)
class Moment:
    """When a report is made: the business day (ISO), the instant (UTC seconds), and the half hour of any instant."""

    today: str
    now_s: int
    slot_of: Callable[[int], str]


def make_line_report(
    rows: Sequence[TallyRow], tickets: Sequence[TicketDay], helps: Sequence[HelpCall], moment: Moment
) -> LineReport:
    """The line by the tallies, numbers and calls for help of a period."""
    called_days = {row.day for row in rows if row.measure == "called"}
    inside = [one for one in tickets if one.day in called_days]
    waits = make_waits(inside, today=moment.today, now_s=moment.now_s, slot_of=moment.slot_of) if inside else None
    return LineReport(
        waits,
        make_told_ranges(inside) if inside else None,
        calls=_calls(rows),
        help=_help(helps),
        cancelled=sum(row.n for row in rows if row.measure == "cancelled"),
        expired=sum(row.n for row in rows if row.measure == "expired"),
    )


def _calls(rows: Sequence[TallyRow]) -> Calls:
    lanes = answers_by_day((row.answer, row.n) for row in rows if row.measure == "called")
    reasons = answers_by_day((row.answer, row.n) for row in rows if row.measure == "out_of_order")
    most_first = tuple(sorted(reasons.items(), key=lambda pair: (-pair[1], pair[0])))
    return Calls(sum(lanes.values()), lanes.get("priority", 0), sum(reasons.values()), most_first)


def _help(helps: Sequence[HelpCall]) -> Help:
    answered = [one.after_s for one in helps if one.after_s is not None]
    return Help(
        len(helps), len(answered), percentile([Waited(one) for one in answered], 50), max(answered, default=None)
    )
