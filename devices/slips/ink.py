"""Words and shapes as pictures of one bit a dot, where a set bit is ink.

Letters are drawn four times as large and brought down, because a printer's dot is
either black or not: hinting at the final size would bend the marks of Vietnamese.
The layout engine is the plain one, so that the same words give the same dots on
every machine, whatever shaping library it has.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

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


class Face(NamedTuple):
    """Letters of one weight ("Semibold", "Black") and size (dots an em) of Source Sans Pro."""

    weight: str
    size: int


def blank(width: int, height: int) -> Picture:
    """Bare paper of so many dots."""
    return Image.new("1", (width, height), 0)


@lru_cache(maxsize=64)
def typeface(weight: str, size: int) -> ImageFont.FreeTypeFont:
    """The font of a weight, ``size`` dots an em."""
    return ImageFont.truetype(str(font(weight)), size, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=2048)
def width_of(text: str, face: Face) -> int:
    """How many dots wide a line of text is."""
    return math.ceil(typeface(face.weight, face.size * OVERSAMPLE).getlength(text) / OVERSAMPLE)


def height_of(face: Face) -> int:
    """Height in dots of a line's picture: room for every mark, none for air."""
    return base_line(face) + math.ceil(face.size * DESCENT)


def base_line(face: Face) -> int:
    """Rows above the base line in a line's picture."""
    return math.ceil(face.size * ASCENT)


@lru_cache(maxsize=512)
def line_of_text(text: str, face: Face) -> Picture:
    """One line of text; its base line lies :func:`base_line` rows below the top."""
    wide, high = max(1, width_of(text, face)), height_of(face)
    large = Image.new("L", (wide * OVERSAMPLE, high * OVERSAMPLE), 0)
    place = (0, base_line(face) * OVERSAMPLE)
    large_face = typeface(face.weight, face.size * OVERSAMPLE)
    ImageDraw.Draw(large).text(place, text, font=large_face, fill=255, anchor="ls")
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


def wrapped(text: str, face: Face, *, width: int) -> list[str]:
    """Break at spaces into lines of at most ``width`` dots; a word too long is cut. A no-break space holds."""
    lines: list[str] = []
    current = ""
    for word in text.split(" "):
        trial = f"{current} {word}" if current else word
        if width_of(trial, face) <= width:
            current = trial
            continue
        if current:
            lines.append(current)
        *full, current = _cut_word(word, face, width)
        lines.extend(full)
    lines.append(current)
    return lines


def _cut_word(word: str, face: Face, width: int) -> list[str]:
    pieces = [""]
    for letter in word:
        if pieces[-1] and width_of(pieces[-1] + letter, face) > width:
            pieces.append("")
        pieces[-1] += letter
    return pieces


@lru_cache(maxsize=256)
def balanced(text: str, face: Face, *, width: int) -> tuple[str, ...]:
    """Like :func:`wrapped`, with the lines made as even as their number allows."""
    lines = wrapped(text, face, width=width)
    for narrower in range(width - 8, width // 2, -8):
        trial = wrapped(text, face, width=narrower)
        if len(trial) > len(lines):
            break
        lines = trial
    return tuple(lines)


def fitted(text: str, faces: Sequence[Face], *, width: int, most: int) -> tuple[Face, tuple[str, ...]]:
    """The first of ``faces`` in which the text takes at most ``most`` lines, else the last; and those lines."""
    for face in faces:
        lines = balanced(text, face, width=width)
        if len(lines) <= most:
            break
    return face, lines
