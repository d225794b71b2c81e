"""The counts of a letter, dealt out: one series that all kiosks share, and reserves for those that are cut off.

A block is a thousand counts. The first six are the shared series (1 to 5999); of every sixteen
after them fifteen are the reserves of places 1 to 15 (6001.., 7001.., ... 20001..) and the last goes
to the shared series again, without end. So whoever sees a number knows who may have given it,
and two that cannot speak with each other can never give the same.
"""

from __future__ import annotations

BLOCK = 1000
SHARED_BLOCKS = 6
PLACES = 15
SHARED = 0
"""The place of the shared series; reserves have places 1 to ``PLACES``."""

HOME_PLACE = PLACES
OFFICE_PLACE = PLACES - 1
"""The reserves of the kiosk beside the office server and of the server's help desk; nobody else gets them."""

_ROUND = PLACES + 1


def place_of(count: int) -> int:
    """Whose count it is: ``SHARED``, or the place of a reserve."""
    block = count // BLOCK
    if block < SHARED_BLOCKS:
        return SHARED
    return (block - SHARED_BLOCKS + 1) % _ROUND


def next_count(place: int, highest: int) -> int:
    """The count that comes after ``highest`` (0 before the first) at a place."""
    if highest == 0:
        return 1 if place == SHARED else (SHARED_BLOCKS + place - 1) * BLOCK + 1
    after = highest + 1
    if after % BLOCK:
        return after
    while place_of(after) != place:
        after += BLOCK
    return after


def shared_length(count: int) -> int:
    """How many counts the shared series has up to and with ``count``, which is one of it (0 has 0)."""
    block, rest = divmod(count, BLOCK)
    if block < SHARED_BLOCKS:
        return count
    rounds = (block - SHARED_BLOCKS) // _ROUND
    return (SHARED_BLOCKS + rounds) * BLOCK + rest
