"""All books in memory: the same promises as the file, undone by putting a copy back."""

from __future__ import annotations

import copy
import dataclasses
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from kiosk.appointments import APPOINTMENT_FACTS
from kiosk.entry import Entry
from sync.central.store import (
    OFFICE_BOOK,
    BallotState,
    Book,
    BookState,
    Changes,
    Device,
    EnrolCode,
    Fork,
    Given,
    OfficeSummary,
)
from sync.central.tallies import HourRow, TallyRow
from sync.central.ticket_days import HelpCall, Slot, TicketDay
from sync.central.ticket_story import Story

FORKS_KEPT = 10
BookKey = tuple[str, str]


def _key(book: Book | Given | Fork) -> BookKey:
    return book.office_id, book.journal_id


@dataclass
class _Held:
    books: dict[BookKey, Book] = field(default_factory=dict)
    entries: dict[BookKey, list[Entry]] = field(default_factory=dict)
    signatures: dict[BookKey, dict[int, str]] = field(default_factory=dict)
    devices: list[Device] = field(default_factory=list)
    forks: list[Fork] = field(default_factory=list)
    told: set[tuple[BookKey, int, bytes]] = field(default_factory=set)
    codes: dict[tuple[str, str], EnrolCode] = field(default_factory=dict)
    issued: dict[tuple[str, str], str] = field(default_factory=dict)
    given: dict[tuple[BookKey, str], Given] = field(default_factory=dict)
    criteria: dict[tuple[BookKey, str], dict[str, str]] = field(default_factory=dict)
    tickets: dict[tuple[str, str, str], tuple[TicketDay, Story]] = field(default_factory=dict)
    slots: dict[tuple[str, str], Slot] = field(default_factory=dict)
    help_calls: dict[tuple[str, str], HelpCall] = field(default_factory=dict)
    days: dict[str, Counter[tuple[str, str, str, str]]] = field(default_factory=dict)
    hours: dict[str, Counter[tuple[str, str, str, str]]] = field(default_factory=dict)

    def slot_start(self, office_id: str, day: str, name: str) -> int | None:
        of_day = (one for one in self.slots.values() if (one.office_id, one.day) == (office_id, day))
        found = (one.starts_s for one in of_day if not one.cancelled and name in (one.appointment_id, one.code_hash))
        return min(found, default=None)


