"""Words and shapes as pictures of one bit a dot, where a set bit is ink.

Letters are drawn four times as large and brought down, because a printer's dot is
either black or not: hinting at the final size would bend the marks of Vietnamese.
The layout engine is the plain one, so that the same words give the same dots on
every machine, whatever shaping library it has.
"""

from __future__ import annotations

import math
from functools import lru_cache

from PIL import Image, ImageDraw, ImageFont

from kiosk.look_files import font

Picture = Image.Image
"""A picture in mode "1": 255 is ink, 0 is bare paper."""

OVERSAMPLE = 4
BLACK_FROM = 120
"""Darkness, of 255, from which a dot is printed."""
ASCENT = 0.98
"""Tallest mark above the base line, in em (Ẵ in the heaviest weight)."""
DESCENT = 0.235
"""Lowest mark below the base line, in em."""
CAP = {"Semibold": 0.654, "Black": 0.650}
"""Height of a capital in em, by weight."""


def blank(width: int, height: int) -> Picture:
    """Bare paper of so many dots."""
    return Image.new("1", (width, height), 0)


@lru_cache(maxsize=64)
def typeface(weight: str, size: int) -> ImageFont.FreeTypeFont:
    """Source Sans Pro in a weight ("Semibold", "Black"), ``size`` dots an em."""
    return ImageFont.truetype(str(font(weight)), size, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=2048)
def width_of(text: str, weight: str, size: int) -> int:
    """How many dots wide a line of text is."""
    return math.ceil(typeface(weight, size * OVERSAMPLE).getlength(text) / OVERSAMPLE)


def height_of(size: int) -> int:
    """Height in dots of a line's picture: room for every mark, none for air."""
    return base_line(size) + math.ceil(size * DESCENT)


def base_line(size: int) -> int:
    """Rows above the base line in a line's picture."""
    return math.ceil(size * ASCENT)


@lru_cache(maxsize=512)
def line_of_text(text: str, weight: str, size: int) -> Picture:
    """One line of text; its base line lies :func:`base_line` rows below the top."""
    wide, high = max(1, width_of(text, weight, size)), height_of(size)
    large = Image.new("L", (wide * OVERSAMPLE, high * OVERSAMPLE), 0)
    place = (0, base_line(size) * OVERSAMPLE)
    ImageDraw.Draw(large).text(place, text, font=typeface(weight, size * OVERSAMPLE), fill=255, anchor="ls")
    return in_one_bit(large.reduce(OVERSAMPLE))


def in_one_bit(picture: Image.Image) -> Picture:
    """A picture of darkness (mode "L", 255 = ink) in one bit a dot, without dithering."""
    return picture.point(_THRESHOLD, "1")


_THRESHOLD = [255 if level >= BLACK_FROM else 0 for level in range(256)]


@lru_cache(maxsize=256)
def stretched_letter(letter: str, *, cap: int, stretch: float) -> Picture:
    """One letter of the number: ``cap`` dots high, its width divided by ``stretch``; cut to its sides."""
    size = round(cap / CAP["Black"])
    face = typeface("Black", size * 2)
    rise = cap + NUMBER_OVERSHOOT
    large = Image.new("L", (size * 4, (rise + NUMBER_OVERSHOOT) * 2), 0)
    ImageDraw.Draw(large).text((size, rise * 2), letter, font=face, fill=255, anchor="ls")
    left, _, right, _ = large.getbbox() or (0, 0, size // 2, 0)
    inked = large.crop((left, 0, right, large.height))
    target = (max(1, round(inked.width / 2 / stretch)), inked.height // 2)
    return in_one_bit(inked.resize(target, Image.Resampling.BOX))


NUMBER_OVERSHOOT = 4
"""Rows kept above and below a number for the round letters that pass the lines."""


def wrapped(text: str, weight: str, size: int, width: int) -> list[str]:
    """Break at spaces into lines of at most ``width`` dots; a word too long is cut. A no-break space holds."""
    lines: list[str] = []
    current = ""
    for word in text.split(" "):
        trial = f"{current} {word}" if current else word
        if width_of(trial, weight, size) <= width:
            current = trial
            continue
        if current:
            lines.append(current)
        *full, current = _cut_word(word, weight, size, width)
        lines.extend(full)
    lines.append(current)
    return lines


def _cut_word(word: str, weight: str, size: int, width: int) -> list[str]:
    pieces = [""]
    for letter in word:
        if pieces[-1] and width_of(pieces[-1] + letter, weight, size) > width:
            pieces.append("")
        pieces[-1] += letter
    return pieces


@lru_cache(maxsize=256)
def balanced(text: str, weight: str, size: int, width: int) -> tuple[str, ...]:
    """Like :func:`wrapped`, with the lines made as even as their number allows."""
    lines = wrapped(text, weight, size, width)
    for narrower in range(width - 8, width // 2, -8):
        trial = wrapped(text, weight, size, narrower)
        if len(trial) > len(lines):
            break
        lines = trial
    return tuple(lines)


def fitted(text: str, weight: str, *, sizes: range, width: int, most: int) -> tuple[int, tuple[str, ...]]:
    """The largest of ``sizes`` at which the text takes at most ``most`` lines, and those lines."""
    for size in sizes:
        lines = balanced(text, weight, size, width)
        if len(lines) <= most:
            return size, lines
    return size, lines
