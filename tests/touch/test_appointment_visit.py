"""A reminder at a kiosk: what it gives, what is said where it gives nothing, and whose turn the scanner is."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kiosk.appointment_code import code_hash, new_code
from kiosk.appointment_facts import AppointmentCheckedIn, AppointmentClaimed
from kiosk.facts import TicketIssued
from kiosk.visit import BookingState, Place
from kiosk.visit_events import DonePressed, ServiceChosen
from kiosk.visit_lobby_events import ArrivalChosen, CodeChosen, CodeEntered, LetterErased, LetterTyped
from screens.touch.scans import Scans
from tests.fakes.lobby import Lobby

TAKE_E = ServiceChosen("E", asks_priority=False)
CODE = new_code()


@pytest.fixture
def lobby() -> Iterator[Lobby]:
    with Lobby() as made:
        yield made


def scan(lobby: Lobby, text: str) -> None:
    Scans(look_up=lobby.desk.look_up, tell=lobby.conductor.tell).take(text)


def booked(**told: object) -> tuple[int, dict[str, object]]:
    known = {"arrival": "due", "appointment_id": "a1", "kind": "visit", "service": "E", "counter": "2"}
    return 200, {**known, "on_day": "2026-11-23", "at": "08:30", "promise": "", "number": "", **told}


def test_a_reminder_gives_a_number_with_its_check_in(lobby: Lobby) -> None:
    lobby.office.answers["/api/v1/appointment"] = booked()
    scan(lobby, f"H-{CODE}")
    lobby.at(Place.APPOINTMENT)
    assert lobby.scene.booking is not None
    assert (lobby.scene.booking.at, lobby.scene.booking.counter) == ("08:30", "2")
    lobby.do(ArrivalChosen())
    assert lobby.visit.place is Place.NUMBER
    issued, checked = lobby.entries(TicketIssued, AppointmentCheckedIn)
    assert lobby.scene.ticket is not None
    assert lobby.scene.ticket.appointment_at == "08:30"
    assert (checked.seq, checked.fields()) == (issued.seq + 1, {"appointment_id": "a1", "number": "E001"})


@pytest.mark.parametrize("arrival", ["other-day", "used", "cancelled"])
def test_an_appointment_that_does_not_hold_now_says_why_and_gives_no_number(lobby: Lobby, arrival: str) -> None:
    lobby.office.answers["/api/v1/appointment"] = booked(arrival=arrival)
    scan(lobby, f"H-{CODE}")
    lobby.at(Place.APPOINTMENT)
    assert lobby.visit.booking is not None
    assert lobby.visit.booking.state is BookingState(arrival)
    lobby.do(ArrivalChosen())
    assert not lobby.entries(TicketIssued)


@pytest.mark.parametrize("arrival", ["other-day", "used", "cancelled"])
def test_the_next_reminder_is_taken_where_an_appointment_gives_no_number(lobby: Lobby, arrival: str) -> None:
    lobby.office.answers["/api/v1/appointment"] = booked(arrival=arrival)
    scan(lobby, f"H-{CODE}")
    lobby.at(Place.APPOINTMENT)
    lobby.office.answers["/api/v1/appointment"] = booked(appointment_id="a2")
    scan(lobby, f"H-{new_code()}")
    lobby.until(lambda: lobby.visit.booking is not None and lobby.visit.booking.appointment_id == "a2")
    assert lobby.visit.booking is not None
    assert (lobby.visit.place, lobby.visit.booking.state) == (Place.APPOINTMENT, BookingState.NOW)


def test_a_slip_under_the_scanner_cuts_nobody_off_who_may_take_her_number(lobby: Lobby) -> None:
    lobby.office.answers["/api/v1/appointment"] = booked()
    scan(lobby, f"H-{CODE}")
    lobby.at(Place.APPOINTMENT)
    scan(lobby, f"H-{new_code()}")
    lobby.do(ArrivalChosen())
    assert lobby.entries(AppointmentCheckedIn)[0].fields()["appointment_id"] == "a1"


def test_an_unknown_appointment_is_one_sentence(lobby: Lobby) -> None:
    lobby.office.answers["/api/v1/appointment"] = 200, {"arrival": "unknown"}
    scan(lobby, f"H-{CODE}")
    lobby.until(lambda: lobby.visit.notice == "appointment_checkin.unknown")
    assert (lobby.visit.place, lobby.visit.busy) == (Place.HOME, False)


def test_cut_off_a_reminder_is_claimed_with_an_ordinary_number(lobby: Lobby) -> None:
    scan(lobby, f"H-{CODE}")
    lobby.until(lambda: lobby.visit.notice == "appointment_checkin.cut_off")
    lobby.do(TAKE_E)
    assert lobby.entries(AppointmentClaimed)[0].fields() == {"code_hash": code_hash(CODE), "number": "E001"}
    lobby.do(DonePressed())
    lobby.advance(lobby.times.second_ticket)
    lobby.do(TAKE_E)
    assert len(lobby.entries(AppointmentClaimed)) == 1


def test_a_code_can_be_typed_and_corrected(lobby: Lobby) -> None:
    lobby.office.answers["/api/v1/appointment"] = booked()
    wrong = "0" if CODE[0] != "0" else "1"
    lobby.do(CodeChosen(), LetterTyped(wrong), LetterErased(), *map(LetterTyped, CODE), CodeEntered())
    lobby.at(Place.APPOINTMENT)
    assert lobby.office.asked == [("/api/v1/appointment", {"code": CODE})]
