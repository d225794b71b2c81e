"""kill -9 of real processes in the middle of a replay: nothing acked is lost, nothing is there twice."""

from __future__ import annotations

import random
from pathlib import Path

from kiosk.clock import SystemClock
from kiosk.facts import KioskStarted
from sync.central.service import LOG
from sync.central.sqlite_store import SqliteStore
from sync.central.verify import verify
from sync.keys import own_key
from sync.link import HttpLink
from sync.sources import DeviceBook
from sync.uploader import Uploader
from tests.fakes.clock import FakeClock
from tests.fakes.waiting import until
from tests.sync.making import OFFICE, file_book, visits
from tests.sync.processes import kill, start, start_office

COUNT = 700
"""Visits in the book: about 3,500 entries, seven batches and more."""


def held_entries(data: Path, journal_id: str) -> int:
    """Entries of a book that the log on disk holds; 0 while there is no log."""
    if not (data / LOG).exists():
        return 0
    store = SqliteStore(data / LOG, read_only=True)
    try:
        return next((one.seq for one in store.books(OFFICE) if one.journal_id == journal_id), 0)
    finally:
        store.close()


def assert_sound(data: Path, journal_id: str, head: int) -> None:
    store = SqliteStore(data / LOG, read_only=True)
    try:
        assert list(verify(store, utc_offset_h=7)) == []
        book = next(one for one in store.books(OFFICE) if one.journal_id == journal_id)
        assert book.seq == head
        assert [entry.seq for entry in store.entries(book)] == list(range(1, head + 1))
    finally:
        store.close()


def test_the_server_may_be_killed_at_any_moment_of_a_replay(tmp_path: Path) -> None:
    clock, chance = FakeClock(), random.Random(7)
    journal = file_book(tmp_path / "journal.sqlite", SystemClock(), count=COUNT)
    key, head = own_key(tmp_path, "kiosk"), journal.head().seq
    process, address = start_office(tmp_path)
    link = HttpLink(address, read_s=5)
    uploader = Uploader(DeviceBook(journal.path, key), link, key, clock=clock)
    acked, kills, doomed = 0, 0, chance.randint(1, 2)
    for step in range(400):
        uploader.step()
        clock.advance(120)
        books = uploader.status().books
        acked = max(acked, books[0].through or 0) if books else acked
        if acked == head and kills >= 3:
            break
        if step == doomed or (acked == head and kills < 3):
            kill(process)
            assert held_entries(tmp_path, journal.journal_id) >= acked, "an ack was given for what is not on the disk"
            if acked == head:
                journal.append_all(visits(150, seed=50 + kills))
                head = journal.head().seq
            process, _ = start_office(tmp_path, address.removeprefix("http://"))
            kills, doomed = kills + 1, step + chance.randint(1, 3)
    kill(process)
    link.close()
    assert (acked, kills) == (head, kills)
    assert kills >= 3
    assert_sound(tmp_path, journal.journal_id, head)
    journal.close()


def test_the_uploader_may_be_killed_at_any_moment(tmp_path: Path) -> None:
    journal = file_book(tmp_path / "journal.sqlite", SystemClock(), count=COUNT)
    office, address = start_office(tmp_path)
    for seed in range(4):
        before = held_entries(tmp_path, journal.journal_id)
        sender = start("-m", "tests.sync.processes", "uploader", str(tmp_path), address)
        until(lambda before=before: held_entries(tmp_path, journal.journal_id) > before)  # type: ignore[misc]
        kill(sender)
        journal.append_all(visits(100, seed=70 + seed))
    journal.append(KioskStarted("1"))
    head = journal.head().seq
    sender = start("-m", "tests.sync.processes", "uploader", str(tmp_path), address)
    until(lambda: held_entries(tmp_path, journal.journal_id) == head)
    kill(sender)
    kill(office)
    assert_sound(tmp_path, journal.journal_id, head)
    journal.close()
