"""Ratings from a phone: the office server's own book, asked through the same rules as the kiosk's.

The ticket stands in the kiosk's book and the rating in the office's; the log that holds both
says whether a ballot was issued and whether any book has used it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date
from typing import Any

from kiosk.ballot import ballot_issue, ballot_used
from kiosk.ballot_book import ballot_is_open
from kiosk.criteria import CriteriaSet
from kiosk.dealing import Dealer
from kiosk.entry import Entry
from kiosk.fact import Fact
from kiosk.facts import RatingGiven
from kiosk.rating_desk import RatingDesk, RatingStep
from kiosk.visit_events import BallotState
from screens.kept_fold import KeptFold
from sync.central.service import CentralLog

STATE = "phone-desk"


class PhoneFold:
    """A fold of the office's own book: what each rating was asked, and which ballots were used in it."""

    def __init__(self, criteria: CriteriaSet) -> None:
        self.dealer = Dealer(criteria, "office")
        self.used: set[str] = set()
        self._set = f"{criteria.id}:{criteria.version}"

    @property
    def fold_version(self) -> str:
        """The criteria are part of it: what is asked next depends on them."""
        return f"phone-desk/1 {self._set}"

    def take_in(self, entry: Entry) -> None:
        """Fold one entry."""
        self.dealer.take_in(entry)
        if entry.fact == RatingGiven.__name__ and (used := entry.fields()["ballot_used"]):
            self.used.add(used)

    def state(self) -> Any:
        """All it has come to, as JSON can hold it."""
        return {"dealer": self.dealer.state(), "used": sorted(self.used)}

    def restore(self, state: Any) -> None:
        """Go on from a state."""
        used = {str(ballot) for ballot in state["used"]}
        self.dealer.restore(state["dealer"])
        self.used = used


class PhoneDesk:
    """Takes ratings from phones, one at a time, each answer a fact at once; safe from any thread."""

    def __init__(
        self,
        append: Callable[[Fact], Entry],
        *,
        past: PhoneFold,
        criteria: CriteriaSet,
        in_log: Callable[[bytes], BallotState],
        kept: KeptFold,
    ) -> None:
        """``append`` writes into the office's own book, ``past`` is a fold of that book which ``kept`` feeds,
        ``in_log`` says what all books of the office know of a ballot."""
        self._in_log = in_log
        self.kept = kept
        self._guard = threading.Lock()
        self._past = past
        self._rating = RatingDesk(append, dealer=past.dealer, criteria=criteria, ballot_state=self.state)

    def state(self, ballot: bytes) -> BallotState:
        """Whether this ballot may be used now."""
        return BallotState.USED if ballot_used(ballot) in self._past.used else self._in_log(ballot)

    def rate(self, ballot: bytes, answer: str, order: str) -> RatingStep:
        """Record the overall answer of a ballot (raises as ``RatingDesk.rate``)."""
        with self._guard:
            step = self._rating.rate(rating_id="", ballot=ballot, answer=answer, order=order)
            self._past.used.add(ballot_used(ballot))
            return step

    def judge(self, rating_id: str, criterion: str, answer: str | None) -> RatingStep:
        """Record the answer to a criterion that was asked, or with None its skip."""
        with self._guard:
            return self._rating.judge(rating_id=rating_id, criterion=criterion, answer=answer)


Served = Callable[[bytes], bool | None]
"""Whether the work on a ballot's number is done; None where nobody can say."""


def nobody_knows(_: bytes) -> bool | None:
    """Of an office without a lobby."""
    return None


def phone_desk(central: CentralLog, criteria: CriteriaSet, served: Served = nobody_knows) -> PhoneDesk:
    """The desk that phones rate at, on the own book of an office server. ``served`` is the hall's."""
    fold = PhoneFold(criteria)
    kept = KeptFold(central, fold, STATE)
    return PhoneDesk(central.record, past=fold, criteria=criteria, in_log=_in_log(central, served), kept=kept)


def _in_log(central: CentralLog, served: Served) -> Callable[[bytes], BallotState]:
    """What all books of an office know of a ballot, by the same rule of when it opens as the kiosk's."""

    def state(ballot: bytes) -> BallotState:
        held = BallotState(central.ballot_state(ballot_issue(ballot), ballot_used(ballot)).value)
        if held is not BallotState.OPEN:
            return held
        issued = date.fromisoformat(central.ballot_day(ballot_issue(ballot)))
        return held if ballot_is_open(issued, central.today(), served(ballot)) else BallotState.UNKNOWN

    return state
