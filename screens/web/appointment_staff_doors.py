"""The doors behind ``/counter/appointments``: lists, free hours, and everything the staff may do.

Each is for the staff alone and may be knocked at twice: what is done stays done once.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Annotated, Any

import msgspec
from litestar import get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath, FromQuery, JSONBody

from kiosk.appointment_desk import STAFF, Wish
from kiosk.trouble import SyncTrouble
from screens.appointment_desk import Booked
from screens.web.appointment_doors import At, Day, Short, asked_day
from screens.web.appointment_rows import AppointmentPages, day_of, hours, staff_row
from screens.web.wishes import AnyRequest, wishes_of
from sync.central.staff import staff_only

BASE = "/counter/appointments"
MOST_LIMIT_DAYS = 250
Typed = Annotated[str, msgspec.Meta(max_length=2000)]
"""A dossier code as it was typed or scanned: what is too long is cut and warned of, not refused."""


class BookingAsked(msgspec.Struct, forbid_unknown_fields=True):
    """The staff book. ``kind``: "visit" or "result"."""

    kind: Short
    service: Short
    day: Day
    at: At
    counter: Short = ""
    dossier: Typed = ""


class MoveAsked(msgspec.Struct, forbid_unknown_fields=True):
    """The staff give another day or hour."""

    day: Day
    at: At
    counter: Short = ""


def staff_doors(pages: AppointmentPages) -> list[HTTPRouteHandler]:
    """What the page ``/counter/appointments`` knocks at."""
    return [*_reading_doors(pages), *_doing_doors(pages)]


def _reading_doors(pages: AppointmentPages) -> list[HTTPRouteHandler]:
    @get(f"{BASE}/lists", guards=[staff_only], include_in_schema=False, sync_to_thread=True)
    def lists(request: AnyRequest, day: FromQuery[str] = "") -> dict[str, Any]:
        """A day's appointments, results due on the next working day, results that wait, and the next working day."""
        telling, kept = wishes_of(request).telling, pages.kept
        today = kept.now().date()
        shown = day_of(day) or today
        rows = {"day": kept.on_day(shown), "due": kept.due_tomorrow(), "ready": kept.ready_results()}
        return {
            **{name: [staff_row(pages, one, telling) for one in found] for name, found in rows.items()},
            "on_day": shown.isoformat(),
            "shown": telling.long_day(shown),
            "next_day": telling.long_day(kept.days.next(today)),
            "as_of": telling.time(kept.now()),
        }

    @get(f"{BASE}/free", guards=[staff_only], include_in_schema=False, sync_to_thread=True)
    def free(service: FromQuery[str], day: FromQuery[str]) -> list[dict[str, Any]]:
        """The hours of a service on a day."""
        return hours(pages.kept.free(service, asked_day(day)))

    @get(f"{BASE}/limit", guards=[staff_only], include_in_schema=False, sync_to_thread=True)
    def limit(request: AnyRequest, days: FromQuery[int]) -> dict[str, str]:
        """The day on which a limit of so many working days ends if the dossier is complete now."""
        if not 0 <= days <= MOST_LIMIT_DAYS:
            raise SyncTrouble("S-314", detail=f"days {days}")
        telling, kept = wishes_of(request).telling, pages.kept
        due = kept.days.due(kept.now(), days)
        return {
            "day": due.isoformat(),
            "name": telling.long_day(due),
            "counts_from": telling.long_day(kept.days.counts_from(kept.now())),
            "at": kept.rules.default_hour,
        }

    return [lists, free, limit]


def _doing_doors(pages: AppointmentPages) -> list[HTTPRouteHandler]:
    kept = pages.kept

    @post(f"{BASE}/book", guards=[staff_only], status_code=200, include_in_schema=False, sync_to_thread=True)
    def book(request: AnyRequest, data: JSONBody[BookingAsked]) -> dict[str, Any]:
        """Take an hour, or promise a result."""
        counter = data.counter if data.counter in pages.counters() else ""
        wish = Wish(data.kind, data.service, asked_day(data.day), data.at, counter, STAFF)
        _known(pages, data.service)
        return row(request, kept.book(wish, data.dossier))

    @post(f"{BASE}/{{id:str}}/move", guards=[staff_only], status_code=200, include_in_schema=False, sync_to_thread=True)
    def move(request: AnyRequest, id: FromPath[str], data: JSONBody[MoveAsked]) -> dict[str, Any]:
        """Give another day or hour, once."""
        old = kept.find(id)
        counter = data.counter if data.counter in pages.counters() else old.counter
        return row(request, kept.move(id, Wish(old.kind, old.service, asked_day(data.day), data.at, counter, STAFF)))

    @post(f"{BASE}/{{id:str}}/{{what:str}}", guards=[staff_only], status_code=200, include_in_schema=False)
    async def do(request: AnyRequest, id: FromPath[str], what: FromPath[str]) -> dict[str, Any]:
        """Cancel, mark ready, hand over, apologise, print; each may be asked twice and is done once."""
        telling = wishes_of(request).telling
        doings: dict[str, Callable[[], None]] = {
            "cancel": lambda: kept.cancel(id),
            "ready": lambda: kept.ready(id),
            "handed-over": lambda: kept.hand_over(id),
            "apologised": lambda: kept.apologise(id),
            "printed": lambda: kept.printed(id),
            "print": lambda: pages.prints.ask(pages.reminder(kept.standing(id), telling)),
        }
        if what not in doings:
            raise SyncTrouble("S-319", detail=what)
        await asyncio.to_thread(doings[what])
        return staff_row(pages, await asyncio.to_thread(kept.find, id), telling)

    def row(request: AnyRequest, booked: Booked) -> dict[str, Any]:
        return staff_row(pages, booked.appointment, wishes_of(request).telling)

    return [book, move, do]


def _known(pages: AppointmentPages, service: str) -> None:
    if service not in pages.services():
        raise SyncTrouble("S-314", detail=f"service {service!r}")
