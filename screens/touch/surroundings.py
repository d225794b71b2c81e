"""What a touch screen has around it once it stands: the way to the office, and a serial scanner.

Their libraries are loaded by name, in a thread, after the first frame: a citizen's first
screen does not wait for them, and the kiosk works without them.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from kiosk.clock import Clock
from kiosk.settings import Settings
from kiosk.trouble import Trouble
from screens.touch.office_way import OfficeWay
from screens.touch.scans import Scans

JOIN_S = 0.5
"""How long each of them may take to end: all of a kiosk's end has to fit into what its supervisor grants."""

logger = logging.getLogger(__name__)


class LateParts:
    """Starts what may come late, and ends it."""

    def __init__(self, settings: Settings, data: Path, *, clock: Clock, scans: Scans, office: OfficeWay) -> None:
        self._settings = settings
        self._data = data
        self._clock = clock
        self._scans = scans
        self._office = office
        self._ends: list[Callable[[], None]] = []
        self._thread = threading.Thread(target=self._start_all, name="late parts", daemon=True)

    def start(self) -> None:
        """Begin to load and start; returns at once."""
        self._thread.start()

    def close(self) -> None:
        """End what was started."""
        if self._thread.ident is not None:
            self._thread.join(JOIN_S)
        for end in reversed(self._ends):
            end()
        self._office.close()

    def _start_all(self) -> None:
        for start in (self._start_office, self._start_scanner):
            try:
                start()
            except Trouble as trouble:
                logger.warning("%s", trouble)
            except Exception:
                logger.exception("a part could not be started")

    def _start_office(self) -> None:
        self._office.start(within_s=JOIN_S)

    def _start_scanner(self) -> None:
        address = self._settings.scanner.address
        if address is None:
            return
        choose = import_module("devices.choose")
        meant = import_module("devices.address").parse(address)
        profile = choose.profile_named("auto")
        wire = choose.wire_at(meant, profile=profile, data_folder=self._data, clock=self._clock)
        scanner = import_module("devices.scanner").SerialScanner(wire, self._scans.take)
        scanner.start()
        self._ends.append(scanner.close)
