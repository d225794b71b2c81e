"""``virtual:DIR``: a wire whose other end is the virtual printer."""

from __future__ import annotations

from devices.virtual.folder import SlipFolder
from devices.virtual.machine import Machine
from devices.virtual.paper import Sheet
from devices.wire import ABSENT, STUCK, WireTrouble


class VirtualWire:
    """Bytes go to a virtual printer in this process; its sheets fall into a folder."""

    can_read = True
    reply_s = 0.05
    bytes_per_s: float | None = None

    def __init__(self, folder: SlipFolder, *, dots: int, name: str = "virtual:") -> None:
        self._folder = folder
        self.machine = Machine(dots=dots, on_sheet=self._keep)
        self._said = bytearray()
        self._open = False
        self.name = name

    @property
    def is_open(self) -> bool:
        """Whether it was opened."""
        return self._open

    def open(self, deadline_s: float) -> None:
        """Prove that slips can be kept; ``WireTrouble`` P-121 if not."""
        self._folder.check()
        self._open = True

    def send(self, data: bytes, deadline_s: float) -> None:
        """Let the printer print; a slip that cannot be kept is a slip that did not come out."""
        if not self._open:
            raise WireTrouble(ABSENT, detail=self.name)
        room = self.machine.room
        if self.machine.faults.stops and len(data) > room:
            raise WireTrouble(STUCK, detail=self.name, sent=room)
        self._said += self.machine.receive(data)

    def read(self, deadline_s: float) -> bytes:
        """What the printer said; it says all it has to say at once."""
        said = bytes(self._said) + self.machine.news()
        self._said.clear()
        return said

    def _keep(self, sheet: Sheet) -> None:
        self._folder.save(sheet)

    def close(self) -> None:
        """Let go; the printer keeps its paper."""
        self._open = False
