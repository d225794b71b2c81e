"""What the lobby shows and how its day ends: board, phones, help, closing, clocks."""

from __future__ import annotations

import pytest

from kiosk.facts import TicketIssued
from kiosk.line_facts import CalledOutOfOrder, TicketCalled, TicketCancelled, TicketExpired, TicketSecond
from kiosk.line_ticket import State
from kiosk.lobby_facts import CounterClosed, HelpCalled
from kiosk.lobby_view import board_view, counter_view, place_view
from kiosk.presses import Action
from kiosk.trouble import SyncTrouble
from tests.fakes.lobby_books import DAY, LobbyBooks


@pytest.fixture
def books() -> LobbyBooks:
    made = LobbyBooks()
    made.sit("1", "2", "3")
    return made


def refused(books: LobbyBooks, counter: str, action: str, **what: str) -> str:
    with pytest.raises(SyncTrouble) as told:
        books.press(counter, action, **what)
    return told.value.code


def state(books: LobbyBooks, number: str) -> State:
    held = books.lobby.line.ticket(number)
    assert held is not None
    return held.state


def test_whoever_has_waited_half_an_hour_goes_before_all_lanes(books: LobbyBooks) -> None:
    books.issue()
    books.issue()
    books.issue()
    books.clock.advance(30 * 60)
    books.issue(priority=True, after_s=0)
    assert [books.called("3") for _ in range(4)] == ["B001", "B002", "B003", "B004"]


def test_a_call_out_of_order_needs_a_reason_and_is_a_fact_of_its_own(books: LobbyBooks) -> None:
    for _ in range(3):
        books.issue()
    assert refused(books, "3", "call_number", number="B003") == "S-335"
    assert refused(books, "3", "call_number", number="B003", reason="no such") == "S-335"
    broken, call = books.press("3", "call_number", number="B003", reason="emergency")
    assert broken == CalledOutOfOrder("B003", DAY.isoformat(), "3", "emergency", 2)
    assert isinstance(call, TicketCalled)
    shown = board_view(books.lobby, books.clock.now())
    assert shown.counts is not None
    assert (shown.counts.called_count, shown.counts.out_of_order_count) == (1, 1)


def test_absent_goes_to_the_end_and_thrice_absent_is_cancelled(books: LobbyBooks) -> None:
    books.issue()
    books.issue()
    assert books.called("3") == "B001"
    books.clock.advance(45)
    books.press("3", "miss")
    assert state(books, "B001") is State.MISSED
    assert books.called("3") == "B002"
    for _ in range(2):
        assert books.called("3") == "B001"
        last = books.press("3", "miss")
    assert isinstance(last[-1], TicketCancelled)
    assert (last[-1].by, last[-1].reason) == ("rule", "missed")
    assert state(books, "B001") is State.CANCELLED


def test_a_transfer_keeps_the_original_time(books: LobbyBooks) -> None:
    books.issue("B")
    books.issue("A")
    books.called("3")
    books.clock.advance(600)
    books.press("3", "transfer", service="A")
    assert books.called("1") == "B001"
    assert refused(books, "1", "transfer", service="no such") == "S-333"


def test_who_comes_back_stands_by_the_original_time(books: LobbyBooks) -> None:
    books.issue()
    books.called("3")
    books.press("3", "park", reason="papers")
    books.issue(priority=True)
    books.clock.advance(600)
    books.press("3", "returned", number="B001")
    assert [books.called("3") for _ in range(2)] == ["B001", "B002"]


def test_nothing_is_undone_once_another_number_is_at_the_counter(books: LobbyBooks) -> None:
    for _ in range(3):
        books.issue()
    books.called("3")
    books.press("3", "finish", id="done")
    books.press("3", "next")
    assert books.lobby.undoable("3", books.clock.now()) is None
    assert refused(books, "3", "undo", undoes="done") == "S-345"
    assert state(books, "B002") is State.CALLED


def test_a_number_given_up_and_called_after_all_is_hers_again(books: LobbyBooks) -> None:
    books.issue()
    books.write("kiosk-1", TicketCancelled("B001", DAY.isoformat(), "kiosk", "asked", ""))
    assert state(books, "B001") is State.CANCELLED
    books.clock.advance(5)
    books.press("3", "call_number", number="B001", reason="same_person")
    books.press("3", "park", reason="papers")
    assert state(books, "B001") is State.PARKED
    books.press("3", "returned", number="B001")
    assert books.called("3") == "B001"


