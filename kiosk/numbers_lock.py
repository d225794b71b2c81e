"""Who may take from the shared series right now: one process of the office's machine at a time."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kiosk.book_file import storage_trouble

LOCK = Path("office") / "numbers.lock"
STEP_S = 0.0005


class NumbersLock:
    """``DATA/office/numbers.lock``, held from the look at the books until the fact is on the disk.

    The kernel lets go of it with the process, however that dies.
    """

    def __init__(self, data: Path) -> None:
        self._path = data / LOCK
        self._handle = -1

    def take(self, within_s: float) -> bool:
        """Take it; False if another process did not let go of it in time. Raises ``MachineTrouble`` M-201, M-202."""
        with storage_trouble(self._path):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            handle = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        end = time.monotonic() + within_s
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() >= end:
                    os.close(handle)
                    return False
                time.sleep(STEP_S)
            else:
                self._handle = handle
                return True

    def release(self) -> None:
        """Let go; harmless when repeated."""
        handle, self._handle = self._handle, -1
        if handle >= 0:
            os.close(handle)

    @contextmanager
    def held(self, within_s: float) -> Iterator[bool]:
        """Hold it for a block; False inside if it could not be had in time."""
        ours = self.take(within_s)
        try:
            yield ours
        finally:
            self.release()
