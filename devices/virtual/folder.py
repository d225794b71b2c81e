"""A folder that slips fall into: each as a picture and as text, whole or not at all."""

from __future__ import annotations

import contextlib
import io
import os
import re
from pathlib import Path

from PIL import Image, ImageOps

from devices.virtual.machine import BLADE_ROWS
from devices.virtual.paper import Sheet
from devices.wire import WireTrouble
from kiosk.clock import Clock

DPI = 203
AIR = 8
"""Bare rows kept above and below in the picture."""


class SlipFolder:
    """Writes sheets as ``20261123-101205-0007.png`` and ``.txt`` (machine's local time, then a running number)."""

    def __init__(self, path: Path, clock: Clock) -> None:
        self._path = path
        self._clock = clock
        self._count = 0

    def check(self) -> None:
        """Make the folder if it is missing and prove that it can be written; ``WireTrouble`` P-121 if not."""
        probe = self._path / ".writable"
        try:
            self._path.mkdir(parents=True, exist_ok=True)
            probe.write_bytes(b" ")
            probe.unlink()
            self._count = max((_number(name.name) for name in self._path.iterdir()), default=0)
        except OSError as error:
            raise self._trouble(error) from None

    def save(self, sheet: Sheet) -> Path:
        """Write one sheet and return its picture's path; ``WireTrouble`` P-121 if that fails."""
        self._count += 1
        moment = self._clock.now().astimezone()
        stem = f"{moment:%Y%m%d-%H%M%S}-{self._count:04d}"
        try:
            self._write(self._path / f"{stem}.txt", sheet.text.encode())
            return self._write(self._path / f"{stem}.png", png_of(sheet))
        except OSError as error:
            raise self._trouble(error) from None

    def _write(self, path: Path, data: bytes) -> Path:
        unfinished = path.with_name(f".{path.name}.part")
        try:
            unfinished.write_bytes(data)
            os.replace(unfinished, path)
        except OSError:
            with contextlib.suppress(OSError):
                unfinished.unlink()
            raise
        return path

    def _trouble(self, error: OSError) -> WireTrouble:
        return WireTrouble("P-121", detail=f"{self._path}: {error.strerror}", harmless=True)


def _number(name: str) -> int:
    found = re.fullmatch(r"\d{8}-\d{6}-(\d{4,})\.(?:png|txt)", name)
    return int(found[1]) if found else 0


def png_of(sheet: Sheet) -> bytes:
    """The sheet as PNG, black on white, without the bare paper the blade leaves at the top."""
    box = sheet.picture.getbbox()
    top = min(BLADE_ROWS, max(0, box[1] - AIR)) if box else 0
    shown = sheet.picture.crop((0, top, sheet.picture.width, sheet.picture.height))
    bottom = Image.new("1", (shown.width, AIR), 0)
    whole = Image.new("1", (shown.width, shown.height + AIR), 0)
    whole.paste(shown, (0, 0))
    whole.paste(bottom, (0, shown.height))
    out = io.BytesIO()
    ImageOps.invert(whole).save(out, "PNG", dpi=(DPI, DPI), optimize=True)
    return out.getvalue()
