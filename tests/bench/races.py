"""Everybody at once, over HTTP: no number to two counters or two citizens, every loser told, none lost."""

from __future__ import annotations

import statistics
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from kiosk.book_file import read_entries
from kiosk.facts import TicketIssued
from kiosk.line_facts import TicketCalled
from sync.central.office_book import JOURNAL
from tests.bench.floors import percentile
from tests.doors.served_office import CounterAt, ServedOffice, served_office

ROUNDS = 1000
CLIENTS = 32
TICKETS = 3000
TOLD = {"S-330", "S-331"}
"""Nobody is left; another counter was quicker."""


def rows() -> Iterator[dict[str, Any]]:
    """``race_two_counters``, ``race_ten_counters``, ``tickets_32_clients``."""
    with tempfile.TemporaryDirectory(dir=Path.cwd(), prefix=".bench-") as made:
        folder = Path(made)
        for name, counters in (("two", 2), ("ten", 10)):
            with served_office(folder, name, counters=counters) as office:
                race = Race(office, counters)
                for round in range(ROUNDS):
                    race.run(round)
                yield from race.rows(f"race_{name}_counters")
        with served_office(folder, "desk") as office:
            yield from _tickets(office)


class Race:
    """Counters that press in the same instant, round after round.

    In every other round half as many wait as there are counters, and all press "next"; in the rounds between
    all call one number.
    """

    def __init__(self, office: ServedOffice, count: int) -> None:
        self._office = office
        self._counters = [office.counter(at + 1) for at in range(count)]
        self._desk = office.ask()
        self._start = threading.Barrier(count)
        self._pool = ThreadPoolExecutor(count)
        self.won = self.told = self.untold = self.doubled = 0

    def run(self, round: int) -> None:
        """One round; everything that was called is finished behind it."""
        if round % 2:
            number = self._desk.take("B")
            answers = self._at_once(lambda one: one.press("call_number", number=number, reason="emergency"))
        else:
            for _ in range((len(self._counters) + 1) // 2):
                self._desk.take("B")
            answers = self._at_once(lambda one: one.press("next"))
        winners = [told["view"]["current"]["row"]["number"] for status, told in answers if status == 200]
        losers = [told.get("code", "") for status, told in answers if status != 200]
        self.won += len(winners)
        self.doubled += len(winners) - len(set(winners))
        self.told += sum(code in TOLD for code in losers)
        self.untold += sum(code not in TOLD for code in losers)
        for counter, (status, _) in zip(self._counters, answers, strict=True):
            if status == 200:
                counter.press("finish")

    def rows(self, name: str) -> Iterator[dict[str, Any]]:
        """Doubled calls, and losers that were not told; the books are read as well as the answers."""
        self._pool.shutdown()
        called = Counter(
            entry.fields()["number"]
            for entry in read_entries(self._office.data / JOURNAL)
            if entry.fact == TicketCalled.__name__
        )
        twice = sum(count - 1 for count in called.values())
        how = (
            f"{ROUNDS:,} rounds of {len(self._counters)} counters pressing in the same instant over HTTP, 'next' and "
            f"calling one number by turns: {self.won:,} got a number, {self.told:,} were told S-330 or S-331"
        )
        yield {"name": name, "value": self.doubled + twice, "unit": "numbers called twice", "how": f"{how}; target 0"}
        yield {"name": name, "value": self.untold, "unit": "losers not told", "how": f"{how}; target 0"}

    def _at_once(self, press: Callable[[CounterAt], tuple[int, Any]]) -> Sequence[tuple[int, Any]]:
        def go(counter: CounterAt) -> tuple[int, Any]:
            self._start.wait()
            return press(counter)

        return list(self._pool.map(go, self._counters))


def _tickets(office: ServedOffice) -> Iterator[dict[str, Any]]:
    doors = [office.ask() for _ in range(CLIENTS)]
    numbers: list[str] = []
    took: list[float] = []

    def take(at: int) -> None:
        for _ in range(TICKETS // CLIENTS + (at < TICKETS % CLIENTS)):
            start = time.monotonic()
            numbers.append(doors[at].take("B"))
            took.append((time.monotonic() - start) * 1000)

    begun = time.monotonic()
    with ThreadPoolExecutor(CLIENTS) as pool:
        list(pool.map(take, range(CLIENTS)))
    rate = len(numbers) / (time.monotonic() - begun)
    written = [
        entry.fields()["number"]
        for entry in read_entries(office.data / JOURNAL)
        if entry.fact == TicketIssued.__name__
    ]  # fmt: skip
    lost = len(set(numbers) - set(written)) + TICKETS - len(numbers)
    doubled = len(numbers) - len(set(numbers)) + len(written) - len(set(written))
    how = f"{CLIENTS} clients take {TICKETS:,} numbers of one service over HTTP at once, each durable before its answer"
    for value, unit, target in (
        (doubled, "doubled", "; target 0"),
        (lost, "lost", "; target 0"),
        (round(rate), "tickets/s", ""),
        (round(statistics.median(took), 1), "ms p50", ""),
        (round(percentile(took, 99), 1), "ms p99", ""),
    ):
        yield {"name": "tickets_32_clients", "value": value, "unit": unit, "how": how + target}
