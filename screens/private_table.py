"""What an appointment needs and no fact may hold: its code and the dossier code, in a table that can be erased.

``DATA/office/private.sqlite`` stands outside the journal, never leaves the office, and knows an appointment by
its id alone. Rows are erased once they are not needed (``kept_days`` of the rules), their pages overwritten.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kiosk.book_file import storage_trouble

PLACE = Path("office") / "private.sqlite"
SCHEMA = """
create table if not exists private(
  appointment_id text primary key,
  code text not null,
  dossier text not null
) strict, without rowid;
"""


@dataclass(frozen=True, slots=True)
class Private:
    """What is kept of an appointment. ``dossier``: as it was typed or scanned, "" for none."""

    code: str
    dossier: str = ""


NOTHING = Private("")


class PrivateTable:
    """The table. Safe from any thread; every call raises ``MachineTrouble`` M-201 or M-202 if the disk fails."""

    def __init__(self, data: Path) -> None:
        self._path = data / PLACE
        self._guard = threading.Lock()
        with storage_trouble(self._path):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._link = sqlite3.connect(self._path, timeout=5, isolation_level=None, check_same_thread=False)
            self._link.execute("pragma secure_delete = on")
            self._link.execute("pragma journal_mode = delete")
            self._link.executescript(SCHEMA)
        self._path.chmod(0o600)

    def put(self, appointment_id: str, kept: Private) -> None:
        """Keep this, in the place of what was kept."""
        with self._guard, storage_trouble(self._path):
            self._link.execute(
                "insert or replace into private values (?, ?, ?)", (appointment_id, kept.code, kept.dossier)
            )

    def get(self, appointment_id: str) -> Private:
        """What is kept; ``NOTHING`` of what was erased or never there."""
        with self._guard, storage_trouble(self._path):
            asked = "select code, dossier from private where appointment_id = ?"
            found = self._link.execute(asked, (appointment_id,)).fetchone()
        return Private(*found) if found else NOTHING

    def ids(self) -> set[str]:
        """The appointments of which something is kept."""
        with self._guard, storage_trouble(self._path):
            return {str(id) for (id,) in self._link.execute("select appointment_id from private")}

    def erase(self, ids: Iterable[str]) -> None:
        """Erase what is kept of these; one that is not there does no harm."""
        with self._guard, storage_trouble(self._path):
            self._link.executemany("delete from private where appointment_id = ?", [(id,) for id in ids])

    def close(self) -> None:
        """Close the file."""
        with self._guard:
            self._link.close()
