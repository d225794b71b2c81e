"""Floors that several rows stand on: the cheapest thing that keeps the same promise, in the same run."""

from __future__ import annotations

import sqlite3
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def bare_commit(folder: Path) -> Iterator[Callable[[], float]]:
    """The floor: one row of the same size, one FULL commit, nothing else."""
    link = sqlite3.connect(folder / "floor.sqlite", isolation_level=None)
    link.execute("pragma journal_mode = wal")
    link.execute("pragma synchronous = full")
    link.execute("create table entry(seq integer primary key, body text)")
    body = "x" * 420

    def commit() -> float:
        start = time.monotonic()
        link.execute("begin immediate")
        link.execute("insert into entry(body) values (?)", (body,))
        link.execute("commit")
        return (time.monotonic() - start) * 1000

    yield commit
    link.close()


def percentile(values: list[float], at: int) -> float:
    """The ``at``-th percentile."""
    return statistics.quantiles(values, n=100, method="inclusive")[at - 1]
