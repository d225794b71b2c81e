"""Every wire keeps the same promises: it gives what it took, it ends in time, it says how far it came."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from devices.virtual.server import VirtualPrinterServer
from devices.virtual.terminal import VirtualSerialPrinter
from devices.wire import ABSENT, LOST, STUCK, TAKEN, Wire, WireTrouble
from devices.wires.file import FileWire
from devices.wires.serial import SerialWire
from devices.wires.tcp import TcpWire
from devices.wires.usb import UsbWire
from tests.fakes.ports import free_port
from tests.fakes.usb import PRODUCT, VENDOR, FakeUsbBus

ASK, FINE = b"\x10\x04\x01", b"\x12"
BIG = bytes(3_000_000)


class WireContract:
    """What holds for a wire with a printer at its other end."""

    @pytest.fixture
    def wire(self) -> Iterator[Wire]:
        with ExitStack() as stack:
            made = self.make(stack)
            yield made
            made.close()

    def make(self, stack: ExitStack) -> Wire:
        """A wire, not yet open, to a printer that answers."""
        raise NotImplementedError

    def stall(self) -> None:
        """From now on the printer takes nothing."""
        raise NotImplementedError

    def vanish(self) -> None:
        """The printer is gone."""
        raise NotImplementedError

    def test_an_answer_comes_back(self, wire: Wire) -> None:
        wire.open(1.0)
        assert wire.is_open and wire.can_read
        wire.send(ASK, 1.0)
        assert wire.read(2.0) == FINE

    def test_silence_ends_with_the_deadline(self, wire: Wire) -> None:
        wire.open(1.0)
        began = time.monotonic()
        assert wire.read(0.1) == b""
        assert time.monotonic() - began < 1.0

    def test_a_printer_that_takes_nothing_is_given_up_in_time(self, wire: Wire) -> None:
        wire.open(1.0)
        self.stall()
        began = time.monotonic()
        with pytest.raises(WireTrouble) as caught:
            wire.send(BIG, 0.3)
        assert caught.value.code == STUCK
        assert caught.value.sent < len(BIG) // 4
        assert time.monotonic() - began < 2.0

    def test_a_printer_that_vanishes_is_noticed(self, wire: Wire) -> None:
        wire.open(1.0)
        self.vanish()
        with pytest.raises(WireTrouble) as caught:
            self.talk_on(wire)
        assert caught.value.code == LOST

    def talk_on(self, wire: Wire) -> None:
        """Send and listen for a while, as a slip does."""
        for _ in range(100):
            wire.send(bytes(64), 0.5)
            wire.read(0.05)

    def test_a_wire_that_is_not_open_says_so(self, wire: Wire) -> None:
        with pytest.raises(WireTrouble) as caught:
            wire.send(ASK, 0.1)
        assert caught.value.code == ABSENT

    def test_closing_twice_does_nothing_and_it_opens_again(self, wire: Wire) -> None:
        wire.open(1.0)
        wire.close()
        wire.close()
        assert not wire.is_open
        wire.open(1.0)
        wire.send(ASK, 1.0)
        assert wire.read(2.0) == FINE


class TestTcpWire(WireContract):
    def make(self, stack: ExitStack) -> Wire:
        self.server = stack.enter_context(VirtualPrinterServer())
        return TcpWire("127.0.0.1", self.server.port)

    def stall(self) -> None:
        self.server.link.stall = True

    def vanish(self) -> None:
        self.server.say_goodbye()
        self.server.wait_for_connections_ended(1)

    def test_a_reset_tells_how_far_it_came(self, wire: Wire) -> None:
        self.server.link.die_after = 10_000
        wire.open(1.0)
        with pytest.raises(WireTrouble) as caught:
            wire.send(bytes(200_000), 5.0)
        assert caught.value.code == LOST
        assert 10_000 <= caught.value.sent < 100_000

    def test_nothing_is_sent_after_the_printer_said_goodbye(self, wire: Wire) -> None:
        wire.open(1.0)
        self.vanish()
        with pytest.raises(WireTrouble) as caught:
            wire.send(ASK, 0.5)
        assert (caught.value.code, caught.value.sent) == (LOST, 0)


class TestSerialWire(WireContract):
    def make(self, stack: ExitStack) -> Wire:
        self.printer = stack.enter_context(VirtualSerialPrinter())
        return SerialWire(self.printer.path, baud=9600, flow="none")

    def stall(self) -> None:
        self.printer.link.stall = True

    def vanish(self) -> None:
        self.printer.unplug()

    def test_a_second_program_is_told_that_the_port_is_taken(self, wire: Wire) -> None:
        wire.open(1.0)
        second = SerialWire(self.printer.path)
        with pytest.raises(WireTrouble) as caught:
            second.open(0.5)
        assert caught.value.code == TAKEN


class TestUsbWire(WireContract):
    def make(self, stack: ExitStack) -> Wire:
        self.bus = FakeUsbBus()
        return UsbWire(VENDOR, PRODUCT, backend=self.bus)

    def stall(self) -> None:
        self.bus.stuck = True

    def vanish(self) -> None:
        self.bus.present = False

    def test_the_kernels_driver_gets_its_printer_back(self, wire: Wire) -> None:
        wire.open(1.0)
        assert not self.bus.kernel_driver and self.bus.claimed == [0]
        wire.close()
        assert self.bus.kernel_driver and self.bus.claimed == []

    def test_a_cable_pulled_in_the_middle_tells_how_far_it_came(self, wire: Wire) -> None:
        wire.open(1.0)
        self.bus.takes = 5_000
        with pytest.raises(WireTrouble) as caught:
            wire.send(bytes(20_000), 1.0)
        assert (caught.value.code, caught.value.sent) == (LOST, 5_000)

    def test_a_printer_plugged_in_again_is_found_again(self, wire: Wire) -> None:
        wire.open(1.0)
        self.bus.present = False
        wire.close()
        with pytest.raises(WireTrouble) as caught:
            wire.open(0.5)
        assert caught.value.code == ABSENT
        self.bus.present = True
        wire.open(0.5)
        wire.send(ASK, 0.5)
        assert wire.read(0.5) == FINE

    def test_a_printer_that_another_program_holds_is_taken(self, wire: Wire) -> None:
        self.bus.busy = True
        with pytest.raises(WireTrouble) as caught:
            wire.open(0.5)
        assert caught.value.code == TAKEN


class TestFileWireOnADevice(WireContract):
    """A terminal plays the device file: it takes and gives."""

    def make(self, stack: ExitStack) -> Wire:
        self.printer = stack.enter_context(VirtualSerialPrinter())
        return FileWire(Path(self.printer.path))

    def stall(self) -> None:
        self.printer.link.stall = True

    def vanish(self) -> None:
        self.printer.unplug()


def test_a_tcp_printer_that_is_not_there_is_absent() -> None:
    with pytest.raises(WireTrouble) as caught:
        TcpWire("127.0.0.1", free_port()).open(0.5)
    assert caught.value.code == ABSENT


def test_a_name_nobody_knows_is_absent() -> None:
    with pytest.raises(WireTrouble) as caught:
        TcpWire("no-such-printer.invalid", 9100).open(0.5)
    assert caught.value.code == ABSENT


def test_a_full_waiting_room_ends_with_the_deadline() -> None:
    """A listener that never accepts: the connection may stand, but nothing is ever answered."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        wire = TcpWire("127.0.0.1", listener.getsockname()[1])
        wire.open(0.5)
        assert wire.read(0.1) == b""
        wire.close()


