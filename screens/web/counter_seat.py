"""Who sits at which counter, kept by the browser in a signed cookie: a restart of the server loses nobody.

The name an official gave herself stands here and nowhere else: no fact holds it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import msgspec
from itsdangerous import BadSignature
from litestar.datastructures import Cookie

from kiosk.trouble import SyncTrouble
from sync.central.staff import SESSION_S, Staff

COOKIE = "thanthien_counter"


@dataclass(frozen=True, slots=True)
class Seat:
    """A stay at a counter; ``name`` is what the official wants to be called, "" for nothing."""

    counter: str
    sitting: str
    name: str


class Seats:
    """Signs seats for browsers and knows them again."""

    def __init__(self, staff: Staff) -> None:
        self._signer = staff.signer("counter")

    def cookie(self, seat: Seat) -> Cookie:
        """What the browser keeps."""
        return _cookie(str(self._signer.dumps(msgspec.to_builtins(seat))), SESSION_S)

    def read(self, value: str | None) -> Seat | None:
        """The seat of a cookie that was made here within the last ``SESSION_S`` seconds."""
        try:
            told: Any = self._signer.loads(value, max_age=SESSION_S) if value else None
            return msgspec.convert(told, Seat) if told else None
        except (BadSignature, msgspec.ValidationError):
            return None

    def taken(self, value: str | None) -> Seat:
        """The seat of a cookie; raises ``SyncTrouble`` S-343 for a browser that is not signed in."""
        seat = self.read(value)
        if seat is None:
            raise SyncTrouble("S-343")
        return seat


def no_cookie() -> Cookie:
    """Has the browser forget its seat."""
    return _cookie("", 0)


def _cookie(value: str, max_age_s: int) -> Cookie:
    return Cookie(key=COOKIE, value=value, max_age=max_age_s, path="/", httponly=True, samesite="strict")
