"""The window: everything Kivy has to be told before it is imported for the first time.

Kivy reads its environment while it is imported and opens its window while
``kivy.core.window`` is, so both imports stand in functions here and nowhere else.
"""

from __future__ import annotations

import logging
import os
from pathlib import Path
from typing import Any

ENVIRONMENT = {
    "KIVY_NO_CONFIG": "1",
    "KIVY_NO_ARGS": "1",
    "KIVY_CLIPBOARD": "dummy",
    "KIVY_LOG_MODE": "PYTHON",
    "KIVY_WINDOW": "sdl2",
    "KIVY_TEXT": "sdl2",
    "SDL_MOUSE_FOCUS_CLICKTHROUGH": "1",
}
"""No config.ini, no eating of our options, no xclip, its log in ours. SDL drops the click that brings
a window the focus, which on a kiosk is somebody's first tap."""

GRAPHICS = {
    "multisamples": 0,
    "maxfps": 60,
    "show_cursor": 0,
    "allow_screensaver": 0,
    "resizable": 0,
    "window_state": "visible",
}
"""No multisampling: it costs a frame more than double without a GPU, and our edges are smooth pictures."""


KIVY = {"exit_on_escape": 0, "desktop": 0, "keyboard_mode": "", "pause_on_minimize": 0}


def prepare_kivy(*, home: Path, size: tuple[int, int] | None = None) -> None:
    """Set Kivy up; call once, before anything of Kivy is imported.

    ``home``: a folder of ours that Kivy may write in. ``size``: of a window without borders at
    the display's upper left corner, which is how a bare X server is filled (SDL's full screen
    does nothing there); None asks the window manager for the full screen.
    """
    home.mkdir(parents=True, exist_ok=True)
    os.environ.update(ENVIRONMENT, KIVY_HOME=str(home))
    logging.getLogger("kivy").setLevel(logging.WARNING)
    from kivy.config import Config

    _one_input_path(Config)
    for key, value in {**GRAPHICS, **_place(size)}.items():
        Config.set("graphics", key, str(value))
    for key, value in KIVY.items():
        Config.set("kivy", key, str(value))
    for module, _ in list(Config.items("modules")):
        Config.remove_option("modules", module)


def open_window() -> Any:
    """Open the window, deaf to whatever would close it: only the process's end does."""
    from kivy.core.window import Window

    Window.bind(on_request_close=lambda *_, **__: True)
    return Window


def _one_input_path(config: Any) -> None:
    """One finger, one touch: the default reads /dev/input beside X11, and each tap arrives twice."""
    for name, _ in list(config.items("input")):
        config.remove_option("input", name)
    config.set("input", "mouse", "mouse,disable_multitouch")


def _place(size: tuple[int, int] | None) -> dict[str, object]:
    if size is None:
        return {"fullscreen": "auto"}
    width, height = size
    where = {"position": "custom", "left": 0, "top": 0, "borderless": 1}
    return {"fullscreen": 0, "width": width, "height": height, **where}
