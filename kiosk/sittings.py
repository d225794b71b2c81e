"""Who sits where: a fold of counters opened, paused, resumed and closed. No person's name is in it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kiosk.entry import Entry
from kiosk.lobby_facts import CounterClosed, CounterOpened, CounterPaused, CounterResumed


@dataclass(frozen=True, slots=True)
class Sitting:
    """A stay at a counter. ``since``: UTC text; ``paused``: the reason of a break, "" while working."""

    id: str
    counter: str
    since: str
    paused: str = ""


class Sittings:
    """The stays of the running day."""

    def __init__(self) -> None:
        self._at: dict[str, Sitting] = {}

    def at(self, counter: str) -> Sitting | None:
        """Who sits at a counter now."""
        return self._at.get(counter)

    def all(self) -> tuple[Sitting, ...]:
        """All counters that are taken."""
        return tuple(self._at.values())

    def take_in(self, entry: Entry) -> bool:
        """Fold one entry of the office's own book; False if it changed nothing."""
        body = entry.fields() if entry.fact in _FACTS else {}
        counter = str(body.get("counter", ""))
        if entry.fact == CounterOpened.__name__:
            self._at[counter] = Sitting(str(body["sitting"]), counter, entry.at)
            return True
        held = self._at.get(counter)
        if held is None or held.id != body.get("sitting"):
            return False
        if entry.fact == CounterClosed.__name__:
            del self._at[counter]
        else:
            self._at[counter] = replace(held, paused=str(body.get("reason", "")))
        return True


_FACTS = frozenset(fact.__name__ for fact in (CounterOpened, CounterPaused, CounterResumed, CounterClosed))
