"""Tickets: a place in a service's line, and the number that names it.

Numbers start at 1 each business day in each service and have no upper end. A number is
never given twice: the next one is folded from the book, not remembered beside it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from kiosk.entry import Entry
from kiosk.facts import TicketIssued

LEAST_DIGITS = 3


@dataclass(frozen=True, slots=True)
class Ticket:
    """A number as its citizen holds it; the only thing in the program that knows the ballot.

    ``at`` is UTC; ``mark`` is the checkpoint of its own entry, printed on its slip.
    """

    number: str
    service: str
    priority: bool
    day: date
    at: datetime
    seq: int
    mark: str
    ballot: bytes = field(repr=False)


def number_text(letter: str, count: int) -> str:
    """A number as it is shown: the service's letter and at least three digits (``B042``)."""
    return f"{letter}{count:0{LEAST_DIGITS}d}"


def count_of(number: str, letter: str) -> int:
    """The count inside a number of that letter; 0 if it is another letter's."""
    digits = number[len(letter) :]
    return int(digits) if number.startswith(letter) and digits.isdecimal() and digits.isascii() else 0


class DayNumbers:
    """A fold: the highest count given on the running day, by letter.

    By letter, not by service: two services that shared a letter through a change of the
    catalogue during the day still never give one number twice.
    """

    def __init__(self) -> None:
        self._day = ""
        self._highest: dict[str, int] = {}

    def take_in(self, entry: Entry) -> None:
        """Fold one entry."""
        if entry.fact == TicketIssued.__name__:
            if entry.day != self._day:
                self._day, self._highest = entry.day, {}
            number = str(entry.fields()["number"])
            letter = number.rstrip("0123456789")
            self._highest[letter] = max(self._highest.get(letter, 0), count_of(number, letter))

    def next(self, letter: str, day: date) -> str:
        """The number that comes next in that letter on that day."""
        highest = self._highest.get(letter, 0) if day.isoformat() == self._day else 0
        return number_text(letter, highest + 1)
