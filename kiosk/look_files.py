"""Where the look is kept: tokens, fonts, icons, faces and the motif, as files of this package.

Drawn by others from here (touch screens, pages, slips), so that there is one source.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

LOOK = Path(__file__).parent / "look"


@cache
def tokens() -> dict[str, Any]:
    """The design tokens: colours as hex, sizes in millimetres, times in seconds."""
    loaded: dict[str, Any] = json.loads((LOOK / "tokens.json").read_text(encoding="utf-8"))
    return loaded


def font(weight: str) -> Path:
    """The TTF of Source Sans Pro in "Regular", "Semibold", "Bold" or "Black"."""
    return LOOK / "fonts" / f"SourceSansPro-{weight}.ttf"


def icon(name: str) -> Path:
    """The SVG of an icon (``currentColor``), like "stamp"."""
    return LOOK / "icons" / f"{name}.svg"


def face(name: str) -> Path:
    """The SVG of a face: "satisfied", "neutral", "dissatisfied", "very_satisfied", "very_dissatisfied"."""
    return LOOK / "faces" / f"{name}.svg"
