"""All books in one SQLite file: one writing connection, and readers that cannot write.

WAL lets the pages read while a batch is taken; FULL means that an ack is a promise.
Rows of a tally that fell to 0 stay in the file and are not shown.
"""

from __future__ import annotations

import sqlite3
import threading
from bisect import bisect_left
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kiosk.book_file import rest_file, storage_trouble
from kiosk.entry import Entry
from sync.central.migrate import migrate_sqlite
from sync.central.sqlite_rows import (
    APPOINTMENT_LIST,
    ENTRY,
    FORK,
    HELP,
    SLOT_START,
    TICKET,
    fork_of,
    help_call_of,
    read_books,
    read_device,
    read_entries_of,
    ticket_of,
)
from sync.central.sqlite_transaction import SqliteTransaction
from sync.central.store import BallotState, Book, Device, Fork, OfficeSummary
from sync.central.tallies import HourRow, TallyRow
from sync.central.ticket_days import HelpCall, TicketDay

BUSY_S = 10
PAGES_AHEAD = 4000
"""Pages (16 MB) that are written ahead before a commit itself moves them into the file; usually ``rest`` did."""


class SqliteStore:
    """``Store`` in the file at ``path``. Raises ``Trouble`` M-201, M-202, J-102, J-105 as the disk has it."""

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        self.path = path
        self._local = threading.local()
        self._readers: list[sqlite3.Connection] = []
        self._guard = threading.Lock()
        self._closed = False
        self._writer = None if read_only else self._open_writer()

    def _open_writer(self) -> sqlite3.Connection:
        with storage_trouble(self.path):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            link = sqlite3.connect(self.path, timeout=BUSY_S, isolation_level=None, check_same_thread=False)
            try:
                link.execute("pragma journal_mode = wal")
                link.execute("pragma synchronous = full")
                link.execute(f"pragma wal_autocheckpoint = {PAGES_AHEAD}")
                migrate_sqlite(link)
            except BaseException:
                link.close()
                raise
            return link

    @contextmanager
    def transaction(self, *, on_disk: bool = True) -> Iterator[SqliteTransaction]:
        """A transaction: durable when the block ends, or not ``on_disk`` with the next one; undone when it raises."""
        link = self._writer
        assert link is not None, "this store was opened for reading"
        with storage_trouble(self.path):
            link.execute(f"pragma synchronous = {'full' if on_disk else 'normal'}")
            link.execute("begin immediate")
            try:
                yield SqliteTransaction(link)
                link.execute("commit")
            except BaseException:
                if link.in_transaction:
                    link.execute("rollback")
                raise

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """A part of the running transaction that is undone alone when it raises."""
        link = self._writer
        assert link is not None, "this store was opened for reading"
        link.execute("savepoint part")
        try:
            yield
        except BaseException:
            if link.in_transaction:
                link.execute("rollback to part")
                link.execute("release part")
            raise
        link.execute("release part")

    def tallies(self, office_id: str, first_day: str, last_day: str) -> list[TallyRow]:
        """Counts of those days, sorted."""
        with self._reading() as link:
            found = link.execute(
                'select day, measure, "key", answer, n from tally_day where office_id = ? and day between ? and ?'
                ' and n <> 0 order by day, measure, "key", answer',
                (office_id, first_day, last_day),
            )
            return [TallyRow(*row) for row in found]

    def hours(self, office_id: str, first_day: str, last_day: str) -> list[HourRow]:
        """Half hours of those days, sorted."""
        with self._reading() as link:
            found = link.execute(
                'select day, slot, measure, "key", n from tally_hour where office_id = ? and day between ? and ?'
                ' and n <> 0 order by day, slot, measure, "key"',
                (office_id, first_day, last_day),
            )
            return [HourRow(*row) for row in found]

    def answers_of_day(self, office_id: str, day: str) -> list[tuple[str, str]]:
        """(slot, answer) of the day's "rated" answers, in the order they were given."""
        with self._reading() as link:
            found = link.execute(
                "select slot, answer from given where office_id = ? and day = ? and measure = 'rated'"
                " order by at, journal_id, seq",
                (office_id, day),
            )
            return [(slot, answer) for slot, answer in found]

    def ticket_days(self, office_id: str, first_day: str, last_day: str) -> list[TicketDay]:
        """What became of the numbers of those days, each with its slot."""
        with self._reading() as link:
            found = link.execute(
                f"select {TICKET}, {SLOT_START} from ticket_day where office_id = ? and day between ? and ?"
                " order by day, number",
                (office_id, first_day, last_day),
            )
            return [ticket_of(row) for row in found]

    def help_calls(self, office_id: str, first_day: str, last_day: str) -> list[HelpCall]:
        """The calls for help of those days."""
        with self._reading() as link:
            found = link.execute(
                f"select {HELP} from help_call where office_id = ? and day between ? and ? order by day, help_id",
                (office_id, first_day, last_day),
            )
            return [help_call_of(row) for row in found]

    def unfolded(self) -> bool:
        """Whether an older program took these entries, which kept nothing of what became of a number."""
        with self._reading() as link:
            taken = "select exists(select 1 from ballot_issued) and not exists(select 1 from ticket_day)"
            return bool(link.execute(taken).fetchone()[0])

    def books(self, office_id: str) -> list[Book]:
        """The books held of an office, its own first."""
        with self._reading() as link:
            return read_books(link, office_id)

    def offices(self) -> list[OfficeSummary]:
        """The offices of which books are held, by name."""
        with self._reading() as link:
            found = link.execute(
                "select office_id, count(*), sum(state = 'forked'), sum(seq), max(last_at), sum(demo) from journal"
                " group by office_id order by office_id"
            )
            return [OfficeSummary(*row) for row in found]

    def ballot_state(self, office_id: str, ballot_issue: str, ballot_used: str = "") -> BallotState:
        """Whether a ballot was handed out in this office, and already used."""
        with self._reading() as link:
            used = "select 1 from given where office_id = ? and ballot = ?"
            if ballot_used and link.execute(used, (office_id, ballot_used)).fetchone():
                return BallotState.USED
            issued = "select 1 from ballot_issued where office_id = ? and ballot_issue = ?"
            known = link.execute(issued, (office_id, ballot_issue)).fetchone()
            return BallotState.OPEN if known else BallotState.UNKNOWN

    def ballot_day(self, office_id: str, ballot_issue: str) -> str:
        """The business day a ballot was handed out on, "" if it was not."""
        with self._reading() as link:
            asked = "select day from ballot_issued where office_id = ? and ballot_issue = ?"
            found = link.execute(asked, (office_id, ballot_issue)).fetchone()
            return found[0] if found else ""

    def device(self, device_id: str) -> Device | None:
        """The device of that id."""
        with self._reading() as link:
            return read_device(link, device_id)

    def forks(self, office_id: str) -> list[Fork]:
        """Forks seen of an office's books."""
        with self._reading() as link:
            found = link.execute(f"select {FORK} from fork where office_id = ? order by seen_at, seq", (office_id,))
            return [fork_of(row) for row in found]

    def entries(self, book: Book, after: int = 0, limit: int | None = None) -> Iterator[Entry]:
        """Held entries behind ``after``, in order."""
        with self._reading() as link:
            yield from read_entries_of(link, book, after, limit)

    def appointment_entries(self, office_id: str) -> list[Entry]:
        """The entries that tell of appointments, of all books of an office, each book in its order."""
        with self._reading() as link:
            table = "entry indexed by entry_appointment"
            asked = f"select {ENTRY} from {table} where office_id = ? and fact in ({APPOINTMENT_LIST})"
            return [Entry(*row) for row in link.execute(f"{asked} order by journal_id, seq", (office_id,))]

    def first_seq_of(self, book: Book, day: str) -> int:
        """The first place of that business day or a later one."""
        asked = "select day from entry where office_id = ? and journal_id = ? and seq = ?"
        with self._reading() as link:

            def day_at(seq: int) -> str:
                found = link.execute(asked, (book.office_id, book.journal_id, seq)).fetchone()
                return str(found[0])

            return bisect_left(range(1, book.seq + 1), day, key=day_at) + 1

    def signed_head(self, book: Book, after: int, until: int) -> tuple[int, str] | None:
        """(seq, signature) of the farthest signed head with ``after`` < seq <= ``until``."""
        with self._reading() as link:
            found: tuple[int, str] | None = link.execute(
                "select seq, signature from head_signature where office_id = ? and journal_id = ?"
                " and seq > ? and seq <= ? order by seq desc limit 1",
                (book.office_id, book.journal_id, after, until),
            ).fetchone()
            return found

    def rest(self) -> None:
        """Move what was written ahead into the file, on a connection of its own: whoever writes goes on meanwhile."""
        rest_file(self.path)

    def close(self) -> None:
        """Close every connection."""
        with self._guard:
            self._closed = True
            for link in self._readers:
                link.close()
            if self._writer is not None:
                self._writer.close()

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        """This thread's own connection, which cannot write."""
        with storage_trouble(self.path):
            yield self._reader()

    def _reader(self) -> sqlite3.Connection:
        link: sqlite3.Connection | None = getattr(self._local, "link", None)
        if link is None:
            address = f"{self.path.resolve().as_uri()}?mode=ro"
            link = sqlite3.connect(address, uri=True, timeout=BUSY_S, isolation_level=None, check_same_thread=False)
            with self._guard:
                if self._closed:
                    link.close()
                    raise sqlite3.ProgrammingError("the store is closed")
                self._readers.append(link)
            self._local.link = link
        return link
