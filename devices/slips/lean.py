"""The lean layout: letters, not pictures, for links on which every kilobyte is a second.

The printer draws the number and the QR code, the kiosk teaches it the marked letters
of this slip, and only the service's name goes out as a picture. About 5 kB instead of 45.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache, singledispatchmethod

from devices.profiles import Profile
from devices.slips import art, commands
from devices.slips.cells import CIRCLE, Art, TypedLine, broken, spellable, typed
from devices.slips.drawing import Drawing
from devices.slips.ink import blank
from devices.slips.letters import CELL_HEIGHT, CELL_WIDTH
from devices.slips.narrow import NarrowDrawing
from devices.slips.rich import NARROW_BELOW
from kiosk.slip import (
    Band,
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
    Slip,
    Title,
)

PITCH = 26
"""Rows from line to line of small letters."""
AIR = 6
TITLE_SIZES = range(51, 30, -4)
"""The one picture among letters may stand out."""
LARGEST = 8
"""A printer's letters are at most eight times as wide and high."""

Parts = list[TypedLine | Art]


class LeanLayout:
    """Writes slips as letters on the paper of a profile."""

    def __init__(self, profile: Profile) -> None:
        self._profile = profile
        self._dots = profile.dots
        self._columns = profile.dots // CELL_WIDTH - 2
        is_narrow = profile.dots < NARROW_BELOW
        self._drawing = NarrowDrawing(self._dots) if is_narrow else Drawing(self._dots, title_sizes=TITLE_SIZES)
        self._title_picture = lru_cache(maxsize=64)(self._draw_title)

    def lessons(self) -> bytes:
        """Nothing: each slip brings the letters it needs, because a printer forgets them when it is reset."""
        return b""

    def pieces(self, slip: Slip) -> Iterator[bytes]:
        """One piece a line; the first brings the letters."""
        opening = commands.start() + commands.line_pitch(PITCH)
        for piece in typed(self._parts(slip)):
            yield opening + piece
            opening = b""

    def rows(self, slip: Slip) -> int:
        """About the rows of dots: pictures and codes are guessed at."""
        parts = self._parts(slip)
        lines = sum(max(PITCH, part.high * CELL_HEIGHT) for part in parts if isinstance(part, TypedLine))
        return lines + 420

    def _parts(self, slip: Slip) -> Parts:
        return [part for element in slip.elements for part in self._written(element)]

    @singledispatchmethod
    def _written(self, element: Element) -> Parts:
        raise TypeError(f"no lines for {element!r}")

    @_written.register
    def _head(self, head: Head) -> Parts:
        return [*self._small(head.small), *self._large(head.name), commands.feed(AIR)]

    @_written.register
    def _band(self, band: Band) -> Parts:
        return [TypedLine(CIRCLE * (self._columns // len(CIRCLE)))]

    @_written.register
    def _rule(self, rule: Rule) -> Parts:
        return [commands.feed(AIR)]

    @_written.register
    def _mark(self, mark: Mark) -> Parts:
        across = self._columns // 2
        lines = broken(spellable(mark.text), across - 2)
        return [*(TypedLine(f" {line} ".center(across), 2, 2, reverse=True) for line in lines), commands.feed(AIR)]

    @_written.register
    def _title(self, title: Title) -> Parts:
        return [commands.feed(AIR), self._title_picture(title)]

    def _draw_title(self, title: Title) -> bytes:
        return commands.picture(self._drawing.draw(title), self._dots)

    @_written.register
    def _number(self, number: Number) -> Parts:
        text = spellable(number.text)
        times = max(1, min(LARGEST, self._dots // (CELL_WIDTH * max(1, len(text)))))
        return [TypedLine(text, times, times, heavy=True)]

    @_written.register
    def _cells(self, cells: Cells) -> Parts:
        lines: Parts = []
        for cell in cells.cells:
            sentence = f"{cell.label} {cell.value}".strip()
            lines += self._large(sentence[:1].upper() + sentence[1:])
        return [*lines, commands.feed(AIR)]

    @_written.register
    def _heading(self, heading: Heading) -> Parts:
        return [commands.feed(AIR), *self._large(heading.text)]

    @_written.register
    def _hour(self, hour: Hour) -> Parts:
        at = spellable(hour.hour)
        times = max(1, min(LARGEST, self._dots // (CELL_WIDTH * max(1, len(at)))))
        return [
            commands.feed(AIR),
            *self._tall(hour.above),
            TypedLine(at, times, times, heavy=True),
            *self._large(hour.day),
            *self._tall(hour.below),
            commands.feed(2 * AIR),
        ]

    @_written.register
    def _field(self, field: Field) -> Parts:
        return [*self._from_left(field.label), *self._from_left(field.value, high=2), commands.feed(AIR)]

    @_written.register
    def _note(self, note: Note) -> Parts:
        return [*self._from_left(note.text), commands.feed(AIR)]

    def _from_left(self, text: str, *, high: int = 1) -> Parts:
        """Lines that begin at the left edge of centred paper: filled up to its width."""
        lines = broken(spellable(text), self._columns) if text else []
        return [TypedLine(line.ljust(self._columns), 1, high) for line in lines]

    @_written.register
    def _line(self, line: Line) -> Parts:
        return self._tall(line.text) if line.strong else self._small(line.text)

    @_written.register
    def _code(self, code: Code) -> Parts:
        quiet = commands.feed(art.QR_MODULE * art.QR_QUIET)
        return [
            commands.feed(AIR),
            *self._tall(code.title),
            quiet + self._qr(code.content) + quiet,
            *self._small(code.text),
        ]

    def _qr(self, content: str) -> bytes:
        if self._profile.native_qr:
            return commands.qr_native(content, art.QR_MODULE)
        picture = art.qr_code(content)
        paper = blank(self._dots, picture.height)
        paper.paste(picture, ((self._dots - picture.width) // 2, 0))
        return commands.picture(paper, self._dots)

    @_written.register
    def _ends(self, ends: Ends) -> Parts:
        left, right = spellable(ends.left), spellable(ends.right)
        air = self._columns - len(left) - len(right)
        if air < 1:
            return [*self._small(left), *self._small(right)]
        return [TypedLine(left + " " * air + right)]

    def _small(self, text: str) -> Parts:
        return self._lines(text, wide=1, high=1)

    def _tall(self, text: str) -> Parts:
        return self._lines(text, wide=1, high=2)

    def _large(self, text: str) -> Parts:
        """Twice as large; where that takes more than two lines, twice as high only."""
        fits = len(broken(spellable(text), self._columns // 2)) <= 2
        return self._lines(text, wide=2 if fits else 1, high=2)

    def _lines(self, text: str, *, wide: int, high: int) -> Parts:
        if not text:
            return []
        return [TypedLine(line, wide, high) for line in broken(spellable(text), self._columns // wide)]
