"""Numbers: one contract for every way to get them, and what each way does in trouble."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import ClassVar

import pytest

from kiosk.book_tail import BookTail
from kiosk.criteria import default_set
from kiosk.desk import Desk, DeskRules
from kiosk.facts import TicketIssued
from kiosk.journal import BookOf, SqliteJournal
from kiosk.link_breaker import TRY_ANYWAY_S
from kiosk.lobby_facts import NumberLent, ReserveReceived
from kiosk.numbers import OFFICE_BOOK, HomeNumbers, OwnNumbers
from kiosk.numbers_lock import NumbersLock
from kiosk.ports import Numbers
from kiosk.remote_numbers import FRESH_S, Asking, RemoteNumbers
from kiosk.trouble import MachineTrouble, Trouble
from tests.fakes.clock import FakeClock
from tests.fakes.journal import MemoryJournal
from tests.fakes.number_link import FakeNumberLink, Fate

TODAY, TOMORROW = date(2026, 11, 23), date(2026, 11, 24)
DAY_S = 86_400


def ticket(number: str) -> TicketIssued:
    return TicketIssued(number, "s", False, f"i{number}", f"l{number}")


class Office:
    """What lends: a series a letter and a day."""

    def __init__(self) -> None:
        self.highest: dict[tuple[str, str], int] = {}

    def lend(self, asking: Asking) -> int:
        key = asking.letter, asking.day
        self.highest[key] = self.highest.get(key, 0) + 1
        return self.highest[key]


@dataclass
class Kiosk:
    """One book and where its numbers come from; ``again`` makes a new ``Numbers``, as after a restart."""

    again: Callable[[], Numbers]
    clock: FakeClock
    book: MemoryJournal
    numbers: Numbers

    def take(self, letter: str = "B") -> str:
        with self.numbers.next(letter, self.book.today()) as number:
            self.numbers.take_in(self.book.append(ticket(number)))
        return number

    def restart(self) -> None:
        self.numbers = self.again()
        for entry in self.book.entries():
            self.numbers.take_in(entry)


def kiosk_of(kind: str, data: Path) -> Kiosk:
    clock, office = FakeClock(), Office()

    def again() -> Numbers:
        if kind == "alone":
            return OwnNumbers()
        if kind == "home":
            return HomeNumbers(data)
        numbers = RemoteNumbers(clock)
        if kind == "linked":
            numbers.join(FakeNumberLink(office.lend, clock))
        return numbers

    kiosk = Kiosk(again, clock, MemoryJournal(clock), again())
    if kind == "cut off":
        kiosk.numbers.take_in(kiosk.book.append(ReserveReceived(2)))
    return kiosk


@pytest.fixture(params=["alone", "home", "linked", "cut off"])
def kiosk(request: pytest.FixtureRequest, tmp_path: Path) -> Kiosk:
    return kiosk_of(request.param, tmp_path)


def counts(numbers: list[str]) -> list[int]:
    return [int(number[1:]) for number in numbers]


def test_numbers_follow_each_other(kiosk: Kiosk) -> None:
    first = counts([kiosk.take()])[0]
    assert counts([kiosk.take() for _ in range(4)]) == [first + step for step in (1, 2, 3, 4)]


def test_each_letter_has_its_own(kiosk: Kiosk) -> None:
    taken = [kiosk.take(letter) for letter in ("A", "B", "A", "AB")]
    assert [number.rstrip("0123456789") for number in taken] == ["A", "B", "A", "AB"]
    assert len(set(taken)) == 4
    assert counts(taken[2:3])[0] == counts(taken[:1])[0] + 1


def test_a_day_begins_anew(kiosk: Kiosk) -> None:
    taken = [kiosk.take() for _ in range(3)]
    kiosk.clock.advance(DAY_S)
    assert kiosk.take() == taken[0]


def test_nothing_is_given_twice_after_a_restart(kiosk: Kiosk) -> None:
    taken = []
    for _ in range(4):
        taken.append(kiosk.take())
        kiosk.restart()
    assert counts(taken) == [counts(taken)[0] + step for step in range(4)]


def test_a_number_that_could_not_be_written_is_not_lost(kiosk: Kiosk) -> None:
    first = kiosk.take()
    kiosk.book.fail_with = MachineTrouble("M-201")
    with pytest.raises(Trouble):
        kiosk.take()
    kiosk.book.fail_with = None
    assert counts([kiosk.take()])[0] == counts([first])[0] + 1


# --- the kiosk beside the office server --------------------------------------------------------


@pytest.fixture
def office_book(tmp_path: Path) -> Iterator[SqliteJournal]:
    of = BookOf("office", "bac-son")
    with SqliteJournal.create(tmp_path / OFFICE_BOOK, of=of, utc_offset_h=7, clock=FakeClock()) as book:
        yield book


def test_home_goes_on_behind_what_the_office_lent_and_handed_out(tmp_path: Path, office_book: SqliteJournal) -> None:
    home = kiosk_of("home", tmp_path)
    assert home.take() == "B001"
    office_book.append(NumberLent(TODAY.isoformat(), "B", 2, "kiosk-2", "r1"))
    office_book.append(ticket("B003"))
    office_book.append(NumberLent(TODAY.isoformat(), "A", 9, "kiosk-2", "r2"))
    assert [home.take(), home.take("A")] == ["B004", "A010"]
    home.restart()
    assert home.take() == "B005"


def test_home_works_before_the_office_has_a_book(tmp_path: Path) -> None:
    home = kiosk_of("home", tmp_path)
    assert home.take() == "B001"
    of = BookOf("office", "bac-son")
    with SqliteJournal.create(tmp_path / OFFICE_BOOK, of=of, utc_offset_h=7, clock=FakeClock()) as book:
        book.append(NumberLent(TODAY.isoformat(), "B", 2, "kiosk-2", "r1"))
        assert home.take() == "B003"


def test_home_gives_of_its_own_reserve_while_another_holds_the_lock(tmp_path: Path) -> None:
    home, other = kiosk_of("home", tmp_path), NumbersLock(tmp_path)
    home.again = lambda: HomeNumbers(tmp_path, lock_s=0.01)
    home.restart()
    assert home.take() == "B001"
    assert other.take(0)
    assert [home.take(), home.take()] == ["B20001", "B20002"]
    other.release()
    assert home.take() == "B002"


def test_home_gives_of_its_own_reserve_while_the_office_s_book_cannot_be_read(tmp_path: Path) -> None:
    place = tmp_path / OFFICE_BOOK
    place.parent.mkdir()
    place.write_bytes(b"no book " * 200)
    assert kiosk_of("home", tmp_path).take() == "B20001"


def test_the_lock_dies_with_its_holder(tmp_path: Path) -> None:
    first, second = NumbersLock(tmp_path), NumbersLock(tmp_path)
    assert first.take(0)
    assert not second.take(0)
    first.release()
    first.release()
    assert second.take(0)
    with NumbersLock(tmp_path).held(0) as ours:
        assert not ours


def test_a_book_put_in_the_place_of_another_is_read_anew(tmp_path: Path) -> None:
    path, of = tmp_path / "book.sqlite", BookOf("office", "bac-son")
    tail = BookTail(path)
    assert tail.news(TODAY) == []
    for round_, name in enumerate(("first", "second")):
        made = tmp_path / f"{name}.sqlite"
        with SqliteJournal.create(made, of=of, utc_offset_h=7, clock=FakeClock()) as book:
            book.append_all([ticket(f"B{at:03d}") for at in range(5 - round_)])
        made.replace(path)
        assert [entry.seq for entry in tail.news(TODAY)] == list(range(1, 7 - round_))
        assert tail.news(TODAY) == []
    tail.close()


def test_a_tail_begins_with_its_day(tmp_path: Path) -> None:
    clock = FakeClock()
    with SqliteJournal.create(
        tmp_path / "b.sqlite", of=BookOf("office", "bac-son"), utc_offset_h=7, clock=clock
    ) as book:
        book.append_all([ticket("B001"), ticket("B002")])
        clock.advance(DAY_S)
        book.append(ticket("B001"))
        assert [entry.seq for entry in BookTail(tmp_path / "b.sqlite").news(TOMORROW)] == [4]
        with pytest.raises(sqlite3.IntegrityError):  # a tail leaves the book as it is
            book._link.execute("update entry set fact = ''")


# --- a kiosk elsewhere -------------------------------------------------------------------------


class Remote:
    """A kiosk elsewhere, its office, and the script of the link between them."""

    def __init__(self, *script: Fate, place: int | None = 1) -> None:
        self.office = Office()
        self.kiosk = kiosk_of("remote", Path())
        self.link = FakeNumberLink(self.office.lend, self.kiosk.clock, script)
        self.numbers = RemoteNumbers(self.kiosk.clock)
        self.numbers.join(self.link)
        self.kiosk.numbers = self.numbers
        if place is not None:
            self.numbers.take_in(self.kiosk.book.append(ReserveReceived(place)))

    def take(self, letter: str = "B") -> int:
        return int(self.kiosk.take(letter)[1:])

    def wait(self, seconds: float) -> None:
        self.kiosk.clock.advance(seconds)

    def elsewhere(self) -> int:
        """Another kiosk takes a number."""
        return self.office.lend(Asking("", "B", TODAY.isoformat()))


def test_a_kiosk_that_never_met_its_office_says_so_and_gives_no_number() -> None:
    remote = Remote(Fate.LOST, place=None)
    with pytest.raises(Trouble) as told:
        remote.take()
    assert told.value.code == "S-347"
    with pytest.raises(Trouble):
        remote.numbers.ready()
    assert [entry.fact for entry in remote.kiosk.book.entries()] == ["JournalOpened"]
    remote.numbers.take_in(remote.kiosk.book.append(ReserveReceived(1)))
    remote.numbers.ready()
    assert remote.take() == 6001


def test_a_desk_that_gave_no_number_tries_again_and_writes_of_no_trouble_of_the_book() -> None:
    clock = FakeClock()
    book, numbers = MemoryJournal(clock), RemoteNumbers(clock)
    desk = Desk(book, DeskRules("kiosk-2", lambda service, _day: service, default_set()), numbers=numbers)
    for attempt in (lambda: desk.issue_ticket(visit_id=1, service="B", priority=False), desk.try_again):
        with pytest.raises(Trouble, match="S-347"):
            attempt()
    desk.receive_reserve(2)
    desk.try_again()
    assert desk.issue_ticket(visit_id=1, service="B", priority=False).number == "B7001"
    assert "TroubleEnded" not in {entry.fact for entry in book.entries()}


def test_before_the_link_is_loaded_the_reserve_serves() -> None:
    remote = Remote()
    remote.numbers = remote.kiosk.numbers = RemoteNumbers(remote.kiosk.clock)
    remote.numbers.take_in(remote.kiosk.book.append(ReserveReceived(3)))
    assert remote.take() == 8001


def test_a_cut_link_is_asked_once_and_then_left_alone() -> None:
    remote = Remote(Fate.LOST, Fate.LOST)
    assert [remote.take() for _ in range(3)] == [6001, 6002, 6003]
    assert len(remote.link.asked) == 1
    remote.wait(TRY_ANYWAY_S)
    assert [remote.take(), remote.take()] == [6004, 6005]
    assert len(remote.link.asked) == 2
    remote.numbers._breaker.told(True)
    assert [remote.take(), remote.take()] == [1, 2]


def test_every_asking_has_a_name_of_its_own() -> None:
    remote = Remote()
    assert [remote.take() for _ in range(5)] == [1, 2, 3, 4, 5]
    assert len({asking.request for asking in remote.link.asked}) == 5


def test_a_late_number_is_the_next_one_while_it_is_fresh() -> None:
    remote = Remote(Fate.LATE)
    assert remote.take() == 6001
    remote.wait(FRESH_S)
    assert remote.take() == 1
    assert len(remote.link.asked) == 1


def test_a_late_number_that_is_stale_stays_a_gap() -> None:
    remote = Remote(Fate.LATE)
    assert remote.take() == 6001
    remote.wait(FRESH_S + 0.1)
    remote.numbers._breaker.told(True)
    assert remote.take() == 2


def test_a_late_number_is_not_given_to_another_letter() -> None:
    remote = Remote(Fate.LATE)
    assert remote.take() == 6001
    remote.numbers._breaker.told(True)
    assert [remote.take("A"), remote.take("B")] == [1, 1]


def test_an_answer_that_comes_twice_gives_one_number() -> None:
    remote = Remote(Fate.TWICE, Fate.TWICE)
    assert [remote.take() for _ in range(3)] == [1, 2, 3]


def test_an_answer_that_was_lost_leaves_a_gap_and_no_double() -> None:
    remote = Remote(Fate.ANSWER_LOST)
    assert remote.take() == 6001
    remote.numbers._breaker.told(True)
    assert remote.elsewhere() == 2
    assert remote.take() == 3


def test_an_office_that_lends_what_was_given_or_is_not_its_own_is_not_believed() -> None:
    remote = Remote()
    assert [remote.take(), remote.take()] == [1, 2]
    remote.office.highest["B", TODAY.isoformat()] = 1
    assert remote.take() == 6001
    remote.office.highest["B", TODAY.isoformat()] = 7000
    assert remote.take() == 6002


def test_a_reserve_of_long_ago_holds_after_a_restart() -> None:
    clock = FakeClock()
    book = MemoryJournal(clock)
    book.append(ReserveReceived(4))
    clock.advance(400 * DAY_S)
    rules = DeskRules("kiosk-2", lambda service, _day: service, default_set())
    desk = Desk(book, rules, numbers=RemoteNumbers(clock))
    assert desk.issue_ticket(visit_id=1, service="B", priority=False).number == "B9001"
    desk.receive_reserve(5)
    assert desk.issue_ticket(visit_id=2, service="B", priority=False).number == "B10001"


def test_a_number_asked_for_before_midnight_is_not_written_after_it() -> None:
    clock = FakeClock()
    book = MemoryJournal(clock)

    class SlowNumbers(OwnNumbers):
        """Midnight passes while the office is asked."""

        asked: ClassVar[list[date]] = []

        @contextmanager
        def next(self, letter: str, day: date) -> Iterator[str]:
            self.asked.append(day)
            if len(self.asked) == 2:
                clock.advance(DAY_S)
            with super().next(letter, day) as number:
                yield number

    desk = Desk(book, DeskRules("kiosk-2", lambda service, _day: service, default_set()), numbers=SlowNumbers())
    assert desk.issue_ticket(visit_id=1, service="B", priority=False).number == "B001"
    ticket = desk.issue_ticket(visit_id=2, service="B", priority=False)
    assert (ticket.number, ticket.day) == ("B001", TOMORROW)
    assert SlowNumbers.asked == [TODAY, TODAY, TOMORROW]
