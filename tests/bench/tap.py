"""From the tap to the first byte at the printer, and whether a long book makes it slower.

The real conductor, desk thread, print thread and thermal printer, over TCP to a virtual
printer in a process of its own, so that its decoding does not share our interpreter.
"""

from __future__ import annotations

import multiprocessing
import queue
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from devices.choose import printer_at
from devices.virtual.server import VirtualPrinterServer
from kiosk.catalogue import read_catalogue
from kiosk.clock import SystemClock
from kiosk.criteria import default_set
from kiosk.desk import Desk, DeskRules
from kiosk.fact import Fact
from kiosk.facts import TicketIssued, TicketPrinted
from kiosk.journal import BookOf, SqliteJournal
from kiosk.numbers import OFFICE_BOOK, HomeNumbers
from kiosk.opening import OpeningHours
from kiosk.settings import read_settings
from kiosk.visit import Place, Printing, Times
from kiosk.visit_events import DonePressed, Event, ServiceChosen
from screens.touch.conductor import Conductor, Surroundings
from screens.touch.desk_thread import DeskThread
from screens.touch.office_scene import scene_facts, slip_maker
from screens.touch.print_thread import PrintThread
from screens.touch.scene_maker import SceneMaker
from tests.bench.floors import bare_commit, percentile

_NO_TIMES = Times(ticket_stay=600, second_ticket=0)
TAPS = 120
WARM = 5
PAIRS = 20
LONG_BOOK = 100_000
ASKING = (b"\x10", b"\x1d\x72", b"\x1d\x49", b"\x1d\x61")
"""What begins a question about the printer's state rather than a slip."""


def rows() -> Iterator[dict[str, Any]]:
    """``tap_to_first_byte_ms`` (p50, p99) and ``journal_flatness``."""
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        yield from _tap_rows(Path(folder))
        yield _flatness(Path(folder))


def _tap_rows(folder: Path) -> Iterator[dict[str, Any]]:
    with _printer_process() as (address, arrivals), _Tapper(folder, address) as tapper, bare_commit(folder) as commit:
        taps, floors = [], []
        for count in range(WARM + TAPS):
            floor = commit()
            tap = tapper.tap(arrivals)
            if count >= WARM:
                taps.append(tap)
                floors.append(floor)
    how = f"{TAPS} taps: conductor, desk thread, FULL commit, slip, print thread, TCP; status asked while idle"
    for name, at in (("p50", 50), ("p99", 99)):
        value, floor = percentile(taps, at), percentile(floors, at)
        yield {
            "name": "tap_to_first_byte_ms",
            "value": round(value, 2),
            "unit": f"ms {name}",
            "how": f"{how}; floor: one bare FULL commit, {name} of the same run; target 3 x floor + 5",
            "floor": round(floor, 2),
            "ratio": round(value / floor, 2),
        }


class _Tapper:
    """One kiosk without a window, printing to ``address``."""

    def __init__(self, folder: Path, address: str) -> None:
        clock = SystemClock()
        settings = read_settings(None, data=folder).settings
        catalogues = read_catalogue().checked()
        self._ends = ExitStack()
        book = self._ends.enter_context(
            SqliteJournal.create(
                folder / "journal.sqlite", of=BookOf("kiosk-1", "bac-son"), utc_offset_h=7, clock=clock
            )
        )
        office = SqliteJournal.create(folder / OFFICE_BOOK, of=BookOf("office", "bac-son"), utc_offset_h=7, clock=clock)
        self._ends.enter_context(office)  # beside it, as in the product: its book is looked at for each number
        rules = DeskRules("kiosk-1", catalogues.letter_of, default_set())
        self._inbox: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._desk = DeskThread(
            lambda: Desk(book, rules, numbers=HomeNumbers(folder)),
            book=book,
            slip_of=slip_maker(settings, catalogues, clock),
            tell=self._tell,
        )
        self._printing = PrintThread(
            lambda: printer_at(address, profile="auto", slip="rich", data_folder=folder, clock=clock),
            changed=self._desk.printer_changed,
            poll_s=0.5,
        )
        scenes = SceneMaker(
            scene_facts(settings, catalogues, default_set(), opening=OpeningHours(None)), clock=clock, times=_NO_TIMES
        )
        self._conductor = Conductor(
            Surroundings(
                desk=self._desk,
                scenes=scenes,
                show=lambda _: None,
                post=self._inbox.put,
                clock=clock,
                is_open=lambda _: True,
                times=_NO_TIMES,
                hold_s=0,
            )
        )

    def _tell(self, event: Event) -> None:
        self._conductor.tell(event)

    def __enter__(self) -> _Tapper:
        self._ends.callback(self._desk.close, 5)
        self._ends.callback(self._printing.close, 5)
        self._conductor.begin()
        self._printing.start()
        self._desk.start(self._printing)
        while self._printing.status.state == "unseen":
            time.sleep(0.01)
        return self

    def __exit__(self, *_: object) -> None:
        self._ends.close()

    def tap(self, arrivals: Connection) -> float:
        """Take a number and wait until it is printed; milliseconds from the tap to the slip's first byte."""
        while arrivals.poll():
            arrivals.recv()
        start = time.monotonic()
        self._conductor.act(ServiceChosen("B", asks_priority=False))
        first = _first_of_slip(arrivals)
        while self._conductor.visit.printing is not Printing.PRINTED:
            self._inbox.get(timeout=20)()
        self._conductor.act(DonePressed())
        assert self._conductor.visit.place is Place.HOME
        return (first - start) * 1000


