"""Letters of 12x24 dots, read from ``letters_12x24.txt``.

The lean layout teaches a printer those it lacks, and the virtual printer has them as
its own letters and recognises by them what it was taught.
"""

from __future__ import annotations

from functools import cache
from importlib import resources

from PIL import Image

CELL_WIDTH, CELL_HEIGHT = 12, 24
Rows = tuple[int, ...]
"""24 rows of 12 dots; the highest of 12 bits is the left dot."""


@cache
def letters() -> dict[str, Rows]:
    """Every letter there is, by itself."""
    text = resources.files("devices.slips").joinpath("letters_12x24.txt").read_text(encoding="utf-8")
    found = {}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            code, dots = line.split()
            found[chr(int(code, 16))] = tuple(int(dots[at : at + 3], 16) for at in range(0, 72, 3))
    return found


def columns(rows: Rows) -> bytes:
    """A letter as ``ESC &`` wants it: 12 columns of 3 bytes, from the left, each downward."""
    return b"".join(
        sum(((row >> (11 - column)) & 1) << (23 - place) for place, row in enumerate(rows)).to_bytes(3, "big")
        for column in range(CELL_WIDTH)
    )


def rows_of(columns: bytes) -> Rows:
    """A letter back from its columns; fewer columns than 12 leave the rest bare."""
    bits = [int.from_bytes(columns[at : at + 3], "big") for at in range(0, len(columns), 3)]
    bits += [0] * (CELL_WIDTH - len(bits))
    return tuple(
        sum(((bits[column] >> (23 - place)) & 1) << (11 - column) for column in range(CELL_WIDTH))
        for place in range(CELL_HEIGHT)
    )


def drawn(rows: Rows) -> Image.Image:
    """A letter as a picture of one bit a dot, ink set."""
    data = b"".join((row << 4).to_bytes(2, "big") for row in rows)
    return Image.frombytes("1", (16, CELL_HEIGHT), data).crop((0, 0, CELL_WIDTH, CELL_HEIGHT))


def picture_rows(picture: Image.Image) -> Rows:
    """A picture of 12x24 dots as rows."""
    data = picture.convert("1").tobytes()
    return tuple(int.from_bytes(data[at : at + 2], "big") >> 4 for at in range(0, CELL_HEIGHT * 2, 2))


@cache
def names() -> dict[Rows, str]:
    """Which letter a drawing is."""
    return {rows: letter for letter, rows in reversed(letters().items())}
