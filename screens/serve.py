"""``kiosk serve``: the office server, its log and its pages."""

from __future__ import annotations

import argparse
import gc
import logging
from contextlib import ExitStack
from datetime import date
from pathlib import Path

from kiosk.address_form import addressed_set
from kiosk.clock import SystemClock
from kiosk.criteria import default_set
from kiosk.opening import OpeningHours
from screens.appointment_setup import appointment_pages
from screens.board_parts import board_parts, start_voice
from screens.configuration import Setup, configure
from screens.lobby_data import lobby_data
from screens.lobby_hall import Hall
from screens.lobby_setting import LobbySetting
from screens.lobby_watch import Watch
from screens.phone_desk import phone_desk
from screens.web.app import office_handlers
from screens.web.appointment_page import appointment_handlers
from screens.web.office_pages import OfficePages
from sync.central.app import central_app
from sync.central.listening import bind
from sync.central.office_book import OfficeBook
from sync.central.serve import run
from sync.central.service import CentralLog, Upstream
from sync.central.staff import Staff
from sync.sources import book_opening


def main(asked: argparse.Namespace) -> int:
    """Serve until a signal; 0 then."""
    setup = configure(asked.settings, asked.data)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
    settings, clock = setup.settings, SystemClock()
    office = OfficeBook(settings.office.id, settings.office.utc_offset_h, demo=_is_demo(setup.data))
    upstream = Upstream(settings.sync.upstream) if settings.sync.upstream else None
    socket = bind(settings.server.listen)
    with CentralLog.open(setup.data, clock=clock, office=office, upstream=upstream) as central, ExitStack() as ends:
        staff = Staff(setup.data, clock=clock)
        pages = _pages(setup, central, staff)
        if voice := start_voice(settings, setup.data, central, pages.board):
            ends.callback(voice.stop)
        watch = Watch(pages.hall, also=[pages.phones.kept.look]).start()
        ends.callback(pages.phones.kept.keep)
        ends.callback(watch.close)
        handlers, live = office_handlers(pages)
        handlers += appointment_handlers(appointment_pages(setup, pages, ends), clock)
        app = central_app(central, handlers=handlers, staff=staff, office_name=settings.office.name)
        gc.collect()
        gc.freeze()  # what the server is made of stays: no press waits until it was looked through
        run(app, socket, ending=live.close)
    return 0


def _pages(setup: Setup, central: CentralLog, staff: Staff) -> OfficePages:
    office = setup.settings.office
    criteria = addressed_set(default_set(), office.address_form)

    def service_name(id: str, language: str) -> str:
        services = setup.catalogues.on(setup.today(central.clock)).services
        return next((one.name(language) for one in services if one.id == id), id)

    hall = Hall(central, lobby_setting(setup, staff))
    phones, board = phone_desk(central, criteria, hall.served), board_parts(setup.settings)
    return OfficePages(central, phones, criteria, office.name, service_name, hall, board)


def lobby_setting(setup: Setup, staff: Staff) -> LobbySetting:
    """How the lobby is set up by settings and catalogue."""

    def services_on(day: date) -> tuple[str, ...]:
        return tuple(one.id for one in setup.catalogues.on(day).services)

    data = lobby_data(setup)
    return LobbySetting(
        rules=data.line_rules,
        counters_on=data.counters_on,
        services_on=services_on,
        opening=OpeningHours(setup.settings.office.hours),
        letter_of=setup.catalogues.letter_of,
        slip_server=setup.settings.server.address,
        secret=staff.secret("help-desk"),
        utc_offset_h=setup.settings.office.utc_offset_h,
    )


def _is_demo(data: Path) -> bool:
    """A folder whose kiosk is a demonstration gets a server that is one."""
    book = data / "journal.sqlite"
    return book.exists() and book_opening(book).demo
