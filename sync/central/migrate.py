"""Bring a database to today's shape by numbered SQL files; each runs once, whole or not at all."""

from __future__ import annotations

import sqlite3
from importlib import resources

from kiosk.trouble import JournalTrouble


def steps(dialect: str) -> list[tuple[int, str]]:
    """(number, SQL) of every migration of a dialect, in order."""
    folder = resources.files("sync.central") / "migrations" / dialect
    files = sorted((place for place in folder.iterdir() if place.name.endswith(".sql")), key=lambda place: place.name)
    return [(int(place.name.split("_")[0]), place.read_text(encoding="utf-8")) for place in files]


def migrate_sqlite(link: sqlite3.Connection) -> None:
    """Run what this database has not seen; ``JournalTrouble`` J-108 if a newer program wrote it."""
    known = steps("sqlite")
    seen = int(link.execute("pragma user_version").fetchone()[0])
    if seen > known[-1][0]:
        raise JournalTrouble("J-108", detail=f"the log has version {seen}, this program knows {known[-1][0]}")
    for number, text in known:
        if number > seen:
            link.executescript(f"begin immediate;\n{text}\npragma user_version = {number};\ncommit;")
