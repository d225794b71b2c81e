"""The log as one thing: its own book, a second instance, a wrong folder, a kill between book and log."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kiosk.facts import KioskStarted, RatingGiven, TicketIssued
from kiosk.journal import BookOf, SqliteJournal
from kiosk.trouble import SyncTrouble, Trouble
from sync.batch import pack
from sync.central.intake import Taken
from sync.central.office_book import JOURNAL, OfficeBook
from sync.central.service import LOG, CentralLog
from sync.keys import own_key
from tests.fakes.clock import FakeClock
from tests.sync.making import ALL, OFFICE, batch_of, memory_book, visits


def opened(data: Path, *, office: str = OFFICE, demo: bool = False) -> CentralLog:
    return CentralLog.open(data, clock=FakeClock(), office=OfficeBook(office, demo=demo))


def test_an_office_s_facts_are_durable_in_book_and_log(tmp_path: Path) -> None:
    with opened(tmp_path) as central:
        entry = central.record(TicketIssued("B001", "ho-tich", False, "i", "l"))
        assert central.store.tallies(OFFICE, *ALL)[0].measure == "issued"
        assert central.store.books(OFFICE)[0].hash == entry.hash
    with opened(tmp_path) as again:
        assert again.store.books(OFFICE)[0].seq == 2
        assert again.verify() == []


def test_a_kill_between_book_and_log_is_mended_at_the_next_start(tmp_path: Path) -> None:
    opened(tmp_path).close()
    with SqliteJournal.open(tmp_path / JOURNAL, utc_offset_h=7, clock=FakeClock()) as book:
        book.append_all(visits(250))
        head = book.head().seq
    with opened(tmp_path) as central:
        assert central.store.books(OFFICE)[0].seq == head
        assert central.verify() == []


def test_a_second_server_on_the_same_folder_is_told(tmp_path: Path) -> None:
    with opened(tmp_path), pytest.raises(Trouble) as told:
        opened(tmp_path)
    assert told.value.code == "J-105"
    opened(tmp_path).close()


def test_another_office_s_folder_is_not_taken_over(tmp_path: Path) -> None:
    opened(tmp_path).close()
    with pytest.raises(Trouble) as told:
        opened(tmp_path, office="elsewhere")
    assert told.value.code == "J-106"
    opened(tmp_path).close()


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "office").write_text("a file in the way")
    with pytest.raises(Trouble) as told:
        opened(tmp_path)
    assert told.value.code == "M-202"


def test_a_damaged_key_is_told_and_nothing_stays_locked(tmp_path: Path) -> None:
    opened(tmp_path).close()
    place = tmp_path / "keys" / "office.key"
    kept = place.read_bytes()
    place.write_bytes(b"damaged")
    with pytest.raises(Trouble) as told:
        opened(tmp_path)
    assert told.value.code == "S-317"
    place.write_bytes(kept)
    opened(tmp_path).close()


def test_a_book_keeps_its_word_about_being_a_demonstration(tmp_path: Path) -> None:
    with opened(tmp_path, demo=True) as central:
        assert central.demo
    with opened(tmp_path) as again:
        assert again.demo


def test_a_log_of_many_offices_has_no_book_of_its_own(tmp_path: Path) -> None:
    with CentralLog.open(tmp_path, clock=FakeClock()) as central:
        assert central.office_id is None
        with pytest.raises(SyncTrouble):
            central.record(KioskStarted("1"))
        assert central.store.offices() == []
    assert not (tmp_path / JOURNAL).exists()


def test_many_senders_at_once_lose_nothing(tmp_path: Path) -> None:
    """Each sends its own book of the same kiosk in small pieces; the writer joins what waits."""
    with opened(tmp_path) as central, ThreadPoolExecutor(8) as senders:
        key = own_key(tmp_path, "kiosk")
        books = [memory_book(6) for _ in range(8)]

        def send(place: int) -> None:
            book = books[place]
            entries = list(book.entries())
            for start in range(0, len(entries), 3):
                piece = entries[start : start + 3]
                taken = central.take(pack(batch_of(piece, book.journal_id, key)))
                assert taken == Taken(piece[-1].seq, len(piece))

        list(senders.map(send, range(8)))
        own, *others = central.store.books(OFFICE)
        assert {book.journal_id: book.seq for book in others} == {one.journal_id: one.head().seq for one in books}
        assert central.verify() == []
        assert [entry.fact for entry in central.store.entries(own)].count("DeviceEnrolled") == 1


def test_whoever_comes_after_the_end_is_refused(tmp_path: Path) -> None:
    central = opened(tmp_path)
    central.close()
    central.close()
    with pytest.raises(Trouble):
        central.record(KioskStarted("1"))


def test_a_ballot_s_state_is_asked_by_its_hashes(tmp_path: Path) -> None:
    with opened(tmp_path) as central:
        central.record(TicketIssued("B001", "ho-tich", False, "issue", "line"))
        assert central.ballot_state("issue", "used") == "open"
        central.record(RatingGiven("r", "used", "534", 1, "good-first", "satisfied"))
        assert central.ballot_state("issue", "used") == "used"
        assert central.ballot_state("never") == "unknown"


def test_tallies_that_were_tampered_with_are_found_and_made_anew(tmp_path: Path) -> None:
    with opened(tmp_path) as central:
        central.record(TicketIssued("B001", "ho-tich", False, "i", "l"))
        with central.store.transaction() as tx:
            tx._link.execute("update tally_day set n = 50")
        assert [told.split(":")[0] for told in central.verify()] == [OFFICE]
        central.rebuild_tallies()
        assert central.verify() == []


def test_an_entry_that_was_tampered_with_is_found(tmp_path: Path) -> None:
    with opened(tmp_path) as central:
        central.record(TicketIssued("B001", "ho-tich", False, "i", "l"))
        central.record(KioskStarted("1"))
        with central.store.transaction() as tx:
            tx._link.execute("drop trigger entry_unchanged")
            tx._link.execute("update entry set day = '2026-01-01' where seq = 2")
        assert "entry 2 does not chain" in central.verify()[0]


def test_a_full_disk_refuses_and_goes_on_when_there_is_room(tmp_path: Path) -> None:
    with opened(tmp_path) as central:
        key, book = own_key(tmp_path, "kiosk"), memory_book(200)
        entries = list(book.entries(0, 500))
        batch = pack(batch_of(entries, book.journal_id, key))
        central.take(pack(batch_of(entries[:1], book.journal_id, key)))
        writer = central.store._writer
        assert writer is not None
        pages = writer.execute("pragma page_count").fetchone()[0]
        central._writer.call(lambda tx: writer.execute(f"pragma max_page_count = {pages}")).result()
        with pytest.raises(Trouble) as told:
            central.take(batch)
        assert told.value.code == "M-201"
        central._writer.call(lambda tx: writer.execute("pragma max_page_count = 1000000")).result()
        assert central.take(batch) == Taken(500, 499)
        assert central.verify() == []


def test_a_kiosk_of_another_office_on_this_machine_is_refused(tmp_path: Path) -> None:
    with opened(tmp_path) as central:
        key = own_key(tmp_path, "kiosk")
        with (
            SqliteJournal.create(
                tmp_path / "j.sqlite", of=BookOf("kiosk-1", "elsewhere"), utc_offset_h=7, clock=FakeClock()
            ) as book,
            pytest.raises(Trouble) as told,
        ):
            central.take(pack(batch_of(list(book.entries()), book.journal_id, key)))
        assert told.value.code == "J-106"
        assert LOG.name in [place.name for place in (tmp_path / "office").iterdir()]
