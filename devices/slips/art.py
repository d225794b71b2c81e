"""The drawn things of a slip: the logo's S, the linked circles, boxes and dashes, the QR code."""

from __future__ import annotations

import io
import re
from functools import cache, lru_cache
from typing import Any, cast

import resvg_py
import segno
from PIL import Image, ImageDraw

from devices.slips.ink import Picture, blank, in_one_bit
from kiosk.look_files import LOOK

FINE = 4
"""How many times larger a drawing is rendered before it is brought down to dots."""
QR_MODULE = 6
"""Dots a module: 0.75 mm, which a camera reads at 40 cm."""
QR_QUIET = 4
"""Modules of bare paper around the code, as the standard asks."""


@lru_cache(maxsize=4)
def logo(height: int) -> Picture:
    """The S that holds two equal dots, without the board behind it; ``height`` dots of ink."""
    drawing = re.sub(r"<rect[^>]*/>", "", _drawing("logo.svg"))
    side = round(height * 120 / LOGO_INK)
    shade = _rendered(drawing, width=side, height=side)
    return in_one_bit(shade.crop(shade.getbbox()))


LOGO_INK = 99
"""Height of the S in the logo's own units of 120."""


NATURAL_PITCH = 32
"""Dots from circle to circle as drawn; below it lines are made thicker so that they still print."""


@lru_cache(maxsize=8)
def linked_circles(width: int, *, pitch: int) -> Picture:
    """The band of linked circles, a circle every ``pitch`` dots, cut to its ink in height."""
    height = round(28 * pitch / 32)
    drawing = _drawing("motif_band.svg")
    if pitch < NATURAL_PITCH:
        drawing = drawing.replace('stroke-width="2.2"', 'stroke-width="3"')
    tile = in_one_bit(_rendered(drawing, width=pitch, height=height))
    band = blank(width, height)
    for left in range(0, width, pitch):
        band.paste(tile, (left, 0))
    _, top, _, bottom = tile.getbbox() or (0, 0, pitch, height)
    return band.crop((0, top, width, bottom))


@cache
def _drawing(name: str) -> str:
    return (LOOK / name).read_text(encoding="utf-8")


def _rendered(drawing: str, *, width: int, height: int) -> Image.Image:
    """What the drawing covers, in mode "L": its colours do not matter on paper."""
    png = resvg_py.svg_to_bytes(svg_string=drawing, width=width * FINE, height=height * FINE)
    return Image.open(io.BytesIO(bytes(png))).convert("RGBA").getchannel("A").reduce(FINE)


@lru_cache(maxsize=4)
def dashes(width: int) -> Picture:
    """A thin dashed line, three dots high."""
    picture = blank(width, 3)
    draw = ImageDraw.Draw(picture)
    for left in range(0, width, 9):
        draw.rectangle((left, 0, min(left + 5, width - 1), 2), fill=255)
    return picture


def box(width: int, height: int, *, radius: int = 16, line: int = 4) -> Picture:
    """An empty box with round corners."""
    large = Image.new("L", (width * 2, height * 2), 0)
    corner = (0, 0, width * 2 - 1, height * 2 - 1)
    ImageDraw.Draw(large).rounded_rectangle(corner, radius=radius * 2, outline=255, width=line * 2)
    return in_one_bit(large.reduce(2))


def qr_code(content: str) -> Picture:
    """The code, error correction M, :data:`QR_MODULE` dots a module, its quiet zone not included."""
    rows = segno.make(cast(Any, _in_parts(content)), error="m", micro=False, boost_error=False).matrix
    small = Image.frombytes("L", (len(rows), len(rows)), b"".join(bytes(bit * 255 for bit in row) for row in rows))
    side = len(rows) * QR_MODULE
    return small.resize((side, side), Image.Resampling.NEAREST).convert("1")


def _in_parts(content: str) -> list[str] | str:
    """Capitals and digits packed tightly, and only what they cannot spell as bytes: a smaller code."""
    parts = re.findall(rf"[{SPELLED}]+|[^{SPELLED}]+", content)
    return parts if 1 < len(parts) <= 5 else content


SPELLED = r"0-9A-Z $%*+\-./:"
"""What the code's alphanumeric mode can spell, at 5.5 bits a letter."""