def _first_of_slip(arrivals: Connection) -> float:
    while True:
        if not arrivals.poll(20):
            raise TimeoutError("no slip came out")
        at, head = arrivals.recv()
        if not head.startswith(ASKING):
            return float(at)


@contextmanager
def _printer_process() -> Iterator[tuple[str, Connection]]:
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=_serve, args=(theirs,), daemon=True)
    process.start()
    try:
        yield ours.recv(), ours
    finally:
        process.terminate()
        process.join()


class _NotingServer(VirtualPrinterServer):
    """Says when bytes arrived, before it decodes them."""

    def __init__(self, told: Connection) -> None:
        super().__init__()
        self._told = told

    def take(self, data: bytes) -> None:
        """Bytes have arrived."""
        self._told.send((time.monotonic(), data[:8]))
        super().take(data)


def _serve(told: Connection) -> None:
    with _NotingServer(told) as server:
        told.send(server.address)
        while True:
            time.sleep(60)


def _flatness(folder: Path) -> dict[str, Any]:
    with ExitStack() as ends:
        short, long = (ends.enter_context(_book(folder / f"{name}.sqlite")) for name in ("short", "long"))
        _fill(long, LONG_BOOK)
        _begin_log_anew(folder / "long.sqlite")
        rules = DeskRules("kiosk-1", lambda service, _: service, default_set())
        desks = Desk(long, rules), Desk(short, rules)
        ratios = []
        for visit in range(WARM + PAIRS):
            pair = [_issue_ms(desk, visit) for desk in (desks if visit % 2 else reversed(desks))]
            ratio = pair[0] / pair[1] if visit % 2 else pair[1] / pair[0]
            if visit >= WARM:
                ratios.append(ratio)
    return {
        "name": "journal_flatness",
        "value": round(statistics.median(ratios), 3),
        "unit": "ratio",
        "how": f"issuing a ticket in a book of {LONG_BOOK:,} entries against an empty one, "
        f"median of {PAIRS} interleaved pairs; target 1.2 at most",
    }


def _issue_ms(desk: Desk, visit: int) -> float:
    start = time.monotonic()
    desk.issue_ticket(visit_id=visit, service="B", priority=False)
    return time.monotonic() - start


def _book(path: Path) -> SqliteJournal:
    return SqliteJournal.create(path, of=BookOf("kiosk-1", "bac-son"), utc_offset_h=7, clock=_StoryClock())


def _fill(book: SqliteJournal, count: int) -> None:
    """Half tickets, half outcomes, over the days of a year."""
    made = 0
    while made < count:
        facts: list[Fact] = []
        for at in range(250):
            number = f"B{at + 1:03d}"
            facts += [
                TicketIssued(number, "B", False, f"{made + at:064x}", f"{made + at + 1:064x}"),
                TicketPrinted(number),
            ]
        book.append_all(facts)
        made += len(facts)
        _StoryClock.day += 1


def _begin_log_anew(path: Path) -> None:
    """Both books begin with an empty write-ahead log: writing over an old one is cheaper than growing a new one."""
    with closing(sqlite3.connect(path)) as link:
        link.execute("pragma wal_checkpoint(truncate)")


class _StoryClock:
    """A clock whose days are turned by hand, both hands together."""

    day = 0

    def now(self) -> datetime:
        return datetime(2026, 1, 5, 1, 0, tzinfo=UTC) + timedelta(days=self.day)

    def monotonic(self) -> float:
        return self.day * 86_400.0
