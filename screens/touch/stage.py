"""The stage: the one widget of the window; it shows scenes and tells what was touched.

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
"footer:contrast", "footer:help"; "help" (on the poster and without paper), "assist",
"assist_done", "appointment", "second:yes", "second:no", "stay", "drop", "drop:yes", "drop:no",
"letter:<letter>", "erase", "enter", "arrive", "not_mine", "why", "why_close".
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from kivy.clock import Clock
from kivy.input.motionevent import MotionEvent
from kivy.uix.floatlayout import FloatLayout

from kiosk.visit_events import Event, Touched
from screens.touch.layer import KeyPad, Layer
from screens.touch.look import Look
from screens.touch.repertoire import TOAST, draw, overlays_of, rehearsals, screen_of
from screens.touch.scene import Scene


@dataclass(slots=True)
class Finger:
    """The finger that counts: the first one down. ``pad``: the key it came down on, if any."""

    uid: int
    pad: KeyPad | None


class Stage(FloatLayout):
    """Everything in the window."""

    def __init__(self, look: Look, act: Callable[[Event], None]) -> None:
        super().__init__()
        self.look = look
        self.screen_name = ""
        self._act = act
        self._layers: dict[str, Layer] = {}
        self._finger: Finger | None = None
        self._scene: Scene | None = None
        self._rehearsals: Iterator[tuple[str, Scene]] = iter(())
        self.front = Layer(look)

    # --- showing ---------------------------------------------------------------------------------

    def show(self, scene: Scene) -> None:
        """Draw this scene, changing only what differs from the last."""
        self._scene = scene
        name, over = screen_of(self.look, scene), overlays_of(scene)
        layers = [self._drawn(layer, scene) for layer in (name, *over)]
        if [*reversed(self.children)] != layers:
            self.clear_widgets()
            for layer in layers:
                self.add_widget(layer)
        self.screen_name = next((layer for layer in reversed(over) if layer != TOAST), name)
        self.front = self._layers[self.screen_name]

    def _drawn(self, name: str, scene: Scene) -> Layer:
        layer = self._layers.get(name)
        if layer is None:
            layer = self._layers[name] = Layer(self.look)
        layer.set(draw(name, self.look, scene))
        return layer

    def prepare_rest(self) -> None:
        """Make ready what the other screens need, one a frame; call once, after the first frame."""
        if self._scene is not None:
            self._rehearsals = rehearsals(self._scene, but=self.screen_name)
            Clock.schedule_once(self._rehearse, 0)

    def _rehearse(self, _: float) -> None:
        name, scene = next(self._rehearsals, ("", None))
        if scene is not None:
            if name not in self._layers:
                self._drawn(name, scene)
            Clock.schedule_once(self._rehearse, 0)

    # --- keys ------------------------------------------------------------------------------------

    def key(self, name: str) -> KeyPad:
        """The touchable widget called ``name`` on the screen now."""
        return self.front.pads[name]

    def keys(self) -> tuple[str, ...]:
        """Names of the keys on the screen now."""
        return tuple(self.front.pads)

    # --- fingers ---------------------------------------------------------------------------------

    def on_touch_down(self, touch: MotionEvent) -> bool:
        """The first finger counts, a second one does not. What is too quick, the conductor's tap guard stops."""
        if self._finger is None:
            pad = self.front.pad_at(*touch.pos)
            self._finger = Finger(touch.uid, pad)
            if pad is not None:
                pad.press(True)
        return True

    def on_touch_move(self, touch: MotionEvent) -> bool:
        """Sliding off a key lets it go, sliding back takes it again."""
        finger = self._finger
        if finger is not None and finger.uid == touch.uid and finger.pad is not None:
            finger.pad.press(self._on(finger.pad, touch))
        return True

    def on_touch_up(self, touch: MotionEvent) -> bool:
        """A key acts when the finger lifts inside it; slid off, it does nothing."""
        finger = self._finger
        if finger is None or finger.uid != touch.uid:
            return True
        self._finger = None
        if finger.pad is None:
            self._act(Touched())
            return True
        finger.pad.press(False)
        if self._on(finger.pad, touch):
            self._act(finger.pad.key.event)
        return True

    def _on(self, pad: KeyPad, touch: MotionEvent) -> bool:
        shown = self.front.pads.get(pad.key.name) is pad
        return shown and bool(pad.collide_point(*touch.pos))
