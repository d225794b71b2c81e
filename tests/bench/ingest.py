"""How fast books come in: the real uploader, over real HTTP, into a server process that commits to disk.

The floor is the same rows written by a bare ``executemany`` into the same table, in commits
of the same size, on the same disk in the same run: no HTTP, no JSON, no checks, no tallies.
"""

from __future__ import annotations

import sqlite3
import statistics
import tempfile
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

from kiosk.book_file import read_entries
from kiosk.clock import SystemClock
from kiosk.entry import Entry
from sync.batch import MAX_ENTRIES
from sync.central.migrate import migrate_sqlite
from sync.keys import own_key
from sync.link import HttpLink
from sync.sources import DeviceBook
from sync.uploader import Uploader
from tests.sync.making import file_book, visits
from tests.sync.processes import kill, start_office

VISITS = 4000
"""About 20,000 entries: what an office writes in twelve days."""

RUNS = 5


def rows() -> Iterator[dict[str, Any]]:
    """``ingest_entries_per_s``, the median of interleaved runs, and the floor beside it."""
    taken, bare = [], []
    with tempfile.TemporaryDirectory() as folder:
        book = Path(folder) / "book"
        entries = _write_book(book)
        for run in range(RUNS):
            place = Path(folder) / str(run)
            taken.append(_sent(book, place))
            bare.append(_bare(place / "bare.sqlite", entries))
    value, floor = statistics.median(taken), statistics.median(bare)
    yield {
        "name": "ingest_entries_per_s",
        "value": round(value),
        "unit": "entries/s",
        "how": f"real uploader -> real HTTP server process -> SQLite FULL; {len(entries)} entries in batches of "
        f"{MAX_ENTRIES}, one sender, signatures, chain and tallies included; median of {RUNS} runs "
        f"({round(min(taken))} to {round(max(taken))})",
        "floor": round(floor),
        "ratio": round(value / floor, 3),
    }


def _write_book(data: Path) -> list[Entry]:
    with file_book(data / "journal.sqlite", SystemClock()) as journal:
        for seed in count(1):
            journal.append_all(visits(100, seed=seed))
            if seed * 100 >= VISITS:
                break
    own_key(data, "kiosk")
    return list(read_entries(data / "journal.sqlite"))


def _sent(book: Path, data: Path) -> float:
    key = own_key(book, "kiosk")
    (data / "keys").mkdir(parents=True)
    (data / "keys" / "kiosk.pub").write_text(key.public_key.hex())
    process, address = start_office(data)
    link = HttpLink(address)
    uploader = Uploader(DeviceBook(book / "journal.sqlite", key), link, key, clock=SystemClock())
    try:
        while not uploader.status().known:  # the server is up and says where to begin
            time.sleep(uploader.step())
        start, before = time.perf_counter(), uploader.status().waiting_count
        uploader.send_all()
        return before / (time.perf_counter() - start)
    finally:
        link.close()
        kill(process)


def _bare(path: Path, entries: list[Entry]) -> float:
    link = sqlite3.connect(path, isolation_level=None)
    link.execute("pragma journal_mode = wal")
    link.execute("pragma synchronous = full")
    migrate_sqlite(link)
    made = [("o", "j", one.seq, one.id, one.at, one.day, one.fact, one.version, one.body, one.hash) for one in entries]
    start = time.perf_counter()
    for first in range(0, len(made), MAX_ENTRIES):
        link.execute("begin immediate")
        link.executemany("insert into entry values (?,?,?,?,?,?,?,?,?,?)", made[first : first + MAX_ENTRIES])
        link.execute("commit")
    took = time.perf_counter() - start
    link.close()
    return len(made) / took
