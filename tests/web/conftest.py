"""One demonstration for all pages: making it takes seconds, reading it nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from sync.central.office_book import OfficeBook
from sync.central.service import CentralLog
from tests.fakes.clock import FakeClock
from tests.web.browsing import launch
from tests.web.offices import FRIDAY, OFFICE, Lobby, fill_demo


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
