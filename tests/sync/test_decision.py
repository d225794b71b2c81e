"""What to do with a batch, decided from values alone: never lost, never twice, never merged."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.entry import Entry, expected_hash
from kiosk.trouble import SyncTrouble
from sync.central.ingest import Accept, Differs, Told, decide
from tests.sync.making import batch_of, memory_book, new_key

KEY = new_key()
BOOK = memory_book(8)
ENTRIES = list(BOOK.entries())
OTHER = list(memory_book(8).entries())  # the same facts, another book: every hash differs
COUNT = len(ENTRIES)


class Holder:
    """What a server holds, and what it does with a decision."""

    def __init__(self, entries: list[Entry]) -> None:
        self.entries = entries

    def hash_at(self, seq: int) -> bytes | None:
        return self.entries[seq - 1].hash if 0 < seq <= len(self.entries) else None

    def offer(self, entries: list[Entry]) -> Accept | Told | Differs:
        batch = batch_of(entries, BOOK.journal_id, KEY)
        decision = decide(batch, head=len(self.entries), hash_at=self.hash_at)
        if isinstance(decision, Accept):
            self.entries = [*self.entries, *decision.entries]
        return decision


@given(st.lists(st.tuples(st.integers(0, COUNT - 1), st.integers(1, 12)), max_size=30))
@settings(max_examples=200, deadline=None)
def test_any_order_of_pieces_keeps_a_prefix_of_the_book_and_says_how_far(pieces: list[tuple[int, int]]) -> None:
    holder = Holder([])
    for start, length in pieces:
        head = len(holder.entries)
        decision = holder.offer(ENTRIES[start : start + length])
        last = min(start + length, COUNT)
        assert holder.entries == ENTRIES[: len(holder.entries)]
        if start > head or last <= head:
            assert decision == Told(head)
        else:
            assert len(holder.entries) == last


@given(st.integers(1, COUNT - 1), st.integers(0, COUNT - 1))
@settings(deadline=None)
def test_another_book_is_never_taken_further(held: int, start: int) -> None:
    holder = Holder(list(ENTRIES[:held]))
    try:
        decision = holder.offer(OTHER[start:])
    except SyncTrouble as trouble:
        assert trouble.code == "S-305"
    else:
        assert not isinstance(decision, Accept)
        if start < held:
            assert isinstance(decision, Differs)
            assert decision.held_hash == ENTRIES[decision.seq - 1].hash
            assert decision.sent_hash == OTHER[decision.seq - 1].hash
    assert holder.entries == ENTRIES[:held]


def test_a_book_that_parted_before_our_head_is_asked_back_until_it_shows() -> None:
    book = memory_book(4)
    shared = list(book.entries())
    holder = Holder(list(shared))
    other_book = memory_book(5)
    parted = list(other_book.entries())
    first_new = parted[len(shared) :]
    told = holder.offer(first_new)
    assert told == Told(len(shared) - 1)
    assert isinstance(holder.offer(parted[len(shared) - 1 :]), Differs)


def test_the_first_difference_is_named() -> None:
    book = memory_book(3)
    shared = list(book.entries())
    holder = Holder(list(shared))
    at = 4
    changed = [*shared[:at], *list(memory_book(3).entries())[at:]]
    rehashed = _rechained(changed, at)
    decision = holder.offer(rehashed)
    assert decision == Differs(at + 1, shared[at].hash, rehashed[at].hash)


@pytest.mark.parametrize("name", ["body", "fact", "day", "at", "id"])
@pytest.mark.parametrize("place", [0, 3])
def test_a_changed_entry_does_not_chain(name: str, place: int) -> None:
    changed = list(ENTRIES)
    changed[place] = dataclasses.replace(changed[place], **{name: '{"x":1}'})  # type: ignore[arg-type]
    with pytest.raises(SyncTrouble) as told:
        Holder([]).offer(changed)
    assert told.value.code == "S-305"


def test_a_left_out_entry_does_not_chain() -> None:
    gap = [*ENTRIES[:3], *[dataclasses.replace(one, seq=one.seq - 1) for one in ENTRIES[4:]]]
    with pytest.raises(SyncTrouble) as told:
        Holder([]).offer(gap)
    assert told.value.code == "S-305"


def test_a_changed_first_entry_inside_an_overlap_is_refused() -> None:
    holder = Holder(list(ENTRIES[:6]))
    changed = [dataclasses.replace(ENTRIES[4], body="{}"), *ENTRIES[5:]]
    with pytest.raises(SyncTrouble) as told:
        holder.offer(changed)
    assert told.value.code == "S-305"
    assert holder.entries == ENTRIES[:6]


def _rechained(entries: list[Entry], start: int) -> list[Entry]:
    made = list(entries)
    for place in range(start, len(made)):
        made[place] = dataclasses.replace(made[place], hash=expected_hash(made[place - 1].hash, made[place]))
    return made
