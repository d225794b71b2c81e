"""Numbers that two people hold: they cannot be, and if they are all the same, everybody must know.

Two books of one office that give the same number on the same day: a restored backup, a copied
disk, a clock on another day. Both tickets stand in the line; this only tells.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import date

from kiosk.entry import Entry
from kiosk.facts import TicketIssued
from kiosk.trouble import SyncTrouble
from sync.central.store import Store

log = logging.getLogger(__name__)


class Doubles:
    """A fold of the tickets of the running day over all books of an office."""

    def __init__(self, today: Callable[[], date]) -> None:
        self._today = today
        self._day = ""
        self._holders: dict[str, str] = {}
        self._told: set[str] = set()

    def begin(self, store: Store, office_id: str) -> None:
        """Take in what is held of today."""
        self._turn()
        for book in store.books(office_id):
            first = store.first_seq_of(book, self._day)
            self.take_in(book.kiosk_id, list(store.entries(book, first - 1)))

    def take_in(self, kiosk_id: str, entries: Sequence[Entry]) -> None:
        """Fold entries of one book."""
        for entry in entries:
            if entry.fact == TicketIssued.__name__:
                self._turn()
                if entry.day == self._day:
                    self._hold(str(entry.fields().get("number")), kiosk_id)

    def numbers(self) -> tuple[str, ...]:
        """Today's numbers that two people hold, sorted."""
        self._turn()
        return tuple(sorted(self._told))

    def _hold(self, number: str, kiosk_id: str) -> None:
        holder = self._holders.setdefault(number, kiosk_id)
        if holder != kiosk_id and number not in self._told:
            self._told.add(number)
            log.error("%s", SyncTrouble("S-344", detail=f"{number} of {holder} and of {kiosk_id}, {self._day}"))

    def _turn(self) -> None:
        day = self._today().isoformat()
        if day != self._day:
            self._day, self._holders, self._told = day, {}, set()
