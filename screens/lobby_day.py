"""A day of the lobby, made again from what all books of the office say, without reading more of them than that."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from kiosk.entry import Entry
from kiosk.facts import TicketIssued
from kiosk.lobby import Lobby
from screens.lobby_setting import LobbySetting
from sync.central.service import CentralLog
from sync.central.store import OFFICE_BOOK, Book

KNOWN_DAYS = 3
"""A kiosk that wrote nothing for longer is not expected any more: over a weekend it still is."""


def new_lobby(day: date, setting: LobbySetting) -> Lobby:
    """An empty lobby of a business day."""
    return Lobby(day, rules=setting.rules, counters=setting.counters_on(day), utc_offset_h=setting.utc_offset_h)


def lobby_of(central: CentralLog, day: date, setting: LobbySetting) -> Lobby:
    """The lobby of a business day as all books tell it. What is said of it later stands in later entries, and
    who has an appointment on it in earlier ones."""
    made = new_lobby(day, setting)
    for entry in central.store.appointment_entries(central.office_id or ""):
        if entry.day < day.isoformat():
            made.take_in(OFFICE_BOOK, entry)
    for kiosk_id, entry in entries_since(central, day):
        made.take_in(kiosk_id, entry)
    return made


def entries_since(central: CentralLog, day: date) -> Iterator[tuple[str, Entry]]:
    """The entries of all books from a business day on, book by book, and the kiosk each is of."""
    for book in central.store.books(central.office_id or ""):
        first = central.store.first_seq_of(book, day.isoformat())
        for entry in central.store.entries(book, first - 1):
            yield book.kiosk_id, entry


def kiosk_heads(central: CentralLog, today: date) -> dict[str, Entry]:
    """The last entry that the office holds of each kiosk that wrote something in the last days; of several
    books the one that was written last."""
    since = (today - timedelta(days=KNOWN_DAYS)).isoformat()
    heads: dict[str, Book] = {}
    for book in central.store.books(central.office_id or ""):
        if book.kiosk_id == OFFICE_BOOK or central.store.first_seq_of(book, since) > book.seq:
            continue
        if book.kiosk_id not in heads or book.last_at > heads[book.kiosk_id].last_at:
            heads[book.kiosk_id] = book
    return {kiosk_id: next(central.store.entries(book, book.seq - 1, 1)) for kiosk_id, book in heads.items()}


class PastLines:
    """Which numbers of former days somebody may still hold a slip of. Read when first asked for, once a day."""

    DAYS = 7

    def __init__(self, central: CentralLog) -> None:
        self._central = central
        self._read_on: date | None = None
        self._lines: frozenset[str] = frozenset()

    def knows(self, ballot_line: str, today: date) -> bool:
        """Whether a slip with that hash was given out on one of the last days."""
        if self._read_on != today:
            since = today - timedelta(days=self.DAYS)
            self._lines = frozenset(
                str(entry.fields()["ballot_line"])
                for _, entry in entries_since(self._central, since)
                if entry.fact == TicketIssued.__name__ and entry.day < today.isoformat()
            )
            self._read_on = today
        return ballot_line in self._lines
