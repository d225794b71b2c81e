"""Which ballots may still be used: a fold of one book, and the one rule of when they open.

The fold joins no rating to a ticket: it holds two sets of hashes that only somebody with
the paper in hand can bring together.
"""

from __future__ import annotations

from datetime import date, timedelta

from kiosk.ballot import ballot_issue, ballot_used
from kiosk.entry import Entry
from kiosk.facts import RatingGiven, TicketIssued
from kiosk.visit_events import BallotState

BALLOT_DAYS = 7
"""A ballot may be used until the end of this many days after its ticket (house rule)."""


def ballot_is_open(issued: date, today: date, served: bool | None = None) -> bool:
    """When a ballot opens and closes, in one place (contract "Codes").

    ``served``: whether its number's work is done; None where nobody can say: on a day on which the office
    called nobody, at a kiosk that asks only its own book, for a number of a former day. Then it is
    open from its issue, as it was before there were calls.
    """
    return served is not False and timedelta(0) <= today - issued <= timedelta(days=BALLOT_DAYS)


class BallotBook:
    """A fold: the ballots one book issued, and those used in it."""

    def __init__(self) -> None:
        self._issued: dict[str, date] = {}
        self._used: dict[str, str] = {}

    def take_in(self, entry: Entry) -> None:
        """Fold one entry."""
        if entry.fact == TicketIssued.__name__:
            self._issued[entry.fields()["ballot_issue"]] = date.fromisoformat(entry.day)
        elif entry.fact == RatingGiven.__name__:
            body = entry.fields()
            if body["ballot_used"]:
                self._used[body["ballot_used"]] = body["rating_id"]

    def state(self, ballot: bytes, today: date) -> BallotState:
        """What is known of a ballot that somebody holds."""
        if ballot_used(ballot) in self._used:
            return BallotState.USED
        issued = self._issued.get(ballot_issue(ballot))
        if issued is None or not ballot_is_open(issued, today):
            return BallotState.UNKNOWN
        return BallotState.OPEN

    def rating_of(self, ballot: bytes) -> str:
        """The rating that used this ballot, "" if none did."""
        return self._used.get(ballot_used(ballot), "")

    def forget_before(self, day: date) -> None:
        """Drop ballots of earlier days: they are closed, and a year of them is memory for nothing."""
        self._issued = {hash: issued for hash, issued in self._issued.items() if issued >= day}
