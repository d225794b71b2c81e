"""Checking a log against itself: do the books chain, are the heads where they say, do the tallies follow?"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from pathlib import Path

from kiosk.entry import GENESIS, expected_hash
from sync.central.fold import Fold
from sync.central.sqlite_store import SqliteStore
from sync.central.store import Book, Store, Transaction
from sync.central.ticket_days import HelpCall, TicketDay

ALL_DAYS = ("0000-00-00", "9999-99-99")


def verify(store: Store, *, utc_offset_h: int) -> Iterator[str]:
    """A sentence for everything that is wrong; nothing if all is well."""
    for office in store.offices():
        for book in store.books(office.office_id):
            yield from _chain(store, book)
    with tempfile.TemporaryDirectory() as folder:
        again = SqliteStore(Path(folder) / "again.sqlite")
        try:
            with again.transaction() as tx:
                _fold_again(store, tx, utc_offset_h)
            yield from _tallies(store, again)
        finally:
            again.close()


def rebuild_tallies(tx: Transaction, *, utc_offset_h: int) -> int:
    """Make everything that is folded anew from the entries; returns how many there are."""
    tx.clear_tallies()
    fold, count, book = None, 0, None
    for held, entry in tx.all_entries():
        if fold is None or held is not book:
            if fold:
                fold.finish()
            fold, book = Fold(tx, held.office_id, utc_offset_h=utc_offset_h), held
        fold.take(held, entry)
        count += 1
    if fold:
        fold.finish()
    return count


def _chain(store: Store, book: Book) -> Iterator[str]:
    place, before = f"{book.office_id}/{book.journal_id}", GENESIS
    seq = 0
    for entry in store.entries(book):
        seq += 1
        if entry.seq != seq:
            yield f"{place}: entry {seq} is missing"
            return
        if expected_hash(before, entry) != entry.hash:
            yield f"{place}: entry {seq} does not chain to the one before it"
            return
        before = entry.hash
    if (seq, before) != (book.seq, book.hash):
        yield f"{place}: the head says {book.seq}, the entries end at {seq}"


def _fold_again(store: Store, tx: Transaction, utc_offset_h: int) -> None:
    for office in store.offices():
        for book in store.books(office.office_id):
            fold = Fold(tx, office.office_id, utc_offset_h=utc_offset_h)
            for entry in store.entries(book):
                fold.take(book, entry)
            fold.finish()


def _tallies(store: Store, again: Store) -> Iterator[str]:
    for office in store.offices():
        name = office.office_id
        days = set(store.tallies(name, *ALL_DAYS)) ^ set(again.tallies(name, *ALL_DAYS))
        hours = set(store.hours(name, *ALL_DAYS)) ^ set(again.hours(name, *ALL_DAYS))
        if days or hours:
            first = min([row.day for row in days] + [row.day for row in hours])
            yield f"{name}: the tallies do not follow from the entries, first on {first}"
        numbers = _other_days(store.ticket_days(name, *ALL_DAYS), again.ticket_days(name, *ALL_DAYS))
        if numbers:
            yield f"{name}: what became of the numbers does not follow from the entries, first on {min(numbers)}"
        calls = _other_days(store.help_calls(name, *ALL_DAYS), again.help_calls(name, *ALL_DAYS))
        if calls:
            yield f"{name}: the calls for help do not follow from the entries, first on {min(calls)}"


def _other_days(held: Sequence[TicketDay | HelpCall], made: Sequence[TicketDay | HelpCall]) -> set[str]:
    """The days on which two lists in one order differ."""
    return {one.day for pair in zip_longest(held, made) if pair[0] != pair[1] for one in pair if one is not None}
