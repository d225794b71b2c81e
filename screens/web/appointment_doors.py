"""The doors behind the pages of appointments: for phones, for kiosks, for the staff.

Every answer is JSON; a refusal is a trouble with its code. No name is asked for anywhere. What a
phone may try is counted by its address, so that nobody empties the calendar from one chair.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from typing import Annotated, Any

import msgspec
from litestar import Response, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import JSONBody

from kiosk.appointment_code import code_hash, read_code
from kiosk.appointment_desk import CITIZEN, Arrival, Wish
from kiosk.appointments import VISIT, Appointment
from kiosk.clock import Clock
from kiosk.trouble import SyncTrouble
from screens.web.appointment_rows import AppointmentPages, citizen_row, day_of, offered
from screens.web.wishes import AnyRequest, wishes_of
from sync.central.attempts import Allowed, Attempts
from sync.central.replies import reply
from sync.central.staff import is_this_machine, names_no_site, peer_of

BODY_BYTES = 1024
BOOKINGS_ALLOWED = Allowed(of_one=5, of_all=120, within_s=3600)
"""Bookings a phone may make in an hour, and all phones together; what was refused took no place."""
CODES_ALLOWED = Allowed(of_one=20, of_all=400, within_s=300)
"""Unknown codes that may be tried."""
ARRIVALS_ALLOWED = Allowed(of_one=120, of_all=2400, within_s=300)
"""Unknown codes that may be shown at a kiosk: more than any crowd of people with wrong slips, fewer than a guesser
needs."""

Short = Annotated[str, msgspec.Meta(max_length=60)]
Day = Annotated[str, msgspec.Meta(pattern=r"^\d{4}-\d{2}-\d{2}$")]
At = Annotated[str, msgspec.Meta(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]


class ServiceAsked(msgspec.Struct, forbid_unknown_fields=True):
    """Which hours are free for a service."""

    service: Short


class PlaceAsked(msgspec.Struct, forbid_unknown_fields=True):
    """A citizen wants an hour."""

    service: Short
    day: Day
    at: At


class CodeShown(msgspec.Struct, forbid_unknown_fields=True):
    """A code from a reminder or an earlier booking, however it is written."""

    code: Annotated[str, msgspec.Meta(max_length=200)]


class ReminderShown(msgspec.Struct, forbid_unknown_fields=True):
    """A reminder was shown at a kiosk: its code, or the code's hash."""

    code: Annotated[str, msgspec.Meta(max_length=200)] = ""
    code_hash: Annotated[str, msgspec.Meta(max_length=64)] = ""


class CodeGate:
    """Finds appointments by code, and counts who tries codes that are none."""

    def __init__(self, pages: AppointmentPages, clock: Clock) -> None:
        self._pages = pages
        self._wrong = Attempts(clock, CODES_ALLOWED)

    def answer(self, request: AnyRequest, text: str, find: Callable[[str], Appointment]) -> Response[Any]:
        """What ``find`` makes of the code in a text; S-340 for one that is none, S-308 after too many of those."""
        peer = peer_of(request)
        if (wait_s := self._wrong.wait_s(peer)) > 0:
            return reply(SyncTrouble("S-308"), retry_s=wait_s)
        code = read_code(text) or ""
        try:
            found = find(code)
        except SyncTrouble as trouble:
            if trouble.code == "S-340":
                self._wrong.was_wrong(peer)
            raise
        return Response(citizen_row(self._pages, found, code, wishes_of(request).telling))


def phone_doors(pages: AppointmentPages, clock: Clock) -> list[HTTPRouteHandler]:
    """What the page ``/H`` knocks at."""
    return [*_booking_doors(pages, clock), *_code_doors(pages, clock)]


