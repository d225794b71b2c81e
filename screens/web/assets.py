"""Files that pages load: from this office alone, named by their content, kept by the browser for a year.

The address of every file holds a hash over all of them, so a new version has new addresses
and nothing old is ever shown. Style sheets get the design tokens put before them.
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any

from kiosk.look_files import LOOK, tokens

STATIC = Path(__file__).parent / "static"
HASH_LETTERS = 16
TYPES = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
    ".txt": "text/plain",
}
PACKED = frozenset({".css", ".js", ".svg", ".txt"})
PICTURES = ("logo.svg", "motif.svg", "motif_band.svg")


@dataclass(frozen=True, slots=True)
class Asset:
    """One file: its bytes, the same packed with gzip (or None), and its media type."""

    body: bytes
    packed: bytes | None
    media_type: str


@dataclass(frozen=True, slots=True)
class Assets:
    """All files under one hash."""

    hash: str
    files: Mapping[str, Asset]

    def address(self, name: str) -> str:
        """Where a page finds the file of that name; ``KeyError`` if there is none."""
        if name not in self.files:
            raise KeyError(name)
        return f"/static/{self.hash}/{name}"


@cache
def assets() -> Assets:
    """The files of this version."""
    bodies = dict(_bodies())
    digest = hashlib.sha256()
    for name in sorted(bodies):
        digest.update(name.encode() + b"\0" + hashlib.sha256(bodies[name]).digest())
    return Assets(digest.hexdigest()[:HASH_LETTERS], {name: _asset(name, body) for name, body in bodies.items()})


def _bodies() -> Iterator[tuple[str, bytes]]:
    for path in sorted(STATIC.rglob("*")):
        if path.is_file() and path.suffix in TYPES:
            body = path.read_bytes()
            yield path.relative_to(STATIC).as_posix(), _variables() + body if path.suffix == ".css" else body
    for name in PICTURES:
        yield name, (LOOK / name).read_bytes()


def _asset(name: str, body: bytes) -> Asset:
    suffix = PurePosixPath(name).suffix
    packed = gzip.compress(body, 9, mtime=0) if suffix in PACKED else None
    return Asset(body, packed, TYPES[suffix])


@cache
def _variables() -> bytes:
    """The tokens as CSS variables: light, dark by the device's wish, and either by the person's."""
    color = tokens()["color"]
    light = _declared(color["light"]) + _charted(color["chart"], "")
    dark = _declared(color["dark_pages_only"]) + _charted(color["chart"], "_dark")
    return (
        f":root{{color-scheme:light;{light}}}\n"
        f"@media screen and (prefers-color-scheme:dark){{:root:not([data-look=light]){{color-scheme:dark;{dark}}}}}\n"
        f"@media screen{{:root[data-look=dark]{{color-scheme:dark;{dark}}}}}\n"
    ).encode()


def _declared(colors: Mapping[str, str]) -> str:
    return "".join(f"--{name.replace('_', '-')}:{value};" for name, value in colors.items())


def _charted(chart: Mapping[str, Any], ending: str) -> str:
    """Chart colours of a theme; the silent band of the dark one is the sunk ground with its own dots."""

    def pick(name: str) -> Any:
        return chart.get(f"{name}{ending}", chart[name])

    dark = ending != ""
    made = {
        "satisfied": pick("satisfied"),
        "neutral": pick("neutral")[0],
        "neutral-line": pick("neutral")[1],
        "dissatisfied": pick("dissatisfied")[0],
        "dissatisfied-line": pick("dissatisfied")[1],
        "interval": pick("interval"),
        "silent": "var(--sunk)" if dark else chart["silent_fill"],
        "silent-dot": "var(--line2)" if dark else chart["silent_dot"],
        "few": "#55625E" if dark else chart["too_few"][0],
        "few-mark": "#A8B5B0" if dark else chart["too_few"][1],
        "mark": "var(--action)",
    }
    return "".join(f"--chart-{name}:{value};" for name, value in made.items())
