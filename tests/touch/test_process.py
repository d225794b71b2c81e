"""``kiosk touch`` as a process: a real finger, a printer over TCP, signals, and death in the middle."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from devices.virtual.server import VirtualPrinterServer
from kiosk.book_file import read_entries
from kiosk.clock import SystemClock
from kiosk.entry import Entry
from kiosk.fact import Fact
from kiosk.facts import (
    KioskStarted,
    TicketIssued,
    TicketNotPrinted,
    TicketPrinted,
    TicketPrintUnknown,
)
from kiosk.journal import BookOf, SqliteJournal
from screens.touch.tap_guard import HOLD_S
from tests.bench.kiosk_process import TOUCH, Watched, display, started
from tests.fakes.finger import Finger
from tests.fakes.waiting import until

OUTCOMES = (TicketPrinted, TicketNotPrinted, TicketPrintUnknown)
GO_S = 15.0
NOBODY = "127.0.0.1:9"


@pytest.fixture(scope="module")
def shown_on() -> Iterator[str]:
    with display() as name:
        yield name


@pytest.fixture
def finger(shown_on: str) -> Iterator[Finger]:
    made = Finger(shown_on)
    yield made
    made.close()


@pytest.fixture
def printer() -> Iterator[VirtualPrinterServer]:
    with VirtualPrinterServer() as made:
        yield made


class Kiosk:
    """A data folder, its settings, and the finger on its glass."""

    def __init__(self, data: Path, address: str, finger: Finger) -> None:
        self.data = data
        self._finger = finger
        self._settings = data / "settings.toml"
        self._settings.write_text(
            f'[printer]\naddress = "{address}"\n[server]\nlisten = "{NOBODY}"\n', encoding="utf-8"
        )

    @property
    def command(self) -> tuple[str, ...]:
        """How it is started, telling where its keys are."""
        return (sys.executable, "-m", "tests.bench.touched", str(self.data), str(self._settings))

    def take_number(self, one: Watched, *, second: bool = False) -> None:
        """From home to a number of B; ``second``: right behind the last one, which is asked about."""
        one.keys_on("home")
        if second:
            self._go(one, "tile:B", to="confirm_second_ticket")
        self._go(one, "second:yes" if second else "tile:B", to="priority")
        self._go(one, "priority:no", to="ticket_done")

    def go_home(self, one: Watched) -> None:
        """Away from the number."""
        self._go(one, "done", to="home")

    def entries(self, *facts: type[Fact]) -> list[Entry]:
        """Entries of these facts in the book."""
        names = {fact.__name__ for fact in facts}
        return [entry for entry in read_entries(self.data / "journal.sqlite") if entry.fact in names]

    def numbers(self, *facts: type[Fact]) -> list[str]:
        """The numbers those entries are about."""
        return [str(entry.fields()["number"]) for entry in self.entries(*facts)]

    def _go(self, one: Watched, key: str, *, to: str) -> None:
        """Tap a key until its screen is there: one that only just appeared takes no tap yet."""
        x, y, width, height = one.keys[key]
        end = time.monotonic() + GO_S
        while one.screen != to:
            assert time.monotonic() < end, f"{key} does not lead to {to}"
            self._finger.tap(x + width / 2, y + height / 2)
            one.look(within_s=HOLD_S)


def test_a_kiosk_killed_while_it_prints_loses_no_number_and_gives_none_twice(
    tmp_path: Path, shown_on: str, finger: Finger, printer: VirtualPrinterServer
) -> None:
    kiosk = Kiosk(tmp_path, printer.address, finger)
    with started(kiosk.command, shown_on=shown_on) as one:
        kiosk.take_number(one)
        until(lambda: kiosk.numbers(TicketPrinted) == ["B001"])
        kiosk.go_home(one)
        printer.link.stall = True
        kiosk.take_number(one, second=True)
        until(lambda: kiosk.numbers(TicketIssued) == ["B001", "B002"])
        one.process.send_signal(signal.SIGKILL)
        one.process.wait()
    printer.link.stall = False
    with started(kiosk.command, shown_on=shown_on) as one:
        until(lambda: kiosk.numbers(TicketPrintUnknown) == ["B002"])
        kiosk.take_number(one)
        until(lambda: kiosk.numbers(TicketPrinted) == ["B001", "B003"])
    assert kiosk.numbers(TicketIssued) == ["B001", "B002", "B003"]
    assert sorted(kiosk.numbers(*OUTCOMES)) == ["B001", "B002", "B003"]
    assert len(kiosk.entries(KioskStarted)) == 2
    checked = subprocess.run(
        [sys.executable, "-m", "kiosk", "--data", str(tmp_path), "check"], capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_a_signal_ends_everything_with_code_0_and_lets_the_book_go(
    tmp_path: Path, shown_on: str, finger: Finger, printer: VirtualPrinterServer
) -> None:
    kiosk = Kiosk(tmp_path, printer.address, finger)
    for sign in (signal.SIGTERM, signal.SIGINT):
        with started(kiosk.command, shown_on=shown_on) as one:
            one.process.send_signal(sign)
            assert one.process.wait(10) == 0
    with SqliteJournal.open(tmp_path / "journal.sqlite", utc_offset_h=7, clock=SystemClock()) as book:
        assert book.kiosk_id == "kiosk-1"


def test_the_screen_is_photographed_for_who_asks(tmp_path: Path, shown_on: str) -> None:
    picture = tmp_path / "screen.png"
    with started((*TOUCH, "--data", str(tmp_path), "--picture"), shown_on=shown_on):
        until(picture.exists)
        assert picture.read_bytes().startswith(b"\x89PNG")


def refusal(data: Path, **environment: str) -> tuple[int, str]:
    """Exit code and words of a kiosk that cannot start."""
    ended = subprocess.run(
        (*TOUCH, "--data", str(data)),
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    return ended.returncode, ended.stderr


@pytest.mark.parametrize("name", ["", ":9999"])
def test_without_a_display_it_says_so_and_ends_with_2(tmp_path: Path, name: str) -> None:
    code, words = refusal(tmp_path, DISPLAY=name)
    assert (code, words[:5], words.count("\n")) == (2, "M-206", 1)


def test_another_office_s_book_is_left_alone(tmp_path: Path, shown_on: str) -> None:
    of = BookOf("kiosk-1", "xa-khac")
    SqliteJournal.create(tmp_path / "journal.sqlite", of=of, utc_offset_h=7, clock=SystemClock()).close()
    code, words = refusal(tmp_path, DISPLAY=shown_on)
    assert (code, words[:5], words.count("\n")) == (2, "J-106", 1)


def test_a_damaged_book_is_one_sentence(tmp_path: Path, shown_on: str) -> None:
    (tmp_path / "journal.sqlite").write_bytes(b"SQLite format 3\0" + os.urandom(8192))
    code, words = refusal(tmp_path, DISPLAY=shown_on)
    assert (code, words[:2], words.count("\n")) == (2, "J-", 1)


def test_a_second_kiosk_on_the_same_data_is_one_sentence(tmp_path: Path, shown_on: str) -> None:
    of = BookOf("kiosk-1", "bac-son")
    with SqliteJournal.create(tmp_path / "journal.sqlite", of=of, utc_offset_h=7, clock=SystemClock()):
        code, words = refusal(tmp_path, DISPLAY=shown_on)
    assert (code, words[:5], words.count("\n")) == (2, "J-105", 1)
