"""The look at one screen: design tokens turned into pixels and colours of one panel.

Two measures meet here. The *design millimetre* scales the whole composition with the
panel, so that 27 inches look like 21.5 inches seen from nearer. The *true millimetre*
comes from the configured diagonal (never from what X11 says) and holds the floors:
no letter and no target gets smaller than hands and eyes can bear, however small the panel.
"""

from __future__ import annotations

import math
import tempfile
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from kiosk.look_files import tokens

MM_PER_INCH = 25.4
LIGHT, HIGH_CONTRAST = "light", "high_contrast"

_TOKENS = tokens()
_MM: dict[str, float] = {
    **_TOKENS["space_mm"], **_TOKENS["size_mm"], **_TOKENS["touch_mm"],
    **{f"radius_{name}": mm for name, mm in _TOKENS["radius_mm"].items()},
    **{f"border_{name}": mm for name, mm in _TOKENS["border_mm"].items()},
    "drop": _TOKENS["elevation"]["touchable_y_mm"], "drop_answer": _TOKENS["elevation"]["answer_y_mm"],
}  # fmt: skip
_TYPE_MM: dict[str, float] = {**_TOKENS["type_mm"], **_TOKENS["touch_type_mm"]}
_PANEL = _TOKENS["touch_panel"]


def colours(theme: str) -> dict[str, str]:
    """The colours of a theme by name, as ``#RRGGBB`` or ``#RRGGBBAA``."""
    loaded: dict[str, str] = _TOKENS["color"][theme]
    return loaded


@dataclass(frozen=True)
class Look:
    """A panel: its size in pixels, its diagonal in inches, and a folder for pre-rendered pictures."""

    width_px: int
    height_px: int
    diagonal_in: float
    cache: Path = field(default_factory=lambda: Path(tempfile.gettempdir()) / "than-thien-look")

    @cached_property
    def px_per_mm(self) -> float:
        """Pixels in a true millimetre of this panel."""
        return math.hypot(self.width_px, self.height_px) / (self.diagonal_in * MM_PER_INCH)

    @property
    def landscape(self) -> bool:
        """Whether the panel is wider than high."""
        return self.width_px > self.height_px

    @property
    def too_small(self) -> bool:
        """Whether the panel is smaller than any layout can serve at the least sizes."""
        return self.diagonal_in < float(_PANEL["least_diagonal_in"])

    @cached_property
    def unit(self) -> float:
        """Pixels in a design millimetre: the composition of the mocks fitted into this panel.

        Capped where the part that is touched would grow higher than an arm reaches.
        """
        width, height = float(_PANEL["width_mm"]), float(_PANEL["height_mm"])
        if self.landscape:
            width, height = height, width
        fitted = min(self.width_px / width, self.height_px / height)
        return fitted if self.landscape else min(fitted, self.reach / float(_PANEL["ground_mm"]))

    @property
    def reach(self) -> int:
        """How high above the lower edge an arm reaches, in pixels."""
        return round(float(_PANEL["reach_mm"]) * self.px_per_mm)

    def px(self, mm: float) -> int:
        """Design millimetres in whole pixels, at least one pixel of anything."""
        return max(1, round(mm * self.unit)) if mm else 0

    def size(self, name: str) -> int:
        """A measure of ``tokens.json`` (size, space, radius, border, touch) in pixels."""
        return self.px(_MM[name])

    def target(self, name: str) -> int:
        """A measure of something that is touched: never under the least target."""
        return max(self.size(name), math.ceil(_MM["target_min"] * self.px_per_mm))

    @cached_property
    def gap(self) -> int:
        """The distance between two targets: never under the least gap."""
        return max(self.size("tile_gap"), math.ceil(_MM["target_gap"] * self.px_per_mm))

    @cached_property
    def clear(self) -> int:
        """How far words keep from the drum face."""
        return max(self.size("motif_clear"), math.ceil(_MM["motif_clear"] * self.px_per_mm))

    @cached_property
    def margin(self) -> int:
        """From the screen's edge to what stands on it."""
        return self.size("screen_margin")

    def type_px(self, role: str, factor: float = 1.0) -> int:
        """The font size of a role in pixels, ``factor`` larger for "Chữ to"; never under the smallest capital."""
        least = _TYPE_MM["smallest"] * self.px_per_mm
        return round(max(_TYPE_MM[role] * self.unit, least) * factor)

    @property
    def least_type_px(self) -> int:
        """The smallest font size allowed on this panel."""
        return round(_TYPE_MM["smallest"] * self.px_per_mm)


MOTIF_OPACITY: dict[str, float] = _PANEL["motif_opacity"]
"""How strongly the drum face shows, by kind of screen."""

GROWTH: dict[str, float] = _PANEL["growth"]
"""How much "Chữ to" enlarges letters: text, titles (large already), and what may not grow."""

SHARES: dict[str, float] = _TOKENS["touch_share"]
"""Proportions of a part to the whole it stands in."""
