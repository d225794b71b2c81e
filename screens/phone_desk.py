"""Ratings from a phone: the office server's own book, asked through the same rules as the kiosk's.

The ticket stands in the kiosk's book and the rating in the office's; the log that holds both
says whether a ballot was issued and whether any book has used it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable

from kiosk.ballot import ballot_used
from kiosk.criteria import CriteriaSet
from kiosk.dealing import Dealer
from kiosk.entry import Entry
from kiosk.facts import Fact, RatingGiven
from kiosk.rating_desk import RatingDesk, RatingStep
from kiosk.visit_events import BallotState


class PhoneDesk:
    """Takes ratings from phones, one at a time, each answer a fact at once; safe from any thread."""

    def __init__(
        self,
        append: Callable[[Fact], Entry],
        *,
        past: Iterable[Entry],
        criteria: CriteriaSet,
        in_log: Callable[[bytes], BallotState],
    ) -> None:
        """``append`` writes into the office's own book, ``past`` are that book's entries, ``in_log``
        says what all books of the office know of a ballot."""
        self._in_log = in_log
        self._guard = threading.Lock()
        self._dealer = Dealer(criteria, "office")
        self._used: set[str] = set()
        self._rating = RatingDesk(append, dealer=self._dealer, criteria=criteria, ballot_state=self.state)
        for entry in past:
            self._dealer.take_in(entry)
            if entry.fact == RatingGiven.__name__:
                self._used.add(entry.fields()["ballot_used"])

    def state(self, ballot: bytes) -> BallotState:
        """Whether this ballot may be used now."""
        return BallotState.USED if ballot_used(ballot) in self._used else self._in_log(ballot)

    def rate(self, ballot: bytes, answer: str, order: str) -> RatingStep:
        """Record the overall answer of a ballot (raises as ``RatingDesk.rate``)."""
        with self._guard:
            step = self._rating.rate(rating_id="", ballot=ballot, answer=answer, order=order)
            self._used.add(ballot_used(ballot))
            return step

    def judge(self, rating_id: str, criterion: str, answer: str | None) -> RatingStep:
        """Record the answer to a criterion that was asked, or with None its skip."""
        with self._guard:
            return self._rating.judge(rating_id=rating_id, criterion=criterion, answer=answer)
