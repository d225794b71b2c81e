"""What counts as what, and that no order of arrival changes it."""

from __future__ import annotations

import dataclasses
import itertools
from collections import Counter
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.fact import Fact
from kiosk.facts import (
    CriterionAnswered,
    CriterionSkipped,
    RatingGiven,
    RatingUnanswered,
    TicketIssued,
    TicketNotPrinted,
    TicketPrinted,
    TicketPrintUnknown,
    TicketReprinted,
)
from sync.central.fold import Fold
from sync.central.store import Book, BookState
from sync.central.tallies import HourRow
from tests.fakes.clock import FakeClock
from tests.fakes.journal import MemoryJournal
from tests.fakes.memory_store import MemoryStore
from tests.sync.making import ALL, OFFICE, visits

DAY = "2026-11-23"


def book_of(journal: MemoryJournal, kiosk_id: str = "kiosk-1") -> Book:
    return Book(OFFICE, journal.journal_id, kiosk_id, "d", False, 0, bytes(32), BookState.OPEN, "", "")


def folded(*journals: MemoryJournal, pieces: Sequence[tuple[int, int, int]] = ()) -> MemoryStore:
    """Those books folded in turn, or piece by piece: (which book, first, last)."""
    store = MemoryStore()
    todo = pieces or [(which, 1, journal.head().seq) for which, journal in enumerate(journals)]
    with store.transaction() as tx:
        for which, first, last in todo:
            fold = Fold(tx, OFFICE, utc_offset_h=7)
            for entry in journals[which].entries(first - 1, last - first + 1):
                fold.take(book_of(journals[which]), entry)
            fold.finish()
    return store


def told(*facts: Fact, clock: FakeClock | None = None) -> MemoryJournal:
    journal = MemoryJournal(clock or FakeClock())
    for fact in facts:
        journal.append(fact)
    return journal


def rows(store: MemoryStore) -> Counter[tuple[str, str, str]]:
    return Counter({(row.measure, row.key, row.answer): row.n for row in store.tallies(OFFICE, *ALL)})


def rating(name: str, ballot: str | None, answer: str = "satisfied") -> RatingGiven:
    return RatingGiven(name, ballot, "534", 2, "good-first", answer)


COUNTED: list[tuple[list[Fact], dict[tuple[str, str, str], int]]] = [
    ([TicketIssued("B001", "ho-tich", True, "i", "l")], {("issued", "ho-tich", "priority"): 1}),
    ([TicketIssued("B001", "ho-tich", False, "i", "l")], {("issued", "ho-tich", "normal"): 1}),
    ([TicketPrinted("B001")], {("printed", "", ""): 1}),
    ([TicketPrinted("B001", "copy")], {("printed", "", "copy"): 1}),
    ([TicketNotPrinted("B001", "P-101")], {("not_printed", "", "P-101"): 1}),
    ([TicketPrintUnknown("B001", "P-104")], {("print_unknown", "", "P-104"): 1}),
    ([TicketReprinted("B001", "asked")], {("reprinted", "", "asked"): 1}),
    ([rating("r", "u")], {("rated", "", "satisfied"): 1}),
    ([rating("r", None, "neutral")], {("loose", "", "neutral"): 1}),
    (
        [rating("r", "u"), rating("q", "u", "neutral")],
        {("rated", "", "satisfied"): 1, ("rated_again", "", "neutral"): 1},
    ),
    ([rating("r", "u"), rating("r", "u", "neutral")], {("rated", "", "neutral"): 1}),
    ([rating("r", "u"), rating("r", "u")], {("rated", "", "satisfied"): 1}),
    ([rating("r", None), rating("r", None, "neutral"), rating("r", None)], {("loose", "", "satisfied"): 1}),
    (
        [rating("r", "u"), CriterionAnswered("r", "b1", "yes"), rating("r", "u", "dissatisfied")],
        {("rated", "", "dissatisfied"): 1, ("criterion", "534:2:b1", "yes"): 1},
    ),
    (
        [rating("r", "u"), rating("q", "u"), rating("q", "u", "neutral")],
        {("rated", "", "satisfied"): 1, ("rated_again", "", "neutral"): 1},
    ),
    ([RatingUnanswered("534", 2, "good-first", "timeout")], {("unanswered", "", "timeout"): 1}),
    (
        [rating("r", "u"), CriterionAnswered("r", "b1", "yes"), CriterionSkipped("r", "k1")],
        {("rated", "", "satisfied"): 1, ("criterion", "534:2:b1", "yes"): 1, ("criterion", "534:2:k1", "skipped"): 1},
    ),
    (
        [rating("r", None), CriterionAnswered("r", "b1", "yes")],
        {("loose", "", "satisfied"): 1, ("criterion_loose", "534:2:b1", "yes"): 1},
    ),
    (
        [rating("r", "u"), CriterionAnswered("r", "b1", "yes"), CriterionAnswered("r", "b1", "no")],
        {("rated", "", "satisfied"): 1, ("criterion", "534:2:b1", "no"): 1},
    ),
    (
        [rating("r", "u"), CriterionAnswered("r", "b1", "yes"), CriterionSkipped("r", "b1")],
        {("rated", "", "satisfied"): 1, ("criterion", "534:2:b1", "skipped"): 1},
    ),
    ([CriterionAnswered("nobody", "b1", "yes")], {}),
]


@pytest.mark.parametrize(("facts", "counted"), COUNTED)
def test_each_fact_counts_as_the_table_says(facts: list[Fact], counted: dict[tuple[str, str, str], int]) -> None:
    assert rows(folded(told(*facts))) == counted


