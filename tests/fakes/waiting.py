"""Waiting for a condition, with a deadline instead of a guess."""

from __future__ import annotations

import time
from collections.abc import Callable

DEADLINE_S = 10.0
STEP_S = 0.002


def until(holds: Callable[[], object], *, within_s: float = DEADLINE_S) -> None:
    """Return as soon as ``holds()`` is true; ``AssertionError`` if it never is."""
    end = time.monotonic() + within_s
    while not holds():
        assert time.monotonic() < end, "the awaited thing did not happen in time"
        time.sleep(STEP_S)
