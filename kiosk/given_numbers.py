"""A fold: the highest count given of each letter, by business day and by place.

By letter, not by service: two services that shared a letter through a change of the catalogue
during the day still never give one number twice. It may be fed from several books.
"""

from __future__ import annotations

from datetime import date

from kiosk.entry import Entry
from kiosk.facts import TicketIssued
from kiosk.lobby_facts import NumberLent
from kiosk.number_blocks import SHARED, next_count, place_of
from kiosk.tickets import count_of

DAYS_KEPT = 4
"""Books of machines whose clocks differ may stand on different days for a while."""


class GivenNumbers:
    """What was given out, as far as the entries go that were taken in."""

    def __init__(self) -> None:
        self._days: dict[str, dict[tuple[str, int], int]] = {}

    def take_in(self, entry: Entry) -> None:
        """Fold one entry of any book; what was lent counts as given."""
        if entry.fact == TicketIssued.__name__:
            number = str(entry.fields()["number"])
            letter = number.rstrip("0123456789")
            self._give(entry.day, letter, count_of(number, letter))
        elif entry.fact == NumberLent.__name__:
            told = entry.fields()
            self._give(str(told["day"]), str(told["letter"]), int(told["count"]))

    def highest(self, letter: str, day: date, place: int = SHARED) -> int:
        """The highest count given at a place, 0 before the first."""
        return self._days.get(day.isoformat(), {}).get((letter, place), 0)

    def next(self, letter: str, day: date, place: int = SHARED) -> int:
        """The count that comes next at a place."""
        return next_count(place, self.highest(letter, day, place))

    def _give(self, day: str, letter: str, count: int) -> None:
        given = self._days.setdefault(day, {})
        key = letter, place_of(count)
        given[key] = max(given.get(key, 0), count)
        while len(self._days) > DAYS_KEPT:
            del self._days[min(self._days)]
