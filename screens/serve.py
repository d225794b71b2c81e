"""``kiosk serve``: the office server, its log and its pages."""

from __future__ import annotations

import argparse
import logging
from pathlib import Path

from kiosk.address_form import addressed_set
from kiosk.clock import SystemClock
from kiosk.criteria import default_set
from screens.configuration import Setup, configure
from screens.phone_desk import phone_desk
from screens.web.app import office_handlers
from screens.web.office_pages import OfficePages
from sync.central.app import central_app
from sync.central.listening import bind
from sync.central.office_book import OfficeBook
from sync.central.serve import run
from sync.central.service import CentralLog, Upstream
from sync.sources import book_opening


def main(asked: argparse.Namespace) -> int:
    """Serve until a signal; 0 then."""
    setup = configure(asked.settings, asked.data)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
    settings, clock = setup.settings, SystemClock()
    office = OfficeBook(settings.office.id, settings.office.utc_offset_h, demo=_is_demo(setup.data))
    upstream = Upstream(settings.sync.upstream) if settings.sync.upstream else None
    socket = bind(settings.server.listen)
    with CentralLog.open(setup.data, clock=clock, office=office, upstream=upstream) as central:
        handlers = office_handlers(_pages(setup, central))
        run(central_app(central, handlers=handlers, office_name=settings.office.name), socket)
    return 0


def _pages(setup: Setup, central: CentralLog) -> OfficePages:
    office = setup.settings.office
    criteria = addressed_set(default_set(), office.address_form)

    def service_name(id: str, language: str) -> str:
        services = setup.catalogues.on(setup.today(central.clock)).services
        return next((one.name(language) for one in services if one.id == id), id)

    return OfficePages(central, phone_desk(central, criteria), criteria, office.name, service_name)


def _is_demo(data: Path) -> bool:
    """A folder whose kiosk is a demonstration gets a server that is one."""
    book = data / "journal.sqlite"
    return book.exists() and book_opening(book).demo
