"""Printers behind a device file (``/dev/usb/lp0``), and anything else that can be written like one."""

from __future__ import annotations

import contextlib
import fcntl
import os
import stat
import time
from pathlib import Path

from devices.wire import ABSENT, TAKEN, WireTrouble
from devices.wires.descriptor import read_some, send_all

PAUSE_S = 0.02


class FileWire:
    """A device file, opened to read as well where it can be.

    A file that is not there is not made: a misspelt device would otherwise become a
    file that swallows every slip. A pipe nobody reads is absent, not a wait for ever.
    """

    reply_s = 0.3
    bytes_per_s: float | None = None

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor: int | None = None
        self.can_read = False
        self.name = f"file://{path}"

    @property
    def is_open(self) -> bool:
        """Whether the file is open."""
        return self._descriptor is not None

    def open(self, deadline_s: float) -> None:
        """Open the file and lock it against a second program."""
        self.close()
        try:
            self._descriptor, self.can_read = self._opened()
        except OSError as error:
            code = TAKEN if error.errno == 16 else ABSENT
            raise WireTrouble(code, detail=f"{self.name}: {error.strerror}") from None
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            self.close()
            raise WireTrouble(TAKEN, detail=self.name) from None

    def _opened(self) -> tuple[int, bool]:
        """The descriptor, and whether answers can be read from it: only a device both takes and gives."""
        if stat.S_ISCHR(os.stat(self._path).st_mode):
            with contextlib.suppress(PermissionError):
                return os.open(self._path, os.O_RDWR | os.O_NONBLOCK | os.O_NOCTTY), True
        return os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_NONBLOCK | os.O_NOCTTY), False

    def send(self, data: bytes, deadline_s: float) -> None:
        """Write all bytes."""
        send_all(self._opened_one(), data, deadline_s=deadline_s, name=self.name)

    def read(self, deadline_s: float) -> bytes:
        """What the device says; a device that says "end of file" merely has nothing to say yet."""
        end = time.monotonic() + deadline_s
        while True:
            left = end - time.monotonic()
            data = read_some(self._opened_one(), deadline_s=left, name=self.name) if self.can_read else None
            if data is not None or left <= 0:
                return data or b""
            time.sleep(min(PAUSE_S, left))

    def close(self) -> None:
        """Close the file."""
        if self._descriptor is not None:
            with contextlib.suppress(OSError):
                os.close(self._descriptor)
            self._descriptor = None

    def _opened_one(self) -> int:
        if self._descriptor is None:
            raise WireTrouble(ABSENT, detail=self.name)
        return self._descriptor
