"""From the start of the process to the first frame, beside a bare Kivy window of the same size."""

from __future__ import annotations

import statistics
import sys
from collections.abc import Iterator
from typing import Any

from tests.bench.kiosk_process import TOUCH, data_folder, display, started

PAIRS = 7
BARE = (sys.executable, "-m", "tests.bench.bare_window")


def rows() -> Iterator[dict[str, Any]]:
    """``first_frame_ms``."""
    ours, bare = [], []
    with display() as shown_on, data_folder() as data:
        kiosk = (*TOUCH, "--data", str(data))
        for pair in range(PAIRS + 1):
            with started(kiosk, shown_on=shown_on) as one:
                ours.append(one.first_frame_ms)
            with started((*BARE, str(data)), shown_on=shown_on) as one:
                bare.append(one.first_frame_ms)
            if pair == 0:  # the first of each fills the caches
                ours.clear()
                bare.clear()
    value, floor = statistics.median(ours), statistics.median(bare)
    yield {
        "name": "first_frame_ms",
        "value": round(value),
        "unit": "ms",
        "how": f"process start to first flip of the home screen, 1080x1920, software rendering, caches warm, median of "
        f"{PAIRS} interleaved pairs; floor: a bare Kivy window with one label; target 1.6",
        "floor": round(floor),
        "ratio": round(value / floor, 2),
    }
