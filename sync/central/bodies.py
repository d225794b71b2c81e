"""Reading what was sent, and never more than may be sent."""

from __future__ import annotations

from typing import Any

from litestar import Request

from kiosk.trouble import SyncTrouble

DRAINED = 4
"""A body up to this many times too long is read to its end and thrown away, so that its sender hears why.

A longer one is cut off: the reply to S-307 closes the connection.
"""


async def read_body(request: Request[Any, Any, Any], most_bytes: int) -> bytes:
    """The whole body; raises ``SyncTrouble`` S-307 if it is or says it is longer than ``most_bytes``."""
    said = request.headers.get("content-length", "")
    if said.isascii() and said.isdigit() and int(said) > most_bytes * DRAINED:
        raise SyncTrouble("S-307", detail=f"{said} bytes, at most {most_bytes}")
    pieces, size = [], 0
    async for piece in request.stream():
        size += len(piece)
        if size > most_bytes * DRAINED:
            break
        if size <= most_bytes:
            pieces.append(piece)
    if size > most_bytes:
        raise SyncTrouble("S-307", detail=f"more than {most_bytes} bytes")
    return b"".join(pieces)
