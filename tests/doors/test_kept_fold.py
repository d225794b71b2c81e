"""The phone desk's state beside the office's book: used at the next start, equal to the whole book, never trusted."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.book_file import read_entries
from kiosk.criteria import default_set
from kiosk.facts import CriterionAnswered, KioskStarted, RatingGiven
from screens.kept_fold import KeptFold
from screens.phone_desk import PhoneFold
from sync.central.office_book import JOURNAL, OfficeBook
from sync.central.service import CentralLog
from tests.fakes.clock import FakeClock

CRITERIA = default_set()
NAME = "phone-desk"


@pytest.fixture
def central(tmp_path: Path) -> Iterator[CentralLog]:
    with CentralLog.open(tmp_path, clock=FakeClock(), office=OfficeBook("bac-son")) as made:
        yield made


def rate(central: CentralLog, name: str) -> None:
    given = RatingGiven(name, f"used-{name}", CRITERIA.id, CRITERIA.version, "good-first", "satisfied")
    central.act(lambda: (given, CriterionAnswered(name, "b1", "yes"), KioskStarted("1")))


def opened(central: CentralLog, *, every: int = 5000) -> tuple[PhoneFold, KeptFold]:
    fold = PhoneFold(CRITERIA)
    return fold, KeptFold(central, fold, NAME, every=every)


def whole(central: CentralLog) -> object:
    fold = PhoneFold(CRITERIA)
    for entry in read_entries(central.data / JOURNAL):
        fold.take_in(entry)
    return fold.state()


def test_a_fold_hears_what_is_written_and_comes_to_what_the_whole_book_says(central: CentralLog) -> None:
    rate(central, "r1")
    fold, kept = opened(central)
    rate(central, "r2")
    assert fold.state() == whole(central)
    assert fold.used == {"used-r1", "used-r2"}
    assert kept.reached.seq == central.store.books("bac-son")[0].seq


def test_the_next_start_goes_on_from_the_state_and_comes_to_the_same(central: CentralLog) -> None:
    rate(central, "r1")
    opened(central)[1].keep()
    rate(central, "r2")
    fold, kept = opened(central)
    assert fold.state() == whole(central)
    assert kept.reached.seq > 4


def test_the_state_is_written_again_when_the_book_has_grown_enough(central: CentralLog) -> None:
    _, kept = opened(central, every=6)
    place = central.data / "office" / f"{NAME}.state"
    rate(central, "r1")
    kept.look()
    assert not place.exists()
    rate(central, "r2")
    kept.look()
    assert place.exists()


def test_a_state_of_another_office_s_book_is_passed_over(central: CentralLog, tmp_path: Path) -> None:
    rate(central, "r1")
    opened(central)[1].keep()
    other_data = tmp_path / "other"
    with CentralLog.open(other_data, clock=FakeClock(), office=OfficeBook("bac-son")) as other:
        rate(other, "r9")
        rate(other, "r8")
        raw = (central.data / "office" / f"{NAME}.state").read_bytes()
        (other_data / "office" / f"{NAME}.state").write_bytes(raw)
        assert opened(other)[0].state() == whole(other)


def test_a_folder_that_cannot_be_written_costs_only_the_next_start_its_time(central: CentralLog) -> None:
    _, kept = opened(central)
    rate(central, "r1")
    (central.data / "office" / f"{NAME}.state.new").mkdir()
    kept.keep()
    assert opened(central)[0].state() == whole(central)
