"""A studio: one real window on a virtual display of its own, in which scenes are photographed.

Everything that imports Kivy is imported after the window was prepared, as in the product.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PIL import Image

SIDE = 1920
"""The display is a square, so that both orientations fit into one."""

DEADLINE_S = 10


@contextmanager
def virtual_display() -> Iterator[str]:
    """An Xvfb with a free number; ends with the block. Yields its name (":99")."""
    read_end, write_end = os.pipe()
    screen = f"{SIDE}x{SIDE}x24"
    command = ["Xvfb", "-displayfd", str(write_end), "-screen", "0", screen, "-nolisten", "tcp", "-noreset"]
    server = subprocess.Popen(command, pass_fds=(write_end,), stderr=subprocess.DEVNULL)
    os.close(write_end)
    try:
        with os.fdopen(read_end) as told:
            yield f":{told.readline().strip()}"
    finally:
        server.terminate()
        server.wait()


class Studio:
    """The window and a stage in it; ``turn`` gives it another panel."""

    def __init__(self, folder: Path) -> None:
        from screens.touch.window import open_window, prepare_kivy

        self.folder = folder
        prepare_kivy(home=folder / "kivy", size=(1080, SIDE))
        self.window: Any = open_window()
        from kivy.base import EventLoop, runTouchApp
        from kivy.uix.floatlayout import FloatLayout

        self.loop: Any = EventLoop
        self.root: Any = FloatLayout()
        runTouchApp(self.root, embedded=True)
        self.acts: list[Any] = []
        self.stage: Any = None

    def turn(self, width: int, height: int, diagonal_in: float = 21.5) -> Any:
        """A new stage on a panel of that shape; returns it."""
        from screens.touch.look import Look
        from screens.touch.stage import Stage

        if tuple(self.window.size) != (width, height):
            self.window.size = (width, height)
            self._until(lambda: tuple(self.root.size) == (width, height))
        self.root.clear_widgets()
        look = Look(width, height, diagonal_in, cache=self.folder / "look")
        self.stage = Stage(look, self.acts.append)
        self.root.add_widget(self.stage)
        return self.stage

    def pump(self) -> None:
        """One turn of the loop."""
        self.loop.idle()
        self.window.mainloop()

    def photograph(self) -> Image.Image:
        """What the window shows now."""
        from kivy.graphics.opengl import GL_RGB, GL_UNSIGNED_BYTE, glReadPixels

        self.pump()
        self.window.dispatch("on_draw")
        width, height = self.window.size
        pixels = glReadPixels(0, 0, width, height, GL_RGB, GL_UNSIGNED_BYTE)
        return Image.frombytes("RGB", (width, height), pixels).transpose(Image.Transpose.FLIP_TOP_BOTTOM)

    def _until(self, done: Any) -> None:
        end = time.monotonic() + DEADLINE_S
        while not done():
            if time.monotonic() > end:
                raise TimeoutError("the window did not follow")
            self.pump()


@contextmanager
def studio(folder: Path | None = None) -> Iterator[Studio]:
    """A studio on a display of its own."""
    with tempfile.TemporaryDirectory() as made, virtual_display() as name:
        os.environ["DISPLAY"] = name
        yield Studio(folder or Path(made))
