"""The primitives of one accepting transaction, in SQLite's words."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence

from kiosk.entry import Entry
from sync.central.sqlite_rows import (
    BOOK,
    CODE,
    DEVICE,
    FORK,
    GIVEN,
    HELP,
    SLOT_START,
    book_of,
    device_of,
    fork_of,
    given_of,
    help_call_of,
    read_books,
    read_device,
    read_entries_of,
    row_of,
    slot_of,
    story_of,
)
from sync.central.store import Book, Changes, Device, EnrolCode, Fork, Given
from sync.central.ticket_days import HelpCall, Slot, TicketDay
from sync.central.ticket_story import Story

FORKS_KEPT = 10
"""Pieces of evidence kept of one book: a copied disk shows itself at every retry."""

FOLDED = (
    "ballot_issued", "given", "given_criterion", "tally_day", "tally_hour", "ticket_day", "slot", "help_call",
)  # fmt: skip


class SqliteTransaction:
    """``Transaction`` over the one writing connection."""

    def __init__(self, link: sqlite3.Connection) -> None:
        self._link = link

    def device(self, device_id: str) -> Device | None:
        """The device of that id."""
        return read_device(self._link, device_id)

    def office_devices(self, office_id: str) -> list[Device]:
        """All devices of an office, the last enrolled first."""
        found = self._link.execute(f"select {DEVICE} from device where office_id = ? order by place desc", (office_id,))
        return [device_of(row) for row in found]

    def add_device(self, device: Device) -> None:
        """Enrol a device; one that is known stays as it is."""
        if self.device(device.device_id) is not None:
            return
        self._link.execute(
            "insert into device select ?, ?, ?, ?, ?, coalesce(max(place), 0) + 1 from device where office_id = ?",
            (device.office_id, device.device_id, device.public_key, device.role, device.enrolled_at, device.office_id),
        )

    def book(self, office_id: str, journal_id: str) -> Book | None:
        """A book as it is held."""
        found = self._link.execute(
            f"select {BOOK} from journal where office_id = ? and journal_id = ?", (office_id, journal_id)
        ).fetchone()
        return book_of(found) if found else None

    def office_books(self, office_id: str) -> list[Book]:
        """All books of an office, its own first."""
        return read_books(self._link, office_id)

    def open_book(self, book: Book) -> None:
        """Begin to hold a book."""
        row = (
            book.office_id, book.journal_id, book.kiosk_id, book.device_id, book.demo, book.seq, book.hash,
            book.state, book.last_at, book.taken_at, book.office_id,
        )  # fmt: skip
        self._link.execute(
            "insert into journal select ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, coalesce(max(opened), 0) + 1"
            " from journal where office_id = ?",
            row,
        )

    def move_head(self, held: Book, moved: Book) -> bool:
        """Move the head from where it is believed to be."""
        changed = self._link.execute(
            "update journal set seq = ?, hash = ?, device_id = ?, last_at = ?, taken_at = ?"
            " where office_id = ? and journal_id = ? and seq = ? and hash = ? and state = 'open'",
            (moved.seq, moved.hash, moved.device_id, moved.last_at, moved.taken_at,
             held.office_id, held.journal_id, held.seq, held.hash),
        )  # fmt: skip
        return changed.rowcount == 1

    def mark_forked(self, book: Book) -> None:
        """Take no more of this book."""
        self._link.execute(
            "update journal set state = 'forked' where office_id = ? and journal_id = ?",
            (book.office_id, book.journal_id),
        )

    def add_fork(self, fork: Fork) -> bool:
        """Keep the evidence, once each and not without end."""
        kept = self._link.execute(
            "select count(*), coalesce(max(seq = ? and sent_hash = ?), 0) from fork"
            " where office_id = ? and journal_id = ?",
            (fork.seq, fork.sent_hash, fork.office_id, fork.journal_id),
        ).fetchone()
        if kept[0] >= FORKS_KEPT or kept[1]:
            return False
        row = (fork.office_id, fork.journal_id, fork.seq, fork.held_hash, fork.sent_hash, fork.seen_at, fork.evidence)
        self._link.execute("insert into fork values (?, ?, ?, ?, ?, ?, ?, 0)", row)
        return True

    def first_fork(self, book: Book) -> Fork:
        """The fork by which a book was marked."""
        found = self._link.execute(
            f"select {FORK} from fork where office_id = ? and journal_id = ? order by seen_at, seq limit 1",
            (book.office_id, book.journal_id),
        ).fetchone()
        return fork_of(found)

    def hash_at(self, book: Book, seq: int) -> bytes | None:
        """The hash of one held entry."""
        found = self.hashes(book, seq, seq)
        return found[0][1] if found else None

    def hashes(self, book: Book, first: int, last: int) -> list[tuple[int, bytes]]:
        """(seq, hash) of held entries, in order."""
        return self._link.execute(
            "select seq, hash from entry where office_id = ? and journal_id = ? and seq between ? and ? order by seq",
            (book.office_id, book.journal_id, first, last),
        ).fetchall()

    def add_entries(self, book: Book, entries: Sequence[Entry]) -> None:
        """Write entries; one that is already there is an error."""
        office_id, journal_id = book.office_id, book.journal_id
        self._link.executemany(
            "insert into entry values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (office_id, journal_id, one.seq, one.id, one.at, one.day, one.fact, one.version, one.body, one.hash)
                for one in entries
            ),
        )

    def add_head_signature(self, book: Book, *, device_id: str, signature: str) -> None:
        """Keep the signature over the book's present head."""
        row = (book.office_id, book.journal_id, book.seq, device_id, signature)
        self._link.execute("insert or replace into head_signature values (?, ?, ?, ?, ?)", row)

    def count_issue(self, office_id: str, ballot_issue: str, day: str) -> None:
        """Remember that a ballot was handed out."""
        self._link.execute(
            "insert into ballot_issued values (?, ?, ?) on conflict do nothing", (office_id, ballot_issue, day)
        )

    def given(self, office_id: str, journal_id: str, rating_id: str) -> Given | None:
        """An overall answer told earlier."""
        found = self._link.execute(
            f"select {GIVEN} from given where office_id = ? and journal_id = ? and rating_id = ?",
            (office_id, journal_id, rating_id),
        ).fetchone()
        return given_of(found) if found else None

    def counted_with(self, office_id: str, ballot: str) -> Given | None:
        """The answer that counts for that ballot."""
        found = self._link.execute(
            f"select {GIVEN} from given where office_id = ? and ballot = ? and measure = 'rated'", (office_id, ballot)
        ).fetchone()
        return given_of(found) if found else None

    def put_given(self, given: Given) -> None:
        """Keep an overall answer."""
        self._link.execute(
            "insert or replace into given values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (given.office_id, given.journal_id, given.rating_id, given.seq, given.at, given.day, given.slot,
             given.ballot, given.criteria_set, given.answer, given.measure),
        )  # fmt: skip

    def criteria(self, given: Given) -> dict[str, str]:
        """The last answer to each criterion."""
        found = self._link.execute(
            "select criterion, answer from given_criterion where office_id = ? and journal_id = ? and rating_id = ?",
            (given.office_id, given.journal_id, given.rating_id),
        )
        return dict(found.fetchall())

    def put_criterion(self, given: Given, criterion: str, answer: str) -> None:
        """Keep an answer to a criterion."""
        row = (given.office_id, given.journal_id, given.rating_id, criterion, answer)
        self._link.execute("insert or replace into given_criterion values (?, ?, ?, ?, ?)", row)

    def ticket_story(self, office_id: str, day: str, number: str) -> Story:
        """The story of a number, empty if nothing is known of it."""
        found = self._link.execute(
            "select story from ticket_day where office_id = ? and day = ? and number = ?", (office_id, day, number)
        ).fetchone()
        return story_of(found[0]) if found else {}

    def put_ticket(self, ticket: TicketDay, story: Story) -> None:
        """Keep a number's row and its story."""
        row = row_of(ticket, story)
        self._link.execute(f"insert or replace into ticket_day values ({', '.join('?' * len(row))})", row)

    def slot(self, office_id: str, appointment_id: str) -> Slot | None:
        """When an appointment begins."""
        found = self._link.execute(
            "select * from slot where office_id = ? and appointment_id = ?", (office_id, appointment_id)
        ).fetchone()
        return slot_of(found) if found else None

    def put_slot(self, slot: Slot) -> None:
        """Keep when an appointment begins."""
        row = slot.office_id, slot.appointment_id, slot.code_hash, slot.day, slot.starts_s, slot.cancelled
        self._link.execute("insert or replace into slot values (?, ?, ?, ?, ?, ?)", row)

    def slot_start(self, office_id: str, day: str, name: str) -> int | None:
        """When an appointment of that day begins, if it still holds."""
        asked = f"select {SLOT_START} from (select ? as office_id, ? as day, ? as appointment) as ticket_day"
        found = self._link.execute(asked, (office_id, day, name)).fetchone()[0]
        return None if found is None else int(found)

    def numbers_with(self, slot: Slot) -> list[str]:
        """The numbers of its day that name an appointment."""
        found = self._link.execute(
            "select number from ticket_day where office_id = ? and day = ? and appointment in (?, ?)",
            (slot.office_id, slot.day, slot.appointment_id, slot.code_hash),
        )
        return [str(number) for (number,) in found]

    def help_call(self, office_id: str, help_id: str) -> HelpCall | None:
        """A call for help."""
        found = self._link.execute(
            f"select {HELP} from help_call where office_id = ? and help_id = ?", (office_id, help_id)
        ).fetchone()
        return help_call_of(found) if found else None

    def put_help_call(self, call: HelpCall) -> None:
        """Keep a call for help."""
        row = (call.office_id, call.help_id, call.day, call.called, call.after_s)
        self._link.execute("insert or replace into help_call values (?, ?, ?, ?, ?)", row)

    def add_tallies(self, office_id: str, changes: Changes) -> None:
        """Add to the tallies, keys in sorted order."""
        self._link.executemany(
            "insert into tally_day values (?, ?, ?, ?, ?, ?) on conflict do update set n = n + excluded.n",
            [(office_id, *key, n) for key, n in sorted(changes.days.items()) if n],
        )
        self._link.executemany(
            "insert into tally_hour values (?, ?, ?, ?, ?, ?) on conflict do update set n = n + excluded.n",
            [(office_id, *key, n) for key, n in sorted(changes.hours.items()) if n],
        )

    def clear_tallies(self) -> None:
        """Forget everything folded."""
        for table in FOLDED:
            self._link.execute(f"delete from {table}")

    def enrol_codes(self) -> list[EnrolCode]:
        """All codes that were made."""
        return [EnrolCode(*row) for row in self._link.execute(f"select {CODE} from enrol_code")]

    def put_enrol_code(self, code: EnrolCode) -> None:
        """Keep a code."""
        row = (code.office_id, code.code_hash, code.expires_at, code.used_at, code.used_by)
        self._link.execute("insert or replace into enrol_code values (?, ?, ?, ?, ?)", row)

    def untold_forks(self) -> list[Fork]:
        """Forks nobody was told of yet."""
        return [fork_of(row) for row in self._link.execute(f"select {FORK} from fork where not told")]

    def fork_told(self, fork: Fork) -> None:
        """Somebody was told."""
        self._link.execute(
            "update fork set told = 1 where office_id = ? and journal_id = ? and seq = ? and sent_hash = ?",
            (fork.office_id, fork.journal_id, fork.seq, fork.sent_hash),
        )

    def all_entries(self) -> Iterator[tuple[Book, Entry]]:
        """Every entry of every book, book by book."""
        books = [book_of(row) for row in self._link.execute(f"select {BOOK} from journal order by opened")]
        for book in books:
            for entry in read_entries_of(self._link, book, 0, None):
                yield book, entry
