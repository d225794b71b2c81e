"""The supervisor: starts the parts of the kiosk in order, starts again what falls, ends it all.

A part that ends with exit code 2 was told something wrong by a person; starting it again
would not help, so everything ends with that code. Any other end is a crash: the part comes
back after 1, 2, 5, then 10 seconds. Parts live in process groups of their own, so that
Ctrl-C reaches only the supervisor, which ends them in reverse order; and they die with it
even on kill -9 (``PR_SET_PDEATHSIG``).
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from kiosk.clock import Clock

BACKOFF_S = (1.0, 2.0, 5.0, 10.0)
STEADY_S = 60.0
"""A part that has lived this long is forgiven its earlier falls."""
STOP_S = 4.0
WRONG_INPUT = 2
_PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None, use_errno=True)


@dataclass
class Part:
    """One process of the kiosk: what it is called, how it is started, and how often it fell."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    falls: int = 0
    due_at: float = 0.0


class Supervisor:
    """Runs parts until it is stopped. ``stop()`` may be called from a signal handler."""

    def __init__(self, parts: Sequence[Part], clock: Clock) -> None:
        self._parts = parts
        self._clock = clock
        self._stopped = threading.Event()

    def stop(self) -> None:
        """Ask ``run`` to end everything."""
        self._stopped.set()

    def run(self) -> int:
        """Start every part, keep them up, return the exit code once all have ended."""
        code = 0
        try:
            while not self._stopped.wait(0.1):
                code = self._look_after()
                if code:
                    break
        finally:
            self._end_all()
        return code

    def _look_after(self) -> int:
        now = self._clock.monotonic()
        for part in self._parts:
            if part.process is None:
                if now >= part.due_at:
                    self._start(part, now)
                continue
            code = part.process.poll()
            if code is None:
                if part.falls and now - part.started_at > STEADY_S:
                    part.falls = 0
            elif code == WRONG_INPUT:
                return WRONG_INPUT
            else:
                self._fell(part, code, now)
        return 0

    def _start(self, part: Part, now: float) -> None:
        environment = {**os.environ, **part.environment}
        part.process = subprocess.Popen(
            part.command, env=environment, stdin=subprocess.DEVNULL, start_new_session=True, preexec_fn=die_with_parent
        )
        part.started_at = now

    def _fell(self, part: Part, code: int, now: float) -> None:
        wait_s = BACKOFF_S[min(part.falls, len(BACKOFF_S) - 1)]
        part.process, part.due_at, part.falls = None, now + wait_s, part.falls + 1
        print(
            f"M-204: {part.name} stopped (exit {code}) and is started again in {wait_s:g} s.",
            file=sys.stderr,
            flush=True,
        )

    def _end_all(self) -> None:
        for part in reversed(self._parts):
            if part.process is not None:
                _end(part.process)


def _end(process: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(ProcessLookupError):
        process.terminate()
    try:
        process.wait(STOP_S)
    except subprocess.TimeoutExpired:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def die_with_parent() -> None:
    """To be run in a child before its program: end it when its parent is gone, however that went."""
    _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
