"""Who may bring which book: signatures, devices, kiosks, demonstrations."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import pytest

from kiosk.entry import Entry
from kiosk.facts import DeviceEnrolled
from kiosk.trouble import Trouble
from sync.batch import Batch
from sync.central.intake import ForkShown, Intake, Packed, Reception, Taken
from sync.central.store import BookState, Role
from sync.keys import DeviceKey
from tests.fakes.clock import FakeClock
from tests.fakes.journal import MemoryJournal
from tests.fakes.memory_store import MemoryStore
from tests.sync.making import ALL, OFFICE, batch_of, device_of, enrolled, intake, memory_book, new_key


class Place:
    """A log in memory that is offered batches."""

    def __init__(self, *, demo: bool = False) -> None:
        self.store = MemoryStore()
        self.intake: Intake = intake(demo=demo)

    def knows(self, key: DeviceKey, role: Role = Role.KIOSK, office_id: str = OFFICE) -> DeviceKey:
        enrolled(self.store, device_of(key, role=role, office_id=office_id))
        return key

    def offer(self, batch: Batch) -> Reception:
        with self.store.transaction() as tx:
            return self.intake.take(tx, Packed(batch, b"raw"))

    def refusal(self, batch: Batch) -> str:
        before = self.store.offices()
        with pytest.raises(Trouble) as told:
            self.offer(batch)
        assert self.store.offices() == before
        return told.value.code

    def send(self, book: MemoryJournal, key: DeviceKey, *, sender: DeviceKey | None = None) -> Reception:
        return self.offer(whole(book, key, sender=sender))


def whole(book: MemoryJournal, key: DeviceKey, *, sender: DeviceKey | None = None) -> Batch:
    return batch_of(list(book.entries()), book.journal_id, key, sender=sender)


def part(book: MemoryJournal, key: DeviceKey, entries: Sequence[Entry]) -> Batch:
    return batch_of(entries, book.journal_id, key)


def test_a_known_device_s_own_book_is_taken() -> None:
    place, book = Place(), memory_book()
    key = place.knows(new_key())
    assert place.send(book, key) == Taken(book.head().seq, book.head().seq)
    assert place.store.books(OFFICE)[0].device_id == key.device_id


def test_an_unknown_sender_is_refused() -> None:
    assert Place().refusal(whole(memory_book(), new_key())) == "S-302"


def test_a_changed_batch_does_not_carry_its_sender_s_signature() -> None:
    place, book = Place(), memory_book()
    key = place.knows(new_key())
    batch = whole(book, key)
    for changed in (
        dataclasses.replace(batch, sent_at="2026-01-01T00:00:00.000000Z"),
        dataclasses.replace(batch, sender_signature="00" * 64),
        dataclasses.replace(batch, journal_id="another"),
        dataclasses.replace(batch, entries=batch.entries[:-1]),
        dataclasses.replace(batch, entries=batch.entries[1:]),
    ):
        assert place.refusal(changed) == "S-303"


def test_nobody_sends_in_another_s_name() -> None:
    place, book = Place(), memory_book()
    honest, thief = place.knows(new_key()), new_key()
    stolen = dataclasses.replace(whole(book, thief), sender_id=honest.device_id)
    assert place.refusal(stolen) == "S-303"


def test_a_head_that_no_known_device_signed_is_refused() -> None:
    place, book = Place(), memory_book()
    sender = place.knows(new_key())
    assert place.refusal(whole(book, new_key(), sender=sender)) == "S-302"


def test_an_office_cannot_add_to_its_kiosk_s_book() -> None:
    place, book = Place(), memory_book()
    kiosk, office = place.knows(new_key()), place.knows(new_key(), Role.OFFICE)
    head = book.head().seq
    assert place.send(book, kiosk, sender=office) == Taken(head, head)
    book.append(DeviceEnrolled("x", "y"))
    assert place.refusal(whole(book, office)) == "S-303"


def test_a_book_of_another_office_is_refused() -> None:
    place = Place()
    key = place.knows(new_key())
    assert place.refusal(whole(memory_book(office_id="elsewhere"), key)) == "J-106"


def test_a_book_that_does_not_begin_as_a_book_is_refused() -> None:
    place, book = Place(), memory_book()
    key = place.knows(new_key())
    assert place.refusal(batch_of(list(book.entries()), "another-name", key)) == "S-305"


def test_a_demonstration_is_not_taken_by_a_real_office() -> None:
    book = MemoryJournal(FakeClock(), demo=True)
    place = Place()
    key = place.knows(new_key())
    assert place.refusal(whole(book, key)) == "S-309"
    demo = Place(demo=True)
    demo.knows(key)
    assert demo.send(book, key) == Taken(1, 1)


def test_an_office_takes_the_books_of_several_kiosks() -> None:
    place = Place()
    key, other = place.knows(new_key()), place.knows(new_key())
    place.send(memory_book(), key)
    assert isinstance(place.send(memory_book(kiosk_id="kiosk-2"), other), Taken)
    assert isinstance(place.send(memory_book(2), key), Taken)
    assert sorted(book.kiosk_id for book in place.store.books(OFFICE)) == ["kiosk-1", "kiosk-1", "kiosk-2"]


def test_a_second_machine_with_the_id_of_a_kiosk_is_told_so() -> None:
    place = Place()
    key, other = place.knows(new_key()), place.knows(new_key())
    place.send(memory_book(), key)
    assert place.refusal(whole(memory_book(2), other)) == "S-310"


def test_a_log_of_many_offices_leaves_it_to_the_office_who_has_a_kiosk_s_id() -> None:
    place = Place()
    office = place.knows(new_key(), Role.OFFICE)
    key, other = place.knows(new_key()), place.knows(new_key())
    assert isinstance(place.send(memory_book(), key, sender=office), Taken)
    assert isinstance(place.send(memory_book(2), other, sender=office), Taken)


def test_the_office_s_own_book_is_no_second_kiosk() -> None:
    place = Place()
    kiosk, office = place.knows(new_key()), place.knows(new_key(), Role.OFFICE)
    place.send(memory_book(kiosk_id="office"), office)
    assert isinstance(place.send(memory_book(), kiosk), Taken)


def test_only_an_office_s_device_writes_the_office_s_book() -> None:
    place = Place()
    kiosk = place.knows(new_key())
    assert place.refusal(whole(memory_book(kiosk_id="office"), kiosk)) == "J-106"


def test_kiosks_are_learned_from_the_office_s_own_book() -> None:
    place = Place()
    office, kiosk = place.knows(new_key(), Role.OFFICE), new_key()
    own = MemoryJournal(FakeClock(), kiosk_id="office")
    own.append(DeviceEnrolled(kiosk.device_id, kiosk.public_key.hex()))
    own.append(DeviceEnrolled("wrong", "not a key"))
    place.send(own, office)
    known = place.store.device(kiosk.device_id)
    assert known is not None
    assert (known.role, known.office_id) == (Role.KIOSK, OFFICE)
    assert isinstance(place.send(memory_book(), kiosk, sender=office), Taken)


def test_a_kiosk_s_book_teaches_nobody() -> None:
    place = Place()
    kiosk, friend = place.knows(new_key()), new_key()
    book = memory_book(1)
    book.append(DeviceEnrolled(friend.device_id, friend.public_key.hex()))
    place.send(book, kiosk)
    assert place.store.device(friend.device_id) is None


def test_a_device_with_a_new_key_goes_on_with_its_book_once_it_is_enrolled() -> None:
    place, book = Place(), memory_book(2)
    old = place.knows(new_key())
    place.send(book, old)
    book.append(DeviceEnrolled("x", "y"))
    new = new_key()
    assert place.refusal(whole(book, new)) == "S-302"
    place.knows(new)
    assert isinstance(place.send(book, new), Taken)
    assert place.store.books(OFFICE)[0].device_id == new.device_id
    book.append(DeviceEnrolled("z", "y"))
    assert place.refusal(whole(book, old)) == "S-303"


def test_a_gap_is_answered_with_how_far_we_are() -> None:
    place, book = Place(), memory_book(10)
    key = place.knows(new_key())
    entries = list(book.entries())
    assert place.offer(part(book, key, entries[5:])) == Taken(0, 0)
    assert place.store.books(OFFICE) == []
    place.offer(part(book, key, entries[:4]))
    assert place.offer(part(book, key, entries[9:])) == Taken(4, 0)


def test_a_forked_book_is_taken_no_further_and_what_is_held_is_still_acked() -> None:
    place, mine, other = Place(), memory_book(3), memory_book(4)
    key = place.knows(new_key())
    entries = list(mine.entries())
    place.offer(part(mine, key, entries[:5]))
    shown = place.offer(batch_of(list(other.entries()), mine.journal_id, key))
    assert isinstance(shown, ForkShown)
    assert place.store.books(OFFICE)[0].state is BookState.FORKED
    assert place.offer(part(mine, key, entries[:5])) == Taken(5, 0)
    assert place.offer(part(mine, key, entries[5:])) == shown
    assert place.store.books(OFFICE)[0].seq == 5
    assert len(place.store.forks(OFFICE)) == 1


def test_one_office_s_devices_do_not_speak_for_another() -> None:
    place = Place()
    here, there = place.knows(new_key()), place.knows(new_key(), office_id="there")
    assert place.refusal(whole(memory_book(), here, sender=there)) == "S-302"
    assert isinstance(place.send(memory_book(office_id="there"), there), Taken)
    assert place.store.tallies(OFFICE, *ALL) == []
    assert place.store.tallies("there", *ALL) != []
