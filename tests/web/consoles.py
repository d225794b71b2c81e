"""A counter's console in a real browser: sitting down, pressing keys, reading what it shows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from playwright.sync_api import Browser, Page, Request

from kiosk.book_file import read_entries
from tests.fakes.waiting import until
from tests.web.browsing import Told, opened

CONNECTED = ".link.ok"
CUT_OFF = ".link.lost"
HOLD_OFF_MS = 520
STEPS = (
    "TicketCalled", "ServiceStarted", "TicketFinished", "TicketMissed", "TicketParked", "TicketReturned",
    "TicketTransferred", "CalledOutOfOrder", "PressUndone", "TicketRecalled", "CounterPaused", "CounterResumed",
    "PriorityGiven", "TicketCancelled", "HelpAnswered",
)  # fmt: skip
"""What a counter does to a line, and beside it."""


def sit_down(page: Page, base: str, counter: str = "3", *, name: str = "Trần Thị Mẫu", query: str = "") -> None:
    """Sign in at a counter, by its form."""
    page.goto(f"{base}/counter{query}")
    page.wait_for_selector("#sign-in:not([hidden])")
    page.check(f"input[name=counter][value='{counter}']")
    page.fill("#display-name", name)
    page.keyboard.press("Enter")
    page.wait_for_selector(CONNECTED)


@contextmanager
def console(browser: Browser, base: str, counter: str = "3", **options: Any) -> Iterator[tuple[Page, Told]]:
    """A browser of its own whose official sits at a counter."""
    query = options.pop("query", "")
    size = {"width": options.pop("width", 1366), "height": options.pop("height", 768)}
    with opened(browser, **size, **options) as (page, told):
        sit_down(page, base, counter, query=query)
        yield page, told


def number_at(page: Page) -> str:
    """The number at the counter, "" if it is free."""
    return page.inner_text("#number").strip()


_last: WeakKeyDictionary[Page, str] = WeakKeyDictionary()


def press(page: Page, key: str) -> None:
    """Press a key as a hand does: the same one again not within the time in which two strokes count as one."""
    if _last.get(page) == key:
        page.wait_for_timeout(HOLD_OFF_MS)
    _last[page] = key
    page.keyboard.press(key)


def waits_for(page: Page, number: str) -> None:
    """Until that number is at the counter ("" for none)."""
    until(lambda: number_at(page) == number)


def shows(page: Page, selector: str, text: str) -> None:
    """Until a place says that."""
    until(lambda: text in page.inner_text(selector))


def office_facts(data: Path, *names: str) -> list[str]:
    """What stands in an office's own book as "TicketCalled B001", by kinds of fact."""
    entries = read_entries(data / "office" / "journal.sqlite")
    return [f"{one.fact} {one.fields().get('number', '')}".strip() for one in entries if one.fact in names]


def presses_sent(page: Page) -> list[dict[str, Any]]:
    """A list that grows with every press this page sends."""
    sent: list[dict[str, Any]] = []

    def asked(request: Request) -> None:
        if request.url.endswith("/counter/press"):
            sent.append(dict(request.post_data_json or {}))

    page.on("request", asked)
    return sent
