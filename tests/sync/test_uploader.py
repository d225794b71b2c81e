"""The uploader: every entry arrives once, whatever the network does, and it says how it stands."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.facts import KioskStarted
from kiosk.journal import SqliteJournal
from kiosk.trouble import Trouble
from sync.backoff import CAP_S, Backoff
from sync.batch import MAX_ENTRIES
from sync.central.local import LocalLink
from sync.central.office_book import OfficeBook
from sync.central.service import CentralLog
from sync.keys import DeviceKey, own_key
from sync.link import Acked, Answer, Refused
from sync.sources import DeviceBook
from sync.upload_status import UploadState
from sync.uploader import IDLE_S, Pace, Uploader
from tests.fakes.clock import FakeClock
from tests.fakes.flaky_link import FlakyLink, Mishap
from tests.sync.making import ALL, OFFICE, file_book, visits


class Lobby:
    """A kiosk's book, the office server beside it, and a link that can be made to fail."""

    def __init__(self, data: Path, *, count: int = 10) -> None:
        self.data = data
        self.clock = FakeClock()
        self.journal = file_book(data / "journal.sqlite", self.clock, count=count)
        self.key = own_key(data, "kiosk")
        self.central = CentralLog.open(data, clock=self.clock, office=OfficeBook(OFFICE))

    def uploader(self, *script: Mishap, key: DeviceKey | None = None) -> tuple[Uploader, FlakyLink]:
        link = FlakyLink(LocalLink(self.central), script)
        signing = key or self.key
        pace = Pace(chance=random.Random(1))
        source = DeviceBook(self.data / "journal.sqlite", signing)
        return Uploader(source, link, signing, clock=self.clock, pace=pace), link

    def held(self) -> int:
        """Entries of the kiosk's book that the server holds; they must be the book's own."""
        for book in self.central.store.books(OFFICE):
            if book.journal_id == self.journal.journal_id:
                kept = list(self.central.store.entries(book))
                assert kept == list(self.journal.entries(0, len(kept)))
                return len(kept)
        return 0

    def run(self, uploader: Uploader, *, steps: int = 300) -> None:
        """Let it work, time passing as it asks, until nothing waits."""
        for _ in range(steps):
            pause_s = uploader.step()
            status = uploader.status()
            if status.known and status.waiting_count == 0:
                return
            self.clock.advance(pause_s)
        raise AssertionError(uploader.status())

    def close(self) -> None:
        self.central.close()
        self.journal.close()


@pytest.fixture
def lobby(tmp_path: Path) -> Iterator[Lobby]:
    made = Lobby(tmp_path)
    yield made
    made.close()


def test_everything_arrives_and_the_device_of_the_same_machine_needs_no_code(lobby: Lobby) -> None:
    uploader, _ = lobby.uploader()
    uploader.send_all()
    assert lobby.held() == lobby.journal.head().seq
    facts = [entry.fact for entry in lobby.central.store.entries(lobby.central.store.books(OFFICE)[0])]
    assert facts == ["JournalOpened", "DeviceEnrolled"]


