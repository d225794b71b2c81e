"""What a kiosk may say of the wait: the office's newest view, and its own numbers the office has not seen yet.

Unknown stays unknown: without a fresh view there is no count, and no zero.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass

from kiosk.entry import Entry
from kiosk.estimates import estimate
from kiosk.facts import TicketIssued
from kiosk.line_facts import TicketCancelled, WaitEstimated
from kiosk.lobby_views import KioskView, ServiceLine

FRESH_S = 10.0
"""How old a view of the office may be and still be shown."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """What is known of the wait: people ahead, and a range of minutes only with its basis."""

    ahead: int
    minutes: tuple[int, int] | None = None
    counters: int = 0


class OwnLine:
    """A fold: today's numbers of this kiosk's book, so that those the office does not hold yet can be counted.

    One thread takes in; any thread may count.
    """

    def __init__(self) -> None:
        self._day = ""
        self._came: dict[str, list[int]] = defaultdict(list)
        self._went: dict[str, list[int]] = defaultdict(list)
        self._service: dict[str, str] = {}

    def take_in(self, entry: Entry) -> None:
        """Fold one entry."""
        if entry.fact == TicketIssued.__name__:
            self._turn_to(entry.day)
            body = entry.fields()
            self._service[body["number"]] = body["service"]
            self._came[body["service"]].append(entry.seq)
        elif entry.fact == TicketCancelled.__name__ and entry.fields()["day"] == self._day:
            service = self._service.pop(entry.fields()["number"], "")
            if service:
                self._went[service].append(entry.seq)

    def behind(self, through: int, service: str) -> int:
        """How many of a service came, less those who gave up, after the entry ``through`` of this book."""
        came, went = self._came.get(service, ()), self._went.get(service, ())
        return len(came) - bisect_right(came, through) - (len(went) - bisect_right(went, through))

    def _turn_to(self, day: str) -> None:
        if day != self._day:
            self._day = day
            self._came, self._went, self._service = defaultdict(list), defaultdict(list), {}


@dataclass(frozen=True, slots=True)
class Expected:
    """What was said of the wait to one newcomer, and what is kept of it."""

    waiting: Waiting
    line: ServiceLine
    service: str

    def fact(self, number: str) -> WaitEstimated:
        """What is kept with the number, to be graded by the wait that comes true."""
        ahead, basis = self.waiting.ahead, self.line.basis
        return estimate(ahead, basis).fact(number, self.service, ahead_count=ahead, counters=basis.counters)


def waiting_count(view: KioskView | None, own: OwnLine, service: str) -> int | None:
    """How many wait for a service now; None if nobody knows."""
    line = view.lines.get(service) if view is not None else None
    if view is None or line is None:
        return None
    return max(0, line.waiting_count + own.behind(view.through, service))


def expected(view: KioskView | None, own: OwnLine, service: str) -> Expected | None:
    """What the next newcomer of a service is told; None if nobody knows."""
    ahead = waiting_count(view, own, service)
    if view is None or ahead is None:
        return None
    line = view.lines[service]
    minutes = estimate(ahead, line.basis).minutes
    return Expected(Waiting(ahead, minutes, line.basis.counters), line, service)
