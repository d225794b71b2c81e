"""Calls for a person: made at kiosks, answered in the office, told by two books in any order."""

from __future__ import annotations

from datetime import datetime

from kiosk.entry import Entry
from kiosk.line_tally import waited_s
from kiosk.lobby_facts import HelpAnswered, HelpCalled
from kiosk.lobby_views import HelpWanted


class HelpCalls:
    """The calls of the running day."""

    def __init__(self) -> None:
        self._called: dict[str, HelpWanted] = {}
        self._answered: dict[str, int] = {}

    def take_in(self, entry: Entry) -> bool:
        """Fold one entry; False if it changed nothing."""
        if entry.fact == HelpCalled.__name__:
            body = entry.fields()
            self._called[body["help_id"]] = HelpWanted(body["help_id"], body["place"], entry.at)
        elif entry.fact == HelpAnswered.__name__:
            body = entry.fields()
            self._answered[body["help_id"]] = body["after_s"]
        else:
            return False
        return True

    def ringing(self) -> tuple[HelpWanted, ...]:
        """Calls nobody answered, the oldest first."""
        return tuple(one for id, one in self._called.items() if id not in self._answered)

    def of_place(self, place: str) -> dict[str, int | None]:
        """The calls of one kiosk: seconds until the answer, None while it rings."""
        return {id: self._answered.get(id) for id, one in self._called.items() if one.place == place}

    def answer(self, help_id: str, by: str, now: datetime) -> tuple[HelpAnswered, ...]:
        """The fact of answering; () if somebody was quicker or nobody called. ``by``: a counter's id or "staff"."""
        called = self._called.get(help_id)
        if called is None or help_id in self._answered:
            return ()
        return (HelpAnswered(help_id, called.place, by, waited_s(called.at, now)),)
