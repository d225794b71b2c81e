"""How the counter's console looks: contrast, sizes, widths, words, and what it weighs with ten thousand waiting."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

import pytest
from playwright.sync_api import Browser, Page

from kiosk.facts import TicketIssued
from kiosk.lobby_facts import HelpCalled
from tests.fakes.waiting import until
from tests.web.auditing import clipped, outside, overlapping, pale, tab_round, targets, texts
from tests.web.browsing import opened
from tests.web.consoles import console, number_at, press, shows, sit_down, waits_for
from tests.web.offices import Lobby, pages_app, served

WIDTHS = ((1024, 768), (1280, 800), (1366, 768), (1920, 1080), (2560, 1440))
SMALLEST_PX = 15
TARGET_PX = 38
MOST_BYTES = 200_000


@pytest.fixture
def base(lobby: Lobby) -> Iterator[str]:
    """An office with five numbers waiting, and somebody who asks for help."""
    for at in range(5):
        lobby.clock.advance(60)
        lobby.take_number("B" if at != 3 else "K")
    lobby.clock.advance(1200)
    lobby.tell(HelpCalled("help-1", "kiosk-1"))
    with served(pages_app(lobby.central)) as address:
        yield address


def test_the_console_reads_well_at_every_size_in_both_languages_and_lights(chromium: Browser, base: str) -> None:
    with console(chromium, base, "4") as (page, told):
        press(page, "Enter")
        waits_for(page, "B001")
        for query in ("?lang=en", "?lang=vi"):
            page.goto(f"{base}/counter{query}")
            page.wait_for_selector(".link.ok")
            for width, height in WIDTHS:
                page.set_viewport_size({"width": width, "height": height})
                assert page.evaluate("document.documentElement.scrollWidth") <= width, (query, width)
                assert page.evaluate("document.documentElement.scrollHeight") <= height, (query, width)
                assert (outside(page), _on_each_other(page), clipped(page)) == ([], [], []), (query, width)
                low = [one for one in targets(page) if one["height"] < TARGET_PX or one["width"] < TARGET_PX]
                assert low == [], (query, width)
            assert [one["text"] for one in texts(page) if one["size"] < SMALLEST_PX] == []
            _both_lights(page)
        assert told.complaints == []


def test_every_dialog_and_the_sign_in_read_well(chromium: Browser, base: str) -> None:
    with opened(chromium, width=1366, height=768) as (page, _):
        page.goto(base + "/counter")
        page.wait_for_selector("#sign-in:not([hidden])")
        _both_lights(page)
        for width, height in ((390, 800), *WIDTHS):
            page.set_viewport_size({"width": width, "height": height})
            assert (outside(page), overlapping(page), clipped(page)) == ([], [], []), width
        page.set_viewport_size({"width": 1366, "height": 768})
        sit_down(page, base, "3")
        press(page, "Enter")
        waits_for(page, "B001")
        for key in ("p", "c", "b", "?", "n"):
            press(page, key)
            page.wait_for_selector("dialog[open]")
            _both_lights(page, inside="dialog")
            page.keyboard.press("Escape")
            page.wait_for_selector("dialog", state="hidden")


def _on_each_other(page: Page) -> list[str]:
    """Words on words, but for those nobody sees, and the number: its letters fill two thirds of their line."""
    spared = set(page.locator(".unseen, .side h2, #number").all_inner_texts())
    spared = {text.strip() for text in spared}
    return [pair for pair in overlapping(page) if not spared & set(pair.split(" | "))]


def _both_lights(page: Page, inside: str = "") -> None:
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        found = pale(page)
        if inside:
            words = page.inner_text(inside)
            found = [one for one in found if one.text in words]
        assert found == [], scheme


def test_the_tab_key_reaches_everything_and_shows_where_it_is(chromium: Browser, base: str) -> None:
    with console(chromium, base) as (page, _):
        page.focus(".console .skip")
        reached = tab_round(page)
        assert all(one["seen"] for one in reached)
        names = " | ".join(one["name"] for one in reached)
        for key in ("Tạm nghỉ", "Mời người kế tiếp", "Gọi lại", "Vắng mặt", "Lấy số giúp", "Tôi đến ngay"):
            assert key in names
        assert "Việc với số B001" in names


def test_nothing_leaves_the_office_and_no_rating_is_anywhere(chromium: Browser, base: str) -> None:
    with console(chromium, base) as (page, told):
        press(page, "Enter")
        waits_for(page, "B001")
        shows(page, ".private", "Đánh giá của người dân không hiện ở quầy")
        body = page.inner_text("body").replace(page.inner_text(".private"), "")
        assert not [
            word for word in ("hài lòng", "đánh giá", "góp ý") if word in body.lower().replace("gặp lãnh đạo", "")
        ]
        assert told.hosts() == {base.removeprefix("http://")}
        assert told.complaints == []


def test_no_key_moves_when_the_counter_s_state_changes(chromium: Browser, base: str) -> None:
    with console(chromium, base, "4") as (page, _):
        for width, height in WIDTHS:
            page.set_viewport_size({"width": width, "height": height})
            press(page, "f")
            waits_for(page, "")
            free = page.evaluate(KEYS_TOP)
            press(page, "Enter")
            until(lambda: number_at(page))
            assert abs(page.evaluate(KEYS_TOP) - free) <= 1, width


KEYS_TOP = "document.querySelector('.first-key').getBoundingClientRect().top"


def test_a_call_is_spoken_to_a_screen_reader(chromium: Browser, base: str) -> None:
    with console(chromium, base) as (page, _):
        press(page, "Enter")
        shows(page, "#said", "Đang mời B001")
        assert page.get_attribute("#said", "role") == "status"
        assert page.get_attribute("#toast", "role") == "alert"


def test_a_long_wait_carries_a_circle_and_the_next_one_its_mark(chromium: Browser, base: str) -> None:
    with console(chromium, base) as (page, _):
        assert page.is_visible("tr:has([data-menu=B001]) .ring")
        assert page.get_attribute("tr:has([data-menu=B001])", "aria-current") == "true"
        shows(page, "#rule", "Kế tiếp là B001: lấy số sớm nhất")


def test_with_ten_thousand_waiting_the_console_lists_fifty_and_stays_light(chromium: Browser, lobby: Lobby) -> None:
    numbers = count(1)
    issued = (
        TicketIssued(f"B{at:03d}", "B", False, f"{at:064x}", f"{at:064x}")
        for at in (next(numbers) for _ in range(10_000))
    )
    lobby.tell(*issued)
    with served(pages_app(lobby.central)) as base, opened(chromium, width=1366, height=768) as (page, _):
        link = page.context.new_cdp_session(page)
        link.send("Network.enable")
        bytes_seen = [0]
        link.on(
            "Network.dataReceived", lambda told: bytes_seen.__setitem__(0, bytes_seen[0] + told["encodedDataLength"])
        )
        sit_down(page, base, "3")
        shows(page, "#waiting-count", "10.000")
        assert page.locator("#rows tr").count() == 50
        press(page, "Enter")
        waits_for(page, "B001")
        shows(page, "#more", "Còn 9.949 số nữa phía sau.")
        print(f"\ncounter_console_bytes_10000: {bytes_seen[0]}")
        assert 20_000 < bytes_seen[0] <= MOST_BYTES
