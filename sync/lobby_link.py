"""Asking the office how its lobby stands, for one kiosk."""

from __future__ import annotations

import msgspec

from kiosk.clock import Clock
from kiosk.lobby_views import KioskView
from sync.http_door import HttpDoor, Unreached

LOBBY_PATH = "/api/v1/lobby"
CONNECT_S = 1.0
READ_S = 2.0
"""The office answers out of memory; a link that takes longer than this counts as cut."""


class HttpLobbyLink:
    """``GET /api/v1/lobby`` of the office at ``address``. Raises ``SettingsTrouble`` C-403 for no address."""

    def __init__(self, address: str, kiosk_id: str, *, clock: Clock) -> None:
        self._door = HttpDoor(address, clock=clock, connect_s=CONNECT_S, read_s=READ_S)
        self._kiosk_id = kiosk_id

    def view(self, head: int) -> KioskView | None:
        """What the office tells this kiosk, whose book goes up to ``head``; None if it did not answer that."""
        reply = self._door.get(LOBBY_PATH, {"kiosk_id": self._kiosk_id, "head": head})
        if isinstance(reply, Unreached):
            self._door.close()  # what hung once may be a wire that was pulled out: the next asking takes a new one
            return None
        try:
            return msgspec.convert(reply.body, KioskView) if reply.status == 200 else None
        except msgspec.ValidationError:
            return None

    def close(self) -> None:
        """Let the link go."""
        self._door.close()