def test_half_hours_are_the_office_s_own() -> None:
    clock = FakeClock()  # 08:00 at the office
    journal = told(TicketIssued("B001", "ho-tich", False, "i", "l"), clock=clock)
    clock.advance(45 * 60)
    journal.append(rating("r", "u"))
    journal.append(rating("q", None))
    assert folded(journal).hours(OFFICE, *ALL) == [
        HourRow(DAY, "08:00", "issued", "ho-tich", 1),
        HourRow(DAY, "08:30", "loose", "", 1),
        HourRow(DAY, "08:30", "rated", "", 1),
    ]


def test_the_criteria_of_an_answer_stay_on_its_day() -> None:
    clock = FakeClock()
    journal = told(rating("r", "u"), clock=clock)
    clock.advance(24 * 3600)
    journal.append(CriterionAnswered("r", "b1", "yes"))
    assert {row.day for row in folded(journal).tallies(OFFICE, *ALL)} == {DAY}


def test_a_corrected_answer_stays_on_its_day_and_its_half_hour() -> None:
    clock = FakeClock()  # 08:00 at the office
    journal = told(rating("r", "u"), clock=clock)
    clock.advance(45 * 60)
    journal.append(rating("r", "u", "dissatisfied"))
    store = folded(journal)
    assert store.hours(OFFICE, *ALL) == [HourRow(DAY, "08:00", "rated", "", 1)]
    assert store.answers_of_day(OFFICE, DAY) == [("08:00", "dissatisfied")]


def test_an_answer_corrected_after_another_book_told_of_its_ballot_still_gives_way_to_the_earlier() -> None:
    clock = FakeClock()
    first = told(rating("r", "u", "satisfied"), clock=clock)
    clock.advance(60)
    second = told(rating("q", "u", "neutral"), clock=clock)
    clock.advance(60)
    first.append(rating("r", "u", "dissatisfied"))
    expected = {("rated", "", "dissatisfied"): 1, ("rated_again", "", "neutral"): 1}
    assert rows(folded(first, second)) == expected
    assert rows(folded(second, first)) == expected


def test_a_ballot_seen_in_two_books_counts_once_and_the_earlier_answer_stands() -> None:
    clock = FakeClock()
    first = told(rating("r", "u", "satisfied"), CriterionAnswered("r", "b1", "yes"), clock=clock)
    clock.advance(60)
    second = told(rating("q", "u", "dissatisfied"), CriterionAnswered("q", "b1", "no"), clock=clock)
    expected = {
        ("rated", "", "satisfied"): 1,
        ("criterion", "534:2:b1", "yes"): 1,
        ("rated_again", "", "dissatisfied"): 1,
        ("criterion_again", "534:2:b1", "no"): 1,
    }
    assert rows(folded(first, second)) == expected
    assert rows(folded(second, first)) == expected


def test_a_fact_nobody_can_read_changes_nothing() -> None:
    journal = told()
    entry = journal.head()
    wrong = [
        dataclasses.replace(entry, fact="TicketIssued", body='{"number":1}'),
        dataclasses.replace(entry, fact="TicketIssued", body='{"number":"B1","service":{},"priority":false}'),
        dataclasses.replace(entry, fact="RatingGiven", version=99, body="{}"),
        dataclasses.replace(entry, fact="NeverHeardOf", body="{}"),
    ]
    store = MemoryStore()
    with store.transaction() as tx:
        fold = Fold(tx, OFFICE, utc_offset_h=7)
        for one in wrong:
            fold.take(book_of(journal), one)
        fold.finish()
    assert store.tallies(OFFICE, *ALL) == []


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_no_order_of_arrival_changes_the_tallies(data: st.DataObject) -> None:
    """Two books share ballots; whatever pieces of them arrive in turn, the end is the same."""
    ballots = ["u1", "u2", "u3"]
    clock = FakeClock()
    journals = []
    for seed in (1, 2):
        journal = MemoryJournal(clock)
        for fact in visits(data.draw(st.integers(1, 6)), seed=seed, ballots=ballots):
            clock.advance(data.draw(st.integers(0, 2000)))
            journal.append(fact)
        journals.append(journal)
        clock.jump(-data.draw(st.integers(0, 3)) * 3000)
    heads = [journal.head().seq for journal in journals]
    done, pieces = [0, 0], []
    while done != heads:
        which = data.draw(st.sampled_from([one for one in (0, 1) if done[one] < heads[one]]))
        last = data.draw(st.integers(done[which] + 1, heads[which]))
        pieces.append((which, done[which] + 1, last))
        done[which] = last
    straight, mixed = folded(*journals), folded(*journals, pieces=pieces)
    assert mixed.tallies(OFFICE, *ALL) == straight.tallies(OFFICE, *ALL)
    assert mixed.hours(OFFICE, *ALL) == straight.hours(OFFICE, *ALL)
    counts = rows(mixed)
    used = {entry.fields().get("ballot_used") for journal in journals for entry in journal.entries()}
    assert sum(n for (measure, _, _), n in counts.items() if measure == "rated") == len(used - {None})


def test_rows_sort_as_they_are_shown() -> None:
    shown = folded(told(*visits(20))).tallies(OFFICE, *ALL)
    assert shown == sorted(shown)
    assert all(row.n > 0 for row in shown)
    assert len(list(itertools.groupby(shown, key=lambda row: row.measure))) > 3
