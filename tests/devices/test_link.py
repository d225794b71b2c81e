"""How a printer is kept reachable, on a clock that only moves when it is told to."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from devices.profiles import PROFILES
from devices.slips import commands
from devices.thermal.printer import FRESH_S, ThermalPrinter
from devices.wire import LOST, STUCK
from kiosk.ports import Outcome, Printer, PrinterState, PrinterStatus, PrintOutcome
from kiosk.slip import Slip
from tests.devices.samples import ticket
from tests.fakes.clock import FakeClock
from tests.fakes.wires import MemoryWire

PRINTED = PrintOutcome(Outcome.PRINTED)
HEAD, REST = b"\x1b@\x1ba\x01HEAD\n", b"REST\n"
TOLD_HEAD = HEAD[:2] + commands.TELL_CHANGES + HEAD[2:]
WHOLE = TOLD_HEAD + REST + commands.cut() + commands.echo("B042")


class TwoLines:
    """A layout of two pieces that notes what had been sent when the second was asked for."""

    def __init__(self, wire: MemoryWire) -> None:
        self._wire = wire
        self.sent_before_the_second = b""
        self.sent_before_its_length = b""

    def lessons(self) -> bytes:
        return b""

    def pieces(self, slip: Slip) -> Iterator[bytes]:
        yield HEAD
        self.sent_before_the_second = bytes(self._wire.sent)
        yield REST

    def rows(self, slip: Slip) -> int:
        self.sent_before_its_length = bytes(self._wire.sent)
        return 60


class Bench:
    def __init__(self, *, can_read: bool = True, profile: str = "auto") -> None:
        self.clock = FakeClock()
        self.wire = MemoryWire(self.clock, can_read=can_read)
        self.layout = TwoLines(self.wire)
        self.printer: Printer = ThermalPrinter(self.wire, self.layout, profile=PROFILES[profile], clock=self.clock)

    def sent_by(self, *, number: str = "B042") -> tuple[PrintOutcome, bytes]:
        before = len(self.wire.sent)
        return self.printer.print(ticket(number=number)), bytes(self.wire.sent[before:])


@pytest.fixture
def bench() -> Bench:
    return Bench()


def test_the_first_piece_is_sent_before_the_second_is_drawn(bench: Bench) -> None:
    bench.printer.print(ticket())
    assert TOLD_HEAD in bench.layout.sent_before_the_second


def test_nobody_asks_how_long_the_slip_is_before_all_of_it_was_sent(bench: Bench) -> None:
    bench.printer.print(ticket())
    assert WHOLE in bench.layout.sent_before_its_length


def test_a_slip_is_its_pieces_its_cut_and_one_question(bench: Bench) -> None:
    bench.printer.status()
    outcome, sent = bench.sent_by()
    assert outcome == PRINTED
    assert sent.startswith(WHOLE)


def test_a_status_seen_a_moment_ago_is_not_asked_for_again(bench: Bench) -> None:
    bench.printer.status()
    bench.clock.advance(FRESH_S - 0.1)
    assert bench.sent_by()[1].startswith(TOLD_HEAD)


def test_an_old_status_is_asked_for_again_before_anything_is_sent(bench: Bench) -> None:
    bench.printer.status()
    bench.clock.advance(FRESH_S + 0.1)
    assert bench.sent_by()[1].startswith(commands.ask_now(1))


def test_a_printer_that_speaks_up_after_a_good_status_is_asked_again(bench: Bench) -> None:
    bench.printer.status()
    bench.wire.machine.faults.paper_out = True
    bench.wire.say(bench.wire.machine.faults.automatic_block())
    outcome, sent = bench.sent_by()
    assert outcome == PrintOutcome(Outcome.NOT_PRINTED, "P-101")
    assert HEAD not in sent
    assert TOLD_HEAD not in sent


def test_an_absent_printer_is_tried_after_1_2_5_and_then_every_10_seconds(bench: Bench) -> None:
    bench.wire.absent = True
    tried_at = []
    began = bench.clock.monotonic()
    for _ in range(400):
        before = bench.wire.opened_count
        assert bench.printer.status() == PrinterStatus(PrinterState.ABSENT, "P-103")
        if bench.wire.opened_count > before:
            tried_at.append(round(bench.clock.monotonic() - began))
        bench.clock.advance(0.1)
    assert tried_at == [0, 1, 3, 8, 18, 28, 38]


def test_a_printer_that_comes_back_prints_again(bench: Bench) -> None:
    bench.wire.absent = True
    assert bench.printer.print(ticket()) == PrintOutcome(Outcome.NOT_PRINTED, "P-103")
    bench.wire.absent = False
    bench.clock.advance(1.1)
    assert bench.printer.print(ticket()) == PRINTED


def test_an_opened_printer_is_first_fed_what_a_lost_link_may_have_left_it_waiting_for(bench: Bench) -> None:
    bench.printer.status()
    assert bytes(bench.wire.sent).startswith(bytes(commands.largest_band(576)) + b"\x1b@")


def test_a_wire_that_cannot_read_never_says_printed() -> None:
    bench = Bench(can_read=False)
    outcome, sent = bench.sent_by()
    assert outcome == PrintOutcome(Outcome.UNKNOWN, "P-110")
    assert sent.endswith(HEAD + REST + commands.cut())
    assert bench.printer.status().state is PrinterState.UNSEEN


def test_a_wire_that_breaks_before_the_first_byte_has_printed_nothing(bench: Bench) -> None:
    bench.printer.status()
    bench.wire.takes = 0
    assert bench.sent_by() == (PrintOutcome(Outcome.NOT_PRINTED, "P-104"), b"")


@pytest.mark.parametrize(("breaks_with", "code"), [(LOST, "P-104"), (STUCK, "P-107")])
@pytest.mark.parametrize("takes", range(1, len(WHOLE)))
def test_a_wire_that_breaks_after_any_byte_leaves_it_unknown(takes: int, breaks_with: str, code: str) -> None:
    bench = Bench()
    bench.printer.status()
    bench.wire.takes, bench.wire.breaks_with = takes, breaks_with
    assert bench.printer.print(ticket()) == PrintOutcome(Outcome.UNKNOWN, code)
    assert not bench.wire.is_open


def test_a_printer_that_never_echoes_is_given_up_within_its_time(bench: Bench) -> None:
    bench.printer.status()
    bench.wire.machine.faults.no_echo = True
    began = bench.clock.monotonic()
    assert bench.printer.print(ticket()) == PrintOutcome(Outcome.UNKNOWN, "P-107")
    assert bench.clock.monotonic() - began < 15


def test_an_echo_of_an_earlier_slip_is_not_taken_for_this_one(bench: Bench) -> None:
    bench.printer.status()
    bench.wire.machine.faults.no_echo = True
    bench.wire.say(b'\x37"B042\x00')
    assert bench.printer.print(ticket()).outcome is Outcome.UNKNOWN


def test_a_printer_without_a_cutter_feeds_the_slip_to_where_it_is_torn() -> None:
    bench = Bench(profile="58mm")
    sent = bench.sent_by()[1]
    assert commands.cut() not in sent and commands.feed(112) in sent


def test_a_printer_known_to_clear_its_buffer_is_told_to_after_a_lost_link() -> None:
    bench = Bench(profile="epson-80mm")
    bench.printer.status()
    assert commands.CLEAR_BUFFER in bench.wire.sent


def test_a_mute_printer_is_asked_again_only_now_and_then(bench: Bench) -> None:
    bench.wire.machine.faults.silent = True
    assert bench.printer.status().state is PrinterState.UNSEEN
    asked = bytes(bench.wire.sent).count(commands.ask_now(1))
    for _ in range(10):
        bench.clock.advance(5)
        bench.printer.status()
    assert bytes(bench.wire.sent).count(commands.ask_now(1)) == asked
    bench.wire.machine.faults.silent = False
    bench.clock.advance(10)
    assert bench.printer.status().state is PrinterState.READY
