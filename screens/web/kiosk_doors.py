"""The door that kiosks ask at every other second: how the office's line stands."""

from __future__ import annotations

from typing import Annotated

from litestar import get
from litestar.handlers import HTTPRouteHandler
from litestar.params import Parameter

from kiosk.lobby_views import KioskView
from screens.lobby_hall import Hall


def kiosk_doors(hall: Hall) -> list[HTTPRouteHandler]:
    """``/api/v1/lobby``."""

    @get("/api/v1/lobby", sync_to_thread=False)
    def lobby(
        kiosk_id: Annotated[str, Parameter(max_length=100)], head: Annotated[int, Parameter(ge=0, le=2**53)] = 0
    ) -> KioskView:
        """What a kiosk may say of the line: by service, its calls for help, whether numbers are given at all."""
        return hall.kiosk(kiosk_id, head)

    return [lobby]
