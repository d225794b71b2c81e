"""Taking a number, with a real finger in the real window."""

from __future__ import annotations

import pytest

from kiosk.facts import TicketIssued, TicketNotPrinted, TicketPrinted, TicketReprinted
from kiosk.trouble import MachineTrouble
from kiosk.visit import Place, Printing, Times
from tests.fakes.printer import PAPER_OUT
from tests.fakes.touch_kiosk import TouchKiosk
from tests.touch.conftest import Make


@pytest.mark.parametrize("shape", ["portrait", "landscape"])
@pytest.mark.parametrize("answer", ["priority:yes", "priority:no"])
def test_two_taps_give_a_number_with_or_without_priority(make_kiosk: Make, shape: str, answer: str) -> None:
    kiosk = make_kiosk(shape)
    kiosk.tap("tile:B", answer)
    kiosk.at(Place.NUMBER)
    issued = kiosk.entries(TicketIssued)
    assert [entry.fields()["number"] for entry in issued] == ["B001"]
    assert issued[0].fields()["priority"] is (answer == "priority:yes")
    kiosk.until(lambda: kiosk.entries(TicketPrinted))


def test_a_service_without_priority_takes_one_tap(kiosk: TouchKiosk) -> None:
    kiosk.tap("tile:E")
    assert kiosk.visit.place is Place.NUMBER


def test_two_quick_clicks_on_a_tile_give_one_ticket(kiosk: TouchKiosk) -> None:
    kiosk.tap("tile:E", times=2)
    kiosk.at(Place.NUMBER)
    assert len(kiosk.entries(TicketIssued)) == 1


def test_five_quick_clicks_on_a_tile_with_priority_choose_nothing_further(kiosk: TouchKiosk) -> None:
    kiosk.tap("tile:K", times=5)
    assert kiosk.visit.place is Place.PRIORITY
    assert not kiosk.entries(TicketIssued)


def test_a_finger_that_slides_off_chooses_nothing(kiosk: TouchKiosk) -> None:
    x, y = kiosk.place("tile:E")
    kiosk.finger.press(x, y)
    kiosk.settle()
    kiosk.finger.slide(x, y - 1200)
    kiosk.settle()
    kiosk.finger.lift()
    kiosk.settle()
    assert kiosk.visit.place is Place.HOME
    assert not kiosk.entries(TicketIssued)


def test_a_finger_that_slides_off_and_back_chooses(kiosk: TouchKiosk) -> None:
    x, y = kiosk.place("tile:E")
    kiosk.finger.press(x, y)
    kiosk.settle()
    kiosk.finger.slide(x, y - 1200)
    kiosk.settle()
    kiosk.finger.slide(x, y)
    kiosk.settle()
    kiosk.finger.lift()
    kiosk.at(Place.NUMBER)


def test_back_from_priority_leads_home(kiosk: TouchKiosk) -> None:
    kiosk.tap("tile:B", "back")
    assert kiosk.visit.place is Place.HOME


def test_without_paper_the_number_stands_large_on_the_screen(kiosk: TouchKiosk) -> None:
    kiosk.printer.is_now = PAPER_OUT
    kiosk.until(lambda: kiosk.printing.status == PAPER_OUT)
    kiosk.tap("tile:E")
    kiosk.at(Place.NO_PAPER)
    assert kiosk.stage.screen_name == "ticket_no_paper"
    kiosk.until(lambda: kiosk.entries(TicketNotPrinted))
    kiosk.tap("ok_number")
    assert kiosk.visit.place is Place.HOME


def test_paper_trouble_that_is_known_late_changes_the_screen_she_sees(kiosk: TouchKiosk) -> None:
    kiosk.printer.going.clear()
    kiosk.tap("tile:E")
    assert kiosk.visit.place is Place.NUMBER
    kiosk.printer.is_now = PAPER_OUT
    kiosk.printer.going.set()
    kiosk.at(Place.NO_PAPER)


def test_a_late_outcome_leaves_the_next_citizen_alone(kiosk: TouchKiosk) -> None:
    kiosk.printer.going.clear()
    kiosk.tap("tile:E", "done")
    kiosk.printer.is_now = PAPER_OUT
    kiosk.printer.going.set()
    kiosk.until(lambda: kiosk.entries(TicketNotPrinted))
    assert kiosk.visit.place is Place.HOME


def test_the_copy_is_given_once(kiosk: TouchKiosk) -> None:
    kiosk.tap("tile:E")
    kiosk.until(lambda: kiosk.visit.printing is Printing.PRINTED)
    kiosk.tap("no_slip")
    kiosk.until(lambda: len(kiosk.entries(TicketPrinted)) == 2)
    kiosk.until(lambda: kiosk.visit.printing is Printing.PRINTED)
    assert "no_slip" not in kiosk.keys
    assert len(kiosk.entries(TicketReprinted)) == 1


def test_done_begins_a_fresh_visit_and_the_next_number(kiosk: TouchKiosk) -> None:
    kiosk.tap("tile:E", "done")
    kiosk.advance(Times().second_ticket)
    kiosk.tap("tile:E")
    assert [entry.fields()["number"] for entry in kiosk.entries(TicketIssued)] == ["E001", "E002"]


def test_a_full_disk_puts_up_the_poster_and_room_brings_the_kiosk_back(kiosk: TouchKiosk) -> None:
    kiosk.journal.breaks(MachineTrouble("M-201"))
    kiosk.tap("tile:E")
    kiosk.at(Place.OUT_OF_SERVICE)
    assert kiosk.stage.screen_name == "out_of_service"
    kiosk.journal.breaks(None)
    kiosk.advance(2)
    kiosk.at(Place.HOME)
    kiosk.tap("tile:E")
    assert [entry.fields()["number"] for entry in kiosk.entries(TicketIssued)] == ["E001"]
