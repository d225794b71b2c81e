"""A lobby fed by real books in memory: kiosks, the office, and a clock that is moved."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from itertools import count

from kiosk.counters import Counter
from kiosk.entry import Entry
from kiosk.fact import Fact
from kiosk.facts import TicketIssued
from kiosk.line_rules import LineRules
from kiosk.lobby import Lobby
from kiosk.presses import Action, Press
from tests.fakes.clock import FakeClock
from tests.fakes.journal import MemoryJournal

DAY = date(2026, 11, 23)
MORNING = datetime(2026, 11, 23, 0, 30, tzinfo=UTC)
"""07:30 at the office."""
COUNTERS = (
    Counter("1", {"vi": "Quầy 1", "en": "Counter 1"}, ("A",)),
    Counter("2", {"vi": "Quầy 2", "en": "Counter 2"}, ("A", "B")),
    Counter("3", {"vi": "Quầy 3", "en": "Counter 3"}, ("B",)),
)


class LobbyBooks:
    """Books, and the lobby that is folded from them as they are written."""

    def __init__(self, rules: LineRules | None = None) -> None:
        self.clock = FakeClock(MORNING)
        self.rules = rules or LineRules()
        self.books = {name: MemoryJournal(self.clock, kiosk_id=name) for name in ("kiosk-1", "kiosk-2", "office")}
        self.lobby = self.fresh()
        self.told: list[tuple[str, Entry]] = []
        self._numbers = {"A": count(1), "B": count(1)}
        self._presses = count(1)
        self.sittings: dict[str, str] = {}

    def fresh(self) -> Lobby:
        """A lobby that knows nothing yet."""
        return Lobby(DAY, rules=self.rules, counters=COUNTERS)

    def write(self, book: str, *facts: Fact) -> None:
        """Append to a book and feed the lobby."""
        for entry in self.books[book].append_all(facts):
            self.told.append((book, entry))
            self.lobby.take_in(book, entry)

    def issue(self, service: str = "B", *, kiosk: str = "kiosk-1", priority: bool = False, after_s: float = 60) -> str:
        """A ticket, ``after_s`` after whatever came before."""
        self.clock.advance(after_s)
        number = f"{service}{next(self._numbers[service]):03d}"
        self.write(kiosk, TicketIssued(number, service, priority, f"issue {number}", f"line {number}"))
        return number

    def sit(self, *counters: str) -> None:
        """Sign in."""
        for counter in counters:
            self.sittings[counter] = f"sitting {counter}"
            self.write("office", *self.lobby.sign_in(counter, self.sittings[counter]))

    def make(self, counter: str, action: Action | str, **what: str) -> Press:
        """A press that was not made yet."""
        name = what.pop("id", f"press {next(self._presses)}")
        return Press(name, counter, self.sittings.get(counter, ""), Action(action), **what)

    def press(self, counter: str, action: Action | str, **what: str) -> tuple[Fact, ...]:
        """A press, decided and written; raises as the lobby does."""
        facts = self.lobby.decide(self.make(counter, action, **what), self.clock.now())
        self.write("office", *facts)
        return facts

    def called(self, counter: str) -> str:
        """Call next; the number."""
        self.press(counter, Action.FINISH_NEXT)
        held = self.lobby.line.current(counter)
        assert held is not None
        return held.number


def feed(lobby: Lobby, told: Iterable[tuple[str, Entry]]) -> Lobby:
    """A lobby fed with entries."""
    for book, entry in told:
        lobby.take_in(book, entry)
    return lobby
