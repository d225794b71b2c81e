"""The easel: puts the items of a drawing on a Kivy canvas.

Plain canvas instructions, no widget an item: a whole screen is some eighty of them and
is on the glass in a few milliseconds. Text is drawn white and coloured on the way, so a
change of colour makes no new texture.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from kivy.core.image import Image as CoreImage
from kivy.core.text import Label
from kivy.graphics import BorderImage, Color, InstructionGroup, Rectangle, SmoothLine
from kivy.graphics.texture import Texture
from kivy.utils import get_color_from_hex

from screens.touch import lettering
from screens.touch.drawing import Art, Box, Code, Fill, Item, Line, Panel, Ring
from screens.touch.look import Look, colours
from screens.touch.pictures import Pictures, Shape

FULL_CIRCLE = 360


class Easel:
    """Draws items of one panel in one theme."""

    def __init__(self, look: Look, theme: str) -> None:
        self.look = look
        self.theme = theme
        self.colours = colours(theme)
        self.pictures = Pictures(look.cache)
        self._draw: dict[type, Callable[[InstructionGroup, Any], None]] = {
            Fill: self._fill, Panel: self._panel, Line: self._line, Art: self._art, Ring: self._ring, Code: self._code,
        }  # fmt: skip

    def draw(self, group: InstructionGroup, item: Item) -> None:
        """Draw ``item`` into the empty ``group``."""
        self._draw[type(item)](group, item)

    def place(self, box: Box) -> dict[str, tuple[int, int]]:
        """A box as Kivy counts: from the lower left corner."""
        return {"pos": (box.x, self.look.height_px - box.bottom), "size": (box.w, box.h)}

    def _ink(self, name: str) -> str:
        return self.colours[name][:7] if name else ""

    def _fill(self, group: InstructionGroup, item: Fill) -> None:
        group.add(Color(*get_color_from_hex(self.colours[item.colour])))
        group.add(Rectangle(**self.place(item.box)))

    def _panel(self, group: InstructionGroup, item: Panel) -> None:
        drop = item.drop if self._ink(item.drop_fill) != self._ink("ground") else 0
        shape = Shape(
            item.radius, self._ink(item.fill), self._ink(item.edge), item.edge_px, drop, self._ink(item.drop_fill)
        )
        place = self.place(Box(item.box.x, item.box.y, item.box.w, item.box.h + drop))
        group.add(Color(1, 1, 1, 1))
        if 2 * item.radius + 4 > min(item.box.w, item.box.h):
            group.add(Rectangle(texture=texture(self.pictures.disc(shape, item.box.w, item.box.h)), **place))
            return
        corner = item.radius + 1
        border = (corner + drop, corner, corner, corner)
        group.add(BorderImage(texture=texture(self.pictures.shape(shape)), border=border, **place))

    def _line(self, group: InstructionGroup, item: Line) -> None:
        x, y = self.place(item.box)["pos"]
        for run in item.runs:
            letters = written(run.text, run.weight, item.size)
            group.add(Color(*get_color_from_hex(self.colours[run.colour])))
            group.add(Rectangle(texture=letters, pos=(x, y), size=letters.size))
            x += lettering.width(run.text, run.weight, item.size)

    def _art(self, group: InstructionGroup, item: Art) -> None:
        inks = tuple(self._ink(name) for name in item.inks)
        path = self.pictures.drawn(item.name, inks, item.box.w, item.box.h)
        group.add(Color(1, 1, 1, item.opacity))
        group.add(Rectangle(texture=texture(path), **self.place(item.box)))

    def _ring(self, group: InstructionGroup, item: Ring) -> None:
        middle_x, middle_y = item.box.mid
        radius = (item.box.w - item.line_px) / 2
        circle = (middle_x, self.look.height_px - middle_y, radius)
        if item.track:
            group.add(Color(*get_color_from_hex(self.colours[item.track])))
            group.add(SmoothLine(circle=(*circle, 0, FULL_CIRCLE, 90), width=item.line_px / 2, close=True))
        if item.share > 0:
            group.add(Color(*get_color_from_hex(self.colours[item.colour])))
            end = FULL_CIRCLE * min(item.share, 1)
            group.add(SmoothLine(circle=(*circle, 0, end, 90), width=item.line_px / 2, cap="round"))

    def _code(self, group: InstructionGroup, item: Code) -> None:
        modules = qr_texture(item.content, self._ink(item.colour))
        side = max(1, item.box.w // modules.width) * modules.width
        x, y = item.box.mid
        box = Box(x - side // 2, y - side // 2, side, side)
        group.add(Color(1, 1, 1, 1))
        group.add(Rectangle(texture=modules, **self.place(box)))


def written(text: str, weight: str, size: int) -> Texture:
    """The letters as a white texture."""
    label = Label(text=text, font_name=lettering.family(weight), font_size=size, font_hinting=None)
    label.refresh()
    return label.texture


@cache
def _loaded(path: str) -> Texture:
    return CoreImage(path, keep_data=False).texture


def texture(path: object) -> Texture:
    """A pre-rendered picture; there are few of them, so each is kept."""
    return _loaded(str(path))


def qr_texture(content: str, ink: str) -> Texture:
    """The modules of a QR code (error level M), one texel each; the light ones are left clear."""
    import segno  # with half the standard library behind it, for no screen that is the first

    matrix = segno.make(content, error="m", micro=False, boost_error=False).matrix
    red, green, blue = (int(ink[place : place + 2], 16) for place in (1, 3, 5))
    dark, light = bytes((red, green, blue, 255)), bytes((red, green, blue, 0))
    rows = (b"".join(dark if module else light for module in row) for row in reversed(matrix))
    made = Texture.create(size=(len(matrix), len(matrix)), colorfmt="rgba")
    made.blit_buffer(b"".join(rows), colorfmt="rgba", bufferfmt="ubyte")
    made.mag_filter = "nearest"
    return made
