"""The uploader: brings every entry of every book of a source to a server, in order, until it is acked.

A cursor a book, kept in memory only: what the server holds is asked of the server, by
sending it the newest entry alone. Every step is one round trip and leaves a state from
which any other step is right, so that it may be killed, repeated or cut off anywhere.
"""

from __future__ import annotations

import random
import threading
from dataclasses import dataclass, field

from kiosk.clock import Clock, instant_text
from kiosk.trouble import Trouble
from sync.backoff import CAP_S, Backoff
from sync.batch import MAX_ENTRIES, Page, pack, sign
from sync.http_door import Unreached
from sync.keys import DeviceKey
from sync.link import Acked, Answer, Busy, Forked, Link, Refused, trouble_of
from sync.sources import BookHead, Source
from sync.upload_status import BookStatus, UploadState, UploadStatus

IDLE_S = 2.0
"""How often an idle uploader looks by itself; a wake makes it look at once."""


@dataclass(slots=True)
class _Progress:
    """How far one book is known to be held, and what stands in its way."""

    backoff: Backoff
    through: int | None = None
    head: int = 0
    rewound: bool = False
    trouble: Trouble | None = None
    stopped: bool = False


@dataclass(frozen=True, slots=True)
class Pace:
    """How an uploader waits: the longest wait, and the time over which its first attempt is spread (seconds)."""

    cap_s: float = CAP_S
    spread_s: float = 0.0
    chance: random.Random = field(default_factory=random.SystemRandom)


class Uploader:
    """Sends what a source holds over a link. One thread calls :meth:`step`; any may call :meth:`status`."""

    def __init__(self, source: Source, link: Link, key: DeviceKey, *, clock: Clock, pace: Pace | None = None) -> None:
        self._source = source
        self._link = link
        self._key = key
        self._clock = clock
        self._pace = pace or Pace()
        self._backoff = Backoff(clock, self._pace.chance, cap_s=self._pace.cap_s)
        self._backoff.spread(self._pace.spread_s)
        self._books: dict[str, _Progress] = {}
        self._trouble: Trouble | None = None
        self._last_ack_at: str | None = None
        self._guard = threading.Lock()

    def step(self) -> float:
        """Send at most one batch; returns after how many seconds another step makes sense."""
        waiting = self._backoff.left_s > 0
        try:
            heads = self._look()
            page = None if waiting else self._next_page(heads)
        except Trouble as trouble:
            if not waiting:
                self._failed(trouble)
            return self._backoff.left_s
        if waiting:
            return self._backoff.left_s
        if page is None:
            return self._pause_s()
        packed = pack(sign(page, self._key, sent_at=instant_text(self._clock.now())))
        answer = self._link.send(packed)
        with self._guard:
            self._learn(page, answer)
        return self._backoff.left_s

    def send_all(self) -> None:
        """Send until nothing waits; raises the ``Trouble`` that stands in the way."""
        while True:
            self.step()
            status = self.status()
            if status.trouble is not None:
                raise status.trouble
            if status.known and status.waiting_count == 0:
                return

    def status(self) -> UploadStatus:
        """What is sent, what waits and what stands in the way, for health pages."""
        with self._guard:
            books = tuple(
                BookStatus(name, one.through, one.head, one.trouble, one.stopped) for name, one in self._books.items()
            )
            trouble = self._trouble or next((one.trouble for one in books if one.trouble), None)
            return UploadStatus(self._state(books), books, self._last_ack_at, trouble, self._backoff.left_s)

    def _look(self) -> list[BookHead]:
        """See how far the books go, even while waiting: the status must say what is not sent yet."""
        heads = self._source.heads()
        with self._guard:
            for head in heads:
                self._progress(head).head = head.seq
        return heads

    def _next_page(self, heads: list[BookHead]) -> Page | None:
        for head in heads:
            progress = self._books[head.journal_id]
            if progress.stopped or progress.backoff.left_s > 0:
                continue
            page = self._source.page(head.journal_id, self._after(progress))
            if page is not None:
                return page
        return None

    def _progress(self, head: BookHead) -> _Progress:
        if head.journal_id not in self._books:
            backoff = Backoff(self._clock, self._pace.chance, cap_s=self._pace.cap_s)
            self._books[head.journal_id] = _Progress(backoff)
        return self._books[head.journal_id]

    def _after(self, progress: _Progress) -> int:
        """Behind which entry to read. Without a cursor the newest entry alone asks the server where it is."""
        if progress.through is None:
            return progress.head - 1 if progress.head > MAX_ENTRIES else 0
        return progress.through

    def _learn(self, page: Page, answer: Answer) -> None:
        progress = self._books[page.journal_id]
        match answer:
            case Acked(through=through):
                self._acked(progress, page, through)
            case Forked():
                progress.trouble, progress.stopped = trouble_of(answer), True
                self._backoff.succeeded()
            case Refused():
                progress.trouble = trouble_of(answer)
                progress.backoff.failed()
                self._backoff.succeeded()
            case Busy(retry_after_s=wait):
                self._trouble = trouble_of(answer)
                self._backoff.failed(at_least_s=wait)
            case Unreached():
                self._trouble = trouble_of(answer)
                self._backoff.failed()

    def _acked(self, progress: _Progress, page: Page, through: int) -> None:
        self._trouble = progress.trouble = None
        self._backoff.succeeded()
        self._last_ack_at = instant_text(self._clock.now())
        known = progress.through is not None
        last = page.entries[-1].seq
        advanced = through >= last
        # A server that holds more than is written here: a book put back from a backup. What is
        # written next is sent, and compared there.
        progress.through = min(through, max(progress.head, last))
        if advanced or not known or not progress.rewound:
            progress.backoff.succeeded()
        else:  # told to go back twice in a row: a server that cannot make up its mind is not asked in a hurry
            progress.backoff.failed()
        progress.rewound = known and not advanced

    def _failed(self, trouble: Trouble) -> None:
        with self._guard:
            self._trouble = trouble
            self._backoff.failed()

    def _pause_s(self) -> float:
        waits = [one.backoff.left_s for one in self._books.values() if one.backoff.left_s > 0 and not one.stopped]
        with self._guard:
            self._trouble = None
        return min([IDLE_S, *waits])

    def _state(self, books: tuple[BookStatus, ...]) -> UploadState:
        if books and all(one.stopped for one in books):
            return UploadState.STOPPED
        if self._trouble or self._backoff.left_s > 0 or any(one.trouble for one in books):
            return UploadState.WAITING
        if any(one.waiting_count for one in books):
            return UploadState.SENDING
        return UploadState.IDLE
