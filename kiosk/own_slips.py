"""The slips this kiosk gave out: a fold that knows a ballot's number while somebody holds the paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from kiosk.ballot import ballot_issue
from kiosk.ballot_book import BALLOT_DAYS
from kiosk.clock import instant
from kiosk.entry import Entry
from kiosk.facts import TicketIssued
from kiosk.line_facts import TicketCancelled


@dataclass(frozen=True, slots=True)
class OwnSlip:
    """A number of this kiosk. ``at`` is UTC; ``cancelled``: given up at this kiosk."""

    number: str
    service: str
    day: date
    at: datetime
    cancelled: bool = False


class OwnSlips:
    """A fold of one book: the numbers of the last days by the hash of their ballot."""

    def __init__(self) -> None:
        self._by_ballot: dict[str, OwnSlip] = {}
        self._cancelled: set[tuple[str, str]] = set()
        self._day = date.min

    def take_in(self, entry: Entry) -> None:
        """Fold one entry."""
        if entry.fact == TicketIssued.__name__:
            body, day = entry.fields(), date.fromisoformat(entry.day)
            self._forget_before(day)
            self._by_ballot[body["ballot_issue"]] = OwnSlip(body["number"], body["service"], day, instant(entry.at))
        elif entry.fact == TicketCancelled.__name__:
            self._cancelled.add((entry.fields()["day"], entry.fields()["number"]))

    def slip(self, ballot: bytes) -> OwnSlip | None:
        """The number of a ballot; None for a slip of another kiosk, too old or unknown."""
        found = self._by_ballot.get(ballot_issue(ballot))
        if found is None or (found.day.isoformat(), found.number) not in self._cancelled:
            return found
        return OwnSlip(found.number, found.service, found.day, found.at, cancelled=True)

    def _forget_before(self, day: date) -> None:
        if day <= self._day:
            return
        self._day, first = day, day - timedelta(days=BALLOT_DAYS)
        self._by_ballot = {hash: slip for hash, slip in self._by_ballot.items() if slip.day >= first}
        self._cancelled = {gone for gone in self._cancelled if gone[0] >= first.isoformat()}
