"""An office server's own book, beside the log it keeps: what it did itself, signed with its own key.

The book is the truth and the log holds a copy: each fact is appended first and then taken
into the log like anybody's, so a kill between the two is mended at the next fact or start.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kiosk.book_file import rest_file
from kiosk.clock import Clock, instant_text
from kiosk.entry import Entry
from kiosk.fact import Fact
from kiosk.facts import DeviceEnrolled, ForkSeen
from kiosk.journal import BookOf, SqliteJournal
from sync.batch import MAX_ENTRIES, Page, sign
from sync.central.intake import ForkShown, Intake, Packed
from sync.central.store import OFFICE_BOOK, Device, Fork, Role, Transaction
from sync.keys import DeviceKey, device_id_of, known_keys, own_key

JOURNAL = Path("office") / "journal.sqlite"
KEY_NAME = "office"


@dataclass(frozen=True, slots=True)
class OfficeBook:
    """Whose server it is. ``demo`` counts when the book is begun; a book that is there keeps its own word."""

    office_id: str
    utc_offset_h: int = 7
    demo: bool = False


class OwnBook:
    """The book ``DATA/office/journal.sqlite`` and the key ``DATA/keys/office.key``."""

    def __init__(self, data: Path, journal: SqliteJournal, key: DeviceKey, office: OfficeBook, *, clock: Clock) -> None:
        self._data = data
        self._journal = journal
        self._clock = clock
        self.key = key
        self.office_id = journal.office_id
        self.journal_id = journal.journal_id
        self.demo = journal.demo
        self.utc_offset_h = office.utc_offset_h
        self._fed = journal.head().seq  # until it begins: then it is known

    @classmethod
    def open(cls, data: Path, office: OfficeBook, *, clock: Clock) -> OwnBook:
        """Go on with the book, or begin it; raises ``Trouble`` J-105, J-106, S-317, M-201, M-202."""
        key = own_key(data, KEY_NAME)
        of = BookOf(OFFICE_BOOK, office.office_id, office.demo)
        journal = SqliteJournal.open_or_create(data / JOURNAL, of=of, utc_offset_h=office.utc_offset_h, clock=clock)
        return cls(data, journal, key, office, clock=clock)

    @property
    def ahead(self) -> bool:
        """Whether the book holds what the log does not: the log failed behind it."""
        return self._journal.head().seq > self._fed

    def today(self) -> date:
        """The business day the next entry will carry."""
        return self._journal.today()

    def begin(self, tx: Transaction, intake: Intake) -> None:
        """Make the log know this office and its book, and take what a kill left behind."""
        held = tx.book(self.office_id, self.journal_id)
        self._fed = held.seq if held else 0
        intake.listen(self._heard)
        at = instant_text(self._clock.now())
        own = Device(self.office_id, self.key.device_id, self.key.public_key, Role.OFFICE, at)
        tx.add_device(own)
        self.feed(tx, intake)

    def record(self, tx: Transaction, intake: Intake, fact: Fact) -> Entry:
        """Append a fact and take it into the log."""
        return self.record_all(tx, intake, (fact,))[0]

    def record_all(self, tx: Transaction, intake: Intake, facts: Sequence[Fact]) -> list[Entry]:
        """Append facts in one transaction and take them into the log."""
        if not facts:
            return []
        entries = self._journal.append_all(facts)
        self.feed(tx, intake, entries)
        return entries

    def record_device(self, tx: Transaction, intake: Intake, public_key: bytes) -> None:
        """Write down that a device may send from now on."""
        self.record(tx, intake, DeviceEnrolled(device_id_of(public_key), public_key.hex()))

    def meet(self, tx: Transaction, intake: Intake, public_key: bytes) -> None:
        """Write down a device of this machine, unless it is known by now."""
        if tx.device(device_id_of(public_key)) is None:
            self.record_device(tx, intake, public_key)

    def record_fork(self, tx: Transaction, intake: Intake, fork: Fork) -> None:
        """Write down that two books carry one name."""
        self.record(tx, intake, ForkSeen(fork.journal_id, fork.seq, fork.held_hash.hex(), fork.sent_hash.hex()))

    def neighbour(self, sender_id: str) -> bytes | None:
        """The public key of a device of this very machine, from ``DATA/keys/*.pub``, or None."""
        return next((key for key in known_keys(self._data) if device_id_of(key) == sender_id), None)

    def is_here(self, device_id: str) -> bool:
        """Whether a device is one of this very machine."""
        return self.neighbour(device_id) is not None

    def rest(self) -> None:
        """Move what was written ahead into the book's file."""
        rest_file(self._journal.path)

    def close(self) -> None:
        """Close the book."""
        self._journal.close()

    def feed(self, tx: Transaction, intake: Intake, fresh: Sequence[Entry] = ()) -> None:
        """Bring the log up to the book. ``fresh``: its last entries, which need not be read back if they come next."""
        held = tx.book(self.office_id, self.journal_id)
        through = held.seq if held else 0
        if fresh and fresh[0].seq == through + 1 and len(fresh) <= MAX_ENTRIES:
            self._offer(tx, intake, fresh)
            return
        while entries := list(self._journal.entries(through, MAX_ENTRIES)):
            if not self._offer(tx, intake, entries):
                return
            through = entries[-1].seq

    def _offer(self, tx: Transaction, intake: Intake, entries: Sequence[Entry]) -> bool:
        """Hand entries over as a batch; False if the log holds another book of this name."""
        name, last = self.journal_id, entries[-1]
        page = Page(name, entries, self.key.sign_head(name, last.seq, last.hash.hex()))
        batch = sign(page, self.key, sent_at=instant_text(self._clock.now()))
        return not isinstance(intake.take(tx, Packed(batch, b"")), ForkShown)

    def _heard(self, kiosk_id: str, entries: Sequence[Entry]) -> None:
        if kiosk_id == OFFICE_BOOK:
            self._fed = max(self._fed, entries[-1].seq)
