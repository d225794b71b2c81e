"""The link to a server: sends packed batches and says in types what became of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import msgspec

from kiosk.clock import Clock
from kiosk.trouble import KINDS, SyncTrouble, Trouble
from sync.http_door import JSON, READ_S, HttpDoor, Reply, Unreached

BATCH_PATH = "/api/v1/batch"
ENROL_PATH = "/api/v1/enrol"


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
        self._door = HttpDoor(address, clock=clock, read_s=read_s)
        self.address = self._door.address

    def send(self, packed: bytes) -> Answer:
        """Hand over a packed batch."""
        reply = self._door.post(BATCH_PATH, packed, {**JSON, "Content-Encoding": "gzip"})
        if isinstance(reply, Unreached):
            return reply
        body = reply.body
        through = body.get("through")
        if reply.status == 200 and isinstance(through, int) and not isinstance(through, bool) and through >= 0:
            return Acked(through)
        if reply.status == 409 and isinstance(body.get("seq"), int):
            return Forked(body["seq"], str(body.get("held_hash", "")), str(body.get("sent_hash", "")))
        return refusal_in(reply)

    def enrol(self, enrolment: Enrolment) -> EnrolAnswer:
        """Hand over a public key with a one-time code."""
        reply = self._door.post(ENROL_PATH, msgspec.json.encode(enrolment))
        if isinstance(reply, Unreached):
            return reply
        if reply.status == 200 and "device_id" in reply.body:
            return Enrolled(str(reply.body.get("office_id", "")), str(reply.body["device_id"]))
        return refusal_in(reply)

    def close(self) -> None:
        """Let the link go."""
        self._door.close()


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


def refusal_in(reply: Reply) -> Refused | Busy | Unreached:
    """What an answer that is not the one hoped for means."""
    code = str(reply.body.get("code", ""))
    if code not in KINDS:
        return Unreached(f"HTTP {reply.status}, and no answer of ours")
    if reply.status in (429, 503):
        return Busy(reply.retry_after_s, code)
    if 400 <= reply.status < 500:
        return Refused(code, str(reply.body.get("detail", ""))[:300])
    return Unreached(f"HTTP {reply.status}: {code}")
