"""The story of one number: its facts from every book, and what they say when they are read together.

Each book tells its facts in order; the books come in whatever order the network likes. So the story keeps
them by book and is always read whole: office, centre and rebuild say the same.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kiosk.appointment_facts import AppointmentCheckedIn, AppointmentClaimed
from kiosk.fact import Fact
from kiosk.facts import TicketIssued
from kiosk.line_facts import (
    PressUndone,
    ServiceStarted,
    TicketCalled,
    TicketCancelled,
    TicketExpired,
    TicketFinished,
    TicketMissed,
    TicketParked,
    TicketTransferred,
    WaitEstimated,
)
from sync.central.ticket_days import Ended, TicketDay

Line = list[Any]
"""``[seq, at, kind, ...]``: ``at`` in UTC seconds, the rest as ``TOLD`` lays it down."""
Story = dict[str, list[Line]]
"""By journal_id its lines, in the book's order."""


TOLD: dict[type[Fact], Callable[[Any, str], Line]] = {
    TicketIssued: lambda fact, _: ["issued", fact.service, fact.priority],
    WaitEstimated: lambda fact, _: ["estimated", fact.shown, fact.ranges],
    AppointmentCheckedIn: lambda fact, _: ["appointment", fact.appointment_id],
    AppointmentClaimed: lambda fact, _: ["appointment", fact.code_hash],
    TicketCalled: lambda _, __: ["called"],
    ServiceStarted: lambda _, __: ["started"],
    TicketParked: lambda _, __: ["parked"],
    TicketFinished: lambda fact, day: ["finished", fact.press, day],
    TicketMissed: lambda fact, _: ["missed", fact.press],
    TicketTransferred: lambda fact, _: ["transferred", fact.service],
    TicketCancelled: lambda _, __: ["cancelled"],
    TicketExpired: lambda _, __: ["expired"],
    PressUndone: lambda fact, _: ["undone", fact.undoes],
}
"""Kind and values of each fact that a story keeps, from the fact and the business day it was written on."""


def add_line(story: Story, journal_id: str, line: Line) -> None:
    """Go on with a story. Of two slips of one number (a clash, a copied book) only the earlier is kept."""
    lines = story.setdefault(journal_id, [])
    if line[2] in ONCE:
        for other_id, others in story.items():
            for place, other in enumerate(others):
                if other[2] == line[2]:
                    if (other[1], other_id, other[0]) < (line[1], journal_id, line[0]):
                        return
                    del others[place]
                    break
    lines.append(line)


ONCE = frozenset({"issued", "estimated"})


def read_story(office_id: str, day: str, number: str, story: Story) -> TicketDay:
    """What a story says."""
    reader = _Reader()
    undone = {line[3] for lines in story.values() for line in lines if line[2] == "undone"}
    for journal_id in sorted(story):
        for line in story[journal_id]:
            if not undone or line[2] not in ("finished", "missed") or line[3] not in undone:
                reader.take(line)
    return reader.ticket(office_id, day, number)


class _Reader:
    """Reads the lines of a story, each book's in its order."""

    def __init__(self) -> None:
        self._service = ""
        self._priority = False
        self._issued_s: int | None = None
        self._appointment = ""
        self._called_s: int | None = None
        self._given_up: tuple[int, Ended] | None = None
        self._missed = 0
        self._shown = ""
        self._ranges: dict[str, tuple[int, int]] | None = None
        self._counters = _AtCounters()

    def take(self, line: Line) -> None:
        """The next line."""
        match line:
            case [_, at, "issued", service, priority]:
                self._issued_s, self._service, self._priority = at, service, bool(priority)
            case [_, _, "estimated", shown, ranges]:
                self._shown = shown
                self._ranges = {name: (ends[0], ends[1]) for name, ends in ranges.items() if len(ends) == 2}
            case [_, _, "appointment", name]:
                self._appointment = name
            case [_, at, ("cancelled" | "expired") as how]:
                found = at, Ended(how)
                self._given_up = found if self._given_up is None else min(self._given_up, found)
            case [_, at, "called"]:
                self._called_s = at if self._called_s is None else min(self._called_s, at)
                self._counters.called(at)
            case [_, _, "missed", _]:
                self._missed += 1
        self._counters.take(line)

    def ticket(self, office_id: str, day: str, number: str) -> TicketDay:
        """What was read."""
        counters = self._counters
        at, ended = self._given_up or (None, Ended.OPEN)
        return TicketDay(
            office_id,
            day,
            number,
            self._service,
            self._priority,
            self._appointment,
            self._issued_s,
            self._called_s,
            left_s=at if self._called_s is None else None,
            ended=Ended.SERVED if counters.finished_on else ended,
            finished_on=counters.finished_on,
            service_s=counters.service_s or None if counters.finished_on else None,
            missed_count=self._missed,
            transfers=tuple(counters.transfers),
            shown=self._shown,
            ranges=self._ranges,
        )


class _AtCounters:
    """What happened at the counters, told in order: time of service, transfers and their second waits."""

    def __init__(self) -> None:
        self.service_s = 0
        self.finished_on = ""
        self.transfers: list[tuple[str, int | None]] = []
        self._serving_since: int | None = None
        self._started = False
        self._moved_s: int | None = None

    def called(self, at: int) -> None:
        """It was called, perhaps to where it was transferred."""
        if self._moved_s is not None:
            self.transfers[-1] = self.transfers[-1][0], max(0, at - self._moved_s)
            self._moved_s = None

    def take(self, line: Line) -> None:
        """The next line."""
        match line:
            case [_, at, "started"]:
                self._serving_since, self._started = at, True
            case [_, at, "finished", _, day]:
                self._pause(at)
                self.finished_on = day if self._started else ""
            case [_, at, "missed" | "parked", *_]:
                self._pause(at)
            case [_, at, "transferred", service]:
                self._pause(at)
                self.transfers.append((service, None))
                self._moved_s = at

    def _pause(self, at: int) -> None:
        if self._serving_since is not None:
            self.service_s += max(0, at - self._serving_since)
            self._serving_since = None
