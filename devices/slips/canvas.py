"""Paper to draw one element on: as wide as the printer prints, as high as the element needs."""

from __future__ import annotations

from PIL import Image

from devices.slips.ink import Face, Picture, base_line, line_of_text, width_of


class Canvas:
    """Bare paper; what is put on it adds ink and takes none away. Measures in dots, from the upper left."""

    def __init__(self, width: int, height: int) -> None:
        self.picture: Picture = Image.new("1", (width, height), 0)

    def put(self, picture: Picture, *, left: int, top: int) -> None:
        """Add a picture's ink."""
        self.picture.paste(255, (left, top), picture)

    def write(self, text: str, face: Face, *, left: int, base: int) -> None:
        """Write one line with its left edge and its base line given."""
        self.put(line_of_text(text, face), left=left, top=base - base_line(face))

    def write_centred(self, text: str, face: Face, *, middle: int, base: int) -> None:
        """Write one line around a vertical axis."""
        self.write(text, face, left=middle - width_of(text, face) // 2, base=base)

    def write_to(self, text: str, face: Face, *, right: int, base: int) -> None:
        """Write one line that ends at ``right``."""
        self.write(text, face, left=right - width_of(text, face), base=base)
