"""Keys: whatever a keyboard-wedge scanner types goes to the scanner's reader, and nowhere else.

Kivy's own shortcuts (settings, inspector, screenshots, leaving) never see a key.
"""

from __future__ import annotations

from typing import Any, Protocol

from kiosk.clock import Clock

ENTER = (13, 271)
TAB = 9
END = "\n"


class Reader(Protocol):
    """What puts scans together (``devices.scanner.WedgeReader``)."""

    def type(self, letters: str, at: float) -> None:
        """Letters typed at that second of the steady clock."""

    def tick(self, at: float) -> None:
        """Time has passed."""


class Wedge:
    """Feeds a window's typed characters to a reader; Enter and Tab, which end a scan, as a line's end."""

    def __init__(self, window: Any, reader: Reader, clock: Clock) -> None:
        self._window = window
        self._reader = reader
        self._clock = clock
        self._bound = {"on_key_down": self._key, "on_key_up": self._up, "on_textinput": self._text}

    def listen(self) -> None:
        """Begin."""
        self._window.bind(**self._bound)

    def unlisten(self) -> None:
        """Leave the keys to others again."""
        self._window.unbind(**self._bound)

    def tick(self) -> None:
        """Let the reader see that time passes."""
        self._reader.tick(self._clock.monotonic())

    def _key(self, _window: object, key: int, *_: object) -> bool:
        if key in (*ENTER, TAB):
            self._reader.type(END, self._clock.monotonic())
        return True

    def _up(self, *_: object) -> bool:
        return True

    def _text(self, _window: object, text: str) -> bool:
        self._reader.type(text, self._clock.monotonic())
        return True
