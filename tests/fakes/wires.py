"""Wires that lead nowhere, or to a virtual printer in the same process."""

from __future__ import annotations

from devices.virtual.machine import Machine
from devices.virtual.paper import Sheet
from devices.wire import ABSENT, LOST, STUCK, WireTrouble
from tests.fakes.clock import FakeClock


class MemoryWire:
    """Keeps every byte. What it leads to, and when it breaks, is said at the start.

    Waiting for an answer that does not come moves the clock instead of taking time.
    ``takes``: bytes until it breaks with ``breaks_with``; ``absent``: cannot be opened.
    """

    name = "memory:"
    reply_s = 0.3
    bytes_per_s: float | None = None

    def __init__(self, clock: FakeClock, *, can_read: bool = True, dots: int = 576) -> None:
        self.can_read = can_read
        self.sheets: list[Sheet] = []
        self.machine = Machine(dots=dots, on_sheet=self.sheets.append)
        self.sent = bytearray()
        self.sends: list[bytes] = []
        self.opened_count = 0
        self.absent = False
        self.takes: int | None = None
        self.breaks_with = LOST
        self._said = bytearray()
        self._clock = clock
        self.is_open = False

    def open(self, deadline_s: float) -> None:
        self.opened_count += 1
        if self.absent:
            raise WireTrouble(ABSENT, detail=self.name)
        self.is_open = True

    def send(self, data: bytes, deadline_s: float) -> None:
        if not self.is_open:
            raise WireTrouble(ABSENT, detail=self.name)
        taken = data if self.takes is None else data[: self.takes]
        self.sent += taken
        self.sends.append(bytes(taken))
        self._said += self.machine.receive(taken)
        if self.takes is not None:
            self.takes -= len(taken)
            if len(taken) < len(data):
                if self.breaks_with == STUCK:
                    self._clock.advance(deadline_s)
                raise WireTrouble(self.breaks_with, detail=self.name, sent=len(taken))

    def say(self, data: bytes) -> None:
        """Let the printer say something of its own accord."""
        self._said += data

    def read(self, deadline_s: float) -> bytes:
        if not self.can_read:
            self._clock.advance(deadline_s)
            return b""
        if not self._said:
            self._clock.advance(deadline_s)
        said = bytes(self._said)
        self._said.clear()
        return said

    def close(self) -> None:
        self.is_open = False
