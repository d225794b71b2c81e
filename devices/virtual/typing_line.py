"""The line the virtual printer is typing: letters, their sizes, what it was taught."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from PIL import Image, ImageDraw

from devices.slips.letters import (
    CELL_HEIGHT,
    CELL_WIDTH,
    Rows,
    drawn,
    letters,
    names,
    rows_of,
)
from devices.virtual.decoder import Command
from devices.virtual.paper import Paper

DEFAULT_PITCH = 30
STRANGER = "◦"
"""Stands in the text for a taught letter that is none that anybody knows."""


@dataclass(frozen=True, slots=True)
class Style:
    """How letters look. ``wide`` and ``high`` count 1 to 8; ``side`` is 0 left, 1 centre, 2 right."""

    wide: int = 1
    high: int = 1
    side: int = 0
    pitch: int = DEFAULT_PITCH
    heavy: bool = False
    reverse: bool = False
    taught: bool = False
    double_byte: bool = False


class TypingLine:
    """Collects letters and puts them on the paper when the line ends."""

    def __init__(self, paper: Paper) -> None:
        self._paper = paper
        self._style = Style()
        self._taught: dict[int, Rows] = {}
        self._pieces: list[Image.Image] = []
        self._text = ""
        self._does: dict[str, Callable[[bytes], None]] = {
            "text": self._type,
            "control": self._control,
            "ESC a": lambda data: self._set(side=data[0] % 48 % 3),
            "ESC !": self._mode,
            "GS !": lambda data: self._set(wide=(data[0] >> 4 & 7) + 1, high=(data[0] & 7) + 1),
            "ESC 3": lambda data: self._set(pitch=data[0]),
            "ESC 2": lambda data: self._set(pitch=DEFAULT_PITCH),
            "ESC E": lambda data: self._set(heavy=bool(data[0] & 1)),
            "ESC G": lambda data: self._set(heavy=bool(data[0] & 1)),
            "GS B": lambda data: self._set(reverse=bool(data[0] & 1)),
            "ESC %": lambda data: self._set(taught=bool(data[0] & 1)),
            "ESC &": self._teach,
            "ESC ?": lambda data: self._unteach(data[0]),
            "FS .": lambda data: self._set(double_byte=False),
            "FS &": lambda data: self._set(double_byte=True),
        }

    @property
    def pitch(self) -> int:
        """Rows from line to line."""
        return self._style.pitch

    def take(self, command: Command) -> None:
        """Letters or a setting; what is not known is left alone."""
        does = self._does.get(command.name)
        if does:
            does(command.data)

    def reset(self) -> None:
        """As after switching on: no settings, no taught letters, an empty line."""
        self._style, self._taught, self._pieces, self._text = Style(), {}, [], ""

    def left_for(self, width: int) -> int:
        """Where something of that width begins on the paper."""
        return max(0, (self._paper.dots - width) * self._style.side // 2)

    def put_picture(self, picture: Image.Image) -> None:
        """A picture within the line."""
        self._make_room(picture.width)
        self._pieces.append(picture)

    def flush(self, *, advance: bool) -> None:
        """Print what the line holds; then ``advance`` by its height or the pitch, whichever is more."""
        if not self._pieces:
            return
        width = sum(piece.width for piece in self._pieces)
        height = max(piece.height for piece in self._pieces)
        left = self.left_for(width)
        for piece in self._pieces:
            self._paper.put(piece, left=left, top=self._paper.head + height - piece.height)
            left += piece.width
        self._paper.say(self._text.rstrip())
        self._paper.feed(max(height, self._style.pitch) if advance else height)
        self._pieces, self._text = [], ""

    def _set(self, **changes: int | bool) -> None:
        self._style = replace(self._style, **changes)  # type: ignore[arg-type]

    def _mode(self, data: bytes) -> None:
        self._set(heavy=bool(data[0] & 8), high=2 if data[0] & 16 else 1, wide=2 if data[0] & 32 else 1)

    def _control(self, data: bytes) -> None:
        if data == b"\n" and not self._pieces:
            self._paper.feed(self._style.pitch)
        elif data in (b"\n", b"\r", b"\x0c"):
            self.flush(advance=True)
        elif data == b"\t":
            self._type(b" " * (8 - len(self._text) % 8))
        elif data == b"\x18":
            self._pieces, self._text = [], ""

    def _teach(self, data: bytes) -> None:
        height, first, last = data[:3]
        at = 3
        for code in range(first, last + 1):
            across = data[at]
            columns = data[at + 1 : at + 1 + across * height]
            at += 1 + across * height
            if height == 3 and across:
                self._taught[code] = rows_of(columns[: CELL_WIDTH * 3])

    def _unteach(self, code: int) -> None:
        self._taught.pop(code, None)

    def _type(self, data: bytes) -> None:
        at = 0
        while at < len(data):
            if self._style.double_byte and data[at] >= 0x80 and at + 1 < len(data):
                self._add(_box(CELL_WIDTH * 2), "▯")
                at += 2
                continue
            self._letter(data[at])
            at += 1

    def _letter(self, code: int) -> None:
        if self._style.taught and code in self._taught:
            rows = self._taught[code]
            self._add(drawn(rows), names().get(rows, STRANGER))
            return
        letter = bytes((code,)).decode("cp437")
        known = letters().get(letter)
        self._add(drawn(known) if known else _box(CELL_WIDTH), letter)

    def _add(self, cell: Image.Image, letter: str) -> None:
        style = self._style
        if style.heavy:
            cell.paste(255, (1, 0), cell.copy())
        if style.reverse:
            cell = cell.point(lambda dot: 255 - dot)
        if (style.wide, style.high) != (1, 1):
            cell = cell.resize((cell.width * style.wide, cell.height * style.high), Image.Resampling.NEAREST)
        self._make_room(cell.width)
        self._pieces.append(cell)
        self._text += letter

    def _make_room(self, width: int) -> None:
        if self._pieces and sum(piece.width for piece in self._pieces) + width > self._paper.dots:
            self.flush(advance=True)


def _box(width: int) -> Image.Image:
    """What a printer shows for a letter it does not have."""
    cell = Image.new("1", (width, CELL_HEIGHT), 0)
    ImageDraw.Draw(cell).rectangle((1, 2, width - 2, CELL_HEIGHT - 5), outline=255)
    return cell
