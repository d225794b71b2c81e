"""What became of a slip, told against a real TCP printer with every fault it can have."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

import pytest
import zxingcpp

from devices.choose import printer_at
from devices.virtual.server import VirtualPrinterServer
from kiosk.clock import SystemClock
from kiosk.ports import Outcome, Printer, PrinterState, PrintOutcome
from tests.devices.samples import ADDRESS, ticket
from tests.fakes.ports import free_port

PRINTED = PrintOutcome(Outcome.PRINTED)


def not_printed(code: str) -> PrintOutcome:
    return PrintOutcome(Outcome.NOT_PRINTED, code)


def unknown(code: str) -> PrintOutcome:
    return PrintOutcome(Outcome.UNKNOWN, code)


@pytest.fixture
def server() -> Iterator[VirtualPrinterServer]:
    with VirtualPrinterServer() as running:
        yield running


class Connect(Protocol):
    def __call__(self, address: str, slip: str = "auto") -> Printer: ...


@pytest.fixture
def printer_for() -> Iterator[Connect]:
    """Makes printers, and lets their links go at the end."""
    made: list[Printer] = []

    def connect(address: str, slip: str = "auto") -> Printer:
        made.append(printer_at(address, profile="auto", slip=slip, data_folder=Path(), clock=SystemClock()))
        return made[-1]

    yield connect
    for printer in made:
        printer.close()


def content_of(sheet: Any) -> str:
    found = zxingcpp.read_barcodes(sheet.picture.convert("L").point(lambda level: 255 - level))
    return found[0].text if found else ""


@pytest.mark.parametrize("slip", ["rich", "lean"])
def test_a_slip_that_came_out_is_printed_and_its_code_can_be_read(
    printer_for: Connect, server: VirtualPrinterServer, slip: str
) -> None:
    assert printer_for(server.address, slip).print(ticket()) == PRINTED
    assert content_of(server.wait_for_sheets(1)[0]) == ADDRESS


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        ("paper_out", "P-101"),
        ("cover_open", "P-102"),
        ("cutter_stuck", "P-105"),
        ("offline", "P-106"),
        ("head_hot", "P-108"),
    ],
)
def test_a_printer_that_says_it_cannot_is_sent_no_slip(
    printer_for: Connect, server: VirtualPrinterServer, fault: str, code: str
) -> None:
    setattr(server.faults, fault, True)
    printer = printer_for(server.address)
    assert printer.print(ticket()) == not_printed(code)
    server.mend()
    assert printer.status().state is PrinterState.READY
    assert server.sheets == []


def test_when_the_roll_ends_after_a_slip_the_next_one_is_not_sent(
    printer_for: Connect, server: VirtualPrinterServer
) -> None:
    server.faults.paper_out_after = 1
    printer = printer_for(server.address)
    assert printer.print(ticket()) == PRINTED
    assert printer.print(ticket(number="B043")) == not_printed("P-101")
    server.change_roll()
    assert printer.print(ticket(number="B044")) == PRINTED
    assert len(server.sheets) == 2


@pytest.mark.parametrize("rows", [20, 100, 300])
@pytest.mark.parametrize("slip", ["rich", "lean"])
def test_paper_that_ends_in_the_middle_leaves_it_unknown(
    printer_for: Connect, server: VirtualPrinterServer, slip: str, rows: int
) -> None:
    server.faults.paper_rows_left = rows
    began = time.monotonic()
    assert printer_for(server.address, slip).print(ticket()) == unknown("P-101")
    assert time.monotonic() - began < 3.0


def test_a_slip_that_comes_out_when_the_roll_is_changed_comes_out_once(
    printer_for: Connect, server: VirtualPrinterServer
) -> None:
    server.faults.paper_rows_left = 300
    printer = printer_for(server.address, "lean")
    assert printer.print(ticket()) == unknown("P-101")
    server.change_roll()
    server.wait_for_sheets(1)
    assert printer.print(ticket(number="B043")) == PRINTED
    assert len(server.sheets) == 2


def test_after_the_roll_was_changed_the_next_ticket_is_whole(
    printer_for: Connect, server: VirtualPrinterServer
) -> None:
    server.faults.paper_rows_left = 300
    printer = printer_for(server.address, "rich")
    assert printer.print(ticket()) == unknown("P-101")
    server.change_roll()
    assert printer.print(ticket(number="B043")) == PRINTED
    torn, whole = server.wait_for_sheets(2)
    assert (content_of(torn), content_of(whole)) == ("", ADDRESS)


def test_a_printer_nobody_can_reach_is_told_at_once_and_not_asked_again_at_once(printer_for: Connect) -> None:
    printer = printer_for(f"tcp://127.0.0.1:{free_port()}")
    began = time.monotonic()
    assert printer.print(ticket()) == not_printed("P-103")
    assert printer.print(ticket()) == not_printed("P-103")
    assert time.monotonic() - began < 1.5


def test_a_printer_that_never_said_a_word_prints_but_nobody_knows(
    printer_for: Connect, server: VirtualPrinterServer
) -> None:
    server.faults.silent = True
    printer = printer_for(server.address)
    began = time.monotonic()
    assert printer.print(ticket()) == unknown("P-110")
    assert time.monotonic() - began < 3.0
    assert printer.status().state is PrinterState.UNSEEN
    assert len(server.wait_for_sheets(1)) == 1


def test_a_printer_that_falls_silent_is_sent_nothing(printer_for: Connect, server: VirtualPrinterServer) -> None:
    printer = printer_for(server.address)
    assert printer.print(ticket()) == PRINTED
    server.faults.silent = True
    assert printer.status().state is PrinterState.ABSENT
    assert printer.print(ticket(number="B043")) == not_printed("P-103")
    assert len(server.sheets) == 1


def test_a_cover_opened_a_moment_after_a_good_status_is_told_before_the_slip_is_sent(
    printer_for: Connect, server: VirtualPrinterServer
) -> None:
    printer = printer_for(server.address)
    assert printer.print(ticket()) == PRINTED
    server.faults.cover_open = True
    server.wait_until_told()
    assert printer.print(ticket(number="B043")) == not_printed("P-102")


def test_a_link_that_dies_inside_a_picture_leaves_it_unknown(
    printer_for: Connect, server: VirtualPrinterServer
) -> None:
    printer = printer_for(server.address, "rich")
    assert printer.status().state is PrinterState.READY
    server.link.die_after = 20_000
    assert printer.print(ticket()) == unknown("P-104")


def test_after_a_link_died_inside_a_picture_the_next_ticket_is_not_swallowed(
    printer_for: Connect, server: VirtualPrinterServer
) -> None:
    server.link.die_after = 20_000
    assert printer_for(server.address, "rich").print(ticket()) == unknown("P-104")
    server.wait_for_connections_ended(1)
    assert server.machine.in_picture
    server.link.die_after = None
    assert printer_for(server.address, "rich").print(ticket(number="B043")) == PRINTED
    assert content_of(server.sheets[-1]) == ADDRESS


def test_the_torn_half_of_a_slip_is_cut_off_before_the_next(printer_for: Connect, server: VirtualPrinterServer) -> None:
    printer = printer_for(server.address, "rich")
    assert printer.status().state is PrinterState.READY
    server.link.die_after = 20_000
    assert printer.print(ticket()) == unknown("P-104")
    server.link.die_after = None
    assert printer.print(ticket(number="B043")) == PRINTED
    torn, whole = server.wait_for_sheets(2)
    assert torn.picture.height < whole.picture.height
    assert content_of(whole) == ADDRESS


def test_a_printer_that_stops_reading_is_given_up_within_its_time(
    printer_for: Connect, server: VirtualPrinterServer
) -> None:
    printer = printer_for(server.address, "rich")
    assert printer.status().state is PrinterState.READY
    server.link.stall = True
    began = time.monotonic()
    assert printer.print(ticket()) == unknown("P-107")
    assert time.monotonic() - began < 8.0


def test_a_printer_that_said_goodbye_while_idle_is_found_again(
    printer_for: Connect, server: VirtualPrinterServer
) -> None:
    printer = printer_for(server.address)
    assert printer.print(ticket()) == PRINTED
    server.say_goodbye()
    server.wait_for_connections_ended(1)
    assert printer.print(ticket(number="B043")) == PRINTED
    assert server.connections == 2


def test_a_goodbye_to_an_idle_client_is_no_trouble(printer_for: Connect, server: VirtualPrinterServer) -> None:
    printer = printer_for(server.address)
    assert printer.status().state is PrinterState.READY
    server.say_goodbye()
    server.wait_for_connections_ended(1)
    assert printer.status().state is PrinterState.READY


def test_a_printer_that_does_not_echo_is_believed_by_its_status_when_its_time_is_over(
    printer_for: Connect, server: VirtualPrinterServer
) -> None:
    server.faults.no_echo = True
    assert printer_for(server.address, "lean").print(ticket()) == PRINTED
    assert len(server.sheets) == 1


def test_strays_and_automatic_status_are_not_taken_for_answers(
    printer_for: Connect, server: VirtualPrinterServer
) -> None:
    server.faults.strays = True
    assert printer_for(server.address).print(ticket()) == PRINTED


def test_paper_that_runs_low_still_prints(printer_for: Connect, server: VirtualPrinterServer) -> None:
    server.faults.near_end = True
    printer = printer_for(server.address)
    assert printer.status().state is PrinterState.NEAR_END
    assert printer.print(ticket()) == PRINTED


def test_two_tickets_in_one_second_are_two_slips(printer_for: Connect, server: VirtualPrinterServer) -> None:
    printer = printer_for(server.address)
    assert [printer.print(ticket(number=number)) for number in ("B042", "B043")] == [PRINTED, PRINTED]
    assert len(server.wait_for_sheets(2)) == 2


def test_a_slow_link_takes_its_time_and_is_printed(printer_for: Connect, server: VirtualPrinterServer) -> None:
    server.link.bytes_per_s = 11_520
    assert printer_for(server.address, "lean").print(ticket()) == PRINTED
