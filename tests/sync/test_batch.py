"""A batch survives the way; anything else is refused before it costs much."""

from __future__ import annotations

import dataclasses
import gzip
import json
import tracemalloc
import zlib
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.entry import GENESIS, Entry, canonical, entry_hash
from kiosk.trouble import SyncTrouble
from sync.batch import MAX_BYTES, MAX_ENTRIES, MAX_PACKED_BYTES, Batch, pack, unpack
from sync.keys import batch_bytes, signed_by
from tests.sync.making import batch_of, memory_book, new_key

KEY = new_key()
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(st.sampled_from("abcxyz_")), inner, max_size=3),
    max_leaves=8,
)
bodies = st.dictionaries(st.text(st.sampled_from("abcxyz_"), min_size=1), values, max_size=5)


def sound_batch(count: int = 4) -> Batch:
    book = memory_book(count)
    return batch_of(list(book.entries()), book.journal_id, KEY)


PACKED = pack(sound_batch(1))


def as_object(batch: Batch) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(gzip.decompress(pack(batch)))
    return made


def refused(packed: bytes) -> str:
    with pytest.raises(SyncTrouble) as told:
        unpack(packed)
    return told.value.code


def test_a_batch_comes_out_as_it_went_in() -> None:
    batch = sound_batch()
    assert unpack(pack(batch)) == batch


def test_the_wire_form_is_the_contract_s() -> None:
    batch = sound_batch()
    sent = as_object(batch)
    assert sorted(sent) == [
        "entries", "first", "head_signature", "journal_id", "last", "sender_id", "sender_signature", "sent_at",
    ]  # fmt: skip
    assert sorted(sent["entries"][0]) == ["at", "body", "day", "fact", "hash", "id", "seq", "version"]
    assert isinstance(sent["entries"][0]["body"], dict)
    assert sent["entries"][0]["hash"] == batch.entries[0].hash.hex()


def test_the_sender_signs_the_array_of_the_contract() -> None:
    batch = sound_batch()
    message = json.dumps(
        ["than-thien/batch/v1", KEY.device_id, batch.journal_id, 1, batch.last, batch.head.hex(), batch.sent_at],
        separators=(",", ":"),
    ).encode()
    assert batch.signed_bytes() == message
    assert signed_by(KEY.public_key, message, batch.sender_signature)
    assert batch_bytes("s", "j", (1, 2), hash="h", sent_at="t") == b'["than-thien/batch/v1","s","j",1,2,"h","t"]'


@given(bodies)
@settings(max_examples=150, deadline=None)
def test_every_body_a_book_can_hold_keeps_its_hash(body: dict[str, Any]) -> None:
    text = canonical(body)
    at = {"seq": 1, "id": "x", "at": "2026-11-23T01:00:00.000000Z", "day": "2026-11-23", "fact": "F", "version": 1}
    entry = Entry(**at, body=text, hash=entry_hash(GENESIS, **at, body=text))  # type: ignore[arg-type]
    came = unpack(pack(batch_of([entry], "j", KEY)))
    assert came.entries[0] == entry


def test_the_spelling_of_the_sender_s_library_does_not_matter() -> None:
    batch = sound_batch()
    loose = json.dumps(as_object(batch), indent=3, ensure_ascii=True)
    assert unpack(gzip.compress(loose.encode())) == batch


@given(st.binary(max_size=200))
@settings(max_examples=100, deadline=None)
def test_noise_is_refused_with_a_code(noise: bytes) -> None:
    assert refused(noise) == "S-306"
    assert refused(gzip.compress(noise)) == "S-306"


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_a_flipped_byte_never_passes_as_another_batch(data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(PACKED) - 1))
    flipped = bytearray(PACKED)
    flipped[place] ^= data.draw(st.integers(1, 255))
    try:
        came = unpack(bytes(flipped))
    except SyncTrouble as trouble:
        assert trouble.code in ("S-306", "S-307")
    else:
        assert came == unpack(PACKED)


def test_a_batch_cut_short_or_followed_by_more_is_refused() -> None:
    packed = pack(sound_batch())
    assert refused(packed[:-1]) == "S-306"
    assert refused(packed + b"x") == "S-306"


def test_a_bomb_is_refused_without_being_unpacked() -> None:
    bomb = zlib.compressobj(9, wbits=16 + zlib.MAX_WBITS)
    packed = b"".join(bomb.compress(bytes(1024 * 1024)) for _ in range(200)) + bomb.flush()
    tracemalloc.start()
    assert refused(packed) == "S-307"
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 3 * MAX_BYTES


def test_more_packed_bytes_than_allowed_are_not_even_looked_at() -> None:
    assert refused(bytes(MAX_PACKED_BYTES + 1)) == "S-307"


def test_more_entries_than_allowed_are_refused() -> None:
    sent = as_object(sound_batch())
    sent["entries"] = [{**sent["entries"][0], "seq": place} for place in range(1, MAX_ENTRIES + 2)]
    sent["last"] = MAX_ENTRIES + 1
    assert refused(gzip.compress(json.dumps(sent).encode())) == "S-307"


WRONG: list[tuple[str, Any]] = [
    ("first", 2),
    ("last", 99),
    ("first", 0),
    ("first", "1"),
    ("sender_id", "x"),
    ("entries", []),
    ("entries", None),
    ("head_signature", "zz"),
    ("journal_id", ""),
    ("sent_at", "yesterday"),
]


@pytest.mark.parametrize(("name", "value"), WRONG)
def test_a_wrong_value_is_refused(name: str, value: object) -> None:
    assert refused(gzip.compress(json.dumps({**as_object(sound_batch()), name: value}).encode())) == "S-306"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("day", "2026-13-45"),
        ("at", "2026-11-23T99:00:00.000000Z"),
        ("at", "2026-11-23T01:00:00Z"),
        ("hash", "AB" * 32),
        ("body", []),
        ("body", {"x": 1.5}),
        ("body", {"x": 2**60}),
        ("body", {"ồ": 1}),
        ("version", 0),
        ("seq", 5),
    ],
)
def test_a_wrong_entry_is_refused(name: str, value: object) -> None:
    sent = as_object(sound_batch())
    sent["entries"][1][name] = value
    assert refused(gzip.compress(json.dumps(sent).encode())) == "S-306"


def test_a_nest_without_end_is_refused() -> None:
    text = json.dumps(as_object(sound_batch(1))).replace('"priority": false', '"priority": ' + "[" * 5000 + "]" * 5000)
    assert "[[[" in text
    assert refused(gzip.compress(text.encode())) == "S-306"
    assert refused(gzip.compress(b"[" * 100_000)) == "S-306"


def test_a_missing_part_is_refused() -> None:
    for name in as_object(sound_batch()):
        sent = as_object(sound_batch())
        del sent[name]
        assert refused(gzip.compress(json.dumps(sent).encode())) == "S-306"


def test_another_hash_changes_what_is_signed() -> None:
    batch = sound_batch()
    changed = dataclasses.replace(batch.entries[-1], hash=bytes(32))
    assert dataclasses.replace(batch, entries=[*batch.entries[:-1], changed]).signed_bytes() != batch.signed_bytes()
