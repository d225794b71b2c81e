"""A TV that shows the lobby board: what it is opened with, and what it reads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from playwright.sync_api import Browser, Page

from tests.fakes.board import Board
from tests.web.browsing import Told, opened

HALF_PAST_TEN = datetime(2026, 11, 23, 3, 36, tzinfo=UTC)


@contextmanager
def on_tv(chromium: Browser, board: Board, query: str = "", **more: Any) -> Iterator[tuple[Page, Told]]:
    """A TV that shows the board."""
    with opened(chromium, width=1920, height=1080, **more) as (page, told):
        page.goto(board.address + "/board" + query)
        page.locator("body:not([data-state=loading])").wait_for()
        yield page, told


def reads(page: Page, id: str, words: str) -> None:
    """Wait until the element of that id says these words and no others."""
    page.locator(f"#{id}", has_text=re.compile(f"^{re.escape(words)}$")).wait_for()
