"""The rich layout: every element a picture, for links that carry 25 kB in no time.

Elements are drawn on paper-wide pictures, stacked, and cut to their ink on the way out.
Each element's bytes are kept, so that what tickets share (the head, the service, the
courtesies) is drawn once a day and the first bytes of a ticket are there at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from devices.slips import commands
from devices.slips.drawing import Drawing
from devices.slips.ink import Picture, blank
from devices.slips.narrow import NarrowDrawing
from kiosk.slip import Element, Slip

NARROW_BELOW = 480
"""Paper of fewer dots than this is drawn one thing below the other."""


class RichLayout:
    """Draws slips as pictures on paper of so many dots."""

    def __init__(self, dots: int) -> None:
        drawing = NarrowDrawing(dots) if dots < NARROW_BELOW else Drawing(dots)
        self._dots = dots
        self._chosen = drawing.chosen
        self._drawn: Callable[[Element], Picture] = lru_cache(maxsize=256)(drawing.draw)
        self._bytes: Callable[[Element], bytes] = lru_cache(maxsize=256)(self._compose)

    def lessons(self) -> bytes:
        """Nothing: every slip brings its own pictures."""
        return b""

    def pieces(self, slip: Slip) -> Iterator[bytes]:
        """One piece an element."""
        opening = commands.start()
        for element in self._chosen(slip.elements):
            yield opening + self._bytes(element)
            opening = b""

    def rows(self, slip: Slip) -> int:
        """Rows of dots from the first element to the last."""
        return sum(self._drawn(element).height for element in self._chosen(slip.elements))

    def picture(self, slip: Slip) -> Picture:
        """The whole slip as one picture."""
        return stacked([self._drawn(element) for element in self._chosen(slip.elements)], self._dots)

    def _compose(self, element: Element) -> bytes:
        return commands.picture(self._drawn(element), self._dots)


def stacked(pictures: Sequence[Picture], width: int) -> Picture:
    """Pictures one below the other."""
    whole = blank(width, max(1, sum(picture.height for picture in pictures)))
    top = 0
    for picture in pictures:
        whole.paste(picture, (0, top))
        top += picture.height
    return whole
