"""The paper of the virtual printer: ink at its place, and what it says in words."""

from __future__ import annotations

from dataclasses import dataclass, field

from PIL import Image

LONGEST = 16_000
"""Rows after which paper that nobody cuts falls off by itself (2 m): memory stays bounded."""
WIDEST = 2_048


@dataclass(frozen=True, slots=True)
class Sheet:
    """A piece of paper that was cut off. ``picture``: mode "1", ink set; ``text``: a line for each thing on it."""

    picture: Image.Image
    text: str


@dataclass(slots=True)
class _Drawn:
    """A picture among the words: where it stands, so that its bands can be told as one."""

    top: int
    bottom: int
    across: int


@dataclass(slots=True)
class Paper:
    """Endless paper under a head. ``head``: the row it prints on; ``torn``: where the last cut was."""

    dots: int
    head: int = 0
    torn: int = 0
    _ink: list[tuple[int, int, Image.Image]] = field(default_factory=list)
    _words: list[tuple[int, str | _Drawn]] = field(default_factory=list)

    def put(self, picture: Image.Image, *, left: int, top: int) -> None:
        """Ink on the paper; what lies beyond its edges is lost."""
        self._ink.append((left, top, picture))

    def say(self, line: str) -> None:
        """Words that stand at the head."""
        self._words.append((self.head, line))

    def say_picture(self, across: int, rows: int) -> None:
        """A picture stands at the head; one that follows without a gap is the same one."""
        last = self._words[-1][1] if self._words else None
        if isinstance(last, _Drawn) and last.bottom == self.head:
            last.bottom += rows
            last.across = max(last.across, across)
        else:
            self._words.append((self.head, _Drawn(self.head, self.head + rows, across)))

    def feed(self, rows: int) -> None:
        """Move the paper forward."""
        self.head += rows

    @property
    def is_bare(self) -> bool:
        """Whether nothing has been put on it since the last cut."""
        return not self._ink and not self._words

    def cut(self, row: int) -> Sheet:
        """Cut at a row: what lies above comes off, what lies below stays."""
        height = max(1, row - self.torn)
        picture = Image.new("1", (self.dots, height), 0)
        for left, top, ink in self._ink:
            picture.paste(255, (left, top - self.torn), ink)
        words = [line for line in self._words if line[0] < row]
        sheet = Sheet(picture, "".join(f"{_in_words(line)}\n" for _, line in words))
        self._ink = [piece for piece in self._ink if piece[1] + piece[2].height > row]
        self._words = [line for line in self._words if line[0] >= row]
        self.torn = row
        return sheet


def _in_words(line: str | _Drawn) -> str:
    if isinstance(line, _Drawn):
        return f"[picture {line.across}x{line.bottom - line.top}]"
    return line
