"""A device's own key: who wrote a book, and who sends it.

Ed25519, made at the first start in ``DATA/keys/`` and never leaving the machine. The
device's id is derived from the public key, so that nobody has to hand out names.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from kiosk.book_file import storage_trouble
from kiosk.trouble import SyncTrouble

KEYS = "keys"
HEAD = "than-thien/head/v1"
BATCH = "than-thien/batch/v1"
PUBLIC_KEY_BYTES = 32
DEVICE_ID_DIGITS = 32


def device_id_of(public_key: bytes) -> str:
    """The id of the device with this raw public key: 32 hex digits of its SHA-256."""
    return hashlib.sha256(public_key).hexdigest()[:DEVICE_ID_DIGITS]


@dataclass(frozen=True, slots=True)
class DeviceKey:
    """A private key and the names that follow from it."""

    private: Ed25519PrivateKey

    @property
    def public_key(self) -> bytes:
        """32 raw bytes."""
        return self.private.public_key().public_bytes_raw()

    @property
    def device_id(self) -> str:
        """32 hex digits."""
        return device_id_of(self.public_key)

    def sign_head(self, journal_id: str, seq: int, hash: str) -> str:
        """The signature of a book's head, in hex; ``hash`` is hex."""
        return self.private.sign(head_bytes(journal_id, seq, hash)).hex()

    def sign(self, message: bytes) -> str:
        """The signature of any bytes, in hex."""
        return self.private.sign(message).hex()


def head_bytes(journal_id: str, seq: int, hash: str) -> bytes:
    """What is signed when a device vouches for its book up to ``seq``."""
    return _compact([HEAD, journal_id, seq, hash])


def batch_bytes(sender_id: str, journal_id: str, span: tuple[int, int], *, hash: str, sent_at: str) -> bytes:
    """What is signed when a device sends entries ``span[0]`` to ``span[1]``, the last of them hashed ``hash``."""
    return _compact([BATCH, sender_id, journal_id, *span, hash, sent_at])


def signed_by(public_key: bytes, message: bytes, signature: str) -> bool:
    """Whether that key signed that message; a signature that is not hex is simply wrong."""
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(bytes.fromhex(signature), message)
    except (InvalidSignature, ValueError):
        return False
    return True


def own_key(data: Path, name: str) -> DeviceKey:
    """The key ``DATA/keys/NAME.key``, made now if there is none yet, with ``NAME.pub`` beside it.

    Raises ``SyncTrouble`` S-317 for a file that is not a key, and ``MachineTrouble`` when the
    folder cannot be written. A key that is there is never replaced.
    """
    folder = keys_folder(data)
    place = folder / f"{name}.key"
    if not place.exists():
        place_new(place, _pem(Ed25519PrivateKey.generate()))
    key = read_key(place)
    public = folder / f"{name}.pub"
    line = key.public_key.hex() + "\n"
    if _text(public) != line:
        replace_file(public, line.encode(), mode=0o644)
    return key


def read_key(place: Path) -> DeviceKey:
    """The private key in a PEM file; raises ``SyncTrouble`` S-317 if it is none."""
    try:
        private = serialization.load_pem_private_key(place.read_bytes(), password=None)
    except (OSError, ValueError, TypeError) as wrong:
        raise SyncTrouble("S-317", detail=str(place)) from wrong
    if not isinstance(private, Ed25519PrivateKey):
        raise SyncTrouble("S-317", detail=f"{place} is not an Ed25519 key")
    return DeviceKey(private)


def known_keys(data: Path) -> Iterator[bytes]:
    """The raw public keys that stand in ``DATA/keys/*.pub``; files that are none are passed over."""
    for place in sorted((data / KEYS).glob("*.pub")):
        public_key = read_public_key(_text(place).strip())
        if public_key is not None:
            yield public_key


def read_public_key(text: str) -> bytes | None:
    """The raw public key in 64 hex digits, or None if they are not one."""
    try:
        raw = bytes.fromhex(text)
        Ed25519PublicKey.from_public_bytes(raw)
    except ValueError:
        return None
    return raw if len(text) == 2 * PUBLIC_KEY_BYTES else None


def keys_folder(data: Path) -> Path:
    """``DATA/keys``, made for its owner alone."""
    folder = data / KEYS
    with storage_trouble(folder):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def place_new(place: Path, content: bytes) -> None:
    """Write a file for its owner alone, whole or not at all, never over one that is there already."""
    with storage_trouble(place):
        draft = _draft(place, content, mode=0o600)
        try:
            os.link(draft, place)
        except FileExistsError:
            pass
        finally:
            draft.unlink(missing_ok=True)
        _settle(place.parent)


def replace_file(place: Path, content: bytes, *, mode: int) -> None:
    """Write a file, whole or not at all, in the place of the one before."""
    with storage_trouble(place):
        draft = _draft(place, content, mode=mode)
        draft.replace(place)
        _settle(place.parent)


def _draft(place: Path, content: bytes, *, mode: int) -> Path:
    draft = place.with_name(f".{place.name}.{secrets.token_hex(4)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        draft.unlink(missing_ok=True)
        raise
    return draft


def _settle(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _pem(private: Ed25519PrivateKey) -> bytes:
    return private.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _text(place: Path) -> str:
    try:
        return place.read_text(encoding="ascii")
    except (OSError, ValueError):
        return ""


def _compact(parts: list[str | int]) -> bytes:
    return json.dumps(parts, ensure_ascii=False, separators=(",", ":")).encode()
