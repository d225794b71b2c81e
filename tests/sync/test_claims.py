"""Whose a kiosk's id is: a replaced machine may have it, a second living one may not."""

from __future__ import annotations

import dataclasses
from datetime import datetime, timedelta

import pytest

from kiosk.clock import instant_text
from kiosk.entry import GENESIS
from sync.central.claims import SILENT, Claim, owner_of, refuse_second_machine
from sync.central.store import OFFICE_BOOK, Book, BookState
from tests.fakes.clock import MORNING, FakeClock
from tests.sync.making import OFFICE, device_of, new_key

MINUTE = timedelta(minutes=1)


def book(kiosk_id: str, device_id: str, taken_at: datetime, journal_id: str = "book") -> Book:
    at = instant_text(taken_at)
    return Book(OFFICE, journal_id, kiosk_id, device_id, False, 5, GENESIS, BookState.OPEN, at, at)


def asked(held: list[Book], *, enrolled_at: datetime, now: datetime, here: str = "", id: str = "kiosk-2") -> str:
    signer = dataclasses.replace(device_of(new_key(), clock=FakeClock()), enrolled_at=instant_text(enrolled_at))
    fresh = book(id, signer.device_id, now, "fresh")
    trouble = refuse_second_machine(fresh, held, Claim(signer, now, lambda device_id: device_id == here))
    return trouble.code if trouble else ""


def test_another_id_is_nobody_s_business() -> None:
    assert asked([book("kiosk-1", "old", MORNING)], enrolled_at=MORNING, now=MORNING) == ""


@pytest.mark.parametrize(
    ("heard", "enrolled", "now", "code"),
    [
        (0, 30, 31, ""),  # silent, then a new machine was enrolled
        (30, 29, 60, "S-310"),  # heard after the new one was enrolled: two that live
        (28, 30, 31, "S-310"),  # heard a moment ago
        (21, 30, 31, "S-310"),  # exactly as long ago as is not yet silence
        (20, 30, 31, ""),
    ],
)
def test_a_machine_takes_an_id_over_when_the_old_one_is_silent(heard: int, enrolled: int, now: int, code: str) -> None:
    assert SILENT == 10 * MINUTE
    moment = [MORNING + MINUTE * at for at in (heard, enrolled, now)]
    if heard == 21:
        moment[0] += timedelta(microseconds=1)
    assert asked([book("kiosk-2", "old", moment[0])], enrolled_at=moment[1], now=moment[2]) == code


def test_the_machine_beside_the_server_is_never_taken_for_dead() -> None:
    held, late = [book("kiosk-1", "home", MORNING)], MORNING + timedelta(days=30)
    assert asked(held, enrolled_at=late, now=late + MINUTE, here="home", id="kiosk-1") == "S-310"
    assert asked(held, enrolled_at=late, now=late + MINUTE, id="kiosk-1") == ""


def test_an_office_s_own_book_has_no_rival() -> None:
    assert asked([book(OFFICE_BOOK, "old", MORNING)], enrolled_at=MORNING, now=MORNING, id=OFFICE_BOOK) == ""


def test_the_newest_book_has_the_id() -> None:
    old, new = book("kiosk-2", "old", MORNING, "a"), book("kiosk-2", "new", MORNING, "b")
    assert owner_of("kiosk-2", [old, new, book("kiosk-3", "x", MORNING, "c")]) is new
    assert owner_of("kiosk-4", [old, new]) is None
