"""The hall while a clock is wrong: the office's own, behind its book, or a kiosk's, on another day."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.ballot import read_ballot
from kiosk.facts import KioskStarted, TicketIssued
from kiosk.presses import Action
from kiosk.trouble import Trouble
from kiosk.visit_events import BallotState
from screens.lobby_hall import Asked
from screens.phone_desk import _in_log
from tests.doors.hall_office import DAY_S, HOUR_S, HOURS, Office, at_counter
from tests.fakes.clock import FakeClock

DESK = Asked("B", priority=False, assisted=False, request="request-1")


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def office(tmp_path: Path, clock: FakeClock) -> Iterator[Office]:
    made = Office(tmp_path, clock)
    made.hall.sign_in("3", "sitting-one")
    yield made
    made.close()


@pytest.fixture
def hours(tmp_path: Path, clock: FakeClock) -> Iterator[Office]:
    """An office with hours, on a Monday at 08:00."""
    made = Office(tmp_path, clock, HOURS)
    made.hall.sign_in("3", "sitting-one")
    yield made
    made.close()


# --- the office's clock is behind its own book ---------------------------------------------------------


@pytest.mark.parametrize("restarts", [True, False])
@pytest.mark.parametrize("back_s", [9 * HOUR_S, DAY_S, 40 * DAY_S])
def test_a_clock_behind_the_book_s_day_costs_nobody_the_line(
    office: Office, clock: FakeClock, restarts: bool, back_s: float
) -> None:
    office.issue("B001")
    clock.jump(-back_s)
    if restarts:
        office.restart()
    office.watch.look()
    assert office.hall.day.isoformat() == "2026-11-23"
    assert office.hall.sign_in("3", "sitting-two", take_over=True).sitting == "sitting-two"
    assert office.hall.take_ticket(DESK).number == "B002"
    office.issue("B003")
    called = [at_counter(office.press(action)) for action in (Action.NEXT, Action.FINISH_NEXT, Action.FINISH_NEXT)]
    assert sorted(called) == ["B001", "B002", "B003"]
    board = office.hall.board()
    assert board.counts is not None
    assert board.counts.called_count == 3
    clock.jump(back_s)
    office.watch.look()
    assert at_counter(office.hall.counter("3")) == called[-1], "the clock is right again"


def test_a_number_of_the_help_desk_is_given_once_while_the_clock_is_behind(office: Office, clock: FakeClock) -> None:
    clock.jump(-2 * DAY_S)
    office.restart()
    taken = office.hall.take_ticket(DESK)
    assert office.hall.take_ticket(DESK).number == taken.number
    office.restart()
    assert office.hall.take_ticket(DESK).number == taken.number
    assert len(office.facts("TicketIssued")) == 1


def test_the_lobby_turns_with_the_first_entry_of_a_new_day_before_anybody_looked(
    office: Office, clock: FakeClock
) -> None:
    clock.advance(DAY_S)
    assert office.hall.sign_in("3", "next-day").sitting == "next-day"
    assert office.hall.take_ticket(DESK).number == "B001"
    assert office.hall.day.isoformat() == "2026-11-24"
    assert office.waiting() == ["B001"]


def test_a_clock_that_is_known_to_be_wrong_closes_nothing(hours: Office, clock: FakeClock) -> None:
    hours.issue("B001")
    clock.jump(-DAY_S)  # it says Sunday
    hours.restart()
    hours.watch.look()
    assert hours.hall.clock_is_behind
    assert hours.hall.board().open
    assert hours.hall.take_ticket(DESK).number == "B002"
    assert hours.facts("TicketExpired", "CounterClosed") == []
    assert not hours.hall.kiosk("kiosk-1", 2).lines["B"].full


def test_a_ballot_may_be_used_while_the_clock_is_behind(office: Office, clock: FakeClock) -> None:
    ballot = read_ballot(office.hall.take_ticket(DESK).qr)
    assert ballot is not None
    clock.jump(-DAY_S)
    assert _in_log(office.central, office.hall.served)(ballot) is BallotState.OPEN


# --- the help desk's number is one, whenever it is asked for again ----------------------------------------


def test_what_is_asked_again_after_midnight_is_no_second_number(office: Office, clock: FakeClock) -> None:
    office.hall.take_ticket(DESK)
    clock.advance(DAY_S)
    for restarts in (False, True):
        if restarts:
            office.restart()
        with pytest.raises(Trouble) as told:
            office.hall.take_ticket(DESK)
        assert told.value.code == "S-337"
    assert len(office.facts("TicketIssued")) == 1


def test_what_is_asked_again_after_closing_is_the_number_that_was_given(hours: Office, clock: FakeClock) -> None:
    taken = hours.hall.take_ticket(DESK)
    clock.advance(10 * HOUR_S)
    assert hours.hall.take_ticket(DESK).number == taken.number


# --- a kiosk on another day --------------------------------------------------------------------------------


@pytest.mark.parametrize("ahead_s", [DAY_S, -DAY_S, 300 * DAY_S, -300 * DAY_S])
def test_a_kiosk_that_writes_on_another_day_is_told_everywhere(
    office: Office, clock: FakeClock, ahead_s: float, caplog: pytest.LogCaptureFixture
) -> None:
    clock.jump(ahead_s)
    kiosk = office.kiosk
    clock.jump(-ahead_s)
    office.send()
    office.hall.kiosk("kiosk-1", kiosk.head().seq)
    clock.jump(ahead_s)
    with caplog.at_level(logging.WARNING):
        kiosk.append(_ticket("B001"))
        kiosk.append(_ticket("B002"))
    clock.jump(-ahead_s)
    office.send()
    office.hall.kiosk("kiosk-1", kiosk.head().seq)
    office.watch.look()
    assert office.waiting() == []
    assert office.hall.board().unheard == office.hall.glance().on_another_day == ("kiosk-1",)
    assert office.hall.glance().unheard == (), "it is told by what is wrong with it"
    assert office.central.health()["kiosks_with_wrong_day"] == ["kiosk-1"]
    assert [one.getMessage().partition(" ")[0] for one in caplog.records if "another day" in one.getMessage()] == [
        "kiosk-1"
    ]


def test_a_kiosk_of_tomorrow_is_still_told_after_a_restart_and_right_when_the_day_has_come(
    office: Office, clock: FakeClock
) -> None:
    clock.jump(DAY_S)
    office.kiosk.append(_ticket("B001"))
    clock.jump(-DAY_S)
    office.send()
    office.restart()
    office.hall.kiosk("kiosk-1", office.kiosk.head().seq)
    assert office.hall.board().unheard == ("kiosk-1",)
    clock.advance(DAY_S)
    office.hall.kiosk("kiosk-1", office.kiosk.head().seq)
    office.watch.look()
    assert office.hall.board().unheard == ()
    assert office.central.health()["kiosks_with_wrong_day"] == []
    assert office.hall.sign_in("3", "tomorrow").rows[0].number == "B001"


def test_a_kiosk_of_yesterday_is_right_again_with_its_first_entry_of_today(office: Office, clock: FakeClock) -> None:
    clock.jump(-DAY_S)
    office.issue("B001")
    clock.jump(DAY_S)
    office.watch.look()
    assert office.hall.board().unheard == ("kiosk-1",), "late or on another day: its newest may be missing either way"
    office.hall.kiosk("kiosk-1", office.kiosk.head().seq)
    assert office.hall.board().unheard == ()
    clock.jump(-DAY_S)
    office.kiosk.append(_ticket("B002"))
    clock.jump(DAY_S)
    office.send()
    assert office.central.health()["kiosks_with_wrong_day"] == ["kiosk-1"]
    office.kiosk_writes(KioskStarted("1"))
    office.watch.look()
    assert office.central.health()["kiosks_with_wrong_day"] == []
    assert office.hall.board().unheard == ()


def test_what_a_kiosk_wrote_before_it_was_heard_today_is_only_late(office: Office, clock: FakeClock) -> None:
    office.issue("B001")
    office.issue("B002", sends=False)
    clock.advance(DAY_S)
    office.watch.look()
    office.hall.kiosk("kiosk-1", office.kiosk.head().seq)
    office.send()
    assert office.central.health()["kiosks_with_wrong_day"] == []
    assert office.hall.board().unheard == ()


def _ticket(number: str) -> TicketIssued:
    return TicketIssued(number, "B", False, f"i{number}", f"l{number}")
