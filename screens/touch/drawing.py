"""A drawing: what stands where on a screen, as data. Nothing here knows Kivy.

Boxes are in pixels from the *upper* left corner, as one reads. Colours are names of
tokens. A drawing can be compared, so a screen is changed only where it differs, and
measured, so that a test can look at every letter and every target of every screen.
"""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.visit_events import Event


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels; ``y`` counts down from the top of the screen."""

    x: int
    y: int
    w: int
    h: int

    @property
    def right(self) -> int:
        """First pixel right of the box."""
        return self.x + self.w

    @property
    def bottom(self) -> int:
        """First pixel below the box."""
        return self.y + self.h

    @property
    def mid(self) -> tuple[int, int]:
        """The centre."""
        return self.x + self.w // 2, self.y + self.h // 2

    def inset(self, x: int, y: int | None = None) -> Box:
        """Smaller by ``x`` on the left and right and ``y`` (or ``x``) above and below."""
        down = x if y is None else y
        return Box(self.x + x, self.y + down, self.w - 2 * x, self.h - 2 * down)

    def holds(self, other: Box) -> bool:
        """Whether ``other`` lies wholly inside."""
        across = self.x <= other.x and other.right <= self.right
        return across and self.y <= other.y and other.bottom <= self.bottom

    def meets(self, other: Box) -> bool:
        """Whether the two share a pixel."""
        across = self.x < other.right and other.x < self.right
        return across and self.y < other.bottom and other.y < self.bottom


def around(middle: tuple[int, int], width: int, height: int) -> Box:
    """A box of that size with that centre."""
    return Box(middle[0] - width // 2, middle[1] - height // 2, width, height)


@dataclass(frozen=True, slots=True)
class Fill:
    """A plain area of one colour."""

    box: Box
    colour: str


@dataclass(frozen=True, slots=True)
class Panel:
    """A rounded card: body, edge and a flat copy ``drop`` pixels lower. "" is no colour."""

    box: Box
    radius: int
    fill: str
    edge: str = ""
    edge_px: int = 0
    drop: int = 0
    drop_fill: str = "shadow"


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of letters of one weight and colour."""

    text: str
    weight: str
    colour: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of letters. ``box`` is the picture of the letters; its top lies ``ascent`` above the baseline."""

    box: Box
    runs: tuple[Run, ...]
    size: int
    ascent: int

    @property
    def text(self) -> str:
        """The letters alone."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Art:
    """A picture by name (``screens.touch.pictures``) in these inks. ``opacity`` 0 to 1."""

    box: Box
    name: str
    inks: tuple[str, ...]
    opacity: float = 1.0


@dataclass(frozen=True, slots=True)
class Ring:
    """A count-down: an arc from twelve o'clock over ``share`` of a circle, on its track ("" none)."""

    box: Box
    share: float
    colour: str
    track: str
    line_px: int


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code as large as whole pixels a module allow, quiet zone not counted."""

    box: Box
    content: str
    colour: str


Item = Fill | Panel | Line | Art | Ring | Code


@dataclass(frozen=True, slots=True)
class Key:
    """Something to touch: its whole ``box`` answers, on finger-up inside it.

    ``rest`` is how it looks, ``pressed`` while a finger is on it.
    """

    name: str
    box: Box
    event: Event
    rest: tuple[Item, ...]
    pressed: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """A screen: what is read, then what is touched. ``theme``: a theme of ``tokens.json``."""

    theme: str
    items: tuple[Item, ...]
    keys: tuple[Key, ...]
