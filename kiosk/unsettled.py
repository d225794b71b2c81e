"""Slips on their way: a fold of which numbers have no outcome yet, and which checkpoint is out."""

from __future__ import annotations

from datetime import datetime

from kiosk.checkpoint import mark
from kiosk.clock import instant
from kiosk.entry import Entry
from kiosk.facts import TicketIssued, TicketNotPrinted, TicketPrinted, TicketPrintUnknown, TicketReprinted

OUTCOMES = frozenset(fact.__name__ for fact in (TicketPrinted, TicketNotPrinted, TicketPrintUnknown))


class Slips:
    """A fold: slips and copies without an outcome, and the last checkpoint known to be on paper."""

    def __init__(self) -> None:
        self._open: dict[str, Entry | None] = {}
        self._published: Entry | None = None

    def take_in(self, entry: Entry) -> None:
        """Fold one entry."""
        if entry.fact == TicketIssued.__name__:
            self._open[entry.fields()["number"]] = entry
        elif entry.fact == TicketReprinted.__name__:
            self._open.setdefault(entry.fields()["number"], None)
        elif entry.fact in OUTCOMES:
            issued = self._open.pop(entry.fields()["number"], None)
            if issued is not None and entry.fact == TicketPrinted.__name__:
                self._published = issued

    def open_numbers(self) -> tuple[str, ...]:
        """Numbers whose slips nobody has settled, oldest first."""
        return tuple(self._open)

    def published(self) -> tuple[str, datetime] | None:
        """The last checkpoint that went out on paper and when its ticket was issued (UTC)."""
        return (mark(self._published), instant(self._published.at)) if self._published else None
