"""Whatever is cut, lost, late, doubled, killed or restarted, in any order: no number of a day twice.

Two kiosks elsewhere, the kiosk at home and the help desk are driven by any list of steps. The office's
rules are the product's (``OfficeNumbers`` is proved over HTTP in ``tests/sync``); here its book and the
home kiosk's are files, and the network is a script.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.facts import TicketIssued
from kiosk.given_numbers import GivenNumbers
from kiosk.journal import BookOf, SqliteJournal
from kiosk.link_breaker import LinkBreaker
from kiosk.lobby_facts import NumberLent, ReserveReceived
from kiosk.numbers import OFFICE_BOOK, HomeNumbers
from kiosk.numbers_lock import NumbersLock
from kiosk.ports import Numbers
from kiosk.remote_numbers import Asking, RemoteNumbers
from kiosk.tickets import number_text
from kiosk.trouble import Trouble
from tests.fakes.clock import FakeClock
from tests.fakes.journal import MemoryJournal
from tests.fakes.number_link import FakeNumberLink, Fate

LETTERS = ("A", "B")

WHO = st.sampled_from(["home", "kiosk-2", "kiosk-3", "desk"])
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("take"), WHO, st.sampled_from(LETTERS)),
        st.tuples(st.just("fate"), st.sampled_from(["kiosk-2", "kiosk-3"]), st.sampled_from(list(Fate))),
        st.tuples(st.just("restart"), WHO, st.none()),
        st.tuples(st.just("word"), st.sampled_from(["kiosk-2", "kiosk-3"]), st.booleans()),
        st.tuples(st.just("wait"), st.just(""), st.sampled_from([1.0, 6.0, 20.0])),
        st.tuples(st.just("midnight"), st.just(""), st.none()),
        st.tuples(st.just("locked"), st.just(""), st.booleans()),
    ),
    min_size=5,
    max_size=60,
)


def ticket(number: str) -> TicketIssued:
    return TicketIssued(number, "s", False, f"i{number}", f"l{number}")


@dataclass
class Lobby:
    """Everybody who gives numbers, and all that were given."""

    data: Path
    ends: ExitStack
    clock: FakeClock = field(default_factory=FakeClock)
    given: Counter[tuple[str, str]] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.books: dict[str, SqliteJournal | MemoryJournal] = {
            "home": self._file("journal.sqlite", "kiosk-1"),
            "desk": self._file(str(OFFICE_BOOK), "office"),
        }
        self.links: dict[str, FakeNumberLink] = {}
        self.breakers = {name: LinkBreaker(self.clock) for name in ("kiosk-2", "kiosk-3")}
        for place, name in enumerate(self.breakers, 1):
            self.books[name] = MemoryJournal(self.clock, kiosk_id=name)
            self.books[name].append(ReserveReceived(place))
            self.links[name] = FakeNumberLink(self._lend, self.clock)
        self.numbers: dict[str, Numbers] = {}
        for name in self.books:
            self.restart(name)
        self.in_the_way = NumbersLock(self.data)
        self.ends.callback(self.in_the_way.release)

    def restart(self, name: str) -> None:
        """Forget all that is not in the books."""
        if name == "desk":
            return
        fresh = HomeNumbers(self.data, lock_s=0) if name == "home" else RemoteNumbers(self.clock)
        if isinstance(fresh, RemoteNumbers):
            self.links[name] = FakeNumberLink(self._lend, self.clock, self.links[name].script)
            fresh = RemoteNumbers(self.clock, breaker=self.breakers[name])
            fresh.join(self.links[name])
        for entry in self.books[name].entries():
            fresh.take_in(entry)
        self.numbers[name] = fresh

    def take(self, name: str, letter: str) -> None:
        book = self.books[name]
        if name == "desk":
            with suppress(Trouble):
                self._note(book.append(ticket(number_text(letter, self._next(letter, book.today())))))
            return
        with self.numbers[name].next(letter, book.today()) as number:
            entry = book.append(ticket(number))
            self.numbers[name].take_in(entry)
        self._note(entry)

    def _lend(self, asking: Asking) -> int:
        count = self._next(asking.letter, date.fromisoformat(asking.day))
        self.books["desk"].append(NumberLent(asking.day, asking.letter, count, "k", asking.request))
        return count

    def _next(self, letter: str, day: date) -> int:
        """As ``OfficeNumbers`` does it: both books up to their ends. The lock is a matter of processes."""
        known = GivenNumbers()
        for name in ("home", "desk"):
            for entry in self.books[name].entries():
                known.take_in(entry)
        return known.next(letter, day)

    def _note(self, entry: object) -> None:
        day, number = entry.day, entry.fields()["number"]  # type: ignore[attr-defined]
        self.given[day, number] += 1

    def _file(self, name: str, kiosk_id: str) -> SqliteJournal:
        of = BookOf(kiosk_id, "bac-son")
        return self.ends.enter_context(SqliteJournal.create(self.data / name, of=of, utc_offset_h=7, clock=self.clock))


@given(STEPS)
@settings(max_examples=60, deadline=None)
def test_no_number_is_given_twice(steps: list[tuple[str, str, object]]) -> None:
    with tempfile.TemporaryDirectory() as folder, ExitStack() as ends:
        lobby = Lobby(Path(folder), ends)
        for what, who, how in steps:
            if what == "take":
                lobby.take(who, str(how))
            elif what == "fate":
                lobby.links[who].script.append(how)  # type: ignore[arg-type]
            elif what == "restart":
                lobby.restart(who)
            elif what == "word":
                lobby.breakers[who].told(bool(how))
            elif what == "wait":
                lobby.clock.advance(float(str(how)))
            elif what == "midnight":
                lobby.clock.advance(86_400)
            elif how:
                lobby.in_the_way.release()
                assert lobby.in_the_way.take(0)
            else:
                lobby.in_the_way.release()
        assert not [number for number, times in lobby.given.items() if times > 1]
