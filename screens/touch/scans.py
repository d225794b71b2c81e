"""What was held under the scanner, told to the conductor. Nothing of an identity card is kept."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.scans import ScanKind, read_scan
from kiosk.visit_events import Event, IdentityCardScanned, UnknownScan
from kiosk.visit_lobby_events import AppointmentScanned


class Scans:
    """Takes whole scans from any thread: a ballot is looked up at the desk, the rest is told at once."""

    def __init__(self, *, look_up: Callable[[bytes], None], tell: Callable[[Event], None]) -> None:
        self._look_up = look_up
        self._tell = tell

    def take(self, text: str) -> None:
        """One scan, as it was read."""
        scan = read_scan(text)
        if scan.ballot is not None:
            self._look_up(scan.ballot)
        elif scan.kind is ScanKind.APPOINTMENT:
            self._tell(AppointmentScanned(scan.code))
        elif scan.kind is ScanKind.IDENTITY_CARD:
            self._tell(IdentityCardScanned())
        else:
            self._tell(UnknownScan())