def test_a_long_book_goes_in_batches_and_a_new_entry_follows_alone(lobby: Lobby) -> None:
    lobby.journal.append_all(visits(400, seed=2))
    uploader, link = lobby.uploader()
    uploader.send_all()
    head = lobby.journal.head().seq
    assert lobby.held() == head
    assert link.calls == 2 + head // MAX_ENTRIES  # one that asks where to begin, and the batches
    lobby.journal.append(KioskStarted("1"))
    uploader.step()
    assert (lobby.held(), link.calls) == (head + 1, 3 + head // MAX_ENTRIES)


def test_a_lost_cursor_costs_one_round_trip(lobby: Lobby) -> None:
    lobby.journal.append_all(visits(400, seed=2))
    lobby.uploader()[0].send_all()
    restarted, link = lobby.uploader()
    restarted.send_all()
    assert link.calls == 1
    assert restarted.status().books[0].through == lobby.journal.head().seq


@pytest.mark.parametrize("mishap", [one for one in Mishap if one is not Mishap.OK])
def test_no_mishap_loses_or_doubles_anything(lobby: Lobby, mishap: Mishap) -> None:
    uploader, link = lobby.uploader(mishap, mishap, Mishap.OK, mishap)
    lobby.run(uploader)
    tallies = lobby.central.store.tallies(OFFICE, *ALL)
    lobby.journal.append_all(visits(3, seed=9))
    lobby.run(uploader)
    assert link.used_up
    assert lobby.held() == lobby.journal.head().seq
    assert lobby.central.verify() == []
    assert lobby.central.store.tallies(OFFICE, *ALL) != tallies


@given(st.lists(st.sampled_from(list(Mishap)), max_size=25), st.lists(st.integers(0, 3), max_size=10))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_row_of_mishaps_ends_well(tmp_path: Path, script: list[Mishap], news: list[int]) -> None:
    folder = tmp_path / str(random.random())
    lobby = Lobby(folder)
    uploader, _ = lobby.uploader(*script)
    for seed, count in enumerate(news, start=2):
        lobby.journal.append_all(visits(count, seed=seed))
        lobby.clock.advance(uploader.step())
        lobby.held()
    lobby.run(uploader)
    assert lobby.held() == lobby.journal.head().seq
    assert lobby.central.verify() == []
    lobby.close()
    shutil.rmtree(folder)


def test_days_without_a_network_cost_nothing_but_disk(lobby: Lobby) -> None:
    uploader, link = lobby.uploader()
    uploader.send_all()
    link.cut, calls = True, link.calls
    for day in range(7):
        lobby.journal.append_all(visits(60, seed=20 + day))
        for _ in range(24 * 2):  # half an hour at a time
            uploader.step()
            lobby.clock.advance(1800)
    status = uploader.status()
    assert status.trouble is not None
    assert (status.state, status.trouble.code) == (UploadState.WAITING, "S-301")
    assert status.waiting_count == lobby.journal.head().seq - lobby.held() > 1000
    assert 0 < link.calls - calls <= 7 * 24 * 2
    link.cut = False
    lobby.run(uploader)
    assert lobby.held() == lobby.journal.head().seq
    assert uploader.status().trouble is None


def test_waits_double_up_to_a_cap_and_are_never_quite_the_same() -> None:
    clock, waits = FakeClock(), []
    backoff = Backoff(clock, random.Random(3))
    for _ in range(12):
        backoff.failed()
        waits.append(backoff.left_s)
        clock.advance(backoff.left_s)
    for place, wait in enumerate(waits):
        whole = min(CAP_S, 2.0**place)
        assert whole / 2 <= wait <= whole
    assert len(set(waits)) == len(waits)
    backoff.succeeded()
    assert backoff.left_s == 0


def test_offices_that_wake_together_do_not_come_together() -> None:
    clock, starts = FakeClock(), set()
    for seed in range(50):
        backoff = Backoff(clock, random.Random(seed))
        backoff.spread(20.0)
        starts.add(round(backoff.left_s, 1))
        assert 0 <= backoff.left_s <= 20
    assert len(starts) > 30


def test_a_busy_server_is_left_alone_as_long_as_it_asks(lobby: Lobby) -> None:
    uploader, link = lobby.uploader(Mishap.BUSY)
    assert 30 <= uploader.step() <= 37.5
    lobby.clock.advance(29)
    uploader.step()
    assert link.calls == 1
    lobby.clock.advance(9)
    uploader.step()
    assert link.calls == 2
    assert lobby.held() == lobby.journal.head().seq


def test_an_idle_uploader_sends_nothing(lobby: Lobby) -> None:
    uploader, link = lobby.uploader()
    uploader.send_all()
    calls = link.calls
    assert [uploader.step() for _ in range(5)] == [IDLE_S] * 5
    assert link.calls == calls
    assert uploader.status().state is UploadState.IDLE


def test_a_copied_disk_shows_as_a_fork_and_stops_and_says_why(lobby: Lobby, tmp_path: Path) -> None:
    lobby.uploader()[0].send_all()
    copied = tmp_path / "copy"
    copied.mkdir()
    shutil.copy(tmp_path / "journal.sqlite", copied / "journal.sqlite")
    shutil.copy(tmp_path / "journal.sqlite-wal", copied / "journal.sqlite-wal")
    lobby.journal.append_all(visits(3, seed=5))
    lobby.uploader()[0].send_all()
    held = lobby.held()

    with SqliteJournal.open(copied / "journal.sqlite", utc_offset_h=7, clock=lobby.clock) as clone:
        clone.append_all(visits(8, seed=6))
        link = FlakyLink(LocalLink(lobby.central))
        uploader = Uploader(DeviceBook(clone.path, lobby.key), link, lobby.key, clock=lobby.clock)
        with pytest.raises(Trouble) as told:
            uploader.send_all()
        assert told.value.code == "S-304"
        calls = link.calls
        clone.append(KioskStarted("1"))
        lobby.clock.advance(3600)
        uploader.step()
        assert link.calls == calls
        assert uploader.status().state is UploadState.STOPPED
    assert lobby.held() == held
    forks = lobby.central.store.forks(OFFICE)
    assert len(forks) == 1
    assert forks[0].evidence
    own = list(lobby.central.store.entries(lobby.central.store.books(OFFICE)[0]))
    assert own[-1].fact == "ForkSeen"
    assert own[-1].fields()["journal_id"] == lobby.journal.journal_id
    assert lobby.central.health()["forked_books"] == 1
    assert lobby.central.verify() == []


def test_a_copy_that_grew_longer_than_the_original_is_seen_too(lobby: Lobby, tmp_path: Path) -> None:
    """The clone's newest entry lies beyond what is held, so only an overlap can show the fork."""
    copied = tmp_path / "copy.sqlite"
    lobby.journal.rest()
    shutil.copy(tmp_path / "journal.sqlite", copied)
    lobby.journal.append_all(visits(2, seed=5))
    lobby.uploader()[0].send_all()
    with SqliteJournal.open(copied, utc_offset_h=7, clock=lobby.clock) as clone:
        clone.append_all(visits(300, seed=6))
        uploader = Uploader(DeviceBook(copied, lobby.key), LocalLink(lobby.central), lobby.key, clock=lobby.clock)
        with pytest.raises(Trouble) as told:
            uploader.send_all()
    assert told.value.code == "S-304"
    assert lobby.held() == lobby.journal.head().seq


def test_a_book_put_back_from_a_backup_is_quiet_until_it_differs(lobby: Lobby, tmp_path: Path) -> None:
    copied = tmp_path / "backup.sqlite"
    lobby.journal.rest()
    shutil.copy(tmp_path / "journal.sqlite", copied)
    lobby.journal.append_all(visits(4, seed=5))
    lobby.uploader()[0].send_all()
    with SqliteJournal.open(copied, utc_offset_h=7, clock=lobby.clock) as restored:
        uploader = Uploader(DeviceBook(copied, lobby.key), LocalLink(lobby.central), lobby.key, clock=lobby.clock)
        uploader.step()
        assert uploader.status().trouble is None
        restored.append(KioskStarted("1"))
        uploader.step()
        trouble = uploader.status().trouble
        assert trouble is not None
        assert trouble.code == "S-304"


def test_a_server_put_back_from_a_backup_is_filled_again(lobby: Lobby) -> None:
    uploader, _ = lobby.uploader()
    uploader.send_all()

    class Forgetful:
        """Says once that it holds less than it acked."""

        def __init__(self) -> None:
            self.answers: list[Answer] = [Acked(3)]
            self.real = LocalLink(lobby.central)

        def send(self, packed: bytes) -> Answer:
            return self.answers.pop() if self.answers else self.real.send(packed)

        def close(self) -> None:
            """Nothing to close."""

    uploader._link = Forgetful()
    lobby.journal.append(KioskStarted("1"))
    lobby.run(uploader)
    assert uploader.status().books[0].through == lobby.journal.head().seq


def test_a_refused_book_is_tried_again_but_not_in_a_hurry(lobby: Lobby) -> None:
    class Refusing:
        """Does not know anybody."""

        calls = 0

        def send(self, packed: bytes) -> Answer:
            self.calls += 1
            return Refused("S-302", "")

        def close(self) -> None:
            """Nothing to close."""

    link = Refusing()
    uploader = Uploader(DeviceBook(lobby.data / "journal.sqlite", lobby.key), link, lobby.key, clock=lobby.clock)
    for _ in range(3600):
        uploader.step()
        lobby.clock.advance(1)
    assert 60 <= link.calls <= 140
    status = uploader.status()
    assert status.trouble is not None
    assert (status.state, status.trouble.code) == (UploadState.WAITING, "S-302")


def test_a_book_that_is_not_there_is_a_trouble_not_a_crash(tmp_path: Path) -> None:
    key, clock = own_key(tmp_path, "kiosk"), FakeClock()
    central = CentralLog.open(tmp_path, clock=clock, office=OfficeBook(OFFICE))
    uploader = Uploader(DeviceBook(tmp_path / "journal.sqlite", key), LocalLink(central), key, clock=clock)
    assert uploader.step() > 0
    trouble = uploader.status().trouble
    assert trouble is not None
    assert trouble.code == "J-107"
    central.close()


def test_what_is_shown_on_health_pages_names_no_address(lobby: Lobby) -> None:
    uploader, link = lobby.uploader()
    link.cut = True
    uploader.step()
    shown = uploader.status().as_json()
    assert shown["trouble"] == "S-301"
    assert shown["trouble_text"] == "the server cannot be reached"
    assert shown["waiting_count"] == lobby.journal.head().seq
