"""Where a kiosk's next number comes from.

A ``Numbers`` (``kiosk.ports``) is asked inside a ``with``: whatever keeps two kiosks from giving one
number twice is held until the fact that gives it is on the disk.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from kiosk.entry import Entry
from kiosk.tickets import DayNumbers


class OwnNumbers:
    """Numbers of a kiosk that is alone in its office: its own book says which one comes next."""

    def __init__(self) -> None:
        self._day = DayNumbers()

    def take_in(self, entry: Entry) -> None:
        """Fold one entry of the kiosk's own book."""
        self._day.take_in(entry)

    @contextmanager
    def next(self, letter: str, day: date) -> Iterator[str]:
        """The number to write down now."""
        yield self._day.next(letter, day)
