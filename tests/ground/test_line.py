"""The line under random days: nobody is lost, served twice or starved, and order of arrival never shows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from kiosk.appointment_facts import AppointmentBooked, AppointmentCancelled, AppointmentCheckedIn, AppointmentClaimed
from kiosk.clock import instant_text
from kiosk.entry import Entry
from kiosk.line_facts import TicketCancelled
from kiosk.line_rules import LineRules
from kiosk.line_ticket import State
from kiosk.lobby_view import board_view, counter_view, kiosk_view
from kiosk.presses import Action
from kiosk.trouble import SyncTrouble
from tests.fakes.lobby_books import COUNTERS, DAY, MORNING, LobbyBooks, feed

Told = Sequence[tuple[str, Entry]]
REASONS = {"park": "papers", "pause": "meal", "call_number": "other", "give_priority": "ill"}

PRESSED = (*(one.value for one in Action), *("next", "finish", "undo", "call_number", "miss", "undo"))
"""Some more often, so that steps that fit follow each other."""

happenings = some.lists(
    some.one_of(
        some.tuples(some.just("issue"), some.sampled_from("AB"), some.sampled_from(("kiosk-1", "kiosk-2")),
                    some.booleans()),
        some.tuples(some.just("press"), some.sampled_from("123"), some.sampled_from(PRESSED), some.integers(0, 12)),
        some.tuples(some.just("wait"), some.sampled_from((1, 2, 60, 900)), some.just(""), some.just(0)),
        some.tuples(some.just("drop"), some.integers(0, 12), some.just(""), some.just(0)),
    ),
    max_size=60,
)  # fmt: skip


def live(day: Sequence[tuple[object, ...]]) -> LobbyBooks:
    """Live through a day; presses that do not fit are refused, as they would be."""
    books = LobbyBooks()
    books.sit("1", "2", "3")
    for what, first, second, third in day:
        numbers = list(books.lobby.line.tickets)
        if what == "issue":
            books.issue(str(first), kiosk=str(second), priority=bool(third), after_s=7)
        elif what == "wait":
            books.clock.advance(float(str(first)))
        elif what == "drop" and numbers:
            number = numbers[int(str(first)) % len(numbers)]
            books.write("kiosk-1", TicketCancelled(number, DAY.isoformat(), "kiosk", "asked", ""))
        elif what == "press":
            number = numbers[int(str(third)) % len(numbers)] if numbers else ""
            try_press(books, str(first), str(second), number)
    return books


def try_press(books: LobbyBooks, counter: str, action: str, number: str) -> None:
    named = action in ("call_number", "returned", "give_priority", "cancel")
    undo = books.lobby.undoable(counter, books.clock.now())
    try:
        books.press(
            counter, action, number=number if named else "", service="A", reason=REASONS.get(action, ""),
            undoes=undo.press if undo else "",
        )  # fmt: skip
    except SyncTrouble:
        return


@given(happenings)
@settings(max_examples=150, deadline=None)
def test_no_ticket_is_lost_and_none_is_in_two_places(day: Sequence[tuple[object, ...]]) -> None:
    line = live(day).lobby.line
    in_order = [pick.number for counter in COUNTERS
                for pick in line.turns(counter.id, ("A", "B"), MORNING + timedelta(days=1))]  # fmt: skip
    one_turn = in_order[: len(in_order) // len(COUNTERS)]
    waiting = {one.number for one in line.tickets.values() if one.in_line}
    assert len(one_turn) == len(set(one_turn))
    assert set(one_turn) == waiting
    at_counters = [held.number for one in COUNTERS if (held := line.current(one.id))]
    assert len(at_counters) == len(set(at_counters))
    assert set(at_counters) == {one.number for one in line.tickets.values() if one.state in ("called", "serving")}
    parked = {one.number for one in line.parked(("A", "B"))}
    assert parked == {one.number for one in line.tickets.values() if one.state is State.PARKED}


@given(happenings)
@settings(max_examples=150, deadline=None)
def test_nobody_is_served_twice(day: Sequence[tuple[object, ...]]) -> None:
    """Between two ends of a number's service there is always the undoing of the first."""
    ends: dict[str, list[str]] = {}
    for _, entry in live(day).told:
        if entry.fact in ("TicketFinished", "PressUndone", "TicketCalled"):
            ends.setdefault(str(entry.fields()["number"]), []).append(entry.fact)
    for facts in ends.values():
        assert ("TicketFinished", "TicketFinished") not in pairwise(facts)


