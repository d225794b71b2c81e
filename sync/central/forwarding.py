"""Sending on what is held: every book of an office, as it came, with the heads its own devices signed.

A page ends at a head that was signed, for nobody here could sign another. As no batch is
larger than ``MAX_ENTRIES``, there is always such a head within reach.
"""

from __future__ import annotations

from sync.batch import MAX_ENTRIES, Page
from sync.central.store import Book, Store
from sync.sources import BookHead


class HeldBooks:
    """``Source`` over the store of an office server, its own book first."""

    def __init__(self, store: Store, office_id: str) -> None:
        self._store = store
        self._office_id = office_id

    def heads(self) -> list[BookHead]:
        """The books held now; the own one first, so that the other side learns who signs the rest."""
        return [BookHead(book.journal_id, book.seq) for book in self._store.books(self._office_id)]

    def page(self, journal_id: str, after: int) -> Page | None:
        """Entries behind ``after`` up to the farthest signed head within reach."""
        book = self._book(journal_id)
        head = self._store.signed_head(book, after, after + MAX_ENTRIES) if book else None
        if book is None or head is None:
            return None
        seq, signature = head
        return Page(journal_id, list(self._store.entries(book, after, seq - after)), signature)

    def _book(self, journal_id: str) -> Book | None:
        return next((one for one in self._store.books(self._office_id) if one.journal_id == journal_id), None)