class MemoryTransaction:
    """``Transaction`` over dictionaries."""

    def __init__(self, held: _Held) -> None:
        self._held = held

    def device(self, device_id: str) -> Device | None:
        return next((one for one in self._held.devices if one.device_id == device_id), None)

    def office_devices(self, office_id: str) -> list[Device]:
        return [one for one in reversed(self._held.devices) if one.office_id == office_id]

    def add_device(self, device: Device) -> None:
        if self.device(device.device_id) is None:
            self._held.devices.append(device)

    def book(self, office_id: str, journal_id: str) -> Book | None:
        return self._held.books.get((office_id, journal_id))

    def office_books(self, office_id: str) -> list[Book]:
        found = [one for one in self._held.books.values() if one.office_id == office_id]
        return sorted(found, key=lambda one: one.kiosk_id != OFFICE_BOOK)

    def open_book(self, book: Book) -> None:
        assert _key(book) not in self._held.books
        self._held.books[_key(book)] = book

    def move_head(self, held: Book, moved: Book) -> bool:
        now = self._held.books.get(_key(held))
        if now is None or (now.seq, now.hash, now.state) != (held.seq, held.hash, BookState.OPEN):
            return False
        self._held.books[_key(held)] = dataclasses.replace(moved, state=now.state)
        return True

    def mark_forked(self, book: Book) -> None:
        self._held.books[_key(book)] = dataclasses.replace(self._held.books[_key(book)], state=BookState.FORKED)

    def add_fork(self, fork: Fork) -> bool:
        kept = [one for one in self._held.forks if _key(one) == _key(fork)]
        if len(kept) >= FORKS_KEPT or any((one.seq, one.sent_hash) == (fork.seq, fork.sent_hash) for one in kept):
            return False
        self._held.forks.append(fork)
        return True

    def first_fork(self, book: Book) -> Fork:
        found = [one for one in self._held.forks if _key(one) == _key(book)]
        return min(found, key=lambda one: (one.seen_at, one.seq))

    def hash_at(self, book: Book, seq: int) -> bytes | None:
        found = self.hashes(book, seq, seq)
        return found[0][1] if found else None

    def hashes(self, book: Book, first: int, last: int) -> list[tuple[int, bytes]]:
        return [(one.seq, one.hash) for one in self._held.entries.get(_key(book), []) if first <= one.seq <= last]

    def add_entries(self, book: Book, entries: Sequence[Entry]) -> None:
        kept = self._held.entries.setdefault(_key(book), [])
        if {one.seq for one in kept} & {one.seq for one in entries}:
            raise ValueError("this place is taken")
        kept.extend(entries)

    def add_head_signature(self, book: Book, *, device_id: str, signature: str) -> None:
        self._held.signatures.setdefault(_key(book), {})[book.seq] = signature

    def count_issue(self, office_id: str, ballot_issue: str, day: str) -> None:
        self._held.issued.setdefault((office_id, ballot_issue), day)

    def given(self, office_id: str, journal_id: str, rating_id: str) -> Given | None:
        return self._held.given.get(((office_id, journal_id), rating_id))

    def counted_with(self, office_id: str, ballot: str) -> Given | None:
        found = (one for one in self._held.given.values() if (one.office_id, one.ballot) == (office_id, ballot))
        return next((one for one in found if one.measure == "rated"), None)

    def put_given(self, given: Given) -> None:
        self._held.given[_key(given), given.rating_id] = given

    def criteria(self, given: Given) -> dict[str, str]:
        return dict(self._held.criteria.get((_key(given), given.rating_id), {}))

    def put_criterion(self, given: Given, criterion: str, answer: str) -> None:
        self._held.criteria.setdefault((_key(given), given.rating_id), {})[criterion] = answer

    def ticket_story(self, office_id: str, day: str, number: str) -> Story:
        found = self._held.tickets.get((office_id, day, number))
        return copy.deepcopy(found[1]) if found else {}

    def put_ticket(self, ticket: TicketDay, story: Story) -> None:
        kept = dataclasses.replace(ticket, slot_s=None)
        self._held.tickets[ticket.office_id, ticket.day, ticket.number] = kept, copy.deepcopy(story)

    def slot(self, office_id: str, appointment_id: str) -> Slot | None:
        return self._held.slots.get((office_id, appointment_id))

    def put_slot(self, slot: Slot) -> None:
        self._held.slots[slot.office_id, slot.appointment_id] = slot

    def slot_start(self, office_id: str, day: str, name: str) -> int | None:
        return self._held.slot_start(office_id, day, name)

    def numbers_with(self, slot: Slot) -> list[str]:
        names = slot.appointment_id, slot.code_hash
        known = (
            one for one, _ in self._held.tickets.values() if (one.office_id, one.day) == (slot.office_id, slot.day)
        )
        return [one.number for one in known if one.appointment in names]

    def help_call(self, office_id: str, help_id: str) -> HelpCall | None:
        return self._held.help_calls.get((office_id, help_id))

    def put_help_call(self, call: HelpCall) -> None:
        self._held.help_calls[call.office_id, call.help_id] = call

    def add_tallies(self, office_id: str, changes: Changes) -> None:
        self._held.days.setdefault(office_id, Counter()).update(changes.days)
        self._held.hours.setdefault(office_id, Counter()).update(changes.hours)

    def clear_tallies(self) -> None:
        held = self._held
        for kept in (held.issued, held.given, held.criteria, held.days, held.hours, held.tickets, held.slots):
            kept.clear()
        held.help_calls.clear()

    def enrol_codes(self) -> list[EnrolCode]:
        return list(self._held.codes.values())

    def put_enrol_code(self, code: EnrolCode) -> None:
        self._held.codes[code.office_id, code.code_hash] = code

    def untold_forks(self) -> list[Fork]:
        return [one for one in self._held.forks if (_key(one), one.seq, one.sent_hash) not in self._held.told]

    def fork_told(self, fork: Fork) -> None:
        self._held.told.add((_key(fork), fork.seq, fork.sent_hash))

    def all_entries(self) -> Iterator[tuple[Book, Entry]]:
        for key, book in self._held.books.items():
            for entry in self._held.entries.get(key, []):
                yield book, entry


