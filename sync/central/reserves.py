"""Which kiosk may give which numbers when it is cut off: one reserve a book, out of the office's own book."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kiosk.book_file import entries_of_fact
from kiosk.entry import Entry
from kiosk.lobby_facts import ReserveGiven
from kiosk.number_blocks import HOME_PLACE, OFFICE_PLACE, PLACES
from kiosk.trouble import SyncTrouble

TO_GIVE = tuple(place for place in range(1, PLACES + 1) if place not in (HOME_PLACE, OFFICE_PLACE))


@dataclass(frozen=True, slots=True)
class _Given:
    journal_id: str
    place: int
    seq: int


class Reserves:
    """A fold of ``ReserveGiven``. Reading it takes a moment in a long book, so it is read when it is asked for."""

    def __init__(self, office_book: Path) -> None:
        self._book = office_book
        self._through = 0
        self._given: dict[int, _Given] = {}
        self._current: dict[str, int] = {}
        self._left: dict[int, str] = {}
        self._guard = threading.Lock()

    def look(self) -> None:
        """Read what is new; from any thread."""
        with self._guard:
            fresh, self._through = entries_of_fact(self._book, ReserveGiven.__name__, self._through)
            for entry in fresh:
                self._take_in(entry)

    def place_of_book(self, journal_id: str) -> int | None:
        """The reserve that a book has."""
        with self._guard:
            return next((one.place for one in self._given.values() if one.journal_id == journal_id), None)

    def free_place(self, today: date) -> int:
        """A reserve nobody ever had, else the one that was given up longest ago, by a machine that another
        replaced on an earlier day. Raises ``SyncTrouble`` S-314 if there is none."""
        with self._guard:
            for place in TO_GIVE:
                if place not in self._given:
                    return place
            left = [self._given[place] for place, day in self._left.items() if day < today.isoformat()]
        if not left:
            raise SyncTrouble("S-314", detail=f"all {len(TO_GIVE)} reserves of this office are in use")
        return min(left, key=lambda one: one.seq).place

    def _take_in(self, entry: Entry) -> None:
        told = entry.fields()
        kiosk_id, place = str(told["kiosk_id"]), int(told["place"])
        if kiosk_id in self._current:
            self._left[self._current[kiosk_id]] = entry.day
        self._left.pop(place, None)
        self._given[place] = _Given(str(told["journal_id"]), place, entry.seq)
        self._current[kiosk_id] = place
