"""A book in memory: the same chain and the same refusals, without a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from kiosk.clock import Clock, business_day, instant_text
from kiosk.entry import GENESIS, Entry, canonical, entry_hash
from kiosk.fact import Fact
from kiosk.facts import JournalOpened
from kiosk.identifiers import uuid7
from kiosk.trouble import Trouble


class MemoryJournal:
    """A book in a list. ``fail_with`` makes every append raise that trouble until it is None again."""

    def __init__(
        self, clock: Clock, *, kiosk_id: str = "kiosk-1", office_id: str = "bac-son", demo: bool = False
    ) -> None:
        self._clock = clock
        self._entries: list[Entry] = []
        self.fail_with: Trouble | None = None
        self._opened = JournalOpened(uuid7(clock.now()), kiosk_id, office_id, demo)
        self.append(self._opened)

    @property
    def journal_id(self) -> str:
        return self._opened.journal_id

    @property
    def demo(self) -> bool:
        return self._opened.demo

    def append(self, fact: Fact) -> Entry:
        if self.fail_with is not None:
            raise self.fail_with
        now = self._clock.now()
        at, day = instant_text(now), self.today().isoformat()
        seq, previous = (len(self._entries) + 1, self._entries[-1].hash) if self._entries else (1, GENESIS)
        name, id, body = type(fact).__name__, uuid7(now), canonical(fact.body())
        hash = entry_hash(previous, seq=seq, id=id, at=at, day=day, fact=name, version=fact.version, body=body)
        entry = Entry(seq, id, at, day, name, fact.version, body, hash)
        self._entries.append(entry)
        return entry

    def append_all(self, facts: Iterable[Fact]) -> list[Entry]:
        return [self.append(fact) for fact in facts]

    def head(self) -> Entry:
        return self._entries[-1]

    def entries(self, after: int = 0, limit: int | None = None) -> Iterator[Entry]:
        yield from self._entries[after : None if limit is None else after + limit]

    def today(self) -> date:
        now = business_day(self._clock.now(), 7)
        return max(now, date.fromisoformat(self._entries[-1].day)) if self._entries else now
