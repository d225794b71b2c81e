"""``make bench``: measure, one JSON object a line on standard output, progress on standard error.

``python -m tests.bench`` runs everything; names of modules or of rows choose some
(``make bench ARGS="slip_bytes ingest_entries_per_s"``). Absolute times on shared machines
say little: rows carry a floor measured in the same run, and the ratio to it.
"""

from __future__ import annotations

import importlib
import json
import sys
from collections.abc import Iterator, Sequence
from typing import Any

MODULES = (
    "slip_bytes",
    "waits",
    "tap",
    "remote_tap",
    "ingest",
    "calls",
    "races",
    "office_start",
    "start",
    "touch",
    "idle",
    "memory",
)
"""In this order: what needs a quiet machine least comes first."""


def main(chosen: Sequence[str]) -> int:
    """Print the rows; 1 if a module could not measure."""
    failed = 0
    for name in MODULES:
        if chosen and name not in chosen and not any(row in ROWS[name] for row in chosen):
            continue
        print(f"measuring {name} ...", file=sys.stderr, flush=True)
        try:
            for row in _rows(name):
                print(json.dumps(row, ensure_ascii=False), flush=True)
        except Exception as problem:  # noqa: BLE001 - one broken measurement must not hide the others
            failed = 1
            print(f"{name} could not be measured: {problem!r}", file=sys.stderr, flush=True)
    return failed


ROWS: dict[str, tuple[str, ...]] = {
    "slip_bytes": ("ticket_bytes_rich", "ticket_bytes_lean", "ticket_bytes_as_one_image"),
    "waits": ("wait_coverage_simulated",),
    "tap": ("tap_to_first_byte_ms", "journal_flatness"),
    "remote_tap": ("remote_tap_ms",),
    "ingest": ("ingest_entries_per_s",),
    "calls": (
        "call_next_ms",
        "live_update_ms",
        "call_flatness",
        "page_bytes_console_10000_waiting",
        "page_bytes_board_10000_waiting",
    ),
    "races": ("race_two_counters", "race_ten_counters", "tickets_32_clients"),
    "office_start": ("office_start_s",),
    "start": ("first_frame_ms",),
    "touch": ("touch_to_handler_ms", "touch_to_pixel_ms", "next_screen_ms"),
    "idle": ("idle_cpu_percent", "rss_touch_mb", "rss_server_mb"),
    "memory": ("rss_growth_mb",),
}
"""Which rows a module yields (contract "Bench rows")."""


def _rows(name: str) -> Iterator[dict[str, Any]]:
    rows: Iterator[dict[str, Any]] = importlib.import_module(f"tests.bench.{name}").rows()
    return rows


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
