"""The fold from entries to tallies: what each fact changes in the counts.

The order in which books arrive never shows: of two answers with one ballot the earlier
(by instant, then book, then place) counts, whichever came first. So a rebuild, the office
and the centre all say the same. Within one rating the last answer counts.
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from datetime import datetime, timedelta, timezone
from typing import Protocol

import msgspec

from kiosk.entry import Entry
from kiosk.fact import Fact
from kiosk.facts import (
    FACTS,
    CriterionAnswered,
    CriterionSkipped,
    RatingGiven,
    RatingUnanswered,
    TicketIssued,
    TicketNotPrinted,
    TicketPrinted,
    TicketPrintUnknown,
    TicketReprinted,
    fact_of,
)
from kiosk.trouble import JournalTrouble
from sync.central.line_fold import LINE, LineFold, Tickets
from sync.central.store import Book, Changes, Given

RATED, AGAIN, LOOSE = "rated", "rated_again", "loose"
CRITERION = {RATED: "criterion", AGAIN: "criterion_again", LOOSE: "criterion_loose"}
OUTCOMES: dict[type[Fact], str] = {
    TicketPrinted: "printed",
    TicketNotPrinted: "not_printed",
    TicketPrintUnknown: "print_unknown",
    TicketReprinted: "reprinted",
}

COUNTED = {TicketIssued.__name__, RatingGiven.__name__, RatingUnanswered.__name__} | {
    fact.__name__ for fact in (*OUTCOMES, CriterionAnswered, CriterionSkipped)
}
"""The facts that change a tally."""


class Folded(Tickets, Protocol):
    """What the fold asks of a transaction."""

    def count_issue(self, office_id: str, ballot_issue: str, day: str) -> None:
        """Remember that a ballot was handed out."""

    def given(self, office_id: str, journal_id: str, rating_id: str) -> Given | None:
        """An overall answer told earlier."""

    def counted_with(self, office_id: str, ballot: str) -> Given | None:
        """The answer that counts for a ballot."""

    def put_given(self, given: Given) -> None:
        """Keep an overall answer."""

    def criteria(self, given: Given) -> dict[str, str]:
        """The last answer to each criterion."""

    def put_criterion(self, given: Given, criterion: str, answer: str) -> None:
        """Keep an answer to a criterion."""

    def add_tallies(self, office_id: str, changes: Changes) -> None:
        """Add to the tallies."""


class Fold:
    """Folds entries of one office's books; ``changes`` are added to the tallies by :meth:`finish`."""

    def __init__(self, ratings: Folded, office_id: str, *, utc_offset_h: int) -> None:
        self._ratings = ratings
        self._office_id = office_id
        self._zone = timezone(timedelta(hours=utc_offset_h))
        self._days: Counter[tuple[str, str, str, str]] = Counter()
        self._hours: Counter[tuple[str, str, str, str]] = Counter()
        self._line = LineFold(ratings, office_id, zone=self._zone, days=self._days)

    def take(self, book: Book, entry: Entry) -> None:
        """Fold one entry. A fact this version cannot read changes nothing: a later rebuild will count it."""
        fact = read_fact(entry) if entry.fact in COUNTED or entry.fact in LINE else None
        if fact is not None and entry.fact in LINE:
            self._line.take(book.journal_id, entry, fact)
        match fact:
            case TicketIssued() as issued:
                self._issued(entry, issued)
            case RatingGiven() as given:
                self._rated(book, entry, given)
            case CriterionAnswered() | CriterionSkipped() as answered:
                self._criterion(book, answered)
            case RatingUnanswered(reason=reason):
                self._days[entry.day, "unanswered", "", reason] += 1
            case (TicketPrinted() | TicketNotPrinted() | TicketPrintUnknown() | TicketReprinted()) as outcome:
                self._days[entry.day, OUTCOMES[type(outcome)], "", outcome.reason] += 1
            case _:
                pass

    def finish(self) -> None:
        """Add everything folded so far to the tallies."""
        self._line.finish()
        self._ratings.add_tallies(self._office_id, Changes(dict(self._days), dict(self._hours)))
        self._days.clear()
        self._hours.clear()

    def _issued(self, entry: Entry, fact: TicketIssued) -> None:
        self._ratings.count_issue(self._office_id, fact.ballot_issue, entry.day)
        self._days[entry.day, "issued", fact.service, "priority" if fact.priority else "normal"] += 1
        self._hours[entry.day, self._slot(entry.at), "issued", fact.service] += 1

    def _rated(self, book: Book, entry: Entry, fact: RatingGiven) -> None:
        if told := self._ratings.given(self._office_id, book.journal_id, fact.rating_id):
            self._correct(told, fact.answer)
            return
        given = Given(
            self._office_id,
            book.journal_id,
            fact.rating_id,
            entry.seq,
            entry.at,
            entry.day,
            self._slot(entry.at),
            fact.ballot_used,
            criteria_set=f"{fact.set}:{fact.set_version}",
            answer=fact.answer,
            measure=RATED if fact.ballot_used else LOOSE,
        )
        earlier = self._ratings.counted_with(self._office_id, fact.ballot_used) if fact.ballot_used else None
        if earlier and _order(earlier) < _order(given):
            given = dataclasses.replace(given, measure=AGAIN)
        elif earlier:
            self._demote(earlier)
        self._ratings.put_given(given)
        self._count(given, {}, by=1)

    def _correct(self, given: Given, answer: str) -> None:
        """She changed her mind within one rating: only the answer moves. Its ballot and moment stay, so which
        of two ratings with one ballot counts stays too."""
        if given.answer == answer:
            return
        corrected = dataclasses.replace(given, answer=answer)
        self._days[given.day, given.measure, "", given.answer] -= 1
        self._days[given.day, given.measure, "", answer] += 1
        self._ratings.put_given(corrected)

    def _criterion(self, book: Book, fact: CriterionAnswered | CriterionSkipped) -> None:
        given = self._ratings.given(self._office_id, book.journal_id, fact.rating_id)
        if given is None:
            return  # an answer to nothing
        before = self._ratings.criteria(given).get(fact.criterion)
        measure, key = CRITERION[given.measure], f"{given.criteria_set}:{fact.criterion}"
        if before is not None:
            self._days[given.day, measure, key, before] -= 1
        self._days[given.day, measure, key, fact.answer] += 1
        self._ratings.put_criterion(given, fact.criterion, fact.answer)

    def _demote(self, given: Given) -> None:
        criteria = self._ratings.criteria(given)
        demoted = dataclasses.replace(given, measure=AGAIN)
        self._count(given, criteria, by=-1)
        self._ratings.put_given(demoted)
        self._count(demoted, criteria, by=1)

    def _count(self, given: Given, criteria: dict[str, str], *, by: int) -> None:
        self._days[given.day, given.measure, "", given.answer] += by
        if given.measure != AGAIN:
            self._hours[given.day, given.slot, given.measure, ""] += by
        for criterion, answer in criteria.items():
            self._days[given.day, CRITERION[given.measure], f"{given.criteria_set}:{criterion}", answer] += by

    def _slot(self, at: str) -> str:
        local = datetime.fromisoformat(at).astimezone(self._zone)
        return f"{local.hour:02}:{local.minute // 30 * 30:02}"


def read_fact(entry: Entry) -> Fact | None:
    """The fact of an entry with every value of its declared type, or None if it cannot be read."""
    known = FACTS.get(entry.fact)
    try:
        if known is None:
            return None
        if entry.version == known.version:
            return msgspec.json.decode(entry.body.encode(), type=known)
        return msgspec.convert(dataclasses.asdict(fact_of(entry)), type=known)
    except (JournalTrouble, msgspec.MsgspecError, RecursionError):
        return None


def _order(given: Given) -> tuple[str, str, int]:
    return given.at, given.journal_id, given.seq
