"""Appointments at the office server: decided and written in one piece, private texts beside the book."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from kiosk.appointment_code import code_hash
from kiosk.appointment_desk import Wish
from kiosk.appointment_facts import AppointmentCheckedIn
from kiosk.appointment_rules import read_appointment_rules
from kiosk.appointments import RESULT, VISIT
from kiosk.journal import BookOf, SqliteJournal
from kiosk.lobby_views import ArrivalView
from kiosk.office_hours import read_hours
from kiosk.opening import OpeningHours
from kiosk.trouble import MachineTrouble, SyncTrouble
from kiosk.working_days import WorkingDays
from screens.appointment_desk import Appointments
from screens.private_table import NOTHING, PLACE, Private, PrivateTable
from sync.central.local import LocalLink
from sync.central.office_book import OfficeBook
from sync.central.service import CentralLog
from sync.central.sqlite_rows import APPOINTMENT_LIST
from sync.keys import own_key
from sync.sources import DeviceBook
from sync.uploader import Uploader
from tests.fakes.clock import FakeClock

DAY_S = 86400.0
FRIDAY = date(2026, 11, 27)
RULES = read_appointment_rules(None, "ABCEGHKL").checked()
DAYS = WorkingDays(OpeningHours(read_hours("Mon-Fri 07:30-11:30 13:30-17:00")))
DOSSIER = "000.00.00.H56-261123-0042"


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def central(tmp_path: Path, clock: FakeClock) -> Iterator[CentralLog]:
    with CentralLog.open(tmp_path, clock=clock, office=OfficeBook("bac-son")) as made:
        yield made


def opened(central: CentralLog, private: PrivateTable) -> Appointments:
    return Appointments(central, rules=RULES, days=DAYS, late_min=15, private=private)


@pytest.fixture
def private(tmp_path: Path) -> Iterator[PrivateTable]:
    with closing(PrivateTable(tmp_path)) as made:
        yield made


@pytest.fixture
def office(central: CentralLog, private: PrivateTable) -> Appointments:
    return opened(central, private)


def test_the_dossier_code_stands_in_the_table_and_in_no_book(office: Appointments, central: CentralLog) -> None:
    booked = office.book(Wish(RESULT, "K", FRIDAY, "15:00", "1"), DOSSIER)
    assert office.private(booked.appointment.id) == Private(booked.code, DOSSIER)
    everything = b"".join(path.read_bytes() for path in central.data.rglob("*.sqlite*") if path.name != PLACE.name)
    assert DOSSIER.encode() not in everything and booked.code.encode() not in everything
    assert code_hash(booked.code).encode() in everything


def test_a_restarted_server_knows_every_appointment(
    office: Appointments, central: CentralLog, private: PrivateTable
) -> None:
    booked = office.book(Wish(VISIT, "B", FRIDAY, "09:00"))
    again = opened(central, private)
    assert again.by_code(booked.code) == booked.appointment
    assert again.private(booked.appointment.id).code == booked.code


def test_of_many_who_want_the_last_place_one_gets_it(office: Appointments, private: PrivateTable) -> None:
    told: list[str] = []

    def want() -> None:
        try:
            office.book(Wish(VISIT, "B", FRIDAY, "09:00"))
            told.append("booked")
        except SyncTrouble as trouble:
            told.append(trouble.code)

    threads = [threading.Thread(target=want) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == ["S-338"] * 15 + ["booked"]
    assert len(private.ids()) == 1


def test_a_number_taken_at_a_kiosk_uses_the_appointment(
    office: Appointments, central: CentralLog, clock: FakeClock
) -> None:
    booked = office.book(Wish(VISIT, "B", FRIDAY, "09:00"))
    hash = code_hash(booked.code)
    assert office.arrival(hash).arrival == "other-day"
    clock.advance(4 * DAY_S)
    assert office.arrival(hash) == ArrivalView("due", booked.appointment.id, "visit", "B", "2026-11-27", "09:00")
    path, key = central.data / "journal.sqlite", own_key(central.data, "kiosk")
    with SqliteJournal.create(path, of=BookOf("kiosk-1", "bac-son"), utc_offset_h=7, clock=clock) as book:
        book.append(AppointmentCheckedIn(booked.appointment.id, "B007"))
    Uploader(DeviceBook(path, key), LocalLink(central), key, clock=clock).send_all()
    assert office.arrival(hash).arrival == "used"
    assert office.arrival(hash).number == "B007"
    assert office.arrival(code_hash("0000000000")) == ArrivalView("unknown")


def test_what_is_private_is_erased_thirty_days_after_the_day(
    office: Appointments, central: CentralLog, clock: FakeClock
) -> None:
    over = office.book(Wish(VISIT, "B", FRIDAY, "09:00"), "gone").appointment.id
    open = office.book(Wish(RESULT, "K", FRIDAY, "15:00"), "kept").appointment.id
    clock.advance(34 * DAY_S)
    office.sweep()
    assert office.private(over).dossier == "gone"
    clock.advance(DAY_S)
    central.act(lambda: ())
    office.book(Wish(VISIT, "B", date(2026, 12, 30), "09:00"))
    assert office.private(over) == NOTHING
    assert office.private(open).dossier == "kept"
    assert b"gone" not in (central.data / PLACE).read_bytes()


def test_what_a_power_cut_left_without_an_appointment_is_erased_at_the_next_start(
    office: Appointments, central: CentralLog, private: PrivateTable
) -> None:
    private.put("stray", Private("0000000000", DOSSIER))
    opened(central, private)
    assert private.ids() == set()


def test_the_line_of_a_day_is_told_of_what_was_booked_before(office: Appointments) -> None:
    booked = office.book(Wish(VISIT, "B", FRIDAY, "09:00"))
    gone = office.book(Wish(VISIT, "B", FRIDAY, "09:15"))
    office.cancel_by_code(gone.code)
    (fact,) = office.booked_facts(FRIDAY)
    assert (fact.appointment_id, fact.at) == (booked.appointment.id, "09:00")


def test_appointments_are_found_without_reading_all_books(office: Appointments, central: CentralLog) -> None:
    """SQLite refuses a statement that names an index which cannot serve it: this one names its own."""
    booked = office.book(Wish(VISIT, "B", FRIDAY, "09:00"))
    (entry,) = central.store.appointment_entries("bac-son")
    assert (entry.fact, entry.fields()["appointment_id"]) == ("AppointmentBooked", booked.appointment.id)
    with central.store._reading() as link:
        (size,) = link.execute(
            f"select count(*) from entry indexed by entry_appointment where fact in ({APPOINTMENT_LIST})"
        ).fetchone()
    assert size == 1


def test_a_disk_that_refuses_is_told_by_its_code(tmp_path: Path) -> None:
    (tmp_path / "office").write_text("in the way", encoding="utf-8")
    with pytest.raises(MachineTrouble) as told:
        PrivateTable(tmp_path)
    assert told.value.code == "M-202"
