"""Appointments: the fold in any order, and what may be decided from it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from kiosk.appointment_desk import CITIZEN, AppointmentDesk, Arrival, Wish
from kiosk.appointment_facts import (
    AppointmentBooked,
    AppointmentCancelled,
    AppointmentCheckedIn,
    AppointmentClaimed,
    ReminderPrinted,
    ResultHandedOver,
    ResultReady,
)
from kiosk.appointment_rules import read_appointment_rules
from kiosk.appointments import RESULT, VISIT, AppointmentBook, AppointmentState
from kiosk.fact import Fact
from kiosk.office_hours import read_hours
from kiosk.opening import OpeningHours
from kiosk.trouble import SyncTrouble
from kiosk.working_days import WorkingDays

NOW = datetime(2026, 11, 23, 8, 0)
TODAY, FRIDAY, HOLIDAY = date(2026, 11, 23), date(2026, 11, 27), date(2026, 11, 24)
DAYS = WorkingDays(OpeningHours(read_hours("Mon-Fri 07:30-11:30 13:30-17:00")))
RULES = read_appointment_rules(None, "ABCEGHKL").checked()


class Office:
    """A desk whose facts are folded at once, as the office server does."""

    def __init__(self) -> None:
        self.book = AppointmentBook()
        self.desk = AppointmentDesk(self.book, RULES, DAYS, 30)
        self.now = NOW

    def do(self, facts: Sequence[Fact]) -> Sequence[Fact]:
        for fact in facts:
            self.book.take(fact, self.now.date().isoformat())
        return facts

    def booked(self, id: str, wish: Wish) -> Sequence[Fact]:
        return self.do(self.desk.book(wish, id=id, code_hash=f"hash of {id}", now=self.now))

    def arrival(self, id: str) -> Arrival:
        return self.desk.arrival(f"hash of {id}", self.now)[0]


def _refused(code: str) -> pytest.RaisesExc[SyncTrouble]:
    return pytest.RaisesExc(SyncTrouble, check=lambda trouble: trouble.code == code)


VISIT_AT_9 = Wish(VISIT, "B", FRIDAY, "09:00")
RESULT_AT_15 = Wish(RESULT, "K", FRIDAY, "15:00", "1")


def test_a_slot_takes_as_many_as_it_has_places_and_no_more() -> None:
    office = Office()
    office.booked("one", Wish(VISIT, "A", FRIDAY, "09:00"))
    office.booked("two", Wish(VISIT, "A", FRIDAY, "09:00"))
    with _refused("S-338"):
        office.booked("three", Wish(VISIT, "A", FRIDAY, "09:00"))
    office.do(office.desk.cancel("one", CITIZEN))
    office.booked("three", Wish(VISIT, "A", FRIDAY, "09:00"))
    free = {one.slot.at: one.free for one in office.desk.free("A", FRIDAY, NOW)}
    assert (free["09:00"], free["09:30"]) == (0, 2)


@pytest.mark.parametrize(
    "wish",
    [
        Wish(VISIT, "B", HOLIDAY, "09:00"),
        Wish(VISIT, "B", date(2026, 11, 28), "09:00"),
        Wish(VISIT, "B", FRIDAY, "12:00"),
        Wish(VISIT, "B", FRIDAY, "09:05"),
        Wish(VISIT, "X", FRIDAY, "09:00"),
        Wish(VISIT, "B", date(2027, 2, 8), "09:00"),
        Wish(RESULT, "K", HOLIDAY, "15:00"),
        Wish(RESULT, "K", FRIDAY, "12:30"),
    ],
)
def test_an_hour_when_nobody_works_is_refused(wish: Wish) -> None:
    with _refused("S-339"):
        Office().booked("one", wish)


@pytest.mark.parametrize(
    ("wish", "code"),
    [
        (Wish(VISIT, "B", date(2026, 11, 20), "09:00"), "S-350"),
        (Wish(VISIT, "B", TODAY, "08:00"), "S-350"),
        (Wish(VISIT, "B", TODAY, "07:45", by=CITIZEN), "S-350"),
        (Wish(RESULT, "K", date(2026, 11, 20), "15:00"), "S-350"),
        (Wish(VISIT, "B", TODAY + timedelta(days=31), "09:00", by=CITIZEN), "S-351"),
        (Wish(VISIT, "B", TODAY + timedelta(days=182), "09:00"), "S-351"),
        (Wish(RESULT, "K", TODAY + timedelta(days=735), "15:00"), "S-351"),
        (Wish(RESULT, "K", date(9999, 12, 31), "15:00"), "S-351"),
    ],
)
def test_an_hour_that_is_past_and_a_day_too_far_ahead_are_told_as_what_they_are(wish: Wish, code: str) -> None:
    with _refused(code):
        Office().booked("one", wish)


def test_in_a_full_hour_a_visit_may_still_change_its_counter() -> None:
    office = Office()
    office.booked("one", VISIT_AT_9)
    office.do(office.desk.move("one", Wish(VISIT, "B", FRIDAY, "09:00", "3"), id="two", now=NOW))
    two = office.book.find("two")
    assert two is not None and (two.at, two.counter) == ("09:00", "3")
    assert office.book.taken_counts("B", FRIDAY)["09:00"] == 1


def test_a_result_takes_no_place_from_visitors() -> None:
    office = Office()
    for number in range(5):
        office.booked(f"result {number}", Wish(RESULT, "B", FRIDAY, "09:00"))
    office.booked("visit", VISIT_AT_9)
    assert office.book.taken_counts("B", FRIDAY)["09:00"] == 1


def test_an_appointment_is_moved_once_and_its_paper_stays_good() -> None:
    office = Office()
    office.booked("one", RESULT_AT_15)
    later = Wish(RESULT, "K", date(2026, 11, 30), "15:00", "1")
    office.do(office.desk.move("one", later, id="two", now=NOW))
    old, found = office.book.find("one"), office.book.by_code("hash of one")
    assert old is not None and old.state is AppointmentState.MOVED
    assert found is not None and (found.id, found.on_day, found.first_day) == ("two", date(2026, 11, 30), FRIDAY)
    with _refused("S-342"):
        office.desk.move("two", later, id="three", now=NOW)


def test_moving_gives_the_old_place_back_and_a_full_hour_leaves_all_as_it_was() -> None:
    office = Office()
    office.booked("one", VISIT_AT_9)
    office.booked("two", Wish(VISIT, "B", FRIDAY, "09:15"))
    with _refused("S-338"):
        office.desk.move("one", Wish(VISIT, "B", FRIDAY, "09:15"), id="three", now=NOW)
    office.do(office.desk.move("one", Wish(VISIT, "B", FRIDAY, "09:30"), id="three", now=NOW))
    assert [office.book.taken_counts("B", FRIDAY)[at] for at in ("09:00", "09:15", "09:30")] == [0, 1, 1]


@pytest.mark.parametrize(("today", "in_time"), [("2026-11-26", True), ("2026-11-27", False)])
def test_an_apology_is_in_time_one_working_day_before_the_first_promise(today: str, in_time: bool) -> None:
    office = Office()
    office.booked("one", RESULT_AT_15)
    office.do(office.desk.move("one", Wish(RESULT, "K", date(2026, 12, 2), "15:00"), id="two", now=NOW))
    two = office.book.find("two")
    assert two is not None and office.desk.apologies_owed(two, date.fromisoformat(today)) == (FRIDAY,)
    (fact,) = office.do(office.desk.apologise("two", date.fromisoformat(today)))
    assert fact.body()["in_time"] is in_time
    two = office.book.find("two")
    assert two is not None and office.desk.apologies_owed(two, date.fromisoformat(today)) == ()
    assert office.desk.apologise("two", date.fromisoformat(today)) == ()


DUE, LAST_IN_TIME = date(2026, 11, 25), date(2026, 11, 23)


def _owed(office: Office, id: str, today: str) -> tuple[date, ...]:
    found = office.book.find(id)
    assert found is not None
    return office.desk.apologies_owed(found, date.fromisoformat(today))


def test_a_day_that_is_missed_without_being_moved_owes_a_letter_from_the_last_day_in_time_on() -> None:
    office = Office()
    office.now = datetime(2026, 11, 20, 9, 0)
    office.booked("one", Wish(RESULT, "K", DUE, "15:00"))
    office.booked("visit", Wish(VISIT, "B", DUE, "09:00"))
    assert _owed(office, "one", "2026-11-22") == ()
    assert [_owed(office, "one", day) for day in ("2026-11-23", "2026-11-26", "2026-12-26")] == [(DUE,)] * 3
    assert _owed(office, "visit", "2026-11-26") == ()
    (fact,) = office.do(office.desk.apologise("one", LAST_IN_TIME))
    assert fact.body()["in_time"] is True
    assert _owed(office, "one", "2026-11-26") == ()


def test_a_result_ready_in_time_owes_nothing_and_one_ready_late_still_does() -> None:
    office = Office()
    for id, ready_at in (("soon", datetime(2026, 11, 25, 9)), ("late", datetime(2026, 11, 26, 9))):
        office.now = NOW
        office.booked(id, Wish(RESULT, "K", DUE, "15:00"))
        office.now = ready_at
        office.do(office.desk.ready(id, office.now))
    assert [_owed(office, id, "2026-11-30") for id in ("soon", "late")] == [(), (DUE,)]


def test_a_second_promise_that_is_broken_owes_a_second_letter() -> None:
    office = Office()
    office.booked("one", Wish(RESULT, "K", DUE, "15:00"))
    office.do(office.desk.move("one", Wish(RESULT, "K", date(2026, 12, 2), "15:00"), id="two", now=NOW))
    assert _owed(office, "two", "2026-11-24") == (DUE,)
    office.do(office.desk.apologise("two", LAST_IN_TIME))
    assert _owed(office, "two", "2026-11-30") == ()
    assert [_owed(office, "two", day) for day in ("2026-12-01", "2026-12-05")] == [(date(2026, 12, 2),)] * 2
    office.now = datetime(2026, 12, 3, 9)
    office.do(office.desk.ready("two", office.now))
    assert _owed(office, "two", "2026-12-05") == (date(2026, 12, 2),)
    (fact,) = office.do(office.desk.apologise("two", date(2026, 12, 5)))
    assert fact.body()["in_time"] is False
    assert _owed(office, "two", "2026-12-05") == ()


def test_one_letter_answers_for_all_promises_broken_before_it() -> None:
    office = Office()
    office.booked("one", Wish(RESULT, "K", DUE, "15:00"))
    office.do(office.desk.move("one", Wish(RESULT, "K", date(2026, 12, 2), "15:00"), id="two", now=NOW))
    facts = office.do(office.desk.apologise("two", date(2026, 12, 1)))
    assert [fact.body()["in_time"] for fact in facts] == [False, True]
    assert _owed(office, "two", "2026-12-05") == ()


def test_no_letter_is_noted_for_a_visit_and_none_and_no_paper_for_what_was_given_up() -> None:
    office = Office()
    office.booked("visit", VISIT_AT_9)
    office.booked("gone", RESULT_AT_15)
    office.do(office.desk.cancel("gone", "staff"))
    refused: tuple[Callable[[], object], ...] = (
        lambda: office.desk.apologise("visit", TODAY),
        lambda: office.desk.apologise("gone", TODAY),
        lambda: office.desk.printed("gone"),
    )
    for act in refused:
        with _refused("S-333"):
            act()


@pytest.mark.parametrize(
    ("ready_at", "promise"),
    [("2026-11-26T16:59", "early"), ("2026-11-27T15:00", "on-time"), ("2026-11-27T15:01", "late")],
)
def test_a_result_is_early_on_time_or_late_against_what_was_first_promised(ready_at: str, promise: str) -> None:
    office = Office()
    office.booked("one", RESULT_AT_15)
    office.do(office.desk.move("one", Wish(RESULT, "K", date(2026, 12, 2), "15:00"), id="two", now=NOW))
    now = datetime.fromisoformat(ready_at)
    assert office.do(office.desk.ready("two", now)) == (ResultReady("two", promise),)
    assert office.desk.ready("two", now) == ()
    assert office.do(office.desk.hand_over("two", now)) == (ResultHandedOver("two"),)
    with _refused("S-341"):
        office.desk.cancel("two", "staff")


def test_a_result_handed_over_unmarked_is_marked_first() -> None:
    office = Office()
    office.booked("one", RESULT_AT_15)
    facts = office.desk.hand_over("one", NOW)
    assert facts == (ResultReady("one", "early"), ResultHandedOver("one"))


def test_what_is_due_tomorrow_skips_the_holiday_and_keeps_what_is_overdue() -> None:
    office = Office()
    for id, day in (("overdue", TODAY), ("tomorrow", date(2026, 11, 25)), ("later", FRIDAY)):
        office.booked(id, Wish(RESULT, "K", day, "15:00"))
    office.booked("ready", Wish(RESULT, "K", date(2026, 11, 25), "09:00"))
    office.do(office.desk.ready("ready", NOW))
    assert [one.id for one in office.desk.due_tomorrow(TODAY)] == ["overdue", "tomorrow"]
    assert [one.id for one in office.book.ready_results()] == ["ready"]


# --- who shows a reminder -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "arrival"),
    [
        ("2026-11-26T09:00", Arrival.OTHER_DAY),
        ("2026-11-27T07:40", Arrival.DUE),
        ("2026-11-27T09:30", Arrival.DUE),
        ("2026-11-27T09:31", Arrival.LATE),
        ("2026-11-30T09:00", Arrival.OTHER_DAY),
    ],
)
def test_a_visitor_is_told_by_the_hour_whether_her_turn_holds(now: str, arrival: Arrival) -> None:
    office = Office()
    office.booked("one", VISIT_AT_9)
    office.now = datetime.fromisoformat(now)
    assert office.arrival("one") is arrival


def test_an_unknown_a_used_and_a_cancelled_code_are_told_apart() -> None:
    office = Office()
    office.booked("one", VISIT_AT_9)
    office.booked("two", Wish(VISIT, "B", FRIDAY, "09:15"))
    office.do(office.desk.cancel("two", CITIZEN))
    office.now = datetime(2026, 11, 27, 8, 50)
    office.do([AppointmentCheckedIn("one", "B007")])
    assert [office.arrival(id) for id in ("one", "two", "three")] == [
        Arrival.USED, Arrival.CANCELLED, Arrival.UNKNOWN,
    ]  # fmt: skip
    with _refused("S-341"):
        office.desk.cancel("one", CITIZEN)
    with _refused("S-340"):
        office.desk.cancel("three", CITIZEN)
    assert office.desk.cancel("two", CITIZEN) == ()


def test_a_number_taken_while_cut_off_uses_the_appointment_too() -> None:
    office = Office()
    office.booked("one", VISIT_AT_9)
    office.do([AppointmentClaimed("hash of one", "B6001")])
    found = office.book.find("one")
    assert found is not None and (found.state, found.number) == (AppointmentState.USED, "B6001")


def test_who_came_for_a_result_in_vain_may_come_again_another_day() -> None:
    office = Office()
    office.booked("one", RESULT_AT_15)
    office.now = datetime(2026, 11, 27, 15, 10)
    assert office.arrival("one") is Arrival.DUE
    office.do([AppointmentCheckedIn("one", "K004")])
    assert office.arrival("one") is Arrival.USED
    office.now = datetime(2026, 11, 30, 9, 0)
    assert office.arrival("one") is Arrival.DUE


def test_a_result_that_is_ready_early_may_be_fetched_early() -> None:
    office = Office()
    office.booked("one", RESULT_AT_15)
    assert office.arrival("one") is Arrival.OTHER_DAY
    office.do(office.desk.ready("one", NOW))
    assert office.arrival("one") is Arrival.DUE


# --- the fold, in any order -----------------------------------------------------------------------

_IDS = ("a", "b", "c")
_OFFICE_FACTS = some.lists(
    some.one_of(
        some.builds(
            AppointmentBooked,
            some.sampled_from(_IDS), some.sampled_from(("x", "y")), some.sampled_from((VISIT, RESULT)),
            some.just("B"), some.sampled_from(("2026-11-26", "2026-11-27")), some.sampled_from(("09:00", "09:15")),
            some.just(""), some.just("staff"), some.sampled_from(("", "a")),
        ),
        some.builds(AppointmentCancelled, some.sampled_from(_IDS), some.just("staff"), some.just("moved")),
        some.builds(ResultReady, some.sampled_from(_IDS), some.sampled_from(("early", "late"))),
        some.builds(ResultHandedOver, some.sampled_from(_IDS)),
    ),
    max_size=8,
    unique_by=lambda fact: (type(fact), fact.body()["appointment_id"]),
)  # fmt: skip
_KIOSK_FACTS = some.lists(
    some.one_of(
        some.builds(AppointmentCheckedIn, some.sampled_from(_IDS), some.sampled_from(("B001", "B002"))),
        some.builds(AppointmentClaimed, some.sampled_from(("x", "y")), some.sampled_from(("B003", "B004"))),
        some.builds(
            ReminderPrinted, some.sampled_from(_IDS), some.sampled_from(("printed", "not-printed")), some.just("")
        ),
    ),
    max_size=5,
)


def _folded(facts: Sequence[Fact]) -> list[object]:
    book = AppointmentBook()
    for fact in facts:
        book.take(fact, "2026-11-26")
    codes = [found.id if (found := book.by_code(code)) else None for code in ("x", "y")]
    return [*(book.find(id) for id in _IDS), codes, book.taken_counts("B", FRIDAY)["09:00"]]


@given(office=_OFFICE_FACTS, one=_KIOSK_FACTS, other=_KIOSK_FACTS, data=some.data())
def test_the_books_may_be_told_in_any_order(
    office: list[Fact], one: list[Fact], other: list[Fact], data: some.DataObject
) -> None:
    books = [list(office), list(one), list(other)]
    mixed: list[Fact] = []
    while any(books):
        mixed.append(data.draw(some.sampled_from([book for book in books if book])).pop(0))
    assert _folded(mixed) == _folded([*other, *one, *office]) == _folded([*office, *one, *other])


@given(wishes=some.lists(some.sampled_from(("09:00", "09:15", "cancel")), max_size=12))
def test_no_hour_is_ever_taken_more_often_than_it_has_places(wishes: list[str]) -> None:
    office = Office()
    for number, wish in enumerate(wishes):
        if wish == "cancel":
            standing = [one.id for one in office.book.on_day(FRIDAY) if one.stands]
            office.do(office.desk.cancel(standing[0], "staff") if standing else ())
            continue
        try:
            office.booked(str(number), Wish(VISIT, "B", FRIDAY, wish))
        except SyncTrouble as trouble:
            assert trouble.code == "S-338"
    assert all(office.book.taken_counts("B", FRIDAY)[at] <= 1 for at in ("09:00", "09:15"))
