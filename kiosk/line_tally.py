"""Counts of the running day, kept as entries come: nothing here looks at all tickets.

What is public: how many were called, out of their turn or by priority, and what became of the numbers of
each series. What a wait is estimated from: the last waits and service times of each service.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import Counter, defaultdict, deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from kiosk.clock import instant
from kiosk.line_ticket import CLASH, STILL_HERE, LineTicket, State
from kiosk.lobby_views import CounterDay, DayCounts, WhyNumber
from kiosk.number_blocks import place_of, shared_length

REMEMBERED = 20
"""Waits and service times that are kept of each service, the newest last (statistics 7)."""

CANCELLED, MISSED, EXPIRED, WAITING, SECOND, ISSUED = "cancelled", "missed", "expired", "waiting", "second", "issued"


def letter_and_count(number: str) -> tuple[str, int]:
    """A number's letter and its count ("B042" -> "B", 42)."""
    number = number.partition(CLASH)[0]
    letter = number.rstrip("0123456789")
    return letter, int(number[len(letter) :] or 0)


def fate_of(ticket: LineTicket) -> str:
    """Which of the public counts a number belongs to, "" for none."""
    state = ticket.state
    if state is State.MISSED or (state is State.CANCELLED and ticket.end_reason == "missed"):
        return MISSED
    if state is State.CANCELLED:
        return SECOND if ticket.second or ticket.end_reason == "second" else CANCELLED
    if state is State.EXPIRED:
        return EXPIRED
    return WAITING if state in STILL_HERE else ""


class SeriesTally:
    """What became of each letter's numbers: sorted counts by fate, so that any "up to 42" is a search."""

    def __init__(self) -> None:
        self._counts: dict[tuple[str, str], list[int]] = defaultdict(list)
        self._reserve: Counter[str] = Counter()

    def add(self, ticket: LineTicket) -> None:
        """Count an issued ticket by what it is at."""
        if place := self._place(ticket):
            insort(*place)

    def remove(self, ticket: LineTicket) -> None:
        """Take it back, unchanged since it was added."""
        if place := self._place(ticket):
            _delete(*place)

    def issue(self, number: str) -> None:
        """A number was handed out."""
        letter, count = letter_and_count(number)
        if place_of(count):
            self._reserve[letter] += 1
        else:
            insort(self._counts[letter, ISSUED], count)

    def letters(self) -> list[str]:
        """Letters of which a number was handed out."""
        return sorted({letter for letter, fate in self._counts if fate == ISSUED} | set(self._reserve))

    def unused_count(self) -> int:
        """Numbers that were given up or, below the highest of their series, never handed out."""
        gone = sum(len(place) for (_, fate), place in self._counts.items() if fate in (CANCELLED, SECOND))
        gaps = sum(shared_length(place[-1]) - len(place) for (_, fate), place in self._counts.items()
                   if fate == ISSUED and place)  # fmt: skip
        return gone + gaps

    def why(self, number: str) -> WhyNumber:
        """What became of the numbers up to this one."""
        letter, limit = letter_and_count(number)
        if place_of(limit):  # of a kiosk that was cut off: all of the shared series came before it
            issued = self._counts.get((letter, ISSUED), [])
            limit = issued[-1] if issued else 0

        def upto(fate: str) -> int:
            return bisect_right(self._counts.get((letter, fate), []), limit)

        of_count = shared_length(limit) if limit else 0
        return WhyNumber(
            number=number,
            letter=letter,
            of_count=of_count,
            cancelled_count=upto(CANCELLED),
            missed_count=upto(MISSED),
            second_count=upto(SECOND),
            expired_count=upto(EXPIRED),
            waiting_count=upto(WAITING),
            unissued_count=of_count - upto(ISSUED),
            reserve_count=self._reserve[letter],
        )

    def highest(self, letter: str) -> str:
        """The last number of a letter's shared series, "" before the first."""
        issued = self._counts.get((letter, ISSUED), [])
        return f"{letter}{issued[-1]:03d}" if issued else ""

    def _place(self, ticket: LineTicket) -> tuple[list[int], int] | None:
        letter, count = letter_and_count(ticket.number)
        fate = fate_of(ticket)
        told = fate and not place_of(count) and CLASH not in ticket.number
        return (self._counts[letter, fate], count) if told else None


