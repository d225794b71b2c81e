"""What the lobby brings, with a real finger in the real window."""

from __future__ import annotations

import pytest

from kiosk.appointment_code import new_code
from kiosk.appointment_facts import AppointmentCheckedIn
from kiosk.ballot import ballot_text
from kiosk.facts import TicketIssued, TicketPrinted
from kiosk.line_facts import PresenceConfirmed, TicketAssisted, TicketCancelled, TicketSecond
from kiosk.lobby_facts import HelpCalled
from kiosk.lobby_views import WhyNumber
from kiosk.visit import HelpState, Place, Times
from tests.fakes.office import line, place
from tests.fakes.touch_kiosk import TouchKiosk
from tests.touch.conftest import Make


@pytest.mark.parametrize("shape", ["portrait", "landscape"])
def test_a_second_number_is_asked_about_and_every_answer_works(make_kiosk: Make, shape: str) -> None:
    kiosk = make_kiosk(shape)
    kiosk.tap("tile:E", "done", "tile:E")
    assert kiosk.stage.screen_name == "confirm_second_ticket"
    kiosk.tap("second:no")
    assert kiosk.visit.place is Place.HOME
    kiosk.tap("tile:E", "second:yes")
    kiosk.at(Place.NUMBER)
    assert len(kiosk.entries(TicketSecond)) == 1
    kiosk.tap("done", "tile:E", "assist")
    kiosk.at(Place.NUMBER)
    assert len(kiosk.entries(TicketAssisted)) == 1


def test_a_helper_starts_on_home_and_ends_with_done(kiosk: TouchKiosk) -> None:
    kiosk.tap("assist", "tile:E", "done", "tile:E", "done", "assist_done")
    assert not kiosk.visit.helping
    assert len(kiosk.entries(TicketAssisted)) == 2


def test_a_full_service_gives_no_number(kiosk: TouchKiosk) -> None:
    kiosk.office.tells({"E": line(9, full=True), "B": line(2)})
    kiosk.advance(1)
    kiosk.settle()
    assert "tile:E" not in kiosk.keys
    assert "tile:B" in kiosk.keys


def test_why_42_is_one_tap_away(kiosk: TouchKiosk) -> None:
    kiosk.office.tells({"E": line(6)}, why={"E": WhyNumber("E001", "E", 42, 3, 2, 1, 0, 10, 0, 0)})
    kiosk.tap("tile:E")
    kiosk.at(Place.NUMBER)
    kiosk.tap("why")
    assert kiosk.stage.screen_name == "why"
    kiosk.tap("why_close")
    assert kiosk.stage.screen_name == "ticket_done"


def test_a_slip_under_the_scanner_is_confirmed_or_given_up(kiosk: TouchKiosk) -> None:
    kiosk.tap("tile:E")
    kiosk.at(Place.NUMBER)
    assert kiosk.visit.ticket is not None
    slip = ballot_text(kiosk.visit.ticket.ballot) + "\n"
    kiosk.until(lambda: kiosk.entries(TicketPrinted))
    kiosk.tap("done")
    kiosk.advance(Times().second_ticket)
    kiosk.office.tells()
    kiosk.office.answers["/V/place"] = place("E001")
    kiosk.finger.type(slip)
    kiosk.at(Place.HELD)
    kiosk.tap("stay")
    kiosk.at(Place.HOME)
    kiosk.advance(1)
    kiosk.finger.type(slip)
    kiosk.at(Place.HELD)
    kiosk.tap("drop", "drop:yes")
    kiosk.at(Place.HOME)
    assert (len(kiosk.entries(PresenceConfirmed)), len(kiosk.entries(TicketCancelled))) == (1, 1)


def test_a_code_is_typed_and_gives_the_number_of_its_hour(kiosk: TouchKiosk) -> None:
    code = new_code()
    kiosk.office.answers["/api/v1/appointment"] = (
        200,
        {"arrival": "due", "appointment_id": "a1", "kind": "visit", "service": "E", "on_day": "2026-11-22",
         "at": "15:00", "counter": "1"},
    )  # fmt: skip
    kiosk.tap("appointment", *(f"letter:{letter}" for letter in code), "enter")
    kiosk.at(Place.APPOINTMENT)
    kiosk.tap("arrive")
    kiosk.at(Place.NUMBER)
    assert len(kiosk.entries(AppointmentCheckedIn)) == 1
    assert kiosk.office.asked == [("/api/v1/appointment", {"code": code})]


def test_the_fifth_key_calls_somebody_and_says_when_they_come(kiosk: TouchKiosk) -> None:
    kiosk.tap("footer:help")
    kiosk.until(lambda: kiosk.visit.help.help_id)
    kiosk.office.tells(help={kiosk.visit.help.help_id: 12})
    kiosk.advance(1)
    assert kiosk.visit.help.state is HelpState.COMING
    assert len(kiosk.entries(HelpCalled)) == 1
    assert not kiosk.entries(TicketIssued)


def test_help_is_called_from_closed_screen_and_from_a_number_without_paper(kiosk: TouchKiosk) -> None:
    kiosk.open = False
    kiosk.advance(61)
    kiosk.at(Place.CLOSED)
    kiosk.tap("footer:help")
    kiosk.until(lambda: kiosk.entries(HelpCalled))
