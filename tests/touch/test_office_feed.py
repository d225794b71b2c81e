"""What the office tells a kiosk: the newest view with its age, asked more often while a call for help rings."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping

import pytest

from kiosk.lobby_views import KioskView
from screens.touch.office_feed import OfficeFeed
from tests.fakes.clock import FakeClock
from tests.fakes.waiting import until


def view(through: int, help: Mapping[str, int | None] | None = None) -> KioskView:
    return KioskView("2026-11-23T01:00:00.000000Z", through, {}, help or {}, {}, calling=True)


class FakeLink:
    """An office that answers with ``answer``; a gate lets one asking through at a time."""

    def __init__(self) -> None:
        self.answer: KioskView | None = None
        self.heads: list[int] = []
        self.breaks = False
        self.closed = threading.Event()

    def view(self, head: int) -> KioskView | None:
        self.heads.append(head)
        if self.breaks:
            self.breaks = False
            raise ZeroDivisionError
        return self.answer

    def close(self) -> None:
        self.closed.set()


class Kiosk:
    def __init__(self) -> None:
        self.clock, self.link, self.head = FakeClock(), FakeLink(), 7
        self.told: list[bool] = []
        self.feed = OfficeFeed(
            self.clock, make_link=lambda: self.link, head=lambda: self.head, answered=self.told.append
        )

    def ask(self) -> None:
        """Have the office asked once more."""
        before = len(self.link.heads)
        self.feed.wake()
        until(lambda: len(self.link.heads) > before)


@pytest.fixture
def kiosk() -> Iterator[Kiosk]:
    made = Kiosk()
    yield made
    made.feed.close()
    assert made.link.closed.is_set()


def test_before_the_first_answer_nothing_is_known(kiosk: Kiosk) -> None:
    assert kiosk.feed.latest() is None
    kiosk.feed.start()
    until(lambda: kiosk.told == [False])
    assert kiosk.feed.latest() is None


def test_the_newest_answer_stands_and_grows_old(kiosk: Kiosk) -> None:
    kiosk.link.answer = view(5)
    kiosk.feed.start()
    until(kiosk.feed.latest)
    kiosk.clock.advance(3)
    assert kiosk.feed.latest() == (view(5), 3.0)
    kiosk.link.answer = None
    kiosk.ask()
    until(lambda: kiosk.told[-1] is False)
    assert kiosk.feed.latest() == (view(5), 3.0)
    kiosk.link.answer = view(6)
    kiosk.ask()
    until(lambda: kiosk.feed.latest() == (view(6), 0.0))


def test_the_office_hears_how_far_the_kiosk_s_book_goes(kiosk: Kiosk) -> None:
    kiosk.feed.start()
    until(lambda: kiosk.link.heads == [7])
    kiosk.head = 9
    kiosk.ask()
    assert kiosk.link.heads[-1] == 9


def test_a_fault_ends_nothing(kiosk: Kiosk, caplog: pytest.LogCaptureFixture) -> None:
    kiosk.link.breaks = True
    kiosk.feed.start()
    until(lambda: "stumbled" in caplog.text)
    kiosk.link.answer = view(1)
    kiosk.ask()
    until(kiosk.feed.latest)


def test_while_a_call_for_help_rings_the_office_is_asked_by_itself_and_soon(kiosk: Kiosk) -> None:
    kiosk.link.answer = view(1, {"h": None})
    kiosk.feed.start()
    until(lambda: len(kiosk.link.heads) >= 3, within_s=1.9)  # four times as often as without
    kiosk.link.answer = view(1, {"h": 12})
    until(lambda: kiosk.feed.latest() == (view(1, {"h": 12}), 0.0))
