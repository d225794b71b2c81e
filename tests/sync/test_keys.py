"""A device's own key: made once, kept, never replaced, never guessed."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from kiosk.trouble import MachineTrouble, SyncTrouble
from sync.keys import device_id_of, head_bytes, known_keys, own_key, place_new, signed_by
from tests.sync.making import new_key


def test_a_key_is_made_at_the_first_start_and_kept(tmp_path: Path) -> None:
    first, again = own_key(tmp_path, "kiosk"), own_key(tmp_path, "kiosk")
    assert first.public_key == again.public_key
    assert first.device_id == hashlib.sha256(first.public_key).hexdigest()[:32]


def test_only_its_owner_may_read_a_key(tmp_path: Path) -> None:
    own_key(tmp_path, "kiosk")
    assert (tmp_path / "keys").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "keys" / "kiosk.key").stat().st_mode & 0o777 == 0o600


def test_the_public_half_stands_beside_it_and_is_mended(tmp_path: Path) -> None:
    key = own_key(tmp_path, "kiosk")
    public = tmp_path / "keys" / "kiosk.pub"
    public.write_text("something else")
    own_key(tmp_path, "kiosk")
    assert public.read_text() == key.public_key.hex() + "\n"
    assert list(known_keys(tmp_path)) == [key.public_key]


def test_a_file_that_is_no_key_is_passed_over_among_the_known(tmp_path: Path) -> None:
    key = own_key(tmp_path, "office")
    (tmp_path / "keys" / "a.pub").write_text("00")
    (tmp_path / "keys" / "b.pub").write_bytes(b"\xff\xfe")
    assert list(known_keys(tmp_path)) == [key.public_key]


@pytest.mark.parametrize(
    "content", [b"", b"nonsense", b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"]
)
def test_a_damaged_key_is_told_and_left_as_it_is(tmp_path: Path, content: bytes) -> None:
    own_key(tmp_path, "kiosk")
    place = tmp_path / "keys" / "kiosk.key"
    place.write_bytes(content)
    with pytest.raises(SyncTrouble) as told:
        own_key(tmp_path, "kiosk")
    assert told.value.code == "S-317"
    assert "kiosk.key" in told.value.detail
    assert place.read_bytes() == content


def test_a_new_file_never_takes_the_place_of_one_that_is_there(tmp_path: Path) -> None:
    place_new(tmp_path / "one", b"first")
    place_new(tmp_path / "one", b"second")
    assert (tmp_path / "one").read_bytes() == b"first"
    assert [place.name for place in tmp_path.iterdir()] == ["one"]


def test_a_folder_that_cannot_be_made_is_a_trouble_of_the_machine(tmp_path: Path) -> None:
    (tmp_path / "keys").write_text("a file in the way")
    with pytest.raises(MachineTrouble) as told:
        own_key(tmp_path, "kiosk")
    assert told.value.code == "M-202"


def test_a_signature_holds_for_its_message_and_its_key_only() -> None:
    key, other = new_key(), new_key()
    message, signature = head_bytes("book", 7, "ab" * 32), key.sign_head("book", 7, "ab" * 32)
    assert signed_by(key.public_key, message, signature)
    assert not signed_by(other.public_key, message, signature)
    assert not signed_by(key.public_key, head_bytes("book", 8, "ab" * 32), signature)
    assert not signed_by(key.public_key, message, "not hex")


def test_what_is_signed_is_the_compact_array_of_the_contract() -> None:
    assert head_bytes("j", 3, "ff") == b'["than-thien/head/v1","j",3,"ff"]'


def test_a_device_id_follows_from_the_public_key() -> None:
    assert device_id_of(bytes(32)) == "66687aadf862bd776c8fc18b8e9f8e20"
