"""The rating side of the desk: each answer a fact at once, so that a kill loses nothing.

The kiosk and the office's pages use the same one, each on its own book.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kiosk.ballot import ballot_used
from kiosk.criteria import CriteriaSet
from kiosk.dealing import Dealer
from kiosk.entry import Entry
from kiosk.fact import Fact
from kiosk.facts import CriterionAnswered, CriterionSkipped, RatingGiven, RatingUnanswered
from kiosk.identifiers import random_id
from kiosk.trouble import SyncTrouble
from kiosk.visit_events import BallotState


@dataclass(frozen=True, slots=True)
class RatingStep:
    """Where a rating stands: its id, the criterion to ask next ("" at the end), and whether an
    answer was an allegation, so that the channels for one must be named."""

    rating_id: str
    next_criterion: str
    channels: bool = False


class RatingDesk:
    """Records ratings in one book: ``append`` writes a fact durably, ``ballot_state`` says whether a
    ballot may be used."""

    def __init__(
        self,
        append: Callable[[Fact], Entry],
        *,
        dealer: Dealer,
        criteria: CriteriaSet,
        ballot_state: Callable[[bytes], BallotState],
    ) -> None:
        self._append = append
        self._dealer = dealer
        self._criteria = criteria
        self._ballot_state = ballot_state

    def rate(self, *, rating_id: str, ballot: bytes | None, answer: str, order: str) -> RatingStep:
        """Record the overall answer. ``rating_id``: "" for a new rating, else the one being corrected.

        Raises ``SyncTrouble`` S-315 or S-316 for a ballot that is not open and S-314 for an
        answer the question does not have.
        """
        if self._criteria.overall.answer(answer) is None:
            raise SyncTrouble("S-314", detail=f"answer {answer!r}")
        if ballot is not None and not rating_id:
            self._check(ballot)
        rating_id = rating_id or random_id()
        used = ballot_used(ballot) if ballot is not None else None
        version = self._criteria.version
        self._write(RatingGiven(rating_id, used, self._criteria.id, version, order, answer))
        return RatingStep(rating_id, self._dealer.next_after(rating_id, ""))

    def judge(self, *, rating_id: str, criterion: str, answer: str | None) -> RatingStep:
        """Record the answer to a criterion that was asked in that rating, or with None its skip."""
        if criterion not in self._dealer.asked(rating_id):
            raise SyncTrouble("S-314", detail=f"criterion {criterion!r} was not asked in this rating")
        asked = self._criteria.criterion(criterion)
        if answer is not None and asked.answer(answer) is None:
            raise SyncTrouble("S-314", detail=f"answer {answer!r} to {criterion}")
        skipped = answer is None
        self._write(
            CriterionSkipped(rating_id, criterion) if skipped else CriterionAnswered(rating_id, criterion, answer or "")
        )
        next_criterion = self._dealer.next_after(rating_id, criterion)
        return RatingStep(rating_id, next_criterion, channels=answer in asked.allegation)

    def left(self, reason: str, order: str) -> None:
        """Record that the overall question was shown and left: "skipped" or "timeout"."""
        self._write(RatingUnanswered(self._criteria.id, self._criteria.version, order, reason))

    def _check(self, ballot: bytes) -> None:
        state = self._ballot_state(ballot)
        if state is BallotState.USED:
            raise SyncTrouble("S-316")
        if state is BallotState.UNKNOWN:
            raise SyncTrouble("S-315")

    def _write(self, fact: Fact) -> Entry:
        entry = self._append(fact)
        self._dealer.take_in(entry)
        return entry
