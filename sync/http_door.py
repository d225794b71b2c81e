"""One server's door: a request, and what came back as a value, within deadlines.

Nothing is raised for what a network does every day. An answer that is not ours (a hotel's
log-in page, another program on that port) counts as not reached.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import msgspec
import requests
from urllib3.exceptions import HTTPError

from kiosk.clock import Clock, SystemClock
from kiosk.trouble import SettingsTrouble

CONNECT_S = 5.0
READ_S = 30.0
ANSWER_BYTES = 64 * 1024
PIECE_BYTES = 4096
BUSY_S = 5.0
"""How long to wait if a busy server does not say."""

JSON = {"Content-Type": "application/json"}


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer of ours: its HTTP status, its JSON object, and after how long to come again."""

    status: int
    body: dict[str, Any]
    retry_after_s: float


@dataclass(frozen=True, slots=True)
class Unreached:
    """Nobody knows whether anything arrived; ``text`` says what happened."""

    text: str


class HttpDoor:
    """The way to ``http(s)://host[:port]``, its connection kept. Raises ``SettingsTrouble`` C-403 for another one."""

    def __init__(
        self, address: str, *, clock: Clock | None = None, connect_s: float = CONNECT_S, read_s: float = READ_S
    ) -> None:
        self.address = checked_address(address)
        self._clock = clock or SystemClock()
        self._connect_s = connect_s
        self._read_s = read_s
        self._session = requests.Session()
        self._session.trust_env = False  # a proxy set for browsers must not swallow the hop to the machine itself

    def post(self, path: str, content: bytes, headers: Mapping[str, str] = JSON) -> Reply | Unreached:
        """Hand something over."""
        return self._ask("POST", path, {"data": content, "headers": dict(headers)})

    def get(self, path: str, asked: Mapping[str, str | int]) -> Reply | Unreached:
        """Ask for something."""
        return self._ask("GET", path, {"params": dict(asked)})

    def close(self) -> None:
        """Let the connection go; the next request opens another."""
        self._session.close()

    def _ask(self, method: str, path: str, told: dict[str, Any]) -> Reply | Unreached:
        try:
            with self._session.request(
                method, self.address + path, stream=True, allow_redirects=False,
                timeout=(self._connect_s, self._read_s), **told,
            ) as reply:  # fmt: skip
                body = self._object(reply)
                return Reply(reply.status_code, body, _seconds(reply.headers.get("Retry-After", "")))
        except (requests.RequestException, HTTPError, OSError, ValueError) as wrong:
            return Unreached(f"{type(wrong).__name__}: {wrong}"[:300])

    def _object(self, reply: requests.Response) -> dict[str, Any]:
        deadline = self._clock.monotonic() + self._read_s
        pieces, size = [], 0
        while piece := reply.raw.read1(PIECE_BYTES, decode_content=True):  # what is there, without waiting for more
            pieces.append(piece)
            size += len(piece)
            if size > ANSWER_BYTES or self._clock.monotonic() > deadline:
                raise ValueError("the answer does not end")
        try:
            body: dict[str, Any] = msgspec.json.decode(b"".join(pieces), type=dict[str, Any])
        except msgspec.MsgspecError:
            raise ValueError(f"HTTP {reply.status_code}, and no answer of ours") from None
        return body


def checked_address(address: str) -> str:
    """The address without a slash at its end; raises ``SettingsTrouble`` C-403 if it is none."""
    try:
        parts = urlsplit(address)
        sound = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        sound = False
    if not sound or parts.query or parts.fragment or parts.username:
        raise SettingsTrouble("C-403", detail=f"{address!r} is not an address like http://server:8080")
    return address.rstrip("/")


def _seconds(text: str) -> float:
    """Retry-After in seconds; dates and nonsense become the usual pause, a day is the most."""
    return float(min(int(text), 86_400)) if text.isascii() and text.isdigit() else BUSY_S
