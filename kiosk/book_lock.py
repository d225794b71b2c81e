"""One writer a book: a lock beside the file that dies with its process."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from types import TracebackType

from kiosk.trouble import JournalTrouble, MachineTrouble


class BookLock:
    """Holds ``<book>.lock`` while it lives; the kernel lets go of it even after kill -9."""

    def __init__(self, book: Path) -> None:
        """Take the lock at once; raises ``JournalTrouble`` J-105 if another process holds it."""
        path = book.with_name(book.name + ".lock")
        try:
            self._handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as problem:
            raise MachineTrouble("M-202", detail=f"{path}: {problem.strerror}") from None
        try:
            fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(self._handle)
            raise JournalTrouble("J-105", detail=str(book)) from None

    def release(self) -> None:
        """Let go; harmless when repeated."""
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1

    def __enter__(self) -> BookLock:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()
