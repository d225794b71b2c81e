"""Calls for a person: made at kiosks, answered in the office, told by two books in any order."""

from __future__ import annotations

from datetime import datetime

from kiosk.entry import Entry
from kiosk.line_tally import waited_s
from kiosk.lobby_facts import HelpAnswered, HelpCalled
from kiosk.lobby_views import HelpWanted
from kiosk.trouble import SyncTrouble


class HelpCalls:
    """The calls of the running day."""

    def __init__(self) -> None:
        self._called: dict[str, HelpWanted] = {}
        self._answered: dict[str, int] = {}
        self._by: dict[str, str] = {}

    def take_in(self, entry: Entry) -> bool:
        """Fold one entry; False if it changed nothing."""
        if entry.fact == HelpCalled.__name__:
            body = entry.fields()
            self._called[body["help_id"]] = HelpWanted(body["help_id"], body["place"], entry.at)
        elif entry.fact == HelpAnswered.__name__:
            body = entry.fields()
            self._answered[body["help_id"]] = body["after_s"]
            self._by[body["help_id"]] = body["by"]
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
        """The fact of answering; () if the same one answered before. ``by``: a counter's id or "staff".

        Raises ``SyncTrouble`` S-333 for a call nobody made, S-352 if somebody else was quicker.
        """
        called = self._called.get(help_id)
        if called is None:
            raise SyncTrouble("S-333", detail=help_id)
        if help_id not in self._answered:
            return (HelpAnswered(help_id, called.place, by, waited_s(called.at, now)),)
        if self._by[help_id] != by:
            raise SyncTrouble("S-352", detail=called.place)
        return ()
