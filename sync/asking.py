"""What a kiosk asks its office for at the tap, signed like a batch: a number, or once for all its reserve."""

from __future__ import annotations

import json
from typing import Annotated

import msgspec

from sync.batch import DeviceId, Hex64, Instant
from sync.keys import DeviceKey

NUMBER_PATH = "/api/v1/number"
RESERVE_PATH = "/api/v1/reserve"
NUMBER = "than-thien/number/v1"
RESERVE = "than-thien/reserve/v1"

Letter = Annotated[str, msgspec.Meta(pattern="^[A-Z]{1,2}$")]
Day = Annotated[str, msgspec.Meta(pattern=r"^\d{4}-\d{2}-\d{2}$")]
Request = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{32}$")]


class NumberAsked(msgspec.Struct, frozen=True):
    """The JSON object of ``POST /api/v1/number``. ``request``: 128 random bits in hex, the same for the same asking;
    ``day``: the asking kiosk's business day."""

    sender_id: DeviceId
    letter: Letter
    day: Day
    request: Request
    sent_at: Instant
    signature: Hex64

    def signed_bytes(self) -> bytes:
        """What ``signature`` signs."""
        return _compact(NUMBER, self.sender_id, self.letter, self.day, self.request, self.sent_at)


class ReserveAsked(msgspec.Struct, frozen=True):
    """The JSON object of ``POST /api/v1/reserve``: a kiosk that never met its office asks for a reserve."""

    sender_id: DeviceId
    sent_at: Instant
    signature: Hex64

    def signed_bytes(self) -> bytes:
        """What ``signature`` signs."""
        return _compact(RESERVE, self.sender_id, self.sent_at)


class NumberGiven(msgspec.Struct, frozen=True):
    """The answer: the count of the shared series that was lent."""

    count: Annotated[int, msgspec.Meta(ge=1)]
    request: Request


class PlaceGiven(msgspec.Struct, frozen=True):
    """The answer: the place of the reserve (``kiosk.number_blocks``)."""

    place: Annotated[int, msgspec.Meta(ge=1, le=15)]


def ask_number(key: DeviceKey, *, letter: str, day: str, request: str, sent_at: str) -> NumberAsked:
    """The signed asking."""
    message = _compact(NUMBER, key.device_id, letter, day, request, sent_at)
    return NumberAsked(key.device_id, letter, day, request, sent_at, key.sign(message))


def ask_reserve(key: DeviceKey, *, sent_at: str) -> ReserveAsked:
    """The signed asking."""
    return ReserveAsked(key.device_id, sent_at, key.sign(_compact(RESERVE, key.device_id, sent_at)))


def _compact(*parts: str) -> bytes:
    return json.dumps(parts, ensure_ascii=False, separators=(",", ":")).encode()
