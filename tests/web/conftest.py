"""One demonstration for all pages: making it takes seconds, reading it nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from sync.central.office_book import OfficeBook
from sync.central.service import CentralLog
from tests.fakes.board import Board, served_board
from tests.fakes.clock import FakeClock
from tests.web.browsing import Told, launch
from tests.web.offices import FRIDAY, OFFICE, Lobby, fill_demo
from tests.web.tvs import HALF_PAST_TEN, on_tv


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CentralLog]:
    """The log of an office that is a demonstration, on its last afternoon. To be read only."""
    data = tmp_path_factory.mktemp("demo") / "data"
    fill_demo(data)
    with CentralLog.open(data, clock=FakeClock(FRIDAY), office=OfficeBook(OFFICE)) as central:
        yield central


@pytest.fixture
def lobby(tmp_path: Path) -> Iterator[Lobby]:
    """A real office on a Monday morning, with nothing in its books yet."""
    made = Lobby(tmp_path, FakeClock())
    yield made
    made.close()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A headless browser, started once."""
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


@pytest.fixture
def board() -> Iterator[Board]:
    """A lobby board in the middle of a morning."""
    with served_board(FakeClock(HALF_PAST_TEN)) as made:
        made.hall.fill()
        yield made


@pytest.fixture
def tv(chromium: Browser, board: Board) -> Iterator[tuple[Page, Told]]:
    """A TV that shows it."""
    with on_tv(chromium, board) as made:
        yield made
