"""The doors of a ticket on a phone: where it stands, giving it up, saying that one is still here.

A slip is named by its ``line`` hash alone; the ballot itself stays on the phone.
"""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from litestar import post
from litestar.handlers import HTTPRouteHandler
from litestar.params import JSONBody

from kiosk.lobby_views import PlaceView
from screens.lobby_hall import Hall

BODY_BYTES = 512


class SlipShown(msgspec.Struct, forbid_unknown_fields=True):
    """Somebody holds this slip. ``line``: the ``ballot_line`` hash, 64 hex digits."""

    line: Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]


def place_doors(hall: Hall) -> list[HTTPRouteHandler]:
    """``/V/place``, ``/V/drop``, ``/V/present``."""
    door: dict[str, Any] = {
        "status_code": 200, "include_in_schema": False, "sync_to_thread": True, "request_max_body_size": BODY_BYTES
    }  # fmt: skip

    @post("/V/place", **door)
    def place(data: JSONBody[SlipShown]) -> PlaceView:
        """Where the number of a slip stands; S-315 for an unknown one, S-337 for one of another day."""
        return hall.place(data.line)

    @post("/V/drop", **door)
    def drop(data: JSONBody[SlipShown]) -> PlaceView:
        """Give the number up."""
        return hall.drop(data.line)

    @post("/V/present", **door)
    def present(data: JSONBody[SlipShown]) -> PlaceView:
        """Say that its holder is still waiting."""
        return hall.confirm_present(data.line)

    return [place, drop, present]
