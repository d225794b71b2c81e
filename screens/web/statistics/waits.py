"""Waits of a period: from the number to the first call, with those who left and never were called.

Not counted is the time before a number is taken, and every reader is told so. Appointments wait from
the later of number and slot and stand apart; a transfer begins a second wait.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from screens.web.statistics.release import LEAST
from screens.web.statistics.shares import Share
from screens.web.statistics.survival import Reach, Waited, percentile, percentile_never
from sync.central.ticket_days import Ended, TicketDay

ALARMS_MIN = (15, 30)
"""Amber and red: a wait beyond them is counted apart (domain 7)."""


@dataclass(frozen=True, slots=True)
class WaitLine:
    """The waits of one group. ``n``: called at least once; ``left``: gave up or expired without a call; ``still``:
    wait at this moment, counted like those who left so far. Times in seconds; None under ten waits."""

    n: int
    left: int
    still: int
    longest_s: int | None
    median: Reach | None
    p80: Reach | None
    p90: Reach | None
    p95: Reach | None
    median_never: Reach | None
    p80_never: Reach | None
    mean_s: int | None
    over: tuple[Share | None, ...]
    left_share: Share | None

    @property
    def all(self) -> int:
        """Everybody who waited."""
        return self.n + self.left + self.still


@dataclass(frozen=True, slots=True)
class Transfers:
    """Numbers that were sent on. Medians in seconds of those called again: the second wait, and both together."""

    n: int
    called: int
    second: Reach | None
    total: Reach | None


@dataclass(frozen=True, slots=True)
class Waits:
    """All of a period. ``services``: by service, most waits first; ``slots``: by the half hour of the number;
    ``missed``: of the numbers called, those nobody came to at least once; ``absences``: how often in all;
    ``served_s``: service times by service; ``unknown``: past numbers of which nobody wrote how they ended."""

    walk_ins: WaitLine
    appointments: WaitLine
    services: tuple[tuple[str, WaitLine], ...]
    slots: tuple[tuple[str, WaitLine], ...]
    transfers: Transfers
    called: int
    absences: int
    missed: Share | None
    served_s: tuple[tuple[str, int, Reach], ...]
    unknown: int


def make_waits(tickets: Sequence[TicketDay], *, today: str, now_s: int, slot_of: Callable[[int], str]) -> Waits:
    """The waits of these numbers, all of days with calls. ``now_s``: where those who still wait today stand (UTC
    seconds); ``slot_of``: the half hour of an instant, "08:30"."""
    known = [one for one in tickets if one.issued_s is not None]
    waited = [(one, _waited(one, today, now_s)) for one in known]
    walk_ins = [(one, wait) for one, wait in waited if wait and not one.appointment]
    booked = [(one, wait) for one, wait in waited if wait and one.appointment]
    called = [one for one in known if one.called_s is not None]
    absent = sum(one.missed_count > 0 for one in called)
    return Waits(
        walk_ins=_line(walk_ins),
        appointments=_line(booked),
        services=tuple(sorted(_by(walk_ins, lambda one: one.service), key=lambda pair: (-pair[1].all, pair[0]))),
        slots=tuple(_by(walk_ins, lambda one: slot_of(one.issued_s or 0))),
        transfers=_transfers(known),
        called=len(called),
        absences=sum(one.missed_count for one in called),
        missed=Share(absent, len(called), len(called), len(called)) if len(called) >= LEAST else None,
        served_s=tuple(_served(known)),
        unknown=sum(wait is None for _, wait in waited),
    )


_Pairs = Sequence[tuple[TicketDay, Waited | None]]


def _waited(ticket: TicketDay, today: str, now_s: int) -> Waited | None:
    """How long it waited; None if nobody wrote how it ended."""
    if ticket.wait_s is not None:
        return Waited(ticket.wait_s)
    if ticket.left_after_s is not None:
        return Waited(ticket.left_after_s, left=True)
    if ticket.day != today or ticket.waits_from_s is None:
        return None
    return Waited(max(0, now_s - ticket.waits_from_s), left=True)


def _line(pairs: _Pairs) -> WaitLine:
    waits = [wait for _, wait in pairs if wait]
    called = sorted(wait.seconds for wait in waits if not wait.left)
    still = sum(one.ended is Ended.OPEN and one.called_s is None for one, _ in pairs)
    left = len(waits) - len(called) - still
    shown = len(waits) >= LEAST
    shares = tuple(
        Share(sum(one > 60 * limit for one in called), len(called), len(called), len(waits))
        if len(called) >= LEAST
        else None
        for limit in ALARMS_MIN
    )
    return WaitLine(
        len(called),
        left,
        still,
        longest_s=max((wait.seconds for wait in waits), default=None),
        median=percentile(waits, 50) if shown else None,
        p80=percentile(waits, 80) if shown else None,
        p90=percentile(waits, 90) if shown else None,
        p95=percentile(waits, 95) if shown else None,
        median_never=percentile_never(waits, 50) if shown else None,
        p80_never=percentile_never(waits, 80) if shown else None,
        mean_s=round(sum(called) / len(called)) if len(called) >= LEAST else None,
        over=shares,
        left_share=Share(left, len(waits), len(waits), len(waits)) if shown else None,
    )


def _by(pairs: _Pairs, key: Callable[[TicketDay], str]) -> Iterable[tuple[str, WaitLine]]:
    groups: dict[str, list[tuple[TicketDay, Waited | None]]] = {}
    for one, wait in pairs:
        groups.setdefault(key(one), []).append((one, wait))
    return ((name, _line(groups[name])) for name in sorted(groups))


def _transfers(tickets: Iterable[TicketDay]) -> Transfers:
    moved = [one for one in tickets if one.transfers]
    second = [wait for one in moved for _, wait in one.transfers if wait is not None]
    total = [
        one.wait_s + sum(wait for _, wait in one.transfers if wait is not None)
        for one in moved
        if one.wait_s is not None and all(wait is not None for _, wait in one.transfers)
    ]
    return Transfers(
        sum(len(one.transfers) for one in moved),
        len(second),
        second=percentile([Waited(one) for one in second], 50),
        total=percentile([Waited(one) for one in total], 50),
    )


def _served(tickets: Iterable[TicketDay]) -> Iterable[tuple[str, int, Reach]]:
    """(service, how many, median service time), of numbers that stayed with one service."""
    times: dict[str, list[Waited]] = {}
    for one in tickets:
        if one.service_s is not None and not one.transfers:
            times.setdefault(one.service, []).append(Waited(one.service_s))
    for service in sorted(times):
        median = percentile(times[service], 50)
        if median is not None and len(times[service]) >= LEAST:
            yield service, len(times[service]), median