def test_a_number_left_at_a_counter_expires_at_closing_too(books: LobbyBooks) -> None:
    books.issue()
    books.issue()
    books.called("3")
    books.press("3", "start")
    books.called("2")
    assert [fact.number for fact in books.lobby.expire() if isinstance(fact, TicketExpired)] == ["B001", "B002"]


def test_people_ahead_are_told_by_the_rules(books: LobbyBooks) -> None:
    numbers = [books.issue(priority=one) for one in (False, False, False, False, True, True, False)]
    now = books.clock.now()
    told = {one: place_view(books.lobby, one, now, rating_open=False).ahead_count for one in numbers}
    order = [books.called("3") for _ in numbers]
    assert {number: order.index(number) for number in numbers} == told


def test_a_phone_is_told_who_is_at_a_counter_now_not_who_was(books: LobbyBooks) -> None:
    books.issue()
    books.issue()
    books.called("3")
    shown = place_view(books.lobby, "B002", books.clock.now(), rating_open=False)
    assert shown.serving is not None
    assert shown.serving.number == "B001"
    books.press("3", "finish")
    assert place_view(books.lobby, "B002", books.clock.now(), rating_open=False).serving is None


def test_numbers_that_were_never_handed_out_are_counted(books: LobbyBooks) -> None:
    for count in (1, 2, 5):
        books.write("kiosk-1", TicketIssued(f"B{count:03d}", "B", False, f"i{count}", f"l{count}"))
    for _ in range(3):
        books.called("3")
    shown = board_view(books.lobby, books.clock.now())
    assert shown.counts is not None
    assert shown.why is not None
    assert (shown.counts.unused_count, shown.why.unissued_count) == (2, 2)


def test_a_second_number_of_one_hand_that_was_given_up_is_told_as_such(books: LobbyBooks) -> None:
    books.issue()
    books.issue()
    books.write("kiosk-1", TicketSecond("B002", "B001"))
    books.issue()
    books.write("kiosk-1", TicketCancelled("B002", DAY.isoformat(), "kiosk", "asked", ""))
    books.called("3")
    books.called("3")
    why = board_view(books.lobby, books.clock.now()).why
    assert why is not None
    assert (why.number, why.second_count, why.cancelled_count) == ("B003", 1, 0)


def test_finished_may_be_taken_back_for_five_seconds_and_the_next_goes_back(books: LobbyBooks) -> None:
    books.issue()
    books.issue()
    books.called("3")
    books.press("3", "start")
    books.press("3", "finish_next", id="slip of the hand")
    assert refused(books, "3", "undo", undoes="another") == "S-345"
    books.clock.advance(4)
    books.press("3", "undo", undoes="slip of the hand")
    assert state(books, "B001") is State.SERVING
    assert state(books, "B002") is State.WAITING
    current = books.lobby.line.current("3")
    assert current is not None
    assert current.number == "B001"
    assert books.lobby.line.tally.counter("3").finished_count == 0


def test_a_call_that_was_taken_back_is_neither_counted_nor_shown(books: LobbyBooks) -> None:
    books.issue()
    books.issue(priority=True)
    books.called("3")
    before = board_view(books.lobby, books.clock.now())
    waits = books.lobby.line.tally.waits_s("B")
    books.press("3", "finish_next", id="slip of the hand")
    books.press("3", "undo", undoes="slip of the hand")
    after = board_view(books.lobby, books.clock.now())
    assert (after.now, after.recent, after.counts) == (before.now, before.recent, before.counts)
    assert books.lobby.line.tally.waits_s("B") == waits
    assert books.called("3") == "B002"
    told = board_view(books.lobby, books.clock.now()).now
    assert told is not None
    assert told.call == 3


def test_a_clock_that_jumps_back_gives_no_hour_to_undo(books: LobbyBooks) -> None:
    books.issue()
    books.called("3")
    books.press("3", "finish", id="done")
    books.clock.jump(-3600)
    assert refused(books, "3", "undo", undoes="done") == "S-345"


def test_after_five_seconds_it_is_too_late(books: LobbyBooks) -> None:
    books.issue()
    books.called("3")
    books.press("3", "finish", id="done")
    books.clock.advance(6)
    assert refused(books, "3", "undo", undoes="done") == "S-345"


def test_presence_is_confirmed_once(books: LobbyBooks) -> None:
    books.issue()
    books.write("office", *books.lobby.confirm_present("B001", "phone"))
    assert books.lobby.confirm_present("B001", "phone") == ()
    assert counter_view(books.lobby, "3", books.clock.now()).rows[0].present


