"""Layers: one kept widget a kind of screen, changed only where a drawing differs."""

from __future__ import annotations

from kivy.graphics import InstructionGroup
from kivy.uix.widget import Widget

from screens.touch.drawing import Drawing, Item, Key
from screens.touch.easel import Easel
from screens.touch.look import Look


class Painted:
    """A run of items on a canvas. ``set`` repaints the items that differ, and no other."""

    def __init__(self, canvas: InstructionGroup) -> None:
        self._canvas = canvas
        self._groups: list[InstructionGroup] = []
        self._items: tuple[Item, ...] = ()
        self._theme = ""

    def set(self, items: tuple[Item, ...], easel: Easel) -> None:
        """Show these items."""
        while len(self._groups) > len(items):
            self._canvas.remove(self._groups.pop())
        same_theme = easel.theme == self._theme
        for place, item in enumerate(items):
            if place == len(self._groups):
                self._groups.append(InstructionGroup())
                self._canvas.add(self._groups[place])
            elif same_theme and self._items[place] == item:
                continue
            self._groups[place].clear()
            easel.draw(self._groups[place], item)
        self._items, self._theme = items, easel.theme


class KeyPad(Widget):
    """What one key looks like and where it is; the stage decides what a finger on it means."""

    def __init__(self) -> None:
        super().__init__(size_hint=(None, None))
        self._painted = Painted(self.canvas)
        self.key: Key
        self._easel: Easel
        self._pressed = False

    def set(self, key: Key, easel: Easel) -> None:
        """Show this key."""
        self.key, self._easel = key, easel
        place = easel.place(key.box)
        self.pos, self.size = place["pos"], place["size"]
        self.press(self._pressed)

    def press(self, pressed: bool) -> None:
        """Look pressed, or at rest."""
        self._pressed = pressed
        self._painted.set(self.key.pressed if pressed else self.key.rest, self._easel)


class Layer(Widget):
    """One screen."""

    def __init__(self, look: Look) -> None:
        super().__init__(size_hint=(None, None), size=(look.width_px, look.height_px))
        self._look = look
        self._easels: dict[str, Easel] = {}
        self._painted = Painted(self.canvas.before)
        self.pads: dict[str, KeyPad] = {}
        self.drawing: Drawing | None = None

    def set(self, drawing: Drawing) -> None:
        """Show this drawing."""
        if drawing == self.drawing:
            return
        easel = self._easels.setdefault(drawing.theme, Easel(self._look, drawing.theme))
        self._painted.set(drawing.items, easel)
        wanted = {key.name: key for key in drawing.keys}
        for name in [name for name in self.pads if name not in wanted]:
            self.remove_widget(self.pads.pop(name))
        for name, key in wanted.items():
            if name not in self.pads:
                self.pads[name] = KeyPad()
                self.add_widget(self.pads[name])
            self.pads[name].set(key, easel)
        self.drawing = drawing

    def pad_at(self, x: float, y: float) -> KeyPad | None:
        """The key under a finger."""
        for pad in self.pads.values():
            if pad.collide_point(x, y):
                return pad
        return None
