"""A fold of the office's own book that is fed as the book grows, with its state kept in a file beside it.

At a start it goes on from the kept state (``kiosk.fold_checkpoint``) and reads the rest; then it hears
every entry from the log's writing thread, also those that reached the book while the log failed.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from pathlib import Path

from kiosk.book_file import read_entries
from kiosk.entry import Entry
from kiosk.fact import Fact
from kiosk.fold_checkpoint import Kept, Reached, keep, resume
from kiosk.trouble import Trouble
from sync.central.office_book import JOURNAL
from sync.central.service import CentralLog
from sync.central.store import OFFICE_BOOK

KEEP_EVERY = 5000
"""Entries of the office's book after which the state is written down again."""

log = logging.getLogger(__name__)


class KeptFold:
    """Feeds ``fold`` and keeps its state in ``DATA/office/NAME.state``.

    The fold changes on the writing thread only; whoever reads it from another one does so as with any value
    that somebody else changes.
    """

    def __init__(self, central: CentralLog, fold: Kept, name: str, *, every: int = KEEP_EVERY) -> None:
        self._central = central
        self._fold = fold
        self._place = central.data / Path("office") / f"{name}.state"
        self._every = every
        self._writing = threading.Lock()
        self._reached = Reached(0, "")
        self._kept = 0
        central.act(self._begin)

    @property
    def reached(self) -> Reached:
        """How far the fold has come."""
        return self._reached

    def look(self) -> None:
        """Write the state down if the book has grown enough since the last time."""
        if self._reached.seq >= self._kept + self._every:
            self.keep()

    def keep(self) -> None:
        """Write the state down. A disk that is full is told in the server's log; the next start then reads more."""
        with self._writing:
            if self._reached.seq == self._kept:
                return
            made: list[tuple[Reached, object]] = []

            def take() -> tuple[Fact, ...]:
                made.append((self._reached, self._fold.state()))
                return ()

            try:
                self._central.act(take)
                reached, state = made[0]
                keep(self._fold.fold_version, state, reached, place=self._place, journal_id=self._journal_id)
                self._kept = reached.seq
            except Trouble as trouble:
                log.warning("%s was not written: %s", self._place, trouble)

    @property
    def _journal_id(self) -> str:
        return self._central.own_journal_id

    def _begin(self) -> tuple[Fact, ...]:
        book = self._central.data / JOURNAL
        place, journal_id = self._place, self._journal_id
        self._kept, self._reached = resume(
            self._fold, place=place, journal_id=journal_id, entries=lambda after: read_entries(book, after)
        )
        self._central.listen(self._hear)
        return ()

    def _hear(self, kiosk_id: str, entries: Sequence[Entry]) -> None:
        if kiosk_id != OFFICE_BOOK:
            return
        for entry in entries:
            self._fold.take_in(entry)
        self._reached = Reached(entries[-1].seq, entries[-1].hash.hex())
