"""From a finger on the glass to its handler, to changed pixels, to the next screen.

This process presses through XTest and looks at the glass through XGetImage; the kiosk is
another process. Both clocks are the machine's one steady clock.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

from Xlib import X  # type: ignore[import-untyped]
from Xlib.display import Display  # type: ignore[import-untyped]

from tests.bench.kiosk_process import Watched, data_folder, display, started
from tests.fakes.finger import Finger

PRESSES = 60
SCREENS = 20
APART_S = 0.6
"""Longer than a bounce is ignored for; a little chance is added, so that no frame beats in time with it."""

Place = tuple[float, float, float, float]


def rows() -> Iterator[dict[str, Any]]:
    """``touch_to_handler_ms``, ``touch_to_pixel_ms``, ``next_screen_ms``."""
    with display() as shown_on, data_folder() as data:
        command = (sys.executable, "-m", "tests.bench.touched", str(data))
        with started(command, shown_on=shown_on) as kiosk:
            bench = _Bench(kiosk, shown_on)
            bench.on("home")
            time.sleep(4)  # the other screens are being prepared
            handler, pixel = bench.presses()
            yield from _rows("touch_to_handler_ms", handler, "XTest press to on_touch_down")
            yield from _rows("touch_to_pixel_ms", pixel, "XTest press to the pressed key on the glass (XGetImage)")
            yield from _rows("next_screen_ms", bench.screens(), "finger up on a key to the next screen on the glass")


def _rows(name: str, values: list[float], how: str) -> Iterator[dict[str, Any]]:
    cuts = statistics.quantiles(values, n=20, method="inclusive")
    for part, value in (("p50", statistics.median(values)), ("p95", cuts[18])):
        told = f"{how}; {len(values)} times, 1080x1920, software rendering"
        yield {"name": name, "value": round(value, 2), "unit": f"ms {part}", "how": told}


class _Bench:
    def __init__(self, kiosk: Watched, shown_on: str) -> None:
        self._kiosk = kiosk
        self._finger = Finger(shown_on)
        self._eye: Any = Display(shown_on)
        self._root = self._eye.screen().root
        self._keys: dict[str, Place] = {}

    def on(self, screen: str) -> None:
        """Wait until this screen is shown; its keys are known then."""
        self._keys = self._kiosk.keys_on(screen)

    def presses(self) -> tuple[list[float], list[float]]:
        """Press a tile, see the handler and the pixel, slide off and lift, so that nothing is chosen."""
        handler, pixel = [], []
        x, y, width, height = self._keys["tile:C"]
        spot = (round(x + width * 0.9), round(y + height * 0.5))
        for _ in range(PRESSES):
            time.sleep(APART_S + random.random() * 0.1)
            before = self._pixel(*spot)
            self._finger.slide(x + width / 2, y + height / 2)
            start = time.monotonic()
            self._finger.press(x + width / 2, y + height / 2)
            seen = self._until(lambda old=before: self._pixel(*spot) != old)  # type: ignore[misc]
            pixel.append((seen - start) * 1000)
            handler.append((self._told("down") - start) * 1000)
            self._finger.slide(x + width / 2, 40)
            time.sleep(0.1)
            self._finger.lift()
            self._until(lambda old=before: self._pixel(*spot) == old)  # type: ignore[misc]
        return handler, pixel

    def _told(self, what: str) -> Any:
        while True:
            line = self._kiosk.line()
            if what in line:
                return line[what]

    def screens(self) -> list[float]:
        """To the first question of a rating and back, as often as wanted."""
        times = []
        for _ in range(SCREENS):
            for key, screen in (("rate_band", "rating_overall"), ("skip", "home")):
                time.sleep(APART_S + 0.5 + random.random() * 0.1)
                times.append(self._next_screen(key))
                self._kiosk.screen = ""
                self.on(screen)
        return times

    def _next_screen(self, key: str) -> float:
        x, y, width, height = self._keys[key]
        self._finger.press(x + width / 2, y + height / 2)
        time.sleep(0.15)
        before = self._pixels()
        start = time.monotonic()
        self._finger.lift()
        return (self._until(lambda: self._pixels() != before) - start) * 1000

    def _pixel(self, x: int, y: int) -> bytes:
        data: bytes = self._root.get_image(x, y, 1, 1, X.ZPixmap, 0xFFFFFFFF).data
        return data

    def _pixels(self) -> bytes:
        """A line across the glass where home has its tiles and a question its answers."""
        data: bytes = self._root.get_image(0, 1100, 1080, 1, X.ZPixmap, 0xFFFFFFFF).data
        return data

    def _until(self, holds: Callable[[], object]) -> float:
        end = time.monotonic() + 10
        while not holds():
            if time.monotonic() > end:
                raise TimeoutError("the glass did not change")
        return time.monotonic()
