"""The appointments of an office: a fold over all its books, in whatever order they are told.

Booking, moving and cancelling stand in the office's own book; that somebody came stands in the book of
the kiosk that gave her a number and may arrive before or after. So the fold keeps what each fact
says and asks only in the end what follows from all of them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from kiosk.appointment_facts import (
    ApologyWritten,
    AppointmentBooked,
    AppointmentCancelled,
    AppointmentCheckedIn,
    AppointmentClaimed,
    ReminderPrinted,
    ResultHandedOver,
    ResultReady,
)
from kiosk.entry import Entry
from kiosk.fact import Fact
from kiosk.facts import fact_of

VISIT, RESULT = "visit", "result"
MOVED = "moved"
APPOINTMENT_FACTS = frozenset(
    fact.__name__
    for fact in (
        AppointmentBooked, AppointmentCancelled, AppointmentCheckedIn, AppointmentClaimed, ReminderPrinted,
        ResultReady, ResultHandedOver, ApologyWritten,
    )
)  # fmt: skip
"""The facts this fold reads; all others are nothing to it."""


class AppointmentState(StrEnum):
    """Where an appointment stands."""

    BOOKED = "booked"
    USED = "used"
    CANCELLED = "cancelled"
    MOVED = "moved"
    HANDED_OVER = "handed-over"


@dataclass(frozen=True, slots=True)
class Appointment:
    """One appointment, as all facts together tell it.

    ``number`` and ``number_day``: the last number taken with it and its business day, "" for none;
    ``promise``: "early", "on-time" or "late" once a result is ready, else ""; ``first_day``, ``first_at``:
    what was promised before it was moved (its own day and hour if it never was); ``ready_day``: the business day on
    which a result lay ready, "" for none; ``apology``: None, or whether the last letter was written in time;
    ``letter_count``: how many promises a letter answered for.
    """

    id: str
    code_hash: str
    kind: str
    service: str
    on_day: date
    at: str
    counter: str
    by: str
    moved_from: str
    state: AppointmentState
    number: str
    number_day: str
    promise: str
    first_day: date
    first_at: str
    apology: bool | None
    printed_count: int
    ready_day: str = ""
    letter_count: int = 0

    @property
    def is_result(self) -> bool:
        """Whether a result is promised, not an hour at a counter."""
        return self.kind == RESULT

    @property
    def stands(self) -> bool:
        """Whether it still holds: neither given up nor moved."""
        return self.state not in (AppointmentState.CANCELLED, AppointmentState.MOVED)


@dataclass(slots=True)
class _Told:
    """What the facts say of one appointment. ``numbers``: (business day, number) of each time somebody came;
    ``letters``: of each apology whether it was in time, in the order of the office's own book."""

    booked: AppointmentBooked | None = None
    cancelled: str = ""
    numbers: set[tuple[str, str]] = field(default_factory=set)
    promise: str = ""
    ready_day: str = ""
    handed_over: bool = False
    letters: list[bool] = field(default_factory=list)
    printed_count: int = 0


