"""Every dress of every screen: language, orientation, size of letters, contrast; and other panels."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product

from kiosk.words import LANGUAGES
from screens.touch.drawing import Drawing
from screens.touch.look import Look
from screens.touch.repertoire import draw, overlays_of, screen_of
from screens.touch.samples import SAMPLES, sample

PORTRAIT, LANDSCAPE = (1080, 1920), (1920, 1080)
REFERENCE_IN = 21.5
OTHER_PANELS = ((1080, 1920, 15.6), (1920, 1080, 15.6), (1080, 1920, 18.5), (1080, 1920, 27), (2160, 3840, 32),
                (1080, 1920, 43), (1200, 1920, 23), (1280, 1024, 19), (1366, 768, 18.5))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Dress:
    """One screen as somebody sees it. ``panel``: width and height in pixels, diagonal in inches."""

    name: str
    language: str
    panel: tuple[int, int, float]
    big_text: bool = False
    contrast: bool = False

    def __str__(self) -> str:
        width, height, inches = self.panel
        worn = [f"{self.name}-{self.language}-{width}x{height}-{inches:g}in"]
        return "-".join(worn + ["big"] * self.big_text + ["contrast"] * self.contrast)


def every_dress() -> Iterator[Dress]:
    """All of them on the reference panel, upright and across."""
    shapes = ((*PORTRAIT, REFERENCE_IN), (*LANDSCAPE, REFERENCE_IN))
    for name, language, panel, big, contrast in product(SAMPLES, LANGUAGES, shapes, (False, True), (False, True)):
        yield Dress(name, language, panel, big, contrast)


def other_panels() -> Iterator[Dress]:
    """All screens on smaller, larger and squarer panels."""
    for name, language, panel, big in product(SAMPLES, LANGUAGES, OTHER_PANELS, (False, True)):
        yield Dress(name, language, panel, big)


def look_of(dress: Dress) -> Look:
    """The panel of a dress."""
    return Look(*dress.panel)


@cache
def layers(dress: Dress) -> tuple[tuple[str, Drawing], ...]:
    """What is shown: the screen, and above it its dialog or toast."""
    look = look_of(dress)
    scene = sample(dress.name, dress.language, big_text=dress.big_text, contrast=dress.contrast)
    names = (screen_of(look, scene), *overlays_of(scene))
    return tuple((name, draw(name, look, scene)) for name in names)


def front(dress: Dress) -> Drawing:
    """The drawing that answers to a finger."""
    return [drawing for name, drawing in layers(dress) if name != "toast"][-1]
