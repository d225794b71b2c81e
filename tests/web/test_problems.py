"""A page that cannot be shown says so kindly, with a code and a way on; never a traceback."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from litestar import Litestar, get
from litestar.testing import TestClient
from playwright.sync_api import Browser

from kiosk.trouble import SyncTrouble
from kiosk.words import LANGUAGES, words
from sync.central.app import central_app
from sync.central.pages import problem_page
from sync.central.service import CentralLog
from tests.web.auditing import clipped, outside, overlapping, pale, targets
from tests.web.browsing import opened
from tests.web.offices import pages_app, served
from tests.web.reading import read_page

BROWSER = {"accept": "text/html"}
PAGES = ("/nothing-here", "/login", "/login?lang=en", "/V?lang=en")


@get("/broken")
async def broken() -> None:
    """Something nobody expected."""
    raise RuntimeError("secret detail")


@pytest.fixture(scope="module")
def app(demo: CentralLog) -> Iterator[TestClient[Litestar]]:
    with TestClient(pages_app(demo), raise_server_exceptions=False) as client:
        yield client


def test_an_unknown_address_is_said_in_vietnamese_with_its_code(app: TestClient[Litestar]) -> None:
    found = app.get("/nothing-here", headers=BROWSER)
    seen = read_page(found.text)
    assert found.status_code == 404
    assert "Địa chỉ này không có trang nào" in seen.text
    assert "S-319" in seen.text
    assert "/" in seen.links
    assert seen.inline == []


def test_a_mishap_shows_a_code_and_no_traceback(demo: CentralLog) -> None:
    with TestClient(central_app(demo, handlers=[broken]), raise_server_exceptions=False) as client:
        found = client.get("/broken", headers=BROWSER)
    assert found.status_code == 500
    assert "S-320" in found.text
    assert "secret detail" not in found.text
    assert "Traceback" not in found.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_told_trouble_has_its_hint(language: str) -> None:
    say = words(language)
    known = ("S-301", "S-308", "S-313", "S-314", "S-319", "S-320", "M-201", "M-202")
    assert all(say.has(f"trouble.{code}") and say.has(f"trouble.{code}-hint") for code in known)


def test_a_detail_cannot_become_markup() -> None:
    page = problem_page(SyncTrouble("S-314", detail="<script>x</script>"))
    assert "<script>x" not in page


def test_login_and_troubles_are_legible_everywhere(demo: CentralLog, chromium: Browser) -> None:
    with served(pages_app(demo)) as base, opened(chromium) as (page, told):
        for path in PAGES:
            page.goto(base + path)
            for width in (360, 820, 1440):
                page.set_viewport_size({"width": width, "height": 900})
                assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (path, width)
                assert (outside(page), clipped(page), overlapping(page)) == ([], [], []), (path, width)
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
                assert pale(page) == [], (path, scheme)
        assert told.hosts() == {base.removeprefix("http://")}
        assert targets(page)
