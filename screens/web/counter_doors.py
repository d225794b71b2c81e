"""The doors of the counters: sign in, press, see the line live, answer a call for help, take a number for somebody.

Every answer that changes something comes when it is on the disk. A press that was not answered is
sent again with its own id and done once. All of them are for the staff.
"""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from litestar import Request, Response, get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import JSONBody
from litestar.response import Stream

from kiosk.identifiers import random_id
from kiosk.presses import Action, Press
from kiosk.trouble import SyncTrouble
from screens.lobby_hall import Asked, Hall, Taken
from screens.web.counter_seat import COOKIE, Seat, Seats, no_cookie
from screens.web.live import Live
from sync.central.staff import staff_only

BODY_BYTES = 2048
BY_STAFF = "staff"
AnyRequest = Request[Any, Any, Any]
Word = Annotated[str, msgspec.Meta(max_length=64)]
Name = Annotated[str, msgspec.Meta(min_length=8, max_length=64)]
"""A random name that a page made."""


class SignIn(msgspec.Struct, forbid_unknown_fields=True):
    """Somebody sits down. ``take_over``: also if another screen is signed in there."""

    counter: Word
    name: Annotated[str, msgspec.Meta(max_length=60)] = ""
    take_over: bool = False


class Pressed(msgspec.Struct, forbid_unknown_fields=True):
    """A key of the counter's screen (``kiosk.presses.Press``)."""

    id: Name
    action: Action
    number: Word = ""
    service: Word = ""
    reason: Word = ""
    undoes: Word = ""


class HelpGiven(msgspec.Struct, forbid_unknown_fields=True):
    """Somebody goes."""

    help_id: Word


class NumberWanted(msgspec.Struct, forbid_unknown_fields=True):
    """A number for somebody at the help desk. ``request``: random, the same when it is sent again."""

    service: Word
    request: Name
    priority: bool = False
    assisted: bool = True


STAFF: dict[str, Any] = {"guards": [staff_only], "include_in_schema": False}
DOOR: dict[str, Any] = {**STAFF, "status_code": 200, "sync_to_thread": True, "request_max_body_size": BODY_BYTES}


def counter_doors(hall: Hall, live: Live) -> list[HTTPRouteHandler]:
    """``/counter/sign-in``, ``sign-out``, ``press``, ``live``, ``help``, ``take``."""
    return [*_sitting_doors(hall), *_working_doors(hall, live)]


def _sitting_doors(hall: Hall) -> list[HTTPRouteHandler]:
    @post("/counter/sign-in", **DOOR)
    def sign_in(request: AnyRequest, data: JSONBody[SignIn]) -> Response[Any]:
        """Sit down at a counter, in a signed cookie; 409 S-332 if another screen is signed in there."""
        seats = seats_of(request)
        seat = seats.read(request.cookies.get(COOKIE))
        name = " ".join(data.name.split())
        if seat is not None and seat.counter == data.counter and hall.sits(seat.counter, seat.sitting):
            view, seat = hall.counter(seat.counter), Seat(seat.counter, seat.sitting, name)
        else:
            left = (seat.counter, seat.sitting) if seat is not None else None
            seat = Seat(data.counter, random_id(), name)
            view = hall.sign_in(seat.counter, seat.sitting, take_over=data.take_over, left=left)
        told = {"view": view, "name": seat.name, "counter": seat.counter, "sitting": seat.sitting}
        return Response(told, cookies=[seats.cookie(seat)])

    @post("/counter/sign-out", **DOOR)
    def sign_out(request: AnyRequest) -> Response[Any]:
        """Leave the counter."""
        seat = seats_of(request).read(request.cookies.get(COOKIE))
        if seat is not None:
            hall.sign_out(seat.counter, seat.sitting)
        return Response({}, cookies=[no_cookie()])

    return [sign_in, sign_out]


def _working_doors(hall: Hall, live: Live) -> list[HTTPRouteHandler]:
    @post("/counter/press", **DOOR)
    def press(request: AnyRequest, data: JSONBody[Pressed]) -> dict[str, Any]:
        """Do what was pressed, once; answers the line as it then stands, or 409 with a trouble code."""
        seat = seat_of(request)
        made = Press(
            data.id, seat.counter, seat.sitting, data.action, data.number, data.service, data.reason, data.undoes
        )  # fmt: skip
        return {"view": hall.press(made)}

    @get("/counter/live", **STAFF)
    async def line(request: AnyRequest) -> Stream:
        """The line as server-sent events "view", each the whole view of this browser's counter."""
        counter = seat_of(request).counter
        hall.counter(counter)  # a counter that is gone is told before the stream begins
        return live.stream(f"counter {counter}", lambda: hall.counter(counter))

    @post("/counter/help", **DOOR)
    def answer(request: AnyRequest, data: JSONBody[HelpGiven]) -> dict[str, Any]:
        """Say that somebody goes to whoever called for a person."""
        seat = seats_of(request).read(request.cookies.get(COOKIE))
        hall.answer_help(data.help_id, seat.counter if seat is not None else BY_STAFF)
        return {}

    @post("/counter/take", **DOOR)
    def take(data: JSONBody[NumberWanted]) -> dict[str, Any]:
        """Give a number at the help desk, the same one for the same request: number, QR text, place in line."""
        return taken_object(hall.take_ticket(Asked(data.service, data.priority, data.assisted, data.request)))

    return [press, line, answer, take]


def taken_object(taken: Taken) -> dict[str, Any]:
    """A number from the help desk as the page shows it; what is not known is null."""
    place = taken.place
    return {
        "number": taken.number,
        "qr": taken.qr,
        "ahead_count": place.ahead_count,
        "minutes": place.minutes,
        "place": place,
    }


def seats_of(request: AnyRequest) -> Seats:
    """The seats signed with this server's secret."""
    return Seats(request.app.state["staff"])


def seat_of(request: AnyRequest) -> Seat:
    """The seat of this browser; raises ``SyncTrouble`` S-343 if it is not signed in."""
    seat = seats_of(request).read(request.cookies.get(COOKIE))
    if seat is None:
        raise SyncTrouble("S-343")
    return seat
