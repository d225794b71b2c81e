"""What can be wrong with a printer, as switches of the virtual one."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Faults:
    """Every switch is off at first.

    ``paper_out_after``: slips it still cuts before the roll ends; ``paper_rows_left``:
    rows of dots before the roll ends in the middle; ``silent``: never answers;
    ``no_echo``: does not know ``GS ( H``; ``strays``: sends 06, 15 and an ASB block of
    its own accord before each answer.
    """

    paper_out: bool = False
    near_end: bool = False
    cover_open: bool = False
    offline: bool = False
    cutter_stuck: bool = False
    head_hot: bool = False
    silent: bool = False
    no_echo: bool = False
    strays: bool = False
    paper_out_after: int | None = None
    paper_rows_left: int | None = None

    @property
    def stops(self) -> bool:
        """Whether the printer prints nothing now and keeps what it is sent."""
        return self.paper_out or self.cover_open or self.offline or self.cutter_stuck or self.head_hot

    def printer_byte(self) -> int:
        """Answer to DLE EOT 1."""
        return 0x12 | (0x08 if self.stops else 0)

    def offline_byte(self) -> int:
        """Answer to DLE EOT 2."""
        error = self.cutter_stuck or self.head_hot
        return 0x12 | (0x04 if self.cover_open else 0) | (0x20 if self.paper_out else 0) | (0x40 if error else 0)

    def error_byte(self) -> int:
        """Answer to DLE EOT 3."""
        return 0x12 | (0x08 if self.cutter_stuck else 0) | (0x40 if self.head_hot else 0)

    def paper_byte(self) -> int:
        """Answer to DLE EOT 4."""
        return 0x12 | (0x0C if self.near_end or self.paper_out else 0) | (0x60 if self.paper_out else 0)

    def paper_in_order_byte(self) -> int:
        """Answer to GS r 1."""
        return (0x03 if self.near_end or self.paper_out else 0) | (0x0C if self.paper_out else 0)

    def automatic_block(self) -> bytes:
        """The four bytes a printer sends of its own accord."""
        first = 0x10 | (0x08 if self.stops else 0) | (0x20 if self.cover_open else 0)
        return bytes((first, self.error_byte() & 0x48, self.paper_in_order_byte(), 0))
