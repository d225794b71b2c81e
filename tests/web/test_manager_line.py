"""What the manager sees of the line: now, waits, ranges that were told, the order of calls; page and export alike."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from litestar.testing import TestClient

from kiosk.presses import Action, Press
from screens.lobby_hall import Hall
from sync.central.service import CentralLog
from sync.central.staff import Staff
from tests.web.offices import Lobby, app_of, office_pages
from tests.web.test_manager import Manager, manager_of

COUNTER = "3"


class Counter:
    """An official at counter 3, at an office whose manager looks at her page."""

    def __init__(self, lobby: Lobby, hall: Hall, manager: Manager) -> None:
        self.lobby = lobby
        self.hall = hall
        self.manager = manager
        self._presses = 0

    def sit_down(self) -> None:
        self.hall.sign_in(COUNTER, "stay")

    def press(self, action: Action, **more: str) -> None:
        self._presses += 1
        self.hall.press(Press(f"p{self._presses}", COUNTER, "stay", action, **more))

    def serve(self, *, minutes: int = 4) -> None:
        """Call the next one and do her work."""
        self.press(Action.NEXT)
        self.press(Action.START)
        self.lobby.clock.advance(60 * minutes)
        self.press(Action.FINISH)


@pytest.fixture
def counter(lobby: Lobby) -> Iterator[Counter]:
    pages = office_pages(lobby.central)
    password = Staff(lobby.data, clock=lobby.clock).place.read_text(encoding="utf-8").strip()
    with TestClient(app_of(pages)) as client:
        yield Counter(lobby, pages.hall, Manager(client, password))


@pytest.fixture(scope="module")
def manager(demo: CentralLog) -> Iterator[Manager]:
    yield from manager_of(demo)


def test_the_strip_says_who_waits_and_who_serves_right_now(counter: Counter) -> None:
    counter.sit_down()
    counter.lobby.take_number()
    counter.lobby.clock.advance(9 * 60)
    counter.lobby.take_number()
    said = counter.manager.page().text
    assert "2 người chờ, lâu nhất 9 phút" in said
    assert "1 /6 quầy mở" in said  # the figure stands out
    assert "chờ trên" not in said


@pytest.mark.parametrize(("minutes", "said"), [(16, "chờ trên 15 phút"), (31, "chờ trên 30 phút")])
def test_a_long_wait_is_an_alarm(counter: Counter, minutes: int, said: str) -> None:
    counter.lobby.take_number()
    counter.lobby.clock.advance(60 * minutes)
    assert said in counter.manager.page().text


def test_a_break_and_a_call_for_help_stand_in_the_strip(counter: Counter) -> None:
    counter.sit_down()
    counter.press(Action.PAUSE, reason="break")
    counter.lobby.desk.call_help()
    counter.lobby.send()
    said = counter.manager.page().text
    assert "1 quầy tạm nghỉ" in said
    assert "1 người đang gọi giúp" in said


def test_a_kiosk_on_another_day_is_named_with_what_is_wrong(counter: Counter) -> None:
    counter.lobby.clock.jump(24 * 3600)
    counter.lobby.desk.call_help()
    counter.lobby.clock.jump(-24 * 3600)
    counter.lobby.send()
    said = counter.manager.page().text
    assert "Ngày trên máy kiosk-1 khác ngày của trung tâm" in said
    assert "lâu chưa gửi tin" not in said


def test_served_is_truly_served_once_the_office_calls(counter: Counter) -> None:
    counter.sit_down()
    for _ in range(14):
        counter.lobby.take_number()
    for _ in range(12):
        counter.serve()
    seen = counter.manager.page()
    assert "Ý kiến sau khi được phục vụ" in seen.texts["opinions"]
    assert "12 im lặng" in seen.texts["opinions"]
    assert "tính vào ngày xong (12 lượt)" in seen.texts["opinions"]
    told = counter.manager.figures()
    assert told["asked_means"] == "served"
    waits = told["line"]["waits"]  # type: ignore[index]
    assert (waits["walk_ins"]["n"], waits["walk_ins"]["still"]) == (12, 2)
    assert waits["service_times"] == [
        {"id": "B", "name": "Chứng thực, sao y", "n": 12, "median": {"seconds": 240, "reached": True}}
    ]
    assert counter.lobby.central.verify() == []


def test_more_ratings_than_served_say_so_and_leave_nobody_below_zero(counter: Counter) -> None:
    counter.sit_down()
    tickets = [counter.lobby.take_number() for _ in range(3)]
    counter.serve()
    for ticket in tickets:
        counter.lobby.desk.record_rating(rating_id="", ballot=ticket.ballot, answer="satisfied")
    counter.lobby.send()
    said = counter.manager.page().texts["opinions"]
    assert "0 im lặng" in said
    assert "nhiều hơn lượt phục vụ 2" in said


def test_fewer_than_ten_waits_show_no_percentage(counter: Counter) -> None:
    counter.sit_down()
    for _ in range(9):
        counter.lobby.take_number()
        counter.serve()
    seen = counter.manager.page()
    for part in ("waits", "service_waits", "ranges", "calls"):
        assert "%" not in seen.texts[part], part
    assert "Mới có 9 lượt chờ, chưa đủ 10" in seen.texts["waits"]


def test_a_call_out_of_order_is_counted_with_its_reason(counter: Counter) -> None:
    counter.sit_down()
    tickets = [counter.lobby.take_number() for _ in range(3)]
    counter.press(Action.CALL_NUMBER, number=tickets[-1].number, reason="emergency")
    said = counter.manager.page().texts["calls"]
    assert "1 lượt gọi ngoài thứ tự Việc khẩn cấp 1" in said


@pytest.mark.parametrize("period", ["today", "week", "month"])
def test_a_month_of_calls_has_waits_and_ranges_with_their_n(manager: Manager, period: str) -> None:
    seen = manager.page(f"/manager?period={period}")
    assert "Không tính thời gian trước khi lấy số" in seen.texts["waits"]
    assert "Theo 20 lượt trước" in seen.texts["ranges"]
    told = manager.figures(f"/manager.json?period={period}")["line"]
    share = told["ranges"]["told"]["share"]  # type: ignore[index]
    shown = f"{share['x']:,}/{share['n']:,} = ".replace(",", ".")
    assert shown in seen.texts["ranges"]
    assert share["low"] < share["share"] < share["high"]
    lines = manager.lines(f"/manager.csv?period={period}")
    row = next(one for one in lines if (one["table"], one["key"], one["figure"]) == ("ranges", "told", "share"))
    assert (int(row["x"]), int(row["n"])) == (share["x"], share["n"])


def test_the_demonstration_keeps_every_promise_of_its_own_fold(demo: CentralLog) -> None:
    assert demo.verify() == []
    kinds = {row.measure for row in demo.store.tallies("bac-son", "2026-11-01", "2026-11-20")}
    assert {"called", "served", "missed", "transferred", "out_of_order", "cancelled", "estimate"} <= kinds
