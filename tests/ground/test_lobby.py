"""What presses mean: each fits or is refused with a code, is done once, and may be taken back for a moment."""

from __future__ import annotations

import pytest

from kiosk.line_facts import CalledOutOfOrder, TicketCalled
from kiosk.line_ticket import State
from kiosk.lobby_facts import CounterClosed, CounterOpened
from kiosk.trouble import SyncTrouble
from tests.fakes.lobby_books import LobbyBooks


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


def test_two_counters_that_press_next_get_two_people(books: LobbyBooks) -> None:
    books.issue()
    books.issue()
    assert (books.called("2"), books.called("3")) == ("B001", "B002")


def test_who_finds_nobody_is_told(books: LobbyBooks) -> None:
    books.issue()
    books.called("2")
    assert refused(books, "3", "next") == "S-330"


def test_a_number_that_another_counter_has_called_is_refused(books: LobbyBooks) -> None:
    books.issue()
    books.called("2")
    assert refused(books, "3", "call_number", number="B001", reason="other") == "S-331"


def test_a_press_that_is_sent_twice_is_done_once(books: LobbyBooks) -> None:
    books.issue()
    books.issue()
    assert books.press("3", "next", id="same")
    assert books.press("3", "next", id="same") == ()
    assert books.called("2") == "B002"


def test_one_priority_after_every_two_regular(books: LobbyBooks) -> None:
    for priority in (False, False, False, False, True, True):
        books.issue(priority=priority)
    assert [books.called("3") for _ in range(6)] == ["B001", "B002", "B005", "B003", "B004", "B006"]


def test_calling_the_next_by_its_number_breaks_no_order(books: LobbyBooks) -> None:
    books.issue()
    assert [type(fact) for fact in books.press("3", "call_number", number="B001")] == [TicketCalled]


def test_who_comes_back_with_missing_papers_has_priority(books: LobbyBooks) -> None:
    books.issue()
    books.called("3")
    assert refused(books, "3", "park") == "S-335"
    books.press("3", "park", reason="papers")
    for _ in range(4):
        books.issue()
    books.press("3", "returned", number="B001")
    assert [books.called("3") for _ in range(3)] == ["B001", "B002", "B003"]


def test_calling_a_number_of_another_line_is_out_of_order_with_its_own_line_counted(books: LobbyBooks) -> None:
    for _ in range(3):
        books.issue("A")
    assert refused(books, "3", "call_number", number="A003") == "S-335"
    broken, _ = books.press("3", "call_number", number="A003", reason="emergency")
    assert isinstance(broken, CalledOutOfOrder)
    assert broken.passed_count == 2
    books.press("3", "finish")
    broken, _ = books.press("3", "call_number", number="A001", reason="emergency")
    assert isinstance(broken, CalledOutOfOrder)
    assert broken.passed_count == 0


def test_a_number_left_at_an_empty_counter_may_be_called_elsewhere_with_a_reason(books: LobbyBooks) -> None:
    books.issue()
    books.called("2")
    assert refused(books, "3", "call_number", number="B001", reason="other") == "S-331"
    books.write("office", *books.lobby.sign_out("2", "sitting 2"))
    assert refused(books, "3", "call_number", number="B001") == "S-335"
    books.press("3", "call_number", number="B001", reason="other")
    assert books.lobby.line.current("2") is None
    assert books.lobby.line.current("3") is not None


def test_a_number_another_counter_has_finished_meanwhile_is_not_called_again(books: LobbyBooks) -> None:
    books.issue()
    books.called("2")
    books.press("2", "finish")
    assert refused(books, "3", "call_number", number="B001", reason="other") == "S-331"
    books.press("2", "call_number", number="B001", reason="official_error")


def test_who_is_slower_to_cancel_or_to_give_priority_is_told(books: LobbyBooks) -> None:
    books.issue()
    books.issue()
    books.press("3", "give_priority", number="B001", reason="ill")
    assert refused(books, "2", "give_priority", number="B001", reason="ill") == "S-333"
    books.press("3", "cancel", number="B002")
    assert refused(books, "2", "cancel", number="B002") == "S-333"


def test_priority_that_came_first_never_goes_behind_later_ones(books: LobbyBooks) -> None:
    for priority in (True, False, False, False):
        books.issue(priority=priority)
    assert [books.called("3") for _ in range(4)] == ["B001", "B002", "B003", "B004"]


def test_what_was_gone_on_with_is_not_undone(books: LobbyBooks) -> None:
    books.issue()
    books.issue()
    books.called("3")
    books.press("3", "finish_next", id="first")
    books.press("3", "start")
    assert refused(books, "3", "undo", undoes="first") == "S-345"


def test_a_second_sign_in_is_told_and_may_take_over(books: LobbyBooks) -> None:
    with pytest.raises(SyncTrouble, match="S-332"):
        books.lobby.sign_in("3", "another screen")
    books.issue()
    books.called("3")
    facts = books.lobby.sign_in("3", "another screen", take_over=True)
    assert facts == (CounterClosed("3", "sitting 3", "taken-over"), CounterOpened("3", "another screen"))
    books.write("office", *facts)
    assert refused(books, "3", "start") == "S-332"
    books.sittings["3"] = "another screen"
    books.press("3", "start")
    assert state(books, "B001") is State.SERVING


def test_a_counter_nobody_sits_at_and_one_nobody_knows(books: LobbyBooks) -> None:
    books.write("office", *books.lobby.sign_out("3", "sitting 3"))
    assert refused(books, "3", "next") == "S-343"
    assert refused(books, "9", "next") == "S-346"
    assert books.lobby.sign_out("3", "sitting 3") == ()


def test_a_break_has_a_reason_and_calls_nobody(books: LobbyBooks) -> None:
    books.issue()
    assert refused(books, "3", "pause") == "S-335"
    books.press("3", "pause", reason="meal")
    assert refused(books, "3", "next") == "S-336"
    assert books.lobby.open_counters("B") == 1
    books.press("3", "resume")
    assert books.called("3") == "B001"
    assert refused(books, "3", "resume") == "S-333"


@pytest.mark.parametrize("action", ["recall", "start", "finish", "miss", "park", "transfer"])
def test_no_step_without_a_number_at_the_counter(books: LobbyBooks, action: str) -> None:
    assert refused(books, "3", action, reason="papers", service="A") == "S-333"


def test_a_press_meant_for_another_number_is_refused(books: LobbyBooks) -> None:
    books.issue()
    books.called("3")
    assert refused(books, "3", "finish", number="B007") == "S-333"


def test_an_unknown_number_is_told(books: LobbyBooks) -> None:
    assert refused(books, "3", "call_number", number="B999", reason="other") == "S-334"


def test_a_citizen_gives_up_a_number_only_while_it_waits(books: LobbyBooks) -> None:
    books.issue()
    books.write("office", *books.lobby.cancel("B001", "phone", "asked"))
    assert state(books, "B001") is State.CANCELLED
    assert books.lobby.cancel("B001", "phone", "asked") == ()
    books.issue()
    books.called("3")
    with pytest.raises(SyncTrouble, match="S-333"):
        books.lobby.cancel("B002", "phone", "asked")
