"""The print thread: nobody waits for the printer, and every slip gets its word."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from kiosk.ports import Outcome, Printer, PrinterStatus, PrintOutcome
from kiosk.slip import Number, Slip
from kiosk.trouble import PrinterTrouble
from screens.touch.print_thread import PLACES, PrintThread
from tests.fakes.printer import ABSENT, PAPER_OUT, READY, FakePrinter
from tests.fakes.waiting import until

QUICK_S = 0.01
SLIP = Slip("0001", (Number("B001"),))

Start = Callable[[Callable[[], Printer]], PrintThread]


class Words:
    """What was told, in order."""

    def __init__(self) -> None:
        self.outcomes: list[PrintOutcome] = []
        self.changes: list[tuple[PrinterStatus, PrinterStatus]] = []

    def changed(self, before: PrinterStatus, now: PrinterStatus) -> None:
        self.changes.append((before, now))


@pytest.fixture
def words() -> Words:
    return Words()


@pytest.fixture
def start(words: Words) -> Iterator[Start]:
    with ExitStack() as ends:

        def started(make: Callable[[], Printer]) -> PrintThread:
            thread = PrintThread(make, changed=words.changed, poll_s=QUICK_S)
            thread.start()
            ends.callback(thread.close, 5)
            return thread

        yield started


def test_a_slip_is_printed_and_settled(start: Start, words: Words) -> None:
    printer = FakePrinter()
    start(lambda: printer).send(SLIP, words.outcomes.append)
    until(lambda: words.outcomes)
    assert printer.slips == [SLIP]
    assert words.outcomes == [PrintOutcome(Outcome.PRINTED)]


def test_a_printer_known_to_be_out_of_paper_settles_at_once_and_is_not_tried(start: Start, words: Words) -> None:
    printer = FakePrinter(PAPER_OUT)
    thread = start(lambda: printer)
    until(lambda: thread.status == PAPER_OUT)
    thread.send(SLIP, words.outcomes.append)
    assert words.outcomes == [PrintOutcome(Outcome.NOT_PRINTED, "P-101")]
    assert not printer.started.acquire(blocking=False)


def test_paper_put_in_again_is_noticed_by_itself(start: Start, words: Words) -> None:
    printer = FakePrinter(PAPER_OUT)
    thread = start(lambda: printer)
    until(lambda: thread.status == PAPER_OUT)
    printer.is_now = READY
    until(lambda: thread.status == READY)
    assert words.changes[-1] == (PAPER_OUT, READY)
    thread.send(SLIP, words.outcomes.append)
    until(lambda: words.outcomes)
    assert words.outcomes[0].outcome is Outcome.PRINTED


def test_a_change_is_told_once(start: Start, words: Words) -> None:
    printer = FakePrinter()
    thread = start(lambda: printer)
    until(lambda: thread.status == READY)
    printer.is_now = ABSENT
    until(lambda: thread.status == ABSENT)
    printer.is_now = READY
    until(lambda: thread.status == READY)
    assert [now for _, now in words.changes] == [READY, ABSENT, READY]


def test_handing_in_never_waits_for_a_stuck_printer(start: Start, words: Words) -> None:
    printer = FakePrinter()
    printer.going.clear()
    thread = start(lambda: printer)
    thread.send(SLIP, words.outcomes.append)
    assert printer.started.acquire(timeout=10)
    for _ in range(PLACES):
        thread.send(SLIP, words.outcomes.append)
    assert words.outcomes == []
    thread.send(SLIP, words.outcomes.append)
    assert words.outcomes == [PrintOutcome(Outcome.NOT_PRINTED, "P-107")]
    printer.going.set()
    until(lambda: len(words.outcomes) == PLACES + 2)


def test_closing_prints_what_was_handed_in_and_lets_the_printer_go(words: Words) -> None:
    printer = FakePrinter()
    thread = PrintThread(lambda: printer, changed=words.changed)
    for _ in range(3):
        thread.send(SLIP, words.outcomes.append)
    thread.start()
    assert thread.close(10)
    assert len(printer.slips) == len(words.outcomes) == 3
    assert printer.closed


def test_closing_does_not_wait_longer_than_it_was_told(words: Words) -> None:
    printer = FakePrinter()
    printer.going.clear()
    thread = PrintThread(lambda: printer, changed=words.changed)
    thread.start()
    thread.send(SLIP, words.outcomes.append)
    assert printer.started.acquire(timeout=10)
    assert not thread.close(QUICK_S)
    printer.going.set()


def test_a_closed_thread_says_so_to_whoever_still_comes(words: Words) -> None:
    thread = PrintThread(FakePrinter, changed=words.changed)
    thread.start()
    assert thread.close(10)
    thread.send(SLIP, words.outcomes.append)
    assert words.outcomes[0].outcome is Outcome.NOT_PRINTED


def test_a_driver_that_breaks_down_leaves_an_unknown_outcome_and_goes_on(start: Start, words: Words) -> None:
    printer = FakePrinter()
    printer.breaks_down = True
    thread = start(lambda: printer)
    thread.send(SLIP, words.outcomes.append)
    until(lambda: words.outcomes)
    assert words.outcomes[0].outcome is Outcome.UNKNOWN
    printer.breaks_down = False
    thread.send(SLIP, words.outcomes.append)
    until(lambda: len(words.outcomes) == 2)
    assert words.outcomes[1].outcome is Outcome.PRINTED


def test_a_printer_that_cannot_be_made_is_away_with_its_reason_until_it_can(start: Start, words: Words) -> None:
    printer = FakePrinter()
    missing = [PrinterTrouble("P-122"), PrinterTrouble("P-122")]

    def make() -> FakePrinter:
        if missing:
            raise missing.pop()
        return printer

    thread = start(make)
    until(lambda: thread.status == READY)
    assert words.changes[0][1].reason == "P-122"


def test_slips_are_drawn_ahead_when_asked(start: Start) -> None:
    printer = FakePrinter()
    start(lambda: printer).prepare((SLIP,))
    until(lambda: printer.prepared == [SLIP])
