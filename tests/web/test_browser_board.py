"""The lobby board in a real browser: a call, its blink and caption, what it says when it does not know, days on end."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, Page, Route

from kiosk.lobby_views import DayCounts, WhyNumber
from tests.fakes.board import BUSY, WHY, Board, served_board
from tests.fakes.clock import FakeClock
from tests.fakes.waiting import until
from tests.web.browsing import Told, opened
from tests.web.tvs import HALF_PAST_TEN, on_tv, reads


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
    reads(page, "today", "Hôm nay đến 10:36")
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
    reads(page, "why-title", "Vì sao đã gọi đến B1042?")
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
    reads(page, "number", "H012")
    page.locator(".card.blink").wait_for()
    assert page.inner_text("#caption") == "Xin mời số H012 đến quầy số 10"
    assert page.is_hidden("#slide")
    until(lambda: page.evaluate("window.blinks") == 1)  # it begins with the next frame
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
    reads(page, "caption-words", "Xin nhắc lại: số B042 đến quầy số 3")


def test_the_edge_stands_still_where_motion_is_not_wished(board: Board, chromium: Browser) -> None:
    with on_tv(chromium, board, reduced_motion="reduce") as (page, _):
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
    reads(tv[0], "today", told)


@pytest.mark.parametrize(
    ("why", "told"),
    [
        (BUSY, ("Trong 1.042 số B: 2 số hủy, 1 người vắng, 1 số lấy trùng, 1 số hết giờ, 12 người chờ. "
                "Thêm 5 số từ B6001 của máy mất mạng. Tính theo các máy đang nối.")),
        (WHY, "Trong 42 số B: 2 số hủy, 1 người vắng, 1 số lấy trùng. Tính theo các máy đang nối."),
    ],
)  # fmt: skip
def test_while_a_kiosk_is_silent_nothing_is_said_that_hangs_on_it(
    board: Board, tv: tuple[Page, Told], why: WhyNumber, told: str
) -> None:
    page, _ = tv
    board.hall.change(why=why, unheard=("kiosk-2",))
    page.locator("#today", has_text="chưa gồm").wait_for()
    assert page.inner_text("#why-told").replace("\u00a0", " ") == told


@pytest.mark.parametrize(("of_count", "unissued_count"), [(5, 0), (5, 1), (1, 0)])
def test_while_a_kiosk_is_silent_the_order_stands_where_nothing_is_certain(
    board: Board, tv: tuple[Page, Told], of_count: int, unissued_count: int
) -> None:
    page, _ = tv
    why = WhyNumber("B005", "B", of_count, 0, 0, 0, 0, 0, unissued_count, 0)
    board.hall.change(why=why, unheard=("kiosk-2",))
    reads(page, "why-title", "Thứ tự gọi")


def test_a_number_given_twice_stands_there_for_both_counters(board: Board, tv: tuple[Page, Told]) -> None:
    page, _ = tv
    board.hall.call("B001", "2")
    board.hall.call("B001", "3")
    reads(page, "number", "B001")
    reads(page, "counter", "3")
    assert page.locator("#recent li").first.inner_text().split() == ["B001", "Quầy", "2"]
    assert page.inner_text("#caption") == "Xin mời số B001 đến quầy số 3"


@pytest.mark.parametrize("name", ["called_count", "priority_count", "out_of_order_count", "unused_count"])
def test_a_count_below_zero_is_not_known(board: Board, tv: tuple[Page, Told], name: str) -> None:
    page, _ = tv
    board.hall.change(
        counts=dataclasses.replace(DayCounts(82, 7, 1, 4), **{name: -1}),
        why=dataclasses.replace(WHY, waiting_count=-1),
    )
    reads(page, "untold-title", "Tạm chưa đếm được")
    assert page.is_hidden("#counts")
    assert page.inner_text("#why-title") == "Thứ tự gọi"
    assert "-1" not in page.inner_text("body")


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
        reads(page, "number", "H012")
        page.locator("#counts").wait_for()
        assert page.is_hidden("#untold")


def test_before_the_first_call_and_while_closed_the_board_is_quiet(chromium: Browser) -> None:
    clock = FakeClock(datetime(2026, 11, 23, 0, 40, tzinfo=UTC))
    with served_board(clock) as board, on_tv(chromium, board) as (page, told):
        reads(page, "rest-title", "Chưa gọi số nào")
        board.hall.change(open=False)
        reads(page, "rest-title", "Mời ông/bà trở lại chiều nay")
        assert "07:30–11:30" in page.inner_text("#hours")
        board.hall.call("A001", "1")
        reads(page, "number", "A001")
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
            reads(page, "number", f"A{(part + 1) * 200:03d}")
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