def _booking_doors(pages: AppointmentPages, clock: Clock) -> list[HTTPRouteHandler]:
    bookings = Attempts(clock, BOOKINGS_ALLOWED)
    guard = threading.Lock()  # between looking and counting nobody else of that phone books

    @post("/H/slots", status_code=200, include_in_schema=False, sync_to_thread=True, request_max_body_size=BODY_BYTES)
    def slots(request: AnyRequest, data: JSONBody[ServiceAsked]) -> list[dict[str, Any]]:
        """The next days with a free hour."""
        return offered(pages, data.service, wishes_of(request).telling)

    @post("/H/book", status_code=200, include_in_schema=False, sync_to_thread=True, request_max_body_size=BODY_BYTES)
    def book(request: AnyRequest, data: JSONBody[PlaceAsked]) -> Response[Any]:
        """Take an hour; S-338 if somebody was quicker, S-308 for one phone that books too much."""
        peer, wish = peer_of(request), Wish(VISIT, data.service, asked_day(data.day), data.at, by=CITIZEN)
        with guard:
            if (wait_s := bookings.wait_s(peer)) > 0:
                return reply(SyncTrouble("S-308"), retry_s=wait_s)
            booked = pages.kept.book(wish)
            bookings.was_wrong(peer)
        return Response(citizen_row(pages, booked.appointment, booked.code, wishes_of(request).telling))

    return [slots, book]


def _code_doors(pages: AppointmentPages, clock: Clock) -> list[HTTPRouteHandler]:
    gate = CodeGate(pages, clock)

    @post("/H/show", status_code=200, include_in_schema=False, sync_to_thread=True, request_max_body_size=BODY_BYTES)
    def show(request: AnyRequest, data: JSONBody[CodeShown]) -> Response[Any]:
        """The appointment of a code."""
        return gate.answer(request, data.code, pages.kept.by_code)

    @post("/H/cancel", status_code=200, include_in_schema=False, sync_to_thread=True, request_max_body_size=BODY_BYTES)
    def cancel(request: AnyRequest, data: JSONBody[CodeShown]) -> Response[Any]:
        """Give the appointment of a code up."""

        def given_up(code: str) -> Appointment:
            pages.kept.cancel_by_code(code)
            return pages.kept.by_code(code)

        return gate.answer(request, data.code, given_up)

    return [show, cancel]


def kiosk_doors(pages: AppointmentPages, clock: Clock) -> list[HTTPRouteHandler]:
    """What a kiosk asks: about a reminder somebody shows, and for reminders it shall print."""
    unknown = Attempts(clock, ARRIVALS_ALLOWED)

    @post("/api/v1/appointment", status_code=200, sync_to_thread=True, request_max_body_size=BODY_BYTES)
    def arrived(request: AnyRequest, data: JSONBody[ReminderShown]) -> Response[Any]:
        """What a kiosk tells somebody who shows a reminder: an ``ArrivalView``, "unknown" for a code that is none,
        and S-308 after too many of those."""
        peer, code = peer_of(request), read_code(data.code)
        if (wait_s := unknown.wait_s(peer)) > 0:
            return reply(SyncTrouble("S-308"), retry_s=wait_s)
        view = pages.kept.arrival(code_hash(code) if code else data.code_hash)
        if view.arrival == Arrival.UNKNOWN:
            unknown.was_wrong(peer)
        return Response(asdict(view))

    @post("/api/v1/reminder", status_code=200, request_max_body_size=BODY_BYTES)
    async def next_print(request: AnyRequest) -> Response[Any]:
        """The next reminder to print, for the kiosk on this very machine; null if there is none for a while."""
        peer, here = peer_of(request), request.scope.get("server")
        is_here = is_this_machine(peer) or (here is not None and here[0] == peer)
        if not (is_here and names_no_site(request.headers.get("host", ""))):
            raise SyncTrouble("S-302", detail="reminders are printed beside the server")
        found = await pages.prints.next()
        return Response({"reminder": msgspec.to_builtins(found) if found else None})

    return [arrived, next_print]


def asked_day(text: str) -> date:
    """The day somebody named; ``SyncTrouble`` S-314 for one that is not in the calendar."""
    found = day_of(text)
    if found is None:
        raise SyncTrouble("S-314", detail=f"day {text!r}")
    return found
