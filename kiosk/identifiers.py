"""Names for things: UUIDv7 for entries and books, random ones for ratings."""

from __future__ import annotations

import secrets
import uuid
from datetime import datetime


def uuid7(moment: datetime) -> str:
    """A UUIDv7 (RFC 9562, 5.7): 48 bits of milliseconds, then 74 random bits."""
    value = int(moment.timestamp() * 1000) & (2**48 - 1)
    value = value << 80 | 0x7 << 76 | secrets.randbits(12) << 64 | 0b10 << 62 | secrets.randbits(62)
    return str(uuid.UUID(int=value))


def random_id() -> str:
    """A name that tells nothing, not even when it was made: 128 random bits in hex."""
    return secrets.token_hex(16)
