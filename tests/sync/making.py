"""What the tests of this room are made of: books with plausible facts, devices, batches, a server on a port."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from litestar.types import ASGIApp

from kiosk.clock import Clock, instant_text
from kiosk.entry import Entry
from kiosk.fact import Fact
from kiosk.facts import (
    CriterionAnswered,
    CriterionSkipped,
    RatingGiven,
    RatingUnanswered,
    TicketIssued,
    TicketNotPrinted,
    TicketPrinted,
)
from kiosk.journal import BookOf, SqliteJournal
from sync.batch import Batch, Page, sign
from sync.central.intake import Intake
from sync.central.listening import bind, page_address
from sync.central.serve import server
from sync.central.store import Device, Role, Store
from sync.central.ticket_days import Ended, Slot, TicketDay
from sync.keys import DeviceKey
from tests.fakes.clock import FakeClock
from tests.fakes.journal import MemoryJournal
from tests.fakes.waiting import until

OFFICE = "bac-son"
ALL = ("2000-01-01", "2999-12-31")
TICKET = TicketDay(
    OFFICE, "2026-11-23", "B001", "ho-tich", True, "a1", 100, 700, None, Ended.SERVED, "2026-11-23", 300, 1,
    (("dat-dai", 60), ("ho-tich", None)), "pace", {"pace": (5, 10)},
)  # fmt: skip
SLOT = Slot(OFFICE, "a1", "h1", "2026-11-23", 400)


def new_key() -> DeviceKey:
    """A key nobody knows."""
    return DeviceKey(Ed25519PrivateKey.generate())


def visits(count: int, *, seed: int = 1, ballots: Sequence[str] = ()) -> list[Fact]:
    """The facts of that many visits: a number, its slip, mostly an answer, some with one of ``ballots``."""
    chance = random.Random(seed)
    facts: list[Fact] = []
    for place in range(1, count + 1):
        name = f"{seed}-{place}"
        facts.append(
            TicketIssued(f"B{place:03}", chance.choice(["chung-thuc", "ho-tich"]), False, f"i{name}", f"l{name}")
        )
        facts.append(
            TicketPrinted(f"B{place:03}") if chance.random() < 0.9 else TicketNotPrinted(f"B{place:03}", "P-101")
        )
        if chance.random() < 0.2:
            facts.append(RatingUnanswered("5-3-4", 1, "good-first", "timeout"))
            continue
        ballot = chance.choice(ballots) if ballots else f"u{name}"
        used = ballot if chance.random() < 0.7 else None
        facts.append(RatingGiven(f"r{name}", used, "5-3-4", 1, "good-first", chance.choice(["satisfied", "neutral"])))
        facts.append(CriterionAnswered(f"r{name}", "b1", "yes"))
        facts.append(CriterionSkipped(f"r{name}", "k2"))
        if chance.random() < 0.3:
            facts.append(CriterionAnswered(f"r{name}", "b1", "no"))
    return facts


def memory_book(count: int = 5, *, clock: Clock | None = None, **of: str) -> MemoryJournal:
    """A book in memory with some visits in it."""
    book = MemoryJournal(clock or FakeClock(), **of)  # type: ignore[arg-type]
    for fact in visits(count):
        book.append(fact)
    return book


def file_book(path: Path, clock: Clock, *, count: int = 0, of: BookOf | None = None) -> SqliteJournal:
    """A book on disk, open for writing."""
    book = SqliteJournal.create(path, of=of or BookOf("kiosk-1", OFFICE), utc_offset_h=7, clock=clock)
    if count:
        book.append_all(visits(count))
    return book


def batch_of(entries: Sequence[Entry], journal_id: str, key: DeviceKey, *, sender: DeviceKey | None = None) -> Batch:
    """Those entries as a batch, the head signed by ``key``, sent by ``sender`` (the same device if not given)."""
    last = entries[-1]
    page = Page(journal_id, list(entries), key.sign_head(journal_id, last.seq, last.hash.hex()))
    return sign(page, sender or key, sent_at="2026-11-23T01:00:00.000000Z")


def device_of(
    key: DeviceKey, *, role: Role = Role.KIOSK, office_id: str = OFFICE, clock: Clock | None = None
) -> Device:
    """The device with that key."""
    at = instant_text((clock or FakeClock()).now())
    return Device(office_id, key.device_id, key.public_key, role, at)


def enrolled(store: Store, *devices: Device) -> None:
    """Make a store know devices."""
    with store.transaction() as tx:
        for device in devices:
            tx.add_device(device)


def intake(*, demo: bool = False) -> Intake:
    """An intake of an office seven hours ahead of UTC."""
    return Intake(clock=FakeClock(), demo=demo, utc_offset_h=7)


@dataclass
class Served:
    """A server that runs; ``address`` is ``http://HOST:PORT``."""

    address: str
    port: int


@contextmanager
def served(app: ASGIApp, listen: str = "127.0.0.1:0", *, ending: Callable[[], None] | None = None) -> Iterator[Served]:
    """Run an application on a real port, in a thread, until the block ends."""
    sock = bind(listen)
    running = server(app, ending=ending)
    thread = threading.Thread(target=running.run, kwargs={"sockets": [sock]})
    thread.start()
    try:
        until(lambda: running.started)
        yield Served(page_address(sock), sock.getsockname()[1])
    finally:
        running.should_exit = True
        thread.join(20)
        sock.close()
        assert not thread.is_alive()
