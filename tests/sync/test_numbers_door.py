"""The office lends numbers and gives reserves, over real HTTP, books and locks."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest
import requests

from kiosk.book_file import read_entries
from kiosk.clock import instant_text
from kiosk.facts import TicketIssued
from kiosk.identifiers import random_id
from kiosk.journal import BookOf, SqliteJournal
from kiosk.lobby_facts import NumberLent, ReserveGiven
from kiosk.numbers import HomeNumbers
from kiosk.numbers_lock import NumbersLock
from kiosk.trouble import Trouble
from sync.asking import NUMBER_PATH, RESERVE_PATH, NumberAsked, ask_number, ask_reserve
from sync.batch import pack
from sync.central.app import central_app
from sync.central.office_book import JOURNAL, OfficeBook
from sync.central.reserves import TO_GIVE
from sync.central.service import CentralLog
from sync.central.store import Role
from sync.keys import DeviceKey
from tests.fakes.clock import FakeClock
from tests.fakes.journal import MemoryJournal
from tests.sync.making import OFFICE, Served, batch_of, device_of, enrolled, memory_book, new_key, served

TODAY = date(2026, 11, 23)


def ticket(number: str) -> TicketIssued:
    return TicketIssued(number, "B", False, f"i{number}", f"l{number}")


class Office:
    """An office server on a port, and kiosks that are enrolled there."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.clock = FakeClock()
        self.central = CentralLog.open(data, clock=self.clock, office=OfficeBook(OFFICE))
        self.at: Served

    def knows(self, kiosk_id: str, *, sends: bool = True) -> DeviceKey:
        """A new machine of that kiosk, whose book has come."""
        key = new_key()
        enrolled(self.central.store, device_of(key, clock=self.clock))
        if sends:
            self.sends(memory_book(0, clock=self.clock, kiosk_id=kiosk_id), key)
        return key

    def sends(self, book: MemoryJournal, key: DeviceKey) -> None:
        self.central.take(pack(batch_of(list(book.entries()), book.journal_id, key)))

    def asked(self, key: DeviceKey, *, letter: str = "B", day: date = TODAY, request: str = "") -> NumberAsked:
        at = instant_text(self.clock.now())
        return ask_number(key, letter=letter, day=day.isoformat(), request=request or random_id(), sent_at=at)

    def post(self, path: str, asked: object) -> tuple[int, Any]:
        reply = requests.post(self.at.address + path, data=msgspec.json.encode(asked), timeout=10)
        return reply.status_code, reply.json()

    def number(self, key: DeviceKey, **how: Any) -> int:
        status, told = self.post(NUMBER_PATH, self.asked(key, **how))
        assert status == 200, told
        return int(told["count"])

    def refusal(self, path: str, asked: object) -> str:
        before = len(list(self.own()))
        status, told = self.post(path, asked)
        assert status == 422
        assert len(list(self.own())) == before
        return str(told["code"])

    def place(self, key: DeviceKey) -> int:
        status, told = self.post(RESERVE_PATH, ask_reserve(key, sent_at=instant_text(self.clock.now())))
        assert status == 200, told
        return int(told["place"])

    def own(self, fact: str = "") -> list[dict[str, Any]]:
        entries = list(read_entries(self.data / JOURNAL))
        return [dict(one.fields()) for one in entries if not fact or one.fact == fact]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = Office(tmp_path)
    with served(central_app(made.central)) as made.at:
        yield made
    made.central.close()


def test_two_kiosks_help_desk_and_home_run_on_in_one_series(office: Office) -> None:
    two, three = office.knows("kiosk-2"), office.knows("kiosk-3")
    home = HomeNumbers(office.data)
    of = BookOf("kiosk-1", OFFICE)
    with SqliteJournal.create(office.data / "journal.sqlite", of=of, utc_offset_h=7, clock=office.clock) as book:

        def at_home() -> str:
            with home.next("B", TODAY) as number:
                home.take_in(book.append(ticket(number)))
            return number

        seen = [at_home(), office.number(two), at_home(), office.number(three), office.number(two)]
        issued = office.central.numbers.issue("B", lambda number: (ticket(number),))
        assert seen == ["B001", 2, "B003", 4, 5]
        assert issued[0].fields()["number"] == "B006"
        assert at_home() == "B007"
    assert [one["count"] for one in office.own(NumberLent.__name__)] == [2, 4, 5]


