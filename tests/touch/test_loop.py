"""The loop's pace: asleep when it may, awake when it must."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest

from screens.touch.loop import FRAME_S, IN_VAIN, STILL_S, QuickLoop, has_private_names, x_sockets
from tests.gallery.studio import Studio

FAR = 1e12


class ClockLikeKivys:
    """A clock with the names that the loop leans on."""

    def __init__(self) -> None:
        self._last_tick = time.monotonic()
        self._dt = 0.0
        self.due = FAR
        self.scheduled: list[Callable[[float], None]] = []

    def time(self) -> float:
        return time.monotonic()

    def get_min_timeout(self) -> float:
        return self.due

    def schedule_once(self, work: Callable[[float], None], _: float) -> None:
        self.scheduled.append(work)

    def idle(self) -> float:
        return 0.0


class WindowLikeKivys:
    """A window whose bindings can be fired."""

    def __init__(self) -> None:
        self.bound: dict[str, Any] = {}

    def bind(self, **bound: Any) -> None:
        self.bound.update(bound)

    def unbind(self, **bound: Any) -> None:
        for name in bound:
            del self.bound[name]


@pytest.fixture
def clock() -> ClockLikeKivys:
    return ClockLikeKivys()


@pytest.fixture
def window() -> WindowLikeKivys:
    return WindowLikeKivys()


@pytest.fixture
def loop(clock: ClockLikeKivys, window: WindowLikeKivys) -> QuickLoop:
    made = QuickLoop(clock, window)
    made.listen_to([])
    return made


def slept(loop: QuickLoop) -> float:
    begun = time.monotonic()
    loop.idle()
    return time.monotonic() - begun


def test_kivy_still_has_the_names_and_its_display_is_heard(studio: Studio) -> None:
    from kivy.clock import Clock

    assert has_private_names(Clock)
    assert x_sockets()


def test_with_nothing_to_do_it_sleeps_a_quarter_of_a_second(loop: QuickLoop) -> None:
    assert STILL_S * 0.8 <= slept(loop) < STILL_S * 3


def test_it_wakes_for_what_is_due_but_not_before_a_frame_has_passed(loop: QuickLoop, clock: ClockLikeKivys) -> None:
    clock.due = 0
    assert FRAME_S * 0.5 <= slept(loop) < STILL_S * 0.8


def test_another_thread_ends_the_sleep_and_its_work_is_scheduled(loop: QuickLoop, clock: ClockLikeKivys) -> None:
    done: list[str] = []
    threading.Thread(target=lambda: loop.post(lambda: done.append("work"))).start()
    assert slept(loop) < STILL_S * 0.8
    clock.scheduled[0](0.0)
    assert done == ["work"]


def test_a_touch_that_was_seen_is_not_slept_over(loop: QuickLoop, window: WindowLikeKivys) -> None:
    window.bound["on_mouse_down"]()
    assert slept(loop) < FRAME_S
    assert slept(loop) > FRAME_S


def test_the_display_s_word_ends_the_sleep(clock: ClockLikeKivys, window: WindowLikeKivys) -> None:
    ours, display = socket.socketpair()
    with ours, display:
        loop = QuickLoop(clock, window)
        loop.listen_to([ours.fileno()])
        display.send(b"press")
        assert slept(loop) < STILL_S * 0.8


def test_a_socket_that_stays_readable_costs_frames_not_a_whole_core(
    clock: ClockLikeKivys, window: WindowLikeKivys
) -> None:
    ours, display = socket.socketpair()
    with ours, display:
        loop = QuickLoop(clock, window)
        loop.listen_to([ours.fileno()])
        display.send(b"noise that nobody reads")
        for _ in range(IN_VAIN):
            loop.idle()
        assert slept(loop) >= FRAME_S * 0.8


def test_where_a_name_is_missing_kivy_s_own_loop_goes_on(window: WindowLikeKivys) -> None:
    class Renamed:
        """A clock of some later Kivy."""

        def idle(self) -> float:
            return 0.0

    clock = Renamed()
    loop = QuickLoop(clock, window)
    assert not loop.install()
    assert not loop.installed
    assert not window.bound
