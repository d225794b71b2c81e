"""The file of a book: its table, its guards, and how SQLite's complaints become trouble.

Append-only is held by the file itself: triggers refuse UPDATE and DELETE, and an insert
must stand at the next place. ``INSERT OR REPLACE`` would fire no delete trigger, so the
insert guard is what stops it; that holds only while ``seq`` is the table's one unique
column, so ``id`` has no index on purpose.
"""

from __future__ import annotations

import os
import sqlite3
from bisect import bisect_left
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path

from kiosk.entry import Entry
from kiosk.trouble import JournalTrouble, MachineTrouble, Trouble

SCHEMA = """
create table entry(
  seq integer primary key,
  id text not null,
  at text not null,
  day text not null,
  fact text not null,
  version integer not null,
  body text not null,
  hash blob not null check(length(hash) = 32)
) strict;
create trigger entry_next before insert on entry
when new.seq is not (select coalesce(max(seq), 0) + 1 from entry)
begin select raise(abort, 'not the next place'); end;
create trigger entry_kept before delete on entry
begin select raise(abort, 'entries are kept'); end;
create trigger entry_unchanged before update on entry
begin select raise(abort, 'entries never change'); end;
pragma user_version = 1;
"""

COLUMNS = "seq, id, at, day, fact, version, body, hash"
READ_STEP = 2000


def connect(path: Path, *, writer: bool) -> sqlite3.Connection:
    """A connection to a book: the one writer (WAL, FULL) or one of its readers."""
    with storage_trouble(path):
        if writer:
            link = sqlite3.connect(path, timeout=5, isolation_level=None, check_same_thread=False)
            link.execute("pragma journal_mode = wal")
            link.execute("pragma synchronous = full")
        else:
            if not path.exists():
                raise JournalTrouble("J-107", detail=str(path))
            link = sqlite3.connect(_reading(path), uri=True, timeout=5, isolation_level=None)
        return link


def _reading(path: Path) -> str:
    """How SQLite is told to read. On a read-only disk nobody writes, and no log can be opened beside the book."""
    kept = os.statvfs(path).f_flag & os.ST_RDONLY and not path.with_name(f"{path.name}-wal").exists()
    return f"{path.resolve().as_uri()}?{'immutable=1' if kept else 'mode=ro'}"


def rows(link: sqlite3.Connection, *, after: int = 0, limit: int | None = None) -> Iterator[Entry]:
    """Entries behind ``after`` in order, read in steps so that no read holds the file for long."""
    left = limit
    while left is None or left > 0:
        step = READ_STEP if left is None else min(left, READ_STEP)
        found = link.execute(
            f"select {COLUMNS} from entry where seq > ? order by seq limit ?", (after, step)
        ).fetchall()
        for row in found:
            yield Entry(*row)
        if len(found) < step:
            return
        after = found[-1][0]
        left = None if left is None else left - step


def newest_seq(link: sqlite3.Connection) -> int:
    """The last place in a book, 0 in an empty one; ``JournalTrouble`` J-102 if it is no number."""
    newest = link.execute("select coalesce(max(seq), 0) from entry").fetchone()[0]
    if not isinstance(newest, int):
        raise JournalTrouble("J-102", detail=f"seq {newest!r} is no place in a book")
    return newest


def first_place_of(link: sqlite3.Connection, day: date) -> int:
    """The first place whose business day is ``day`` or later (head + 1 if none): days never go back in a book."""

    def day_at(seq: int) -> str:
        return str(link.execute("select day from entry where seq = ?", (seq,)).fetchone()[0])

    return bisect_left(range(1, newest_seq(link) + 1), day.isoformat(), key=day_at) + 1


def read_entries(path: Path, after: int = 0, limit: int | None = None) -> Iterator[Entry]:
    """Entries of a book that somebody else may be writing right now."""
    with storage_trouble(path), closing(connect(path, writer=False)) as link:
        yield from rows(link, after=after, limit=limit)


def entries_of_fact(path: Path, fact: str, after: int = 0) -> tuple[list[Entry], int]:
    """The entries of one fact behind ``after``, and how far the book was looked through. It has no index for that:
    a million entries take some tenths of a second."""
    with storage_trouble(path), closing(connect(path, writer=False)) as link:
        until = newest_seq(link)
        asked = f"select {COLUMNS} from entry where fact = ? and seq > ? and seq <= ? order by seq"
        return [Entry(*row) for row in link.execute(asked, (fact, after, until))], until


def rest_file(path: Path) -> None:
    """Move what was written ahead of a file into it, on a connection of its own: its writer goes on meanwhile."""
    with storage_trouble(path), closing(sqlite3.connect(path, timeout=1, isolation_level=None)) as link:
        link.execute("pragma wal_checkpoint(passive)")


@contextmanager
def storage_trouble(path: Path) -> Iterator[None]:
    """Turn what SQLite or the disk complains about into one trouble with a code."""
    try:
        yield
    except sqlite3.Error as problem:
        raise _named(problem, path) from problem
    except OSError as problem:
        raise MachineTrouble("M-201" if problem.errno == 28 else "M-202", detail=str(path)) from problem


_CODES = {
    sqlite3.SQLITE_FULL: "M-201",
    sqlite3.SQLITE_READONLY: "M-202",
    sqlite3.SQLITE_CANTOPEN: "M-202",
    sqlite3.SQLITE_PERM: "M-202",
    sqlite3.SQLITE_BUSY: "J-105",
    sqlite3.SQLITE_LOCKED: "J-105",
    sqlite3.SQLITE_CONSTRAINT: "J-103",
    sqlite3.SQLITE_CORRUPT: "J-102",
    sqlite3.SQLITE_NOTADB: "J-102",
    sqlite3.SQLITE_ERROR: "J-101",  # no such table or column: a database, and no book
}


def _named(problem: sqlite3.Error, path: Path) -> Trouble:
    told = getattr(problem, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT)  # without one: text that is not UTF-8
    code = "J-101" if path.is_dir() else _CODES.get(told & 0xFF, "J-109")
    if code[0] == "M":
        return MachineTrouble(code, detail=str(path))
    if code in ("J-101", "J-109"):
        return JournalTrouble(code, detail=f"{path}: {'it is a folder' if path.is_dir() else problem}")
    return JournalTrouble(code, detail=str(path))
