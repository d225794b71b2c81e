"""The hall of an office on a clock that is moved: pressing, closing, midnight, silent kiosks, a full disk."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.ballot import ballot_line, new_ballot, read_ballot
from kiosk.lobby_facts import HelpCalled
from kiosk.presses import Action, Press
from kiosk.trouble import Trouble
from screens.lobby_hall import Asked
from tests.doors.hall_office import Office, at_counter
from tests.fakes.clock import FakeClock

HOUR_S = 3600.0
DAY_S = 24 * HOUR_S
HOURS = "Mon-Fri 07:30-11:30 13:30-17:00"


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def office(tmp_path: Path, clock: FakeClock) -> Iterator[Office]:
    made = Office(tmp_path, clock)
    made.hall.sign_in("3", "sitting-one")
    yield made
    made.close()


def test_a_press_that_is_sent_twice_is_done_once_also_across_a_restart(office: Office) -> None:
    office.issue("B001")
    office.issue("B002")
    first = office.press(Action.NEXT, id="the-same-press")
    assert at_counter(first) == "B001"
    assert at_counter(office.press(Action.NEXT, id="the-same-press")) == "B001"
    office.restart()
    assert at_counter(office.press(Action.NEXT, id="the-same-press")) == "B001"
    assert len(office.facts("TicketCalled")) == 1


def test_a_counter_s_view_is_the_same_after_a_restart(office: Office) -> None:
    for number in ("B001", "B002", "B003", "B004"):
        office.issue(number)
    office.press(Action.NEXT)
    office.press(Action.FINISH_NEXT)
    office.press(Action.PARK, reason="papers")
    office.press(Action.NEXT)
    before, board = office.hall.counter("3"), office.hall.board()
    office.restart()
    office.hall.kiosk("kiosk-1", office.kiosk.head().seq)
    after = office.hall.counter("3")
    assert dataclasses.replace(after, version=before.version) == before
    assert dataclasses.replace(office.hall.board(), version=board.version) == board
    assert at_counter(office.press(Action.FINISH_NEXT)) == "B004"


def test_whoever_was_taken_over_is_told(office: Office) -> None:
    with pytest.raises(Trouble) as told:
        office.hall.sign_in("3", "another")
    assert told.value.code == "S-332"
    office.hall.sign_in("3", "another", take_over=True)
    assert office.hall.sits("3", "another")
    assert not office.hall.sits("3", "sitting-one")
    with pytest.raises(Trouble) as late:
        office.hall.press(Press("press-late", "3", "sitting-one", Action.NEXT))
    assert late.value.code == "S-332"


def test_a_screen_that_changes_counters_leaves_the_old_one_only_if_the_new_one_is_free(office: Office) -> None:
    office.hall.sign_in("5", "somebody")
    with pytest.raises(Trouble):
        office.hall.sign_in("5", "new", left=("3", "sitting-one"))
    assert office.hall.sits("3", "sitting-one")
    office.hall.sign_in("6", "new", left=("3", "sitting-one"))
    assert office.hall.counter("3").sitting == ""
    assert office.hall.sits("6", "new")


def test_a_number_from_the_help_desk_is_the_same_for_the_same_asking_also_after_a_restart(office: Office) -> None:
    asked = Asked("B", priority=True, assisted=True, request="request-1")
    taken = office.hall.take_ticket(asked)
    office.restart()
    again, other = office.hall.take_ticket(asked), office.hall.take_ticket(dataclasses.replace(asked, request="two"))
    assert (taken.number, taken.qr) == (again.number, again.qr)
    assert other.number == "B002"
    assert [entry.fields()["number"] for entry in office.facts("TicketIssued")] == ["B001", "B002"]
    ballot = read_ballot(taken.qr)
    assert ballot is not None
    assert office.hall.place(ballot_line(ballot)).number == "B001"
    (first, _) = office.hall.counter("3").rows
    assert (first.lane, first.assisted) == ("priority", True)


def test_the_help_desk_and_the_kiosk_beside_it_take_from_one_series(office: Office) -> None:
    office.issue("B001")
    assert office.hall.take_ticket(Asked("B", False, False, "request-1")).number == "B002"


def test_an_unknown_service_gets_no_number(office: Office) -> None:
    with pytest.raises(Trouble) as told:
        office.hall.take_ticket(Asked("Q", False, False, "request-1"))
    assert told.value.code == "C-413"
    assert office.facts("TicketIssued") == []


def test_a_slip_stands_where_it_stands_and_another_day_s_is_told(office: Office, clock: FakeClock) -> None:
    mine, line = new_ballot(), ""
    line = ballot_line(mine)
    office.issue("B001")
    office.issue("B002", ballot=mine)
    assert (office.hall.place(line).number, office.hall.place(line).ahead_count) == ("B002", 1)
    assert office.hall.confirm_present(line).present
    assert office.hall.drop(line).state == "cancelled"
    assert office.hall.drop(line).state == "cancelled", "a lost answer is asked again"
    with pytest.raises(Trouble) as unknown:
        office.hall.place("0" * 64)
    assert unknown.value.code == "S-315"
    clock.advance(DAY_S)
    office.watch.look()
    with pytest.raises(Trouble) as old:
        office.hall.place(line)
    assert old.value.code == "S-337"


def test_a_call_for_help_rings_until_somebody_goes(office: Office, clock: FakeClock) -> None:
    office.kiosk_writes(HelpCalled("help-1", "kiosk-1"))
    assert [one.help_id for one in office.hall.counter("5").help] == ["help-1"]
    assert office.hall.kiosk("kiosk-1", 2).help == {"help-1": None}
    clock.advance(40)
    office.hall.answer_help("help-1", "3")
    with pytest.raises(Trouble, match="S-352"):
        office.hall.answer_help("help-1", "4")
    assert office.hall.counter("5").help == ()
    assert office.hall.kiosk("kiosk-1", 2).help == {"help-1": 40}
    assert [entry.fields()["by"] for entry in office.facts("HelpAnswered")] == ["3"]
