"""Tickets: a place in a service's line, and the number that names it.

Numbers start at 1 each business day in each service and have no upper end (``kiosk.number_blocks``).
A number is never given twice: the next one is folded from the books, not remembered beside them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

LEAST_DIGITS = 3


@dataclass(frozen=True, slots=True)
class Ticket:
    """A number as its citizen holds it; the only thing in the program that knows the ballot.

    ``at`` is UTC; ``mark`` is the checkpoint of its own entry, printed on its slip; ``appointment_at``: the
    hour "08:30" it was promised, "" for none.
    """

    number: str
    service: str
    priority: bool
    day: date
    at: datetime
    seq: int
    mark: str
    ballot: bytes = field(repr=False)
    appointment_at: str = ""


def number_text(letter: str, count: int) -> str:
    """A number as it is shown: the service's letter and at least three digits (``B042``)."""
    return f"{letter}{count:0{LEAST_DIGITS}d}"


def count_of(number: str, letter: str) -> int:
    """The count inside a number of that letter; 0 if it is another letter's."""
    digits = number[len(letter) :]
    return int(digits) if number.startswith(letter) and digits.isdecimal() and digits.isascii() else 0
