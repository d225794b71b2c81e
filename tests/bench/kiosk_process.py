"""A kiosk in a process of its own, on a virtual display, watched from outside."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from screens.display import start_virtual_display

START_S = 30.0
END_S = 15.0
TOUCH = (sys.executable, "-m", "screens.command", "touch")
TICKS_A_SECOND = os.sysconf("SC_CLK_TCK")


@contextmanager
def display(size: tuple[int, int] = (1080, 1920)) -> Iterator[str]:
    """A virtual display; yields its name."""
    made = start_virtual_display(size)
    try:
        yield made.name
    finally:
        made.close()


@contextmanager
def data_folder() -> Iterator[Path]:
    """An empty data folder on the disk that is worked on, not in memory."""
    with tempfile.TemporaryDirectory(dir=Path.cwd(), prefix=".bench-") as made:
        yield Path(made)


class Watched:
    """A process that told when its first frame was out. ``first_frame_ms``: since it was started."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.first_frame_ms = 0.0
        self.screen = ""
        self.keys: dict[str, tuple[float, float, float, float]] = {}
        self._lines: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    def line(self, within_s: float = START_S) -> dict[str, Any]:
        """The next line of JSON that it wrote; ``queue.Empty`` if there is none in time."""
        read: dict[str, Any] = json.loads(self._lines.get(timeout=within_s))
        return read

    def look(self, *, within_s: float = START_S) -> None:
        """Take in lines of ``tests.bench.touched`` until one tells of a screen, or the time is over."""
        end = time.monotonic() + within_s
        with contextlib.suppress(queue.Empty):
            while left := max(0.0, end - time.monotonic()):
                told = self.line(left)
                if "screen" in told:
                    self.screen, self.keys = told["screen"], told["keys"]
                    return

    def keys_on(self, screen: str) -> dict[str, tuple[float, float, float, float]]:
        """Wait until this screen is shown; its keys as x, y, width, height from the upper left."""
        end = time.monotonic() + START_S
        while self.screen != screen:
            if time.monotonic() > end:
                raise TimeoutError(f"{screen} never came; {self.screen} is shown")
            self.look()
        return self.keys

    def _listen(self) -> None:
        assert self.process.stdout is not None
        with self.process.stdout as told:
            for line in told:
                self._lines.put(line)

    def end(self) -> None:
        """End it as systemd would."""
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(END_S)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self._listener.join()

    def cpu_s(self) -> float:
        """Processor seconds used so far by all its threads."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICKS_A_SECOND

    def rss_mb(self) -> float:
        """Resident memory in MB."""
        return rss_mb(self.process.pid)


def rss_mb(pid: int) -> float:
    """Resident memory of a process in MB."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1]) / 1024


@contextmanager
def started(command: Sequence[str], *, shown_on: str) -> Iterator[Watched]:
    """Start a process and wait for its first frame, which it tells as systemd is told (READY=1)."""
    with tempfile.TemporaryDirectory() as folder, socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as ear:
        ear.bind(f"{folder}/notify")
        ear.settimeout(START_S)
        told = {**os.environ, "DISPLAY": shown_on, "NOTIFY_SOCKET": f"{folder}/notify"}
        told.pop("PYTHONDONTWRITEBYTECODE", None)  # caches are warm, as on a kiosk that was set up
        begun = time.monotonic()
        process = subprocess.Popen(command, env=told, stdout=subprocess.PIPE, text=True, bufsize=1)
        watched = Watched(process)
        try:
            while b"READY=1" not in ear.recv(256):
                pass
            watched.first_frame_ms = (time.monotonic() - begun) * 1000
            yield watched
        finally:
            watched.end()
