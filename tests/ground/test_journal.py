"""The journal: one contract over every book, and what only a file can suffer."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from kiosk.book_check import check
from kiosk.book_file import connect, read_entries
from kiosk.clock import instant
from kiosk.entry import GENESIS, expected_hash
from kiosk.facts import ClockJumped, JournalOpened, KioskStarted, TicketIssued, fact_of
from kiosk.journal import BookOf, SqliteJournal
from kiosk.ports import Journal
from kiosk.trouble import JournalTrouble, MachineTrouble
from tests.fakes.clock import FakeClock
from tests.fakes.journal import MemoryJournal

OF = BookOf("kiosk-1", "bac-son")


def begin(path: Path, clock: FakeClock, of: BookOf = OF) -> SqliteJournal:
    return SqliteJournal.create(path, of=of, utc_offset_h=7, clock=clock)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


class JournalContract:
    """What every book keeps."""

    @pytest.fixture
    def book(self, tmp_path: Path, clock: FakeClock) -> Iterator[Journal] | Journal:
        raise NotImplementedError

    def test_the_first_fact_says_whose_book_it_is(self, book: Journal) -> None:
        first = next(iter(book.entries()))
        assert first.seq == 1
        assert fact_of(first) == JournalOpened(book.journal_id, "kiosk-1", "bac-son", demo=False, previous=None)

    def test_places_have_no_gap_and_every_entry_chains(self, book: Journal) -> None:
        for _ in range(5):
            book.append(KioskStarted("1"))
        entries = list(book.entries())
        assert [entry.seq for entry in entries] == list(range(1, 7))
        previous = GENESIS
        for entry in entries:
            assert entry.hash == expected_hash(previous, entry)
            previous = entry.hash

    def test_reading_goes_on_behind_a_cursor(self, book: Journal) -> None:
        for _ in range(5):
            book.append(KioskStarted("1"))
        assert [entry.seq for entry in book.entries(after=2, limit=3)] == [3, 4, 5]
        assert list(book.entries(after=6)) == []

    def test_the_business_day_is_the_offices_and_never_goes_back(self, book: Journal, clock: FakeClock) -> None:
        clock.advance(16 * 3600)  # midnight at the office, 17:00 UTC
        assert book.append(KioskStarted("1")).day == "2026-11-24"
        clock.jump(-86400)
        assert book.append(KioskStarted("1")).day == "2026-11-24"
        assert book.today() == date(2026, 11, 24)


class TestMemoryJournal(JournalContract):
    @pytest.fixture
    def book(self, tmp_path: Path, clock: FakeClock) -> Journal:
        return MemoryJournal(clock)


class TestSqliteJournal(JournalContract):
    @pytest.fixture
    def book(self, tmp_path: Path, clock: FakeClock) -> Iterator[Journal]:
        with begin(tmp_path / "journal.sqlite", clock) as book:
            yield book


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "journal.sqlite"


@pytest.fixture
def book(path: Path, clock: FakeClock) -> Iterator[SqliteJournal]:
    with begin(path, clock) as book:
        yield book


def test_a_book_goes_on_where_it_was_left(path: Path, clock: FakeClock) -> None:
    with begin(path, clock) as book:
        id, last = book.journal_id, book.append(KioskStarted("1"))
    with SqliteJournal.open(path, utc_offset_h=7, clock=clock) as book:
        assert (book.journal_id, book.head()) == (id, last)
        assert book.append(KioskStarted("2")).seq == 3


def test_two_writers_are_told_apart_at_once(path: Path, clock: FakeClock, book: SqliteJournal) -> None:
    with pytest.raises(JournalTrouble) as trouble:
        SqliteJournal.open(path, utc_offset_h=7, clock=clock)
    assert trouble.value.code == "J-105"


def test_the_book_of_another_kiosk_is_not_written(path: Path, clock: FakeClock) -> None:
    begin(path, clock).close()
    with pytest.raises(JournalTrouble) as trouble:
        SqliteJournal.open_or_create(path, of=BookOf("kiosk-2", "bac-son"), utc_offset_h=7, clock=clock)
    assert trouble.value.code == "J-106"
    SqliteJournal.open_or_create(path, of=OF, utc_offset_h=7, clock=clock).close()


@pytest.mark.parametrize(
    "change",
    [
        "update entry set body = '{}' where seq = 1",
        "delete from entry where seq = 2",
        "insert into entry select seq + 5, id, at, day, fact, version, body, hash from entry where seq = 2",
        "insert or replace into entry select 1, id, at, day, fact, version, '{}', hash from entry where seq = 2",
        (
            "insert or replace into entry(id, at, day, fact, version, body, hash)"
            " select id, at, day, fact, version, '{}', hash from entry where seq = 1"
        ),
        "replace into entry select * from entry where seq = 2",
        "update or replace entry set seq = 1 where seq = 2",
    ],
)
def test_the_file_itself_refuses_any_change(path: Path, book: SqliteJournal, change: str) -> None:
    book.append(KioskStarted("1"))
    before = list(book.entries())
    with closing(sqlite3.connect(path, isolation_level=None)) as intruder, pytest.raises(sqlite3.Error):
        intruder.execute(change)
    assert list(book.entries()) == before


def test_no_second_unique_column_reopens_the_guard(path: Path, book: SqliteJournal) -> None:
    """With a unique ``id``, REPLACE at the right next place would delete an old entry unseen."""
    with closing(sqlite3.connect(path)) as link:
        unique = [row for row in link.execute("pragma index_list(entry)") if row[2]]
        id = link.execute("select id from entry where seq = 1").fetchone()[0]
        link.execute("insert or replace into entry values (2, ?, '', '', '', 1, '{}', zeroblob(32))", (id,))
        assert unique == []
        assert link.execute("select count(*) from entry").fetchone()[0] == 2
        link.rollback()


def test_every_commit_is_forced_to_the_disk(book: SqliteJournal, path: Path) -> None:
    assert book._link.execute("pragma synchronous").fetchone()[0] == 2
    assert book._link.execute("pragma journal_mode").fetchone()[0] == "wal"


def test_facts_of_one_breath_stand_together_or_not_at_all(book: SqliteJournal) -> None:
    bad = TicketIssued("B001", "B", priority=False, ballot_issue="\ud800", ballot_line="")
    with pytest.raises(JournalTrouble):
        book.append_all([KioskStarted("1"), bad])
    assert book.head().seq == 1
    assert book.append(KioskStarted("1")).seq == 2


def test_a_clock_that_goes_back_is_told_before_the_next_fact(book: SqliteJournal, clock: FakeClock) -> None:
    book.append(KioskStarted("1"))
    clock.advance(10)
    clock.jump(-3600)
    after = book.append(KioskStarted("2"))
    told = next(iter(book.entries(after=after.seq - 2, limit=1)))
    assert fact_of(told) == ClockJumped(-3600, "2026-11-23T01:00:00.000000Z", "2026-11-23T00:00:10.000000Z")


def test_a_clock_that_leaps_ahead_is_told_too(book: SqliteJournal, clock: FakeClock) -> None:
    book.append(KioskStarted("1"))
    clock.jump(86400)
    assert book.append(KioskStarted("2")).seq == 4
    assert fact_of(next(iter(book.entries(after=2, limit=1)))).body()["seconds"] == 86400


def test_a_quiet_weekend_is_no_jump(path: Path, clock: FakeClock) -> None:
    begin(path, clock).close()
    clock.advance(3 * 86400)
    with SqliteJournal.open(path, utc_offset_h=7, clock=clock) as book:
        book.append(KioskStarted("1"))
        assert [entry.fact for entry in book.entries()] == ["JournalOpened", "KioskStarted"]


def test_the_first_place_of_a_day_is_found_without_reading_the_book(book: SqliteJournal, clock: FakeClock) -> None:
    for _ in range(3):
        clock.advance(86400)
        book.append(KioskStarted("1"))
        book.append(KioskStarted("1"))
    assert [book.first_seq_of(date(2026, 11, day)) for day in (1, 23, 24, 25, 26, 27)] == [1, 1, 2, 4, 6, 8]


def test_a_book_that_was_never_begun_leaves_no_trace(path: Path, clock: FakeClock) -> None:
    """A power cut before the first entry leaves a draft beside the book's place, and nothing at it."""
    for name in ("journal.sqlite.new", "journal.sqlite.new-wal", "journal.sqlite.new.lock"):
        (path.parent / name).write_bytes(b"half")
    with SqliteJournal.open_or_create(path, of=OF, utc_offset_h=7, clock=clock) as book:
        assert book.head().seq == 1
        assert not list(path.parent.glob("*.new*"))


