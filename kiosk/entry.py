"""An entry: one fact at its place in a journal, and the hash that chains it.

The hash is taken over the *stored text*, never over a re-made object, so that
any JSON library on any machine can check a book (contract "Entry and hash").
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kiosk.trouble import JournalTrouble

GENESIS = bytes(32)
"""The hash before the first entry."""

MAX_INTEGER = 2**53
"""The largest whole number a body may hold: beyond it some readers round."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One immutable line of a book.

    ``seq`` counts from 1 without a gap; ``at`` is UTC text with six decimals
    and ``Z``; ``day`` is the office's business day (ISO); ``body`` is the
    canonical JSON text; ``hash`` is 32 raw bytes.
    """

    seq: int
    id: str
    at: str
    day: str
    fact: str
    version: int
    body: str
    hash: bytes

    def fields(self) -> Mapping[str, Any]:
        """The body as an object; ``JournalTrouble`` J-102 if its text is none."""
        try:
            parsed = json.loads(self.body)
        except (ValueError, TypeError, RecursionError):  # text, a loose table's value, brackets without end
            parsed = None
        if not isinstance(parsed, dict):
            raise JournalTrouble("J-102", detail=f"seq {self.seq}: the body is not an object")
        return parsed


def canonical(value: Mapping[str, Any]) -> str:
    """The canonical JSON text of a body: keys sorted, no spaces, UTF-8 unescaped.

    Raises ``JournalTrouble`` J-104 for floats, whole numbers beyond 2^53, keys that are
    not ASCII and text that is not Unicode: each of them is spelled differently by someone.
    """
    _check(value)
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def entry_hash(previous: bytes, *, seq: int, id: str, at: str, day: str, fact: str, version: int, body: str) -> bytes:
    """SHA-256 of the previous hash and the JSON array of this entry's other fields."""
    line = json.dumps([seq, id, at, day, fact, version, body], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(previous + line.encode()).digest()


def expected_hash(previous: bytes, entry: Entry) -> bytes:
    """The hash that ``entry`` must carry if ``previous`` came right before it."""
    return entry_hash(
        previous,
        seq=entry.seq,
        id=entry.id,
        at=entry.at,
        day=entry.day,
        fact=entry.fact,
        version=entry.version,
        body=entry.body,
    )


def chained(entries: Iterable[Entry]) -> Iterator[Entry]:
    """The entries of a book from its first, each held against the one before it.

    ``JournalTrouble`` J-102 at the first that is missing, out of place or does not chain.
    """
    place, previous = 1, GENESIS
    for entry in entries:
        if entry.seq != place:
            raise JournalTrouble("J-102", detail=f"seq {place} is missing, {entry.seq} stands in its place")
        if expected_hash(previous, entry) != entry.hash:
            raise JournalTrouble("J-102", detail=f"seq {entry.seq}: the entry does not chain to the one before it")
        place, previous = place + 1, entry.hash
        yield entry


def _check(value: Any) -> None:
    if value is None or isinstance(value, bool):
        return
    if isinstance(value, int):
        if abs(value) > MAX_INTEGER:
            raise JournalTrouble("J-104", detail=f"{value} is larger than 2^53")
    elif isinstance(value, str):
        try:
            value.encode()
        except UnicodeEncodeError:
            raise JournalTrouble("J-104", detail="text that is not Unicode") from None
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            if not isinstance(key, str) or not key.isascii():
                raise JournalTrouble("J-104", detail=f"the key {key!r} is not ASCII")
            _check(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            _check(inner)
    else:
        raise JournalTrouble("J-104", detail=f"a {type(value).__name__} cannot be kept in a book")
