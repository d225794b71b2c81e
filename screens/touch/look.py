"""The look at one screen: design tokens turned into pixels and colours of one panel.

Millimetres come from the configured diagonal, never from what X11 says of the panel.
"""

from __future__ import annotations

import math
import tempfile
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

MM_PER_INCH = 25.4


@dataclass(frozen=True)
class Look:
    """A panel: its size in pixels, its diagonal in inches, and a folder for pre-rendered pictures."""

    width_px: int
    height_px: int
    diagonal_in: float
    cache: Path = field(default_factory=lambda: Path(tempfile.gettempdir()) / "than-thien-look")

    @cached_property
    def px_per_mm(self) -> float:
        """Pixels in a millimetre of this panel."""
        return math.hypot(self.width_px, self.height_px) / (self.diagonal_in * MM_PER_INCH)

    @property
    def landscape(self) -> bool:
        """Whether the panel is wider than high."""
        return self.width_px > self.height_px