@given(happenings, some.randoms())
@settings(max_examples=150, deadline=None)
def test_the_line_is_the_same_whatever_book_arrives_first(day: Sequence[tuple[object, ...]], chance: object) -> None:
    books = live(day)
    queues = [[one for one in books.told if one[0] == name] for name in books.books]
    shuffled: list[tuple[str, Entry]] = []
    while any(queues):
        queue = chance.choice([one for one in queues if one])  # type: ignore[attr-defined]
        shuffled.append(queue.pop(0))
    again = feed(books.fresh(), shuffled)
    assert described(again, books) == described(books.lobby, books)


def described(lobby: object, books: LobbyBooks) -> object:
    """All that a screen may show, but for what only guesses are made from."""
    now = books.clock.now()
    made = books.fresh()
    assert isinstance(lobby, type(made))
    tickets = {
        number: (one.state, one.service, one.lane, one.order_at, one.present, one.standing, one.given_up)
        for number, one in lobby.line.tickets.items()
        if one.issued is not None
    }
    counters = [counter_view(lobby, one.id, now) for one in COUNTERS]
    shown = [(one.current, one.next, one.rows, one.waiting_count, one.undo) for one in counters]
    parked = [{row.number for row in one.parked} for one in counters]
    board = board_view(lobby, now)
    return tickets, shown, parked, board.now, board.recent, board.counts, board.why


@given(some.lists(some.booleans(), min_size=1, max_size=40), some.integers(1, 4), some.integers(30, 400))
@settings(max_examples=100, deadline=None)
def test_once_aged_only_who_stood_longer_is_called_first(priorities: list[bool], share: int, serving_s: int) -> None:
    """The bound: whoever is called before an aged ticket, by a counter that serves it, stood in line longer."""
    books = LobbyBooks(LineRules(share=share, ageing_min=10))
    books.sit("3")
    waiting = [books.issue(priority=one, after_s=30) for one in priorities]
    while waiting:
        books.clock.advance(serving_s)
        aged = [one for one in waiting if books.lobby.line.tickets[one].order_at
                <= instant_text(books.clock.now() - timedelta(minutes=10))]  # fmt: skip
        called = books.called("3")
        assert not aged or called == aged[0]
        waiting.remove(called)
        if len(priorities) < 60:
            priorities.append(True)
            waiting.append(books.issue(priority=True, after_s=1))  # a flood of priority starves nobody


@given(some.lists(some.booleans(), max_size=60), some.integers(1, 4))
@settings(max_examples=100, deadline=None)
def test_the_share_of_priority_is_kept(priorities: list[bool], share: int) -> None:
    """By time; but after ``share`` normal calls one priority, though it came later: never worse than normal."""
    books = LobbyBooks(LineRules(share=share, ageing_min=10_000))
    books.sit("3")
    normal: list[str] = []
    preferred: list[str] = []
    for priority in priorities:
        (preferred if priority else normal).append(books.issue(priority=priority, after_s=1))
    streak = 0
    for _ in priorities:
        turn = preferred and (not normal or preferred[0] < normal[0] or streak >= share)
        expected = (preferred if turn else normal).pop(0)
        assert books.called("3") == expected
        streak = 0 if turn else streak + 1


def test_one_reminder_makes_one_number_preferred_the_first() -> None:
    books = LobbyBooks()
    _appointment(books, "a", "08:00")
    first, second = books.issue(kiosk="kiosk-1"), books.issue(kiosk="kiosk-2")
    books.write("kiosk-2", AppointmentCheckedIn("a", second))
    books.write("kiosk-1", AppointmentCheckedIn("a", first))
    lanes = {number: books.lobby.line.tickets[number].lane for number in (first, second)}
    assert lanes == {first: "appointment", second: "normal"}


def test_an_appointment_that_was_given_up_prefers_nobody() -> None:
    books = LobbyBooks()
    _appointment(books, "a", "08:00")
    kept = books.issue()
    books.write("kiosk-1", AppointmentClaimed("code a", kept))
    assert books.lobby.line.tickets[kept].lane == "appointment"
    books.write("office", AppointmentCancelled("a", "citizen", "asked"))
    assert books.lobby.line.tickets[kept].lane == "normal"


