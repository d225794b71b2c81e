"""What every store promises: the file and the one in memory are held to the same rules."""

from __future__ import annotations

import dataclasses
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.appointment_facts import AppointmentCheckedIn, AppointmentClaimed
from kiosk.entry import GENESIS
from kiosk.trouble import JournalTrouble, MachineTrouble, Trouble
from sync.central.intake import ForkShown, Packed, Taken
from sync.central.sqlite_store import SqliteStore
from sync.central.store import Book, BookState, Changes, EnrolCode, Fork, Given, Role, Store
from sync.central.tallies import HourRow, TallyRow
from sync.central.ticket_days import HelpCall
from tests.fakes.memory_store import MemoryStore
from tests.sync.making import ALL, OFFICE, SLOT, TICKET, batch_of, device_of, enrolled, intake, memory_book, new_key

BOOK = Book(OFFICE, "j1", "kiosk-1", "d" * 32, False, 0, GENESIS, BookState.OPEN, "t", "t")
GIVEN = Given(OFFICE, "j1", "r1", 3, "a", "2026-11-23", "08:00", "u1", "s:1", "satisfied", "rated")


@pytest.fixture(params=["sqlite", "memory"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    made: Store = SqliteStore(tmp_path / "log.sqlite") if request.param == "sqlite" else MemoryStore()
    yield made
    made.close()


OTHER_BODY = "select office_id, journal_id, seq, id, at, day, fact, version, '{}', hash from entry"


class Stopped(Exception):
    """Something went wrong in the middle."""


def held(store: Store) -> tuple[int, int]:
    """(seq, entries) of the one book of the office."""
    book = store.books(OFFICE)[0]
    return book.seq, len(list(store.entries(book)))


def test_a_batch_taken_twice_is_held_once(store: Store) -> None:
    book, key = memory_book(4), new_key()
    enrolled(store, device_of(key))
    batch = Packed(batch_of(list(book.entries()), book.journal_id, key), b"")
    with store.transaction() as tx:
        first = intake().take(tx, batch)
    tallies = store.tallies(OFFICE, *ALL)
    with store.transaction() as tx:
        again = intake().take(tx, batch)
    count = book.head().seq
    assert (first, again) == (Taken(count, count), Taken(count, 0))
    assert held(store) == (count, count)
    assert store.tallies(OFFICE, *ALL) == tallies
    assert tallies


def test_a_transaction_that_breaks_leaves_nothing(store: Store) -> None:
    book, key = memory_book(4), new_key()
    enrolled(store, device_of(key))
    with pytest.raises(Stopped), store.transaction() as tx:  # noqa: PT012 - it breaks in the middle
        intake().take(tx, Packed(batch_of(list(book.entries()), book.journal_id, key), b""))
        raise Stopped
    assert store.books(OFFICE) == []
    assert store.tallies(OFFICE, *ALL) == []


def test_a_savepoint_that_breaks_leaves_what_was_before_it(store: Store) -> None:
    with store.transaction() as tx:
        tx.open_book(BOOK)
        with pytest.raises(Stopped), store.savepoint():  # noqa: PT012 - it breaks in the middle
            tx.open_book(dataclasses.replace(BOOK, journal_id="j2"))
            raise Stopped
        with store.savepoint():
            tx.open_book(dataclasses.replace(BOOK, journal_id="j3"))
    assert [one.journal_id for one in store.books(OFFICE)] == ["j1", "j3"]


def test_the_head_moves_only_from_where_it_is(store: Store) -> None:
    moved = dataclasses.replace(BOOK, seq=2, hash=b"x" * 32)
    with store.transaction() as tx:
        tx.open_book(BOOK)
        assert not tx.move_head(moved, moved)
        assert tx.move_head(BOOK, moved)
        assert not tx.move_head(BOOK, moved)
        tx.mark_forked(BOOK)
        assert not tx.move_head(moved, dataclasses.replace(moved, seq=3))
    assert [(one.seq, one.state) for one in store.books(OFFICE)] == [(2, BookState.FORKED)]


def test_a_place_is_taken_once(store: Store) -> None:
    entries = list(memory_book(2).entries())
    with store.transaction() as tx:
        tx.open_book(BOOK)
        tx.add_entries(BOOK, entries)
    with pytest.raises((Trouble, ValueError)), store.transaction() as tx:
        tx.add_entries(BOOK, entries[-1:])


def test_what_tells_of_appointments_is_found_among_everything_else(store: Store) -> None:
    book, key = memory_book(3), new_key()
    book.append(AppointmentCheckedIn("a1", "B001"))
    book.append(AppointmentClaimed("hash", "B002"))
    enrolled(store, device_of(key))
    with store.transaction() as tx:
        intake().take(tx, Packed(batch_of(list(book.entries()), book.journal_id, key), b""))
    found = store.appointment_entries(OFFICE)
    assert [entry.fact for entry in found] == ["AppointmentCheckedIn", "AppointmentClaimed"]
    assert found == list(book.entries())[-2:]
    assert store.appointment_entries("another office") == []


def test_an_office_s_own_book_comes_first(store: Store) -> None:
    with store.transaction() as tx:
        for name, kiosk in (("a", "kiosk-1"), ("b", "office"), ("c", "kiosk-1")):
            tx.open_book(dataclasses.replace(BOOK, journal_id=name, kiosk_id=kiosk))
        assert [one.journal_id for one in tx.office_books(OFFICE)] == ["b", "a", "c"]
    assert [one.journal_id for one in store.books(OFFICE)] == ["b", "a", "c"]


def test_offices_do_not_see_each_other(store: Store) -> None:
    with store.transaction() as tx:
        tx.open_book(BOOK)
        tx.open_book(dataclasses.replace(BOOK, office_id="other"))
        tx.add_tallies(OFFICE, Changes({("2026-11-23", "issued", "a", "normal"): 2}, {}))
        tx.count_issue(OFFICE, "i1", "2026-11-23")
    assert store.tallies("other", *ALL) == []
    assert [one.office_id for one in store.offices()] == ["bac-son", "other"]
    assert store.ballot_state("other", "i1") == "unknown"


def test_tallies_add_up_and_rows_that_fall_to_nothing_go(store: Store) -> None:
    day, hour = ("2026-11-23", "rated", "", "satisfied"), ("2026-11-23", "08:00", "rated", "")
    with store.transaction() as tx:
        tx.add_tallies(OFFICE, Changes({day: 2}, {hour: 2}))
        tx.add_tallies(OFFICE, Changes({day: -1}, {hour: -2}))
    assert store.tallies(OFFICE, *ALL) == [TallyRow(*day, 1)]
    assert store.hours(OFFICE, *ALL) == []


def test_days_are_asked_for_with_both_ends(store: Store) -> None:
    days = [f"2026-11-{day:02}" for day in (1, 2, 3, 4)]
    with store.transaction() as tx:
        tx.add_tallies(OFFICE, Changes({(day, "issued", "a", "normal"): 1 for day in days}, {}))
        tx.add_tallies(OFFICE, Changes({}, {(day, "08:00", "issued", "a"): 1 for day in days}))
    assert [row.day for row in store.tallies(OFFICE, days[1], days[2])] == days[1:3]
    assert store.hours(OFFICE, days[3], "2026-12-31") == [HourRow(days[3], "08:00", "issued", "a", 1)]


def test_devices_are_known_by_their_id_once(store: Store) -> None:
    first, second = device_of(new_key()), device_of(new_key(), role=Role.OFFICE)
    enrolled(store, first, second, dataclasses.replace(first, office_id="other"))
    assert store.device(first.device_id) == first
    assert store.device("f" * 32) is None
    with store.transaction() as tx:
        assert tx.office_devices(OFFICE) == [second, first]
        assert tx.office_devices("other") == []


def test_evidence_of_a_fork_is_kept_once_and_not_without_end(store: Store) -> None:
    fork = Fork(OFFICE, "j1", 3, b"h" * 32, b"s" * 32, "t", b"evidence")
    with store.transaction() as tx:
        tx.open_book(BOOK)
        assert tx.add_fork(fork)
        assert not tx.add_fork(fork)
        more = [tx.add_fork(dataclasses.replace(fork, seq=seq)) for seq in range(4, 30)]
        assert sum(more) == 9
        assert tx.first_fork(BOOK) == fork
        assert tx.untold_forks()[0] == fork
        tx.fork_told(fork)
        assert fork not in tx.untold_forks()
    assert store.forks(OFFICE)[0] == fork


def test_a_signed_head_within_reach_is_the_farthest(store: Store) -> None:
    with store.transaction() as tx:
        tx.open_book(BOOK)
        for seq in (3, 7, 12):
            tx.add_head_signature(dataclasses.replace(BOOK, seq=seq), device_id="d", signature=f"s{seq}")
    assert store.signed_head(BOOK, 0, 10) == (7, "s7")
    assert store.signed_head(BOOK, 7, 11) is None
    assert store.signed_head(BOOK, 7, 500) == (12, "s12")


def test_answers_are_kept_to_be_corrected(store: Store) -> None:
    with store.transaction() as tx:
        tx.put_given(GIVEN)
        tx.put_criterion(GIVEN, "b1", "yes")
        tx.put_criterion(GIVEN, "b1", "no")
        assert tx.given(OFFICE, "j1", "r1") == GIVEN
        assert tx.given(OFFICE, "j2", "r1") is None
        assert tx.counted_with(OFFICE, "u1") == GIVEN
        assert tx.criteria(GIVEN) == {"b1": "no"}
        tx.put_given(dataclasses.replace(GIVEN, measure="rated_again"))
        assert tx.counted_with(OFFICE, "u1") is None


def test_what_became_of_a_number_is_kept_with_its_story_and_its_slot(store: Store) -> None:
    story = {"j1": [[1, 100, "issued", "ho-tich", True]], "j2": [[4, 700, "called"]]}
    with store.transaction() as tx:
        assert tx.ticket_story(OFFICE, "2026-11-23", "B001") == {}
        tx.put_ticket(dataclasses.replace(TICKET, called_s=None, ranges=None), {})
        tx.put_ticket(TICKET, story)
        tx.put_slot(SLOT)
        assert tx.ticket_story(OFFICE, "2026-11-23", "B001") == story
        assert tx.ticket_story(OFFICE, "2026-11-24", "B001") == {}
    assert store.ticket_days(OFFICE, *ALL) == [dataclasses.replace(TICKET, slot_s=400)]
    assert store.ticket_days(OFFICE, "2026-11-24", "2026-11-30") == []
    assert store.ticket_days("other", *ALL) == []


def test_calls_for_help_are_kept_by_day(store: Store) -> None:
    rings = HelpCall(OFFICE, "h1", "2026-11-23", True, None)
    with store.transaction() as tx:
        tx.put_help_call(rings)
        tx.put_help_call(dataclasses.replace(rings, after_s=40))
        tx.put_help_call(dataclasses.replace(rings, help_id="h0", day="2026-11-24", called=False))
        assert tx.help_call(OFFICE, "h1") == dataclasses.replace(rings, after_s=40)
        assert tx.help_call("other", "h1") is None
    assert store.help_calls(OFFICE, "2026-11-23", "2026-11-23") == [dataclasses.replace(rings, after_s=40)]
    assert len(store.help_calls(OFFICE, *ALL)) == 2


def test_everything_folded_is_forgotten_together(store: Store) -> None:
    with store.transaction() as tx:
        tx.put_ticket(TICKET, {"j1": []})
        tx.put_slot(SLOT)
        tx.put_help_call(HelpCall(OFFICE, "h1", "2026-11-23", True, None))
        tx.clear_tallies()
        tx.put_ticket(TICKET, {})
    assert store.ticket_days(OFFICE, *ALL) == [dataclasses.replace(TICKET, appointment="")]
    assert store.help_calls(OFFICE, *ALL) == []


def test_a_ballot_is_unknown_then_open_then_used(store: Store) -> None:
    assert store.ballot_state(OFFICE, "i1", "u1") == "unknown"
    assert store.ballot_day(OFFICE, "i1") == ""
    with store.transaction() as tx:
        tx.count_issue(OFFICE, "i1", "2026-11-23")
        tx.count_issue(OFFICE, "i1", "2026-11-24")
    assert store.ballot_state(OFFICE, "i1", "u1") == "open"
    assert store.ballot_day(OFFICE, "i1") == "2026-11-23"
    assert store.ballot_day("other", "i1") == ""
    with store.transaction() as tx:
        tx.put_given(GIVEN)
    assert store.ballot_state(OFFICE, "i1", "u1") == "used"


def test_a_day_s_answers_come_in_the_order_they_were_given(store: Store) -> None:
    with store.transaction() as tx:
        for name, at, slot, answer in (("r2", "b", "08:30", "neutral"), ("r1", "a", "08:00", "satisfied")):
            tx.put_given(dataclasses.replace(GIVEN, rating_id=name, at=at, slot=slot, answer=answer, ballot=name))
        tx.put_given(dataclasses.replace(GIVEN, rating_id="r3", measure="loose", ballot=None))
        tx.put_given(dataclasses.replace(GIVEN, rating_id="r4", day="2026-11-24", ballot="r4"))
    assert store.answers_of_day(OFFICE, "2026-11-23") == [("08:00", "satisfied"), ("08:30", "neutral")]


def test_codes_are_kept_and_marked(store: Store) -> None:
    code = EnrolCode(OFFICE, "h", "2026-11-24")
    with store.transaction() as tx:
        tx.put_enrol_code(code)
        tx.put_enrol_code(dataclasses.replace(code, used_at="now", used_by="d"))
        assert tx.enrol_codes() == [EnrolCode(OFFICE, "h", "2026-11-24", "now", "d")]


def test_everything_folded_can_be_forgotten_and_made_again(store: Store) -> None:
    from sync.central.verify import rebuild_tallies

    book, key = memory_book(20), new_key()
    enrolled(store, device_of(key))
    with store.transaction() as tx:
        intake().take(tx, Packed(batch_of(list(book.entries()), book.journal_id, key), b""))
    before = store.tallies(OFFICE, *ALL), store.hours(OFFICE, *ALL)
    with store.transaction() as tx:
        tx.clear_tallies()
    assert store.tallies(OFFICE, *ALL) == []
    with store.transaction() as tx:
        assert rebuild_tallies(tx, utc_offset_h=7) == book.head().seq
    assert (store.tallies(OFFICE, *ALL), store.hours(OFFICE, *ALL)) == before


def test_a_fork_is_kept_with_its_evidence_and_taken_no_further(store: Store) -> None:
    key = new_key()
    mine, other = memory_book(3), memory_book(4)
    enrolled(store, device_of(key))
    with store.transaction() as tx:
        intake().take(tx, Packed(batch_of(list(mine.entries()), mine.journal_id, key), b""))
    raw = b"the packed bytes"
    with store.transaction() as tx:
        shown = intake().take(tx, Packed(batch_of(list(other.entries()), mine.journal_id, key), raw))
    assert isinstance(shown, ForkShown)
    assert shown.seq == 1
    fork = store.forks(OFFICE)[0]
    assert (fork.seq, fork.held_hash, fork.evidence) == (1, next(mine.entries()).hash, raw)
    assert store.books(OFFICE)[0].state is BookState.FORKED
    assert held(store) == (mine.head().seq, mine.head().seq)


class TestTheFile:
    """What only a file can promise."""

    def test_entries_are_never_changed_removed_or_replaced(self, tmp_path: Path) -> None:
        path = tmp_path / "log.sqlite"
        store = SqliteStore(path)
        entries = list(memory_book(2).entries())
        with store.transaction() as tx:
            tx.open_book(BOOK)
            tx.add_entries(BOOK, entries)
        store.close()
        link = sqlite3.connect(path, isolation_level=None)
        for attack in (
            "update entry set body = '{}'",
            "delete from entry",
            f"insert or replace into entry {OTHER_BODY}",
            f"replace into entry {OTHER_BODY}",
        ):
            with pytest.raises(sqlite3.IntegrityError):
                link.execute(attack)
        assert link.execute("select count(*) from entry where body <> '{}'").fetchone()[0] == len(entries)
        link.close()

    def test_readers_cannot_write_and_see_only_what_is_durable(self, tmp_path: Path) -> None:
        store = SqliteStore(tmp_path / "log.sqlite")
        seen: list[int] = []
        with store.transaction() as tx:
            tx.open_book(BOOK)
            reader = threading.Thread(target=lambda: seen.append(len(store.books(OFFICE))))
            reader.start()
            reader.join(10)
        assert (seen, len(store.books(OFFICE))) == ([0], 1)
        with pytest.raises(sqlite3.OperationalError):
            store._reader().execute("delete from journal")
        store.close()

    def test_it_goes_on_where_it_was(self, tmp_path: Path) -> None:
        path = tmp_path / "log.sqlite"
        first = SqliteStore(path)
        with first.transaction() as tx:
            tx.open_book(BOOK)
        first.close()
        again = SqliteStore(path)
        assert again.books(OFFICE) == [BOOK]
        again.close()

    def test_a_log_of_a_newer_program_is_left_alone(self, tmp_path: Path) -> None:
        path = tmp_path / "log.sqlite"
        SqliteStore(path).close()
        link = sqlite3.connect(path)
        link.execute("pragma user_version = 99")
        link.close()
        with pytest.raises(JournalTrouble) as told:
            SqliteStore(path)
        assert told.value.code == "J-108"

    def test_a_file_that_is_no_database_is_told(self, tmp_path: Path) -> None:
        (tmp_path / "log.sqlite").write_bytes(b"not a database at all, but long enough" * 100)
        with pytest.raises(JournalTrouble) as told:
            SqliteStore(tmp_path / "log.sqlite")
        assert told.value.code == "J-102"

    def test_a_full_disk_takes_nothing_and_loses_nothing(self, tmp_path: Path) -> None:
        store = SqliteStore(tmp_path / "log.sqlite")
        key = new_key()
        book = memory_book(300)
        enrolled(store, device_of(key))
        assert store._writer is not None
        pages = store._writer.execute("pragma page_count").fetchone()[0]
        store._writer.execute(f"pragma max_page_count = {pages + 2}")
        entries = list(book.entries(0, 500))
        with pytest.raises(MachineTrouble) as told, store.transaction() as tx:
            intake().take(tx, Packed(batch_of(entries, book.journal_id, key), b""))
        assert told.value.code == "M-201"
        assert store.books(OFFICE) == []
        store._writer.execute("pragma max_page_count = 1000000")
        with store.transaction() as tx:
            assert intake().take(tx, Packed(batch_of(entries, book.journal_id, key), b"")) == Taken(500, 500)
        store.close()
