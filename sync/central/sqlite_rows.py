"""Rows of the SQLite log as values, and the columns they are read by."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Any

import msgspec

from kiosk.appointments import APPOINTMENT_FACTS
from kiosk.entry import Entry
from sync.central.store import OFFICE_BOOK, Book, BookState, Device, Fork, Given, Role
from sync.central.ticket_days import Ended, HelpCall, Slot, TicketDay
from sync.central.ticket_story import Story

BOOK = "office_id, journal_id, kiosk_id, device_id, demo, seq, hash, state, last_at, taken_at"
DEVICE = "office_id, device_id, public_key, role, enrolled_at"
ENTRY = "seq, id, at, day, fact, version, body, hash"
FORK = "office_id, journal_id, seq, held_hash, sent_hash, seen_at, evidence"
GIVEN = "office_id, journal_id, rating_id, seq, at, day, slot, ballot, criteria_set, answer, measure"
CODE = "office_id, code_hash, expires_at, used_at, used_by"
TICKET = (
    "office_id, day, number, service, priority, appointment, issued_s, called_s, left_s, ended, finished_on,"
    " service_s, missed_count, transfers, shown, ranges"
)
TICKET_COLUMNS = (*TICKET.split(", "), "slot_s")
_STARTS = (
    "(select min(starts_s) from slot where slot.office_id = ticket_day.office_id and {} = appointment"
    " and slot.day = ticket_day.day and not cancelled)"
)
SLOT_START = (
    f"case when appointment <> '' then ifnull({_STARTS.format('appointment_id')}, {_STARTS.format('code_hash')}) end"
)
"""Of a row of ``ticket_day``: when its appointment begins, null if none of its day holds."""
HELP = "office_id, help_id, day, called, after_s"
OWN_FIRST = f"kiosk_id <> '{OFFICE_BOOK}', opened, journal_id"
APPOINTMENT_LIST = ", ".join(f"'{fact}'" for fact in sorted(APPOINTMENT_FACTS))
"""As the index of the third migration names them: SQLite uses it for these very words alone."""
STEP = 2000

Row = tuple[object, ...]


def book_of(row: sqlite3.Row | Row) -> Book:
    """A book from its ``BOOK`` columns."""
    office_id, journal_id, kiosk_id, device_id, demo, seq, hash, state, last_at, taken_at = row
    return Book(
        str(office_id), str(journal_id), str(kiosk_id), str(device_id), bool(demo), _int(seq), _bytes(hash),
        BookState(str(state)), str(last_at), str(taken_at),
    )  # fmt: skip


def device_of(row: Row) -> Device:
    """A device from its ``DEVICE`` columns."""
    office_id, device_id, public_key, role, enrolled_at = row
    return Device(str(office_id), str(device_id), _bytes(public_key), Role(str(role)), str(enrolled_at))


def fork_of(row: Row) -> Fork:
    """A fork from its ``FORK`` columns."""
    office_id, journal_id, seq, held, sent, seen_at, evidence = row
    return Fork(
        str(office_id), str(journal_id), _int(seq), _bytes(held), _bytes(sent), str(seen_at), _bytes(evidence)
    )  # fmt: skip


def read_books(link: sqlite3.Connection, office_id: str) -> list[Book]:
    """The books of an office, its own first."""
    found = link.execute(f"select {BOOK} from journal where office_id = ? order by {OWN_FIRST}", (office_id,))
    return [book_of(row) for row in found]


def read_device(link: sqlite3.Connection, device_id: str) -> Device | None:
    """The device of that id."""
    found = link.execute(f"select {DEVICE} from device where device_id = ?", (device_id,)).fetchone()
    return device_of(found) if found else None


def read_entries_of(link: sqlite3.Connection, book: Book, after: int, limit: int | None) -> Iterator[Entry]:
    """Held entries behind ``after``, in steps, so that no read holds the log for long."""
    left = book.seq if limit is None else limit
    while left > 0:
        found = link.execute(
            f"select {ENTRY} from entry where office_id = ? and journal_id = ? and seq > ? order by seq limit ?",
            (book.office_id, book.journal_id, after, min(left, STEP)),
        ).fetchall()
        for row in found:
            yield Entry(*row)
        if not found:
            return
        after, left = found[-1][0], left - len(found)


def given_of(row: Row) -> Given:
    """An overall answer from its ``GIVEN`` columns."""
    return Given(*row)  # type: ignore[arg-type]


def ticket_of(row: tuple[Any, ...]) -> TicketDay:
    """A number from its ``TICKET`` columns and the start of its slot."""
    named = dict(zip(TICKET_COLUMNS, row, strict=True))
    found = TicketDay(
        **named
        | {
            "priority": bool(named["priority"]),
            "ended": Ended(named["ended"]),
            "transfers": _TRANSFERS.decode(named["transfers"]),
            "ranges": _RANGES.decode(named["ranges"]),
        }
    )
    return found.joined(found.slot_s)


def slot_of(row: tuple[Any, ...]) -> Slot:
    """When an appointment begins, from its columns."""
    office_id, appointment_id, code_hash, day, starts_s, cancelled = row
    return Slot(office_id, appointment_id, code_hash, day, starts_s, bool(cancelled))


def row_of(ticket: TicketDay, story: Story) -> tuple[Any, ...]:
    """The ``TICKET`` columns of a number, and its story."""
    return (
        ticket.office_id, ticket.day, ticket.number, ticket.service, ticket.priority, ticket.appointment,
        ticket.issued_s, ticket.called_s, ticket.left_s, ticket.ended, ticket.finished_on, ticket.service_s,
        ticket.missed_count, _text(ticket.transfers), ticket.shown, _text(ticket.ranges), _text(story),
    )  # fmt: skip


def story_of(text: str) -> Story:
    """A story from its column."""
    return _STORY.decode(text)


def help_call_of(row: tuple[Any, ...]) -> HelpCall:
    """A call for help from its ``HELP`` columns."""
    office_id, help_id, day, called, after_s = row
    return HelpCall(office_id, help_id, day, bool(called), after_s)


_STORY = msgspec.json.Decoder(Story)
_TRANSFERS = msgspec.json.Decoder(tuple[tuple[str, int | None], ...])
_RANGES = msgspec.json.Decoder(dict[str, tuple[int, int]] | None)
_WRITER = msgspec.json.Encoder()


def _text(value: object) -> str:
    return _WRITER.encode(value).decode()


def _int(value: object) -> int:
    assert isinstance(value, int)
    return value


def _bytes(value: object) -> bytes:
    assert isinstance(value, bytes)
    return value
