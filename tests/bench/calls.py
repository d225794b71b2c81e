"""How long a call takes, how soon every page shows it, and whether a long day makes either slower."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from tests.bench.floors import bare_commit, percentile
from tests.bench.live_pages import LivePages, Page, live_pages
from tests.doors.served_office import CounterAt, Door, ServedOffice, served_office

COUNTERS = 12
WAITING = 200
ROUNDS = 25
WARM = 2
THINK_S = 0.04
"""Between two presses anywhere in the office; twelve busy counters press less often."""

PAGES = 50
CALLS = 60
SHORT, LONG = 10, 10_000
PAIRS = 40
LIMIT_BYTES = 200_000
BOARD = "/board/live"
LINE = "/counter/live"


def rows() -> Iterator[dict[str, Any]]:
    """``call_next_ms`` (p50, p99), ``live_update_ms``, ``call_flatness``, ``page_bytes_...``."""
    with tempfile.TemporaryDirectory(dir=Path.cwd(), prefix=".bench-") as made:
        folder = Path(made)
        with served_office(folder, "busy", counters=COUNTERS) as office, bare_commit(folder) as commit:
            office.send_tickets(WAITING)
            counters, desk = [office.counter(at + 1) for at in range(COUNTERS)], office.ask()
            yield from _call_rows(office, counters, desk, commit)
            yield _update_row(office, counters, desk)
        yield from _long_day(folder)


def _pages(counters: list[CounterAt], boards: int) -> list[Page]:
    return [*((LINE, one.cookie) for one in counters), *[(BOARD, "")] * boards]


def _call_rows(
    office: ServedOffice, counters: list[CounterAt], desk: Door, commit: Callable[[], float]
) -> Iterator[dict[str, Any]]:
    calls, floors = [], []
    with live_pages(office.port, _pages(counters, 1)):
        for turn in range(WARM + ROUNDS):
            for counter in counters:
                floor, call = commit(), _call_ms(counter)
                desk.take("B")
                time.sleep(THINK_S)
                if turn >= WARM:
                    calls.append(call)
                    floors.append(floor)
    how = (
        f"{len(calls)} presses of 'finish and call next' over HTTP, {COUNTERS} counters in turn with "
        f"{THINK_S * 1000:g} ms of think time between two presses, {WAITING} waiting, every counter's live page and a "
        "board open; durable in the office's book before the answer"
    )
    for name, at in (("p50", 50), ("p99", 99)):
        value, floor = percentile(calls, at), percentile(floors, at)
        yield {
            "name": "call_next_ms",
            "value": round(value, 2),
            "unit": f"ms {name}",
            "how": f"{how}; floor: one bare FULL commit, {name} of the same run; target 3 x floor + 5",
            "floor": round(floor, 2),
            "ratio": round(value / floor, 2),
        }


def _call_ms(counter: CounterAt) -> float:
    start = time.monotonic()
    status, told = counter.press("finish_next")
    took = (time.monotonic() - start) * 1000
    assert status == 200, told
    return took


def _update_row(office: ServedOffice, counters: list[CounterAt], desk: Door) -> dict[str, Any]:
    delays: list[float] = []
    shown = [*counters, *counters, *counters]
    with live_pages(office.port, _pages(shown, PAGES - len(shown))) as pages:
        for call in range(CALLS):
            delays += _delays(counters[call % COUNTERS], pages)
            desk.take("B")
            time.sleep(THINK_S)
    return {
        "name": "live_update_ms",
        "value": round(percentile(delays, 99), 1),
        "unit": "ms p99",
        "how": f"from sending a call over HTTP until the new view has arrived at each of {PAGES} connected pages "
        f"({len(shown)} consoles of {COUNTERS} counters, {PAGES - len(shown)} boards), {CALLS} calls, {WAITING} "
        f"waiting; p50 {percentile(delays, 50):.1f} ms; target 150",
    }


def _delays(counter: CounterAt, pages: LivePages) -> list[float]:
    start = time.monotonic()
    status, told = counter.press("finish_next")
    assert status == 200, told
    return [(came - start) * 1000 for came in pages.arrivals(told["view"]["version"])]


def _long_day(folder: Path) -> Iterator[dict[str, Any]]:
    """A day of few numbers and one of many, side by side, both with as many waiting as the long one leaves."""
    with served_office(folder, "short") as short, served_office(folder, "long") as long:
        short.send_tickets(SHORT)
        long.send_tickets(LONG)
        offices = [(short.counter(1), short.ask()), (long.counter(1), long.ask())]
        yield _flatness(offices)
        yield _bytes("page_bytes_console_10000_waiting", long, LINE, offices[1][0].cookie)
        yield _bytes("page_bytes_board_10000_waiting", long, BOARD, "")


def _flatness(offices: list[tuple[CounterAt, Door]]) -> dict[str, Any]:
    ratios = []
    for pair in range(WARM + PAIRS):
        took = [0.0, 0.0]
        for at in (0, 1) if pair % 2 else (1, 0):
            counter, desk = offices[at]
            desk.take("B")
            took[at] = _call_ms(counter)
        if pair >= WARM:
            ratios.append(took[1] / took[0])
    return {
        "name": "call_flatness",
        "value": round(statistics.median(ratios), 3),
        "unit": "ratio",
        "how": f"calling next over HTTP on a day with {LONG:,} numbers, nearly all waiting, against one with {SHORT}; "
        f"median of {PAIRS} interleaved pairs; target 1.2 at most",
    }


def _bytes(name: str, office: ServedOffice, path: str, cookie: str) -> dict[str, Any]:
    """The page itself with all it loads is the same for everybody; what grows with the line is its view."""
    door = office.ask()
    reply = door.get(path, cookie=cookie)
    event = 0
    while line := reply.readline():
        event += len(line)
        if line == b"\n":
            break
    door.close()
    return {
        "name": name,
        "value": event,
        "unit": "bytes",
        "how": f"one live view, as sent, unpacked, with {LONG:,} numbers waiting; target {LIMIT_BYTES:,} at most",
    }
