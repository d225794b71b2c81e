"""A reminder asked for at a counter comes out of the kiosk's printer, and what became of it is a fact."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from devices.choose import printer_at
from kiosk.appointment_code import read_code
from kiosk.appointment_desk import Wish
from kiosk.appointment_facts import ReminderPrinted
from kiosk.appointments import RESULT
from kiosk.ports import Outcome, Printer, PrintOutcome
from kiosk.settings import read_settings
from screens.touch.office_scene import reminder_maker
from screens.touch.print_thread import PrintThread
from screens.touch.reminders import Reminders
from screens.web.appointment_rows import AppointmentPages
from screens.web.telling import telling
from tests.fakes.clock import FakeClock
from tests.fakes.printer import PAPER_OUT, FakePrinter
from tests.fakes.waiting import until
from tests.web.appointment_office import appointment_app, appointment_pages
from tests.web.offices import Lobby, served

DOSSIER = "000.00.00.H56-261123-0042"
FRIDAY = date(2026, 11, 27)


@pytest.fixture
def lobby(tmp_path: Path) -> Iterator[Lobby]:
    made = Lobby(tmp_path, FakeClock())
    yield made
    made.close()


@pytest.fixture
def pages(lobby: Lobby) -> Iterator[AppointmentPages]:
    with appointment_pages(lobby) as made:
        yield made


class Kiosk:
    """The threads of a kiosk that print reminders, on a printer and a book of its own."""

    def __init__(self, lobby: Lobby, address: str, printer: Printer) -> None:
        settings = read_settings(None, data=lobby.data).settings
        self.lobby = lobby
        self.told: list[tuple[str, PrintOutcome]] = []
        self.printing = PrintThread(lambda: printer, changed=lambda before, now: None, poll_s=0.05)
        slip_of = reminder_maker(settings, lobby.clock)
        self.reminders = Reminders(address, slip_of=slip_of, printer=self.printing, settled=self.settled)
        self.printing.start()
        self.reminders.start()

    def settled(self, appointment_id: str, outcome: PrintOutcome) -> None:
        self.lobby.desk.settle_reminder(appointment_id, outcome)
        self.lobby.send()
        self.told.append((appointment_id, outcome))

    def close(self) -> None:
        self.reminders.close()
        self.printing.close(5)


def asks(pages: AppointmentPages, id: str) -> None:
    """The staff press "print at the kiosk" as soon as the kiosk is there."""
    until(lambda: pages.prints._heard_at is not None)
    pages.prints.ask(pages.reminder(pages.kept.find(id), telling("vi")))


def test_a_reminder_comes_out_of_the_virtual_printer_and_its_code_is_read_back(
    lobby: Lobby, pages: AppointmentPages, tmp_path: Path
) -> None:
    booked = pages.kept.book(Wish(RESULT, "A", FRIDAY, "15:00", "1"), DOSSIER)
    printer = printer_at("virtual:slips", profile="auto", slip="auto", data_folder=tmp_path, clock=lobby.clock)
    with served(appointment_app(pages, lobby)) as address:
        kiosk = Kiosk(lobby, address, printer)
        asks(pages, booked.appointment.id)
        until(lambda: kiosk.told)
        kiosk.close()
    assert kiosk.told == [(booked.appointment.id, PrintOutcome(Outcome.PRINTED))]
    (paper,) = (tmp_path / "slips").glob("*.png")
    (found,) = zxingcpp.read_barcodes(Image.open(paper).convert("L"))
    assert read_code(found.text) == booked.code
    facts = lobby.central.store.appointment_entries("bac-son")
    assert [entry.fact for entry in facts if entry.fact == ReminderPrinted.__name__] == ["ReminderPrinted"]
    assert pages.kept.find(booked.appointment.id).printed_count == 1


def test_a_printer_without_paper_leaves_the_fact_why(lobby: Lobby, pages: AppointmentPages) -> None:
    booked = pages.kept.book(Wish(RESULT, "A", FRIDAY, "15:00"))
    with served(appointment_app(pages, lobby)) as address:
        kiosk = Kiosk(lobby, address, FakePrinter(PAPER_OUT))
        asks(pages, booked.appointment.id)
        until(lambda: kiosk.told)
        kiosk.close()
    assert kiosk.told[0][1] == PrintOutcome(Outcome.NOT_PRINTED, "P-101")
    assert pages.kept.find(booked.appointment.id).printed_count == 0


def test_a_kiosk_waits_for_its_server_and_ends_at_once_when_told(lobby: Lobby, pages: AppointmentPages) -> None:
    printer = FakePrinter()
    kiosk = Kiosk(lobby, "http://127.0.0.1:9", printer)
    kiosk.close()
    assert not kiosk.reminders._thread.is_alive()
    with served(appointment_app(pages, lobby)) as address:
        waiting = Kiosk(lobby, address, printer)
        until(lambda: pages.prints._heard_at is not None)
        waiting.close()
        assert not waiting.reminders._thread.is_alive()
    assert printer.slips == []
