"""A batch: entries of one book on their way, twice signed, packed, and read back with care.

The wire form is gzip-packed JSON (contract "Wire"). Entries travel as the export writes
them, ``body`` as an object; the receiver writes each body canonically again before it
checks a hash, so that nobody's JSON library decides what was signed.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any

import msgspec

from kiosk.entry import Entry, canonical
from kiosk.trouble import JournalTrouble, SyncTrouble
from sync.keys import DeviceKey, batch_bytes

MAX_ENTRIES = 500
"""Entries in one batch: more gain nothing, and a forwarded batch must end at a signed head."""

MAX_PACKED_BYTES = 2 * 1024 * 1024
MAX_BYTES = 8 * 1024 * 1024
"""What a batch may be, packed and unpacked: 500 entries of 16 kB each."""

GZIP_LEVEL = 1
_GZIP = 16 + zlib.MAX_WBITS
_STEP = 256 * 1024

Hex32 = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]
Hex64 = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{128}$")]
DeviceId = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{32}$")]
Instant = Annotated[str, msgspec.Meta(pattern=r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z$")]
Name = Annotated[str, msgspec.Meta(min_length=1, max_length=100)]
Seq = Annotated[int, msgspec.Meta(ge=1, le=2**53)]


class SentEntry(msgspec.Struct, frozen=True, gc=False):
    """An entry on the wire, as in the export: ``body`` an object, ``hash`` in hex."""

    seq: Seq
    id: Name
    at: Instant
    day: Annotated[str, msgspec.Meta(pattern=r"^\d{4}-\d{2}-\d{2}$")]
    fact: Name
    version: Annotated[int, msgspec.Meta(ge=1, le=32767)]
    body: dict[str, Any]
    hash: Hex32


class SentBatch(msgspec.Struct, frozen=True):
    """The JSON object of ``POST /api/v1/batch``. ``sent_at`` is an instant; signatures are hex."""

    sender_id: DeviceId
    journal_id: Name
    first: Seq
    last: Seq
    entries: Annotated[list[SentEntry], msgspec.Meta(min_length=1)]
    head_signature: Hex64
    sender_signature: Hex64
    sent_at: Instant


@dataclass(frozen=True, slots=True)
class Page:
    """Entries of one book in a row, and the signature of its own device over the last of them (hex)."""

    journal_id: str
    entries: Sequence[Entry]
    head_signature: str


@dataclass(frozen=True, slots=True)
class Batch:
    """A page and who sends it; ``entries`` hold their bodies as canonical text again."""

    sender_id: str
    journal_id: str
    entries: Sequence[Entry]
    head_signature: str
    sender_signature: str
    sent_at: str

    @property
    def first(self) -> int:
        """The place of the first entry."""
        return self.entries[0].seq

    @property
    def last(self) -> int:
        """The place of the last entry."""
        return self.entries[-1].seq

    @property
    def head(self) -> bytes:
        """The hash of the last entry."""
        return self.entries[-1].hash

    def signed_bytes(self) -> bytes:
        """What ``sender_signature`` signs."""
        span = (self.first, self.last)
        return batch_bytes(self.sender_id, self.journal_id, span, hash=self.head.hex(), sent_at=self.sent_at)


def sign(page: Page, sender: DeviceKey, *, sent_at: str) -> Batch:
    """The batch that carries ``page``, signed by its sender."""
    journal_id, last = page.journal_id, page.entries[-1]
    span = (page.entries[0].seq, last.seq)
    message = batch_bytes(sender.device_id, journal_id, span, hash=last.hash.hex(), sent_at=sent_at)
    return Batch(
        sender.device_id, journal_id, page.entries, page.head_signature, sender.sign(message), sent_at
    )  # fmt: skip


def pack(batch: Batch) -> bytes:
    """The bytes that travel: gzip level 1, where more only costs time."""
    packer = zlib.compressobj(GZIP_LEVEL, wbits=_GZIP)
    return packer.compress(_json(batch)) + packer.flush()


def unpack(packed: bytes) -> Batch:
    """The batch in those bytes. Raises ``SyncTrouble`` S-307 (too large) or S-306 (anything else wrong)."""
    raw = inflate(packed)
    try:
        sent = _DECODER.decode(raw)
        if len(sent.entries) > MAX_ENTRIES:
            raise SyncTrouble("S-307", detail=f"{len(sent.entries)} entries, at most {MAX_ENTRIES}")
        entries = [_entry(one) for one in sent.entries]
    except (msgspec.MsgspecError, ValueError, RecursionError, JournalTrouble) as wrong:
        raise SyncTrouble("S-306", detail=str(wrong)[:200] or type(wrong).__name__) from wrong
    _check_places(sent, entries)
    return Batch(
        sent.sender_id, sent.journal_id, entries, sent.head_signature, sent.sender_signature, sent.sent_at
    )  # fmt: skip


def inflate(packed: bytes) -> bytes:
    """Unpack gzip without ever holding more than ``MAX_BYTES``; S-307 beyond, S-306 if it is no gzip."""
    if len(packed) > MAX_PACKED_BYTES:
        raise SyncTrouble("S-307", detail=f"{len(packed)} bytes packed")
    unpacker = zlib.decompressobj(wbits=_GZIP)
    pieces, size, rest = [], 0, packed
    try:
        while not unpacker.eof:
            piece = unpacker.decompress(rest, _STEP)
            rest = unpacker.unconsumed_tail
            size += len(piece)
            if size > MAX_BYTES:
                raise SyncTrouble("S-307", detail=f"more than {MAX_BYTES} bytes unpacked")
            if not piece and not rest:
                break
            pieces.append(piece)
    except zlib.error as wrong:
        raise SyncTrouble("S-306", detail="not gzip") from wrong
    if not unpacker.eof or unpacker.unused_data:
        raise SyncTrouble("S-306", detail="the packed bytes end too early or too late")
    return b"".join(pieces)


def _entry(one: SentEntry) -> Entry:
    date.fromisoformat(one.day)
    datetime.fromisoformat(one.at)
    body = canonical(one.body)
    return Entry(one.seq, one.id, one.at, one.day, one.fact, one.version, body, bytes.fromhex(one.hash))


def _check_places(sent: SentBatch, entries: Sequence[Entry]) -> None:
    places = [entry.seq for entry in entries]
    if places != list(range(sent.first, sent.first + len(places))) or sent.last != places[-1]:
        raise SyncTrouble("S-306", detail="first, last and the places of the entries do not agree")


def _json(batch: Batch) -> bytes:
    """The JSON text; bodies are already canonical text, so they go in as they are."""
    return msgspec.json.encode(
        {
            "sender_id": batch.sender_id,
            "journal_id": batch.journal_id,
            "first": batch.first,
            "last": batch.last,
            "entries": [_wire_form(entry) for entry in batch.entries],
            "head_signature": batch.head_signature,
            "sender_signature": batch.sender_signature,
            "sent_at": batch.sent_at,
        }
    )


def _wire_form(entry: Entry) -> dict[str, object]:
    return {
        "seq": entry.seq,
        "id": entry.id,
        "at": entry.at,
        "day": entry.day,
        "fact": entry.fact,
        "version": entry.version,
        "body": msgspec.Raw(entry.body.encode()),
        "hash": entry.hash.hex(),
    }


_DECODER = msgspec.json.Decoder(SentBatch)
