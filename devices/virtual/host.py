"""A virtual printer that others reach from outside: the machine, its lock, and what it has cut."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from devices.virtual.faults import Faults
from devices.virtual.machine import Machine
from devices.virtual.paper import Sheet

CHUNK = 4096
SLOW_CHUNK = 64
LOOK_S = 0.02
"""How often a standing link looks whether it may go on."""


@dataclass(slots=True)
class LinkFaults:
    """What can be wrong with the link. ``die_after``: bytes of a connection before it is torn down;
    ``stall``: nothing is read; ``bytes_per_s``: how fast it reads at most."""

    die_after: int | None = None
    stall: bool = False
    bytes_per_s: float | None = None


class PrinterHost:
    """A machine that a serving thread feeds and a test watches and troubles."""

    def __init__(self, *, dots: int = 576, on_sheet: Callable[[Sheet], None] | None = None) -> None:
        self._changed = threading.Condition(threading.RLock())
        self._on_sheet = on_sheet
        self.sheets: list[Sheet] = []
        self.received = bytearray()
        self.first_byte_at: float | None = None
        self.link = LinkFaults()
        self.machine = Machine(dots=dots, on_sheet=self._keep)
        self._say: Callable[[bytes], None] = lambda said: None

    @property
    def faults(self) -> Faults:
        """The switches of what is wrong with the printer."""
        return self.machine.faults

    def attach(self, say: Callable[[bytes], None]) -> None:
        """Where the printer's words go while a client is there."""
        with self._changed:
            self._say = say

    def take(self, data: bytes) -> None:
        """Bytes have arrived."""
        with self._changed:
            if self.first_byte_at is None:
                self.first_byte_at = time.monotonic()
            self.received += data
            self._speak(self.machine.receive(data))
            self._changed.notify_all()

    def look_around(self) -> None:
        """Say what has changed, where the printer was told to."""
        with self._changed:
            news = self.machine.news()
            self._speak(news)
            if news:
                self._changed.notify_all()

    def wait_until_told(self, deadline_s: float = 5.0) -> None:
        """Wait until a client was told of every change; ``TimeoutError`` if that does not happen."""
        with self._changed:
            if not self._changed.wait_for(lambda: self.machine.is_told, deadline_s):
                raise TimeoutError("a change was not told")

    def change_roll(self) -> None:
        """Put in a new roll."""
        with self._changed:
            self._speak(self.machine.change_roll())
            self._changed.notify_all()

    def mend(self) -> None:
        """Switch every fault off; what waits is printed."""
        with self._changed:
            self.machine.faults = Faults()
            self.link = LinkFaults()
            self._speak(self.machine.resume())
            self._changed.notify_all()

    def wait_for_sheets(self, count: int, deadline_s: float = 5.0) -> list[Sheet]:
        """The sheets cut so far, once there are so many; ``TimeoutError`` if they do not come."""
        with self._changed:
            if not self._changed.wait_for(lambda: len(self.sheets) >= count, deadline_s):
                raise TimeoutError(f"{len(self.sheets)} sheets instead of {count}")
            return list(self.sheets)

    def wait_for_bytes(self, count: int, deadline_s: float = 5.0) -> bytes:
        """All bytes received so far, once there are so many; ``TimeoutError`` if they do not come."""
        with self._changed:
            if not self._changed.wait_for(lambda: len(self.received) >= count, deadline_s):
                raise TimeoutError(f"{len(self.received)} bytes instead of {count}")
            return bytes(self.received)

    def wanted(self, taken: int) -> int:
        """How many bytes the link reads next, after so many of this connection."""
        if self.link.stall:
            return 0
        most = SLOW_CHUNK if self.link.bytes_per_s else CHUNK
        if self.link.die_after is not None:
            most = min(most, self.link.die_after - taken)
        with self._changed:
            return min(most, self.machine.room)

    def pause_after(self, taken: int) -> float:
        """Seconds that a slow link needs for so many bytes."""
        return taken / self.link.bytes_per_s if self.link.bytes_per_s else 0.0

    def dies_at(self, taken: int) -> bool:
        """Whether the connection ends here."""
        return self.link.die_after is not None and taken >= self.link.die_after

    def _keep(self, sheet: Sheet) -> None:
        self.sheets.append(sheet)
        if self._on_sheet:
            self._on_sheet(sheet)

    def _speak(self, said: bytes) -> None:
        if said:
            self._say(said)
