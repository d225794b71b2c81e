"""An entry's spelling and hash: what every other machine relies on."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.entry import GENESIS, Entry, canonical, entry_hash
from kiosk.export import entry_line, entry_of
from kiosk.trouble import JournalTrouble
from tests.ground.vectors import VECTORS

bodies = st.dictionaries(
    st.text("abcdefgh_xyz", min_size=1, max_size=8),
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(st.characters(exclude_categories=["Cs"])),
    max_size=5,
)


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: str(vector["seq"]))
def test_the_published_vectors_hold(vector: dict[str, Any]) -> None:
    previous = bytes.fromhex(vector["previous"])
    fields = {key: vector[key] for key in ("seq", "id", "at", "day", "fact", "version", "body")}
    assert entry_hash(previous, **fields).hex() == vector["hash"]


def test_the_vectors_chain_from_thirty_two_zeros() -> None:
    assert VECTORS[0]["previous"] == GENESIS.hex()
    assert [one["previous"] for one in VECTORS[1:]] == [one["hash"] for one in VECTORS[:-1]]


def test_the_hash_is_what_the_contract_says_step_by_step() -> None:
    line = '[2,"i","2026-11-22T08:00:00.000000Z","2026-11-22","TicketPrinted",1,"{\\"number\\":\\"B001\\"}"]'
    expected = hashlib.sha256(GENESIS + line.encode()).digest()
    got = entry_hash(
        GENESIS,
        seq=2,
        id="i",
        at="2026-11-22T08:00:00.000000Z",
        day="2026-11-22",
        fact="TicketPrinted",
        version=1,
        body='{"number":"B001"}',
    )
    assert got == expected


def test_a_body_is_sorted_tight_and_unescaped() -> None:
    assert canonical({"b": 1, "a": "Chứng thực"}) == '{"a":"Chứng thực","b":1}'


@pytest.mark.parametrize("bad", [1.5, 2**53 + 1, "\ud800", {"é": 1}, {1: 2}, b"x", {1, 2}])
def test_what_others_would_spell_differently_is_refused(bad: Any) -> None:
    with pytest.raises(JournalTrouble) as trouble:
        canonical({"a": bad})
    assert trouble.value.code == "J-104"


@given(bodies)
def test_an_exported_entry_comes_back_to_the_byte(body: dict[str, Any]) -> None:
    text = canonical(body)
    fields: dict[str, Any] = {
        "seq": 1,
        "id": "i",
        "at": "2026-11-22T08:00:00.000000Z",
        "day": "2026-11-22",
        "fact": "F",
        "version": 1,
    }
    entry = Entry(**fields, body=text, hash=entry_hash(GENESIS, **fields, body=text))
    assert entry_of(json.loads(entry_line(entry))) == entry


@given(bodies)
def test_canonical_text_is_its_own_canonical_text(body: dict[str, Any]) -> None:
    assert canonical(json.loads(canonical(body))) == canonical(body)
