"""The line: who waits for what, in which order, and why. A fold of one business day of all books of an office.

It may be fed from any book at any time, as long as each book's entries come in their order:
kiosks that were cut off bring their tickets later, and a call may be read before the ticket
it speaks of. Whatever the interleaving, the line ends up the same.

One thread at a time uses a line; its own views are made by ``kiosk.lobby_view``.
"""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from kiosk.entry import Entry
from kiosk.line_appointments import Kept, LineAppointments, order_of
from kiosk.line_order import LineOrder, Pick
from kiosk.line_rules import NORMAL, PREFERRED, PRIORITY, RETURNED, LineRules
from kiosk.line_tally import DayTally, SeriesTally
from kiosk.line_ticket import AT_COUNTER, CLASH, Issued, LineTicket, Standing, State
from kiosk.lobby_views import Called
from kiosk.recent_calls import RecentCalls


@dataclasses.dataclass(slots=True)
class _Step:
    """What a press changed, to be taken back by another. ``standings``: (number, as it stood before)."""

    standings: list[tuple[str, Standing]] = dataclasses.field(default_factory=list)
    streak: int | None = None


class Line:
    """One day's line."""

    def __init__(self, day: date, rules: LineRules, *, utc_offset_h: int = 7) -> None:
        self.day = day
        self.rules = rules
        self.tickets: dict[str, LineTicket] = {}
        self.order = LineOrder(rules)
        self.series = SeriesTally()
        self.tally = DayTally()
        self.clashes: list[str] = []
        self._utc_offset_h = utc_offset_h
        self._at: dict[str, str] = {}
        self._by_line: dict[str, str] = {}
        self._by_issue: dict[str, str] = {}
        self._current: dict[str, str] = {}
        self._streak: dict[str, int] = defaultdict(int)
        self._steps: dict[str, _Step] = {}
        self._last_press: dict[str, str] = {}
        self._calls = RecentCalls()
        self._parked_now: dict[str, None] = {}
        self._appointments = LineAppointments(day)

    # --- reading -----------------------------------------------------------------------------------

    def ticket(self, number: str) -> LineTicket | None:
        """A number that was issued today, or None."""
        held = self.tickets.get(number)
        return held if held is not None and held.issued is not None else None

    def current(self, counter: str) -> LineTicket | None:
        """The number that is called to a counter or served at it."""
        number = self._current.get(counter)
        return self.tickets[number] if number else None

    def turns(self, counter: str, services: Collection[str], now: datetime) -> Iterator[Pick]:
        """The order in which a counter would call, if nothing changed."""
        return self.order.turns(services, now=now, streak=self._streak.get(counter, 0))

    def parked(self, services: Collection[str]) -> list[LineTicket]:
        """Numbers that are kept for their citizens, the longest first."""
        kept = [self.tickets[number] for number in self._parked_now]
        return [one for one in kept if one.service in services and one.state is State.PARKED]

    def number_of_line(self, ballot_line: str) -> str | None:
        """The number whose slip carries this hash, as a phone asks with it."""
        return self._by_line.get(ballot_line)

    def number_of_issue(self, ballot_issue: str) -> str | None:
        """The number whose ballot has this hash."""
        return self._by_issue.get(ballot_issue)

    def may_undo(self, press: str, counter: str) -> bool:
        """Whether what a press changed still stands as it left it, and nobody else is at its counter by now."""
        step = self._steps.get(press)
        if step is None or any(self._last_press[number] != press for number, _ in step.standings):
            return False
        return self._current.get(counter) in (None, *(number for number, _ in step.standings))

    @property
    def calling(self) -> bool:
        """Whether anybody was called today."""
        return self._calls.count > 0

    @property
    def recent(self) -> list[Called]:
        """The last calls, the newest first, one a number."""
        return self._calls.newest_first

    # --- folding -----------------------------------------------------------------------------------

    def take_in(self, kiosk_id: str, entry: Entry) -> bool:
        """Fold one entry of the book of ``kiosk_id``; False if it changed nothing here."""
        handle = _HANDLERS.get(entry.fact)
        if handle is None:
            return False
        body = entry.fields()
        if body.get("day", entry.day) != self.day.isoformat() and entry.fact not in _ANY_DAY:
            return False
        handle(self, _Told(kiosk_id, entry, body))
        return True

    def _issued(self, told: _Told) -> None:
        body, entry = told.body, told.entry
        number = str(body["number"])
        at = max(entry.at, self._at.get(told.kiosk_id, ""))
        self._at[told.kiosk_id] = at
        issued = Issued(
            told.kiosk_id, entry.seq, at, body["service"], body["priority"], body["ballot_line"], body["ballot_issue"]
        )
        earlier = self._held(number).issued
        if earlier is None:
            self._hold(number, issued)
            self.series.issue(number)
        else:
            self._clash(number, earlier, issued)

    def _hold(self, name: str, issued: Issued) -> None:
        held = self._held(name)
        self._by_line[issued.ballot_line] = self._by_issue[issued.ballot_issue] = name
        with self._changing(held):
            held.issued = issued
            self._stand_by_hour(held)
        if held.standing.first_called_at:
            self._wait_came_true(held)

    def _clash(self, number: str, *issues: Issued) -> None:
        """Two people hold one number: the later one, whichever is told first, stands under a name of its own."""
        first, second = sorted(issues, key=lambda one: (one.at, one.kiosk_id, one.seq))
        self.clashes.append(number)
        self._hold(number, first)
        self._hold(f"{number}{CLASH}{second.kiosk_id}", second)

    def _called(self, told: _Told) -> None:
        body, held = told.body, self._held(told.number)
        lane, counter = str(body["lane"]), told.counter
        step = self._step(told, held)
        step.streak = self._streak[counter]
        self._streak[counter] = 0 if lane in PREFERRED else step.streak + 1
        first = not held.standing.first_called_at
        self._stand(
            held, told, state=State.CALLED, counter=counter, called_lane=lane, recalled_count=0,
            first_called_at=held.standing.first_called_at or told.entry.at, called_at=told.entry.at, started_at="",
        )  # fmt: skip
        if first and held.issued is not None:
            self._wait_came_true(held)
        self.tally.called(preferred=lane in PREFERRED)
        self._announce(held, told, lane)

    def _recalled(self, told: _Told) -> None:
        held = self._held(told.number)
        if held.standing.state is not State.CALLED:
            return
        with self._changing(held):
            held.standing = dataclasses.replace(held.standing, recalled_count=held.standing.recalled_count + 1)
        self._announce(held, told, held.standing.called_lane)

    def _out_of_order(self, told: _Told) -> None:
        self.tally.out_of_order(told.counter)

    def _started(self, told: _Told) -> None:
        held = self._held(told.number)
        self._step(told, held)
        self._stand(held, told, state=State.SERVING, started_at=told.entry.at)

    def _finished(self, told: _Told) -> None:
        held = self._held(told.number)
        self._step(told, held)
        self.tally.finished(told.counter, held.service, held.standing.started_at, told.entry.at)
        self._stand(held, told, state=State.FINISHED, counter=told.counter)

    def _missed(self, told: _Told) -> None:
        held = self._held(told.number)
        self._step(told, held)
        self.tally.missed(told.counter)
        missed = held.standing.missed_count + 1
        self._stand(
            held, told, state=State.MISSED, counter="", missed_count=missed, lane=NORMAL, order_at=told.entry.at
        )

    def _parked(self, told: _Told) -> None:
        held = self._held(told.number)
        self._step(told, held)
        self._stand(held, told, state=State.PARKED, counter="")

    def _returned(self, told: _Told) -> None:
        held = self._held(told.number)
        self._step(told, held)
        self._stand(held, told, state=State.WAITING, counter="", lane=RETURNED, order_at="")

    def _transferred(self, told: _Told) -> None:
        held = self._held(told.number)
        self._step(told, held)
        service = str(told.body["service"])
        self._stand(
            held, told, state=State.WAITING, counter="", service=service, from_counter=told.counter, order_at=""
        )

    def _priority(self, told: _Told) -> None:
        held = self._held(told.number)
        self._last_press[held.number] = str(told.body["press"])
        with self._changing(held):
            held.standing = dataclasses.replace(held.standing, lane=PRIORITY)

    def _cancelled(self, told: _Told) -> None:
        held, reason = self._held(told.number), str(told.body["reason"])
        if told.body["by"] == "kiosk":
            with self._changing(held):
                held.given_up, held.given_up_at = reason, max(told.entry.at, held.given_up_at)
            return
        self._step(told, held)
        self._stand(held, told, state=State.CANCELLED, counter="", end_reason=reason)

    def _expired(self, told: _Told) -> None:
        held = self._held(told.number)
        self._stand(held, told, state=State.EXPIRED, counter="")

    def _undone(self, told: _Told) -> None:
        step = self._steps.pop(str(told.body["undoes"]), None)
        if step is None:
            return
        for number, before in reversed(step.standings):
            held = self._held(number)
            now = held.standing
            if now.state is State.FINISHED:
                self.tally.finished(now.counter, held.service, now.started_at, now.since, by=-1)
            elif now.state is State.MISSED:
                self.tally.missed(before.counter, by=-1)
            elif now.state is State.CALLED and before.state is not State.CALLED:
                self._call_taken_back(held, before)
            self._set(held, before)
        if step.streak is not None:
            self._streak[told.counter] = step.streak

    def _call_taken_back(self, held: LineTicket, before: Standing) -> None:
        """The number was called in the same press: it is neither counted nor shown as called any more."""
        self.tally.called(preferred=held.standing.called_lane in PREFERRED, by=-1)
        if not before.first_called_at and held.issued is not None:
            self._wait_came_true(held, by=-1)
        self._calls.take_back(held.number)

    def _present(self, told: _Told) -> None:
        with self._changing(self._held(told.number)) as held:
            held.present = True

    def _assisted(self, told: _Told) -> None:
        with self._changing(self._held(told.number)) as held:
            held.assisted = True

    def _second(self, told: _Told) -> None:
        with self._changing(self._held(told.number)) as held:
            held.second = True

    # --- appointments ------------------------------------------------------------------------------

    def _booked(self, told: _Told) -> None:
        self._judge(self._appointments.book(told.body))

    def _unbooked(self, told: _Told) -> None:
        self._judge(self._appointments.cancel(str(told.body["appointment_id"])))

    def _checked_in(self, told: _Told) -> None:
        self._claim(told, "appointment_id")

    def _claimed(self, told: _Told) -> None:
        self._claim(told, "code_hash")

    def _claim(self, told: _Told, named: str) -> None:
        """In the book that issued the number, right behind it."""
        held = self._held(told.number)
        if held.issued is not None:
            self._judge(self._appointments.claim(held.number, str(told.body[named]), held.issued.key(held.number)))

    def _judge(self, numbers: Iterable[str]) -> None:
        for number in numbers:
            with self._changing(self._held(number)) as held:
                kept = self._appointments.of(number, held.issued.service if held.issued else "")
                held.appointment_at, held.fetches = (kept.at, kept.fetches) if kept else ("", False)
                held.appointment_order = ""
                self._stand_by_hour(held)

    def _stand_by_hour(self, held: LineTicket) -> None:
        if held.appointment_at and held.issued is not None:
            kept = Kept(held.appointment_at, held.fetches)
            offset_h = self._utc_offset_h
            held.appointment_order = order_of(kept, held.issued.at, self.day, self.rules, utc_offset_h=offset_h)

    # --- inside ------------------------------------------------------------------------------------

    def _held(self, number: str) -> LineTicket:
        held = self.tickets.get(number)
        if held is None:
            held = self.tickets[number] = LineTicket(number)
        return held

    @contextmanager
    def _changing(self, held: LineTicket) -> Iterator[LineTicket]:
        """Whatever changes of a ticket changes inside: its place in the order and in the counts goes with it."""
        if held.in_line:
            self.order.remove(held)
        if held.issued is not None:
            self.series.remove(held)
        yield held
        if held.issued is not None:
            self.series.add(held)
        if held.in_line:
            self.order.add(held)

    def _step(self, told: _Told, held: LineTicket) -> _Step:
        press = str(told.body.get("press", ""))
        self._last_press[held.number] = press
        if not press:
            return _Step()
        step = self._steps.setdefault(press, _Step())
        step.standings.append((held.number, held.standing))
        return step

    def _stand(self, held: LineTicket, told: _Told, **changes: Any) -> None:
        self._set(held, dataclasses.replace(held.standing, since=told.entry.at, **changes))

    def _set(self, held: LineTicket, standing: Standing) -> None:
        before = held.standing
        with self._changing(held):
            held.standing = standing
        if standing.state is State.PARKED:
            self._parked_now[held.number] = None
        else:
            self._parked_now.pop(held.number, None)
        if before.state in AT_COUNTER and self._current.get(before.counter) == held.number:
            del self._current[before.counter]
        if standing.state in AT_COUNTER:
            self._current[standing.counter] = held.number

    def _wait_came_true(self, held: LineTicket, *, by: int = 1) -> None:
        assert held.issued is not None
        if not held.appointment_at:
            self.tally.waited(held.issued.service, held.issued.at, held.standing.first_called_at, by=by)

    def _announce(self, held: LineTicket, told: _Told, lane: str) -> None:
        self._calls.call(held.number, told.counter, at=told.entry.at, lane=lane)


