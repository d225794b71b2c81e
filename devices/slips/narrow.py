"""How each element looks on narrow paper (58 mm, 384 dots): one thing below the other."""

from __future__ import annotations

from collections.abc import Sequence
from functools import singledispatchmethod

from PIL import ImageDraw

from devices.slips import art
from devices.slips.canvas import Canvas
from devices.slips.drawing import SMALL, Drawing, strong
from devices.slips.ink import Picture, balanced, fitted, width_of
from kiosk.slip import Band, Cell, Cells, Code, Element, Head

ROW = 48
"""Rows of dots a cell takes."""


class NarrowDrawing(Drawing):
    """Draws elements where nothing fits side by side."""

    margin = 8
    line_pitch = 32
    name_size = 37
    title_sizes = range(42, 28, -3)
    heading_sizes = range(50, 30, -3)
    hour_sizes = range(84, 40, -4)
    number_cap = 142
    number_stretches = (1.13, 1.7)
    number_air = 8

    def chosen(self, elements: Sequence[Element]) -> tuple[Element, ...]:
        """All but the ornament at the end: narrow paper is long enough without it."""
        first = next((place for place, element in enumerate(elements) if isinstance(element, Band)), None)
        return tuple(
            element for place, element in enumerate(elements) if not isinstance(element, Band) or place == first
        )

    @singledispatchmethod
    def draw(self, element: Element) -> Picture:
        """The element's picture, its air above and below included."""
        return super().draw(element)

    @draw.register
    def _narrow_head(self, head: Head) -> Picture:
        face, name = fitted(head.name, strong(range(self.name_size, 27, -3)), width=self.inner, most=3)
        pitch = round(face.size * 1.1)
        first = 65 if head.small else 32
        canvas = Canvas(self.dots, first + pitch * (len(name) - 1) + 9)
        canvas.write_centred(head.small, SMALL, middle=self.middle, base=28)
        for place, part in enumerate(name):
            canvas.write_centred(part, face, middle=self.middle, base=first + place * pitch)
        return canvas.picture

    @draw.register
    def _narrow_cells(self, cells: Cells) -> Picture:
        height = ROW * len(cells.cells) + 6
        canvas = Canvas(self.dots, height + 3)
        canvas.put(art.box(self.inner, height), left=self.margin, top=1)
        draw = ImageDraw.Draw(canvas.picture)
        left, right = self.margin + 15, self.dots - self.margin - 15
        for place, cell in enumerate(cells.cells):
            top = 3 + place * ROW
            if place:
                draw.rectangle((left, top, right, top + 2), fill=255)
            self._cell(canvas, cell, base=top + 36)
        return canvas.picture

    def _cell(self, canvas: Canvas, cell: Cell, *, base: int) -> None:
        left, right = self.margin + 15, self.dots - self.margin - 15
        room = right - left - 12 - width_of(cell.label, SMALL)
        faces = strong(range(42, 22, -2))
        face = next((face for face in faces if width_of(cell.value, face) <= room), faces[-1])
        canvas.write(cell.label, SMALL, left=left, base=base - 1)
        canvas.write_to(cell.value, face, right=right, base=base)

    @draw.register
    def _narrow_code(self, code: Code) -> Picture:
        qr = art.qr_code(code.content)
        quiet = art.QR_MODULE * art.QR_QUIET
        face, titles = fitted(code.title, strong(range(35, 28, -3)), width=self.inner, most=3)
        texts = balanced(code.text, SMALL, width=self.inner) if code.text else ()
        top = 32 + 34 * (len(titles) - 1) + 8
        below = top + qr.height + 2 * quiet
        canvas = Canvas(self.dots, below + self.line_pitch * len(texts) + 4)
        for place, text in enumerate(titles):
            canvas.write_centred(text, face, middle=self.middle, base=29 + 34 * place)
        canvas.put(qr, left=self.middle - qr.width // 2, top=top + quiet)
        for place, text in enumerate(texts):
            canvas.write_centred(text, SMALL, middle=self.middle, base=below + self.line_pitch * (place + 1) - 8)
        return canvas.picture
