"""From a stream of bytes to ESC/POS commands, one at a time, whatever the bytes are.

The stream may be cut anywhere: what is not complete waits for more. Bytes that begin
no known command are a command of their own name, ``unknown``, two bytes long; nothing
here ever raises.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

TEXT_FROM = 0x20


@dataclass(frozen=True, slots=True)
class Command:
    """One command: its name ("ESC a", "GS v 0 rows", "text"), its bytes after the name, its counts."""

    name: str
    data: bytes = b""
    across: int = 0


class _MoreNeeded(Exception):
    """The command is not complete yet."""


FIXED = {
    **{("ESC", letter): 0 for letter in b"@2Siml<"},
    **{("ESC", letter): 1 for letter in b"a!J3dEG-MtR %?{VrTU=juKe"},
    **{("ESC", letter): 2 for letter in b"$\\B"},
    **{("ESC", letter): 3 for letter in b"p"},
    ("ESC", 0x0C): 0,
    ("ESC", ord("W")): 8,
    ("ESC", ord("c")): 2,
    **{("GS", letter): 1 for letter in b"!BHhwfarIbT/"},
    **{("GS", letter): 2 for letter in b"LWP$\\"},
    ("GS", ord("^")): 3,
    ("GS", ord(":")): 0,
    **{("FS", letter): 0 for letter in b".&"},
    **{("FS", letter): 1 for letter in b"!-CW"},
    **{("FS", letter): 2 for letter in b"pS"},
    ("DLE", 0x04): 1,
    ("DLE", 0x05): 1,
}
"""How many bytes follow the first two of a command."""
LEADS = {0x1B: "ESC", 0x1D: "GS", 0x1C: "FS", 0x10: "DLE"}
CUT_WITH_FEED = frozenset((65, 66, 97, 98, 103, 104))


class Decoder:
    """Takes bytes, gives commands."""

    def __init__(self) -> None:
        self._waiting = bytearray()
        self._at = 0
        self._raster = (0, 0)
        self._varied: dict[tuple[str, int], Callable[[str], Command]] = {
            ("ESC", ord("&")): self._own_letters,
            ("ESC", ord("*")): self._columns,
            ("ESC", ord("D")): self._tabs,
            ("GS", ord("V")): self._cut,
            ("GS", ord("v")): self._raster_head,
            ("GS", ord("(")): self._measured,
            ("GS", ord("8")): self._measured_long,
            ("GS", ord("*")): self._downloaded,
            ("GS", ord("k")): self._barcode,
            ("FS", ord("(")): self._measured,
            ("DLE", 0x14): self._real_time,
        }

    def put(self, data: bytes) -> None:
        """More bytes have come."""
        self._waiting += data

    @property
    def waiting(self) -> int:
        """How many bytes have come and were not read as commands."""
        return len(self._waiting)

    @property
    def in_picture(self) -> bool:
        """Whether rows of a picture are still expected: whatever comes next is ink."""
        return self._raster[1] > 0

    def forget(self) -> None:
        """Throw away all that waits."""
        self._waiting.clear()
        self._raster = (0, 0)

    def next(self) -> Command | None:
        """The next complete command, or nothing until more bytes come."""
        self._at = 0
        try:
            command = self._read()
        except _MoreNeeded:
            return None
        del self._waiting[: self._at]
        return command

    def _read(self) -> Command:
        if self.in_picture:
            return self._raster_rows()
        first = self._take(1)[0]
        if first in LEADS:
            return self._long(LEADS[first])
        if first < TEXT_FROM:
            return Command("control", bytes((first,)))
        end = next((at for at in range(1, len(self._waiting)) if self._waiting[at] < TEXT_FROM), len(self._waiting))
        self._at = end
        return Command("text", bytes(self._waiting[:end]))

    def _long(self, lead: str) -> Command:
        second = self._take(1)[0]
        name = f"{lead} {chr(second)}" if second >= TEXT_FROM else f"{lead} {second:02X}"
        if (lead, second) in FIXED:
            return Command(name, self._take(FIXED[lead, second]))
        varied = self._varied.get((lead, second))
        return varied(name) if varied else Command("unknown", name.encode())

    def _take(self, count: int) -> bytes:
        start, self._at = self._at, self._at + count
        if self._at > len(self._waiting):
            raise _MoreNeeded
        return bytes(self._waiting[start : self._at])

    def _own_letters(self, name: str) -> Command:
        height, first, last = self._take(3)
        data = bytes((height, first, last))
        for _ in range(first, last + 1):
            across = self._take(1)
            data += across + self._take(across[0] * height)
        return Command(name, data)

    def _columns(self, name: str) -> Command:
        mode, low, high = self._take(3)
        across = low + 256 * high
        deep = 3 if mode in (32, 33) else 1
        return Command(name, bytes((mode,)) + self._take(across * deep), across)

    def _tabs(self, name: str) -> Command:
        data = b""
        while len(data) < 32 and not data.endswith(b"\0"):
            data += self._take(1)
        return Command(name, data)

    def _cut(self, name: str) -> Command:
        mode = self._take(1)
        return Command(name, mode + (self._take(1) if mode[0] in CUT_WITH_FEED else b""))

    def _raster_head(self, name: str) -> Command:
        _, mode, wide_low, wide_high, high_low, high_high = self._take(6)
        self._raster = (wide_low + 256 * wide_high, high_low + 256 * high_high)
        if not self._raster[0]:
            self._raster = (0, 0)
        return Command("GS v 0", bytes((mode,)), self._raster[0])

    def _raster_rows(self) -> Command:
        """As many whole rows as have come: a printer draws them without waiting for the rest."""
        across, rows = self._raster
        ready = min(rows, len(self._waiting) // across)
        if not ready:
            raise _MoreNeeded
        self._raster = (across, rows - ready)
        return Command("rows", self._take(across * ready), across)

    def _measured(self, name: str) -> Command:
        function, low, high = self._take(3)
        return Command(f"{name} {chr(function)}", self._take(low + 256 * high))

    def _measured_long(self, name: str) -> Command:
        function = self._take(1)
        length = int.from_bytes(self._take(4), "little")
        return Command(f"{name} {chr(function[0])}", self._take(length))

    def _downloaded(self, name: str) -> Command:
        across, down = self._take(2)
        return Command(name, bytes((across, down)) + self._take(across * down * 8), across)

    def _barcode(self, name: str) -> Command:
        kind = self._take(1)
        if kind[0] >= 65:
            length = self._take(1)
            return Command(name, kind + self._take(length[0]))
        data = b""
        while len(data) < 255 and not data.endswith(b"\0"):
            data += self._take(1)
        return Command(name, kind + data)

    def _real_time(self, name: str) -> Command:
        function = self._take(1)
        return Command(name, function + self._take({1: 2, 2: 2, 8: 7}.get(function[0], 2)))
