"""A sheet: where a screen draws. It knows the panel, the theme and the size of letters."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from screens.touch import lettering
from screens.touch.drawing import (
    Box,
    Drawing,
    Fill,
    Item,
    Key,
    Line,
    Run,
)
from screens.touch.lettering import BLACK, BOLD, SEMIBOLD
from screens.touch.linebreaks import fold, greedy
from screens.touch.look import GROWTH, HIGH_CONTRAST, LIGHT, SHARES, Look
from screens.touch.scene import Scene

LEFT, CENTRE, RIGHT = 0.0, 0.5, 1.0


STEP = 0.96
"""By how much letters shrink at a time until they fit."""


class Type:
    """A weight and size of letters, its leading in pixels, and what that means for a text.

    ``floor``: the size in pixels under which these letters never get, whatever has to fit.
    """

    def __init__(self, size: int, weight: str, leading: float = 1.25, floor: int = 1) -> None:
        self.size = size
        self.floor = floor
        self.weight = weight
        self.leading = round(size * leading)
        self.ascent = lettering.ascent(weight, size)
        self.cap = round(size * lettering.CAP_EM)

    def width(self, text: str) -> int:
        """How wide a text is in pixels."""
        return lettering.width(text, self.weight, self.size)

    def fold(self, text: str, width: int, *, least_lines: int = 1) -> tuple[str, ...]:
        """The text broken by meaning into lines of at most ``width`` pixels."""
        return fold(text, width, self.width, least_lines=least_lines)

    def greedy(self, text: str, width: int) -> tuple[str, ...]:
        """The text broken where a line is full."""
        return greedy(text, width, self.width)

    def fitted(self, text: str, room: int, height: int, *, least_lines: int = 1) -> tuple[Type, tuple[str, ...]]:
        """These letters, or smaller ones, with which the text fits into ``room`` x ``height``, and its lines."""
        type_, lines = self, self.fold(text, room, least_lines=least_lines)
        while type_.size > type_.floor and (type_.widest(lines) > room or type_.height(len(lines)) > height):
            type_ = type_.smaller()
            lines = type_.fold(text, room, least_lines=least_lines)
        return type_, lines

    def one_line(self, text: str, room: int) -> Type:
        """These letters, or smaller ones, with which the text fits into one line of ``room`` pixels."""
        type_ = self
        while type_.size > type_.floor and type_.width(text) > room:
            type_ = type_.smaller()
        return type_

    def widest(self, lines: tuple[str, ...]) -> int:
        """Width of the widest line."""
        return max(map(self.width, lines), default=0)

    def smaller(self) -> Type:
        """The same letters a step smaller, but not under their floor."""
        size = max(min(self.floor, self.size), int(self.size * STEP))
        return Type(size, self.weight, self.leading / self.size, self.floor)

    def height(self, lines: int) -> int:
        """From the top of the first line's capitals to the last baseline, in pixels."""
        return self.cap + (lines - 1) * self.leading


class Sheet:
    """Collects what a screen draws."""

    def __init__(self, look: Look, scene: Scene) -> None:
        self.look = look
        self.words = scene.words
        self.large = scene.visit.big_text
        self.theme = HIGH_CONTRAST if scene.visit.contrast else LIGHT
        self.help = scene.help
        self.box = Box(0, 0, look.width_px, look.height_px)
        self.size = look.size
        self._items: list[Item] = []
        self._keys: list[Key] = []

    @property
    def bold_edges(self) -> bool:
        """Whether edges must carry everything (high contrast has no tints and no shadows)."""
        return self.theme == HIGH_CONTRAST

    def share(self, name: str) -> float:
        """A proportion of ``tokens.json``."""
        return SHARES[name]

    def type(self, role: str, weight: str = SEMIBOLD, leading: float = 1.25, *, grows: str = "text") -> Type:
        """The letters of a role. ``grows``: how "Chữ to" enlarges them ("text", "title" or "not")."""
        factor = GROWTH[grows] if self.large else 1.0
        return Type(self.look.type_px(role, factor), weight, leading, self.look.least_type_px)

    def drawing(self) -> Drawing:
        """What was collected."""
        return Drawing(self.theme, tuple(self._items), tuple(self._keys))

    def add(self, *items: Item) -> None:
        """Put these on the sheet, above what is there."""
        self._items += items

    def add_key(self, key: Key) -> None:
        """Put something to touch on the sheet."""
        self._keys.append(key)

    def fill(self, box: Box, colour: str) -> None:
        """Paint an area."""
        self.add(Fill(box, colour))

    def write(self, text: str, at: tuple[int, int], type_: Type, colour: str, align: float = LEFT) -> Line:
        """Write one line with its baseline at ``at``; ``align``: which part of it lies there."""
        line = set_line(text, at, type_, colour, align)
        self.add(line)
        return line

    def write_lines(
        self, lines: tuple[str, ...], at: tuple[int, int], type_: Type, colour: str, align: float = LEFT
    ) -> int:
        """Write lines below each other, the first baseline at ``at``; returns the last baseline."""
        self.add(*set_lines(lines, at, type_, colour, align))
        return at[1] + (len(lines) - 1) * type_.leading


def set_line(text: str, at: tuple[int, int], type_: Type, colour: str, align: float = LEFT) -> Line:
    """One line as an item."""
    return set_runs((Run(text, type_.weight, colour),), at, type_, align)


def set_runs(runs: tuple[Run, ...], at: tuple[int, int], type_: Type, align: float = LEFT) -> Line:
    """One line of several weights or colours as an item; ``type_`` gives the size."""
    width = sum(lettering.width(run.text, run.weight, type_.size) for run in runs)
    height = lettering.line_height(type_.weight, type_.size)
    x = at[0] - round(width * align)
    return Line(Box(x, at[1] - type_.ascent, width, height), runs, type_.size, type_.ascent)


def set_lines(lines: tuple[str, ...], at: tuple[int, int], type_: Type, colour: str, align: float = LEFT) -> list[Line]:
    """Several lines as items."""
    place = partial(set_line, type_=type_, colour=colour, align=align)
    return [place(text, (at[0], at[1] + row * type_.leading)) for row, text in enumerate(lines)]


def moved(items: tuple[Item, ...], down: int) -> tuple[Item, ...]:
    """The items ``down`` pixels lower."""
    return tuple(replace(item, box=replace(item.box, y=item.box.y + down)) for item in items)


__all__ = [
    "BLACK", "BOLD", "CENTRE", "LEFT", "RIGHT", "SEMIBOLD", "Sheet", "Type", "moved", "set_line",
    "set_lines", "set_runs",
]  # fmt: skip
