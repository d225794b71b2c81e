"""Offices for the pages' tests: a real log, filled by the real desk, on a clock that is moved."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import uvicorn
from litestar import Litestar

from kiosk.counters import read_counters
from kiosk.criteria import default_set
from kiosk.desk import Desk, DeskRules
from kiosk.fact import Fact
from kiosk.journal import BookOf, SqliteJournal
from kiosk.line_rules import read_line_rules
from kiosk.tickets import Ticket
from screens.demo_month import DemoPlan, make_demo
from screens.phone_desk import phone_desk
from screens.web.app import office_handlers
from screens.web.office_pages import OfficePages
from sync.central.app import central_app
from sync.central.local import LocalLink
from sync.central.office_book import OfficeBook
from sync.central.service import CentralLog
from sync.keys import own_key
from sync.sources import DeviceBook
from sync.uploader import Uploader
from tests.fakes.clock import FakeClock
from tests.fakes.office_hall import hall_of
from tests.fakes.waiting import until

OFFICE = "bac-son"
NAME = "Phường Bắc Sơn"
FRIDAY = datetime(2026, 11, 20, 9, 40, tzinfo=UTC)
"""Friday 20/11/2026, 16:40 at the office: a working day nearly over."""
SERVICES = {
    "A": ("Khai sinh, kết hôn, khai tử", "Birth, marriage, death"),
    "B": ("Chứng thực, sao y", "Certified copies"),
    "C": ("Đất đai, xây dựng", "Land, building"),
    "E": ("Trợ cấp, người có công", "Allowances, merit benefits"),
    "G": ("Hộ kinh doanh", "Household business"),
    "H": ("Cư trú, căn cước", "Residence, identity card"),
    "K": ("Nộp thêm, nhận kết quả", "Hand in, collect"),
    "L": ("Gặp lãnh đạo, góp ý", "Meet a leader"),
}
DEMO_DAYS = 12


def service_name(service: str, language: str) -> str:
    """What a service is called; an unknown one keeps its id."""
    names = SERVICES.get(service)
    return service if names is None else names[language == "en"]


def rules() -> DeskRules:
    """The desk's rules of these tests."""
    return DeskRules("kiosk-1", lambda service, _: service, default_set())


def fill_demo(data: Path, days: int = DEMO_DAYS) -> None:
    """A demonstration that ends on FRIDAY."""
    counters = read_counters(services=list(SERVICES)).counters
    lines = read_line_rules().rules
    made = DemoPlan(OFFICE, rules(), default_set(), tuple(SERVICES), _works_on, counters, lines, days=days)
    make_demo(data, made, FakeClock(FRIDAY))


def _works_on(day: date) -> bool:
    return day.weekday() < 5


class Lobby:
    """A kiosk's book and the office's log beside it, in one folder."""

    def __init__(self, data: Path, clock: FakeClock) -> None:
        self.data = data
        self.clock = clock
        of = BookOf("kiosk-1", OFFICE, demo=False)
        self._journal = SqliteJournal.create(data / "journal.sqlite", of=of, utc_offset_h=7, clock=clock)
        self.desk = Desk(self._journal, rules())
        self.central = CentralLog.open(data, clock=clock, office=OfficeBook(OFFICE))
        self._visits = 0

    def take_number(self, service: str = "B") -> Ticket:
        """A citizen takes a number; the log knows it when this returns."""
        self._visits += 1
        ticket = self.desk.issue_ticket(visit_id=self._visits, service=service, priority=False)
        self.send()
        return ticket

    def tell(self, *facts: Fact) -> None:
        """Write facts into the kiosk's book in one piece; the log knows them when this returns."""
        self._journal.append_all(facts)
        self.send()

    def send(self) -> None:
        """Bring the kiosk's book to the log."""
        key = own_key(self.data, "kiosk")
        book = DeviceBook(self.data / "journal.sqlite", key)
        Uploader(book, LocalLink(self.central), key, clock=self.clock).send_all()

    def close(self) -> None:
        """Close both books."""
        self._journal.close()
        self.central.close()


def office_pages(central: CentralLog, name: str = NAME) -> OfficePages:
    """What the pages of an office are made from, its hall among it."""
    hall = hall_of(central)
    phones = phone_desk(central, default_set(), hall.served)
    return OfficePages(central, phones, default_set(), name, service_name, hall)


def pages_app(central: CentralLog, name: str = NAME) -> Litestar:
    """The whole application of an office."""
    return app_of(office_pages(central, name))


def app_of(pages: OfficePages) -> Litestar:
    """The application of these pages."""
    handlers, _ = office_handlers(pages)
    return central_app(pages.central, handlers=handlers, office_name=pages.office_name)


@contextmanager
def served(app: Litestar) -> Iterator[str]:
    """The application on a real port of this machine; gives its address."""
    sock = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(app, log_level="warning", access_log=False, timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [sock]}, name="pages", daemon=True)
    thread.start()
    try:
        until(lambda: server.started)
        yield f"http://127.0.0.1:{sock.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(10)
        sock.close()
