"""The store: where all books are kept, as the ingest and the pages see it.

Two sides. ``Transaction`` is what one accepting transaction may do, in primitives that every
database has; whoever decides (``ingest``, ``fold``) is written once, above them. ``Store``
hands transactions out to the one writer and answers readers from any thread.
Every key begins with ``office_id``, so that a database can be split by office.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from kiosk.entry import Entry
from sync.central.tallies import HourRow, TallyRow
from sync.central.ticket_days import HelpCall, Slot, TicketDay
from sync.central.ticket_story import Story

OFFICE_BOOK = "office"
"""The ``kiosk_id`` of an office server's own book."""


class BookState(StrEnum):
    """Whether a book is taken any further."""

    OPEN = "open"
    FORKED = "forked"


@dataclass(frozen=True, slots=True)
class Book:
    """A book as it is held: whose it is, how far it goes (``seq`` entries), and its head.

    ``device_id`` signs its heads. ``last_at`` is the instant of the last entry, ``taken_at``
    when it was taken; all instants as text.
    """

    office_id: str
    journal_id: str
    kiosk_id: str
    device_id: str
    demo: bool
    seq: int
    hash: bytes
    state: BookState
    last_at: str
    taken_at: str


@dataclass(frozen=True, slots=True)
class OfficeSummary:
    """An office: how many books and entries of it are held, and when the last entry was written.

    ``forked`` and ``demos`` count books that are taken no further, and that are demonstrations.
    """

    office_id: str
    books: int
    forked: int
    entries: int
    last_at: str
    demos: int


class Role(StrEnum):
    """What a device may tell: an office's device also names the office's other devices."""

    OFFICE = "office"
    KIOSK = "kiosk"


@dataclass(frozen=True, slots=True)
class Device:
    """A device that may send. ``public_key``: 32 raw bytes."""

    office_id: str
    device_id: str
    public_key: bytes
    role: Role
    enrolled_at: str


@dataclass(frozen=True, slots=True)
class Fork:
    """Two different books of one name: what differs first, and the batch that showed it."""

    office_id: str
    journal_id: str
    seq: int
    held_hash: bytes
    sent_hash: bytes
    seen_at: str
    evidence: bytes


@dataclass(frozen=True, slots=True)
class EnrolCode:
    """A one-time code, as its SHA-256 in hex. ``office_id`` "" lets any new office use it."""

    office_id: str
    code_hash: str
    expires_at: str
    used_at: str | None = None
    used_by: str | None = None


class BallotState(StrEnum):
    """What is known of a ballot here."""

    UNKNOWN = "unknown"
    OPEN = "open"
    USED = "used"


@dataclass(frozen=True, slots=True)
class Given:
    """One overall answer, kept so that a later fact can correct the counts.

    ``ballot`` is the ``ballot_used`` hash or None; ``measure`` is what it counts as now:
    "rated", "rated_again" or "loose". ``criteria_set`` is "set:version".
    """

    office_id: str
    journal_id: str
    rating_id: str
    seq: int
    at: str
    day: str
    slot: str
    ballot: str | None
    criteria_set: str
    answer: str
    measure: str


@dataclass(frozen=True, slots=True)
class Changes:
    """Counts to add (or, negative, to take away), by row without its n."""

    days: Mapping[tuple[str, str, str, str], int]
    hours: Mapping[tuple[str, str, str, str], int]


