"""Whether the office is open, until when, and what a closed kiosk says about it.

All moments are office time (``kiosk.clock.office_time``). Without hours the office is
always open, holidays or not: then nobody has told the kiosk when people come.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from kiosk.holidays import Holiday, holidays
from kiosk.office_hours import OfficeHours, Span
from kiosk.words import Words

SEARCH_DAYS = 30
DAY_KEYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
AFTERNOON_FROM = 12


@dataclass(frozen=True, slots=True)
class OpeningState:
    """Open or closed, and until when; ``until`` None: no change within a month, or never."""

    open: bool
    until: datetime | None


@dataclass(frozen=True, slots=True)
class ClosedWords:
    """What the screen of a closed office says; "" is left out.

    ``hours``: a line a half day; ``days``: when they hold; ``back``: day of return, "" for
    this afternoon or for unknown; ``back_part``: "morning" or "afternoon"; ``holiday``:
    today's holiday (``holiday_today``) or tomorrow's by name, ``holiday_day`` its date.
    """

    hours: tuple[str, ...]
    days: str
    back: str
    back_part: str
    holiday: str
    holiday_day: str
    holiday_today: bool


class OpeningHours:
    """An office's hours with the public holidays in them."""

    def __init__(self, hours: OfficeHours | None, days_off: Mapping[date, Holiday] | None = None) -> None:
        """``days_off`` None: the built-in public holidays."""
        self._hours = hours
        self._days_off = holidays() if days_off is None else days_off

    def is_open(self, moment: datetime) -> bool:
        """Whether the office is open at this moment of office time."""
        return self._hours is None or any(start <= moment < end for start, end in self._spans(moment, moment.date()))

    def state(self, moment: datetime) -> OpeningState:
        """Open or closed, and until when."""
        if self._hours is None:
            return OpeningState(True, None)
        for start, end in self._spans_from(moment):
            if end > moment:
                return OpeningState(True, end) if start <= moment else OpeningState(False, start)
        return OpeningState(False, None)

    def next_opening(self, moment: datetime) -> datetime | None:
        """When it opens next after this moment; None for always open, or not within a month."""
        if self._hours is None:
            return None
        return next((start for start, _ in self._spans_from(moment) if start > moment), None)

    def holiday(self, day: date) -> Holiday | None:
        """The public holiday of a day."""
        return self._days_off.get(day)

    def spans(self, day: date) -> tuple[Span, ...]:
        """When the office is open on a day; none on a holiday, nor without hours (nobody told them)."""
        return () if self._hours is None or day in self._days_off else self._hours.on(day.weekday())

    @property
    def always(self) -> bool:
        """Whether nobody told the hours, so that it is never closed."""
        return self._hours is None

    def closed_words(self, moment: datetime, words: Words) -> ClosedWords | None:
        """What to say while the office is closed; None without hours."""
        if self._hours is None:
            return None
        lines, days = _hours_words(self._hours, words)
        back, part = _return_words(moment, self.next_opening(moment), words)
        today = self.holiday(moment.date())
        off = today or self.holiday(moment.date() + timedelta(days=1))
        name = off.names[words.language] if off else ""
        day = f"{day_name(off.day, words)}, {off.day:%d/%m/%Y}" if off else ""
        return ClosedWords(lines, days, back, part, name, day, today is not None)

    def _spans_from(self, moment: datetime) -> Iterator[tuple[datetime, datetime]]:
        for ahead in range(SEARCH_DAYS + 1):
            yield from self._spans(moment, moment.date() + timedelta(days=ahead))

    def _spans(self, moment: datetime, day: date) -> Iterator[tuple[datetime, datetime]]:
        if self._hours is None or day in self._days_off:
            return
        for span in self._hours.on(day.weekday()):
            start = datetime.combine(day, span.start, moment.tzinfo)
            yield start, datetime.combine(day, span.end, moment.tzinfo)


def day_name(day: date, words: Words) -> str:
    """The weekday in words."""
    return words.say(f"common.{DAY_KEYS[day.weekday()]}")


def _return_words(moment: datetime, opens: datetime | None, words: Words) -> tuple[str, str]:
    if opens is None:
        return "", "morning"
    part = "morning" if opens.hour < AFTERNOON_FROM else "afternoon"
    if part == "afternoon" and opens.date() == moment.date():
        return "", part
    name, date_text = day_name(opens.date(), words), f"{opens:%d/%m}"
    if words.language == "vi":
        return f"{name}, {date_text}", part
    return name if opens - moment < timedelta(days=6) else f"{name} {date_text}", part


def _hours_words(hours: OfficeHours, words: Words) -> tuple[tuple[str, ...], str]:
    """Lines of the hours that hold on most days, and the days; other days' hours behind them."""
    groups: dict[tuple[Span, ...], list[int]] = {}
    for weekday, spans in enumerate(hours.week):
        if spans:
            groups.setdefault(spans, []).append(weekday)
    (usual, days), *others = sorted(groups.items(), key=lambda group: -len(group[1]))
    texts = [_days_words(days, words)]
    for spans, other_days in others:
        said = ", ".join(_span_text(span) for span in spans)
        texts.append(words.say("closed.other_days", days=_days_words(other_days, words), hours=said))
    return tuple(_span_text(span) for span in usual), " · ".join(texts)


def _span_text(span: Span) -> str:
    return f"{span.start:%H:%M}–{span.end:%H:%M}"


def _days_words(days: Sequence[int], words: Words) -> str:
    """Weekdays in words; three or more in a row as "first to last"."""
    texts = []
    for _, run in groupby(enumerate(days), key=lambda place: place[1] - place[0]):
        row = [words.say(f"common.{DAY_KEYS[day]}") for _, day in run]
        texts += [words.say("closed.days", first=row[0], last=row[-1])] if len(row) > 2 else row
    return ", ".join(texts)
