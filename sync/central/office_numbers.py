"""The shared series at the office server: numbers for its help desk, and numbers lent to kiosks elsewhere.

All under the lock that the kiosk on this machine takes too, on the thread that decides: the books of
both are read up to their ends, the fact is written, and only then anybody is answered.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol

from kiosk.book_tail import BookTail
from kiosk.entry import Entry
from kiosk.fact import Fact
from kiosk.given_numbers import GivenNumbers
from kiosk.lobby_facts import NumberLent, ReserveGiven
from kiosk.number_blocks import OFFICE_PLACE, SHARED
from kiosk.numbers import OFFICE_BOOK
from kiosk.numbers_lock import NumbersLock
from kiosk.remote_numbers import Asking
from kiosk.tickets import number_text
from kiosk.trouble import SyncTrouble, Trouble
from sync.central.reserves import Reserves

HOME_BOOK = "journal.sqlite"
LOCK_S = 1.0
"""How long the office waits for the kiosk beside it, which holds the lock for one commit."""


class OwnLog(Protocol):
    """What is needed of ``sync.central.service.CentralLog``."""

    def act(self, decide: Callable[[], Sequence[Fact]]) -> list[Entry]:
        """Decide and write in one piece, into the office's own book."""

    def listen(self, hear: Callable[[str, Sequence[Entry]], None], failed: Callable[[BaseException], None]) -> None:
        """Hear, on the deciding thread, what became durable, and what kept it from that."""

    def today(self) -> date:
        """The business day the office's next entry will carry."""


log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Loan:
    kiosk_id: str
    letter: str
    day: str
    count: int


class OfficeNumbers:
    """Numbers of the shared series for whoever asks the server. Any thread may ask."""

    def __init__(self, own: OwnLog, data: Path) -> None:
        self._own = own
        self._given = GivenNumbers()
        self._loans: dict[str, _Loan] = {}
        self._home, self._office = BookTail(data / HOME_BOOK), BookTail(data / OFFICE_BOOK)
        self._reserves = Reserves(data / OFFICE_BOOK)
        self._data = data
        self._holding: NumbersLock | None = None
        own.listen(lambda _kiosk_id, _entries: self._settled(), lambda _wrong: self._settled())

    def issue(self, letter: str, make: Callable[[str], Sequence[Fact]]) -> list[Entry]:
        """Write the facts that ``make(number)`` says of the next number, ``TicketIssued`` first: the help desk's way.

        A help desk is where people go when the kiosk is broken: while that one holds the lock, or its book cannot
        be read, the number is one of the help desk's own reserve. Raises what ``make`` raises, and what keeps the
        book from being written; then no number was given.
        """

        def decide(day: date, trouble: Trouble | None) -> Sequence[Fact]:
            place = OFFICE_PLACE if trouble else SHARED
            return make(number_text(letter, self._given.next(letter, day, place)))

        return self._act(decide)

    def lend(self, asked: Asking, kiosk_id: str) -> int:
        """The count lent to a kiosk: durable, and the same one for the same request on the same day.

        Raises ``SyncTrouble`` S-314 for another day than the office's, or for a request that was
        somebody else's; S-308 if the lock cannot be had, and what keeps the books from being read.
        """
        loan: list[_Loan] = []

        def decide(day: date, trouble: Trouble | None) -> Sequence[Fact]:
            if trouble is not None:
                raise trouble
            if asked.day != day.isoformat():
                raise SyncTrouble("S-314", detail=f"day: {asked.day} there, {day} at the office; check the clocks")
            known = self._loans.get(asked.request)
            loan.append(known or _Loan(kiosk_id, asked.letter, asked.day, self._given.next(asked.letter, day)))
            if (loan[0].kiosk_id, loan[0].letter, loan[0].day) != (kiosk_id, asked.letter, asked.day):
                raise SyncTrouble("S-314", detail="request: it was used for something else")
            return () if known else (NumberLent(asked.day, asked.letter, loan[0].count, kiosk_id, asked.request),)

        self._act(decide)
        return loan[0].count

    def reserve(self, kiosk_id: str, journal_id: str) -> int:
        """The place of the reserve of that kiosk's book, given now if it has none; S-314 if none is left."""
        place: list[int] = []

        def decide(day: date, _: Trouble | None) -> Sequence[Fact]:
            self._reserves.look()
            known = self._reserves.place_of_book(journal_id)
            place.append(known or self._reserves.free_place(day))
            return () if known else (ReserveGiven(kiosk_id, journal_id, place[0]),)

        self._reserves.look()  # a long book is read here, and not while the line waits for the decision
        self._act(decide)
        return place[0]

    def _act(self, decide: Callable[[date, Trouble | None], Sequence[Fact]]) -> list[Entry]:
        """``decide(day, trouble)``: what to write; ``trouble``: why the shared series is not known now, or None."""
        lock = NumbersLock(self._data)

        def locked() -> Sequence[Fact]:
            day, trouble = self._own.today(), None
            if lock.take(LOCK_S):
                self._holding = lock
            else:
                trouble = SyncTrouble("S-308", detail="the kiosk on this machine is taking a number")
            return decide(day, self._read_on(day) or trouble)

        try:
            return self._own.act(locked)
        finally:
            lock.release()  # where nothing was written, nobody was told

    def _settled(self) -> None:
        """On the deciding thread, as soon as it is known what became of the fact: the next one need not wait."""
        if self._holding is not None:
            self._holding.release()
            self._holding = None

    def _read_on(self, day: date) -> Trouble | None:
        """Read the office's book, then the kiosk's; what keeps the latter from being read."""
        self._take_in(self._office.news(day), day)
        try:
            self._take_in(self._home.news(day), day)
        except Trouble as trouble:
            log.warning("%s", trouble)
            return trouble
        return None

    def _take_in(self, entries: Sequence[Entry], day: date) -> None:
        for entry in entries:
            self._given.take_in(entry)
            if entry.fact == NumberLent.__name__:
                self._remember(entry, day)

    def _remember(self, entry: Entry, day: date) -> None:
        told = entry.fields()
        loan = _Loan(str(told["kiosk_id"]), str(told["letter"]), str(told["day"]), int(told["count"]))
        if self._loans and next(iter(self._loans.values())).day != day.isoformat():
            self._loans.clear()
        self._loans[str(told["request"])] = loan
