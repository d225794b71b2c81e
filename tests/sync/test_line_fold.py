"""What becomes of a number: from its slip in one book and its calls in another, in whatever order they come."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.appointment_facts import AppointmentBooked, AppointmentCancelled, AppointmentCheckedIn, AppointmentClaimed
from kiosk.estimates import Grade, grade
from kiosk.fact import Fact
from kiosk.facts import TicketIssued
from kiosk.line_facts import (
    CalledOutOfOrder,
    PressUndone,
    ServiceStarted,
    TicketCalled,
    TicketCancelled,
    TicketExpired,
    TicketFinished,
    TicketMissed,
    TicketParked,
    TicketReturned,
    TicketTransferred,
    WaitEstimated,
)
from kiosk.lobby_facts import HelpAnswered, HelpCalled
from sync.central.fold import Fold
from sync.central.office_book import OfficeBook
from sync.central.service import LOG, CentralLog
from sync.central.store import Book, BookState
from sync.central.ticket_days import Ended, HelpCall, TicketDay
from tests.fakes.clock import FakeClock
from tests.fakes.journal import MemoryJournal
from tests.fakes.memory_store import MemoryStore
from tests.sync.making import ALL, OFFICE

DAY = "2026-11-23"
NUMBER = "B001"


def called(lane: str = "normal", number: str = NUMBER) -> TicketCalled:
    return TicketCalled(number, DAY, "1", lane, "next", "p-call")


def started(number: str = NUMBER) -> ServiceStarted:
    return ServiceStarted(number, DAY, "1", "p-start")


def finished(press: str = "p-finish", number: str = NUMBER) -> TicketFinished:
    return TicketFinished(number, DAY, "1", press)


def missed(press: str = "p-miss") -> TicketMissed:
    return TicketMissed(NUMBER, DAY, "1", press)


def slip(number: str = NUMBER, service: str = "ho-tich") -> TicketIssued:
    return TicketIssued(number, service, False, f"i{number}", f"l{number}")


def moved(service: str = "dat-dai") -> TicketTransferred:
    return TicketTransferred(NUMBER, DAY, "1", service, "p-move")


class Lobby:
    """A kiosk and an office, each with its book, on one clock."""

    def __init__(self) -> None:
        self.clock = FakeClock()
        self.kiosk = MemoryJournal(self.clock)
        self.office = MemoryJournal(self.clock, kiosk_id="office")

    def happens(self, *steps: Fact | int) -> None:
        """Facts in order, in the book where they belong; a number lets so many minutes pass."""
        for step in steps:
            if isinstance(step, int):
                self.clock.advance(60 * step)
            elif isinstance(
                step, TicketIssued | WaitEstimated | AppointmentCheckedIn | AppointmentClaimed | HelpCalled
            ):
                self.kiosk.append(step)
            else:
                self.office.append(step)

    def folded(self, pieces: Sequence[tuple[int, int]] = ()) -> MemoryStore:
        """The kiosk's book and then the office's; or piece by piece: (0 or 1, up to which entry)."""
        store, done, books = MemoryStore(), [0, 0], (self.kiosk, self.office)
        for which, last in pieces or [(which, book.head().seq) for which, book in enumerate(books)]:
            journal = books[which]
            book = Book(OFFICE, journal.journal_id, "k", "d", False, 0, bytes(32), BookState.OPEN, "", "")
            with store.transaction() as tx:
                fold = Fold(tx, OFFICE, utc_offset_h=7)
                for entry in journal.entries(done[which], last - done[which]):
                    fold.take(book, entry)
                fold.finish()
            done[which] = last
        return store


def counts(store: MemoryStore) -> Counter[tuple[str, str, str]]:
    found = {(row.measure, row.key, row.answer): row.n for row in store.tallies(OFFICE, *ALL)}
    return Counter({key: n for key, n in found.items() if key[0] != "issued"})


def ticket(*steps: Fact | int) -> TicketDay:
    """What becomes of one number after these steps, the same whichever book comes first."""
    lobby = Lobby()
    lobby.happens(*steps)
    heads = lobby.kiosk.head().seq, lobby.office.head().seq
    straight, other = lobby.folded(), lobby.folded([(1, heads[1]), (0, heads[0])])
    assert straight.ticket_days(OFFICE, *ALL) == other.ticket_days(OFFICE, *ALL)
    assert straight.tallies(OFFICE, *ALL) == other.tallies(OFFICE, *ALL)
    return straight.ticket_days(OFFICE, *ALL)[0]


def test_a_wait_is_from_the_slip_to_the_first_call() -> None:
    found = ticket(slip(), 12, called(), missed(), 9, called(), 1, started(), 7, finished())
    assert (found.wait_s, found.service_s, found.missed_count) == (12 * 60, 7 * 60, 1)
    assert (found.ended, found.finished_on, found.service) == (Ended.SERVED, DAY, "ho-tich")


def test_a_number_started_as_it_was_finished_was_served_in_an_unknown_time() -> None:
    found = ticket(slip(), 5, called(), 9, started(), finished())
    assert (found.ended, found.finished_on, found.service_s) == (Ended.SERVED, DAY, None)


def test_parked_time_is_neither_wait_nor_service() -> None:
    returned = TicketReturned(NUMBER, DAY, "kiosk", "p-back")
    parked = TicketParked(NUMBER, DAY, "1", "papers", "p-park")
    found = ticket(slip(), 5, called(), started(), 3, parked, 40, returned, called(), started(), 4, finished())
    assert (found.wait_s, found.service_s) == (5 * 60, 7 * 60)


def test_a_transfer_begins_a_second_wait_and_is_served_where_it_ends() -> None:
    steps = (slip(), 5, called(), started(), 2, moved(), 11, called(), started(), 3, finished())
    found = ticket(*steps)
    assert (found.wait_s, found.transfers, found.service_s) == (300, (("dat-dai", 660),), 300)
    lobby = Lobby()
    lobby.happens(*steps)
    assert counts(lobby.folded()) == {
        ("called", "", "normal"): 2,
        ("served", "dat-dai", ""): 1,
        ("transferred", "dat-dai", ""): 1,
    }


def test_a_number_given_up_before_any_call_left_and_one_after_a_call_waited() -> None:
    gone = TicketCancelled(NUMBER, DAY, "phone", "asked", "")
    left = ticket(slip(), 18, gone)
    assert (left.wait_s, left.left_after_s, left.ended) == (None, 18 * 60, Ended.CANCELLED)
    late = ticket(slip(), 10, called(), missed(), 8, gone)
    assert (late.wait_s, late.left_after_s, late.ended) == (600, None, Ended.CANCELLED)
    over = ticket(slip(), 30, TicketExpired(NUMBER, DAY))
    assert (over.left_after_s, over.ended) == (1800, Ended.EXPIRED)


def test_a_press_that_was_taken_back_never_happened() -> None:
    undone = PressUndone(NUMBER, DAY, "1", "p-miss", "p-undo")
    found = ticket(slip(), 5, called(), missed(), undone, started(), 2, finished())
    assert (found.missed_count, found.ended) == (0, Ended.SERVED)
    back = PressUndone(NUMBER, DAY, "1", "p-finish", "p-undo")
    open_again = ticket(slip(), 5, called(), started(), 2, finished(), back)
    assert (open_again.ended, open_again.finished_on, open_again.service_s) == (Ended.OPEN, "", None)
    done = ticket(slip(), 5, called(), started(), 2, finished(), back, 3, finished("p-again"))
    assert done.ended is Ended.SERVED


def test_a_finish_counts_on_its_own_day() -> None:
    lobby = Lobby()
    lobby.happens(slip(), 5, called(), started(), 24 * 60, finished())
    rows = [(row.day, row.measure) for row in lobby.folded().tallies(OFFICE, *ALL) if row.measure == "served"]
    assert rows == [("2026-11-24", "served")]


def test_an_appointment_waits_from_the_later_of_its_number_and_its_slot() -> None:
    early = ticket(booked(), slip(), AppointmentCheckedIn("a1", NUMBER), 40, called())  # the clock begins at 08:00
    assert (early.appointment, early.wait_s) == ("a1", 10 * 60)
    late = ticket(booked(), 45, slip(), AppointmentClaimed("h1", NUMBER), 5, called())
    assert (late.appointment, late.wait_s) == ("h1", 5 * 60)


def booked(id: str = "a1", day: str = DAY, at: str = "08:30") -> AppointmentBooked:
    return AppointmentBooked(id, "h1", "visit", "ho-tich", day, at, "", "staff", "")


@pytest.mark.parametrize(
    "before",
    [
        (),
        (booked(day="2026-11-24"),),
        (booked(), AppointmentCancelled("a1", "citizen", "asked")),
        (booked(), AppointmentCancelled("a1", "staff", "moved"), booked("a2", "2026-11-25")),
    ],
)
def test_a_code_that_stands_for_nothing_today_is_a_walk_in_and_her_estimate_counts(
    before: tuple[Fact, ...],
) -> None:
    told = WaitEstimated(NUMBER, "ho-tich", 3, 2, "pace", RANGES)
    steps: tuple[Fact | int, ...] = (*before, slip(), told, AppointmentClaimed("h1", NUMBER), 7, called())
    found = ticket(*steps)
    assert (found.appointment, found.wait_s) == ("", 7 * 60)
    lobby = Lobby()
    lobby.happens(*steps)
    assert counts(lobby.folded())["estimate", "pace", Grade.INSIDE.value] == 1


def test_what_was_moved_to_another_hour_of_its_day_waits_from_there() -> None:
    moved_to = booked("a2", at="09:00")
    found = ticket(
        booked(), AppointmentCancelled("a1", "staff", "moved"), moved_to, slip(), AppointmentClaimed("h1", NUMBER),
        75, called(),
    )  # fmt: skip
    assert (found.appointment, found.wait_s) == ("h1", 15 * 60)


def test_a_slot_at_no_time_is_no_slot() -> None:
    assert ticket(booked(at="sáng"), slip(), AppointmentCheckedIn("a1", NUMBER), 7, called()).wait_s == 7 * 60


def test_calls_out_of_order_and_lanes_are_counted() -> None:
    lobby = Lobby()
    lobby.happens(slip(), CalledOutOfOrder(NUMBER, DAY, "1", "small-child", 4), called("priority"))
    assert counts(lobby.folded()) == {("out_of_order", "", "small-child"): 1, ("called", "", "priority"): 1}


def test_two_slips_of_one_number_are_the_earlier_one_whoever_comes_first() -> None:
    lobby = Lobby()
    lobby.happens(slip(service="ho-tich"), 5)
    lobby.office.append(slip(service="dat-dai"))
    heads = lobby.kiosk.head().seq, lobby.office.head().seq
    for pieces in ([(0, heads[0]), (1, heads[1])], [(1, heads[1]), (0, heads[0])]):
        assert [one.service for one in lobby.folded(pieces).ticket_days(OFFICE, *ALL)] == ["ho-tich"]


@pytest.mark.parametrize("answer_first", [True, False])
def test_a_call_for_help_and_its_answer_meet(*, answer_first: bool) -> None:
    lobby = Lobby()
    lobby.happens(HelpCalled("h", "kiosk-1"), 1, HelpAnswered("h", "kiosk-1", "staff", 60))
    lobby.happens(HelpAnswered("h", "kiosk-1", "2", 75))
    heads = [(0, lobby.kiosk.head().seq), (1, lobby.office.head().seq)]
    found = lobby.folded(heads[::-1] if answer_first else heads)
    assert found.help_calls(OFFICE, *ALL) == [HelpCall(OFFICE, "h", DAY, True, 60)]


def test_a_log_of_the_program_before_is_folded_anew_once(tmp_path: Path) -> None:
    with CentralLog.open(tmp_path, clock=FakeClock(), office=OfficeBook(OFFICE)) as central:
        central.act(lambda: (slip(), called(), HelpCalled("h", "kiosk-1")))
        before = central.store.ticket_days(OFFICE, *ALL)
    link = sqlite3.connect(tmp_path / LOG)
    for table in ("ticket_day", "help_call", "slot"):
        link.execute(f"delete from {table}")
    link.commit()
    link.close()
    with CentralLog.open(tmp_path, clock=FakeClock(), office=OfficeBook(OFFICE)) as central:
        assert central.store.ticket_days(OFFICE, *ALL) == before
        assert len(before) == len(central.store.help_calls(OFFICE, *ALL)) == 1
        assert central.verify() == []


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        ("update ticket_day set called_s = called_s + 60", "what became of the numbers"),
        ("delete from ticket_day", "what became of the numbers"),
        ("update help_call set after_s = 1", "the calls for help"),
    ],
)
def test_a_row_that_was_changed_by_hand_is_told_and_mended(tmp_path: Path, damage: str, said: str) -> None:
    with CentralLog.open(tmp_path, clock=FakeClock(), office=OfficeBook(OFFICE)) as central:
        central.act(lambda: (slip(), called(), HelpCalled("h", "kiosk-1"), slip("B002")))
        link = sqlite3.connect(tmp_path / LOG)
        link.execute(damage)
        link.commit()
        link.close()
        assert [sentence for sentence in central.verify() if said in sentence]
        central.rebuild_tallies()
        assert central.verify() == []


RANGES = {"pace": [5, 10], "last20": [0, 5]}


@pytest.mark.parametrize(
    ("end", "expected"),
    [
        ((7, called()), {"pace": "inside", "last20": "over"}),
        ((3, called()), {"pace": "under", "last20": "inside"}),
        ((25, called()), {"pace": "over", "last20": "over"}),
        ((7, TicketExpired(NUMBER, DAY)), {"pace": "left", "last20": "over"}),
        ((), {}),
    ],
)
def test_every_estimate_is_held_against_what_came_true(end: tuple[Fact | int, ...], expected: dict[str, str]) -> None:
    lobby = Lobby()
    lobby.happens(slip(), WaitEstimated(NUMBER, "ho-tich", 3, 2, "pace", RANGES), *end)
    found = lobby.folded().tallies(OFFICE, *ALL)
    assert {row.key: row.answer for row in found if row.measure == "estimate"} == expected


def test_a_grade_is_inside_with_both_ends() -> None:
    assert [grade((15, 25), wait_s=60 * at, left_after_s=None) for at in (12, 15, 25, 30)] == [
        Grade.UNDER, Grade.INSIDE, Grade.INSIDE, Grade.OVER,
    ]  # fmt: skip
    assert [grade((15, 25), wait_s=None, left_after_s=60 * at) for at in (5, 25, 26)] == [
        Grade.LEFT, Grade.LEFT, Grade.OVER,
    ]  # fmt: skip
    with pytest.raises(ValueError, match="nothing"):
        grade((15, 25), wait_s=None, left_after_s=None)


PRESSES = st.sampled_from(["x", "y", "z"])
STEPS = st.one_of(
    st.integers(1, 20),
    st.just(slip()),
    st.just(WaitEstimated(NUMBER, "ho-tich", 3, 2, "pace", RANGES)),
    st.just(called()),
    st.just(called("priority")),
    st.just(started()),
    st.builds(finished, PRESSES),
    st.builds(missed, PRESSES),
    st.just(moved()),
    st.builds(lambda press: PressUndone(NUMBER, DAY, "1", press, "u"), PRESSES),
    st.just(TicketCancelled(NUMBER, DAY, "kiosk", "asked", "")),
    st.just(TicketExpired(NUMBER, DAY)),
    st.sampled_from((booked(), booked(day="2026-11-24"), booked("a2", at="09:00"))),
    st.sampled_from((AppointmentCancelled("a1", "staff", "asked"), AppointmentCancelled("a2", "staff", "asked"))),
    st.sampled_from((AppointmentClaimed("h1", NUMBER), AppointmentCheckedIn("a1", NUMBER))),
    st.just(HelpCalled("h", "kiosk-1")),
    st.just(HelpAnswered("h", "kiosk-1", "1", 30)),
)


@given(st.lists(STEPS, max_size=14), st.data())
@settings(max_examples=120, deadline=None)
def test_no_order_of_arrival_changes_what_became_of_a_number(steps: list[Fact | int], data: st.DataObject) -> None:
    lobby = Lobby()
    lobby.happens(*steps)
    heads, done = (lobby.kiosk.head().seq, lobby.office.head().seq), [0, 0]
    pieces = []
    while tuple(done) != heads:
        which = data.draw(st.sampled_from([one for one in (0, 1) if done[one] < heads[one]]))
        done[which] = data.draw(st.integers(done[which] + 1, heads[which]))
        pieces.append((which, done[which]))
    straight, mixed = lobby.folded(), lobby.folded(pieces)
    assert mixed.ticket_days(OFFICE, *ALL) == straight.ticket_days(OFFICE, *ALL)
    assert mixed.help_calls(OFFICE, *ALL) == straight.help_calls(OFFICE, *ALL)
    assert mixed.tallies(OFFICE, *ALL) == straight.tallies(OFFICE, *ALL)
    assert all(row.n > 0 for row in mixed.tallies(OFFICE, *ALL))
