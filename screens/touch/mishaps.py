"""Faults of ours on the UI thread: logged, the citizen is taken back to the start, the day goes on.

A fault that comes back again and again is let through: the process ends, and the supervisor
starts a clean one.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable

from kivy.base import ExceptionHandler, ExceptionManager

from kiosk.clock import Clock

FORGIVEN = 5
WITHIN_S = 60.0

logger = logging.getLogger(__name__)


class Mishaps(ExceptionHandler):
    """Kivy asks it about every exception that reached its loop."""

    def __init__(self, clock: Clock, go_home: Callable[[], None]) -> None:
        super().__init__()
        self._clock = clock
        self._go_home = go_home
        self._lately: deque[float] = deque(maxlen=FORGIVEN)

    def handle_exception(self, exception: BaseException) -> int:
        """Go on (``PASS``), or give up (``RAISE``) at the sixth fault in a minute and on any exit."""
        if not isinstance(exception, Exception):
            return int(ExceptionManager.RAISE)
        now = self._clock.monotonic()
        logger.error("a screen broke down", exc_info=exception)
        if len(self._lately) == FORGIVEN and now - self._lately[0] < WITHIN_S:
            return int(ExceptionManager.RAISE)
        self._lately.append(now)
        try:
            self._go_home()
        except Exception:
            logger.exception("the home screen broke down too")
            return int(ExceptionManager.RAISE)
        return int(ExceptionManager.PASS)
