"""How loud calls are, by the time of day: ``07:00-11:30 80; 11:30-13:30 40; 13:30-17:00 80``.

Volumes are percent; 0 is silence. Outside every span the usual volume holds. One number
alone, like ``70``, is the usual volume the whole day.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time

USUAL = 80
_SPAN = re.compile(r"([0-9]{1,2}):([0-9]{2})\s*[-–]\s*([0-9]{1,2}):([0-9]{2})\s+([0-9]{1,3})\s*%?")
_ALONE = re.compile(r"([0-9]{1,3})\s*%?")


@dataclass(frozen=True, slots=True)
class LoudSpan:
    """A part of the day, its first moment included, and its volume in percent."""

    start: time
    end: time
    percent: int


@dataclass(frozen=True, slots=True)
class VolumeSchedule:
    """The volume at each moment of a day. The first span that holds a moment counts."""

    usual: int = USUAL
    spans: tuple[LoudSpan, ...] = ()

    def at(self, moment: datetime) -> int:
        """The volume in percent at this moment of office time."""
        clock = moment.time()
        return next((span.percent for span in self.spans if span.start <= clock < span.end), self.usual)

    def __str__(self) -> str:
        """As it is written in the settings."""
        spans = [f"{span.start:%H:%M}-{span.end:%H:%M} {span.percent}" for span in self.spans]
        return "; ".join([*spans, str(self.usual)])


def read_volume(text: str) -> VolumeSchedule:
    """The schedule that a text means; ``ValueError`` with a reason for a person."""
    usual, spans = USUAL, []
    for part in filter(None, (part.strip() for part in text.split(";"))):
        alone = _ALONE.fullmatch(part)
        if alone:
            usual = _percent(alone[1])
        else:
            spans.append(_span(part))
    return VolumeSchedule(usual, tuple(spans))


def _span(part: str) -> LoudSpan:
    found = _SPAN.fullmatch(part)
    if found is None:
        raise ValueError(f"{part!r} is not like 11:30-13:30 40")
    start, end = _time(found[1], found[2]), _time(found[3], found[4])
    if end <= start:
        raise ValueError(f"{part!r} ends before it begins")
    return LoudSpan(start, end, _percent(found[5]))


def _time(hours: str, minutes: str) -> time:
    try:
        return time(int(hours), int(minutes))
    except ValueError:
        raise ValueError(f"{hours}:{minutes} is no time of day") from None


def _percent(text: str) -> int:
    if int(text) > 100:
        raise ValueError(f"{text} % is louder than 100 %")
    return int(text)
