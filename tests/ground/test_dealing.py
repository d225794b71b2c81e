"""Dealing criteria: by turn, balanced, and computed alike by everybody."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from kiosk.criteria import default_set
from kiosk.dealing import CARD, Dealer, block_order
from kiosk.facts import CriterionAnswered, CriterionSkipped, RatingGiven
from tests.fakes.clock import FakeClock
from tests.fakes.journal import MemoryJournal

SET = default_set()


def order(block: int, *, kiosk_id: str = "kiosk-1", day: str = "2026-11-23") -> tuple[str, ...]:
    return block_order(SET, kiosk_id=kiosk_id, day=day, block=block)


@given(st.integers(0, 10_000), st.text(max_size=10))
def test_a_block_holds_each_criterion_exactly_once(block: int, kiosk_id: str) -> None:
    assert sorted(order(block, kiosk_id=kiosk_id)) == sorted(one.id for one in SET.criteria)


@given(st.integers(0, 10_000))
def test_each_card_of_three_mixes_the_families(block: int) -> None:
    dealt = order(block)
    cards = Counter("".join(sorted(one[0] for one in dealt[at : at + CARD])) for at in range(0, 12, CARD))
    assert cards == {"BKT": 3, "BBT": 1}


def test_the_published_order_of_the_first_blocks_holds() -> None:
    assert order(0) == FIRST_BLOCK
    assert order(0, day="2026-11-24") != order(0)
    assert order(0, kiosk_id="kiosk-2") != order(0)


FIRST_BLOCK = ("K2", "T3", "B2", "K1", "T1", "B1", "B3", "T4", "K3", "T2", "B4", "B5")


def rate(book: MemoryJournal, dealer: Dealer, rating_id: str, answers: int) -> tuple[str, ...]:
    """One person who answers that many criteria and then walks away."""
    dealer.take_in(book.append(RatingGiven(rating_id, None, SET.id, SET.version, "good-first", "satisfied")))
    for turn in range(answers):
        asked = dealer.asked(rating_id)
        fact = CriterionAnswered if turn % 2 else CriterionSkipped
        dealer.take_in(book.append(fact(rating_id, asked[-1], "yes" if turn % 2 else "skipped")))
        if len(dealer.asked(rating_id)) == len(asked):
            break
    return dealer.asked(rating_id)


@given(st.lists(st.integers(0, 4), max_size=60))
def test_shown_counts_never_differ_by_more_than_one(people: list[int]) -> None:
    book, shown = MemoryJournal(FakeClock()), Counter({one.id: 0 for one in SET.criteria})
    dealer = Dealer(SET, "kiosk-1")
    for person, answers in enumerate(people):
        asked = rate(book, dealer, str(person), answers)
        assert len(asked) <= CARD
        assert len(set(asked)) == len(asked), "nobody is asked the same twice"
        shown.update(asked)
        assert max(shown.values()) - min(shown.values()) <= 1


@given(st.lists(st.integers(0, 4), max_size=30), st.integers(0, 30))
def test_a_restart_deals_on_where_it_was(people: list[int], restart_at: int) -> None:
    book, dealer = MemoryJournal(FakeClock()), Dealer(SET, "kiosk-1")
    for person, answers in enumerate(people):
        if person == restart_at:
            dealer = Dealer(SET, "kiosk-1")
            for entry in book.entries():
                dealer.take_in(entry)
        rate(book, dealer, str(person), answers)
    again = Dealer(SET, "kiosk-1")
    for entry in book.entries():
        again.take_in(entry)
    assert all(again.asked(str(person)) == dealer.asked(str(person)) for person in range(restart_at, len(people)))


def test_blocks_run_on_over_midnight() -> None:
    clock = FakeClock()
    book, dealer = MemoryJournal(clock), Dealer(SET, "kiosk-1")
    first = rate(book, dealer, "evening", 3)
    clock.advance(86400)
    later = [criterion for person in range(3) for criterion in rate(book, dealer, f"morning {person}", 3)]
    assert (*first, *later) == order(0)


def test_a_corrected_answer_deals_nothing_new() -> None:
    book, dealer = MemoryJournal(FakeClock()), Dealer(SET, "kiosk-1")
    asked = rate(book, dealer, "a", 2)
    dealer.take_in(book.append(RatingGiven("a", None, SET.id, SET.version, "good-first", "neutral")))
    dealer.take_in(book.append(CriterionAnswered("a", asked[0], "no")))
    assert dealer.asked("a") == asked
    assert dealer.next_after("a", asked[0]) == asked[1]
