"""What a kiosk costs while nobody is there: processor of the touch process, memory of each process."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.bench.kiosk_process import START_S, TOUCH, data_folder, display, rss_mb, started
from tests.fakes.waiting import until

SETTLE_S = 8.0
WATCH_S = 20.0
PORT = 18_080 + os.getpid() % 1000


def rows() -> Iterator[dict[str, Any]]:
    """``idle_cpu_percent``, ``rss_touch_mb``, ``rss_server_mb``."""
    with display() as shown_on, data_folder() as data:
        settings = data / "bench.toml"
        settings.write_text(f'[server]\nlisten = "127.0.0.1:{PORT}"\n', encoding="utf-8")
        told = ("--data", str(data), "--settings", str(settings))
        with _server(told) as server, started((*TOUCH, *told), shown_on=shown_on) as touch:
            time.sleep(SETTLE_S)
            before, begun = touch.cpu_s(), time.monotonic()
            time.sleep(WATCH_S)
            percent = (touch.cpu_s() - before) / (time.monotonic() - begun) * 100
            yield {
                "name": "idle_cpu_percent",
                "value": round(percent, 2),
                "unit": "% of a core",
                "how": f"touch process with printer, uploader and office server, home screen untouched, {WATCH_S:g} s, "
                "software rendering; target 2",
            }
            yield _memory("rss_touch_mb", touch.rss_mb(), "touch process at the home screen, all screens prepared")
            yield _memory("rss_server_mb", rss_mb(server.pid), "office server after its first entries")


def _memory(name: str, value: float, how: str) -> dict[str, Any]:
    return {"name": name, "value": round(value), "unit": "MB", "how": how}


@contextmanager
def _server(told: tuple[str, ...]) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen([sys.executable, "-m", "screens.command", "serve", *told], stderr=subprocess.DEVNULL)
    try:
        until(_answers, within_s=START_S)
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(15)


def _answers() -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{PORT}/health", timeout=1):
            return True
    except OSError:
        return False
