"""The manager's page in a real browser: light and dark, phone to wide screen, by hand and by keyboard, on paper."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page

from sync.central.service import CentralLog
from tests.web.auditing import clipped, outside, overlapping, pale, tab_round, targets, texts
from tests.web.browsing import opened
from tests.web.offices import Lobby, pages_app, served

WIDTHS = (360, 390, 480, 640, 768, 820, 1024, 1120, 1280, 1440, 1920, 2560)
SMALLEST_PX = 12.4
A4_PX = (794, 1123)
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
ADDRESSES = ("/manager", "/manager?period=month", "/manager?period=days&from=2026-11-14&to=2026-11-15", "/")


@pytest.fixture(scope="module")
def address(demo: CentralLog) -> Iterator[str]:
    with served(pages_app(demo)) as base:
        yield base


def test_nothing_leaves_the_office_and_the_console_is_silent(chromium: Browser, address: str) -> None:
    with opened(chromium) as (page, told):
        for path in ADDRESSES:
            page.goto(address + path)
        page.wait_for_load_state("networkidle")
        assert told.hosts() == {address.removeprefix("http://")}
        assert told.complaints == []


@pytest.mark.parametrize(("path", "language"), [*((path, "vi") for path in ADDRESSES), (ADDRESSES[1], "en")])
def test_no_width_scrolls_sideways_and_nothing_is_cut_off(
    chromium: Browser, address: str, path: str, language: str
) -> None:
    with opened(chromium) as (page, _):
        joined = "&" if "?" in path else "?"
        page.goto(f"{address}{path}{joined}lang={language}")
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, width
            assert outside(page) == [], width
            assert clipped(page) == [], width
            assert overlapping(page) == [], width


@pytest.mark.parametrize("path", ADDRESSES)
def test_every_text_has_a_contrast_of_seven(chromium: Browser, address: str, path: str) -> None:
    with opened(chromium) as (page, _):
        page.goto(address + path)
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            for width in (390, 1440):
                page.set_viewport_size({"width": width, "height": 900})
                assert pale(page) == [], (scheme, width)


@pytest.mark.parametrize("width", [360, 1440])
def test_no_text_is_smaller_than_the_look_allows(chromium: Browser, address: str, width: int) -> None:
    with opened(chromium, width=width) as (page, _):
        page.goto(address + "/manager")
        found = texts(page)
        assert len(found) > 100
        small = [text["text"] for text in found if text["size"] < 13.9]
        assert all(text["size"] >= SMALLEST_PX for text in found)
        assert all(re.fullmatch(r"[\d:]+", text) for text in small), small


def test_all_is_set_in_the_one_family_and_it_is_really_there(chromium: Browser, address: str) -> None:
    with opened(chromium) as (page, _):
        page.goto(address + "/manager", wait_until="networkidle")
        assert {text["family"].split(",")[0].strip('"') for text in texts(page)} == {"Source"}
        loaded = page.evaluate(
            "[...document.fonts].filter(one => one.status === 'loaded').map(one => one.weight + ' ' + one.unicodeRange)"
        )
        assert {one.split()[0] for one in loaded} >= {"400", "600", "700"}
        assert any("U+1EA0" in one.upper() for one in loaded)


def test_the_dark_wish_of_the_device_is_followed(chromium: Browser, address: str) -> None:
    with opened(chromium, scheme="dark") as (page, _):
        page.goto(address + "/manager")
        assert _ground(page) == "rgb(12, 26, 24)"
        page.emulate_media(color_scheme="light")
        assert _ground(page) == "rgb(250, 246, 238)"


def test_light_and_dark_can_be_switched_and_are_kept(chromium: Browser, address: str) -> None:
    with opened(chromium, scheme="light") as (page, _):
        page.goto(address + "/manager?period=week")
        page.click(".to-dark")
        assert _ground(page) == "rgb(12, 26, 24)"
        assert "period=week" in page.url
        page.goto(address + "/manager")
        assert _ground(page) == "rgb(12, 26, 24)"
        page.click(".to-light")
        assert _ground(page) == "rgb(250, 246, 238)"


def _ground(page: Page) -> str:
    found: str = page.evaluate(
        "[document.body, document.documentElement].map(e => getComputedStyle(e).backgroundColor)"
        ".find(color => color !== 'rgba(0, 0, 0, 0)')"
    )
    return found


def test_english_is_one_click_away_and_keeps_the_period(chromium: Browser, address: str) -> None:
    with opened(chromium) as (page, _):
        page.goto(address + "/manager?period=month")
        page.click("text=English")
        assert page.get_attribute("html", "lang") == "en"
        assert page.inner_text("[aria-current=page]") == "Month"
        page.click("text=Tiếng Việt")
        assert page.get_attribute("html", "lang") == "vi"


def test_a_period_is_chosen_by_its_tab(chromium: Browser, address: str) -> None:
    with opened(chromium) as (page, _):
        page.goto(address + "/manager")
        before = page.inner_text("#opinions")
        page.click("nav >> text=Tháng")
        assert page.inner_text("[aria-current=page]") == "Tháng"
        assert page.inner_text("#opinions") != before


@pytest.mark.parametrize("width", [390, 1440])
def test_days_are_chosen_in_a_form(chromium: Browser, address: str, width: int) -> None:
    with opened(chromium, width=width) as (page, told):
        page.goto(address + "/manager")
        page.click("summary")
        page.fill("input[name=from]", "2026-11-16")
        page.fill("input[name=to]", "2026-11-18")
        assert outside(page) == []
        page.click("form button")
        page.wait_for_url("**from=2026-11-16*")
        assert "18/11" in page.inner_text("body")
        assert told.complaints == []


def test_the_exports_come_as_files(chromium: Browser, address: str) -> None:
    with opened(chromium) as (page, _):
        page.goto(address + "/manager")
        with page.expect_download() as caught:
            page.locator("a[href*='manager.csv']:visible").first.click()
        assert caught.value.suggested_filename == "bac-son-2026-11-20-2026-11-20.csv"


def test_the_keyboard_reaches_everything_and_one_sees_where_it_is(chromium: Browser, address: str) -> None:
    with opened(chromium) as (page, _):
        page.goto(address + "/manager")
        reached = tab_round(page)
        assert len(reached) >= len(targets(page))
        assert [stop["name"] for stop in reached if not stop["seen"]] == []


def test_the_skip_link_leads_past_the_header(chromium: Browser, address: str) -> None:
    with opened(chromium) as (page, _):
        page.goto(address + "/manager")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        assert page.url.endswith("#figures")


def test_fingers_find_their_targets_on_a_phone(chromium: Browser, address: str) -> None:
    with opened(chromium, width=360, height=740, has_touch=True, is_mobile=True) as (page, _):
        page.goto(address + "/manager")
        assert [target for target in targets(page) if target["height"] < 40] == []


def test_a_screen_reader_hears_every_chart_as_a_sentence(chromium: Browser, address: str) -> None:
    with opened(chromium) as (page, _):
        page.goto(address + "/manager")
        charts = page.locator("[role=img]").all()
        labels = [chart.get_attribute("aria-label") or "" for chart in charts]
        assert len(labels) > 11
        assert all(re.search(r"\d", label) for label in labels)
        assert page.locator("svg:not([aria-hidden=true]):not([role=img])").count() == 0
        assert all(table.locator("th[scope]").count() for table in page.locator("table").all())


@pytest.mark.parametrize("width", [360, 390, 820, 1440])
def test_promises_are_drawn_on_one_axis(chromium: Browser, address: str, width: int) -> None:
    with opened(chromium, width=width) as (page, _):
        page.goto(address + "/manager?period=month")
        boxes = [strip.bounding_box() for strip in page.locator(".promises tbody .strip svg").all()]
        assert len(boxes) > 5
        assert len({(round(box["x"]), round(box["width"])) for box in boxes if box}) == 1


def test_bands_are_told_apart_without_colour(chromium: Browser, address: str) -> None:
    with opened(chromium) as (page, _):
        page.goto(address + "/manager")
        kinds = ("neutral", "dissatisfied", "silent")
        fills = page.evaluate(
            "kinds => kinds.map(kind => getComputedStyle(document.querySelector('.bands .fill-' + kind)).fill)", kinds
        )
        assert len(set(fills)) == len(kinds)
        assert all(fill.startswith("url(") for fill in fills)


def test_it_prints_on_few_sheets_of_a4_without_buttons(chromium: Browser, address: str) -> None:
    with opened(chromium, width=A4_PX[0], height=A4_PX[1], scheme="dark") as (page, _):
        page.goto(address + "/manager")
        page.emulate_media(media="print")
        assert [target["name"] for target in targets(page) if target["name"] in ("English", "Hôm nay")] == []
        assert outside(page) == []
        assert pale(page) == []
        sheets = len(re.findall(rb"/Type\s*/Page[^s]", page.pdf(format="A4")))
        assert 1 <= sheets <= 2


def test_the_page_of_a_running_day_keeps_itself_true(lobby: Lobby, chromium: Browser) -> None:
    with served(pages_app(lobby.central)) as base, opened(chromium) as (page, told):
        page.clock.install()
        page.goto(base + "/manager")
        assert page.get_attribute("#figures", "data-refresh-s") == "60"
        lobby.take_number()
        page.clock.run_for(61_000)
        page.locator(".now li", has_text="1 số đã cấp hôm nay").wait_for()
        assert told.complaints == []


def test_a_past_day_is_not_fetched_again(chromium: Browser, address: str) -> None:
    with opened(chromium) as (page, told):
        page.clock.install()
        page.goto(address + "/manager?period=days&from=2026-11-16")
        page.clock.run_for(600_000)
        assert sum("/manager?" in asked for asked in told.asked) == 1


def test_an_office_without_numbers_is_calm_in_the_browser(chromium: Browser, lobby: Lobby) -> None:
    with served(pages_app(lobby.central)) as base, opened(chromium, width=390) as (page, told):
        page.goto(base + "/manager")
        assert "Chưa có ai lấy số" in page.inner_text("#opinions")
        assert (told.complaints, outside(page), pale(page)) == ([], [], [])
