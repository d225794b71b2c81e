"""Charts as numbers: where each mark of a small SVG stands, in percent of its width or in pixels of its height.

Lengths are attributes, never styles, since the pages' policy forbids styles in the text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from screens.web.statistics.bands import Bands
from screens.web.statistics.shares import Share

AXIS_FROM, AXIS_TO = 50, 100
SHOWN_BAR = 1.2
"""A bar of somebody is never thinner than this, in percent."""
HOURS_HEIGHT = 250
HOURS_TOP = 22
HOUR_GAP = 0.12
HOURS_LEAST = 10
"""Bars are never wider than a tenth, however short the day."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a bar: its kind names texture and colour; ``x`` and ``width`` in percent."""

    kind: str
    n: int
    x: str
    width: str


def band_pieces(bands: Bands) -> list[Piece]:
    """The bands one after another; while there is no split, all answers are one piece."""
    split = bands.shown
    counts = [("silent", bands.silent)]
    if split is None:
        counts.insert(0, ("answered", bands.answered))
    else:
        parts = [("satisfied", split.satisfied), ("neutral", split.neutral), ("dissatisfied", split.dissatisfied)]
        counts = [*parts, ("answered", bands.held), *counts]
    return laid_pieces(counts)


def laid_pieces(counts: Sequence[tuple[str, int]]) -> list[Piece]:
    """(kind, n) one after another; those of nobody are left out."""
    seen = [(kind, n) for kind, n in counts if n]
    total = sum(n for _, n in seen)
    thin = [n for _, n in seen if 100 * n / total < SHOWN_BAR]
    rest = total - sum(thin)
    free = 100 - SHOWN_BAR * len(thin)
    pieces, at = [], 0.0
    for kind, n in seen:
        width = SHOWN_BAR if 100 * n / total < SHOWN_BAR else free * n / rest
        pieces.append(Piece(kind, n, _percent(at), _percent(width)))
        at += width
    return pieces


@dataclass(frozen=True, slots=True)
class Strip:
    """An interval on the axis from 50 to 100 %. ``below``: it goes on under 50; ``mark`` "" lies there too."""

    x: str
    width: str
    mark: str
    below: bool


def strip_of(share: Share) -> Strip:
    """Where a share and its interval stand."""
    interval = share.interval
    low, high = _on_axis(interval.low), _on_axis(interval.high)
    mark = 100 * share.x / share.n
    return Strip(
        x=_percent(low),
        width=_percent(max(high - low, SHOWN_BAR)),
        mark=_percent(_on_axis(mark / 100)) if mark >= AXIS_FROM else "",
        below=interval.low * 100 < AXIS_FROM,
    )


def _on_axis(share: float) -> float:
    place = (share * 100 - AXIS_FROM) / (AXIS_TO - AXIS_FROM) * 100
    return min(100.0, max(0.0, place))


@dataclass(frozen=True, slots=True)
class HourBar:
    """A half hour: label, number, and where the bar stands; y and height in pixels."""

    label: str
    n: int
    x: str
    width: str
    middle: str
    y: int
    height: int
    whole_hour: bool


def hour_bars(half_hours: Sequence[tuple[str, int]]) -> list[HourBar]:
    """A bar for each half hour from the first to the last of each half day; empty ones between stay empty."""
    if not half_hours:
        return []
    slots = _slots([slot for slot, _ in half_hours])
    counts = dict(half_hours)
    most = max(counts.values())
    step = 100 / max(len(slots), HOURS_LEAST)
    bars = []
    for place, slot in enumerate(slots):
        n = counts.get(slot, 0)
        height = round((HOURS_HEIGHT - HOURS_TOP) * n / most) if n else 0
        height = max(height, 3) if n else 0
        bars.append(
            HourBar(
                label=_clock(slot),
                n=n,
                x=_percent(step * (place + HOUR_GAP / 2)),
                width=_percent(step * (1 - HOUR_GAP)),
                middle=_percent(step * (place + 0.5)),
                y=HOURS_HEIGHT - height,
                height=height,
                whole_hour=slot.endswith("00"),
            )
        )
    return bars


def _slots(seen: Sequence[str]) -> list[str]:
    """All half hours from the first to the last, without the empty ones over noon."""
    first, last = _half_hour(min(seen)), _half_hour(max(seen))
    known = set(seen)
    whole = [f"{at // 2:02d}:{at % 2 * 30:02d}" for at in range(first, last + 1)]
    return [slot for slot in whole if slot in known or not "11:30" <= slot < "13:30"]


def _half_hour(slot: str) -> int:
    return int(slot[:2]) * 2 + int(slot[3:]) // 30


def _clock(slot: str) -> str:
    """ "07:30" as "7:30", "08:00" as "8"."""
    hour, minute = slot.split(":")
    return f"{int(hour)}" if minute == "00" else f"{int(hour)}:{minute}"


def _percent(value: float) -> str:
    return f"{value:.2f}%"
