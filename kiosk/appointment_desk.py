"""What may be done with an appointment, decided from the fold alone: facts to write, or a trouble.

    desk.book(Wish(...), code_hash=..., id=..., now=...)  -> (AppointmentBooked,)

Nothing is written here. Whoever calls decides and writes in one piece, so that two people
cannot take the last place of an hour. ``now`` is office time.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from kiosk.appointment_facts import (
    ApologyWritten,
    AppointmentBooked,
    AppointmentCancelled,
    ReminderPrinted,
    ResultHandedOver,
    ResultReady,
)
from kiosk.appointment_rules import AppointmentRules, Slot
from kiosk.appointments import MOVED, RESULT, VISIT, Appointment, AppointmentBook, AppointmentState
from kiosk.fact import Fact
from kiosk.trouble import SyncTrouble
from kiosk.working_days import WorkingDays

STAFF, CITIZEN = "staff", "citizen"
RESULT_DAYS_AHEAD = 731
"""How far a result may be promised: two years, longer than any limit of the law; beyond it somebody mistyped."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to book. ``kind``: "visit" or "result"; ``at``: "08:30"; ``counter`` "" for any;
    ``by``: "staff" or "citizen"."""

    kind: str
    service: str
    on_day: date
    at: str
    counter: str = ""
    by: str = STAFF


@dataclass(frozen=True, slots=True)
class FreeSlot:
    """An hour and how many places are left in it; 0 is full."""

    slot: Slot
    free: int


class Arrival(StrEnum):
    """What a kiosk answers to somebody who shows a reminder."""

    DUE = "due"
    LATE = "late"
    OTHER_DAY = "other-day"
    USED = "used"
    CANCELLED = "cancelled"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class AppointmentDesk:
    """The rules over a fold. ``late_min``: minutes after the hour for which the turn of a visit holds; the line of
    the day goes by the same (``LineRules.appointment_late_min``)."""

    book_of: AppointmentBook
    rules: AppointmentRules
    days: WorkingDays
    late_min: int

    def free(self, service: str, day: date, now: datetime, by: str = STAFF) -> tuple[FreeSlot, ...]:
        """The hours of a service on a day that are still to come, with what is left of each."""
        if day > now.date() + timedelta(days=self._ahead(by)):
            return ()
        slots = [slot for slot in self.rules.slots(service, day, self.days) if _to_come(day, slot.at, now)]
        taken = self.book_of.taken_counts(service, day) if slots else {}
        return tuple(FreeSlot(slot, max(0, slot.places - taken.get(slot.at, 0))) for slot in slots)

    def book(self, wish: Wish, *, id: str, code_hash: str, now: datetime) -> tuple[Fact, ...]:
        """Take a place. Raises ``SyncTrouble`` S-338 for an hour that is full, S-339 for one nobody works, S-350 for
        one that is past, S-351 for a day too far ahead."""
        self._check(wish, now)
        return (_booked(wish, id=id, code_hash=code_hash),)

    def move(self, old_id: str, wish: Wish, *, id: str, now: datetime) -> tuple[Fact, ...]:
        """Give another day or hour, once; the code on the paper stays good. Raises ``SyncTrouble`` S-342 the
        second time, S-340, S-341 for one that no longer stands, and as :meth:`book`."""
        old = self._standing(old_id)
        if old.moved_from:
            raise SyncTrouble("S-342", detail=f"{old.first_day:%d/%m/%Y} -> {old.on_day:%d/%m/%Y}")
        self._check(wish, now, instead=old)
        moved = _booked(wish, id=id, code_hash=old.code_hash, moved_from=old.id)
        return AppointmentCancelled(old.id, wish.by, MOVED), moved

    def cancel(self, id: str, by: str) -> tuple[Fact, ...]:
        """Give an appointment up; () if it is given up already. Raises ``SyncTrouble`` S-340, S-341."""
        found = self._known(id)
        if not found.stands:
            return ()
        return (AppointmentCancelled(self._standing(id).id, by, "asked"),)

    def printed(self, id: str) -> tuple[Fact, ...]:
        """A reminder went out where nobody knows whether it came out. Raises ``SyncTrouble`` S-340, S-333."""
        return (ReminderPrinted(self.standing(id).id, "unknown", ""),)

    def standing(self, id: str) -> Appointment:
        """An appointment that still holds; ``SyncTrouble`` S-340 for an unknown one, S-333 for one given up."""
        found = self._known(id)
        if not found.stands:
            raise SyncTrouble("S-333", detail=found.state.value)
        return found

    def ready(self, id: str, now: datetime) -> tuple[Fact, ...]:
        """A result lies ready: early, on time or late against the day first promised. () the second time."""
        found = self._result(id)
        return () if found.promise else (ResultReady(found.id, promise_kept(found, now)),)

    def hand_over(self, id: str, now: datetime) -> tuple[Fact, ...]:
        """A result is collected; one that was never marked ready is marked so first. () the second time."""
        found = self._result(id)
        if found.state is AppointmentState.HANDED_OVER:
            return ()
        return (*self.ready(id, now), ResultHandedOver(found.id))

    def apologise(self, id: str, today: date) -> tuple[Fact, ...]:
        """The letter for a delay is written: in time up to one working day before the day it was promised for. One
        letter answers for every promise broken so far; () if that is done. Raises ``SyncTrouble`` S-340, S-333."""
        found = self.standing(id)
        if not found.is_result:
            raise SyncTrouble("S-333", detail=found.kind)
        owed = self.apologies_owed(found, today) or ((found.first_day,) if found.letter_count == 0 else ())
        return tuple(ApologyWritten(found.id, today <= self.days.last_apology(day)) for day in owed)

    def apologies_owed(self, one: Appointment, today: date) -> tuple[date, ...]:
        """The days promised that were not kept, or will hardly be, and for which no letter was written yet."""
        if not one.is_result or not one.stands:
            return ()
        moved_later = one.moved_from != "" and (one.on_day, one.at) > (one.first_day, one.first_at)
        broken = [one.first_day] if moved_later else []
        if self._fails(one, today, moved_later=moved_later):
            broken.append(one.on_day)
        return tuple(broken[one.letter_count :])

    def last_apology(self, one: Appointment, today: date) -> date:
        """The last day on which the next apology for a delay of this appointment is in time."""
        return self.days.last_apology(next(iter(self.apologies_owed(one, today)), one.first_day))

    def _fails(self, one: Appointment, today: date, *, moved_later: bool) -> bool:
        """Whether the day that holds now was missed, or is missed unless the result is ready before the last letter
        in time. Of one that was moved, ``promise`` speaks of the first day, so the day it lay ready counts."""
        if not one.promise:
            return one.state is not AppointmentState.HANDED_OVER and today >= self.days.last_apology(one.on_day)
        return one.ready_day > one.on_day.isoformat() if moved_later else one.promise == "late"

    def due_tomorrow(self, today: date) -> list[Appointment]:
        """Results promised for the next working day or before, and not ready: somebody must see to them."""
        return self.book_of.results_to(self.days.next(today))

    def arrival(self, code_hash: str, now: datetime) -> tuple[Arrival, Appointment | None]:
        """What to tell somebody who shows a reminder now, and the appointment it is about."""
        found = self.book_of.by_code(code_hash)
        if found is None:
            return Arrival.UNKNOWN, None
        return self._arrived(found, now), found

    def _arrived(self, found: Appointment, now: datetime) -> Arrival:
        if not found.stands:
            return Arrival.CANCELLED
        if found.is_result:
            return self._arrived_for_result(found, now.date())
        if found.state is not AppointmentState.BOOKED:
            return Arrival.USED
        if found.on_day != now.date():
            return Arrival.OTHER_DAY
        late = now > moment_of(found.on_day, found.at, now) + timedelta(minutes=self.late_min)
        return Arrival.LATE if late else Arrival.DUE

    def _arrived_for_result(self, found: Appointment, today: date) -> Arrival:
        """A result is fetched when it is ready; who came in vain may come again on another day."""
        if found.state is AppointmentState.HANDED_OVER or found.number_day == today.isoformat():
            return Arrival.USED
        return Arrival.DUE if found.promise or found.on_day <= today else Arrival.OTHER_DAY

    def _check(self, wish: Wish, now: datetime, *, instead: Appointment | None = None) -> None:
        """Whether a wish can be; the place of the appointment it stands ``instead`` of is free for it."""
        day = f"{wish.on_day:%d/%m/%Y} {wish.at}"
        if wish.kind not in (VISIT, RESULT):
            raise SyncTrouble("S-314", detail=f"kind {wish.kind!r}")
        if not _to_come(wish.on_day, wish.at, now):
            raise SyncTrouble("S-350", detail=day)
        ahead = RESULT_DAYS_AHEAD if wish.kind == RESULT else self._ahead(wish.by)
        if wish.on_day > now.date() + timedelta(days=ahead):
            raise SyncTrouble("S-351", detail=day)
        if wish.kind == RESULT:
            self._check_result(wish, day)
            return
        free = self.free(wish.service, wish.on_day, now, wish.by)
        found = next((one for one in free if one.slot.at == wish.at), None)
        if found is None:
            raise SyncTrouble("S-339", detail=day)
        if found.free == 0 and not _same_hour(wish, instead):
            raise SyncTrouble("S-338", detail=day)

    def _check_result(self, wish: Wish, day: str) -> None:
        opening = self.days.opening
        inside = any(f"{span.start:%H:%M}" <= wish.at <= f"{span.end:%H:%M}" for span in opening.spans(wish.on_day))
        if not self.days.works(wish.on_day) or not (opening.always or inside):
            raise SyncTrouble("S-339", detail=day)

    def _known(self, id: str) -> Appointment:
        found = self.book_of.find(id)
        if found is None:
            raise SyncTrouble("S-340")
        return found

    def _standing(self, id: str) -> Appointment:
        found = self._known(id)
        if not found.stands:
            raise SyncTrouble("S-340", detail=found.state.value)
        done = AppointmentState.HANDED_OVER if found.is_result else AppointmentState.USED
        if found.state is done:
            raise SyncTrouble("S-341", detail=found.number)
        return found

    def _result(self, id: str) -> Appointment:
        found = self._known(id)
        if not found.is_result or not found.stands:
            raise SyncTrouble("S-340", detail=found.state.value)
        return found

    def _ahead(self, by: str) -> int:
        return self.rules.citizen_days_ahead if by == CITIZEN else self.rules.staff_days_ahead


def promise_kept(one: Appointment, now: datetime) -> str:
    """ "early" before the day first promised, "on-time" up to its hour, "late" after: moving an
    appointment moves the day, not the promise."""
    if now > moment_of(one.first_day, one.first_at, now):
        return "late"
    return "early" if now.date() < one.first_day else "on-time"


def moment_of(day: date, at: str, like: datetime) -> datetime:
    """An hour of a day as office time, in the zone of ``like``."""
    return datetime.combine(day, datetime.strptime(at, "%H:%M").time(), like.tzinfo)  # noqa: DTZ007 - an hour alone


def _to_come(day: date, at: str, now: datetime) -> bool:
    return moment_of(day, at, now) > now


def _same_hour(wish: Wish, old: Appointment | None) -> bool:
    asked = wish.kind, wish.service, wish.on_day, wish.at
    return old is not None and asked == (old.kind, old.service, old.on_day, old.at)


def _booked(wish: Wish, *, id: str, code_hash: str, moved_from: str = "") -> AppointmentBooked:
    return AppointmentBooked(
        id, code_hash, wish.kind, wish.service, wish.on_day.isoformat(), wish.at, wish.counter, wish.by, moved_from
    )
