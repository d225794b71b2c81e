"""The lobby board in a real browser: a call, its blink and caption, what it says when it does not know, days on end."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route

from kiosk.lobby_views import Called, DayCounts
from tests.fakes.board import WHY, Board, served_board
from tests.fakes.clock import FakeClock
from tests.web.auditing import clipped, outside, overlapping, pale, texts
from tests.web.browsing import Told, opened

HALF_PAST_TEN = datetime(2026, 11, 23, 3, 36, tzinfo=UTC)
SIZES = [(1280, 720), (1920, 1080), (3840, 2160), (1080, 1920)]
BUSY = dataclasses.replace(
    WHY, number="B1042", of_count=1042, waiting_count=12, unissued_count=3, expired_count=1, reserve_count=5
)


@pytest.fixture
def board() -> Iterator[Board]:
    with served_board(FakeClock(HALF_PAST_TEN)) as made:
        made.hall.fill()
        yield made


@pytest.fixture
def tv(chromium: Browser, board: Board) -> Iterator[tuple[Page, Told]]:
    with _tv(chromium, board) as made:
        yield made


@contextmanager
def _tv(chromium: Browser, board: Board, query: str = "", **more: Any) -> Iterator[tuple[Page, Told]]:
    """A TV that shows the board."""
    with opened(chromium, width=1920, height=1080, **more) as (page, told):
        page.goto(board.address + "/board" + query)
        page.locator("body:not([data-state=loading])").wait_for()
        yield page, told


def _is(page: Page, id: str, words: str) -> None:
    page.locator(f"#{id}", has_text=re.compile(f"^{re.escape(words)}$")).wait_for()


def test_the_call_and_the_five_before_it_stand_on_the_board(tv: tuple[Page, Told]) -> None:
    page, told = tv
    assert (page.inner_text("#number"), page.inner_text("#counter")) == ("B042", "3")
    rows = [row.inner_text().split() for row in page.locator("#recent li").all()]
    assert rows == [["B041", "Quầy", "4"], ["A014", "Quầy", "1"], ["H011", "Quầy", "5"], ["K007", "Quầy", "6"],
                    ["C006", "Quầy", "2"]]  # fmt: skip
    assert page.inner_text("#clock") == "10:36"
    assert page.inner_text("#date") == "Thứ Hai, 23/11/2026"
    assert told.complaints == []
    assert len(told.hosts()) == 1


def test_the_counts_and_the_reason_of_a_number_are_public(tv: tuple[Page, Told]) -> None:
    page, _ = tv
    _is(page, "today", "Hôm nay đến 10:36")
    assert [page.inner_text(f"#{name}") for name in ("called", "priority", "out_of_order", "unused")] == [
        "82",
        "7",
        "1",
        "4",
    ]
    assert page.inner_text("#why-title") == "Vì sao đã gọi đến B042?"
    assert page.inner_text("#why-told").replace("\u00a0", " ") == (
        "Trong 42 số B: 2 số hủy, 1 người vắng, 1 số lấy trùng. Không có số nào để dành."
    )


def test_every_number_that_nobody_sees_is_explained(board: Board, tv: tuple[Page, Told]) -> None:
    page, _ = tv
    board.hall.change(why=BUSY)
    _is(page, "why-title", "Vì sao đã gọi đến B1042?")
    assert page.inner_text("#why-told").replace("\u00a0", " ") == (
        "Trong 1.042 số B: 2 số hủy, 1 người vắng, 1 số lấy trùng, 1 số hết giờ, 12 người chờ, 3 số chưa phát. "
        "Thêm 5 số từ B6001 của máy mất mạng."
    )
    all_called = dataclasses.replace(WHY, cancelled_count=0, missed_count=0, second_count=0)
    board.hall.change(why=all_called)
    page.locator("#why-told", has_text="Cả 42 số B đều đã được mời đến quầy.").wait_for()
    board.hall.change(why=dataclasses.replace(all_called, number="B001", of_count=1))
    page.locator("#why-told", has_text="Đây là số B đầu tiên hôm nay.").wait_for()


def test_a_new_call_appears_blinks_once_and_stands_in_words(board: Board, tv: tuple[Page, Told]) -> None:
    page, told = tv
    assert page.locator(".blink").count() == 0, "opening the board is no news"
    page.evaluate(
        "() => { window.blinks = 0; const card = document.getElementById('card');"
        " card.addEventListener('animationstart', () => window.blinks++) }"
    )
    board.hall.call("H012", "10")
    _is(page, "number", "H012")
    page.locator(".card.blink").wait_for()
    assert page.inner_text("#caption") == "Xin mời số H012 đến quầy số 10"
    assert page.is_hidden("#slide")
    style = page.evaluate(
        "() => { const s = getComputedStyle(document.getElementById('card'), '::after');"
        " return [s.animationName, s.animationIterationCount, parseFloat(s.animationDuration)] }"
    )
    assert style[:2] == ["blink", "1"]
    assert style[2] > 1.0, "far below three flashes a second"
    board.hall.change(unheard=("kiosk-2",))
    page.locator("#today", has_text="chưa gồm").wait_for()
    assert page.evaluate("window.blinks") == 1
    assert [row.inner_text().split()[0] for row in page.locator("#recent li").all()][:2] == ["B042", "B041"]
    assert told.complaints == []


def test_a_number_called_once_more_says_so(board: Board, tv: tuple[Page, Told]) -> None:
    page, _ = tv
    board.hall.call("B042", "3")
    _is(page, "caption-words", "Xin nhắc lại: số B042 đến quầy số 3")


def test_the_edge_stands_still_where_motion_is_not_wished(board: Board, chromium: Browser) -> None:
    with _tv(chromium, board, reduced_motion="reduce") as (page, _):
        board.hall.call("H012", "1")
        page.locator(".card.blink").wait_for()
        style = page.evaluate(
            "() => { const s = getComputedStyle(document.getElementById('card'), '::after');"
            " return [s.animationName, s.opacity] }"
        )
        assert style == ["none", "1"]


def test_the_caption_gives_way_to_the_promises_again(board: Board, chromium: Browser) -> None:
    with opened(chromium, width=1920, height=1080) as (page, _):
        page.clock.install(time=HALF_PAST_TEN)
        page.goto(board.address + "/board")
        page.locator("[data-state=called]").wait_for()
        board.hall.call("H012", "1")
        page.locator("#caption").wait_for()
        page.clock.run_for(20_000)
        page.locator("#slide").wait_for()
        assert page.is_hidden("#caption")
        assert page.locator(".blink").count() == 0


def test_promises_take_turns(board: Board, chromium: Browser) -> None:
    with opened(chromium, width=1920, height=1080) as (page, _):
        page.clock.install(time=HALF_PAST_TEN)
        page.goto(board.address + "/board")
        page.locator("[data-state=called]").wait_for()
        seen = set()
        for _ in range(9):
            seen.add(page.inner_text("#slide-label"))
            page.clock.run_for(16_000)
        assert seen >= {"5 biết", "3 không", "4 thể hiện"}


def test_counts_that_cannot_be_trusted_are_dropped_and_never_zero(board: Board, tv: tuple[Page, Told]) -> None:
    page, _ = tv
    board.hall.change(counts=None, why=None)
    page.locator("#untold").wait_for()
    assert page.is_hidden("#counts")
    assert page.inner_text("#untold-title") == "Tạm chưa đếm được"
    assert page.inner_text("#number") == "B042"
    assert page.inner_text("#why-title") == "Thứ tự gọi"
    board.hall.change(counts=DayCounts(83, 7, 1, 4))
    page.locator("#counts").wait_for()
    assert page.is_hidden("#untold")


@pytest.mark.parametrize(
    ("unheard", "told"),
    [
        (("kiosk-2",), "Đến 10:36, chưa gồm số mới của Máy 2"),
        (("kiosk-2", "cong-sau"), "Đến 10:36, chưa gồm số mới của Máy 2, Máy cong-sau"),
        (("kiosk-2", "kiosk-3", "kiosk-4", "kiosk-5"), "Đến 10:36, chưa gồm số mới của 4 máy"),
    ],
)
def test_a_kiosk_that_is_silent_is_named(
    board: Board, tv: tuple[Page, Told], unheard: tuple[str, ...], told: str
) -> None:
    board.hall.change(unheard=unheard)
    _is(tv[0], "today", told)


def test_a_lost_link_keeps_the_numbers_drops_the_counts_and_comes_back(board: Board, chromium: Browser) -> None:
    with opened(chromium, width=1920, height=1080) as (page, _):
        page.clock.install(time=HALF_PAST_TEN)
        page.goto(board.address + "/board")
        page.locator("[data-state=called]").wait_for()
        page.route("**/board/**", lambda route: route.abort())
        board.cut()
        page.clock.run_for(8_000)
        assert page.is_visible("#counts"), "a short silence is no loss"
        page.clock.run_for(4_000)
        page.locator("#untold").wait_for()
        assert page.inner_text("#untold-title") == "Đang nối lại"
        assert page.inner_text("#untold-sub").startswith("Bảng dừng ở 10:36.")
        assert page.is_hidden("#counts")
        assert page.inner_text("#why-title") == "Thứ tự gọi"
        assert (page.inner_text("#number"), page.locator("#recent li").count()) == ("B042", 5)
        page.unroute("**/board/**")
        board.mend()
        board.hall.call("H012", "1")
        page.clock.run_for(20_000)
        _is(page, "number", "H012")
        page.locator("#counts").wait_for()
        assert page.is_hidden("#untold")


def test_before_the_first_call_and_while_closed_the_board_is_quiet(chromium: Browser) -> None:
    clock = FakeClock(datetime(2026, 11, 23, 0, 40, tzinfo=UTC))
    with served_board(clock) as board, _tv(chromium, board) as (page, told):
        _is(page, "rest-title", "Chưa gọi số nào")
        board.hall.change(open=False)
        _is(page, "rest-title", "Mời ông/bà trở lại chiều nay")
        assert "07:30–11:30" in page.inner_text("#hours")
        board.hall.call("A001", "1")
        _is(page, "number", "A001")
        assert page.locator("[data-state=called]").count() == 1, "a counter that goes on after hours is shown"
        assert told.complaints == []


def test_a_newer_page_is_loaded_by_itself(board: Board, chromium: Browser) -> None:
    with opened(chromium, width=1920, height=1080) as (page, _):
        page.clock.install(time=HALF_PAST_TEN)
        page.goto(board.address + "/board")
        page.locator("[data-state=called]").wait_for()
        page.evaluate("window.mark = 1")
        page.clock.run_for(65_000)
        assert page.evaluate("window.mark") == 1, "the same version stays"

        def newer(route: Route) -> None:
            answer = route.fetch()
            route.fulfill(response=answer, json={**answer.json(), "version": "another"})

        page.route("**/board/around*", newer)
        with page.expect_navigation():
            page.clock.run_for(31_000)


def test_a_day_of_calls_leaves_nothing_behind(board: Board, chromium: Browser) -> None:
    with opened(chromium, width=1280, height=720) as (page, told):
        page.goto(board.address + "/board")
        page.locator("[data-state=called]").wait_for()
        session = page.context.new_cdp_session(page)
        sizes = []
        for part in range(3):
            for place in range(200):
                board.hall.call(f"A{part * 200 + place + 1:03d}", str(place % 9 + 1))
            _is(page, "number", f"A{(part + 1) * 200:03d}")
            session.send("HeapProfiler.collectGarbage")
            found = (
                {one["name"]: one["value"] for one in session.send("Performance.getMetrics")["metrics"]} if part else {}
            )
            session.send("Performance.enable")
            nodes = page.evaluate("document.querySelectorAll('*').length")
            sizes.append((nodes, found.get("JSHeapUsedSize", 0)))
        assert sizes[1][0] == sizes[2][0], "no element is left behind"
        assert sizes[2][1] < sizes[1][1] + 2_000_000
        assert told.complaints == []


def test_a_tv_with_loudspeakers_says_each_call_once(board: Board, chromium: Browser) -> None:
    with _tv(chromium, board, "?sound=1") as (page, told):
        unlock = page.locator("#unlock")
        if unlock.is_visible():
            assert "mở tiếng" in unlock.inner_text()
            unlock.click()
        unlock.wait_for(state="hidden")
        board.hall.call("H012", "1")
        page.locator("body[data-spoken]").wait_for()
        asked = [address for address in told.asked if "/board/voice/" in address]
        assert len(asked) == 1
        assert told.complaints == []


def test_a_tv_that_was_not_asked_to_speak_is_silent(board: Board, tv: tuple[Page, Told]) -> None:
    page, told = tv
    board.hall.call("H012", "1")
    _is(page, "number", "H012")
    assert [address for address in told.asked if "/board/voice/" in address] == []


# --- the look -------------------------------------------------------------------------------------

STATES: dict[str, dict[str, Any]] = {
    "long": {"now": Called("B6001", "12", "2026-11-23T03:36:00.000000Z", 99, "normal")},
    "busy": {"why": BUSY, "counts": DayCounts(1482, 117, 21, 34)},
    "unheard": {"unheard": ("kiosk-2", "kiosk-3")},
    "uncounted": {"counts": None, "why": None},
    "quiet": {"now": None, "recent": ()},
    "closed": {"now": None, "recent": (), "open": False},
    "called": {},
}


@pytest.mark.parametrize("query", ["", "?lang=en", "?lang=both"])
def test_every_state_is_whole_strong_and_large_on_every_tv(board: Board, chromium: Browser, query: str) -> None:
    usual = {name: getattr(board.hall.shown, name) for name in ("now", "recent", "counts", "why", "unheard", "open")}
    with _tv(chromium, board, query) as (page, told):
        for name, fields in STATES.items():
            board.hall.change(**{**usual, **fields})
            page.locator(f"body[data-version='{board.hall.version}']").wait_for()
            for width, height in SIZES if not query else SIZES[1::2]:
                page.set_viewport_size({"width": width, "height": height})
                found = (outside(page), clipped(page), _overlapping(page), _below(page))
                assert found == ([], [], [], []), (name, width)
                unit = min(width / 1920, height / 1080) if width > height else min(width / 1080, height / 1920)
                small = [text["text"] for text in texts(page) if text["size"] < 33.9 * unit]
                assert small == [], (name, width)
            assert pale(page) == [], name
        assert told.complaints == []


def _overlapping(page: Page) -> list[str]:
    """Words on other words; of the called number, whose lines are set tight, the ink counts and not the box."""
    number = page.inner_text("#number")
    found = [pair for pair in overlapping(page) if number not in pair.split(" | ")]
    touched: list[str] = page.evaluate(
        """() => {
          const number = document.getElementById("number");
          if (!number.checkVisibility({ visibilityProperty: true })) return [];
          const range = document.createRange();
          range.selectNodeContents(number);
          const size = parseFloat(getComputedStyle(number).fontSize);
          const box = range.getBoundingClientRect();
          const baseline = box.top + 0.984 * size;
          const inked = { top: baseline - 0.672 * size, bottom: baseline + 0.014 * size };
          const card = document.getElementById("card").getBoundingClientRect();
          const above = document.querySelector(".before").getBoundingClientRect();
          const below = document.querySelector(".call .band").getBoundingClientRect();
          const wrong = [];
          if (inked.top < above.bottom) wrong.push("the words above the number");
          if (inked.bottom > below.top) wrong.push("the band under the number");
          if (box.left < card.left + 10 || box.right > card.right - 10) wrong.push("the sides of the card");
          return wrong;
        }"""
    )
    return found + touched


def _below(page: Page) -> list[str]:
    """Words that reach out of the box they stand in, above or below: a card does not grow with them."""
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll(".card, .panel, footer, .recent li")].flatMap((box) => {
          const edge = box.getBoundingClientRect();
          return [...box.querySelectorAll("p, h1, h2, b, .band")].filter((one) => {
            if (!one.checkVisibility({ visibilityProperty: true }) || one.matches(".number")) return false;
            const at = one.getBoundingClientRect();
            return at.height > 0 && (at.bottom > edge.bottom + 1 || at.top < edge.top - 1 || at.right > edge.right + 1);
          }).map((one) => one.id || one.className || one.textContent);
        })"""
    )
    return found


def test_the_called_number_is_read_across_the_hall(tv: tuple[Page, Told]) -> None:
    page, _ = tv
    size = page.evaluate("parseFloat(getComputedStyle(document.getElementById('number')).fontSize)")
    capital_share = 0.66
    assert size * capital_share / 1080 > 1 / 4, "a quarter of the picture's height: 13 cm on 43 inches, for 10 m"