class Transaction(Protocol):
    """One accepting transaction: all of it becomes durable, or none."""

    def device(self, device_id: str) -> Device | None:
        """The device of that id, in whatever office it is."""

    def office_devices(self, office_id: str) -> list[Device]:
        """All devices of an office, the last enrolled first."""

    def add_device(self, device: Device) -> None:
        """Enrol a device; one that is known in this office stays as it is."""

    def book(self, office_id: str, journal_id: str) -> Book | None:
        """A book as it is held."""

    def office_books(self, office_id: str) -> list[Book]:
        """All books of an office, its own first, then in the order they were first taken."""

    def open_book(self, book: Book) -> None:
        """Begin to hold a book, at ``seq`` 0."""

    def move_head(self, held: Book, moved: Book) -> bool:
        """Move the head, only from where it is believed to be; False if it is not there."""

    def mark_forked(self, book: Book) -> None:
        """Take no more of this book."""

    def add_fork(self, fork: Fork) -> bool:
        """Keep the evidence of a fork; False if this very fork is known or enough are kept."""

    def first_fork(self, book: Book) -> Fork:
        """The fork by which a book was marked; there is one for every marked book."""

    def hash_at(self, book: Book, seq: int) -> bytes | None:
        """The hash of one held entry."""

    def hashes(self, book: Book, first: int, last: int) -> list[tuple[int, bytes]]:
        """(seq, hash) of held entries, in order."""

    def add_entries(self, book: Book, entries: Sequence[Entry]) -> None:
        """Write entries; one that is already there is an error, never passed over."""

    def add_head_signature(self, book: Book, *, device_id: str, signature: str) -> None:
        """Keep the device's signature over the book's present head, to be forwarded as it is."""

    def count_issue(self, office_id: str, ballot_issue: str, day: str) -> None:
        """Remember that a ballot was handed out."""

    def given(self, office_id: str, journal_id: str, rating_id: str) -> Given | None:
        """An overall answer told earlier."""

    def counted_with(self, office_id: str, ballot: str) -> Given | None:
        """The answer that counts as "rated" for that ``ballot_used`` hash."""

    def put_given(self, given: Given) -> None:
        """Keep an overall answer, in the place of the same one if it is there."""

    def criteria(self, given: Given) -> dict[str, str]:
        """The last answer to each criterion of that rating."""

    def put_criterion(self, given: Given, criterion: str, answer: str) -> None:
        """Keep an answer, in the place of an earlier one."""

    def ticket_story(self, office_id: str, day: str, number: str) -> Story:
        """The story of a number, empty if nothing is known of it."""

    def put_ticket(self, ticket: TicketDay, story: Story) -> None:
        """Keep a number's row and its story, in the place of the earlier ones; ``slot_s`` is not kept here."""

    def slot(self, office_id: str, appointment_id: str) -> Slot | None:
        """When an appointment begins."""

    def put_slot(self, slot: Slot) -> None:
        """Keep when an appointment begins, in the place of the same one."""

    def slot_start(self, office_id: str, day: str, name: str) -> int | None:
        """When the appointment of that id or code begins, if it is of that day and still holds."""

    def numbers_with(self, slot: Slot) -> list[str]:
        """The numbers of its day that name an appointment, by its id or its code."""

    def help_call(self, office_id: str, help_id: str) -> HelpCall | None:
        """A call for help."""

    def put_help_call(self, call: HelpCall) -> None:
        """Keep a call for help, in the place of the same one."""

    def add_tallies(self, office_id: str, changes: Changes) -> None:
        """Add to the tallies, keys in sorted order; rows that fall to 0 go."""

    def clear_tallies(self) -> None:
        """Forget everything that is folded from entries."""

    def enrol_codes(self) -> list[EnrolCode]:
        """All codes that were made."""

    def put_enrol_code(self, code: EnrolCode) -> None:
        """Keep a code, in the place of the same one."""

    def untold_forks(self) -> list[Fork]:
        """Forks nobody was told of yet."""

    def fork_told(self, fork: Fork) -> None:
        """Somebody was told."""

    def all_entries(self) -> Iterator[tuple[Book, Entry]]:
        """Every entry of every book, book by book, in order."""


class Store(Protocol):
    """All books. ``transaction`` for the writer; everything else from any thread."""

    def transaction(self, *, on_disk: bool = True) -> AbstractContextManager[Transaction]:
        """A transaction: durable when the block ends, undone when it raises. One at a time.

        Not ``on_disk``: a power cut may take it away again, and everything behind it; for what can be made anew.
        """

    def savepoint(self) -> AbstractContextManager[None]:
        """A part of the running transaction that is undone alone when it raises."""

    def tallies(self, office_id: str, first_day: str, last_day: str) -> list[TallyRow]:
        """Counts of the days ``first_day`` to ``last_day`` (ISO, both included), sorted."""

    def hours(self, office_id: str, first_day: str, last_day: str) -> list[HourRow]:
        """Half hours of those days, sorted."""

    def answers_of_day(self, office_id: str, day: str) -> list[tuple[str, str]]:
        """(slot, answer) of the day's "rated" answers, in the order they were given."""

    def ticket_days(self, office_id: str, first_day: str, last_day: str) -> list[TicketDay]:
        """What became of the numbers of those days, by day and number, each with its slot."""

    def help_calls(self, office_id: str, first_day: str, last_day: str) -> list[HelpCall]:
        """The calls for help of those days, by day and id."""

    def books(self, office_id: str) -> list[Book]:
        """The books held of an office, its own first."""

    def offices(self) -> list[OfficeSummary]:
        """The offices of which books are held, by name."""

    def ballot_state(self, office_id: str, ballot_issue: str, ballot_used: str = "") -> BallotState:
        """Whether a ballot was handed out in this office and, if its other hash is given, already used."""

    def ballot_day(self, office_id: str, ballot_issue: str) -> str:
        """The business day a ballot was handed out on, "" if it was not."""

    def device(self, device_id: str) -> Device | None:
        """The device of that id."""

    def forks(self, office_id: str) -> list[Fork]:
        """Forks seen of an office's books."""

    def entries(self, book: Book, after: int = 0, limit: int | None = None) -> Iterator[Entry]:
        """Held entries behind ``after``, in order."""

    def first_seq_of(self, book: Book, day: str) -> int:
        """The first place whose business day (ISO) is ``day`` or later, ``book.seq`` + 1 if there is none: days
        never go back within a book."""

    def appointment_entries(self, office_id: str) -> list[Entry]:
        """The entries that tell of appointments, of all books of an office, each book in its order."""

    def signed_head(self, book: Book, after: int, until: int) -> tuple[int, str] | None:
        """(seq, signature) of the farthest signed head with ``after`` < seq <= ``until``."""

    def close(self) -> None:
        """Close every connection."""
