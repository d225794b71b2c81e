"""Reading on in a book that another program writes: what is new, as often as anybody asks."""

from __future__ import annotations

import sqlite3
from datetime import date
from pathlib import Path

from kiosk.book_file import connect, first_place_of, rows, storage_trouble
from kiosk.entry import Entry


class BookTail:
    """Follows the book at ``path`` from the first entry of a day on. One thread uses it.

    A book that is not there yet has no entries; one that was put in the place of another is read anew.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._link: sqlite3.Connection | None = None
        self._file: tuple[int, int] | None = None
        self._after = 0

    def news(self, day: date) -> list[Entry]:
        """Entries behind the last that was read; the first time those of ``day`` and later.

        Raises a ``Trouble`` if the book cannot be read: then nobody knows what is in it.
        """
        with storage_trouble(self._path):
            link = self._connected(day)
            if link is None:
                return []
            fresh = list(rows(link, after=self._after))
        if fresh:
            self._after = fresh[-1].seq
        return fresh

    def close(self) -> None:
        """Let go of the file; the next reading begins anew."""
        if self._link is not None:
            self._link.close()
        self._link, self._file = None, None

    def _connected(self, day: date) -> sqlite3.Connection | None:
        try:
            status = self._path.stat()
        except FileNotFoundError:
            self.close()
            return None
        if self._link is None or self._file != (status.st_dev, status.st_ino):
            self.close()
            self._link = connect(self._path, writer=False)
            self._file = status.st_dev, status.st_ino
            self._after = first_place_of(self._link, day) - 1
        return self._link
