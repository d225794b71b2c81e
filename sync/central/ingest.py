"""Taking a batch: what to do with it is decided first, from values alone, then done in one transaction.

    held:   1 ────────── head
    batch:        first ───┼── last      overlap is compared, the rest must chain, then it is taken
    batch:                     first ─   a gap: the sender is told how far we are

An overlap needs one comparison: the chain inside the batch makes its last hash prove the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kiosk.entry import GENESIS, Entry, expected_hash
from kiosk.facts import JournalOpened
from kiosk.trouble import JournalTrouble, SyncTrouble, Trouble
from sync.batch import Batch
from sync.central.store import Book, BookState, Device

HashAt = Callable[[int], bytes | None]
"""The held hash at a place."""


@dataclass(frozen=True, slots=True)
class Accept:
    """These entries come next."""

    entries: Sequence[Entry]


@dataclass(frozen=True, slots=True)
class Told:
    """Nothing is taken; everything up to ``through`` is held."""

    through: int


@dataclass(frozen=True, slots=True)
class Differs:
    """What is held and what was sent are different books. ``seq``: the first difference that shows."""

    seq: int
    held_hash: bytes
    sent_hash: bytes


Decision = Accept | Told | Differs


def decide(batch: Batch, *, head: int, hash_at: HashAt) -> Decision:
    """What to do with a batch of a book held up to ``head``.

    Raises ``SyncTrouble`` S-305 for a batch that does not hold together in itself. One that
    does, but does not continue what is held, is answered like a gap one place back: the
    sender comes again with an overlap, and only that tells a damaged batch from a fork.
    """
    check_chain(batch.entries)
    if batch.first > head + 1:
        return Told(head)
    if batch.first <= head:
        overlap = batch.entries[: head - batch.first + 1]
        if hash_at(overlap[-1].seq) != overlap[-1].hash:
            return _first_difference(overlap, hash_at)
    before = GENESIS if batch.first == 1 else hash_at(batch.first - 1)
    if before is None or expected_hash(before, batch.entries[0]) != batch.entries[0].hash:
        if batch.first == head + 1 and head > 0:
            return Told(head - 1)
        raise SyncTrouble("S-305", detail=f"seq {batch.first}")
    fresh = batch.entries[max(0, head + 1 - batch.first) :]
    return Accept(fresh) if fresh else Told(head)


def check_chain(entries: Sequence[Entry]) -> None:
    """Whether each entry chains to the one before it; S-305 names the first that does not."""
    for before, entry in pairwise(entries):
        if expected_hash(before.hash, entry) != entry.hash:
            raise SyncTrouble("S-305", detail=f"seq {entry.seq}")


def opened_book(batch: Batch, *, sender: Device, signer: Device) -> Book:
    """The book that a first batch begins; raises ``Trouble`` S-305 or J-106 if it begins as it must not."""
    first = batch.entries[0]
    if first.fact != JournalOpened.__name__:
        raise SyncTrouble("S-305", detail="a book begins with JournalOpened")
    body = first.fields()
    kiosk_id, demo = body.get("kiosk_id"), body.get("demo")
    if not isinstance(kiosk_id, str) or not isinstance(demo, bool) or body.get("journal_id") != batch.journal_id:
        raise SyncTrouble("S-305", detail="JournalOpened does not name this book")
    if body.get("office_id") != sender.office_id:
        raise JournalTrouble("J-106", detail=f"the sender belongs to {sender.office_id}")
    return Book(
        sender.office_id, batch.journal_id, kiosk_id, signer.device_id, demo,
        seq=0, hash=GENESIS, state=BookState.OPEN, last_at=first.at, taken_at="",
    )  # fmt: skip


def refuse_demonstration(book: Book, *, demo_office: bool) -> Trouble | None:
    """Why this office does not take a new book that is a demonstration, or None."""
    return SyncTrouble("S-309", detail=book.journal_id) if book.demo and not demo_office else None


def _first_difference(overlap: Sequence[Entry], hash_at: HashAt) -> Differs:
    for entry in overlap:
        held = hash_at(entry.seq)
        if held is not None and held != entry.hash:
            return Differs(entry.seq, held, entry.hash)
    raise SyncTrouble("S-305", detail=f"seq {overlap[-1].seq} is missing here")
