"""Two hops: a kiosk's book reaches the centre through its office, with the kiosk's own signatures, over real HTTP."""

from __future__ import annotations

import random
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.facts import KioskStarted
from kiosk.trouble import Trouble
from sync.central.app import central_app
from sync.central.office_book import OfficeBook
from sync.central.service import CentralLog, Upstream
from sync.central.store import Role
from sync.enrol import Asked, enrol
from sync.keys import head_bytes, own_key, signed_by
from sync.upload_status import UploadState
from sync.upload_thread import start_book_upload
from sync.uploader import Pace
from tests.fakes.clock import FakeClock
from tests.fakes.waiting import until
from tests.sync.making import ALL, OFFICE, file_book, served, visits

QUICK = Pace(cap_s=0.05, chance=random.Random(1))


class Centre:
    """A central log on a port."""

    def __init__(self, data: Path, clock: FakeClock) -> None:
        self.log = CentralLog.open(data, clock=clock)
        self.app = central_app(self.log)
        self.address = ""

    def heads(self) -> dict[str, int]:
        return {book.journal_id: book.seq for book in self.log.store.books(OFFICE)}


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[Centre]:
    made = Centre(tmp_path / "centre", FakeClock())
    with served(made.app) as at:
        made.address = at.address
        yield made
    made.log.close()


def office_at(data: Path, centre: str) -> CentralLog:
    return CentralLog.open(data, clock=FakeClock(), office=OfficeBook(OFFICE), upstream=Upstream(centre, QUICK))


def enrol_office(data: Path, centre: Centre) -> None:
    enrol(Asked(data, centre.address, centre.log.enrol_code(), office_id=OFFICE))


def test_a_kiosk_s_book_goes_through_its_office_to_the_centre(tmp_path: Path, centre: Centre) -> None:
    data = tmp_path / "office"
    journal = file_book(data / "journal.sqlite", FakeClock(), count=300)
    enrol_office(data, centre)
    office = office_at(data, centre.address)
    with served(central_app(office)) as at:
        kiosk = start_book_upload(data, at.address, clock=FakeClock(), pace=QUICK)
        until(lambda: centre.heads().get(journal.journal_id) == journal.head().seq)
        journal.append_all(visits(30, seed=4))
        kiosk.wake()
        until(lambda: centre.heads().get(journal.journal_id) == journal.head().seq)
        kiosk.stop()

    books = centre.log.store.books(OFFICE)
    assert [book.kiosk_id for book in books] == ["office", "kiosk-1"]
    assert centre.log.store.tallies(OFFICE, *ALL) == office.store.tallies(OFFICE, *ALL) != []
    assert centre.log.store.hours(OFFICE, *ALL) == office.store.hours(OFFICE, *ALL)
    assert list(centre.log.store.entries(books[1])) == list(journal.entries())
    assert centre.log.verify() == office.verify() == []

    seq, signature = centre.log.store.signed_head(books[1], 0, books[1].seq) or (0, "")
    message = head_bytes(journal.journal_id, seq, books[1].hash.hex())
    assert seq == books[1].seq
    assert signed_by(own_key(data, "kiosk").public_key, message, signature)
    kiosk_device, office_device = (own_key(data, name).device_id for name in ("kiosk", "office"))
    roles = {name: device.role for name in (kiosk_device, office_device) if (device := centre.log.store.device(name))}
    assert roles == {kiosk_device: Role.KIOSK, office_device: Role.OFFICE}
    assert [book.device_id for book in books] == [office_device, kiosk_device]
    office.close()
    journal.close()


def test_entries_that_came_one_by_one_are_forwarded_in_few_batches(tmp_path: Path, centre: Centre) -> None:
    data = tmp_path / "office"
    journal = file_book(data / "journal.sqlite", FakeClock())
    office = CentralLog.open(data, clock=FakeClock(), office=OfficeBook(OFFICE))
    with served(central_app(office)) as at:
        kiosk = start_book_upload(data, at.address, clock=FakeClock(), pace=QUICK)
        for _ in range(40):
            head = journal.append(KioskStarted("1")).seq
            kiosk.wake()
            until(lambda head=head: office.store.books(OFFICE)[-1].seq == head)  # type: ignore[misc]
        kiosk.stop()
    office.close()
    enrol_office(data, centre)
    again = office_at(data, centre.address)
    until(lambda: centre.heads().get(journal.journal_id) == journal.head().seq)
    taken = centre.log.measures.batches.labels("ok")._value.get()
    assert taken <= 4
    again.close()
    journal.close()


def test_an_office_nobody_enrolled_waits_and_says_why(tmp_path: Path, centre: Centre) -> None:
    data = tmp_path / "office"
    office = office_at(data, centre.address)
    upload = office.upload
    assert upload is not None
    until(lambda: upload.status().trouble)
    trouble = upload.status().trouble
    assert trouble is not None
    assert (trouble.code, upload.status().state) == ("S-302", UploadState.WAITING)
    assert office.health()["upstream"] is not None
    assert centre.heads() == {}
    office.close()


def test_an_office_works_on_while_its_centre_is_away(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    office = office_at(tmp_path, f"http://127.0.0.1:{port}")
    for _ in range(20):
        office.record(KioskStarted("1"))
    upload = office.upload
    assert upload is not None
    until(lambda: upload.status().waiting_count == 21)
    assert office.store.books(OFFICE)[0].seq == 21
    office.close()


def test_a_demonstration_s_books_stop_at_the_centre(tmp_path: Path, centre: Centre) -> None:
    data = tmp_path / "demo"
    enrol_office(data, centre)
    office = CentralLog.open(
        data, clock=FakeClock(), office=OfficeBook(OFFICE, demo=True), upstream=Upstream(centre.address, QUICK)
    )
    upload = office.upload
    assert upload is not None
    until(lambda: upload.status().trouble)
    trouble = upload.status().trouble
    assert trouble is not None
    assert trouble.code == "S-309"
    assert centre.heads() == {}
    office.close()


def test_an_office_that_has_a_device_needs_a_code_made_for_it(tmp_path: Path, centre: Centre) -> None:
    enrol_office(tmp_path / "first", centre)
    second = Asked(tmp_path / "second", centre.address, centre.log.enrol_code(), office_id=OFFICE)
    with pytest.raises(Trouble) as told:
        enrol(second)
    assert told.value.code == "S-311"
    named = Asked(tmp_path / "second", centre.address, centre.log.enrol_code(OFFICE), office_id=OFFICE)
    assert enrol(named).office_id == OFFICE
    other = Asked(tmp_path / "third", centre.address, centre.log.enrol_code(OFFICE), office_id="quang-hung")
    with pytest.raises(Trouble) as refused:
        enrol(other)
    assert refused.value.code == "S-311"


def test_an_office_with_a_new_key_goes_on_once_it_is_enrolled_again(tmp_path: Path, centre: Centre) -> None:
    data = tmp_path / "office"
    enrol_office(data, centre)
    office = office_at(data, centre.address)
    until(lambda: sum(centre.heads().values()) == 1)
    office.close()
    for place in (data / "keys").glob("office.*"):
        place.unlink()
    enrol(Asked(data, centre.address, centre.log.enrol_code(OFFICE)))
    office = office_at(data, centre.address)
    office.record(KioskStarted("1"))
    until(lambda: sum(centre.heads().values()) == 2)
    assert office.verify() == centre.log.verify() == []
    office.close()