@pytest.mark.parametrize("wire", [SerialWire("/dev/no-such-port"), FileWire(Path("/dev/usb/no-such-printer"))])
def test_a_device_that_is_not_there_is_absent_and_not_made(wire: Wire) -> None:
    with pytest.raises(WireTrouble) as caught:
        wire.open(0.5)
    assert caught.value.code == ABSENT
    assert not Path("/dev/usb/no-such-printer").exists()


def test_a_pipe_that_nobody_reads_is_absent_and_no_wait(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(WireTrouble) as caught:
        FileWire(tmp_path / "pipe").open(0.5)
    assert caught.value.code == ABSENT


def test_a_pipe_takes_but_does_not_give(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    reader = os.open(tmp_path / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    wire = FileWire(tmp_path / "pipe")
    wire.open(0.5)
    wire.send(b"B042", 0.5)
    assert not wire.can_read and os.read(reader, 10) == b"B042"
    with pytest.raises(WireTrouble) as stuck:
        wire.send(BIG, 0.1)
    assert stuck.value.code == STUCK
    os.close(reader)
    with pytest.raises(WireTrouble) as lost:
        wire.send(b"B043", 0.1)
    assert lost.value.code == LOST
    wire.close()


def test_a_file_is_added_to_and_held_against_a_second_program(tmp_path: Path) -> None:
    path = tmp_path / "printer"
    path.write_bytes(b"before ")
    wire, second = FileWire(path), FileWire(path)
    wire.open(0.5)
    wire.send(b"B042", 0.5)
    assert path.read_bytes() == b"before B042" and not wire.can_read
    with pytest.raises(WireTrouble) as caught:
        second.open(0.5)
    assert caught.value.code == TAKEN
    wire.close()
