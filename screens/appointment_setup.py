"""How the appointments of an office are put together from its settings, its catalogue folder and its lobby."""

from __future__ import annotations

from contextlib import ExitStack

from kiosk.opening import OpeningHours
from kiosk.working_days import WorkingDays
from screens.appointment_desk import Appointments
from screens.configuration import Setup
from screens.lobby_data import lobby_data
from screens.private_table import PrivateTable
from screens.reminder_prints import ReminderPrints
from screens.web.appointment_rows import AppointmentPages
from screens.web.office_pages import OfficePages


def appointment_pages(setup: Setup, pages: OfficePages, ends: ExitStack) -> AppointmentPages:
    """What the pages of appointments are made from; ``ends`` closes the private table. Raises ``Trouble`` M-201,
    M-202 if it cannot be opened."""
    settings, rules = setup.settings, lobby_data(setup).appointments
    lobby = pages.hall.setting
    private = PrivateTable(setup.data)
    ends.callback(private.close)
    kept = Appointments(
        pages.central,
        rules=rules,
        days=WorkingDays(OpeningHours(settings.office.hours), rules.passed_on_after),
        late_min=lobby.rules.appointment_late_min,
        private=private,
    )
    return AppointmentPages(
        pages.office_name,
        pages.service_name,
        kept,
        ReminderPrints(pages.central.clock),
        services=lambda: lobby.services_on(kept.now().date()),
        counters=lambda: [counter.id for counter in lobby.counters_on(kept.now().date())],
        server=settings.server.address,
        phone=settings.office.phone or "",
    )
