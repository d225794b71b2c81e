"""Checkpoints on paper: a place in the book and 80 bits of its hash, which anyone can hold.

80 bits are 16 letters of Crockford's base 32: enough that nobody rewrites a book later to
fit a slip that is already in a citizen's hand (contract "Codes").
"""

from __future__ import annotations

from kiosk.ballot import crockford
from kiosk.entry import Entry

MARK_BYTES = 10
MARK_LETTERS = 16
GROUP = 4


def mark(entry: Entry) -> str:
    """The 16 letters of an entry's checkpoint in groups of four."""
    return hash_mark(entry.hash)


def hash_mark(hash: bytes) -> str:
    """The same of an entry of which only the hash is at hand."""
    letters = crockford(hash[:MARK_BYTES], MARK_LETTERS)
    return " ".join(letters[at : at + GROUP] for at in range(0, MARK_LETTERS, GROUP))