def test_the_loan_is_on_the_disk_before_it_is_told(office: Office) -> None:
    count = office.number(office.knows("kiosk-2"))
    (lent,) = office.own(NumberLent.__name__)
    assert (lent["count"], lent["kiosk_id"], lent["day"], lent["letter"]) == (count, "kiosk-2", "2026-11-23", "B")


def test_asking_twice_gives_the_same_even_after_a_restart(tmp_path: Path) -> None:
    request = random_id()
    made = Office(tmp_path)
    keys: list[DeviceKey] = []
    for _ in range(2):
        with served(central_app(made.central)) as made.at:
            keys = keys or [made.knows("kiosk-2")]
            assert [made.number(keys[0], request=request) for _ in range(2)] == [1, 1]
        made.central.close()
        made = Office(tmp_path)
    made.central.close()
    assert len(made.own(NumberLent.__name__)) == 1


def test_each_letter_and_each_day_has_a_series_of_its_own(office: Office) -> None:
    key = office.knows("kiosk-2")
    assert [office.number(key, letter=letter) for letter in "BBAAB"] == [1, 2, 1, 2, 3]
    office.clock.advance(86_400)
    assert office.number(key, day=date(2026, 11, 24)) == 1


def test_a_kiosk_whose_day_differs_is_told_and_gets_nothing(office: Office) -> None:
    key = office.knows("kiosk-2")
    for day in (date(2026, 11, 22), date(2026, 11, 24)):
        assert office.refusal(NUMBER_PATH, office.asked(key, day=day)) == "S-314"


def test_a_request_of_another_kiosk_or_letter_is_refused(office: Office) -> None:
    key, other, request = office.knows("kiosk-2"), office.knows("kiosk-3"), random_id()
    office.number(key, request=request)
    assert office.refusal(NUMBER_PATH, office.asked(other, request=request)) == "S-314"
    assert office.refusal(NUMBER_PATH, office.asked(key, request=request, letter="A")) == "S-314"


def test_only_an_enrolled_kiosk_whose_book_has_come_gets_a_number(office: Office) -> None:
    assert office.refusal(NUMBER_PATH, office.asked(new_key())) == "S-302"
    assert office.refusal(NUMBER_PATH, office.asked(office.knows("kiosk-2", sends=False))) == "S-302"


def test_a_forged_or_changed_asking_gets_nothing(office: Office) -> None:
    asked = office.asked(office.knows("kiosk-2"))
    for changed in (
        msgspec.structs.replace(asked, letter="A"),
        msgspec.structs.replace(asked, request=random_id()),
        msgspec.structs.replace(asked, signature="00" * 64),
    ):
        assert office.refusal(NUMBER_PATH, changed) == "S-303"


@pytest.mark.parametrize("noise", [b"", b"[]", b'{"letter": "B"}', b"\xff"])
def test_noise_is_told_so(office: Office, noise: bytes) -> None:
    for path in (NUMBER_PATH, RESERVE_PATH):
        assert requests.post(office.at.address + path, data=noise, timeout=10).json()["code"] == "S-314"


def test_a_machine_that_was_replaced_gets_nothing_but_its_tickets_are_taken(office: Office) -> None:
    old_book = memory_book(1, clock=office.clock, kiosk_id="kiosk-2")
    old = office.knows("kiosk-2", sends=False)
    office.sends(old_book, old)
    office.clock.advance(3600)
    new = office.knows("kiosk-2")
    assert office.number(new) == 1
    assert office.refusal(NUMBER_PATH, office.asked(old)) == "S-310"
    old_book.append(ticket("B6001"))
    office.sends(old_book, old)
    assert old_book.head().seq in {one.seq for one in office.central.store.books(OFFICE)}


def test_every_book_has_a_reserve_of_its_own_and_keeps_it(office: Office) -> None:
    two, three = office.knows("kiosk-2"), office.knows("kiosk-3")
    assert [office.place(two), office.place(three), office.place(two)] == [1, 2, 1]
    office.clock.advance(3600)
    assert office.place(office.knows("kiosk-2")) == 3
    assert [(one["kiosk_id"], one["place"]) for one in office.own(ReserveGiven.__name__)] == [
        ("kiosk-2", 1), ("kiosk-3", 2), ("kiosk-2", 3),
    ]  # fmt: skip


