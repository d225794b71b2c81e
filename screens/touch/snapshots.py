"""A picture of the screen as a file, for whoever looks after a kiosk on a virtual display."""

from __future__ import annotations

import logging
import os
import threading
from pathlib import Path
from typing import Any

from kivy.clock import Clock
from kivy.graphics.opengl import GL_RGB, GL_UNSIGNED_BYTE, glPixelStorei, glReadPixels
from PIL import Image

SETTLED_S = 0.3
GL_PACK_ALIGNMENT = 0x0D05

logger = logging.getLogger(__name__)


class Snapshots:
    """Writes ``path`` anew a moment after each change, whole or not at all."""

    def __init__(self, window: Any, path: Path) -> None:
        self._window = window
        self._path = path
        self._soon = Clock.create_trigger(self._take, SETTLED_S)
        self._writer: threading.Thread | None = None

    def changed(self) -> None:
        """The screen has changed; a picture follows when it has settled."""
        self._soon()

    def finish(self) -> None:
        """Wait for the picture being written."""
        if self._writer is not None:
            self._writer.join()

    def _take(self, _: float) -> None:
        if self._writer is not None and self._writer.is_alive():
            self._soon()
            return
        width, height = self._window.system_size
        glPixelStorei(GL_PACK_ALIGNMENT, 1)
        pixels = glReadPixels(0, 0, width, height, GL_RGB, GL_UNSIGNED_BYTE)
        self._writer = threading.Thread(target=self._write, args=(pixels, (width, height)), name="snapshot")
        self._writer.start()

    def _write(self, pixels: bytes, size: tuple[int, int]) -> None:
        picture = Image.frombytes("RGB", size, pixels).transpose(Image.Transpose.FLIP_TOP_BOTTOM)
        half = self._path.with_name(f".{self._path.name}.part")
        try:
            picture.save(half, "PNG", compress_level=1)
            os.replace(half, self._path)
        except OSError as problem:
            logger.warning("%s could not be written: %s", self._path, problem)
