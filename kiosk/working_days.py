"""Counting working days as the one-stop decree does (domain 1 and 6).

What is handed in after 15:00, or on a rest day, counts from the next working day (NĐ 118/2025
Đ.18.2); a time limit of n days then ends n working days later, and one that would end on a rest
day or a holiday ends on the next working day. All moments are office time. Nobody here looks at a clock.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice

from kiosk.holidays import Holiday
from kiosk.opening import OpeningHours

PASSED_ON_AFTER = time(15, 0)
SATURDAY = 5
FARTHEST_DAYS = 400
"""How far a working day is looked for: longer than any closure, shorter than for ever."""


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """An office's calendar. ``passed_on_after``: the last moment that still counts for the same day."""

    opening: OpeningHours
    passed_on_after: time = PASSED_ON_AFTER

    def works(self, day: date) -> bool:
        """Whether people work on a day: never on a holiday; without hours Monday to Friday."""
        if self.opening.holiday(day) is not None:
            return False
        return day.weekday() < SATURDAY if self.opening.always else bool(self.opening.spans(day))

    def next(self, day: date) -> date:
        """The first working day after a day."""
        return next(self._days(day, step=1))

    def previous(self, day: date) -> date:
        """The last working day before a day."""
        return next(self._days(day, step=-1))

    def on_or_after(self, day: date) -> date:
        """The day itself, or the next working day if nobody works then."""
        return day if self.works(day) else self.next(day)

    def counts_from(self, received: datetime) -> date:
        """The day from which something handed in then counts."""
        late = received.time() > self.passed_on_after
        return self.next(received.date()) if late else self.on_or_after(received.date())

    def due(self, received: datetime, days: int) -> date:
        """The day a limit of so many working days ends; 0 is the day it counts from."""
        start = self.counts_from(received)
        return next(islice(self._days(start, step=1), days - 1, None)) if days > 0 else start

    def last_apology(self, due: date) -> date:
        """The last day on which an apology for a delay is in time: one working day before the due date."""
        return self.previous(due)

    def holidays_between(self, first: date, last: date) -> tuple[Holiday, ...]:
        """The holidays on what would be a working day, after ``first`` and before ``last``."""
        days = (first + timedelta(days=ahead) for ahead in range(1, (last - first).days))
        off = (self.opening.holiday(day) for day in days if day.weekday() < SATURDAY)
        return tuple(holiday for holiday in off if holiday is not None)

    def _days(self, day: date, *, step: int) -> Iterator[date]:
        """Working days from a day on, without itself; ``ValueError`` if there is none within a year."""
        for ahead in range(1, FARTHEST_DAYS):
            if self.works(found := day + timedelta(days=ahead * step)):
                yield found
        raise ValueError(f"nobody works within {FARTHEST_DAYS} days of {day}")
