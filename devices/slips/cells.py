"""Lines of letters in cells, and the letters a printer must be taught for them.

A printer's own letters hold no Vietnamese that can be relied on, so each marked letter
is drawn by the kiosk and put on a code that the text at hand does not use otherwise.
Codes are dealt from the final text: a code that stood for "Ế" on this slip may be a
"7" on the next.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from devices.slips import art, commands
from devices.slips.canvas import Canvas
from devices.slips.letters import (
    CELL_HEIGHT,
    CELL_WIDTH,
    Rows,
    columns,
    letters,
    picture_rows,
)

FIRST_CODE, LAST_CODE = 33, 126
CODES = LAST_CODE - FIRST_CODE + 1
MISSING = "?"
CIRCLE = "\ue000\ue001"
"""The two halves of one linked circle, on code points that no text uses."""
NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True, slots=True)
class TypedLine:
    """One line of letters, so many times as wide and high; ``reverse``: white on black; ``heavy``: thicker."""

    text: str
    wide: int = 1
    high: int = 1
    reverse: bool = False
    heavy: bool = False


Art = bytes
"""Ready commands among the lines: feeding, a picture, a code."""


def spellable(text: str) -> str:
    """The text in letters that there are cells for; a letter without one loses its marks, or becomes "?"."""
    composed = unicodedata.normalize("NFC", text).replace(NO_BREAK_SPACE, " ")
    return "".join(letter if letter in letters() else _plain(letter) for letter in composed)


def _plain(letter: str) -> str:
    plain = unicodedata.normalize("NFKD", letter)[:1]
    return plain if plain in letters() else MISSING


def broken(text: str, columns_across: int) -> list[str]:
    """Break at spaces into lines of at most so many cells, as even as their number allows."""
    lines = _greedy(text, columns_across)
    for narrower in range(columns_across - 1, columns_across // 2, -1):
        trial = _greedy(text, narrower)
        if len(trial) > len(lines):
            break
        lines = trial
    return lines


def _greedy(text: str, columns_across: int) -> list[str]:
    lines = [""]
    for word in text.split(" "):
        if lines[-1] and len(lines[-1]) + 1 + len(word) > columns_across:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}" if lines[-1] else word
        while len(lines[-1]) > columns_across:
            lines[-1:] = [lines[-1][:columns_across], lines[-1][columns_across:]]
    return lines


def typed(parts: Sequence[TypedLine | Art]) -> Iterator[bytes]:
    """The lines as bytes, each batch of them after the letters it needs."""
    known: set[int] = set()
    for batch in _batches(parts):
        codes = _dealt(line for line in batch if isinstance(line, TypedLine))
        taught = [(code, letter_columns(letter)) for letter, code in codes.items()]
        stale = known - set(codes.values())
        head = commands.forget_letters(sorted(stale)) + commands.own_letters(taught) + commands.OWN_LETTERS_ON
        known = set(codes.values())
        for part in batch:
            yield head + (part if isinstance(part, bytes) else _line(part, codes))
            head = b""


@cache
def letter_columns(letter: str) -> bytes:
    """A letter as a printer is taught it."""
    return columns(ornament()[letter] if letter in CIRCLE else letters()[letter])


@cache
def ornament() -> dict[str, Rows]:
    """The two halves of one linked circle, as letters."""
    cell = Canvas(2 * CELL_WIDTH, CELL_HEIGHT)
    cell.put(art.linked_circles(2 * CELL_WIDTH, pitch=2 * CELL_WIDTH), left=0, top=5)
    left = cell.picture.crop((0, 0, CELL_WIDTH, CELL_HEIGHT))
    right = cell.picture.crop((CELL_WIDTH, 0, 2 * CELL_WIDTH, CELL_HEIGHT))
    return {half: picture_rows(picture) for half, picture in zip(CIRCLE, (left, right), strict=True)}


def _batches(parts: Sequence[TypedLine | Art]) -> Iterator[list[TypedLine | Art]]:
    """As many parts at a time as their letters find codes."""
    batch: list[TypedLine | Art] = []
    used: set[str] = set()
    for part in parts:
        more = used | set(part.text) if isinstance(part, TypedLine) else used
        if batch and len(more) > CODES:
            yield batch
            batch, more = [], set(part.text) if isinstance(part, TypedLine) else set()
        batch.append(part)
        used = more
    if batch:
        yield batch


def _dealt(lines: Iterable[TypedLine]) -> dict[str, int]:
    """A free code for each letter that the printer lacks; long runs of codes first, they cost less."""
    used = {letter for line in lines for letter in line.text}
    needed = sorted(letter for letter in used if not _is_native(letter))
    runs: list[list[int]] = [[]]
    for code in range(FIRST_CODE, LAST_CODE + 1):
        if chr(code) in used:
            runs.append([])
        else:
            runs[-1].append(code)
    free = [code for run in sorted(runs, key=len, reverse=True) for code in run]
    return dict(zip(needed, free, strict=False))


def _is_native(letter: str) -> bool:
    return " " <= letter <= "~"


def _line(line: TypedLine, codes: Mapping[str, int]) -> bytes:
    text = bytes(codes.get(letter, ord(letter) if _is_native(letter) else ord(MISSING)) for letter in line.text)
    size = commands.letter_size(line.wide, line.high)
    if line.reverse:
        return size + commands.REVERSE_ON + text + b"\n" + commands.REVERSE_OFF
    if line.heavy:
        return size + commands.HEAVY_ON + text + b"\n" + commands.HEAVY_OFF
    return size + text + b"\n"
