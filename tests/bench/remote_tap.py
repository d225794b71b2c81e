"""From the tap to the number: of a kiosk beside its office server, and of one across a network, linked and cut.

Real processes: office server, two kiosks without a window, a cable of ours between them.
"""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kiosk.remote_numbers import ASK_S
from tests.bench.floors import bare_commit
from tests.doors.lobby_of_two import KioskProcess, LobbyOfTwo
from tests.fakes.cable import Wire
from tests.fakes.waiting import until

TAPS = 100
WARM = 5
CUTS = 6


def rows() -> Iterator[dict[str, Any]]:
    """``remote_tap_ms``: p50 and p99 at home, linked and known cut; the median of the first taps after a cut."""
    with (
        tempfile.TemporaryDirectory(dir=Path.cwd()) as folder,
        bare_commit(Path(folder)) as commit,
        LobbyOfTwo(Path(folder) / "lobby") as lobby,
    ):
        floors = [commit() for _ in range(TAPS)]
        home, linked, lent = _taps(lobby.home), [], 0
        for _ in range(WARM + TAPS):
            told = lobby.far.do("take B")
            if len(told["number"]) == 4:  # of the shared series
                linked.append(told["ms"])
            else:
                lent += 1
                until(lambda: lobby.far.state()["allowed"])
        first = [_first_after_cut(lobby) for _ in range(CUTS)]
        lobby.cable.become(Wire.BLACK_HOLE)
        until(lambda: not lobby.far.state()["allowed"])
        known = _taps(lobby.far)
        lobby.cable.become(Wire.WHOLE)
    floor = statistics.median(floors)
    yield from _rows("beside its office", home, floor)
    yield from _rows(f"linked; {lent} of {WARM + TAPS} taps were not answered in time", linked[WARM:], floor)
    yield from _rows("link known to be cut", known, floor)
    how = f"first tap after a cut that nobody was told of, {CUTS} cuts; the deadline is {ASK_S * 1000:.0f} ms"
    yield _row("ms p50", statistics.median(first), how, floor)
    yield _row("ms max", max(first), how, floor)


def _taps(kiosk: KioskProcess) -> list[float]:
    return [float(kiosk.do("take B")["ms"]) for _ in range(WARM + TAPS)][WARM:]


def _first_after_cut(lobby: LobbyOfTwo) -> float:
    """The breaker must not know yet: the feed asks every other second, so a tap right behind the cut is the first."""
    until(lambda: lobby.far.state()["allowed"])
    lobby.far.take()
    lobby.cable.become(Wire.BLACK_HOLE)
    ms = float(lobby.far.do("take B")["ms"])
    lobby.cable.become(Wire.WHOLE)
    return ms


def _rows(how: str, taps: list[float], floor: float) -> Iterator[dict[str, Any]]:
    marks = statistics.quantiles(taps, n=100, method="inclusive")
    for unit, value in (("ms p50", marks[49]), ("ms p99", marks[98])):
        yield _row(unit, value, how, floor)


def _row(unit: str, value: float, how: str, floor: float) -> dict[str, Any]:
    return {
        "name": "remote_tap_ms",
        "value": round(value, 2),
        "unit": unit,
        "how": f"tap to number in the book, {how}; floor: one bare FULL commit, p50 of the same run",
        "floor": round(floor, 2),
        "ratio": round(value / floor, 2),
    }
