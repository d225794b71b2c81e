"""Reminders that the staff have printed at the kiosk: fetched from the server beside it, printed, and noted.

The kiosk owns the printer, so whoever sits at a counter asks it through the server. A thread waits at the server's
door; without an answer it tries again, and no citizen ever waits for it.
"""

from __future__ import annotations

import http.client
import json
import logging
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Protocol
from urllib.parse import urlsplit

from kiosk.appointment_slip import Reminder, read_reminder
from kiosk.ports import PrintOutcome
from kiosk.slip import Slip

ANSWER_S = 25.0
"""The server answers after its own wait, some fifteen seconds, with nothing if there was nothing."""
AGAIN_S = 5.0
ANSWER_BYTES = 64 * 1024
DOOR = "/api/v1/reminder"

logger = logging.getLogger(__name__)


class SlipSender(Protocol):
    """Whoever prints. Never waits; ``settle`` hears what became of the slip."""

    def send(self, slip: Slip, settle: Callable[[PrintOutcome], None]) -> None:
        """Print this when its turn comes."""


class Reminders:
    """The thread that fetches. ``address``: of the server on this very machine, ``http://host:port``;
    ``settled(appointment_id, outcome)``: has it written down, from any thread."""

    def __init__(
        self,
        address: str,
        *,
        slip_of: Callable[[Reminder], Slip],
        printer: SlipSender,
        settled: Callable[[str, PrintOutcome], None],
    ) -> None:
        self._at = urlsplit(address)
        self._slip_of = slip_of
        self._printer = printer
        self._settled = settled
        self._stopping = threading.Event()
        self._way: http.client.HTTPConnection | None = None
        self._thread = threading.Thread(target=self._run, name="reminders", daemon=True)

    def start(self) -> Reminders:
        """Begin to wait at the door; returns itself."""
        self._thread.start()
        return self

    def close(self, wait_s: float = 1.0) -> None:
        """End; an answer that is awaited is given up."""
        self._stopping.set()
        way = self._way
        if way is not None and way.sock is not None:
            with suppress(OSError):
                way.sock.shutdown(socket.SHUT_RDWR)
        if self._thread.ident is not None:
            self._thread.join(wait_s)

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                reminder = self._fetched()
                if reminder is not None:
                    self._print(reminder)
            except (OSError, http.client.HTTPException):  # the server is away: said by the office feed
                self._stopping.wait(AGAIN_S)
            except Exception:  # the edge of a thread: the next one may be printed
                logger.exception("a reminder could not be fetched")
                self._stopping.wait(AGAIN_S)

    def _fetched(self) -> Reminder | None:
        """The next reminder; None if there was none for a while."""
        self._way = http.client.HTTPConnection(self._at.hostname or "", self._at.port, timeout=ANSWER_S)
        try:
            self._way.request("POST", DOOR, "{}", {"Content-Type": "application/json"})
            answer = self._way.getresponse()
            told = json.loads(answer.read(ANSWER_BYTES))
            if answer.status != 200:
                raise ValueError(f"the server said {answer.status}")
        finally:
            self._way.close()
        return read_reminder(told["reminder"]) if told["reminder"] else None

    def _print(self, reminder: Reminder) -> None:
        id = reminder.appointment_id
        self._printer.send(self._slip_of(reminder), lambda outcome: self._settled(id, outcome))
