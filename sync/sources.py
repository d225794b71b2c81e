"""Where the uploader reads: books with heads, and pages that end at a signed head."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from kiosk.book_file import connect, read_entries, storage_trouble
from kiosk.facts import JournalOpened, opening_of
from sync.batch import MAX_ENTRIES, Page
from sync.keys import DeviceKey


@dataclass(frozen=True, slots=True)
class BookHead:
    """A book that is sent, and how far it goes."""

    journal_id: str
    seq: int


class Source(Protocol):
    """Books to be sent, in the order they should go. Reads only; raises ``Trouble``."""

    def heads(self) -> list[BookHead]:
        """The books as they are now."""

    def page(self, journal_id: str, after: int) -> Page | None:
        """At most ``MAX_ENTRIES`` entries behind ``after``, or None while there are none."""


class DeviceBook:
    """A device's own book, read beside its writer and signed by the device as it goes."""

    def __init__(self, path: Path, key: DeviceKey) -> None:
        self._path = path
        self._key = key
        self._journal_id = ""

    def heads(self) -> list[BookHead]:
        """The one book."""
        with storage_trouble(self._path), closing(connect(self._path, writer=False)) as link:
            seq = link.execute("select coalesce(max(seq), 0) from entry").fetchone()[0]
        if not self._journal_id:
            self._journal_id = journal_id_of(self._path)
        return [BookHead(self._journal_id, seq)]

    def page(self, journal_id: str, after: int) -> Page | None:
        """The next entries and this device's signature over the last of them."""
        entries = list(read_entries(self._path, after, MAX_ENTRIES))
        if not entries:
            return None
        last = entries[-1]
        return Page(journal_id, entries, self._key.sign_head(journal_id, last.seq, last.hash.hex()))


def book_opening(path: Path) -> JournalOpened:
    """The first fact of the book at ``path``; J-107 if there is none, J-102 if it is another fact."""
    return opening_of(next(read_entries(path, 0, 1), None), str(path))


def journal_id_of(path: Path) -> str:
    """The name of the book at ``path``."""
    return book_opening(path).journal_id
