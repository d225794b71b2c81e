"""Which number belongs to which appointment, in every store."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest

from sync.central.sqlite_store import SqliteStore
from sync.central.store import Store
from tests.fakes.memory_store import MemoryStore
from tests.sync.making import ALL, OFFICE, SLOT, TICKET


@pytest.fixture(params=["sqlite", "memory"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    made: Store = SqliteStore(tmp_path / "log.sqlite") if request.param == "sqlite" else MemoryStore()
    yield made
    made.close()


@pytest.mark.parametrize("name", ["a1", "h1"])
def test_a_number_belongs_to_an_appointment_of_its_day_that_holds_and_to_no_other(store: Store, name: str) -> None:
    named = dataclasses.replace(TICKET, appointment=name)
    walk_in = dataclasses.replace(TICKET, appointment="")
    others = {"day": "2026-11-24"}, {"cancelled": True}, {"office_id": "other"}, {"appointment_id": "", "code_hash": ""}
    with store.transaction() as tx:
        tx.put_ticket(named, {})
        tx.put_ticket(dataclasses.replace(walk_in, number="B002"), {})
        assert tx.numbers_with(SLOT) == ["B001"]
    assert store.ticket_days(OFFICE, *ALL)[0] == walk_in
    for other in others:
        with store.transaction() as tx:
            tx.put_slot(dataclasses.replace(SLOT, **other))
            assert tx.slot_start(OFFICE, "2026-11-23", name) is None
        assert [one.appointment for one in store.ticket_days(OFFICE, *ALL)] == ["", ""]
    with store.transaction() as tx:
        tx.put_slot(SLOT)
        assert tx.slot(OFFICE, "a1") == SLOT
        assert tx.slot_start(OFFICE, "2026-11-23", name) == 400
    assert store.ticket_days(OFFICE, *ALL)[0] == dataclasses.replace(named, slot_s=400)
