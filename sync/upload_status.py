"""What an uploader says of itself, for health pages and metrics."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kiosk.trouble import Trouble


class UploadState(StrEnum):
    """What the uploader is doing. ``WAITING``: something stands in the way; ``STOPPED``: a person must look."""

    IDLE = "idle"
    SENDING = "sending"
    WAITING = "waiting"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class BookStatus:
    """One book: held by the server up to ``through`` (None: not asked yet), written up to ``head``."""

    journal_id: str
    through: int | None
    head: int
    trouble: Trouble | None
    stopped: bool

    @property
    def waiting_count(self) -> int:
        """Entries not yet acked."""
        return max(0, self.head - (self.through or 0))


@dataclass(frozen=True, slots=True)
class UploadStatus:
    """All books of a source. ``last_ack_at``: instant or None; ``next_try_s``: 0 when nothing is waited for."""

    state: UploadState
    books: tuple[BookStatus, ...]
    last_ack_at: str | None
    trouble: Trouble | None
    next_try_s: float

    @property
    def waiting_count(self) -> int:
        """Entries not yet acked, of all books."""
        return sum(book.waiting_count for book in self.books)

    @property
    def known(self) -> bool:
        """Whether the server was asked about every book."""
        return bool(self.books) and all(book.through is not None for book in self.books)

    def as_json(self) -> dict[str, object]:
        """The same as an object for ``/health``, which anybody may read: no addresses, no details."""
        return {
            "state": self.state.value,
            "waiting_count": self.waiting_count,
            "last_ack_at": self.last_ack_at,
            "trouble": self.trouble.code if self.trouble else None,
            "trouble_text": self.trouble.kind.sentence if self.trouble else None,
            "next_try_s": round(self.next_try_s, 1),
            "books": [
                {"journal_id": book.journal_id, "through": book.through, "head": book.head, "stopped": book.stopped}
                for book in self.books
            ],
        }
