"""The tap's way to the office: it never waits longer than its deadline, and no answer is taken for another."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from kiosk.clock import SystemClock
from kiosk.identifiers import random_id
from kiosk.remote_numbers import Asking, Lent
from sync.batch import pack
from sync.central.app import central_app
from sync.central.office_book import OfficeBook
from sync.central.service import CentralLog
from sync.numbers_link import HttpNumberLink
from tests.fakes.cable import Cable, Wire
from tests.fakes.waiting import until
from tests.sync.making import OFFICE, batch_of, device_of, enrolled, file_book, new_key, served

SOON_S, PATIENT_S = 0.1, 10.0


class Way:
    """A kiosk's link to a real office through a cable."""

    def __init__(self, central: CentralLog, cable: Cable, link: HttpNumberLink) -> None:
        self.central, self.cable, self.link = central, cable, link

    def ask(self, within_s: float = PATIENT_S, *, request: str = "") -> int | None:
        asking = Asking(request or random_id(), "B", self.central.today().isoformat())
        lent = self.link.ask(asking, within_s)
        assert lent is None or lent.asking == asking
        return lent.count if lent else None


@pytest.fixture
def way(tmp_path: Path) -> Iterator[Way]:
    clock, key = SystemClock(), new_key()
    with CentralLog.open(tmp_path / "office", clock=clock, office=OfficeBook(OFFICE)) as central:
        enrolled(central.store, device_of(key))
        with file_book(tmp_path / "journal.sqlite", clock, count=1) as book:
            central.take(pack(batch_of(list(book.entries()), book.journal_id, key)))
        with served(central_app(central)) as at, Cable(at.port) as cable:
            link = HttpNumberLink(cable.address, key, clock=clock)
            yield Way(central, cable, link)
            cable.become(Wire.RESET)
            link.close()


def test_a_whole_wire_brings_one_number_after_the_other(way: Way) -> None:
    assert [way.ask() for _ in range(5)] == [1, 2, 3, 4, 5]
    assert way.link.late() == []


def test_the_reserve_is_asked_for_beside_the_numbers(way: Way) -> None:
    assert (way.link.reserve(), way.link.reserve()) == (1, 1)
    way.cable.become(Wire.RESET)
    assert way.link.reserve() is None


@pytest.mark.parametrize("wire", [Wire.BLACK_HOLE, Wire.DEAF, Wire.MID_ANSWER])
def test_a_wire_that_is_cut_costs_the_deadline_once_and_then_nothing(way: Way, wire: Wire) -> None:
    assert way.ask() == 1
    way.cable.become(wire)
    begun = time.monotonic()
    assert way.ask(SOON_S) is None
    assert SOON_S <= time.monotonic() - begun < 5 * SOON_S
    begun = time.monotonic()
    assert way.ask(PATIENT_S) is None  # one hangs already
    assert time.monotonic() - begun < SOON_S
    way.cable.become(Wire.WHOLE)
    until(lambda: way.ask() is not None)
    assert way.link.late() == []


def test_a_refused_wire_is_told_at_once(way: Way) -> None:
    assert way.ask() == 1
    way.cable.become(Wire.RESET)
    begun = time.monotonic()
    assert way.ask(PATIENT_S) is None
    assert time.monotonic() - begun < 2
    way.cable.become(Wire.WHOLE)
    assert way.ask() == 2


def test_a_kept_connection_that_was_closed_meanwhile_costs_no_number(way: Way) -> None:
    assert way.ask() == 1
    way.cable.become(Wire.WHOLE)  # every connection is reset, as by a server that came back
    assert way.ask() == 2


def test_an_answer_that_comes_too_late_is_kept_for_the_next(way: Way) -> None:
    assert way.ask(0.0001) is None
    late: list[Lent] = []

    def came() -> bool:
        late.extend(way.link.late())
        return bool(late)

    until(came)
    assert [lent.count for lent in late] == [1]
    assert way.link.late() == []


def test_the_same_request_brings_the_same_number(way: Way) -> None:
    request = random_id()
    assert [way.ask(request=request) for _ in range(2)] == [1, 1]


def test_a_refusal_is_told_at_once_and_once(way: Way, caplog: pytest.LogCaptureFixture) -> None:
    begun = time.monotonic()
    yesterday = Asking(random_id(), "B", date(2020, 1, 1).isoformat())
    assert [way.link.ask(yesterday, PATIENT_S) for _ in range(2)] == [None, None]
    assert time.monotonic() - begun < PATIENT_S
    assert caplog.text.count("check the clocks") == 1