def test_a_reserve_is_given_anew_only_days_after_its_machine_was_replaced(office: Office) -> None:
    for place in TO_GIVE:
        assert office.central.numbers.reserve("kiosk-2", f"book {place}") == place
    with pytest.raises(Trouble) as told:
        office.central.numbers.reserve("kiosk-2", "one more")
    assert told.value.code == "S-314"
    office.clock.advance(86_400)
    assert office.central.numbers.reserve("kiosk-2", "one more") == TO_GIVE[0]
    assert office.central.numbers.reserve("kiosk-9", "another") == TO_GIVE[1]
    assert office.central.numbers.reserve("kiosk-2", "one more") == TO_GIVE[0]


def test_while_the_lock_is_held_elsewhere_nothing_is_lent(office: Office) -> None:
    key, lock = office.knows("kiosk-2"), NumbersLock(office.data)
    assert lock.take(1)
    status, told = office.post(NUMBER_PATH, office.asked(key))
    at_desk = office.central.numbers.issue("B", lambda number: (ticket(number),))
    lock.release()
    assert (status, told["code"]) == (429, "S-308")
    assert at_desk[0].fields()["number"] == "B19001"
    assert office.number(key) == 1


def test_while_the_kiosk_s_book_beside_it_cannot_be_read_the_help_desk_goes_on(office: Office) -> None:
    key = office.knows("kiosk-2")
    (office.data / "journal.sqlite").write_bytes(b"no book " * 500)
    given = [office.central.numbers.issue("B", lambda number: (ticket(number),)) for _ in range(2)]
    assert [entries[0].fields()["number"] for entries in given] == ["B19001", "B19002"]
    assert office.post(NUMBER_PATH, office.asked(key))[1]["code"].startswith("J-")
    (office.data / "journal.sqlite").unlink()
    assert office.number(key) == 1


def test_many_at_once_get_each_number_once(office: Office) -> None:
    keys = [office.knows(f"kiosk-{at}") for at in range(2, 6)]
    at_desk: list[str] = []
    gate = threading.Barrier(8)

    def lend(at: int) -> list[int]:
        gate.wait()
        return [office.number(keys[at]) for _ in range(10)]

    def hand_out() -> list[int]:
        gate.wait()
        for _ in range(10):
            (issued,) = office.central.numbers.issue("B", lambda number: (ticket(number),))
            at_desk.append(str(issued.fields()["number"]))
        return []

    with ThreadPoolExecutor(8) as pool:
        working = [*(pool.submit(lend, at) for at in range(4)), *(pool.submit(hand_out) for _ in range(4))]
        lent = [count for job in working for count in job.result()]
    assert sorted(lent + [int(number[1:]) for number in at_desk]) == list(range(1, 81))


def test_a_log_of_many_offices_lends_nothing(tmp_path: Path) -> None:
    with CentralLog.open(tmp_path, clock=FakeClock()) as central:
        key = new_key()
        enrolled(central.store, device_of(key, role=Role.OFFICE))
        with served(central_app(central)) as at:
            asked = ask_reserve(key, sent_at="2026-11-23T01:00:00.000000Z")
            reply = requests.post(at.address + RESERVE_PATH, data=msgspec.json.encode(asked), timeout=10)
            assert reply.json()["code"] == "S-302"


def test_a_number_of_two_books_is_told_and_kept(office: Office, caplog: pytest.LogCaptureFixture) -> None:
    for kiosk_id in ("kiosk-2", "kiosk-3"):
        book = memory_book(0, clock=office.clock, kiosk_id=kiosk_id)
        book.append(ticket("B001"))
        office.sends(book, office.knows(kiosk_id, sends=False))
    assert office.central.health()["doubled_numbers"] == ["B001"]
    assert "S-344" in caplog.text
    assert sum(book.seq for book in office.central.store.books(OFFICE)) == len(office.own()) + 4
    office.central.close()
    with CentralLog.open(office.data, clock=office.clock, office=OfficeBook(OFFICE)) as again:
        assert again.health()["doubled_numbers"] == ["B001"]
    office.clock.advance(86_400)
    with CentralLog.open(office.data, clock=office.clock, office=OfficeBook(OFFICE)) as tomorrow:
        assert tomorrow.health()["doubled_numbers"] == []