class MemoryStore:
    """``Store`` in dictionaries."""

    def __init__(self) -> None:
        self._held = _Held()

    @contextmanager
    def transaction(self, *, on_disk: bool = True) -> Iterator[MemoryTransaction]:
        with self.savepoint():
            yield MemoryTransaction(self._held)

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        before = copy.deepcopy(self._held)
        try:
            yield
        except BaseException:
            self._held.__dict__.update(before.__dict__)
            raise

    def tallies(self, office_id: str, first_day: str, last_day: str) -> list[TallyRow]:
        counts = self._held.days.get(office_id, Counter())
        return sorted(TallyRow(*key, n) for key, n in counts.items() if n and first_day <= key[0] <= last_day)

    def hours(self, office_id: str, first_day: str, last_day: str) -> list[HourRow]:
        counts = self._held.hours.get(office_id, Counter())
        return sorted(HourRow(*key, n) for key, n in counts.items() if n and first_day <= key[0] <= last_day)

    def answers_of_day(self, office_id: str, day: str) -> list[tuple[str, str]]:
        found = [
            one
            for one in self._held.given.values()
            if (one.office_id, one.day, one.measure) == (office_id, day, "rated")
        ]
        return [(one.slot, one.answer) for one in sorted(found, key=lambda one: (one.at, one.journal_id, one.seq))]

    def ticket_days(self, office_id: str, first_day: str, last_day: str) -> list[TicketDay]:
        found = sorted((key, held[0]) for key, held in self._held.tickets.items() if key[0] == office_id)
        inside = (ticket for _, ticket in found if first_day <= ticket.day <= last_day)
        return [one.joined(self._held.slot_start(office_id, one.day, one.appointment)) for one in inside]

    def help_calls(self, office_id: str, first_day: str, last_day: str) -> list[HelpCall]:
        found = (one for key, one in self._held.help_calls.items() if key[0] == office_id)
        return sorted(
            (one for one in found if first_day <= one.day <= last_day), key=lambda one: (one.day, one.help_id)
        )

    def books(self, office_id: str) -> list[Book]:
        return MemoryTransaction(self._held).office_books(office_id)

    def offices(self) -> list[OfficeSummary]:
        names = sorted({one.office_id for one in self._held.books.values()})
        return [self._summary(self.books(name)) for name in names]

    def ballot_state(self, office_id: str, ballot_issue: str, ballot_used: str = "") -> BallotState:
        used = {one.ballot for one in self._held.given.values() if one.office_id == office_id}
        if ballot_used and ballot_used in used:
            return BallotState.USED
        return BallotState.OPEN if (office_id, ballot_issue) in self._held.issued else BallotState.UNKNOWN

    def ballot_day(self, office_id: str, ballot_issue: str) -> str:
        return self._held.issued.get((office_id, ballot_issue), "")

    def device(self, device_id: str) -> Device | None:
        return MemoryTransaction(self._held).device(device_id)

    def forks(self, office_id: str) -> list[Fork]:
        return [one for one in self._held.forks if one.office_id == office_id]

    def entries(self, book: Book, after: int = 0, limit: int | None = None) -> Iterator[Entry]:
        kept = [one for one in self._held.entries.get(_key(book), []) if one.seq > after]
        yield from kept[:limit]

    def first_seq_of(self, book: Book, day: str) -> int:
        kept = self._held.entries.get(_key(book), [])
        return next((one.seq for one in kept if one.day >= day), book.seq + 1)

    def appointment_entries(self, office_id: str) -> list[Entry]:
        return [
            entry for book in self.books(office_id) for entry in self.entries(book) if entry.fact in APPOINTMENT_FACTS
        ]

    def signed_head(self, book: Book, after: int, until: int) -> tuple[int, str] | None:
        kept = self._held.signatures.get(_key(book), {})
        reach = [seq for seq in kept if after < seq <= until]
        return (max(reach), kept[max(reach)]) if reach else None

    def close(self) -> None:
        """Nothing to close."""

    @staticmethod
    def _summary(books: list[Book]) -> OfficeSummary:
        return OfficeSummary(
            books[0].office_id,
            len(books),
            sum(one.state is BookState.FORKED for one in books),
            sum(one.seq for one in books),
            max(one.last_at for one in books),
            sum(one.demo for one in books),
        )