def test_an_emptied_book_is_damage_and_never_begun_anew(path: Path, clock: FakeClock) -> None:
    """A book that began again would give today's numbers a second time."""
    begin(path, clock).close()
    path.write_bytes(b"")
    with pytest.raises(JournalTrouble) as trouble:
        SqliteJournal.open_or_create(path, of=OF, utc_offset_h=7, clock=clock)
    assert trouble.value.code == "J-102"
    assert path.read_bytes() == b""


@pytest.mark.parametrize("damage", ["garbage", "cut", "rewritten"])
def test_a_damaged_book_is_named_and_left_as_it_is(path: Path, clock: FakeClock, damage: str) -> None:
    with begin(path, clock) as book:
        for _ in range(200):
            book.append(KioskStarted("1"))
        book._link.execute("pragma wal_checkpoint(truncate)")
    if damage == "garbage":
        path.write_bytes(b"not a database, but long enough to be looked at" * 100)
    elif damage == "cut":
        path.write_bytes(path.read_bytes()[: 4096 * 3])
    else:
        with closing(sqlite3.connect(path, isolation_level=None)) as link:
            link.execute("drop trigger entry_unchanged")
            link.execute('update entry set body = \'{"software":"2"}\' where seq = 190')
    left = path.read_bytes()
    with pytest.raises(JournalTrouble) as trouble:
        SqliteJournal.open(path, utc_offset_h=7, clock=clock)
    assert trouble.value.code == "J-102"
    assert path.read_bytes() == left


