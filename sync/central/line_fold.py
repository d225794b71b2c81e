"""The fold of the line: what each number's facts change in its row, in the calls for help and in the tallies.

A number's row is read from its whole story whenever a fact of it arrives, and the tallies move by what that
changed; so it makes no difference which book comes first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timezone
from typing import Any, Protocol

from kiosk.appointment_facts import AppointmentBooked, AppointmentCancelled
from kiosk.entry import Entry
from kiosk.estimates import grade
from kiosk.fact import Fact
from kiosk.line_facts import CalledOutOfOrder, TicketCalled
from kiosk.lobby_facts import HelpAnswered, HelpCalled
from sync.central.ticket_days import Ended, HelpCall, Slot, TicketDay
from sync.central.ticket_story import TOLD, Story, add_line, read_story

TallyKey = tuple[str, str, str, str]

_OTHERS = (CalledOutOfOrder, AppointmentBooked, AppointmentCancelled, HelpCalled, HelpAnswered)
LINE = {fact.__name__ for fact in (*TOLD, *_OTHERS)}
"""The facts that change a number's row, a call for help, or a tally of the line."""


class Tickets(Protocol):
    """What the fold of the line asks of a transaction."""

    def ticket_story(self, office_id: str, day: str, number: str) -> Story:
        """The story of a number, empty if nothing is known of it."""

    def put_ticket(self, ticket: TicketDay, story: Story) -> None:
        """Keep a number's row and its story."""

    def slot(self, office_id: str, appointment_id: str) -> Slot | None:
        """When an appointment begins."""

    def put_slot(self, slot: Slot) -> None:
        """Keep when an appointment begins, in the place of the same one."""

    def slot_start(self, office_id: str, day: str, name: str) -> int | None:
        """When the appointment of that id or code begins, if it is of that day and still holds."""

    def numbers_with(self, slot: Slot) -> list[str]:
        """The numbers of its day that name an appointment, by its id or its code."""

    def help_call(self, office_id: str, help_id: str) -> HelpCall | None:
        """A call for help."""

    def put_help_call(self, call: HelpCall) -> None:
        """Keep a call for help, in the place of the same one."""


class LineFold:
    """Folds the facts of the line of one office; what it changes in the tallies goes into ``days``."""

    def __init__(self, tickets: Tickets, office_id: str, *, zone: timezone, days: Counter[TallyKey]) -> None:
        self._tickets = tickets
        self._office_id = office_id
        self._zone = zone
        self._days = days
        self._stories: dict[tuple[str, str], Story] = {}
        self._before: list[TallyKey] = []

    def take(self, journal_id: str, entry: Entry, fact: Fact) -> None:
        """Fold one fact of ``LINE``."""
        match fact:
            case CalledOutOfOrder():
                self._days[fact.day, "out_of_order", "", fact.reason] += 1
            case AppointmentBooked():
                self._booked(fact)
            case AppointmentCancelled(appointment_id):
                self._cancelled(appointment_id)
            case HelpCalled():
                self._help(fact.help_id, entry.day, called=True, after_s=None)
            case HelpAnswered():
                self._help(fact.help_id, entry.day, called=False, after_s=fact.after_s)
            case _:
                self._ticket(journal_id, entry, fact)

    def finish(self) -> None:
        """Keep every number that was touched, and what it changed in the tallies."""
        for (day, number), story in self._stories.items():
            ticket = read_story(self._office_id, day, number, story)
            self._days.update(_counted(self._joined(ticket)))
            self._tickets.put_ticket(ticket, story)
        self._days.subtract(self._before)
        self._stories.clear()
        self._before.clear()

    def _ticket(self, journal_id: str, entry: Entry, fact: Any) -> None:
        if isinstance(fact, TicketCalled):
            self._days[fact.day, "called", "", fact.lane] += 1
        story = self._story(getattr(fact, "day", entry.day), fact.number)
        add_line(story, journal_id, [entry.seq, _seconds(entry.at), *TOLD[type(fact)](fact, entry.day)])

    def _story(self, day: str, number: str) -> Story:
        """The story as it is being told; what it counted before this batch is remembered."""
        story = self._stories.get((day, number))
        if story is None:
            story = self._stories[day, number] = self._tickets.ticket_story(self._office_id, day, number)
            if story:
                self._before += _counted(self._joined(read_story(self._office_id, day, number, story)))
        return story

    def _booked(self, fact: AppointmentBooked) -> None:
        try:
            starts = datetime.fromisoformat(f"{fact.on_day}T{fact.at}").replace(tzinfo=self._zone)
        except ValueError:
            return  # no instant in it: a later version may know what it means
        begins = int(starts.timestamp())
        self._put_slot(Slot(self._office_id, fact.appointment_id, fact.code_hash, fact.on_day, begins))

    def _cancelled(self, appointment_id: str) -> None:
        slot = self._tickets.slot(self._office_id, appointment_id)
        if slot is not None:
            self._put_slot(replace(slot, cancelled=True))

    def _put_slot(self, slot: Slot) -> None:
        """What it changes for numbers that were told of before is counted anew, so they are touched first."""
        for number in self._tickets.numbers_with(slot):
            self._story(slot.day, number)
        self._tickets.put_slot(slot)

    def _joined(self, ticket: TicketDay) -> TicketDay:
        """The number with its appointment; one that nobody booked, of another day or given up, is none."""
        name = ticket.appointment
        return ticket.joined(self._tickets.slot_start(self._office_id, ticket.day, name) if name else None)

    def _help(self, help_id: str, day: str, *, called: bool, after_s: int | None) -> None:
        known = self._tickets.help_call(self._office_id, help_id)
        if known is None:
            self._tickets.put_help_call(HelpCall(self._office_id, help_id, day, called, after_s))
            return
        if called == known.called:
            day = min(day, known.day)
        elif known.called:
            day = known.day
        answers = [one for one in (known.after_s, after_s) if one is not None]
        self._tickets.put_help_call(
            replace(known, day=day, called=known.called or called, after_s=min(answers, default=None))
        )


def _counted(ticket: TicketDay) -> Iterator[TallyKey]:
    """What a number counts as."""
    service = ticket.service
    if ticket.finished_on:
        yield ticket.finished_on, "served", ticket.transfers[-1][0] if ticket.transfers else service, ""
    elif ticket.ended is not Ended.OPEN:
        yield ticket.day, ticket.ended.value, service, "called" if ticket.called_s is not None else "waiting"
    for _ in range(ticket.missed_count):
        yield ticket.day, "missed", service, ""
    for moved_to, _ in ticket.transfers:
        yield ticket.day, "transferred", moved_to, ""
    if not ticket.appointment and (ticket.wait_s is not None or ticket.left_after_s is not None):
        for name, ends in (ticket.ranges or {}).items():
            grades = grade(ends, wait_s=ticket.wait_s, left_after_s=ticket.left_after_s)
            yield ticket.day, "estimate", name, grades.value


def _seconds(at: str) -> int:
    """UTC seconds of an entry's instant."""
    return int(datetime.fromisoformat(at).timestamp())
