"""The virtual printer itself: bytes in, paper and answers out.

It knows ESC/POS and nothing of slips. Like a real one it answers real-time questions
even when it stands still, keeps up to its buffer's worth of what it cannot print yet,
and prints that when the roll is changed.
"""

from __future__ import annotations

from collections.abc import Callable

from PIL import Image

from devices.virtual.decoder import Command, Decoder
from devices.virtual.faults import Faults
from devices.virtual.paper import LONGEST, Paper, Sheet
from devices.virtual.symbols import Symbols
from devices.virtual.typing_line import TypingLine

BUFFER_BYTES = 4096
BLADE_ROWS = 112
"""Rows of paper between head and blade: 14 mm at 203 an inch."""
FUNCTION_ECHO = b"0"


class Machine:
    """A thermal printer. ``on_sheet`` gets each piece of paper that is cut off."""

    def __init__(
        self,
        *,
        dots: int = 576,
        on_sheet: Callable[[Sheet], None],
        faults: Faults | None = None,
        blade_rows: int = BLADE_ROWS,
    ) -> None:
        self.faults = faults or Faults()
        self.paper = Paper(dots)
        self._on_sheet = on_sheet
        self._blade_rows = blade_rows
        self._decoder = Decoder()
        self._line = TypingLine(self.paper)
        self._symbols = Symbols()
        self._replies = bytearray()
        self._raster_mode = 0
        self._tells = False
        self._told = b""
        self._does: dict[str, Callable[[Command], None]] = {
            "rows": self._rows,
            "GS v 0": self._picture_begins,
            "GS V": self._cut,
            "ESC i": self._cut_here,
            "ESC m": self._cut_here,
            "ESC @": self._reset,
            "ESC J": self._feed,
            "ESC d": self._feed_lines,
            "DLE 04": self._status,
            "DLE 14": self._real_time,
            "GS r": self._paper_status,
            "GS a": self._tell,
            "GS ( H": self._echo,
            "GS ( k": self._symbol,
            "ESC *": self._columns,
        }

    @property
    def room(self) -> int:
        """How many bytes it takes before its buffer is full; it takes all while it prints."""
        return max(0, BUFFER_BYTES - self._decoder.waiting) if self.faults.stops else BUFFER_BYTES

    @property
    def holds(self) -> int:
        """How many bytes wait in its buffer."""
        return self._decoder.waiting

    @property
    def in_picture(self) -> bool:
        """Whether it takes whatever comes next for rows of a picture."""
        return self._decoder.in_picture

    def receive(self, data: bytes) -> bytes:
        """Bytes from the wire; returns what the printer says."""
        if self.faults.stops:
            data = self._answer_at_once(data)
        self._decoder.put(data)
        return self.resume()

    def resume(self) -> bytes:
        """Print what waits, as far as nothing stops it; returns what the printer says."""
        while not self.faults.stops:
            command = self._decoder.next()
            if command is None:
                break
            self._do(command)
            self._watch_roll(command.name)
        return self._spoken()

    @property
    def is_told(self) -> bool:
        """Whether whoever asked to be told of changes was told of the last one."""
        return self._told == self.faults.automatic_block()

    def news(self) -> bytes:
        """What the printer says of its own accord since something about it has changed."""
        block = self.faults.automatic_block()
        if not self._tells or self.faults.silent or block == self._told:
            return b""
        self._told = block
        return block

    def change_roll(self) -> bytes:
        """Put in a new roll: what waits is printed."""
        self.faults.paper_out = False
        self.faults.paper_out_after = self.faults.paper_rows_left = None
        return self.resume()

    def switch_off_and_on(self) -> None:
        """Forget all that waits and all settings; the paper stays as it is."""
        self._decoder.forget()
        self._line.reset()
        self._replies.clear()

    def _do(self, command: Command) -> None:
        does = self._does.get(command.name)
        if does:
            does(command)
        else:
            self._line.take(command)
        if self.paper.head - self.paper.torn > LONGEST:
            self._on_sheet(self.paper.cut(self.paper.head))

    def _watch_roll(self, command: str) -> None:
        """The roll ends: in the middle, or with the first thing done after the last slip but its echo."""
        left = self.faults.paper_rows_left
        in_the_middle = left is not None and self.paper.head - self.paper.torn >= left
        if in_the_middle or (self.faults.paper_out_after == 0 and command not in ("GS V", "GS ( H")):
            self._set_paper_out()

    def _set_paper_out(self) -> None:
        self.faults.paper_out = True
        self._replies += self.news()

    def _answer_at_once(self, data: bytes) -> bytes:
        """Real-time questions are answered on reception while all else waits."""
        kept = bytearray()
        at = 0
        while at < len(data):
            if data[at : at + 2] == b"\x10\x04" and at + 2 < len(data):
                self._say_status(data[at + 2])
                at += 3
            else:
                kept.append(data[at])
                at += 1
        return bytes(kept)

    def _spoken(self) -> bytes:
        said = bytes(self._replies)
        self._replies.clear()
        if self.faults.silent:
            return b""
        if self.faults.strays and said:
            said = b"\x06\x15" + self.faults.automatic_block() + said
        return said

    def _reset(self, command: Command) -> None:
        self._tells = False
        self._line.reset()

    def _feed(self, command: Command) -> None:
        self._line.flush(advance=False)
        self.paper.feed(command.data[0])

    def _feed_lines(self, command: Command) -> None:
        self._line.flush(advance=True)
        self.paper.feed(max(0, command.data[0] - 1) * self._line.pitch)

    def _picture_begins(self, command: Command) -> None:
        self._line.flush(advance=True)
        self._raster_mode = command.data[0] & 3

    def _rows(self, command: Command) -> None:
        rows = len(command.data) // command.across
        picture = Image.frombytes("1", (command.across * 8, rows), command.data)
        wide, high = 1 + (self._raster_mode & 1), 1 + (self._raster_mode >> 1)
        if (wide, high) != (1, 1):
            picture = picture.resize((picture.width * wide, picture.height * high), Image.Resampling.NEAREST)
        self._print_picture(picture)

    def _columns(self, command: Command) -> None:
        mode, columns = command.data[0], command.data[1:]
        deep = 24 if mode in (32, 33) else 8
        if command.across:
            turned = Image.frombytes("1", (deep, command.across), columns)
            picture = turned.transpose(Image.Transpose.TRANSPOSE)
            if mode in (0, 32):
                picture = picture.resize((picture.width * 2, picture.height), Image.Resampling.NEAREST)
            self._line.put_picture(picture if deep == 24 else picture.resize((picture.width, 24)))

    def _print_picture(self, picture: Image.Image) -> None:
        self.paper.put(picture, left=self._line.left_for(picture.width), top=self.paper.head)
        self.paper.say_picture(picture.width, picture.height)
        self.paper.feed(picture.height)

    def _symbol(self, command: Command) -> None:
        symbol = self._symbols.take(command.data)
        if symbol is not None:
            self._line.flush(advance=True)
            self.paper.put(symbol.picture, left=self._line.left_for(symbol.picture.width), top=self.paper.head)
            self.paper.say(f"[QR {symbol.modules}x{symbol.modules}: {symbol.content}]")
            self.paper.feed(symbol.picture.height)

    def _cut(self, command: Command) -> None:
        self._line.flush(advance=True)
        if len(command.data) == 2:
            end = self.paper.head
            self.paper.feed(self._blade_rows + command.data[1])
            self._cut_off(end + command.data[1])
        else:
            self._cut_here(command)

    def _cut_here(self, command: Command) -> None:
        self._cut_off(max(self.paper.torn, self.paper.head - self._blade_rows))

    def _cut_off(self, row: int) -> None:
        self._on_sheet(self.paper.cut(row))
        if self.faults.paper_out_after is not None:
            self.faults.paper_out_after = max(0, self.faults.paper_out_after - 1)

    def _status(self, command: Command) -> None:
        self._say_status(command.data[0])

    def _say_status(self, which: int) -> None:
        if self.faults.paper_out_after == 0:
            self.faults.paper_out = True
        asked = {
            1: self.faults.printer_byte,
            2: self.faults.offline_byte,
            3: self.faults.error_byte,
            4: self.faults.paper_byte,
        }.get(which)
        if asked:
            self._replies.append(asked())

    def _real_time(self, command: Command) -> None:
        if command.data == b"\x08\x01\x03\x14\x01\x06\x02\x08":
            self._decoder.forget()
            self._line.reset()
            self._replies += b"\x37\x25\x00"

    def _tell(self, command: Command) -> None:
        """From now on every change is told unasked, and the state as it is now."""
        self._tells, self._told = bool(command.data[0]), b""
        self._replies += self.news()

    def _paper_status(self, command: Command) -> None:
        if command.data[0] in (1, 49):
            self._replies.append(self.faults.paper_in_order_byte())

    def _echo(self, command: Command) -> None:
        if len(command.data) == 6 and command.data[:1] == FUNCTION_ECHO and not self.faults.no_echo:
            self._replies += b"\x37\x22" + command.data[2:] + b"\x00"
