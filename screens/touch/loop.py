"""The loop's pace: asleep until something happens, awake within a millisecond of a touch.

Kivy sleeps between frames with its ears closed: a finger waits up to two frames, and a
still screen wakes sixty times a second for nothing. Here the sleep is a ``poll`` of the
X server's socket and on a wake-up number that other threads raise; it ends when the next
scheduled thing is due, or after a quarter of a second, since events that Xlib has already
read leave the socket silent. Measured reasons: README, "Why so".

This leans on names Kivy keeps to itself. A test watches them; where one is missing, or
the X server is not on a local socket, ``install`` changes nothing and Kivy's own sixty
frames a second go on.
"""

from __future__ import annotations

import logging
import os
import select
import socket
import time
import weakref
from collections.abc import Callable
from typing import Any

STILL_S = 0.25
FRAME_S = 1 / 60
TOUCHES = ("on_mouse_down", "on_mouse_up", "on_mouse_move")
IN_VAIN = 8
"""After so many wake-ups in a row that brought no touch, the next waits a whole frame: a socket
that stays readable may cost sixty wake-ups a second, never a whole core."""

logger = logging.getLogger(__name__)


class QuickLoop:
    """Waits for Kivy. ``wake`` may be called by any thread; all else belongs to the UI thread."""

    def __init__(self, clock: Any, window: Any) -> None:
        self._clock = clock
        self._window = window
        self._wake_fd = os.eventfd(0, os.EFD_CLOEXEC | os.EFD_NONBLOCK)
        weakref.finalize(self, os.close, self._wake_fd)
        self._ears = select.poll()
        self._touched = False
        self._in_vain = 0
        self._kivy_idle: Any = None

    def install(self) -> bool:
        """Take the place of Kivy's own sleep if everything it needs is there."""
        sockets = x_sockets()
        if not sockets or not has_private_names(self._clock):
            logger.warning("the quick loop cannot be used here; sixty frames a second instead")
            return False
        self.listen_to(sockets)
        self._kivy_idle, self._clock.idle = self._clock.idle, self.idle
        return True

    def listen_to(self, sockets: list[int]) -> None:
        """Wake for these, for touches, and for other threads."""
        for number in (*sockets, self._wake_fd):
            self._ears.register(number, select.POLLIN)
        self._window.bind(**dict.fromkeys(TOUCHES, self._take_note))

    def uninstall(self) -> None:
        """Give Kivy its own sleep back."""
        if self.installed:
            self._window.unbind(**dict.fromkeys(TOUCHES, self._take_note))
            self._clock.idle, self._kivy_idle = self._kivy_idle, None

    @property
    def installed(self) -> bool:
        """Whether the quick loop runs, rather than Kivy's own sixty frames a second."""
        return self._kivy_idle is not None

    def wake(self) -> None:
        """End the sleep now; for threads that have scheduled something."""
        os.eventfd_write(self._wake_fd, 1)

    def post(self, work: Callable[[], None]) -> None:
        """Have ``work`` done on the UI thread as soon as it may; for any thread."""
        self._clock.schedule_once(lambda _: work(), 0)
        self.wake()

    def idle(self) -> float:
        """Sleep until there is something to do (Kivy's ``Clock.idle``)."""
        clock = self._clock
        if not self._touch_waits():
            self._sleep(self._left(clock.time()))
        now = float(clock.time())
        clock._dt, clock._last_tick = now - clock._last_tick, now
        return now

    def _left(self, now: float) -> float:
        """Seconds to sleep: to the next scheduled thing, a frame at least, a quarter second at most."""
        due = self._clock.get_min_timeout()  # a moment, or 0 for "at the next frame"
        earliest, latest = self._clock._last_tick + FRAME_S, self._clock._last_tick + STILL_S
        return float(min(max(due, earliest), latest) - now)

    def _sleep(self, left: float) -> None:
        if self._in_vain >= IN_VAIN and left > 0:
            time.sleep(min(left, FRAME_S))
        readable = {number for number, _ in self._ears.poll(max(0.0, left) * 1000)}
        if self._wake_fd in readable:
            os.eventfd_read(self._wake_fd)
        self._in_vain = self._in_vain + 1 if readable - {self._wake_fd} else 0

    def _touch_waits(self) -> bool:
        waits, self._touched = self._touched, False
        if waits:
            self._in_vain = 0
        return waits

    def _take_note(self, *_: object) -> None:
        self._touched = True


def has_private_names(clock: Any) -> bool:
    """Whether Kivy's clock still has the names this loop leans on."""
    return all(hasattr(clock, name) for name in ("idle", "time", "_dt", "_last_tick", "get_min_timeout"))


def x_sockets() -> list[int]:
    """File numbers of this process's own links to a local X server."""
    return [number for number in map(int, os.listdir("/proc/self/fd")) if _leads_to_x(number)]


def _leads_to_x(number: int) -> bool:
    try:
        if not os.readlink(f"/proc/self/fd/{number}").startswith("socket:"):
            return False
        with socket.socket(fileno=os.dup(number)) as copy:
            peer = copy.getpeername()
    except OSError:
        return False
    return b"X11" in (peer if isinstance(peer, bytes) else str(peer).encode())
