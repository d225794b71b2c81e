"""The hours of a week, and how a person writes them: ``Mon-Fri 07:30-11:30 13:30-17:00; Sat 07:30-11:30``.

Days are Mon … Sun or T2 … T7 and CN, alone, as a range or in a list (``Mon,Wed``); days
that are not named are closed. Times are 24-hour office time, ``7:30``, ``07:30`` or ``07h30``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import time
from itertools import groupby, pairwise

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_NUMBERS: Mapping[str, int] = {
    **{name: number for number, name in enumerate(DAYS)},
    **{name: number for number, name in enumerate(("t2", "t3", "t4", "t5", "t6", "t7", "cn"))},
}
_DASH = re.compile(r"\s*[-–]\s*")
_TIME = re.compile(r"([0-9]{1,2})[:hH]([0-9]{2})")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Open from ``start`` until before ``end``, on one day, office time."""

    start: time
    end: time

    def __str__(self) -> str:
        """``07:30-11:30``."""
        return f"{self.start:%H:%M}-{self.end:%H:%M}"


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """Seven days from Monday, each with its spans in order; a closed day has none."""

    week: tuple[tuple[Span, ...], ...]

    def on(self, weekday: int) -> tuple[Span, ...]:
        """The spans of a weekday, Monday 0 … Sunday 6."""
        return self.week[weekday]

    def __str__(self) -> str:
        """As it can be written in settings: ``Mon-Fri 07:30-11:30 13:30-17:00; Sat 07:30-11:30``."""
        runs = [
            (spans, [day for day, _ in run]) for spans, run in groupby(enumerate(self.week), key=lambda day: day[1])
        ]
        return "; ".join(f"{_run(days)} {' '.join(map(str, spans))}" for spans, days in runs if spans)


def read_hours(text: str) -> OfficeHours:
    """The hours a text says; ``ValueError`` with one sentence if it cannot be understood."""
    week: dict[int, tuple[Span, ...]] = {}
    for part in filter(None, (part.strip() for part in text.split(";"))):
        days, spans = _part(part)
        for day in days:
            if day in week:
                raise ValueError(f"{DAYS[day].title()} is named twice")
            week[day] = spans
    if not week:
        raise ValueError("there is no day in it; write it like Mon-Fri 07:30-11:30 13:30-17:00")
    return OfficeHours(tuple(week.get(day, ()) for day in range(7)))


def _run(days: list[int]) -> str:
    names = [DAYS[day].title() for day in days]
    return names[0] if len(names) == 1 else f"{names[0]}-{names[-1]}"


def _part(part: str) -> tuple[tuple[int, ...], tuple[Span, ...]]:
    tight = re.sub(r"\s*,\s*", ",", _DASH.sub("-", part))
    days, *spans = tight.split()
    if not spans:
        raise ValueError(f"{part!r} has no hours; write it like Sat 07:30-11:30")
    return tuple(_days(days)), _spans(spans)


def _days(text: str) -> Iterator[int]:
    for piece in text.split(","):
        first, dash, last = piece.partition("-")
        start, end = _day(first), _day(last if dash else first)
        if end < start:
            raise ValueError(f"{piece!r} runs backwards; a week begins on Monday")
        yield from range(start, end + 1)


def _day(text: str) -> int:
    number = _NUMBERS.get(text.lower())
    if number is None:
        raise ValueError(f"{text!r} is no day; days are Mon Tue Wed Thu Fri Sat Sun or T2 … T7 CN")
    return number


def _spans(texts: list[str]) -> tuple[Span, ...]:
    spans = tuple(_span(text) for text in texts)
    for earlier, later in pairwise(spans):
        if later.start < earlier.end:
            raise ValueError(f"{later.start:%H:%M} is before {earlier.end:%H:%M} of the span before it")
    return spans


def _span(text: str) -> Span:
    start, dash, end = text.partition("-")
    if not dash:
        raise ValueError(f"{text!r} is no span of hours like 07:30-11:30")
    span = Span(_time(start), _time(end))
    if span.end <= span.start:
        raise ValueError(f"{text!r} ends before it begins")
    return span


def _time(text: str) -> time:
    found = _TIME.fullmatch(text)
    if found is None or int(found[1]) > 23 or int(found[2]) > 59:
        raise ValueError(f"{text!r} is no time of day like 07:30")
    return time(int(found[1]), int(found[2]))
