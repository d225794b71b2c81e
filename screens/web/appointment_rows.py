"""Appointments as the pages' scripts read them: JSON with the words already in place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from typing import Any

from kiosk.appointment_code import code_address, spaced
from kiosk.appointment_desk import CITIZEN, FreeSlot
from kiosk.appointment_slip import Reminder
from kiosk.appointments import Appointment
from screens.appointment_desk import Appointments
from screens.reminder_prints import ReminderPrints
from screens.web.office_pages import ServiceName
from screens.web.qr_picture import qr_picture
from screens.web.telling import Telling

OFFERED_DAYS = 8
"""Days with a free hour that a phone is offered: more make the page long and the choice no better."""


@dataclass(frozen=True, slots=True)
class AppointmentPages:
    """What the pages of appointments are made from. ``server``: ``HOST:PORT`` that phones are told, or None;
    ``services``: ids of today's services;
    ``counters``: ids of today's counters; ``phone``: of the office, "" for none."""

    office_name: str
    service_name: ServiceName
    kept: Appointments
    prints: ReminderPrints
    services: Callable[[], Sequence[str]]
    counters: Callable[[], Sequence[str]]
    server: str | None = None
    phone: str = ""

    def reminder(self, one: Appointment, telling: Telling) -> Reminder:
        """What the paper of an appointment says now."""
        kept, today = self.kept.private(one.id), self.kept.now().date()
        off = self.kept.days.holidays_between(today, one.on_day) if one.is_result else ()
        return Reminder(
            one.id,
            one.kind,
            self.service_name(one.service, telling.language),
            one.on_day,
            one.at,
            one.counter,
            kept.code,
            kept.dossier,
            holidays=tuple(holiday.day for holiday in off),
            provisional=any(holiday.provisional for holiday in off),
            late_min=self.kept.late_min,
        )


def staff_row(pages: AppointmentPages, one: Appointment, telling: Telling) -> dict[str, Any]:
    """One appointment for the staff."""
    kept = pages.kept.private(one.id)
    return {
        **_shown(pages, one, telling),
        "number": one.number,
        "printed_count": one.printed_count,
        "by": one.by,
        "overdue": one.is_result and not one.promise and one.on_day < pages.kept.now().date(),
        "moved": one.moved_from != "",
        "first_day": telling.long_day(one.first_day),
        "first_at": one.first_at,
        "apology": one.apology,
        "apology_due": pages.kept.apology_due(one),
        "last_apology": telling.long_day(pages.kept.last_apology(one)) if one.is_result else "",
        "dossier": kept.dossier,
        "dossier_odd": kept.dossier != "" and not pages.kept.rules.looks_like_dossier(kept.dossier),
        "can_print": kept.code != "",
    }


def citizen_row(pages: AppointmentPages, one: Appointment, code: str, telling: Telling) -> dict[str, Any]:
    """One appointment for whoever holds its code: no dossier, and the code as a picture to show at the kiosk."""
    return {
        **_shown(pages, one, telling),
        "late_min": pages.kept.late_min,
        "code": code,
        "code_spaced": spaced(code),
        "picture": qr_picture(code_address(code, pages.server)),
    }


def offered(pages: AppointmentPages, service: str, telling: Telling) -> list[dict[str, Any]]:
    """The next days on which a citizen may still find an hour of a service."""
    return list(islice(_offered(pages, service, telling), OFFERED_DAYS))


def hours(free: Sequence[FreeSlot]) -> list[dict[str, Any]]:
    """Hours with the places left in each."""
    return [{"at": one.slot.at, "free": one.free} for one in free]


def _offered(pages: AppointmentPages, service: str, telling: Telling) -> Iterator[dict[str, Any]]:
    today = pages.kept.now().date()
    for ahead in range(pages.kept.rules.citizen_days_ahead + 1):
        day = today + timedelta(days=ahead)
        free = pages.kept.free(service, day, CITIZEN)
        if any(one.free for one in free):
            short = f"{telling.weekday(day)}, {telling.day(day, year=False)}"
            yield {"day": day.isoformat(), "short": short, "name": telling.long_day(day), "hours": hours(free)}


def _shown(pages: AppointmentPages, one: Appointment, telling: Telling) -> dict[str, Any]:
    return {
        "id": one.id,
        "kind": one.kind,
        "service": one.service,
        "matter": pages.service_name(one.service, telling.language),
        "on_day": one.on_day.isoformat(),
        "day": telling.long_day(one.on_day),
        "at": one.at,
        "counter": one.counter,
        "state": one.state.value,
        "promise": one.promise,
        "today": one.on_day == pages.kept.now().date(),
    }


def day_of(text: str) -> date | None:
    """An ISO day, or None."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