def test_a_reminder_of_another_service_shown_while_cut_off_prefers_nobody() -> None:
    books = LobbyBooks()
    _appointment(books, "a", "08:00")
    kept = books.issue("A")
    books.write("kiosk-1", AppointmentClaimed("code a", kept))
    assert books.lobby.line.tickets[kept].lane == "normal"


def _appointment(books: LobbyBooks, name: str, at: str, *, kind: str = "visit", day: str = "") -> None:
    fact = AppointmentBooked(name, f"code {name}", kind, "B", day or DAY.isoformat(), at, "", "staff", "")
    books.write("office", fact)


def test_an_appointment_stands_by_its_hour_less_the_lead() -> None:
    books = LobbyBooks()
    books.sit("3")
    _appointment(books, "a", "08:00")
    books.issue(after_s=600)  # 07:40, an early walk-in
    kept = books.issue(after_s=60)  # 07:41, checks in early: stands by 07:45
    books.write("kiosk-1", AppointmentCheckedIn("a", kept))
    later = books.issue(after_s=600, priority=True)  # 07:51
    assert books.called("3") == "B001"
    assert books.lobby.line.tickets[kept].lane == "appointment"
    assert books.called("3") == kept
    assert books.called("3") == later


def test_before_its_time_an_appointment_is_called_only_when_nobody_else_waits() -> None:
    books = LobbyBooks()
    books.sit("3")
    _appointment(books, "a", "09:00")
    kept = books.issue()
    books.write("kiosk-1", AppointmentCheckedIn("a", kept))
    other = books.issue()
    assert books.called("3") == other
    assert books.called("3") == kept


@pytest.mark.parametrize("day", ["2026-11-20", "2026-11-23", "2026-11-27"])
def test_who_fetches_a_result_stands_in_the_lane_of_appointments_from_her_number_on(day: str) -> None:
    books = LobbyBooks()
    books.sit("3")
    _appointment(books, "a", "15:00", kind="result", day=day)
    kept = books.issue()
    books.write("kiosk-1", AppointmentCheckedIn("a", kept))
    others = [books.issue(after_s=60) for _ in range(3)]
    assert books.lobby.line.tickets[kept].lane == "appointment"
    assert [books.called("3") for _ in range(4)] == [kept, *others]


def test_who_comes_long_after_the_hour_joins_as_a_normal_number() -> None:
    books = LobbyBooks()
    _appointment(books, "a", "07:31")
    kept = books.issue(after_s=3600)
    books.write("kiosk-1", AppointmentCheckedIn("a", kept))
    assert books.lobby.line.tickets[kept].lane == "normal"


def test_a_slip_shown_while_the_office_was_away_counts_when_the_link_is_back() -> None:
    books = LobbyBooks()
    kept = books.issue()
    books.write("kiosk-2", AppointmentClaimed("code a", kept))
    assert books.lobby.line.tickets[kept].lane == "normal"
    _appointment(books, "a", "07:45")
    assert books.lobby.line.tickets[kept].lane == "appointment"


def test_tickets_issued_offline_take_their_true_place_when_they_arrive() -> None:
    books = LobbyBooks()
    books.sit("3")
    books.issue(kiosk="kiosk-1")
    offline = books.issue(kiosk="kiosk-2")
    books.issue(kiosk="kiosk-1")
    late = feed(books.fresh(), [one for one in books.told if one[0] != "kiosk-2"])
    assert [row.number for row in counter_view(late, "3", books.clock.now()).rows] == ["B001", "B003"]
    feed(late, [one for one in books.told if one[0] == "kiosk-2"])
    assert [row.number for row in counter_view(late, "3", books.clock.now()).rows] == ["B001", offline, "B003"]


def test_entries_of_another_day_change_nothing() -> None:
    books = LobbyBooks()
    books.clock.advance(86_400)
    books.issue()
    assert books.lobby.line.tickets == {}
    assert books.lobby.version == 0


def test_a_kiosk_is_told_how_each_service_stands() -> None:
    books = LobbyBooks()
    books.sit("3")
    for _ in range(3):
        books.issue()
    books.called("3")
    books.clock.advance(120)
    books.press("3", "start")
    books.clock.advance(200)
    books.press("3", "finish")
    told = kiosk_view(books.lobby, "kiosk-1", books.clock.now(), through=7, services=("A", "B"))
    assert told.lines["B"].waiting_count == 2
    assert told.lines["B"].basis.counters == 1
    assert told.lines["B"].basis.service_s == (200,)
    assert told.lines["A"].waiting_count == 0
    assert told.calling
