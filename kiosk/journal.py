"""The journal: one device's append-only, gapless, hash-chained book in one SQLite file.

``synchronous=FULL`` costs one fsync an entry and buys the promise behind every number:
what was answered to a citizen is on the disk; a demonstration, which promises nothing, leaves
that to the system. One writer, locked; readers open their own
connection (``kiosk.book_file.read_entries``).
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path

from kiosk.book_file import SCHEMA, connect, first_place_of, newest_seq, rows, storage_trouble
from kiosk.book_lock import BookLock
from kiosk.clock import Clock, business_day, instant, instant_text
from kiosk.entry import GENESIS, Entry, canonical, entry_hash, expected_hash
from kiosk.fact import Fact
from kiosk.facts import ClockJumped, JournalOpened, opening_of
from kiosk.identifiers import uuid7
from kiosk.trouble import JournalTrouble

JUMP_S = 60
"""A wall clock that differs from the steady one by more than this between two entries has jumped."""

TAIL = 50
"""How many last entries are checked each time a book is opened."""


@dataclass(frozen=True, slots=True)
class BookOf:
    """Whose book it is: the place, the office, and whether it is only a demonstration."""

    kiosk_id: str
    office_id: str
    demo: bool = False


class SqliteJournal:
    """A book on disk. Create one with :meth:`create`, go on with :meth:`open`.

    Safe to call from several threads; entries then stand in the order the lock gave.
    """

    def __init__(self, path: Path, *, utc_offset_h: int, clock: Clock) -> None:
        self.path = path
        self._offset_h = utc_offset_h
        self._clock = clock
        self._guard = threading.Lock()
        self._lock = BookLock(path)
        self._head: Entry | None = None
        self._steady_at_head: float | None = None
        try:
            self._link = connect(path, writer=True)
        except BaseException:
            self._lock.release()
            raise

    @classmethod
    def create(cls, path: Path, *, of: BookOf, utc_offset_h: int, clock: Clock) -> SqliteJournal:
        """Begin a book at ``path`` with its ``JournalOpened``; the folder is made if it is missing.

        The book appears at its place whole, first entry included: a power cut leaves either no
        book or one that is begun, so an empty file there is always damage, never a beginning.
        ``JournalTrouble`` J-101 if something is already there.
        """
        with storage_trouble(path):
            path.parent.mkdir(parents=True, exist_ok=True)
        with BookLock(path):
            if path.exists():
                raise JournalTrouble("J-101", detail=f"{path} is already there")
            draft = path.with_name(path.name + ".new")
            _sweep(draft)
            book = cls(draft, utc_offset_h=utc_offset_h, clock=clock)
            try:
                book._begin(of)
            finally:
                book.close()
            _settle(draft, path)
        return cls.open(path, utc_offset_h=utc_offset_h, clock=clock)

    @classmethod
    def open(cls, path: Path, *, utc_offset_h: int, clock: Clock) -> SqliteJournal:
        """Go on with the book at ``path``; J-107 if there is none, J-102 if its end is damaged."""
        if not path.exists():
            raise JournalTrouble("J-107", detail=str(path))
        if path.stat().st_size == 0:
            raise JournalTrouble("J-102", detail=f"{path} is empty")
        book = cls(path, utc_offset_h=utc_offset_h, clock=clock)
        try:
            book._go_on()
        except BaseException:
            book.close()
            raise
        return book

    @classmethod
    def open_or_create(cls, path: Path, *, of: BookOf, utc_offset_h: int, clock: Clock) -> SqliteJournal:
        """Go on with the book, or begin it; J-106 or J-110 if the one there is somebody else's."""
        if not path.exists():
            return cls.create(path, of=of, utc_offset_h=utc_offset_h, clock=clock)
        book = cls.open(path, utc_offset_h=utc_offset_h, clock=clock)
        if (book.office_id, book.kiosk_id) != (of.office_id, of.kiosk_id):
            whose = f"{path} is of {book.office_id}/{book.kiosk_id}, not {of.office_id}/{of.kiosk_id}"
            book.close()
            raise JournalTrouble("J-106", detail=whose)
        return book

    @property
    def journal_id(self) -> str:
        """The book's own name, born with the file."""
        return self._opened.journal_id

    @property
    def kiosk_id(self) -> str:
        """The place the book was begun at."""
        return self._opened.kiosk_id

    @property
    def office_id(self) -> str:
        """The office the book belongs to."""
        return self._opened.office_id

    @property
    def demo(self) -> bool:
        """Whether the book is a demonstration, never taken by a real office."""
        return self._opened.demo

    def append(self, fact: Fact) -> Entry:
        """Write one fact durably; the entry is on the disk when this returns."""
        return self.append_all([fact])[-1]

    def append_all(self, facts: Iterable[Fact]) -> list[Entry]:
        """Write facts in one transaction: all of them or, raising a ``Trouble``, none."""
        with self._guard, storage_trouble(self.path):
            now = self._clock.now()
            jump = self._jump()
            made = self._chain([*([jump] if jump else []), *facts])
            self._write(made)
            self._head = made[-1] if made else self._head
            self._steady_at_head = self._clock.monotonic()
            self._wall_at_head = now
            return made[1:] if jump else made

    def head(self) -> Entry:
        """The last entry."""
        assert self._head is not None
        return self._head

    def entries(self, after: int = 0, limit: int | None = None) -> Iterator[Entry]:
        """Entries behind ``after`` in order, through a reader's connection of their own."""
        link = connect(self.path, writer=False)
        try:
            with storage_trouble(self.path):
                yield from rows(link, after=after, limit=limit)
        finally:
            link.close()

    def first_seq_of(self, day: date) -> int:
        """The first place whose business day is ``day`` or later (head + 1 if none): days never go back."""
        with self._guard, storage_trouble(self.path):
            return first_place_of(self._link, day)

    def today(self) -> date:
        """The business day the next entry will carry."""
        now = business_day(self._clock.now(), self._offset_h)
        return max(now, date.fromisoformat(self.head().day))

    def rest(self) -> None:
        """Move what is written from the log into the file; call when nobody waits."""
        with self._guard, storage_trouble(self.path):
            self._link.execute("pragma wal_checkpoint(passive)")

    def close(self) -> None:
        """Close the file and let go of the lock."""
        with self._guard:
            self._link.close()
            self._lock.release()

    def __enter__(self) -> SqliteJournal:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _begin(self, of: BookOf) -> None:
        with storage_trouble(self.path):
            if self._link.execute("select count(*) from sqlite_master").fetchone()[0] == 0:
                self._link.executescript("begin;" + SCHEMA + "commit;")
            if self._link.execute("select count(*) from entry").fetchone()[0]:
                raise JournalTrouble("J-101", detail=f"{self.path} already holds a book")
        self._opened = JournalOpened(uuid7(self._clock.now()), of.kiosk_id, of.office_id, of.demo)
        self.append(self._opened)

    def _go_on(self) -> None:
        with storage_trouble(self.path):
            newest = newest_seq(self._link)
            tail = list(rows(self._link, after=max(0, newest - TAIL)))
            first = next(rows(self._link, limit=1), None)
        self._opened = opening_of(first, str(self.path))
        if self._opened.demo:  # whole after any end, but a month of it need not wait for the disk at each fact
            self._link.execute("pragma synchronous = normal")
        for before, entry in pairwise(tail):
            if entry.seq != before.seq + 1 or expected_hash(before.hash, entry) != entry.hash:
                raise JournalTrouble("J-102", detail=f"{self.path} at seq {entry.seq}")
        self._head = tail[-1]

    def _chain(self, facts: Iterable[Fact]) -> list[Entry]:
        now = self._clock.now()
        at = instant_text(now)
        day = business_day(now, self._offset_h).isoformat()
        before = self._head
        made: list[Entry] = []
        for fact in facts:
            seq, previous = (before.seq + 1, before.hash) if before else (1, GENESIS)
            day = max(day, before.day) if before else day
            name, id, body = type(fact).__name__, uuid7(now), canonical(fact.body())
            hash = entry_hash(previous, seq=seq, id=id, at=at, day=day, fact=name, version=fact.version, body=body)
            before = Entry(seq, id, at, day, name, fact.version, body, hash)
            made.append(before)
        return made

    def _jump(self) -> ClockJumped | None:
        if self._head is None:
            return None
        now = self._clock.now()
        if self._steady_at_head is None:  # the first entry since the book was opened: only going back shows
            ahead = min(0.0, (now - instant(self._head.at)).total_seconds())
        else:
            passed = self._clock.monotonic() - self._steady_at_head
            ahead = (now - self._wall_at_head).total_seconds() - passed
        if abs(ahead) <= JUMP_S:
            return None
        return ClockJumped(round(ahead), from_at=self._head.at, to_at=instant_text(now))

    def _write(self, made: list[Entry]) -> None:
        if self._link.in_transaction:  # the last rollback failed with its disk: nothing of it may stay
            self._link.execute("rollback")
        self._link.execute("begin immediate")
        try:
            for entry in made:
                row = (entry.seq, entry.id, entry.at, entry.day, entry.fact, entry.version, entry.body, entry.hash)
                self._link.execute("insert into entry values (?, ?, ?, ?, ?, ?, ?, ?)", row)
            self._link.execute("commit")
        except BaseException:
            with suppress(sqlite3.Error):  # the first failure is the one to be told
                self._link.execute("rollback")
            raise


def _sweep(draft: Path) -> None:
    """Take away what a power cut left of a book that was never begun."""
    with storage_trouble(draft):
        for left in draft.parent.glob(f"{draft.name}*"):
            left.unlink()


def _settle(draft: Path, path: Path) -> None:
    """Move a book that is begun to its place, durably."""
    with storage_trouble(path):
        draft.rename(path)
        _sweep(draft)
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
