"""A QR code as a picture that stands in the page itself, for phones that show it and paper that carries it."""

from __future__ import annotations

from functools import lru_cache

import segno


@lru_cache(maxsize=64)
def qr_picture(content: str) -> str:
    """The code with its quiet zone as a ``data:`` address of an SVG; error correction M."""
    made = segno.make(content, error="m", micro=False, boost_error=False)
    return made.svg_data_uri(border=4, dark="#000", light="#fff", omitsize=True)
