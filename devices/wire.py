"""A wire: the way bytes take to a device and back, whatever it is made of.

Every call returns within its deadline. "Sent" means that the wire took the bytes, not
that the device did; only the device's own answer says that.
"""

from __future__ import annotations

from typing import Protocol

from kiosk.trouble import PrinterTrouble

ABSENT, LOST, STUCK, TAKEN = "P-103", "P-104", "P-107", "P-111"


class WireTrouble(PrinterTrouble):
    """The wire failed.

    ``sent``: how many bytes of the failed call were taken. ``harmless``: it is certain
    that nothing of it reached paper, whatever was taken before.
    """

    def __init__(self, code: str, *, detail: str = "", sent: int = 0, harmless: bool = False) -> None:
        super().__init__(code, detail=detail)
        self.sent = sent
        self.harmless = harmless


class Wire(Protocol):
    """A link to one device. Deadlines are seconds from the call."""

    @property
    def name(self) -> str:
        """The address, as a person wrote it."""

    @property
    def can_read(self) -> bool:
        """Whether the device's answers come back; known once the wire is open."""

    @property
    def reply_s(self) -> float:
        """How long an answer may take."""

    @property
    def bytes_per_s(self) -> float | None:
        """How fast the link is, where that is known and matters."""

    @property
    def is_open(self) -> bool:
        """Whether the wire is open, as far as it knows."""

    def open(self, deadline_s: float) -> None:
        """Open the wire; ``WireTrouble`` if that fails."""

    def send(self, data: bytes, deadline_s: float) -> None:
        """Hand over all bytes; ``WireTrouble`` with ``sent`` if not all were taken."""

    def read(self, deadline_s: float) -> bytes:
        """The bytes that are there, or the first to come; ``b""`` once the deadline has passed.

        ``WireTrouble`` if the link has ended.
        """

    def close(self) -> None:
        """Let go; closing twice does nothing."""
