"""Live pages over real HTTP: whole views, the newest one, made once, with a beat; fifty pages cost little."""

from __future__ import annotations

import http.client
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import pytest
from litestar import Litestar, get
from litestar.response import Stream

from kiosk.clock import SystemClock
from screens.web.live import Live
from sync.central.serve import server
from tests.fakes.waiting import until
from tests.sync.making import served

PAGES = 50


@dataclass(frozen=True)
class Shown:
    """What the pages of these tests show."""

    version: int
    as_of: str
    number: str
    padding: str = ""


class Office:
    """Something that changes when it is told to."""

    def __init__(self) -> None:
        self.version = 0
        self.number = "B001"
        self.padding = ""
        self.made = 0
        self._told: list[Callable[[], None]] = []

    def subscribe(self, changed: Callable[[], None]) -> None:
        self._told.append(changed)

    def change(self, number: str) -> None:
        self.number = number
        self.version += 1
        for changed in self._told:
            changed()

    def view(self) -> Shown:
        self.made += 1
        return Shown(self.version, f"instant {self.made}", self.number, self.padding)


class Page:
    """A browser's end of a stream, read by hand; ``views`` in the order they came."""

    def __init__(self, address: str) -> None:
        where = urlsplit(address)
        self._link = http.client.HTTPConnection(where.hostname or "", where.port, timeout=20)
        self._link.request("GET", "/live")
        self.reply = self._link.getresponse()
        self.views: list[dict[str, Any]] = []
        self.beats = 0
        self.ended = False

    def read(self, *, until_views: int = 0, until_beats: int = 0) -> None:
        """Read on until so many views or beats have come, or the stream ended."""
        while len(self.views) < until_views or self.beats < until_beats:
            if not self.read_block():
                return

    def read_block(self) -> bool:
        """Read one event or comment; False at the end of the stream."""
        lines = []
        while (line := self.reply.readline()) not in (b"\n", b""):
            lines.append(line.decode().rstrip("\n"))
        self.ended = not lines
        if "event: view" in lines:
            (data,) = [line.removeprefix("data: ") for line in lines if line.startswith("data: ")]
            self.views.append(json.loads(data))
        self.beats += ": beat" in lines
        return not self.ended

    def close(self) -> None:
        self._link.close()
        self.reply.close()


class Served:
    """A server with one live page on it."""

    def __init__(self, office: Office, *, beat_s: float = 60.0) -> None:
        self.office = office
        self.live = Live(office, SystemClock(), beat_s=beat_s)

        @get("/live", sync_to_thread=False)
        def stream() -> Stream:
            return self.live.stream("shown", office.view)

        self.app = Litestar(route_handlers=[stream], logging_config=None)
        self.address = ""
        self.pages: list[Page] = []

    def page(self) -> Page:
        made = Page(self.address)
        self.pages.append(made)
        return made


@contextmanager
def running(office: Office, *, beat_s: float = 60.0) -> Iterator[Served]:
    made = Served(office, beat_s=beat_s)
    with served(made.app, ending=made.live.close) as at:
        made.address = at.address
        yield made
    for page in made.pages:
        page.close()


@pytest.fixture
def lobby() -> Iterator[Served]:
    with running(Office()) as made:
        yield made


def test_a_page_gets_the_whole_view_at_once_and_after_each_change(lobby: Served) -> None:
    page = lobby.page()
    assert page.reply.getheader("Content-Type", "").startswith("text/event-stream")
    page.read(until_views=1)
    lobby.office.change("B002")
    page.read(until_views=2)
    assert [view["number"] for view in page.views] == ["B001", "B002"]
    assert page.views[1]["version"] == 1


def test_a_change_that_this_page_does_not_show_is_not_sent(lobby: Served) -> None:
    page = lobby.page()
    page.read(until_views=1)
    lobby.office.change("B001")
    lobby.office.change("B009")
    page.read(until_views=2)
    assert [view["number"] for view in page.views] == ["B001", "B009"]


def test_one_view_is_made_for_all_pages_that_show_it(lobby: Served) -> None:
    pages = [lobby.page() for _ in range(PAGES)]
    for page in pages:
        page.read(until_views=1)
    assert lobby.live.page_count == PAGES
    made = lobby.office.made
    lobby.office.change("B002")
    for page in pages:
        page.read(until_views=2)
    assert lobby.office.made == made + 1
    assert {page.views[1]["as_of"] for page in pages} == {f"instant {made + 1}"}


def test_a_page_that_is_slow_is_sent_the_newest_view_and_not_all_of_them(lobby: Served) -> None:
    lobby.office.padding = "x" * 500_000
    page = lobby.page()
    page.read(until_views=1)
    for count in range(2, 202):
        before = lobby.office.version
        lobby.office.change(f"B{count:03d}")
        assert lobby.office.version == before + 1
    while page.views[-1]["number"] != "B201":
        assert page.read_block()
    assert len(page.views) < 100
    assert [view["number"] for view in page.views] == sorted(view["number"] for view in page.views)


def test_a_beat_comes_when_nothing_changes() -> None:
    with running(Office(), beat_s=0.05) as lobby:
        page = lobby.page()
        page.read(until_beats=3)
        assert len(page.views) == 1, "nothing has changed but the instant"


def test_what_time_alone_changed_comes_with_a_beat() -> None:
    office = Office()
    with running(office, beat_s=0.05) as lobby:
        page = lobby.page()
        page.read(until_views=1)
        office.number = "B007"
        page.read(until_views=2)
        assert page.views[1]["number"] == "B007"
        assert page.views[1]["version"] == 0


def test_a_page_that_is_closed_costs_nothing_any_more(lobby: Served) -> None:
    page, other = lobby.page(), lobby.page()
    page.read(until_views=1)
    other.read(until_views=1)
    page.close()
    until(lambda: lobby.live.page_count == 1)
    lobby.office.change("B002")
    other.read(until_views=2)
    other.close()
    until(lambda: lobby.live.page_count == 0)


def test_the_server_ends_although_pages_are_open() -> None:
    with running(Office()) as lobby:
        page = lobby.page()
        page.read(until_views=1)
    page.read(until_views=2)
    assert page.ended


def test_changes_from_many_threads_at_once_all_arrive(lobby: Served) -> None:
    page = lobby.page()
    page.read(until_views=1)
    threads = [threading.Thread(target=lobby.office.change, args=(f"C{count:03d}",)) for count in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    lobby.office.change("Z999")
    while page.views[-1]["number"] != "Z999":
        assert page.read_block()


def test_a_server_without_live_pages_ends_as_ever() -> None:
    made = server(Litestar(route_handlers=[]))
    assert made.ending is None