def fill(book: SqliteJournal) -> None:
    """Write until the disk has no room."""
    for _ in range(500):
        book.append(KioskStarted("x" * 500))


def test_a_full_disk_refuses_the_fact_and_keeps_the_book(path: Path, clock: FakeClock) -> None:
    with begin(path, clock) as book:
        pages = book._link.execute("pragma page_count").fetchone()[0]
        book._link.execute(f"pragma max_page_count = {pages}")
        with pytest.raises(MachineTrouble) as trouble:
            fill(book)
        assert trouble.value.code == "M-201"
        seq = book.head().seq
        book._link.execute("pragma max_page_count = 100000")
        assert book.append(KioskStarted("1")).seq == seq + 1
        check(book.entries())


def test_a_failing_nth_write_leaves_a_sound_book(path: Path, clock: FakeClock) -> None:
    for failing in range(1, 6):
        with SqliteJournal.open_or_create(path, of=OF, utc_offset_h=7, clock=clock) as book:
            calls = 0

            def refuse(*_: object, limit: int = failing) -> int:
                nonlocal calls
                calls += 1
                return 1 if calls >= limit else 0

            book._link.set_progress_handler(refuse, 10)
            with pytest.raises(JournalTrouble):
                book.append_all([KioskStarted("1")] * 5)
            book._link.set_progress_handler(None, 0)
            check(book.entries())
            book.append(KioskStarted("2"))
        check(read_entries(path))


WRITER = """
import sys
from pathlib import Path
from kiosk.clock import SystemClock
from kiosk.facts import KioskStarted
from kiosk.journal import BookOf, SqliteJournal
of = BookOf("kiosk-1", "bac-son")
with SqliteJournal.open_or_create(Path(sys.argv[1]), of=of, utc_offset_h=7, clock=SystemClock()) as book:
    while True:
        print(book.append(KioskStarted("1")).seq, flush=True)
"""


def test_kill_9_loses_nothing_that_was_answered(path: Path, clock: FakeClock) -> None:
    told = 0
    for after in (1, 7, 40):
        writer = subprocess.Popen([sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE, text=True)
        assert writer.stdout is not None
        for _ in range(after):
            told = int(writer.stdout.readline())
        os.kill(writer.pid, signal.SIGKILL)
        rest = writer.stdout.read().split()
        told = int(rest[-1]) if rest and rest[-1].isdigit() else told
        writer.stdout.close()
        writer.wait()
        report = check(read_entries(path))
        assert report.entries >= told
    with SqliteJournal.open(path, utc_offset_h=7, clock=clock) as book:
        assert book.head().seq >= told


def test_a_reader_never_writes(path: Path, book: SqliteJournal) -> None:
    with closing(connect(path, writer=False)) as link, pytest.raises(sqlite3.OperationalError):
        link.execute("delete from entry")


def test_instants_have_one_spelling() -> None:
    assert instant("2026-11-22T08:00:00.000000Z").isoformat() == "2026-11-22T08:00:00+00:00"
    for other in ("2026-11-22T08:00:00Z", "2026-11-22 08:00:00.000000Z", "2026-11-22T08:00:00.1Z"):
        with pytest.raises(ValueError, match=r".+"):
            instant(other)
