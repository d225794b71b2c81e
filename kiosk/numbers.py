"""Where a kiosk's next number comes from, for a kiosk alone and for the one beside the office server.

A ``Numbers`` (``kiosk.ports``) is asked inside a ``with``: whatever keeps two kiosks from giving one
number twice is held until the fact that gives it is on the disk. Nothing is remembered beside
the books: a kill at any moment leaves what is written, and that is what counts.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from kiosk.book_tail import BookTail
from kiosk.entry import Entry
from kiosk.given_numbers import GivenNumbers
from kiosk.number_blocks import HOME_PLACE, SHARED
from kiosk.numbers_lock import NumbersLock
from kiosk.tickets import number_text
from kiosk.trouble import Trouble

OFFICE_BOOK = Path("office") / "journal.sqlite"
LOCK_S = 0.25
"""How long a tap waits for the lock; whoever holds it is writing one fact to the same disk."""

logger = logging.getLogger(__name__)


class OwnNumbers:
    """Numbers of a kiosk that is alone in its office: its own book says which one comes next."""

    def __init__(self) -> None:
        self._given = GivenNumbers()

    def take_in(self, entry: Entry) -> None:
        """Fold one entry of the kiosk's own book."""
        self._given.take_in(entry)

    def ready(self) -> None:
        """Nothing keeps it from giving one."""

    @contextmanager
    def next(self, letter: str, day: date) -> Iterator[str]:
        """The number to write down now."""
        yield number_text(letter, self._given.next(letter, day))


class HomeNumbers:
    """Numbers of the kiosk on the office server's machine: the shared series, out of both their books.

    No network and no further write: a lock, and a look at what the office wrote since the last tap.
    It works before the office has a book and while its server is down.
    """

    def __init__(self, data: Path, *, lock_s: float = LOCK_S) -> None:
        self._given = GivenNumbers()
        self._office = BookTail(data / OFFICE_BOOK)
        self._lock = NumbersLock(data)
        self._lock_s = lock_s

    def take_in(self, entry: Entry) -> None:
        """Fold one entry of the kiosk's own book."""
        self._given.take_in(entry)

    def ready(self) -> None:
        """Nothing keeps it from giving one."""

    @contextmanager
    def next(self, letter: str, day: date) -> Iterator[str]:
        """The number to write down now. Where the office's book or the lock cannot be had, one of the home
        reserve: its place is given to no other kiosk, so that a citizen gets a number and never another's."""
        with self._lock.held(self._lock_s) as ours:
            place = SHARED if ours and self._knows_all(day) else HOME_PLACE
            yield number_text(letter, self._given.next(letter, day, place))

    def _knows_all(self, day: date) -> bool:
        try:
            for entry in self._office.news(day):
                self._given.take_in(entry)
        except Trouble as trouble:
            logger.warning("%s", trouble)
            return False
        return True
