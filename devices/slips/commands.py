"""ESC/POS commands as bytes.

python-escpos composes them into a ``Dummy`` that keeps what it is told. Two things are
made here instead: pictures, because its converter walks through four colour spaces
for a picture that is already one bit a dot, and commands that it does not know.
A test holds both spellings of a picture equal.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from devices.slips.ink import Picture
from kiosk.trouble import PrinterTrouble

ESC, GS, DLE, FS = b"\x1b", b"\x1d", b"\x10", b"\x1c"
BAND_ROWS = 24
"""Rows a picture command carries at most: what a lost link may leave a printer waiting for stays small."""
SINGLE_BYTES = FS + b"."
"""Ends the double-byte mode that Chinese firmware starts in."""
OWN_LETTERS_ON, OWN_LETTERS_OFF = ESC + b"%\x01", ESC + b"%\x00"
REVERSE_ON, REVERSE_OFF = GS + b"B\x01", GS + b"B\x00"
HEAVY_ON, HEAVY_OFF = ESC + b"E\x01", ESC + b"E\x00"
CLEAR_BUFFER = DLE + b"\x14\x08\x01\x03\x14\x01\x06\x02\x08"
TELL_CHANGES = GS + b"a\x0e"
"""From now on the printer says of its own accord when it goes offline, errs or runs out of paper."""
ASK_PAPER_IN_ORDER = GS + b"r\x01"


def load_composer() -> None:
    """Load python-escpos now rather than at the first slip; ``PrinterTrouble`` P-122 if it is not there."""
    _dummy_class()


@cache
def _dummy_class() -> Any:
    """The ``Dummy`` of python-escpos. Loading it reads a large table, kept as a pickle in a folder of our own."""
    folder = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "than-thien"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.environ.setdefault("ESCPOS_CAPABILITIES_PICKLE_DIR", str(folder))
    except (OSError, RuntimeError):
        pass
    try:
        from escpos.printer import Dummy  # type: ignore[import-untyped]
    except ImportError as missing:
        raise PrinterTrouble("P-122", detail=str(missing)) from missing
    return Dummy


def composed(compose: Callable[[Any], None]) -> bytes:
    """What python-escpos makes of some calls on a fresh ``Dummy``."""
    dummy = _dummy_class()()
    compose(dummy)
    output: bytes = dummy.output
    return output


@cache
def start() -> bytes:
    """Forget the last slip's settings, one byte a letter, everything centred."""
    reset = composed(lambda dummy: dummy.hw("INIT"))
    return reset + SINGLE_BYTES + align("center")


@cache
def reset() -> bytes:
    """Forget all settings and whatever waits in the line buffer."""
    return composed(lambda dummy: dummy.hw("INIT"))


@cache
def align(side: str) -> bytes:
    """Put what follows to the "left", "center" or "right"."""
    return composed(lambda dummy: dummy.set(align=side))


@cache
def letter_size(width: int, height: int) -> bytes:
    """Letters so many times as wide and as high, 1 to 8."""
    return GS + b"!" + bytes(((width - 1) << 4 | (height - 1),))


def line_pitch(dots: int) -> bytes:
    """From line of text to line of text, in dots."""
    return ESC + b"3" + bytes((dots,))


def feed(dots: int) -> bytes:
    """Bare paper."""
    full, rest = divmod(max(0, dots), 255)
    return (ESC + b"J\xff") * full + (ESC + b"J" + bytes((rest,)) if rest else b"")


def cut() -> bytes:
    """Feed to the blade and cut: the one spelling that never leaves the slip's end behind the blade."""
    return composed(lambda dummy: dummy.cut(feed=False))


def echo(four: str) -> bytes:
    """Ask the printer to say these four characters back once everything before them is done."""
    return GS + b"(H\x06\x0000" + echo_name(four)


def echo_name(name: str) -> bytes:
    """The four bytes by which a printer is asked to name a slip."""
    return name.encode("ascii", "replace").replace(b"\0", b"?")[:4].ljust(4)


def largest_band(dots: int) -> int:
    """Bytes of the largest picture command that is sent to paper of so many dots."""
    return 8 + BAND_ROWS * dots // 8


def ask_now(which: int) -> bytes:
    """Ask for a status byte that is answered on reception: 1 printer, 2 offline, 3 error, 4 paper."""
    return DLE + b"\x04" + bytes((which,))


def qr_native(content: str, module: int) -> bytes:
    """A QR code that the printer draws itself: model 2, error correction M, ``module`` dots a module."""
    return composed(lambda dummy: dummy.qr(content, ec=1, size=module, native=True))


def own_letters(cells: Sequence[tuple[int, bytes]]) -> bytes:
    """Define letters of 12x24 dots: pairs of code (32-126) and 36 bytes, columns from left, rows downward."""
    return b"".join(_run_of_letters(run) for run in _runs(sorted(cells)))


def forget_letters(codes: Sequence[int]) -> bytes:
    """Let the printer's own letters stand on these codes again."""
    return b"".join(ESC + b"?" + bytes((code,)) for code in codes)


def _runs(cells: Sequence[tuple[int, bytes]]) -> Iterator[list[tuple[int, bytes]]]:
    run: list[tuple[int, bytes]] = []
    for cell in cells:
        if run and cell[0] != run[-1][0] + 1:
            yield run
            run = []
        run.append(cell)
    if run:
        yield run


def _run_of_letters(run: list[tuple[int, bytes]]) -> bytes:
    head = ESC + b"&\x03" + bytes((run[0][0], run[-1][0]))
    return head + b"".join(b"\x0c" + columns for _, columns in run)


def picture(image: Picture, paper: int) -> bytes:
    """A picture at its place on centred paper: ``image`` is as wide as the paper (a multiple of 16 dots).

    Bare rows become feeding, bare margins are not sent: what is equal at both sides is
    cut off in whole bytes, so that centring puts the rest back where it was.
    """
    box = image.getbbox()
    if box is None:
        return feed(image.height)
    pieces, bare = [], 0
    for top, bottom in _inked_bands(image, box):
        pieces.append(feed(top - bare))
        pieces.append(_band(image.crop((0, top, image.width, bottom)), paper))
        bare = bottom
    pieces.append(feed(image.height - bare))
    return b"".join(pieces)


def _inked_bands(image: Picture, box: tuple[int, int, int, int]) -> Iterator[tuple[int, int]]:
    """Runs of rows to send: at most :data:`BAND_ROWS` each, none beginning or ending in bare paper."""
    top = box[1]
    while top < box[3]:
        bottom = min(top + BAND_ROWS, box[3])
        inked = image.crop((0, top, image.width, bottom)).getbbox()
        if inked is not None:
            yield top + inked[1], top + inked[3]
        top = bottom


def _band(rows: Picture, paper: int) -> bytes:
    left, _, right, _ = rows.getbbox() or (0, 0, paper, 0)
    margin = min(left, paper - right) // 8 * 8
    inked = rows.crop((margin, 0, paper - margin, rows.height))
    across = inked.width // 8
    head = GS + b"v0\x00" + across.to_bytes(2, "little") + inked.height.to_bytes(2, "little")
    return head + inked.tobytes()
