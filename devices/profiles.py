"""What a printer can do, as data: one line a kind of printer.

``auto`` is the 80 mm printer whose optional abilities are asked of the printer itself
when the link opens. A name that says more promises more, and is not asked.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Profile:
    """A kind of printer.

    ``dots``: printable width; ``dpi``: dots an inch along the paper; ``speed_mm_s``: the
    slowest it is known to print; ``cutter``: whether it cuts; ``native_qr``: knows ``GS ( k``;
    ``own_letters``: knows ``ESC &``; ``echoes``: answers ``GS ( H`` (None: ask at opening);
    ``clears``: knows ``DLE DC4 8``, which empties its buffer.
    """

    name: str
    dots: int
    dpi: int = 203
    speed_mm_s: int = 80
    cutter: bool = True
    native_qr: bool = True
    own_letters: bool = True
    echoes: bool | None = None
    clears: bool = False

    def dots_of(self, millimetres: float) -> int:
        """Rows of dots in so many millimetres of paper."""
        return round(millimetres * self.dpi / 25.4)

    def seconds_for(self, rows: int) -> float:
        """How long so many rows of dots take to print."""
        return rows * 25.4 / self.dpi / self.speed_mm_s


PROFILES = {
    profile.name: profile
    for profile in (
        Profile("auto", dots=576),
        Profile("80mm", dots=576),
        Profile("58mm", dots=384, cutter=False, speed_mm_s=50),
        Profile("58mm-cutter", dots=384, speed_mm_s=50),
        Profile("80mm-180dpi", dots=512, dpi=180),
        Profile("epson-80mm", dots=576, speed_mm_s=150, echoes=True, clears=True),
        Profile("epson-58mm", dots=384, speed_mm_s=150, echoes=True, clears=True),
    )
}
"""Every known kind of printer, by the name used in ``[printer] profile``."""


def find_profile_fault(name: str) -> str | None:
    """One sentence about what is wrong with a profile's name, or nothing."""
    return None if name in PROFILES else f"{name!r} is no printer profile; there are {', '.join(PROFILES)}"
