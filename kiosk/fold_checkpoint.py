"""A fold's state kept beside its book, so that a start reads the end of the book and not all of it.

The state is only a shortcut: it names the entry it goes up to by that entry's hash, and a state
that is damaged, of another version of the fold, or of an entry that is not in the book is
passed over. The fold then reads the whole book and comes to the same.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from kiosk.book_file import storage_trouble
from kiosk.entry import Entry

log = logging.getLogger(__name__)

Entries = Callable[[int], Iterable[Entry]]
"""The entries of a book behind a place, in order."""


class Kept(Protocol):
    """A fold whose state can be written down. ``fold_version`` names it and what its state means."""

    @property
    def fold_version(self) -> str:
        """Like ``phone-desk/1``; another text when the state's meaning changes."""

    def take_in(self, entry: Entry) -> None:
        """Fold one entry."""

    def state(self) -> Any:
        """All it has come to, as JSON can hold it; it stays as it is when the fold goes on."""

    def restore(self, state: Any) -> None:
        """Go on from a state. One that is wrong changes nothing and raises LookupError, TypeError or ValueError."""


@dataclass(frozen=True, slots=True)
class Reached:
    """How far a fold has read: the last entry's place and hash; 0 and "" before the first."""

    seq: int
    hash: str


def resume(fold: Kept, *, place: Path, journal_id: str, entries: Entries) -> tuple[int, Reached]:
    """Bring a new fold up to the end of its book, from the state at ``place`` if that is of this book.

    Gives the place the kept state went up to (0 if it was of no use), and how far the fold has come.
    """
    kept_seq, reached, behind = 0, Reached(0, ""), iter(entries(0))
    found = _read(place, fold.fold_version, journal_id)
    if found is not None:
        kept, state = found
        rest = iter(entries(kept.seq - 1))
        at = next(rest, None)
        if at is not None and (at.seq, at.hash.hex()) == (kept.seq, kept.hash) and _restored(fold, state):
            kept_seq, reached, behind = kept.seq, kept, rest
    for entry in behind:
        fold.take_in(entry)
        reached = Reached(entry.seq, entry.hash.hex())
    return kept_seq, reached


def keep(version: str, state: Any, reached: Reached, *, place: Path, journal_id: str) -> None:
    """Write a fold's state down, whole or not at all. Raises ``MachineTrouble`` M-201, M-202."""
    told = {"fold": version, "journal_id": journal_id, "seq": reached.seq, "hash": reached.hash}
    body = json.dumps({**told, "state": state}, ensure_ascii=False, separators=(",", ":")).encode()
    draft = place.with_name(place.name + ".new")
    with storage_trouble(place):
        try:
            with draft.open("wb") as file:
                file.write(hashlib.sha256(body).hexdigest().encode() + b"\n" + body)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(place)
        except OSError:
            with suppress(OSError):
                draft.unlink(missing_ok=True)
            raise


def _read(place: Path, version: str, journal_id: str) -> tuple[Reached, Any] | None:
    try:
        told = _sound(place.read_bytes())
        ours = (told["fold"], told["journal_id"]) == (version, journal_id)
        if ours:
            return Reached(int(told["seq"]), str(told["hash"])), told["state"]
    except FileNotFoundError:
        return None
    except (OSError, LookupError, TypeError, ValueError, RecursionError) as wrong:
        log.warning("%s is damaged and passed over, the whole book is read: %s", place, wrong)
        return None
    log.info("%s is of another book or version, the whole book is read", place)
    return None


def _sound(raw: bytes) -> Any:
    digest, _, body = raw.partition(b"\n")
    if hashlib.sha256(body).hexdigest().encode() != digest:
        raise ValueError("its digest is another one")
    return json.loads(body)


def _restored(fold: Kept, state: Any) -> bool:
    try:
        fold.restore(state)
    except (LookupError, TypeError, ValueError) as wrong:
        log.warning("the state of %s is passed over, the whole book is read: %s", fold.fold_version, wrong)
        return False
    return True
