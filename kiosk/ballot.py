"""Ballots: 128 random bits on a slip that let one visit be rated once, by nobody in particular.

Nobody stores a ballot. The book keeps hashes of it that nobody can join: one in the
ticket's fact, another in the rating's (contract "Codes"; statistics 10).
"""

from __future__ import annotations

import hashlib
import secrets

BALLOT_BYTES = 16
BALLOT_LETTERS = 26
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O, U."""

_READ_AS = {"I": "1", "L": "1", "O": "0"}
_VALUES = {letter: value for value, letter in enumerate(ALPHABET)}


def new_ballot() -> bytes:
    """16 bytes from the system's own source of randomness."""
    return secrets.token_bytes(BALLOT_BYTES)


def crockford(raw: bytes, letters: int) -> str:
    """The number in ``raw`` as exactly that many letters, most significant first."""
    value = int.from_bytes(raw)
    return "".join(ALPHABET[(value >> (5 * place)) & 31] for place in reversed(range(letters)))


def ballot_text(ballot: bytes) -> str:
    """A ballot as it stands in a QR code: 26 letters."""
    return crockford(ballot, BALLOT_LETTERS)


def read_ballot(text: str) -> bytes | None:
    """The ballot in 26 letters, or None if they are not one. Lower case, I, L and O are understood."""
    letters = "".join(_READ_AS.get(letter, letter) for letter in text.strip().upper())
    if len(letters) != BALLOT_LETTERS or any(letter not in _VALUES for letter in letters):
        return None
    value = 0
    for letter in letters:
        value = value << 5 | _VALUES[letter]
    return value.to_bytes(BALLOT_BYTES) if value < 1 << 128 else None


def ballot_issue(ballot: bytes) -> str:
    """The hash that the ticket's fact keeps, in hex."""
    return _hash(b"issue", ballot)


def ballot_used(ballot: bytes) -> str:
    """The hash that the rating's fact keeps, in hex."""
    return _hash(b"used", ballot)


def ballot_line(ballot: bytes) -> str:
    """The hash a phone asks with for its place in line, in hex."""
    return _hash(b"line", ballot)


def slip_address(ballot: bytes, server: str | None) -> str:
    """What the QR of a slip says: an address for phones, or the bare ballot while nobody beyond
    the machine is served. ``server`` is ``HOST`` or ``HOST:PORT``."""
    text = ballot_text(ballot)
    return f"HTTP://{server.upper()}/V#{text}" if server else text


def _hash(word: bytes, ballot: bytes) -> str:
    return hashlib.sha256(word + ballot).hexdigest()
