"""Who listens to a log hears what is durable, all of it, in order, and nothing else."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from kiosk.entry import Entry
from kiosk.fact import Fact
from kiosk.facts import KioskStarted
from kiosk.trouble import SyncTrouble, Trouble
from sync.batch import pack
from sync.central.intake import Intake, Packed
from sync.central.office_book import OfficeBook
from sync.central.service import CentralLog
from sync.central.store import Transaction
from sync.keys import own_key
from tests.fakes.clock import FakeClock
from tests.fakes.memory_store import MemoryStore
from tests.sync.making import OFFICE, batch_of, device_of, enrolled, memory_book, new_key, visits

DAY_S = 86400


class Ear:
    """What was heard, and what was heard to fail."""

    def __init__(self, central: CentralLog) -> None:
        self.heard: list[tuple[str, int, str]] = []
        self.failures: list[str] = []
        central.listen(self._hear, self._failed)

    def _hear(self, kiosk_id: str, entries: Sequence[Entry]) -> None:
        self.heard += [(kiosk_id, entry.seq, entry.fact) for entry in entries]

    def _failed(self, wrong: BaseException) -> None:
        self.failures.append(wrong.code if isinstance(wrong, Trouble) else str(wrong))


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def central(tmp_path: Path, clock: FakeClock) -> Iterator[CentralLog]:
    with CentralLog.open(tmp_path, clock=clock, office=OfficeBook(OFFICE)) as made:
        yield made


def fill_the_log(central: CentralLog) -> None:
    """No room in the log's file; the own book beside it can still be written."""
    writer = central.store._writer
    assert writer is not None
    pages = writer.execute("pragma page_count").fetchone()[0]
    _limit(central, writer, pages)


def empty_the_log(central: CentralLog) -> None:
    writer = central.store._writer
    assert writer is not None
    _limit(central, writer, 1_000_000)


def _limit(central: CentralLog, writer: sqlite3.Connection, pages: int) -> None:
    """Set from the writer's own thread, without asking the log to catch up first."""
    with central.store.transaction():
        pass
    writer.execute(f"pragma max_page_count = {pages}")


def test_own_facts_and_kiosks_entries_are_heard_in_their_books_order(central: CentralLog) -> None:
    ear, key, book = Ear(central), own_key(central.data, "kiosk"), memory_book(2)
    entries = list(book.entries())
    central.take(pack(batch_of(entries, book.journal_id, key)))
    central.record(KioskStarted("1"))
    kiosk = [(kiosk_id, seq) for kiosk_id, seq, _ in ear.heard if kiosk_id == "kiosk-1"]
    assert kiosk == [("kiosk-1", entry.seq) for entry in entries]
    assert [fact for kiosk_id, _, fact in ear.heard if kiosk_id == "office"] == ["DeviceEnrolled", "KioskStarted"]


def test_what_decide_refuses_is_not_written_and_not_heard(central: CentralLog) -> None:
    ear = Ear(central)

    def refuse() -> tuple[Fact, ...]:
        raise SyncTrouble("S-331")

    with pytest.raises(SyncTrouble) as told:
        central.act(refuse)
    assert told.value.code == "S-331"
    assert (ear.heard, ear.failures) == ([], ["S-331"])


def test_an_entry_that_reached_the_book_but_not_the_log_is_heard_before_anything_else_is_decided(
    central: CentralLog,
) -> None:
    ear = Ear(central)
    fill_the_log(central)
    facts = visits(60)
    with pytest.raises(Trouble) as told:
        central.act(lambda: facts)
    assert told.value.code == "M-201"
    assert (ear.heard, ear.failures) == ([], ["M-201"])
    seen: list[int] = []

    def look() -> tuple[Fact, ...]:
        seen.append(len(ear.heard))
        return ()

    with pytest.raises(Trouble):
        central.act(look)
    assert seen == [], "nothing is decided while the log cannot be told"
    empty_the_log(central)
    central.act(look)
    assert seen == [len(facts)]
    assert [fact for _, _, fact in ear.heard] == [type(fact).__name__ for fact in facts]
    central.record(KioskStarted("1"))
    assert [seq for _, seq, _ in ear.heard] == list(range(2, len(facts) + 3)), "each once, in order"
    assert central.verify() == []


def test_a_part_that_is_undone_alone_is_not_heard() -> None:
    """``savepoint`` undoes one batch of several; only the others may be told."""
    store, key, book = MemoryStore(), new_key(), memory_book(1)
    made = _Stumbling(clock=FakeClock(), demo=False, utc_offset_h=7)
    enrolled(store, device_of(key))
    heard: list[int] = []
    made.listen(lambda _, entries: heard.extend(entry.seq for entry in entries))
    entries = list(book.entries())
    with store.transaction() as tx:
        made.take(tx, Packed(batch_of(entries[:2], book.journal_id, key), b""))
        made.stumbles = True
        with pytest.raises(SyncTrouble):
            made.take(tx, Packed(batch_of(entries[2:], book.journal_id, key), b""))
    made.committed()
    assert heard == [1, 2]


class _Stumbling(Intake):
    """Fails behind everything that was done for a batch."""

    stumbles = False

    def _take(self, tx: Transaction, packed: Packed):  # type: ignore[no-untyped-def]
        taken = super()._take(tx, packed)
        if self.stumbles:
            raise SyncTrouble("S-305")
        return taken


def test_the_first_place_of_a_day_is_found_without_reading_the_book(central: CentralLog, clock: FakeClock) -> None:
    for _ in range(3):
        central.act(lambda: visits(4))
        clock.advance(DAY_S)
    (book,) = central.store.books(OFFICE)
    entries = list(central.store.entries(book))
    for day in ("2026-11-22", "2026-11-23", "2026-11-24", "2026-11-25", "2026-11-26"):
        first = next((entry.seq for entry in entries if entry.day >= day), book.seq + 1)
        assert central.store.first_seq_of(book, day) == first
