"""Pictures: icons, faces, motif and card shapes, drawn once from SVG and kept as PNG.

Kivy's own SVG is slow and partial, so resvg draws each picture once per size and colour
into a cache folder; the next start finds them there. A card's body, edge and flat shadow
are one picture too, stretched as nine patches: that is cheaper than drawing them apart
and its edge is exact.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import resvg_py

from kiosk.look_files import LOOK

SVG = "http://www.w3.org/2000/svg"
FACES = frozenset({"satisfied", "neutral", "dissatisfied", "very_satisfied", "very_dissatisfied"})
_FACE_INKS = (("#FBE6B4", 0), ("#22302D", 1), ("#C79A3E", 2))
_MARKS = {
    "check": '<circle cx="60" cy="60" r="46" fill="{1}"/>'
    '<path d="M39 61l15 15 28-30" fill="none" stroke="{0}" stroke-width="10.5"/>',
    "cross": '<circle cx="60" cy="60" r="46" fill="{1}"/>'
    '<path d="M45 45l30 30M75 45l-30 30" fill="none" stroke="{0}" stroke-width="10.5"/>',
    "half": '<circle cx="60" cy="60" r="43" fill="{0}" stroke="{1}" stroke-width="6"/>'
    '<path d="M60 14a46 46 0 0 0 0 92z" fill="{1}"/>',
    "dash": '<circle cx="60" cy="60" r="43" fill="{0}" stroke="{1}" stroke-width="6"/>'
    '<path d="M41 60h38" fill="none" stroke="{1}" stroke-width="10"/>',
}
"""Pictures of the answers of a criterion, in the same ring: equal weight for each."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A card: corner radius, edge and flat shadow in pixels; colours as hex, "" for none."""

    radius: int
    fill: str
    edge: str = ""
    edge_px: int = 0
    drop: int = 0
    drop_fill: str = ""


@dataclass(frozen=True)
class Pictures:
    """The folder of pre-rendered pictures. ``folder`` is made when the first one is drawn."""

    folder: Path

    def drawn(self, name: str, inks: tuple[str, ...], width: int, height: int) -> Path:
        """The PNG of a picture at ``width`` x ``height`` pixels in these colours.

        ``name``: an icon ("stamp"), a face, an answer's mark ("mark:yes"), "motif", "logo",
        or "band" (linked circles over the whole width).
        """
        source = _source(name, inks, width, height)
        return self._kept(name.replace(":", "-"), source, width, height)

    def shape(self, shape: Shape) -> Path:
        """A card's nine-patch: corners as they are, two pixels between them to stretch."""
        side = 2 * shape.radius + 4
        return self.disc(shape, side, side)

    def disc(self, shape: Shape, width: int, height: int) -> Path:
        """A card drawn whole, for those too small to stretch."""
        inset = shape.edge_px / 2
        body = (
            f'<rect x="{inset}" y="{inset}" width="{width - shape.edge_px}" height="{height - shape.edge_px}" '
            f'rx="{max(0, shape.radius - inset)}"'
        )
        edge = f' stroke="{shape.edge}" stroke-width="{shape.edge_px}"' if shape.edge_px else ""
        drop = (
            f'<rect y="{shape.drop}" width="{width}" height="{height}" rx="{shape.radius}" fill="{shape.drop_fill}"/>'
            if shape.drop
            else ""
        )
        fill = shape.fill or "none"
        source = (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height + shape.drop}">'
            f'{drop}{body} fill="{fill}"{edge}/></svg>'
        )
        return self._kept("shape", source, width, height + shape.drop)

    def _kept(self, name: str, source: str, width: int, height: int) -> Path:
        digest = hashlib.sha256(f"{width}x{height}{source}".encode()).hexdigest()[:16]
        path = self.folder / f"{name}-{digest}.png"
        if not path.exists():
            self.folder.mkdir(parents=True, exist_ok=True)
            half = path.with_suffix(f".{os.getpid()}.part")
            half.write_bytes(resvg_py.svg_to_bytes(svg_string=source, width=width, height=height))
            half.replace(path)
        return path


def _source(name: str, inks: tuple[str, ...], width: int, height: int) -> str:
    if name == "band":
        return _band(inks[0], width, height)
    if name.startswith("mark:"):
        mark = _MARKS[name.removeprefix("mark:")].format(*inks)
        head = f'<svg xmlns="{SVG}" viewBox="0 0 120 120" stroke-linecap="round" stroke-linejoin="round">'
        return f'{head}<circle cx="60" cy="60" r="58.7" fill="none" stroke="{inks[2]}" stroke-width="2.5"/>{mark}</svg>'
    text = _svg(name)
    if name in FACES:
        for known, place in _FACE_INKS:
            text = text.replace(known, inks[place])
    elif name == "motif":
        text = text.replace('color="#C79A3E"', f'color="{inks[0]}"')
    return text.replace("currentColor", inks[0]) if name != "motif" else text


@cache
def _svg(name: str) -> str:
    folder = "faces" if name in FACES else "" if name in {"motif", "logo"} else "icons"
    return (LOOK / folder / f"{name}.svg").read_text(encoding="utf-8")


def _band(ink: str, width: int, height: int) -> str:
    """Linked circles over ``width`` pixels: the tile of ``motif_band.svg`` set side by side."""
    tile = (LOOK / "motif_band.svg").read_text(encoding="utf-8")
    inside = tile[tile.index("</title>") + len("</title>") : tile.rindex("</svg>")]
    scale = height / 28
    places = "".join(
        f'<svg x="{32 * place}" width="32" height="28" viewBox="0 0 32 28">{inside}</svg>'
        for place in range(round(width / scale / 32) + 1)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width / scale:.2f} 28" color="{ink}" fill="none" '
        f'stroke="currentColor" stroke-width="2.2" stroke-linecap="round">{places}</svg>'
    )
