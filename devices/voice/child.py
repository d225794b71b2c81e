"""A program that is given a few seconds, whatever it does.

A dead sound card can hold a program so that even a kill does not end it. Then it is left behind,
and nobody waits for it.
"""

from __future__ import annotations

import contextlib
import errno
import subprocess
import threading
from collections.abc import Sequence
from dataclasses import dataclass

LEAVE_S = 1.0
MOST_WORDS = 160


@dataclass(frozen=True, slots=True)
class Ended:
    """How a program ended. ``code`` None: it did not within its time; ``words``: its last line of complaint."""

    code: int | None
    output: bytes
    words: str


class Child:
    """One program at a time. ``stop`` may be called from any thread."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._stopped = False
        self._running: subprocess.Popen[bytes] | None = None

    @property
    def running(self) -> bool:
        """Whether a program is there, perhaps one that was killed and does not go."""
        return self._running is not None and self._running.poll() is None

    def run(self, command: Sequence[str], fed: bytes, *, deadline_s: float) -> Ended:
        """Run a program on these bytes. ``OSError`` if it cannot be started, or after :meth:`stop`."""
        with self._guard:
            if self._stopped:
                raise OSError(errno.ECANCELED, "it was closed")
            running = self._running = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
            )
        try:
            output, complaint = running.communicate(fed, timeout=deadline_s)
        except subprocess.TimeoutExpired:
            self._leave(running)
            return Ended(None, b"", f"it did not end within {deadline_s:.0f} s")
        words = complaint.decode("utf-8", "replace").strip().rpartition("\n")[2]
        return Ended(running.returncode, output, words[:MOST_WORDS])

    def stop(self) -> None:
        """Kill what runs, and start nothing any more; who waits for it is told that it failed."""
        with self._guard:
            self._stopped = True
            if self._running is not None:
                self._running.kill()

    def _leave(self, running: subprocess.Popen[bytes]) -> None:
        """Kill it and wait a moment for it, no longer."""
        running.kill()
        for pipe in (running.stdin, running.stdout, running.stderr):
            with contextlib.suppress(OSError, ValueError):
                if pipe is not None:
                    pipe.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            running.wait(LEAVE_S)
