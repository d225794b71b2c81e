"""Keys: whatever a keyboard-wedge scanner types goes to the scanner's reader, and nowhere else.

Kivy's own shortcuts (settings, inspector, screenshots, leaving) never see a key.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

ENTER = (13, 271)
TAB = 9


class Wedge:
    """Feeds typed characters to ``feed``; Enter and Tab, which end a scan, as a line's end."""

    def __init__(self, window: Any, feed: Callable[[str], None]) -> None:
        self._window = window
        self._feed = feed
        self._bound = {"on_key_down": self._key, "on_key_up": self._up, "on_textinput": self._text}

    def listen(self) -> None:
        """Begin."""
        self._window.bind(**self._bound)

    def unlisten(self) -> None:
        """Leave the keys to others again."""
        self._window.unbind(**self._bound)

    def _key(self, _window: object, key: int, *_: object) -> bool:
        if key in (*ENTER, TAB):
            self._feed("\n")
        return True

    def _up(self, *_: object) -> bool:
        return True

    def _text(self, _window: object, text: str) -> bool:
        self._feed(text)
        return True
