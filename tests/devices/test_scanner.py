"""From key presses and bytes to whole scans."""

from __future__ import annotations

import os
import threading
import tty

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.scanner import GAP_S, LONGEST, SerialScanner, WedgeReader
from devices.wires.serial import SerialWire

BALLOT = "0123456789ABCDEFGHJKMNPQRS"


class Typist:
    """Types at a steady pace and collects what was scanned."""

    def __init__(self) -> None:
        self.scans: list[str] = []
        self.reader = WedgeReader(self.scans.append)
        self.at = 100.0

    def type(self, letters: str, *, pace_s: float = 0.005) -> None:
        for letter in letters:
            self.at += pace_s
            self.reader.type(letter, self.at)

    def wait(self, seconds: float) -> None:
        self.at += seconds
        self.reader.tick(self.at)


@pytest.mark.parametrize("end", ["\r", "\n", "\r\n"])
def test_enter_ends_a_scan(end: str) -> None:
    typist = Typist()
    typist.type(BALLOT + end)
    assert typist.scans == [BALLOT]


def test_a_pause_ends_a_scan() -> None:
    typist = Typist()
    typist.type(BALLOT)
    assert typist.scans == []
    typist.wait(GAP_S * 1.1)
    assert typist.scans == [BALLOT]


def test_two_scans_with_a_pause_between_are_two() -> None:
    typist = Typist()
    typist.type(BALLOT)
    typist.wait(GAP_S * 2)
    typist.type("TICKET\r")
    assert typist.scans == [BALLOT, "TICKET"]


def test_a_finger_on_a_key_is_no_scan() -> None:
    typist = Typist()
    typist.type("hello", pace_s=0.4)
    typist.wait(1.0)
    assert typist.scans == []


def test_endless_noise_is_dropped_whole_and_the_next_scan_is_read() -> None:
    typist = Typist()
    typist.type("x" * (LONGEST * 3))
    typist.type("\r" + BALLOT + "\r")
    assert typist.scans == [BALLOT]


def test_letters_nobody_can_see_are_left_out() -> None:
    typist = Typist()
    typist.type("\x00\x02" + BALLOT + "\x03\r")
    assert typist.scans == [BALLOT]


@given(st.lists(st.tuples(st.text(max_size=8), st.floats(0, 0.3)), max_size=60))
def test_any_typing_is_endured(keys: list[tuple[str, float]]) -> None:
    typist = Typist()
    for letters, pause in keys:
        typist.at += pause
        typist.reader.type(letters, typist.at)
    typist.wait(1.0)
    assert all(4 <= len(scan) <= LONGEST and scan.isprintable() for scan in typist.scans)


class Listener:
    """Collects scans from another thread."""

    def __init__(self) -> None:
        self.scans: list[str] = []
        self._changed = threading.Condition()

    def hear(self, scan: str) -> None:
        with self._changed:
            self.scans.append(scan)
            self._changed.notify_all()

    def wait_for(self, count: int) -> list[str]:
        with self._changed:
            assert self._changed.wait_for(lambda: len(self.scans) >= count, 5.0), self.scans
            return list(self.scans)


def test_a_serial_scanner_reads_vietnamese_in_pieces() -> None:
    far, near = os.openpty()
    tty.setraw(near)
    listener = Listener()
    scanner = SerialScanner(SerialWire(os.ttyname(near), flow="none"), listener.hear)
    scanner.start()
    assert scanner.listening.wait(5.0)
    name = "079085000001||Nguyễn Thị Ánh".encode()
    os.write(far, name[:-8])
    os.write(far, name[-8:] + b"\r")
    os.write(far, b"\xff\xfe" + BALLOT.encode() + b"\r\n")
    assert listener.wait_for(2) == ["079085000001||Nguyễn Thị Ánh", BALLOT]
    scanner.close()
    for descriptor in (far, near):
        os.close(descriptor)


def test_a_scanner_that_is_not_there_stops_nobody() -> None:
    scanner = SerialScanner(SerialWire("/dev/no-such-scanner"), print)
    scanner.start()
    scanner.close()
    assert scanner.trouble.startswith("P-130")
