"""Letters: the one family of the kiosk, and how wide its words are.

Static weights stand under own family names, because SDL_ttf cannot turn a variable font.
Measuring needs no window. Sizes are whole pixels: SDL_ttf cuts fractions off.
"""

from __future__ import annotations

from functools import cache, lru_cache

from kivy.core.text import Label, LabelBase

from kiosk.look_files import font

SEMIBOLD, BOLD, BLACK = "Semibold", "Bold", "Black"
CAP_EM = 0.654
"""Height of a capital in em (tokens.json ``font.cap_height_em``)."""


@cache
def family(weight: str) -> str:
    """The name under which a weight is registered with Kivy."""
    name = f"ThanThien {weight}"
    LabelBase.register(name, str(font(weight)))
    return name


@cache
def pen(weight: str, size: int) -> Label:
    """A Kivy text label of that weight and size, used to measure."""
    made = Label(font_name=family(weight), font_size=size, font_hinting=None)
    made.resolve_font_name()
    return made


@lru_cache(maxsize=8192)
def width(text: str, weight: str, size: int) -> int:
    """How wide a text is, in pixels."""
    return int(pen(weight, size).get_extents(text)[0]) if text else 0


@cache
def ascent(weight: str, size: int) -> int:
    """From the top of a line's picture down to its baseline, in pixels."""
    return int(pen(weight, size).get_ascent())


@cache
def line_height(weight: str, size: int) -> int:
    """Height of a line's picture in pixels, the same with and without marks."""
    return int(pen(weight, size).get_extents("Ẵg")[1])
