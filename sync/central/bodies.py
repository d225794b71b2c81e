"""Reading what was sent, and never more than may be sent."""

from __future__ import annotations

from typing import Any

from litestar import Request

from kiosk.trouble import SyncTrouble


async def read_body(request: Request[Any, Any, Any], most_bytes: int) -> bytes:
    """The whole body; raises ``SyncTrouble`` S-307 as soon as it is or says it is too long, S-306 if it is cut off."""
    said = request.headers.get("content-length", "")
    if said.isascii() and said.isdigit() and int(said) > most_bytes:
        raise SyncTrouble("S-307", detail=f"{said} bytes, at most {most_bytes}")
    pieces, size = [], 0
    async for piece in request.stream():
        size += len(piece)
        if size > most_bytes:
            raise SyncTrouble("S-307", detail=f"more than {most_bytes} bytes")
        pieces.append(piece)
    return b"".join(pieces)
