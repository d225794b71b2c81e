"""The file of a book: its table, its guards, and how SQLite's complaints become trouble.

Append-only is held by the file itself: triggers refuse UPDATE and DELETE, and an insert
must stand at the next place. ``INSERT OR REPLACE`` would fire no delete trigger, so the
insert guard is what stops it; that holds only while ``seq`` is the table's one unique
column, so ``id`` has no index on purpose.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
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
            link = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=5, isolation_level=None)
        return link


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


def read_entries(path: Path, after: int = 0, limit: int | None = None) -> Iterator[Entry]:
    """Entries of a book that somebody else may be writing right now."""
    with storage_trouble(path), closing(connect(path, writer=False)) as link:
        yield from rows(link, after=after, limit=limit)


@contextmanager
def storage_trouble(path: Path) -> Iterator[None]:
    """Turn what SQLite or the disk complains about into one trouble with a code."""
    try:
        yield
    except sqlite3.Error as problem:
        raise _named(problem, path) from problem
    except OSError as problem:
        raise MachineTrouble("M-201" if problem.errno == 28 else "M-202", detail=str(path)) from problem


def _named(problem: sqlite3.Error, path: Path) -> Trouble:
    code = getattr(problem, "sqlite_errorcode", 0) & 0xFF
    if code == sqlite3.SQLITE_FULL:
        return MachineTrouble("M-201", detail=str(path))
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM):
        return MachineTrouble("M-202", detail=str(path))
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return JournalTrouble("J-105", detail=str(path))
    if code == sqlite3.SQLITE_CONSTRAINT:
        return JournalTrouble("J-103", detail=str(path))
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return JournalTrouble("J-102", detail=str(path))
    return JournalTrouble("J-109", detail=f"{path}: {problem}")
