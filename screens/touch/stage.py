"""The stage: the one widget of the window; it shows scenes and tells what was touched.

Public interface (the runtime codes against this):

``Stage(look, act)``      ``look``: a ``screens.touch.look.Look``; ``act``: called with a
                          ``kiosk.visit_events`` event on finger-up inside a key, on the UI thread
``show(scene)``           draws a ``Scene``; cheap when little differs; call it as often as you like
``prepare_rest()``        after the first frame: makes the pictures and texts of the other screens
``key(name)``             the touchable widget of that name, or ``KeyError``
``keys()``                names of all keys on the screen now
``screen_name``           name of what is shown, as in the gallery ("home", "timeout" ...)

Key names: "start" (idle), "tile:<service id>", "next" (more services), "rate_band",
"priority:yes", "priority:no", "answer:<id>", "skip", "back", "done", "no_slip" (asks for
the copy), "ok_number", "more_time", "im_done", "footer:language", "footer:big_text",
"footer:contrast".
"""

from __future__ import annotations

from collections.abc import Callable

from kivy.uix.floatlayout import FloatLayout
from kivy.uix.widget import Widget

from kiosk.visit_events import Event
from screens.touch.look import Look
from screens.touch.scene import Scene


class Stage(FloatLayout):
    """Everything in the window."""

    def __init__(self, look: Look, act: Callable[[Event], None]) -> None:
        super().__init__()
        self.look = look
        self._act = act
        self.screen_name = ""

    def show(self, scene: Scene) -> None:
        """Draw this scene, changing only what differs from the last."""

    def prepare_rest(self) -> None:
        """Make ready what the other screens need; call once, after the first frame."""

    def key(self, name: str) -> Widget:
        """The touchable widget called ``name`` on the screen now."""
        raise KeyError(name)

    def keys(self) -> tuple[str, ...]:
        """Names of the keys on the screen now."""
        return ()
