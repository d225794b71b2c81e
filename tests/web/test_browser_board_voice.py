"""The lobby board on a TV with loudspeakers: which calls the page itself says."""

from __future__ import annotations

from datetime import UTC, datetime

from playwright.sync_api import Browser, Page

from kiosk.clock import instant_text
from kiosk.lobby_views import Called
from tests.fakes.board import Board, served_board
from tests.fakes.clock import FakeClock
from tests.web.browsing import Told
from tests.web.tvs import on_tv, reads


def test_a_tv_with_loudspeakers_says_each_call_once(board: Board, chromium: Browser) -> None:
    with on_tv(chromium, board, "?sound=1") as (page, told):
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


def _voices(told: Told) -> list[str]:
    return [address.rpartition("/")[2] for address in told.asked if "/board/voice/" in address]


def _unlocked(page: Page) -> None:
    unlock = page.locator("#unlock")
    if unlock.is_visible():
        unlock.click()
    unlock.wait_for(state="hidden")


def test_a_call_after_seven_in_the_morning_says_no_old_ones_again(chromium: Browser) -> None:
    clock = FakeClock(datetime(2026, 11, 22, 23, 59, 30, tzinfo=UTC))
    with served_board(clock) as board:
        board.hall.fill()
        with on_tv(chromium, board, "?sound=1") as (page, told):
            _unlocked(page)
            clock.advance(90)
            board.hall.call("H012", "1")
            page.locator("body[data-spoken='8']").wait_for()
            assert _voices(told) == ["8.wav"]


def test_the_first_call_of_a_new_day_at_the_office_is_said(board: Board, chromium: Browser) -> None:
    with on_tv(chromium, board, "?sound=1") as (page, told):
        _unlocked(page)
        board.clock.advance(21 * 3600)
        at = instant_text(board.clock.now())
        board.hall.change(now=Called("A001", "1", at, 1, "normal"), recent=())
        page.locator("body[data-spoken='1']").wait_for()
        assert _voices(told) == ["1.wav"]


def test_a_call_that_was_taken_back_and_made_again_says_none_that_was_said(board: Board, chromium: Browser) -> None:
    with on_tv(chromium, board, "?sound=1") as (page, told):
        _unlocked(page)
        before, shown = board.hall.shown.now, board.hall.shown.recent
        assert before is not None
        board.hall.call("H012", "1")
        page.locator("body[data-spoken='8']").wait_for()
        board.hall.change(now=before, recent=shown)
        reads(page, "number", "B042")
        again = Called("H012", "2", instant_text(board.clock.now()), 9, "normal")
        board.hall.change(now=again, recent=(before, *shown[:4]))
        page.locator("body[data-spoken='9']").wait_for()
        assert _voices(told) == ["8.wav", "9.wav"]


def test_a_tv_that_was_not_asked_to_speak_is_silent(board: Board, tv: tuple[Page, Told]) -> None:
    page, told = tv
    board.hall.call("H012", "1")
    reads(page, "number", "H012")
    assert [address for address in told.asked if "/board/voice/" in address] == []
