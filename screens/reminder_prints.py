"""Reminders on their way to the kiosk that stands beside the server and owns the printer.

The staff ask at the counter, the kiosk fetches over this machine's own loop: a dossier code never travels.
What is asked for is kept in memory alone; what became of it is a fact in the kiosk's book.
"""

from __future__ import annotations

import asyncio
import threading
from collections import deque

from kiosk.appointment_slip import Reminder
from kiosk.clock import Clock
from kiosk.trouble import PrinterTrouble

HEARD_S = 40.0
"""A kiosk that has not asked for so long is not there; it asks anew every ``WAIT_S`` seconds."""
WAIT_S = 15.0
PLACES = 8


class ReminderPrints:
    """Asked for from any thread, fetched in the server's loop."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._guard = threading.Lock()
        self._asked: deque[Reminder] = deque()
        self._heard_at: float | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._come = asyncio.Event()

    def ask(self, reminder: Reminder) -> None:
        """Have it printed. Raises ``PrinterTrouble`` P-103 if no kiosk is fetching, P-107 if too many wait."""
        with self._guard:
            heard = self._heard_at
            if heard is None or self._clock.monotonic() - heard > HEARD_S:
                raise PrinterTrouble("P-103")
            if len(self._asked) >= PLACES:
                raise PrinterTrouble("P-107")
            self._asked.append(reminder)
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._come.set)

    async def next(self, wait_s: float = WAIT_S) -> Reminder | None:
        """The next one to print, or None if there was none for ``wait_s`` seconds."""
        self._loop = asyncio.get_running_loop()
        found = self._take()
        if found is None:
            try:
                await asyncio.wait_for(self._come.wait(), wait_s)
            except TimeoutError:
                return None
            found = self._take()
        return found

    def _take(self) -> Reminder | None:
        with self._guard:
            self._heard_at = self._clock.monotonic()
            found = self._asked.popleft() if self._asked else None
            if not self._asked:
                self._come.clear()
            return found