class AppointmentBook:
    """The fold. Not for several threads at once: whoever owns it guards it."""

    def __init__(self) -> None:
        self._told: defaultdict[str, _Told] = defaultdict(_Told)
        self._by_day: defaultdict[str, set[str]] = defaultdict(set)
        self._by_code: defaultdict[str, set[str]] = defaultdict(set)
        self._claims: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)

    def take_in(self, entry: Entry) -> None:
        """Fold one entry of any book; facts of other rooms are passed over."""
        if entry.fact in APPOINTMENT_FACTS:
            self.take(fact_of(entry), entry.day)

    def take(self, fact: Fact, day: str) -> None:
        """Fold one fact of a business day (ISO)."""
        match fact:
            case AppointmentBooked():
                self._told[fact.appointment_id].booked = fact
                self._by_day[fact.on_day].add(fact.appointment_id)
                self._by_code[fact.code_hash].add(fact.appointment_id)
            case AppointmentCancelled(appointment_id, _, reason):
                self._told[appointment_id].cancelled = reason
            case AppointmentCheckedIn(appointment_id, number):
                self._told[appointment_id].numbers.add((day, number))
            case AppointmentClaimed(code_hash, number):
                self._claims[code_hash].add((day, number))
            case ReminderPrinted(appointment_id, outcome, _):
                self._told[appointment_id].printed_count += outcome != "not-printed"
            case ResultReady(appointment_id, promise):
                told = self._told[appointment_id]
                told.promise, told.ready_day = told.promise or promise, told.ready_day or day
            case ResultHandedOver(appointment_id):
                self._told[appointment_id].handed_over = True
            case ApologyWritten(appointment_id, in_time):
                self._told[appointment_id].letters.append(in_time)
            case _:
                pass

    def find(self, id: str) -> Appointment | None:
        """The appointment of that id, or None."""
        told = self._told.get(id)
        return None if told is None or told.booked is None else self._appointment(told, told.booked)

    def by_code(self, code_hash: str) -> Appointment | None:
        """What a reminder slip stands for now: of one that was moved, the appointment that took its place."""
        found = self._all(self._by_code.get(code_hash, ()))
        replaced = {one.moved_from for one in found}
        return next((one for one in found if one.id not in replaced), None)

    def on_day(self, day: date) -> list[Appointment]:
        """All appointments of a day, also those given up, by hour."""
        return self._all(self._by_day.get(day.isoformat(), ()))

    def results_to(self, day: date) -> list[Appointment]:
        """Results promised for that day or before and neither ready, collected, moved nor given up, by day."""
        days = (name for name in self._by_day if name <= day.isoformat())
        open = (one for name in days for one in self._all(self._by_day[name]) if one.is_result and _is_open(one))
        return sorted(open, key=_by_hour)

    def ready_results(self) -> list[Appointment]:
        """Results that lie ready and were not collected, by day."""
        all = self._all(self._told)
        return [one for one in all if one.promise and one.stands and one.state is not AppointmentState.HANDED_OVER]

    def taken_counts(self, service: str, day: date) -> Counter[str]:
        """How many places of each hour are taken. Results take none: their day is set by law, not by room."""
        standing = (one for one in self.on_day(day) if one.service == service and one.stands)
        return Counter(one.at for one in standing if not one.is_result)

    def booked_facts(self, day: date) -> list[AppointmentBooked]:
        """The bookings that hold for a day, as facts: what the line of that day must know of them."""
        standing = [one.id for one in self.on_day(day) if one.stands]
        return [booked for id in standing if (booked := self._told[id].booked) is not None]

    def ended_before(self, day: date) -> list[str]:
        """Ids of what is over: given up, moved, collected or used, or a visit whose day has passed, before a day."""
        days = [name for name in self._by_day if name < day.isoformat()]
        past = (one for name in days for one in self._all(self._by_day[name]))
        return [one.id for one in past if not one.is_result or one.state is not AppointmentState.BOOKED]

    def _all(self, ids: Iterable[str]) -> list[Appointment]:
        return sorted((one for id in ids if (one := self.find(id)) is not None), key=_by_hour)

    def _appointment(self, told: _Told, booked: AppointmentBooked) -> Appointment:
        first = self._first(booked)
        before = self._told[first.appointment_id].letters if first is not booked else []
        letters = [*before, *told.letters]
        numbers = told.numbers | self._claims.get(booked.code_hash, set())
        number_day, number = max(numbers, default=("", ""))
        return Appointment(
            booked.appointment_id, booked.code_hash, booked.kind, booked.service, date.fromisoformat(booked.on_day),
            booked.at, booked.counter, booked.by, booked.moved_from,
            state=_state(told, used=bool(numbers)),
            number=number,
            number_day=number_day,
            promise=told.promise,
            first_day=date.fromisoformat(first.on_day),
            first_at=first.at,
            apology=letters[-1] if letters else None,
            printed_count=told.printed_count,
            ready_day=told.ready_day,
            letter_count=len(letters),
        )  # fmt: skip

    def _first(self, booked: AppointmentBooked) -> AppointmentBooked:
        """The booking a moved one goes back to: one step, because nothing is moved twice."""
        before = self._told.get(booked.moved_from)
        return booked if before is None or before.booked is None else before.booked


def _state(told: _Told, *, used: bool) -> AppointmentState:
    if told.cancelled:
        return AppointmentState.MOVED if told.cancelled == MOVED else AppointmentState.CANCELLED
    if told.handed_over:
        return AppointmentState.HANDED_OVER
    return AppointmentState.USED if used else AppointmentState.BOOKED


def _is_open(one: Appointment) -> bool:
    return one.state in (AppointmentState.BOOKED, AppointmentState.USED) and not one.promise


def _by_hour(one: Appointment) -> tuple[date, str, str]:
    return one.on_day, one.at, one.id
