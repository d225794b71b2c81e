"""The look of the lobby board on every TV: whole, strong and large, whatever it shows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from kiosk.lobby_views import Called, DayCounts
from screens.notice_board import NoticeBoard
from tests.fakes.board import BUSY, Board, served_board
from tests.fakes.clock import FakeClock
from tests.web.auditing import clipped, outside, overlapping, pale, texts
from tests.web.browsing import Told, opened
from tests.web.tvs import HALF_PAST_TEN, on_tv, reads

SIZES = [(1280, 720), (1920, 1080), (3840, 2160), (1080, 1920)]
STATES: dict[str, dict[str, Any]] = {
    "long": {"now": Called("B6001", "12", "2026-11-23T03:36:00.000000Z", 99, "normal")},
    "busy": {"why": BUSY, "counts": DayCounts(1482, 117, 21, 34)},
    "partly": {"why": BUSY, "unheard": ("kiosk-2",)},
    "unheard": {"unheard": ("kiosk-2", "kiosk-3")},
    "uncounted": {"counts": None, "why": None},
    "quiet": {"now": None, "recent": ()},
    "closed": {"now": None, "recent": (), "open": False},
    "called": {},
}


@pytest.mark.parametrize("query", ["", "?lang=en", "?lang=both"])
def test_every_state_is_whole_strong_and_large_on_everyon_tv(board: Board, chromium: Browser, query: str) -> None:
    usual = {name: getattr(board.hall.shown, name) for name in ("now", "recent", "counts", "why", "unheard", "open")}
    with on_tv(chromium, board, query) as (page, told):
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


LONGEST = (
    "W" * 160,
    "Phường Bắc Sơn tiêm phòng " * 6 + "Nga.",
    "KHẨN: ĐƯỜNG BỊ NGẬP, " * 7 + "CẨN THẬN",
    "Nghỉ. " * 18,
)


@pytest.mark.parametrize("query", ["?sound=1", "?lang=both"])
def test_the_longest_notice_stays_on_the_board(tmp_path: Path, chromium: Browser, query: str) -> None:
    clock = FakeClock(HALF_PAST_TEN)
    rows = "".join(f'"{text}",,,\n' for text in LONGEST)
    (tmp_path / "notices.csv").write_text("text_vi,text_en,effective_from,effective_to\n" + rows, encoding="utf-8")
    with (
        served_board(clock, notices=NoticeBoard(tmp_path)) as board,
        opened(chromium, width=1920, height=1080) as (
            page,
            told,
        ),
    ):
        board.hall.fill()
        page.clock.install(time=HALF_PAST_TEN)
        page.goto(board.address + "/board" + query)
        page.locator("[data-state=called]").wait_for()
        page.evaluate("document.fonts.ready.then(() => true)")
        for text in LONGEST:
            reads(page, "slide-items", text.strip())
            for width, height in SIZES:
                page.set_viewport_size({"width": width, "height": height})
                page.clock.run_for(1_000)
                assert (outside(page), clipped(page), _below(page)) == ([], [], []), (text, width)
            page.clock.run_for(12_000)
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
