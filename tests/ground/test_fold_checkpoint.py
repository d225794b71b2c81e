"""A kept state is a shortcut and nothing else: with it, without it and with a wrong one a fold comes to the same."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.criteria import default_set
from kiosk.dealing import Dealer
from kiosk.entry import Entry
from kiosk.facts import CriterionAnswered, CriterionSkipped, KioskStarted, RatingGiven
from kiosk.fold_checkpoint import Reached, keep, resume
from tests.fakes.clock import FakeClock
from tests.fakes.journal import MemoryJournal

CRITERIA = default_set()


class Dealt:
    """The dealer as a fold that is kept; counts what it was fed."""

    def __init__(self, version: str = "dealt/1") -> None:
        self.dealer = Dealer(CRITERIA, "office")
        self.fold_version = version
        self.fed = 0

    def take_in(self, entry: Entry) -> None:
        self.fed += 1
        self.dealer.take_in(entry)

    def state(self) -> Any:
        return self.dealer.state()

    def restore(self, state: Any) -> None:
        self.dealer.restore(state)


class Story:
    """A book of ratings, some of them left in the middle, with other things between."""

    def __init__(self) -> None:
        self.book = MemoryJournal(FakeClock())
        self.dealer = Dealer(CRITERIA, "office")

    def rate(self, name: str, answers: int, *, skips: bool) -> None:
        self._write(RatingGiven(name, None, CRITERIA.id, CRITERIA.version, "good-first", "satisfied"))
        for _ in range(answers):
            asked = self.dealer.asked(name)
            fact = CriterionSkipped(name, asked[-1]) if skips else CriterionAnswered(name, asked[-1], "yes")
            self._write(fact)

    def _write(self, fact: Any) -> None:
        self.book.append(KioskStarted("1"))
        self.dealer.take_in(self.book.append(fact))

    def entries(self, after: int) -> Iterator[Entry]:
        return self.book.entries(after)


def folded(story: Story, place: Path, *, version: str = "dealt/1") -> tuple[Dealt, int, Reached]:
    fold = Dealt(version)
    kept, reached = resume(fold, place=place, journal_id=story.book.journal_id, entries=story.entries)
    return fold, kept, reached


def write(fold: Dealt, reached: Reached, place: Path, story: Story) -> None:
    keep(fold.fold_version, fold.state(), reached, place=place, journal_id=story.book.journal_id)


@given(st.lists(st.tuples(st.integers(0, 3), st.booleans()), max_size=25), st.integers(0, 25))
@settings(max_examples=120, deadline=None)
def test_going_on_from_any_place_comes_to_what_the_whole_book_says(
    tmp_path_factory: pytest.TempPathFactory, ratings: list[tuple[int, bool]], kept_at: int
) -> None:
    place, story = tmp_path_factory.mktemp("kept") / "dealt.state", Story()
    for count, (answers, skips) in enumerate(ratings):
        if count == kept_at:
            fold, _, reached = folded(story, place)
            write(fold, reached, place, story)
        story.rate(f"r{count}", answers, skips=skips)
    with_state, kept, reached = folded(story, place)
    whole, nothing, end = folded(story, place.with_name("none"))
    assert with_state.state() == whole.state() == story.dealer.state()
    assert nothing == 0
    assert reached == end == Reached(story.book.head().seq, story.book.head().hash.hex())
    assert with_state.fed + kept == whole.fed


def test_a_state_that_goes_to_the_end_reads_nothing(tmp_path: Path) -> None:
    story, place = Story(), tmp_path / "dealt.state"
    story.rate("r1", 2, skips=False)
    fold, _, reached = folded(story, place)
    write(fold, reached, place, story)
    again, kept, _ = folded(story, place)
    assert (again.fed, kept) == (0, story.book.head().seq)
    assert again.dealer.asked("r1") == story.dealer.asked("r1")


def test_a_state_of_an_entry_that_is_not_in_the_book_is_passed_over(tmp_path: Path) -> None:
    story, other, place = Story(), Story(), tmp_path / "dealt.state"
    story.rate("r1", 2, skips=False)
    other.rate("r2", 3, skips=True)
    fold, _, reached = folded(other, place)
    keep("dealt/1", fold.state(), reached, place=place, journal_id=story.book.journal_id)
    again, kept, _ = folded(story, place)
    assert kept == 0
    assert again.state() == story.dealer.state()


def test_a_state_beyond_the_end_of_the_book_is_passed_over(tmp_path: Path) -> None:
    story, place = Story(), tmp_path / "dealt.state"
    story.rate("r1", 2, skips=False)
    keep("dealt/1", Dealt().state(), Reached(500, "ab"), place=place, journal_id=story.book.journal_id)
    assert folded(story, place)[0].state() == story.dealer.state()


@pytest.mark.parametrize("damage", ["cut", "bit", "empty", "noise", "version", "journal", "state"])
def test_a_damaged_or_foreign_state_is_passed_over(tmp_path: Path, damage: str) -> None:
    story, place = Story(), tmp_path / "dealt.state"
    story.rate("r1", 2, skips=False)
    fold, _, reached = folded(story, place)
    version = "dealt/2" if damage == "version" else "dealt/1"
    journal_id = "another" if damage == "journal" else story.book.journal_id
    keep(version, ["wrong"] if damage == "state" else fold.state(), reached, place=place, journal_id=journal_id)
    raw = place.read_bytes()
    changed = {"cut": raw[:-5], "bit": raw[:-3] + b"\x01" + raw[-2:], "empty": b"", "noise": json.dumps([1]).encode()}
    place.write_bytes(changed.get(damage, raw))
    again, kept, _ = folded(story, place)
    assert kept == 0
    assert again.state() == story.dealer.state()


def test_the_state_that_was_kept_before_stays_until_the_new_one_is_whole(tmp_path: Path) -> None:
    story, place = Story(), tmp_path / "dealt.state"
    story.rate("r1", 1, skips=False)
    fold, _, reached = folded(story, place)
    write(fold, reached, place, story)
    before = place.read_bytes()
    with pytest.raises(TypeError):
        keep("dealt/1", object(), reached, place=place, journal_id=story.book.journal_id)
    assert place.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == ["dealt.state"]
