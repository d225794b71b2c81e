"""What the office tells this kiosk: a thread that asks every other second and keeps the newest answer.

Nothing here is in a citizen's path: whoever draws a screen takes the newest view and its age,
and says less when it is old or when there is none.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Protocol

from kiosk.clock import Clock
from kiosk.lobby_views import KioskView

POLL_S = 2.0
RINGING_S = 0.5
"""How often the office is asked, and how often while a call for help of this kiosk rings."""

logger = logging.getLogger(__name__)


class LobbyLink(Protocol):
    """A way to ask the office. Returns within its own deadlines and never raises Trouble."""

    def view(self, head: int) -> KioskView | None:
        """What the office tells a kiosk whose book goes up to ``head``; None if it did not answer."""

    def close(self) -> None:
        """Let the link go."""


def nobody(_: bool) -> None:
    """Nobody wants to know whether the office answers."""


class OfficeFeed:
    """The newest view of the office. ``latest`` and ``wake`` may be called from any thread and never wait."""

    def __init__(
        self,
        clock: Clock,
        *,
        make_link: Callable[[], LobbyLink],
        head: Callable[[], int],
        answered: Callable[[bool], None] = nobody,
    ) -> None:
        """``make_link``: called in the feed's own thread, as its libraries load slowly; ``head``: how far the
        kiosk's book goes; ``answered``: told after each asking, on that thread, whether the office answered."""
        self._clock = clock
        self._make_link = make_link
        self._head = head
        self._answered = answered
        self._newest: tuple[KioskView, float] | None = None
        self._woken = threading.Event()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="office feed", daemon=True)

    def latest(self) -> tuple[KioskView, float] | None:
        """The newest view and its age in seconds; None before the first answer."""
        newest = self._newest
        if newest is None:
            return None
        view, asked_at = newest
        return view, max(0.0, self._clock.monotonic() - asked_at)

    def wake(self) -> None:
        """Ask now: something was written that the office should tell about."""
        self._woken.set()

    def start(self) -> OfficeFeed:
        """Begin to ask; returns itself."""
        self._thread.start()
        return self

    def close(self, *, within_s: float = 3.0) -> None:
        """End the thread; an answer on its way is given up after ``within_s``."""
        self._stopping.set()
        self._woken.set()
        if self._thread.ident is not None:
            self._thread.join(within_s)

    def _run(self) -> None:
        link = self._make_link()
        while not self._stopping.is_set():
            self._woken.clear()
            try:
                self._ask(link)
            except Exception:  # the edge of a thread: the next asking may do better
                logger.exception("the office feed stumbled and goes on")
            self._woken.wait(RINGING_S if self._rings() else POLL_S)
        link.close()

    def _ask(self, link: LobbyLink) -> None:
        asked_at = self._clock.monotonic()
        view = link.view(self._head())
        if view is not None:
            self._newest = view, asked_at
        self._answered(view is not None)

    def _rings(self) -> bool:
        newest = self._newest
        return newest is not None and None in newest[0].help.values()