def test_closing_expires_whatever_waits_with_a_fact_each(books: LobbyBooks) -> None:
    for _ in range(4):
        books.issue()
    books.called("3")
    books.press("3", "finish_next")
    books.press("3", "park", reason="papers")
    facts = books.lobby.expire()
    assert [fact.number for fact in facts if isinstance(fact, TicketExpired)] == ["B002", "B003", "B004"]
    assert sum(isinstance(fact, CounterClosed) for fact in facts) == 3
    books.write("office", *facts)
    assert books.lobby.expire() == ()


def test_help_rings_until_the_first_answers_and_the_time_is_a_fact(books: LobbyBooks) -> None:
    books.write("kiosk-2", HelpCalled("h1", "kiosk-2"))
    books.clock.advance(42)
    assert [one.place for one in books.lobby.help.ringing()] == ["kiosk-2"]
    (answered,) = books.lobby.answer_help("h1", "3", books.clock.now())
    assert answered.after_s == 42
    books.write("office", answered)
    assert books.lobby.answer_help("h1", "3", books.clock.now()) == ()
    for call, counter, code in (("h1", "2", "S-352"), ("nobody", "2", "S-333")):
        with pytest.raises(SyncTrouble, match=code):
            books.lobby.answer_help(call, counter, books.clock.now())
    assert books.lobby.help.of_place("kiosk-2") == {"h1": 42}


def test_people_ahead_are_those_who_wait_never_those_who_were_served(books: LobbyBooks) -> None:
    numbers = [books.issue() for _ in range(6)]
    for _ in range(3):
        books.called("3")
    seen = [place_view(books.lobby, one, books.clock.now(), rating_open=False).ahead_count for one in numbers]
    assert seen == [None, None, None, 0, 1, 2]


def test_a_clock_that_jumps_back_lets_nobody_jump_ahead(books: LobbyBooks) -> None:
    books.issue()
    books.issue()
    books.clock.jump(-3600)
    books.issue(after_s=10)
    assert [books.called("3") for _ in range(3)] == ["B001", "B002", "B003"]
    row = counter_view(books.lobby, "3", books.clock.now())
    assert row.longest_wait_s is None


def test_a_number_given_twice_leaves_both_people_in_the_line(books: LobbyBooks) -> None:
    books.issue()
    books.write("kiosk-2", TicketIssued("B001", "B", False, "other issue", "other line"))
    assert books.lobby.line.clashes == ["B001"]
    books.press("2", Action.NEXT)
    books.press("3", Action.NEXT)
    assert {one.counter for one in books.lobby.line.recent} <= {"2", "3"}
    assert all(books.lobby.line.current(counter) is not None for counter in ("2", "3"))


def test_who_holds_a_number_that_was_given_twice_does_not_depend_on_which_book_came_first(books: LobbyBooks) -> None:
    books.issue()
    books.clock.advance(1)
    books.write("kiosk-2", TicketIssued("B001", "B", False, "other issue", "other line"))
    again = books.fresh()
    for book, entry in reversed(books.told):
        if entry.fact == "TicketIssued":
            again.take_in(book, entry)
    for lobby in (books.lobby, again):
        assert lobby.number_of_line("line B001") == "B001"
        assert lobby.number_of_line("other line") != "B001"


def test_priority_of_a_kiosk_whose_clock_is_ahead_counts_at_once(books: LobbyBooks) -> None:
    for _ in range(3):
        books.issue()
    books.clock.advance(600)
    books.issue(priority=True, after_s=0)
    books.clock.jump(-600)
    assert [books.called("3") for _ in range(3)] == ["B001", "B002", "B004"]


def test_the_board_tells_what_became_of_the_numbers(books: LobbyBooks) -> None:
    for _ in range(6):
        books.issue()
    books.write("office", *books.lobby.cancel("B002", "phone", "asked"))
    books.write("office", *books.lobby.cancel("B003", "phone", "second"))
    books.called("3")
    books.press("3", "miss")
    books.called("3")
    why = board_view(books.lobby, books.clock.now()).why
    assert why is not None
    assert (why.number, why.of_count) == ("B004", 4)
    assert (why.cancelled_count, why.second_count, why.missed_count, why.waiting_count) == (1, 1, 1, 0)


def test_a_board_whose_server_lost_its_disk_keeps_numbers_and_drops_counts(books: LobbyBooks) -> None:
    books.issue()
    books.called("3")
    shown = board_view(books.lobby, books.clock.now(), sound=False)
    assert shown.now is not None
    assert shown.counts is None
    assert shown.why is None
