"""Taking a batch inside the accepting transaction: who signed, what to do, and all that follows from it."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kiosk.clock import Clock, instant_text
from kiosk.entry import Entry
from kiosk.facts import DeviceEnrolled
from kiosk.trouble import JournalTrouble, SyncTrouble
from sync.batch import Batch
from sync.central.claims import Claim, refuse_second_machine
from sync.central.fold import Fold, read_fact
from sync.central.ingest import Accept, Differs, Told, decide, opened_book, refuse_demonstration
from sync.central.store import OFFICE_BOOK, Book, BookState, Device, Fork, Role, Transaction
from sync.keys import device_id_of, head_bytes, read_public_key, signed_by


@dataclass(frozen=True, slots=True)
class Taken:
    """Everything up to ``through`` is held durably; ``entries`` of them are new."""

    through: int
    entries: int


@dataclass(frozen=True, slots=True)
class ForkShown:
    """Two different books carry this name; they differ at ``seq``."""

    seq: int
    held_hash: bytes
    sent_hash: bytes


Reception = Taken | ForkShown
Heard = Callable[[str, Sequence[Entry]], None]
"""Told of entries that became durable: the ``kiosk_id`` of their book, and the entries in order."""

Failed = Callable[[BaseException], None]
"""Told of what kept a transaction from becoming durable."""


@dataclass(frozen=True, slots=True)
class Packed:
    """A batch and the bytes it came in, kept as evidence if it shows a fork."""

    batch: Batch
    raw: bytes


class Intake:
    """Takes batches for one place. ``demo``: whether demonstration books are taken here; ``is_here``: whether a
    device is one of this very machine (None: none is)."""

    def __init__(
        self, *, clock: Clock, demo: bool, utc_offset_h: int, is_here: Callable[[str], bool] | None = None
    ) -> None:
        self._clock = clock
        self._demo = demo
        self._utc_offset_h = utc_offset_h
        self._is_here = is_here or _nowhere
        self._ears: list[Heard] = []
        self._mourners: list[Failed] = []
        self._untold: list[tuple[str, Sequence[Entry]]] = []

    def listen(self, hear: Heard, failed: Failed | None = None) -> None:
        """Tell this one too, from now on."""
        self._ears.append(hear)
        if failed is not None:
            self._mourners.append(failed)

    def committed(self) -> None:
        """What was taken is durable: tell it. On the writer's thread, after each transaction."""
        told, self._untold = self._untold, []
        for kiosk_id, entries in told:
            for hear in self._ears:
                hear(kiosk_id, entries)

    def rolled_back(self, wrong: BaseException) -> None:
        """What was taken is not durable: forget it, and say why."""
        self._untold = []
        for failed in self._mourners:
            failed(wrong)

    def take(self, tx: Transaction, packed: Packed) -> Reception:
        """Take a batch as far as it can be taken; raises ``Trouble`` for one that is refused."""
        untold = len(self._untold)
        try:
            return self._take(tx, packed)
        except BaseException:
            del self._untold[untold:]  # whoever catches this undoes its part of the transaction alone
            raise

    def _take(self, tx: Transaction, packed: Packed) -> Reception:
        batch = packed.batch
        sender = tx.device(batch.sender_id)
        if sender is None:
            raise SyncTrouble("S-302", detail=batch.sender_id)
        if not signed_by(sender.public_key, batch.signed_bytes(), batch.sender_signature):
            raise SyncTrouble("S-303", detail="the sender's signature")
        held = tx.book(sender.office_id, batch.journal_id)
        signer = self._signer(tx, batch, sender, held)
        if held is None:
            if batch.first > 1:
                return Taken(0, 0)
            held = self._open(tx, batch, sender, signer)
        decision = decide(batch, head=held.seq, hash_at=lambda seq: tx.hash_at(held, seq))
        match decision:
            case Told(through):
                return Taken(through, 0)
            case Differs():
                return self._fork(tx, held, decision, packed.raw)
            case Accept(entries):
                if held.state is BookState.FORKED:
                    return self._known_fork(tx, held)
                return self._accept(tx, held, list(entries), batch, signer)

    def _signer(self, tx: Transaction, batch: Batch, sender: Device, held: Book | None) -> Device:
        """The device whose signature stands over the head."""
        message = head_bytes(batch.journal_id, batch.last, batch.head.hex())
        for device in self._may_sign(tx, sender.office_id, held):
            if signed_by(device.public_key, message, batch.head_signature):
                return device
        raise SyncTrouble("S-303" if held else "S-302", detail="no known device signed the head of this book")

    def _may_sign(self, tx: Transaction, office_id: str, held: Book | None) -> list[Device]:
        """The devices that may sign a book. A new book: any of its office.

        A held book keeps its device. Only one of the same kind that was enrolled later and signs
        no other book may take its place: that is what a device with a new key looks like, and
        what an office that forwards its kiosk's book does not.
        """
        devices = tx.office_devices(office_id)
        if held is None:
            return devices
        place = next(at for at, one in enumerate(devices) if one.device_id == held.device_id)
        busy = {book.device_id for book in tx.office_books(office_id)}
        newer = [one for one in devices[:place] if one.role is devices[place].role and one.device_id not in busy]
        return [devices[place], *newer]

    def _open(self, tx: Transaction, batch: Batch, sender: Device, signer: Device) -> Book:
        book = opened_book(batch, sender=sender, signer=signer)
        held = tx.office_books(book.office_id)
        refusal = refuse_demonstration(book, demo_office=self._demo)
        if refusal is None and sender.device_id == signer.device_id:  # an office that sends on has decided this
            claim = Claim(signer, self._clock.now(), self._is_here)
            refusal = refuse_second_machine(book, held, claim)
        if refusal is None and book.kiosk_id == OFFICE_BOOK and signer.role is not Role.OFFICE:
            refusal = JournalTrouble("J-106", detail="only the office's own device writes the office's own book")
        if refusal is not None:
            raise refusal
        tx.open_book(book)
        return book

    def _accept(self, tx: Transaction, held: Book, entries: list[Entry], batch: Batch, signer: Device) -> Reception:
        now = instant_text(self._clock.now())
        last = entries[-1]
        moved = dataclasses.replace(
            held, seq=last.seq, hash=last.hash, device_id=signer.device_id, last_at=last.at, taken_at=now
        )
        if not tx.move_head(held, moved):
            raise JournalTrouble("J-103", detail=f"the head of {held.journal_id} moved")
        tx.add_entries(held, entries)
        tx.add_head_signature(moved, device_id=signer.device_id, signature=batch.head_signature)
        fold = Fold(tx, held.office_id, utc_offset_h=self._utc_offset_h)
        for entry in entries:
            fold.take(held, entry)
        fold.finish()
        self._untold.append((held.kiosk_id, entries))
        if held.kiosk_id == OFFICE_BOOK and signer.role is Role.OFFICE:
            _learn_devices(tx, held.office_id, entries)
        return Taken(last.seq, len(entries))

    def _fork(self, tx: Transaction, held: Book, shown: Differs, raw: bytes) -> ForkShown:
        now = instant_text(self._clock.now())
        tx.mark_forked(held)
        tx.add_fork(
            Fork(held.office_id, held.journal_id, shown.seq, shown.held_hash, shown.sent_hash, now, evidence=raw)
        )
        return ForkShown(shown.seq, shown.held_hash, shown.sent_hash)

    def _known_fork(self, tx: Transaction, held: Book) -> ForkShown:
        fork = tx.first_fork(held)
        return ForkShown(fork.seq, fork.held_hash, fork.sent_hash)


def _nowhere(_: str) -> bool:
    return False


def _learn_devices(tx: Transaction, office_id: str, entries: list[Entry]) -> None:
    """An office names its other devices in its own book; whoever holds that book knows them from there."""
    for entry in entries:
        fact = read_fact(entry) if entry.fact == DeviceEnrolled.__name__ else None
        public_key = read_public_key(fact.public_key) if isinstance(fact, DeviceEnrolled) else None
        if public_key is not None:
            tx.add_device(Device(office_id, device_id_of(public_key), public_key, Role.KIOSK, entry.at))
