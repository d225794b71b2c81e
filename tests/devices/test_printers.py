"""The same slip over every kind of wire."""

from __future__ import annotations

import os
from pathlib import Path

from devices.address import parse
from devices.choose import layout_for, printer_at
from devices.profiles import PROFILES
from devices.slips.lean import LeanLayout
from devices.slips.rich import RichLayout
from devices.thermal.printer import ThermalPrinter
from devices.virtual.terminal import VirtualSerialPrinter
from devices.wires.usb import UsbWire
from kiosk.clock import SystemClock
from kiosk.ports import Outcome, PrinterState, PrintOutcome
from tests.devices.samples import ADDRESS, ticket
from tests.fakes.usb import PRODUCT, VENDOR, FakeUsbBus

PRINTED = PrintOutcome(Outcome.PRINTED)
AUTO = PROFILES["auto"]


def test_a_serial_printer_gets_the_lean_slip_and_says_that_it_is_printed(tmp_path: Path) -> None:
    with VirtualSerialPrinter() as far:
        printer = printer_at(
            f"serial://{far.path}?baud=19200&flow=none",
            profile="auto", slip="auto", data_folder=tmp_path, clock=SystemClock(),
        )  # fmt: skip
        assert printer.print(ticket()) == PRINTED
        assert ADDRESS in far.wait_for_sheets(1)[0].text
        assert len(far.received) < 8_000
        printer.close()


def test_a_serial_printer_that_is_unplugged_in_the_middle_leaves_it_unknown(tmp_path: Path) -> None:
    with VirtualSerialPrinter() as far:
        printer = printer_at(
            f"serial://{far.path}?flow=none", profile="auto", slip="rich", data_folder=tmp_path, clock=SystemClock()
        )
        assert printer.status().state is PrinterState.READY
        far.link.stall = True
        far.hang_up_after(0.2)
        assert printer.print(ticket()) == PrintOutcome(Outcome.UNKNOWN, "P-104")
        printer.close()


def test_a_usb_printer_prints_and_answers() -> None:
    bus = FakeUsbBus()
    wire = UsbWire(VENDOR, PRODUCT, backend=bus)
    printer = ThermalPrinter(wire, RichLayout(576), profile=AUTO, clock=SystemClock())
    assert printer.print(ticket()) == PRINTED
    assert len(bus.sheets) == 1
    bus.machine.faults.cover_open = True
    assert printer.print(ticket()) == PrintOutcome(Outcome.NOT_PRINTED, "P-102")
    printer.close()


def test_a_usb_cable_pulled_in_the_middle_leaves_it_unknown() -> None:
    bus = FakeUsbBus()
    printer = ThermalPrinter(UsbWire(VENDOR, PRODUCT, backend=bus), RichLayout(576), profile=AUTO, clock=SystemClock())
    assert printer.status().state is PrinterState.READY
    bus.takes = 20_000
    assert printer.print(ticket()) == PrintOutcome(Outcome.UNKNOWN, "P-104")
    assert printer.status().state is PrinterState.ABSENT


def test_a_device_file_that_answers_is_believed(tmp_path: Path) -> None:
    with VirtualSerialPrinter() as far:
        printer = printer_at(
            f"file://{far.path}", profile="auto", slip="auto", data_folder=tmp_path, clock=SystemClock()
        )
        assert printer.print(ticket()) == PRINTED
        assert len(far.wait_for_sheets(1)) == 1
        printer.close()


def test_a_file_that_only_takes_never_says_printed(tmp_path: Path) -> None:
    path = tmp_path / "printer"
    path.touch()
    printer = printer_at(f"file://{path}", profile="auto", slip="auto", data_folder=tmp_path, clock=SystemClock())
    assert printer.print(ticket()) == PrintOutcome(Outcome.UNKNOWN, "P-110")
    assert path.read_bytes().endswith(b"\x1dVB\x00")
    printer.close()


def test_a_pipe_without_a_reader_stops_nobody(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    printer = printer_at(
        f"file://{tmp_path / 'pipe'}", profile="auto", slip="auto", data_folder=tmp_path, clock=SystemClock()
    )
    assert printer.print(ticket()) == PrintOutcome(Outcome.NOT_PRINTED, "P-103")


def test_slow_lines_get_the_lean_slip_unless_settings_say_otherwise() -> None:
    serial, tcp = parse("serial:///dev/ttyS0"), parse("tcp://printer")
    assert isinstance(layout_for(serial, slip="auto", profile=AUTO), LeanLayout)
    assert isinstance(layout_for(serial, slip="rich", profile=AUTO), RichLayout)
    assert isinstance(layout_for(tcp, slip="auto", profile=AUTO), RichLayout)
    assert isinstance(layout_for(tcp, slip="lean", profile=AUTO), LeanLayout)


def test_preparing_draws_what_tickets_share(tmp_path: Path) -> None:
    printer = printer_at("virtual:slips", profile="auto", slip="auto", data_folder=tmp_path, clock=SystemClock())
    printer.prepare((ticket(),))
    assert not (tmp_path / "slips").exists()
    assert printer.print(ticket()) == PRINTED
