"""The notices of today, read again when somebody changed their file: a notice must not wait for a restart."""

from __future__ import annotations

import logging
import threading
from datetime import date
from pathlib import Path

from kiosk.catalogue import BUILT_IN
from kiosk.notices import NOTICES, Notice, on_day, read_notices

log = logging.getLogger(__name__)
Stamp = tuple[int, int]


class NoticeBoard:
    """Notices of a catalogue folder. With a faulty file the last right ones stay. Safe from any thread."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._path = (folder or BUILT_IN) / NOTICES
        self._lock = threading.Lock()
        self._stamp: Stamp | None = None
        self._notices: tuple[Notice, ...] = ()

    def on(self, day: date) -> tuple[Notice, ...]:
        """The notices of a business day."""
        with self._lock:
            stamp = self._changed()
            if stamp != self._stamp:
                self._stamp = stamp
                self._read()
            return on_day(self._notices, day)

    def _changed(self) -> Stamp:
        try:
            told = self._path.stat()
        except OSError:
            return (0, 0)
        return (told.st_mtime_ns, told.st_size)

    def _read(self) -> None:
        reading = read_notices(self._folder)
        for problem in reading.problems:
            log.warning("%s", problem.text())
        if not reading.problems:
            self._notices = reading.notices
