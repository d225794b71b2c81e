"""The HTTP side of a log: the doors for devices, health and measures, the API's own page, the login.

Other rooms hand in their pages as handlers; whatever is for the staff carries the guard
``sync.central.staff.staff_only``.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

import msgspec
from litestar import Litestar, Response, get, post
from litestar.datastructures import State
from litestar.exceptions import HTTPException
from litestar.types import ControllerRouterHandler

from kiosk.trouble import SyncTrouble, Trouble
from sync.batch import MAX_PACKED_BYTES
from sync.central.api_page import api_config, openapi_json
from sync.central.attempts import Allowed, Attempts
from sync.central.bodies import read_body
from sync.central.headers import add_headers
from sync.central.intake import ForkShown
from sync.central.login import login_handlers
from sync.central.measures import CONTENT_TYPE
from sync.central.numbers_door import NUMBER_HANDLERS
from sync.central.replies import (
    AnyRequest,
    on_http,
    on_mishap,
    on_not_utf8,
    on_staff_asked,
    on_trouble,
    reply,
    trouble_object,
)
from sync.central.service import CentralLog
from sync.central.staff import Staff, StaffAsked, peer_of, staff_only
from sync.central.store import BookState
from sync.link import BATCH_PATH, ENROL_PATH, Enrolment

ENROL_BYTES = 4096
ENROL_ALLOWED = Allowed(of_one=5, of_all=30, within_s=300)
BODY_BYTES = 1024 * 1024
"""What other rooms' handlers may be sent, unless they say otherwise."""


def central_app(
    central: CentralLog,
    *,
    handlers: Sequence[ControllerRouterHandler] = (),
    staff: Staff | None = None,
    office_name: str = "",
) -> Litestar:
    """The application over ``central``, with the pages of other rooms.

    ``staff`` is made from the log's data folder if it is not given; ``office_name`` stands on the
    login page. Raises ``Trouble`` S-318, M-201 or M-202 if the password cannot be kept.
    """
    password = staff or Staff(central.data, clock=central.clock)
    state = {"central": central, "staff": password, "enrolments": Attempts(central.clock, ENROL_ALLOWED)}
    own: list[ControllerRouterHandler] = [take_batch, enrol_device, *NUMBER_HANDLERS, health, metrics, openapi_json]
    return Litestar(
        route_handlers=[*own, *login_handlers(office_name), *handlers],
        state=State(state),
        before_send=[add_headers],
        openapi_config=api_config(),
        request_max_body_size=BODY_BYTES,
        exception_handlers={
            Trouble: on_trouble, StaffAsked: on_staff_asked, HTTPException: on_http,
            UnicodeDecodeError: on_not_utf8, Exception: on_mishap,
        },
        logging_config=None,
    )  # fmt: skip


@post(BATCH_PATH, status_code=200, request_max_body_size=None)
async def take_batch(request: AnyRequest, state: State) -> Response[Any]:
    """Take a batch of one book's entries; answers when it is durable."""
    central: CentralLog = state["central"]
    with central.measures.seconds.time():
        try:
            raw = await read_body(request, MAX_PACKED_BYTES)
            taken = await asyncio.to_thread(central.take, raw)
        except Trouble as trouble:
            central.measures.batches.labels(trouble.code).inc()
            raise
    if isinstance(taken, ForkShown):
        central.measures.batches.labels("S-304").inc()
        return _fork(taken)
    central.measures.batches.labels("ok").inc()
    central.measures.entries.inc(taken.entries)
    return Response({"through": taken.through})


@post(ENROL_PATH, status_code=200, request_max_body_size=None)
async def enrol_device(request: AnyRequest, state: State) -> Response[Any]:
    """Know a device from now on, by a one-time code."""
    central: CentralLog = state["central"]
    attempts: Attempts = state["enrolments"]
    peer = peer_of(request)
    if (wait_s := attempts.wait_s(peer)) > 0:
        return reply(SyncTrouble("S-308", detail="too many wrong codes"), retry_s=wait_s)
    try:
        asked = msgspec.json.decode(await read_body(request, ENROL_BYTES), type=Enrolment)
    except msgspec.MsgspecError as wrong:
        raise SyncTrouble("S-314", detail=str(wrong)) from wrong
    attempts.was_wrong(peer)  # until it proves right
    device = await asyncio.to_thread(central.enrol, asked)
    attempts.forgive(peer)
    return Response({"device_id": device.device_id, "office_id": device.office_id})


@get("/health")
async def health(state: State) -> dict[str, object]:
    """How the server stands: counts and trouble codes, open to everybody."""
    central: CentralLog = state["central"]
    return await asyncio.to_thread(central.health)


@get("/metrics", guards=[staff_only], media_type="text/plain")
async def metrics(state: State) -> Response[bytes]:
    """Measures in the text format of Prometheus."""
    central: CentralLog = state["central"]
    text = await asyncio.to_thread(_measured, central)
    return Response(text, media_type=CONTENT_TYPE)


def _measured(central: CentralLog) -> bytes:
    offices = central.store.offices()
    measures, forked = central.measures, sum(one.forked for one in offices)
    measures.books.labels(BookState.FORKED.value).set(forked)
    measures.books.labels(BookState.OPEN.value).set(sum(one.books for one in offices) - forked)
    measures.waiting.set(central.waiting_batches)
    measures.unsent.set(central.upload.status().waiting_count if central.upload else 0)
    return measures.text()


def _fork(shown: ForkShown) -> Response[Any]:
    told = trouble_object(SyncTrouble("S-304", detail=f"seq {shown.seq}"))
    hashes = {"seq": shown.seq, "held_hash": shown.held_hash.hex(), "sent_hash": shown.sent_hash.hex()}
    return Response({**told, **hashes}, status_code=409)
