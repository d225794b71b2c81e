"""An office that takes appointments, for the pages' tests."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from litestar import Litestar

from kiosk.appointment_rules import read_appointment_rules
from kiosk.office_hours import read_hours
from kiosk.opening import OpeningHours
from kiosk.working_days import WorkingDays
from screens.appointment_desk import Appointments
from screens.private_table import PrivateTable
from screens.reminder_prints import ReminderPrints
from screens.web.appointment_page import appointment_handlers
from screens.web.appointment_rows import AppointmentPages
from screens.web.files import send_file
from sync.central.app import central_app
from tests.web.offices import NAME, SERVICES, Lobby, service_name

DAYS = WorkingDays(OpeningHours(read_hours("Mon-Fri 07:30-11:30 13:30-17:00")))
PHONE = "0237 000 0100"


@contextmanager
def appointment_pages(lobby: Lobby) -> Iterator[AppointmentPages]:
    """Everything the pages of appointments are made from, over a lobby's log."""
    private = PrivateTable(lobby.data)
    rules = read_appointment_rules(None, tuple(SERVICES)).checked()
    kept = Appointments(lobby.central, rules=rules, days=DAYS, late_min=15, private=private)
    prints = ReminderPrints(lobby.clock)
    try:
        yield AppointmentPages(
            NAME,
            service_name,
            kept,
            prints,
            lambda: tuple(SERVICES),
            counters=lambda: ("1", "2", "3"),
            server=None,
            phone=PHONE,
        )
    finally:
        private.close()


def appointment_app(pages: AppointmentPages, lobby: Lobby) -> Litestar:
    """The pages of appointments alone, with the files they load."""
    central = lobby.central
    return central_app(central, handlers=[send_file, *appointment_handlers(pages, central.clock)], office_name=NAME)
