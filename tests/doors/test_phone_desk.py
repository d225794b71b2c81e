"""Ratings by phone: the kiosk's tickets, the office's own book, one rule of when a ballot is open."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.ballot import ballot_issue, ballot_line, ballot_used, new_ballot
from kiosk.ballot_book import BALLOT_DAYS
from kiosk.book_file import read_entries
from kiosk.criteria import default_set
from kiosk.facts import TicketIssued
from kiosk.journal import BookOf, SqliteJournal
from kiosk.trouble import SyncTrouble
from kiosk.visit_events import BallotState
from screens.phone_desk import PhoneDesk, phone_desk
from sync.central.local import LocalLink
from sync.central.office_book import JOURNAL, OfficeBook
from sync.central.service import CentralLog
from sync.keys import own_key
from sync.sources import DeviceBook
from sync.uploader import Uploader
from tests.fakes.clock import FakeClock

DAY_S = 86400.0


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def central(tmp_path: Path, clock: FakeClock) -> Iterator[CentralLog]:
    with CentralLog.open(tmp_path, clock=clock, office=OfficeBook("bac-son")) as made:
        yield made


@pytest.fixture
def ballot(central: CentralLog, clock: FakeClock) -> bytes:
    """A ballot of a ticket that the kiosk beside the server issued and sent."""
    made, key = new_ballot(), own_key(central.data, "kiosk")
    path = central.data / "journal.sqlite"
    of = BookOf("kiosk-1", "bac-son")
    with SqliteJournal.create(path, of=of, utc_offset_h=7, clock=clock) as book:
        book.append(
            TicketIssued("B001", "B", priority=False, ballot_issue=ballot_issue(made), ballot_line=ballot_line(made))
        )
    Uploader(DeviceBook(path, key), LocalLink(central), key, clock=clock).send_all()
    return made


@pytest.fixture
def desk(central: CentralLog) -> PhoneDesk:
    return phone_desk(central, default_set())


def test_a_ballot_is_open_until_the_end_of_its_days(desk: PhoneDesk, ballot: bytes, clock: FakeClock) -> None:
    assert desk.state(bytes(16)) is BallotState.UNKNOWN
    assert desk.state(ballot) is BallotState.OPEN
    clock.advance(BALLOT_DAYS * DAY_S)
    assert desk.state(ballot) is BallotState.OPEN
    clock.advance(DAY_S)
    assert desk.state(ballot) is BallotState.UNKNOWN


def test_a_rating_by_phone_is_a_fact_in_the_offices_book_and_uses_the_ballot(
    desk: PhoneDesk, ballot: bytes, central: CentralLog
) -> None:
    step = desk.rate(ballot, "neutral", "good-first")
    last = list(read_entries(central.data / JOURNAL))[-1]
    assert (last.fact, last.fields()["ballot_used"]) == ("RatingGiven", ballot_used(ballot))
    assert desk.state(ballot) is BallotState.USED
    with pytest.raises(SyncTrouble) as again:
        desk.rate(ballot, "satisfied", "good-first")
    assert again.value.code == "S-316"
    asked = []
    while step.next_criterion:
        asked.append(step.next_criterion)
        step = desk.judge(step.rating_id, step.next_criterion, None)
    assert len(asked) == 3


def test_a_restarted_server_knows_what_was_used(desk: PhoneDesk, ballot: bytes, central: CentralLog) -> None:
    desk.rate(ballot, "neutral", "good-first")
    assert phone_desk(central, default_set()).state(ballot) is BallotState.USED


def test_nobody_answers_for_a_rating_that_is_not_there(desk: PhoneDesk) -> None:
    with pytest.raises(SyncTrouble) as trouble:
        desk.judge("0" * 32, "B1", "yes")
    assert trouble.value.code == "S-314"
