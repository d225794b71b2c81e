"""The doors at which kiosks elsewhere in the office ask for a number of the shared series, and for a reserve.

Asking is signed by the enrolled device, whose book says which kiosk it is; so a kiosk sends its book first.
"""

from __future__ import annotations

import asyncio
from typing import Any, TypeVar

import msgspec
from litestar import Response, post
from litestar.datastructures import State
from litestar.types import ControllerRouterHandler

from kiosk.remote_numbers import Asking
from kiosk.trouble import SyncTrouble
from sync.asking import NUMBER_PATH, RESERVE_PATH, NumberAsked, NumberGiven, PlaceGiven, ReserveAsked
from sync.central.bodies import read_body
from sync.central.claims import owner_of
from sync.central.replies import AnyRequest
from sync.central.service import CentralLog
from sync.central.store import OFFICE_BOOK, Book
from sync.keys import signed_by

ASKED_BYTES = 2048
Asked = TypeVar("Asked", NumberAsked, ReserveAsked)


@post(NUMBER_PATH, status_code=200, request_max_body_size=None)
async def lend_number(request: AnyRequest, state: State) -> Response[Any]:
    """Lend a kiosk the next number of the shared series; the same one for the same request."""
    central: CentralLog = state["central"]
    asked = _read(await read_body(request, ASKED_BYTES), NumberAsked)
    count = await asyncio.to_thread(_lend, central, asked)
    return Response(msgspec.to_builtins(NumberGiven(count, asked.request)))


@post(RESERVE_PATH, status_code=200, request_max_body_size=None)
async def give_reserve(request: AnyRequest, state: State) -> Response[Any]:
    """Say which numbers a kiosk may give out while it is cut off, once for all."""
    central: CentralLog = state["central"]
    asked = _read(await read_body(request, ASKED_BYTES), ReserveAsked)
    place = await asyncio.to_thread(_reserve, central, asked)
    return Response(msgspec.to_builtins(PlaceGiven(place)))


NUMBER_HANDLERS: tuple[ControllerRouterHandler, ...] = (lend_number, give_reserve)


def _lend(central: CentralLog, asked: NumberAsked) -> int:
    book = _book_of(central, asked)
    return central.numbers.lend(Asking(asked.request, asked.letter, asked.day), book.kiosk_id)


def _reserve(central: CentralLog, asked: ReserveAsked) -> int:
    book = _book_of(central, asked)
    return central.numbers.reserve(book.kiosk_id, book.journal_id)


def _book_of(central: CentralLog, asked: NumberAsked | ReserveAsked) -> Book:
    """The book of the asking kiosk. Raises ``SyncTrouble`` S-302 (not known, or it sent no book yet), S-303, S-310."""
    device = central.store.device(asked.sender_id)
    if device is None or device.office_id != central.office_id:
        raise SyncTrouble("S-302", detail=asked.sender_id)
    if not signed_by(device.public_key, asked.signed_bytes(), asked.signature):
        raise SyncTrouble("S-303", detail="the asking kiosk's signature")
    held = [book for book in central.store.books(device.office_id) if book.kiosk_id != OFFICE_BOOK]
    own = next((book for book in reversed(held) if book.device_id == device.device_id), None)
    if own is None:
        raise SyncTrouble("S-302", detail="its book has not come yet, or was refused")
    if owner_of(own.kiosk_id, held) != own:
        raise SyncTrouble("S-310", detail=f"{own.kiosk_id}: a newer machine has this id")
    return own


def _read(raw: bytes, kind: type[Asked]) -> Asked:
    try:
        return msgspec.json.decode(raw, type=kind)
    except (msgspec.MsgspecError, RecursionError) as wrong:
        raise SyncTrouble("S-314", detail=str(wrong)[:200]) from wrong
