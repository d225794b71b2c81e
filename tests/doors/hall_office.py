"""An office for tests: a log on disk, its hall and the watch over it, a kiosk beside it, on one clock."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.ballot import ballot_line
from kiosk.book_file import read_entries
from kiosk.entry import Entry
from kiosk.fact import Fact
from kiosk.facts import TicketIssued
from kiosk.journal import BookOf, SqliteJournal
from kiosk.lobby_views import CounterView
from kiosk.presses import Action, Press
from kiosk.trouble import Trouble
from screens.lobby_hall import Hall
from screens.lobby_watch import Watch
from sync.central.local import LocalLink
from sync.central.office_book import JOURNAL, OfficeBook
from sync.central.service import CentralLog
from sync.keys import own_key
from sync.sources import DeviceBook
from sync.uploader import Uploader
from tests.fakes.clock import FakeClock
from tests.fakes.office_hall import hall_of

HOUR_S = 3600.0
DAY_S = 24 * HOUR_S
HOURS = "Mon-Fri 07:30-11:30 13:30-17:00"


class Office:
    """A log, a hall and a watch in one folder; ``restart`` is what a kill and a new start leave."""

    def __init__(self, data: Path, clock: FakeClock, hours: str = "") -> None:
        self.data = data
        self.clock = clock
        self._hours = hours
        self._kiosk: SqliteJournal | None = None
        self._presses = 0
        self._open()

    def _open(self) -> None:
        self.central = CentralLog.open(self.data, clock=self.clock, office=OfficeBook("bac-son"))
        self.hall: Hall = hall_of(self.central, self._hours)
        self.watch = Watch(self.hall)

    def restart(self) -> None:
        self.central.close()
        self._open()

    def close(self) -> None:
        if self._kiosk is not None:
            self._kiosk.close()
        self.central.close()

    def issue(self, number: str, service: str = "B", *, ballot: bytes | None = None, sends: bool = True) -> None:
        line = ballot_line(ballot) if ballot is not None else f"l{number}"
        self.kiosk_writes(TicketIssued(number, service, False, f"i{number}{self.kiosk.head().seq}", line), sends=sends)

    def kiosk_writes(self, fact: Fact, *, sends: bool = True) -> None:
        self.kiosk.append(fact)
        if sends:
            self.send()

    def send(self) -> None:
        key = own_key(self.data, "kiosk")
        book = DeviceBook(self.data / "journal.sqlite", key)
        Uploader(book, LocalLink(self.central), key, clock=self.clock).send_all()

    @property
    def kiosk(self) -> SqliteJournal:
        if self._kiosk is None:
            of = BookOf("kiosk-1", "bac-son")
            path = self.data / "journal.sqlite"
            self._kiosk = SqliteJournal.create(path, of=of, utc_offset_h=7, clock=self.clock)
        return self._kiosk

    def press(self, action: Action, counter: str = "3", *, id: str = "", **more: str) -> CounterView:
        self._presses += 1
        sitting = self.hall.counter(counter).sitting
        return self.hall.press(Press(id or f"press{self._presses}", counter, sitting, action, **more))

    def refusal(self, action: Action, counter: str = "3", **more: str) -> str:
        with pytest.raises(Trouble) as told:
            self.press(action, counter, **more)
        return told.value.code

    def facts(self, *names: str) -> list[Entry]:
        return [entry for entry in read_entries(self.data / JOURNAL) if entry.fact in names]

    def waiting(self, counter: str = "3") -> list[str]:
        return [row.number for row in self.hall.counter(counter).rows]


def at_counter(view: CounterView) -> str:
    return view.current.row.number if view.current else ""
