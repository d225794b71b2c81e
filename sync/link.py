"""The link to a server: sends packed batches and says in types what became of them.

Nothing is raised for what a network does every day. An answer that is not ours (a hotel's
log-in page, another program on that port) counts as not reached.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import urlsplit

import msgspec
import requests
from urllib3.exceptions import HTTPError

from kiosk.clock import Clock, SystemClock
from kiosk.trouble import KINDS, SettingsTrouble, SyncTrouble, Trouble

CONNECT_S = 5.0
READ_S = 30.0
ANSWER_BYTES = 64 * 1024
PIECE_BYTES = 4096
BATCH_PATH = "/api/v1/batch"
ENROL_PATH = "/api/v1/enrol"
BUSY_S = 5.0
"""How long to wait if a busy server does not say."""


@dataclass(frozen=True, slots=True)
class Acked:
    """The server holds every entry up to ``through`` durably."""

    through: int


@dataclass(frozen=True, slots=True)
class Forked:
    """The server holds another book of this name; ``seq`` is where they differ, hashes are hex."""

    seq: int
    held_hash: str
    sent_hash: str


@dataclass(frozen=True, slots=True)
class Refused:
    """The server understood and said no, with a trouble code."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Busy:
    """The server asks to be left alone for that many seconds. ``code``: why (S-308, M-201 ...)."""

    retry_after_s: float
    code: str = "S-308"


@dataclass(frozen=True, slots=True)
class Unreached:
    """Nobody knows whether anything arrived; ``text`` says what happened."""

    text: str


@dataclass(frozen=True, slots=True)
class Enrolled:
    """The server knows this device from now on, as one of that office."""

    office_id: str
    device_id: str


Answer = Acked | Forked | Refused | Busy | Unreached
EnrolAnswer = Enrolled | Refused | Busy | Unreached


class Enrolment(msgspec.Struct, frozen=True):
    """The JSON object of ``POST /api/v1/enrol``. ``public_key``: Ed25519, 64 hex digits."""

    code: str
    office_id: str
    public_key: str


class Link(Protocol):
    """A way to a server. Calls return within the link's own deadlines and never raise Trouble."""

    def send(self, packed: bytes) -> Answer:
        """Hand over a packed batch."""

    def close(self) -> None:
        """Let the link go."""


class HttpLink:
    """The link to ``http(s)://host[:port]``. Raises ``SettingsTrouble`` C-403 for another address."""

    def __init__(self, address: str, *, clock: Clock | None = None, read_s: float = READ_S) -> None:
        self.address = checked_address(address)
        self._clock = clock or SystemClock()
        self._read_s = read_s
        self._session = requests.Session()
        self._session.trust_env = False  # a proxy set for browsers must not swallow the hop to the machine itself

    def send(self, packed: bytes) -> Answer:
        """Hand over a packed batch."""
        headers = {"Content-Type": "application/json", "Content-Encoding": "gzip"}
        reply = self._post(BATCH_PATH, packed, headers)
        if isinstance(reply, Unreached):
            return reply
        status, body, retry_after = reply
        through = body.get("through")
        if status == 200 and isinstance(through, int) and not isinstance(through, bool) and through >= 0:
            return Acked(through)
        if status == 409 and isinstance(body.get("seq"), int):
            return Forked(body["seq"], str(body.get("held_hash", "")), str(body.get("sent_hash", "")))
        return _no(status, body, retry_after)

    def enrol(self, enrolment: Enrolment) -> EnrolAnswer:
        """Hand over a public key with a one-time code."""
        reply = self._post(ENROL_PATH, msgspec.json.encode(enrolment), {"Content-Type": "application/json"})
        if isinstance(reply, Unreached):
            return reply
        status, body, retry_after = reply
        if status == 200 and "device_id" in body:
            return Enrolled(str(body.get("office_id", "")), str(body["device_id"]))
        return _no(status, body, retry_after)

    def close(self) -> None:
        """Let the link go."""
        self._session.close()

    def _post(
        self, path: str, content: bytes, headers: Mapping[str, str]
    ) -> tuple[int, dict[str, Any], float] | Unreached:
        try:
            with self._session.post(
                self.address + path, data=content, headers=dict(headers), stream=True, allow_redirects=False,
                timeout=(CONNECT_S, self._read_s),
            ) as reply:  # fmt: skip
                body = self._object(reply)
                return reply.status_code, body, _seconds(reply.headers.get("Retry-After", ""))
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


def trouble_of(answer: Forked | Refused | Busy | Unreached) -> Trouble:
    """The trouble an answer means, with its code."""
    match answer:
        case Forked(seq=seq):
            return SyncTrouble("S-304", detail=f"seq {seq}")
        case Refused(code=code, text=text):
            return SyncTrouble(code, detail=text)
        case Busy(retry_after_s=wait, code=code):
            return SyncTrouble(code, detail=f"again in {wait:.0f} s")
        case Unreached(text=text):
            return SyncTrouble("S-301", detail=text)


def _no(status: int, body: Mapping[str, Any], retry_after_s: float) -> Refused | Busy | Unreached:
    code = str(body.get("code", ""))
    if code not in KINDS:
        return Unreached(f"HTTP {status}, and no answer of ours")
    if status in (429, 503):
        return Busy(retry_after_s, code)
    if 400 <= status < 500:
        return Refused(code, str(body.get("detail", ""))[:300])
    return Unreached(f"HTTP {status}: {code}")


def _seconds(text: str) -> float:
    """Retry-After in seconds; dates and nonsense become the usual pause, a day is the most."""
    return float(min(int(text), 86_400)) if text.isascii() and text.isdigit() else BUSY_S