@dataclasses.dataclass(frozen=True, slots=True)
class _Told:
    """An entry, whose book it stands in, and its body."""

    kiosk_id: str
    entry: Entry
    body: Mapping[str, Any]

    @property
    def number(self) -> str:
        return str(self.body["number"])

    @property
    def counter(self) -> str:
        return str(self.body["counter"])


_HANDLERS: dict[str, Callable[[Line, _Told], None]] = {
    "TicketIssued": Line._issued,
    "TicketSecond": Line._second,
    "TicketAssisted": Line._assisted,
    "TicketCalled": Line._called,
    "CalledOutOfOrder": Line._out_of_order,
    "TicketRecalled": Line._recalled,
    "ServiceStarted": Line._started,
    "TicketFinished": Line._finished,
    "TicketMissed": Line._missed,
    "TicketParked": Line._parked,
    "TicketReturned": Line._returned,
    "TicketTransferred": Line._transferred,
    "PriorityGiven": Line._priority,
    "TicketCancelled": Line._cancelled,
    "TicketExpired": Line._expired,
    "PressUndone": Line._undone,
    "PresenceConfirmed": Line._present,
    "AppointmentBooked": Line._booked,
    "AppointmentCancelled": Line._unbooked,
    "AppointmentCheckedIn": Line._checked_in,
    "AppointmentClaimed": Line._claimed,
}
_ANY_DAY = frozenset({"AppointmentBooked", "AppointmentCancelled"})
"""Facts that were written on another day and count on this one."""
