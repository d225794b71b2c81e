"""A layout: how a slip's elements become a printer's bytes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from kiosk.slip import Slip


class Layout(Protocol):
    """One way to draw slips.

    What a printer is taught once after it is switched on (``lessons``) is kept apart from
    what goes out with every slip (``pieces``): a layout that teaches letters or pictures
    ahead sends less with each ticket, and nobody else has to know.
    """

    def lessons(self) -> bytes:
        """What the printer must hold before the first slip; empty where each slip brings all it needs."""

    def pieces(self, slip: Slip) -> Iterator[bytes]:
        """The slip's bytes in order, without its cut; the first piece comes as soon as it is known."""

    def rows(self, slip: Slip) -> int:
        """About how many rows of dots of paper the slip takes."""
