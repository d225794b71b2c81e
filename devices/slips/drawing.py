"""How each element looks on wide paper (80 mm, 512 to 576 dots), after the drawn ticket slip.

All measures are dots at 203 an inch. Sizes follow the rule for paper: capitals of at
least 2.5 mm (20 dots), essentials of at least 3.5 mm (28 dots).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import singledispatchmethod

from PIL import ImageDraw, ImageOps

from devices.slips import art
from devices.slips.canvas import Canvas
from devices.slips.ink import (
    CAP,
    NUMBER_OVERSHOOT,
    Face,
    Picture,
    balanced,
    base_line,
    fitted,
    line_of_text,
    stretched_letter,
    width_of,
    wrapped,
)
from kiosk.slip import (
    Band,
    Cell,
    Cells,
    Code,
    Element,
    Ends,
    Field,
    Head,
    Heading,
    Hour,
    Line,
    Mark,
    Note,
    Number,
    Rule,
    Title,
)

SMALL, STRONG = Face("Semibold", 31), Face("Black", 31)
"""Small text: capitals of 20 dots, 2.5 mm."""
BELOW = 8
"""Rows below the base line that small text needs."""
GAP = 31
"""Bare dots between two things side by side."""
HOUR_AIR = 18
"""Bare dots between the frame of an hour and what stands in it."""
NOTE_SLACK = 16
"""What heavy words in a note may take more than light ones."""


def strong(sizes: Iterable[int]) -> tuple[Face, ...]:
    """The heavy weight in some sizes."""
    return tuple(Face(STRONG.weight, size) for size in sizes)


class Drawing:
    """Draws elements as pictures as wide as the paper."""

    margin = 16
    line_pitch = 35
    name_size = 40
    title_sizes = range(46, 30, -3)
    heading_sizes = range(68, 40, -4)
    hour_sizes = range(120, 50, -5)
    number_cap = 176
    number_stretches = (1.13, 1.6)
    number_air = 18

    def __init__(self, dots: int, *, title_sizes: range | None = None) -> None:
        self.dots = dots
        self.title_sizes = title_sizes or self.title_sizes
        self.inner = dots - 2 * self.margin
        self.middle = dots // 2

    def chosen(self, elements: Sequence[Element]) -> tuple[Element, ...]:
        """Which of a slip's elements stand on this paper."""
        return tuple(elements)

    @singledispatchmethod
    def draw(self, element: Element) -> Picture:
        """The element's picture, its air above and below included."""
        raise TypeError(f"no drawing for {element!r}")

    @draw.register
    def _head(self, head: Head) -> Picture:
        logo = art.logo(52)
        room = self.inner - logo.width - GAP
        face, name = fitted(head.name, strong(range(self.name_size, 27, -3)), width=room, most=3)
        pitch = round(face.size * 1.08)
        first = 34 + (43 if head.small else 3)
        canvas = Canvas(self.dots, first + pitch * (len(name) - 1) + 11)
        widths = [width_of(part, face) for part in name]
        text_width = max(*widths, width_of(head.small, SMALL))
        left = self.middle - (logo.width + GAP + text_width) // 2
        canvas.put(logo, left=left, top=max(0, (canvas.picture.height + 3 - logo.height) // 2))
        canvas.write(head.small, SMALL, left=left + logo.width + GAP, base=34)
        for place, part in enumerate(name):
            canvas.write(part, face, left=left + logo.width + GAP, base=first + place * pitch)
        return canvas.picture

    @draw.register
    def _band(self, band: Band) -> Picture:
        circles = art.linked_circles(self.inner // 32 * 32, pitch=32)
        canvas = Canvas(self.dots, circles.height + 5)
        canvas.put(circles, left=self.middle - circles.width // 2, top=3)
        return canvas.picture

    @draw.register
    def _rule(self, rule: Rule) -> Picture:
        canvas = Canvas(self.dots, 9)
        canvas.put(art.dashes(self.inner), left=self.margin, top=4)
        return canvas.picture

    @draw.register
    def _mark(self, mark: Mark) -> Picture:
        face, lines = fitted(mark.text, strong(range(46, 30, -3)), width=self.inner - 32, most=2)
        pitch = round(face.size * 1.1)
        canvas = Canvas(self.dots, 56 + pitch * (len(lines) - 1) + 8)
        for place, text in enumerate(lines):
            canvas.write_centred(text, face, middle=self.middle, base=46 + place * pitch)
        reach = min(self.inner, max(width_of(text, face) for text in lines) + 128) // 2
        bar = (self.middle - reach, 4, self.middle + reach, canvas.picture.height - 4)
        canvas.picture.paste(ImageOps.invert(canvas.picture.crop(bar)), bar)
        return canvas.picture

    @draw.register
    def _title(self, title: Title) -> Picture:
        face, lines = fitted(title.text, strong(self.title_sizes), width=self.inner, most=2)
        return self._centred(lines, face, pitch=round(face.size * 1.12), first=round(face.size * 0.87))

    @draw.register
    def _heading(self, heading: Heading) -> Picture:
        face, lines = fitted(heading.text, strong(self.heading_sizes), width=self.inner, most=2)
        return self._centred(lines, face, pitch=round(face.size * 1.12), first=round(face.size * 0.95))

    @draw.register
    def _hour(self, hour: Hour) -> Picture:
        room = self.inner - 2 * HOUR_AIR
        large, (at, *_) = fitted(hour.hour, strong(self.hour_sizes), width=room, most=1)
        middle, day = fitted(hour.day, strong(range(51, 30, -3)), width=room, most=2)
        small = Face(SMALL.weight, 36)
        rows = [(text, small, 50) for text in (balanced(hour.above, small, width=room) if hour.above else ())]
        rows.append((at, large, round(large.size * 1.02)))
        rows += [(text, middle, round(middle.size * 1.2)) for text in day]
        rows += [(text, small, 46) for text in (balanced(hour.below, small, width=room) if hour.below else ())]
        height = sum(pitch for _, _, pitch in rows) + 32
        canvas = Canvas(self.dots, height + 12)
        canvas.put(art.box(self.inner, height), left=self.margin, top=8)
        base = 8
        for text, face, pitch in rows:
            base += pitch
            canvas.write_centred(text, face, middle=self.middle, base=base)
        return canvas.picture

    @draw.register
    def _field(self, field: Field) -> Picture:
        sizes, most = (range(37, 28, -3), 3) if " " in field.value else (range(37, 24, -2), 1)
        face, lines = fitted(field.value, strong(sizes), width=self.inner, most=most)
        first, pitch = self.line_pitch + 38, 39
        canvas = Canvas(self.dots, first + pitch * (len(lines) - 1) + 11)
        canvas.write(field.label, SMALL, left=self.margin, base=self.line_pitch - 2)
        for place, text in enumerate(lines):
            canvas.write(text, face, left=self.margin, base=first + place * pitch)
        return canvas.picture

    @draw.register
    def _note(self, note: Note) -> Picture:
        lines = wrapped(note.text, STRONG if note.strong == note.text else SMALL, width=self.inner - NOTE_SLACK)
        canvas = Canvas(self.dots, self.line_pitch * len(lines) + 12)
        heavy = _strong_words(note)
        for place, line in enumerate(lines):
            left, base = self.margin, self.line_pitch * (place + 1) - 4
            for word in line.split(" "):
                face = STRONG if next(heavy) else SMALL
                canvas.write(word, face, left=left, base=base)
                left += width_of(f"{word} ", face)
        return canvas.picture

    @draw.register
    def _line(self, line: Line) -> Picture:
        face = STRONG if line.strong else SMALL
        lines = balanced(line.text, face, width=self.inner)
        return self._centred(lines, face, pitch=self.line_pitch, first=self.line_pitch - 6)

    def _centred(self, lines: Sequence[str], face: Face, *, pitch: int, first: int) -> Picture:
        """Lines around the middle; the first base line goes down where the first line's marks stand higher."""
        above, below = _reach(lines[0], face)[0], _reach(lines[-1], face)[1]
        first = max(first, above + 1)
        canvas = Canvas(self.dots, first + pitch * (len(lines) - 1) + max(BELOW, below + 2))
        for place, text in enumerate(lines):
            canvas.write_centred(text, face, middle=self.middle, base=first + place * pitch)
        return canvas.picture

    @draw.register
    def _number(self, number: Number) -> Picture:
        cap, stretch = self._number_size(number.text)
        letters = [stretched_letter(letter, cap=cap, stretch=stretch) for letter in number.text]
        gap = _number_gap(cap)
        left = self.middle - (sum(letter.width for letter in letters) + gap * (len(letters) - 1)) // 2
        canvas = Canvas(self.dots, cap + 9)
        for letter in letters:
            canvas.put(letter, left=left, top=1 - NUMBER_OVERSHOOT)
            left += letter.width + gap
        return canvas.picture

    def _number_size(self, text: str) -> tuple[int, float]:
        """Capital height and stretch: as high as wished, narrowed as far as it looks well, then lower."""
        least, most = self.number_stretches
        for cap in range(self.number_cap, 40, -4):
            natural = sum(stretched_letter(letter, cap=cap, stretch=1.0).width for letter in text)
            gaps = (len(text) - 1) * _number_gap(cap)
            stretch = max(least, natural / (self.inner - 2 * self.number_air - gaps))
            if stretch <= most:
                return cap, stretch
        return cap, most

    @draw.register
    def _cells(self, cells: Cells) -> Picture:
        face = self._value_face(cells.cells)
        canvas = Canvas(self.dots, 105)
        canvas.put(art.box(self.inner, 102), left=self.margin, top=1)
        left, right = self.margin, self.dots - self.margin
        edges = [left, *self._dividers(cells.cells, face), right]
        draw = ImageDraw.Draw(canvas.picture)
        for edge in edges[1:-1]:
            draw.rectangle((edge - 2, 8, edge + 1, 94), fill=255)
        for cell, start, end in zip(cells.cells, edges[:-1], edges[1:], strict=True):
            canvas.write_centred(cell.label, SMALL, middle=(start + end) // 2, base=35)
            canvas.write_centred(cell.value, face, middle=(start + end) // 2, base=85)
        return canvas.picture

    def _value_face(self, cells: Sequence[Cell]) -> Face:
        room = self.inner - 20 * (len(cells) + 1)
        for face in strong(range(51, 27, -2)):
            if sum(_cell_width(cell, face) for cell in cells) <= room:
                break
        return face

    def _dividers(self, cells: Sequence[Cell], face: Face) -> list[int]:
        """Where one cell ends and the next begins: wider cells for wider words, not quite in proportion."""
        widths = [_cell_width(cell, face) for cell in cells]
        bare = (self.inner - sum(widths)) / len(cells)
        edges, reach = [], float(self.margin)
        for width in widths[:-1]:
            reach += width + bare
            edges.append(round(reach))
        return edges

    @draw.register
    def _code(self, code: Code) -> Picture:
        qr = art.qr_code(code.content)
        quiet = art.QR_MODULE * art.QR_QUIET
        start = self.margin + 12 + qr.width + GAP
        room = self.dots - self.margin - start
        face, titles = fitted(code.title, strong(range(40, 30, -3)), width=room, most=3)
        texts = balanced(code.text, SMALL, width=room) if code.text else ()
        block = round(face.size * CAP[face.weight]) + 41 * (len(titles) - 1) + (37 if texts else 0)
        block += 33 * max(0, len(texts) - 1)
        canvas = Canvas(self.dots, max(qr.height + 2 * quiet, block + BELOW + 24))
        middle = canvas.picture.height // 2
        canvas.put(qr, left=self.margin + 12, top=middle - qr.height // 2)
        base = middle - block // 2 + round(face.size * CAP[face.weight])
        for place, text in enumerate(titles):
            canvas.write(text, face, left=start, base=base + 41 * place)
        base += 41 * (len(titles) - 1) + 37
        for place, text in enumerate(texts):
            canvas.write(text, SMALL, left=start, base=base + 33 * place)
        return canvas.picture

    @draw.register
    def _ends(self, ends: Ends) -> Picture:
        left, right = width_of(ends.left, SMALL), width_of(ends.right, STRONG)
        if left + right + 12 > self.inner:
            return self._ends_stacked(ends)
        canvas = Canvas(self.dots, self.line_pitch + 1)
        canvas.write(ends.left, SMALL, left=self.margin + 1, base=self.line_pitch - 6)
        canvas.write_to(ends.right, STRONG, right=self.dots - self.margin, base=self.line_pitch - 6)
        return canvas.picture

    def _ends_stacked(self, ends: Ends) -> Picture:
        base = self.line_pitch - 6
        canvas = Canvas(self.dots, 2 * self.line_pitch + 1)
        canvas.write_centred(ends.left, SMALL, middle=self.middle, base=base)
        canvas.write_centred(ends.right, STRONG, middle=self.middle, base=base + self.line_pitch)
        return canvas.picture


def _reach(text: str, face: Face) -> tuple[int, int]:
    """Rows of ink above and below the base line."""
    box = line_of_text(text, face).getbbox() or (0, base_line(face), 0, base_line(face))
    return base_line(face) - box[1], box[3] - base_line(face)


def _strong_words(note: Note) -> Iterator[bool]:
    """Which words are heavy, in order, and after the last word none. A word too long to fit counts as its pieces."""
    before, found, _ = note.text.partition(note.strong) if note.strong else (note.text, "", "")
    first = len(before.split(" ")) - 1
    for _ in range(first):
        yield False
    for _ in range(len(found.split(" ")) if found else 0):
        yield True
    while True:
        yield False


def _number_gap(cap: int) -> int:
    return max(3, round(cap * 0.076))


def _cell_width(cell: Cell, face: Face) -> int:
    return max(width_of(cell.label, SMALL), width_of(cell.value, face))