def _delete(place: list[int], count: int) -> None:
    at = bisect_left(place, count)
    assert place[at] == count
    del place[at]


@dataclass(slots=True)
class _CounterTally:
    finished_count: int = 0
    missed_count: int = 0
    out_of_order_count: int = 0
    service_s: list[int] = field(default_factory=list)


class DayTally:
    """Calls and times of the day, by counter and by service."""

    def __init__(self) -> None:
        self.called_count = 0
        self.priority_count = 0
        self.out_of_order_count = 0
        self._counters: dict[str, _CounterTally] = defaultdict(_CounterTally)
        self._waits: dict[str, deque[int]] = defaultdict(lambda: deque(maxlen=REMEMBERED))
        self._services: dict[str, deque[int]] = defaultdict(lambda: deque(maxlen=REMEMBERED))

    def called(self, *, preferred: bool, by: int = 1) -> None:
        """A number was called (or, ``by`` -1, was not after all)."""
        self.called_count += by
        self.priority_count += by if preferred else 0

    def waited(self, service: str, issued_at: str, called_at: str, *, by: int = 1) -> None:
        """A wait came true: issue to first call (or, ``by`` -1, goes on after all)."""
        waited_s = seconds_between(issued_at, called_at)
        if by > 0:
            self._waits[service].append(waited_s)
        elif waited_s in self._waits[service]:
            self._waits[service].remove(waited_s)

    def out_of_order(self, counter: str) -> None:
        """A call passed over the order."""
        self.out_of_order_count += 1
        self._counters[counter].out_of_order_count += 1

    def finished(self, counter: str, service: str, started_at: str, finished_at: str, *, by: int = 1) -> None:
        """A number was finished (or, ``by`` -1, was not after all)."""
        tally = self._counters[counter]
        tally.finished_count += by
        took_s = seconds_between(started_at, finished_at) if started_at else 0
        if took_s == 0:
            return  # nobody pressed "start": how long it took is not known
        if by > 0:
            insort(tally.service_s, took_s)
            self._services[service].append(took_s)
        else:
            _delete(tally.service_s, took_s)
            if took_s in self._services[service]:
                self._services[service].remove(took_s)

    def missed(self, counter: str, *, by: int = 1) -> None:
        """Nobody came (or, ``by`` -1, somebody did after all)."""
        self._counters[counter].missed_count += by

    def waits_s(self, service: str) -> tuple[int, ...]:
        """The last waits of a service, the newest last."""
        return tuple(self._waits[service]) if service in self._waits else ()

    def service_s(self, service: str) -> tuple[int, ...]:
        """The last service times of a service, the newest last."""
        return tuple(self._services[service]) if service in self._services else ()

    def counts(self, unused_count: int) -> DayCounts:
        """The day in public."""
        return DayCounts(self.called_count, self.priority_count, self.out_of_order_count, unused_count)

    def counter(self, counter: str) -> CounterDay:
        """What a counter did."""
        tally = self._counters[counter] if counter in self._counters else _CounterTally()
        return CounterDay(tally.finished_count, tally.missed_count, tally.out_of_order_count, _median(tally.service_s))


def seconds_between(first: str, last: str) -> int:
    """Whole seconds between two instants as text, never below 0: clocks of two machines differ."""
    return max(0, round((instant(last) - instant(first)).total_seconds()))


def waited_s(since: str, now: datetime) -> int:
    """Whole seconds since an instant as text, never below 0."""
    return max(0, int((now - instant(since)).total_seconds()))


def _median(values: Sequence[int]) -> int | None:
    """Nearest rank, as everywhere (statistics 6)."""
    return values[(len(values) - 1) // 2] if values else None
