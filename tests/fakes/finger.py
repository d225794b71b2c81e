"""A finger: real presses on a real X server, through its XTest extension."""

from __future__ import annotations

from typing import Any

from Xlib import XK, X  # type: ignore[import-untyped]
from Xlib.display import Display  # type: ignore[import-untyped]
from Xlib.ext import xtest  # type: ignore[import-untyped]

SHIFT = "Shift_L"


class Finger:
    """Presses, slides and types on one display. Coordinates count from the upper left, in pixels."""

    def __init__(self, display: str) -> None:
        self._display: Any = Display(display)

    def close(self) -> None:
        """Let the display go."""
        self._display.close()

    def tap(self, x: float, y: float, *, times: int = 1) -> None:
        """Press and lift at one place, without a pause between several times."""
        for _ in range(times):
            self.press(x, y)
            self.lift()

    def press(self, x: float, y: float) -> None:
        """Put the finger down."""
        self.slide(x, y)
        self._send(X.ButtonPress, 1)

    def slide(self, x: float, y: float) -> None:
        """Move it, down or not."""
        xtest.fake_input(self._display, X.MotionNotify, x=round(x), y=round(y))
        self._display.sync()

    def lift(self) -> None:
        """Take it up."""
        self._send(X.ButtonRelease, 1)

    def type(self, text: str) -> None:
        """Type as a scanner does: letters with Shift where they need it, and Enter for a line's end."""
        for letter in text:
            name = "Return" if letter == "\n" else _key_name(letter)
            code = self._display.keysym_to_keycode(XK.string_to_keysym(name))
            shifted = self._display.keycode_to_keysym(code, 0) != XK.string_to_keysym(name)
            self._stroke(code, shifted=shifted)

    def key(self, name: str) -> None:
        """One key by its X name ("F1", "Escape")."""
        self._stroke(self._display.keysym_to_keycode(XK.string_to_keysym(name)), shifted=False)

    def _stroke(self, code: int, *, shifted: bool) -> None:
        shift = self._display.keysym_to_keycode(XK.string_to_keysym(SHIFT))
        if shifted:
            self._send(X.KeyPress, shift)
        self._send(X.KeyPress, code)
        self._send(X.KeyRelease, code)
        if shifted:
            self._send(X.KeyRelease, shift)

    def _send(self, kind: int, detail: int) -> None:
        xtest.fake_input(self._display, kind, detail)
        self._display.sync()


def _key_name(letter: str) -> str:
    names = {":": "colon", "/": "slash", "#": "numbersign", ".": "period", "-": "minus", "|": "bar", " ": "space"}
    return names.get(letter, letter)
