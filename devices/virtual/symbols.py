"""QR codes that the virtual printer draws itself (``GS ( k``)."""

from __future__ import annotations

from dataclasses import dataclass

import segno
from PIL import Image

QR = ord("1")
LEVELS = {48: "l", 49: "m", 50: "q", 51: "h"}
LONGEST_CONTENT = 2_953


@dataclass(frozen=True, slots=True)
class Symbol:
    """A drawn code without its quiet zone."""

    picture: Image.Image
    modules: int
    content: str


class Symbols:
    """Keeps a code's settings and content until it is told to print it."""

    def __init__(self) -> None:
        self._module = 3
        self._level = "l"
        self._content = b""

    def take(self, data: bytes) -> Symbol | None:
        """One ``GS ( k`` function; the code if this one prints it."""
        if len(data) < 3 or data[0] != QR:
            return None
        function, value = data[1], data[2]
        if function == 67:
            self._module = min(16, max(1, value))
        elif function == 69:
            self._level = LEVELS.get(value, self._level)
        elif function == 80:
            self._content = data[3 : 3 + LONGEST_CONTENT]
        elif function == 81 and self._content:
            return self._drawn()
        return None

    def _drawn(self) -> Symbol | None:
        content = self._content.decode("utf-8", "replace")
        try:
            matrix = segno.make(content, error=self._level, micro=False, boost_error=False).matrix
        except (ValueError, segno.DataOverflowError):
            return None
        side = len(matrix)
        dots = b"".join(bytes(bit * 255 for bit in row) for row in matrix)
        small = Image.frombytes("L", (side, side), dots)
        large = small.resize((side * self._module, side * self._module), Image.Resampling.NEAREST)
        return Symbol(large.convert("1"), side, content)
