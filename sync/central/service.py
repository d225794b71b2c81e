"""The central log as one thing: a folder, a store, a writer, and for an office its own book and key.

The same class is the office server (it has a book of its own, knows the machine's own
devices by itself, may send on) and the log of many offices (none of that).
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Self

from kiosk.book_file import storage_trouble
from kiosk.book_lock import BookLock
from kiosk.clock import Clock
from kiosk.entry import Entry
from kiosk.fact import Fact
from kiosk.trouble import JournalTrouble, MachineTrouble, SyncTrouble
from sync.batch import unpack
from sync.central.doubles import Doubles
from sync.central.enrolment import enrol, make_code
from sync.central.forwarding import HeldBooks
from sync.central.intake import Failed, Heard, Intake, Packed, Reception, Taken
from sync.central.measures import Measures
from sync.central.office_book import OfficeBook, OwnBook
from sync.central.office_numbers import OfficeNumbers
from sync.central.sqlite_store import SqliteStore
from sync.central.store import BallotState, Device, Role, Transaction
from sync.central.verify import rebuild_tallies, verify
from sync.central.writer import Writer
from sync.link import Enrolment, HttpLink
from sync.upload_thread import UploadThread
from sync.uploader import Pace, Uploader

LOG = Path("office") / "log.sqlite"
OFFICE_OFFSET_H = 7
MANY_OFFICES = "a log of many offices has no book of its own"
UPSTREAM_PACE = Pace(cap_s=300.0, spread_s=20.0)
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Upstream:
    """Where an office sends its books on, and how patiently."""

    address: str
    pace: Pace = UPSTREAM_PACE


class CentralLog:
    """All books of one place. Open with :meth:`open`, close with :meth:`close`; safe from any thread."""

    def __init__(self, data: Path, lock: BookLock, *, clock: Clock, own: OwnBook | None) -> None:
        self.data = data
        self.clock = clock
        self.store = SqliteStore(data / LOG)
        self.measures = Measures()
        self._lock = lock
        self._own = own
        self._uploader: UploadThread | None = None
        self._numbers: OfficeNumbers | None = None
        self._doubles: Doubles | None = None
        self._failure = ""
        self._parts: dict[str, Callable[[], object]] = {}
        demo = own.demo if own else False
        offset_h = own.utc_offset_h if own else OFFICE_OFFSET_H
        is_here = own.is_here if own else None
        self._intake = Intake(clock=clock, demo=demo, utc_offset_h=offset_h, is_here=is_here)
        self._writer = Writer(
            self.store, self._intake, after_fork=self._tell, behind=self._is_behind, mend=self._catch_up
        )

    @classmethod
    def open(
        cls, data: Path, *, clock: Clock, office: OfficeBook | None = None, upstream: Upstream | None = None
    ) -> CentralLog:
        """Open the log in ``DATA/office/log.sqlite``, making what is missing.

        With ``office`` it is that office's server, with a book and a key of its own, and sends
        on to ``upstream`` if that is given. Raises ``Trouble``: J-105 if another process has
        it, J-106 if the folder is another office's, S-317 for a damaged key, M-201, M-202.
        """
        with storage_trouble(data):
            (data / LOG).parent.mkdir(parents=True, exist_ok=True)
        lock = BookLock(data / LOG)
        own = None
        try:
            own = OwnBook.open(data, office, clock=clock) if office else None
            central = cls(data, lock, clock=clock, own=own)
        except BaseException:
            if own is not None:
                own.close()
            lock.release()
            raise
        try:
            central._begin(upstream)
        except BaseException:
            central.close()
            raise
        return central

    @property
    def office_id(self) -> str | None:
        """The office whose server this is, or None for a log of many offices."""
        return self._own.office_id if self._own else None

    @property
    def own_journal_id(self) -> str:
        """The name of the office's own book, "" for a log of many offices."""
        return self._own.journal_id if self._own else ""

    @property
    def demo(self) -> bool:
        """Whether this is a demonstration."""
        return self._own.demo if self._own else False

    @property
    def utc_offset_h(self) -> int:
        """Hours that the office's wall time is ahead of UTC."""
        return self._own.utc_offset_h if self._own else OFFICE_OFFSET_H

    def take(self, raw: bytes) -> Reception:
        """Take a packed batch; returns when it is durable. Raises ``Trouble`` for one that is refused."""
        packed = Packed(unpack(raw), raw)
        if self.store.device(packed.batch.sender_id) is None:
            self._learn_neighbours(packed.batch.sender_id)
        try:
            answer = self._writer.take(packed).result()
        except MachineTrouble as trouble:
            self._failed(trouble)
            raise
        if isinstance(answer, Taken) and answer.entries:
            self._failure = ""
        if self._uploader:
            self._uploader.wake()
        return answer

    def record(self, fact: Fact) -> Entry:
        """Write a fact into the office's own book; durable and counted when this returns."""
        return self.act(lambda: (fact,))[0]

    def act(self, decide: Callable[[], Sequence[Fact]]) -> list[Entry]:
        """Decide and write in one piece: no entry of any book comes between the two.

        ``decide`` runs on the writer's thread, which is also the one that tells those who ``listen``,
        so it sees everything that was taken before it and nothing half; what it raises comes out
        here and nothing is written. The facts stand in the office's own book, in one
        transaction, when this returns. If the log then fails, it is brought up to the book and told
        before anything else is decided.
        """
        own = self._own
        if own is None:
            raise SyncTrouble("S-314", detail=MANY_OFFICES)
        # On the disk in the book: what a power cut takes out of the log is fed to it at the next start.
        written = self._writer.call(lambda tx: own.record_all(tx, self._intake, decide()), on_disk=False)
        entries = written.result()
        if self._uploader and entries:
            self._uploader.wake()
        return entries

    def today(self) -> date:
        """The business day the office's next entry will carry; S-314 for a log of many offices."""
        if self._own is None:
            raise SyncTrouble("S-314", detail=MANY_OFFICES)
        return self._own.today()

    @property
    def numbers(self) -> OfficeNumbers:
        """The office's numbers; S-314 for a log of many offices."""
        if self._numbers is None:
            raise SyncTrouble("S-314", detail=MANY_OFFICES)
        return self._numbers

    def listen(self, hear: Heard, failed: Failed | None = None) -> None:
        """Have ``hear(kiosk_id, entries)`` told, on the writer's thread, of all entries that become durable
        from now on: of every book, each book in its order. ``failed(wrong)`` is told of whatever kept a
        transaction from becoming durable, a refusal by ``decide`` too."""
        self._intake.listen(hear, failed)

    def enrol(self, asked: Enrolment) -> Device:
        """Know a device from now on, by its one-time code; an office also writes it into its own book."""
        own = self._own
        if own is not None and asked.office_id != own.office_id:
            raise SyncTrouble("S-314", detail=f"this is the server of {own.office_id}")
        role = Role.KIOSK if own else Role.OFFICE

        def work(tx: Transaction) -> Device:
            device = enrol(tx, asked, clock=self.clock, role=role)
            if own is not None:
                own.record_device(tx, self._intake, device.public_key)
            return device

        return self._writer.call(work).result()

    def enrol_code(self, office_id: str = "") -> str:
        """A new one-time code."""
        return self._writer.call(lambda tx: make_code(tx, self.clock, office_id=office_id)).result()

    def rebuild_tallies(self) -> int:
        """Make the tallies anew from the entries; returns how many entries there are."""
        return self._writer.call(lambda tx: rebuild_tallies(tx, utc_offset_h=self.utc_offset_h)).result()

    def verify(self) -> list[str]:
        """A sentence for everything that is wrong with what is held; empty if all is well."""
        return list(verify(self.store, utc_offset_h=self.utc_offset_h))

    def ballot_state(self, ballot_issue: str, ballot_used: str = "") -> BallotState:
        """Whether this office handed a ballot out and, if its other hash is given, whether it was used."""
        return self.store.ballot_state(self.office_id or "", ballot_issue, ballot_used)

    def ballot_day(self, ballot_issue: str) -> str:
        """The business day this office handed a ballot out on, "" if it did not."""
        return self.store.ballot_day(self.office_id or "", ballot_issue)

    def rest(self) -> None:
        """Move what was written ahead into the files, so that no commit has to. To be called now and then, from any
        thread but the writing one."""
        self.store.rest()
        if self._own is not None:
            self._own.rest()

    def add_to_health(self, name: str, look: Callable[[], object]) -> None:
        """Have ``health`` tell this too, from whichever thread asks; ``look`` must not wait for anything."""
        self._parts[name] = look

    def health(self) -> dict[str, object]:
        """How it stands, for anybody: counts and codes, no names of people or addresses. ``status`` is "troubled" from
        a write that failed until one succeeds, ``trouble`` says by which code."""
        offices, failure = self.store.offices(), self._failure
        upload = self._uploader.status().as_json() if self._uploader else None
        return {
            "status": "troubled" if failure else "ok",
            "trouble": failure,
            "office_id": self.office_id,
            "demo": self.demo,
            "offices": len(offices),
            "books": sum(one.books for one in offices),
            "forked_books": sum(one.forked for one in offices),
            "entries": sum(one.entries for one in offices),
            "waiting_batches": self._writer.waiting_count,
            "doubled_numbers": list(self._doubles.numbers()) if self._doubles else [],
            "upstream": upload,
            **{name: look() for name, look in self._parts.items()},
        }

    @property
    def waiting_batches(self) -> int:
        """Batches nobody has begun to take."""
        return self._writer.waiting_count

    @property
    def upload(self) -> UploadThread | None:
        """The thread that sends on, if there is an upstream."""
        return self._uploader

    def close(self) -> None:
        """Finish what waits, then let go of everything; harmless when repeated."""
        if self._uploader is not None:
            self._uploader.stop()
        self._writer.close()
        if self._own is not None:
            self._own.close()
        self.store.close()
        self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _begin(self, upstream: Upstream | None) -> None:
        own = self._own
        self.listen(self._well, self._failed)
        if self.store.unfolded():
            log.info("folding every entry anew, once: this program keeps more of each number than the last one")
            self.rebuild_tallies()
        if own is not None:
            self._writer.call(lambda tx: own.begin(tx, self._intake)).result()
            self._numbers = OfficeNumbers(self, self.data)
            self._doubles = Doubles(own.today)
            self._doubles.begin(self.store, own.office_id)
            self.listen(self._doubles.take_in)
        self._writer.call(self._tell).result()
        if own is not None and upstream is not None:
            link = HttpLink(upstream.address)
            source = HeldBooks(self.store, own.office_id)
            uploader = Uploader(source, link, own.key, clock=self.clock, pace=upstream.pace)
            self._uploader = UploadThread(uploader, link).start()

    def _learn_neighbours(self, sender_id: str) -> None:
        """The devices of the machine itself stand in its keys folder; they need no code."""
        own = self._own
        public_key = own.neighbour(sender_id) if own else None
        if own is not None and public_key is not None:
            self._writer.call(lambda tx: own.meet(tx, self._intake, public_key)).result()

    def _well(self, _: str, __: Sequence[Entry]) -> None:
        self._failure = ""

    def _failed(self, wrong: BaseException) -> None:
        if isinstance(wrong, MachineTrouble | JournalTrouble):  # anything else was refused, and the disk is well
            self._failure = wrong.code

    def _is_behind(self) -> bool:
        return self._own is not None and self._own.ahead

    def _catch_up(self, tx: Transaction) -> None:
        if self._own is not None:
            self._own.feed(tx, self._intake)

    def _tell(self, tx: Transaction) -> None:
        for fork in tx.untold_forks():
            log.error("S-304: two books are called %s, they differ at seq %d", fork.journal_id, fork.seq)
            if self._own is not None:
                self._own.record_fork(tx, self._intake, fork)
            tx.fork_told(fork)
