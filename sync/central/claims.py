"""Who a kiosk's id belongs to: each machine of an office needs one of its own.

The id belongs to the machine that wrote its newest book. Another machine may take it over, as after
a broken disk, if it was enrolled after the old one was last heard and the old one has been silent for
a while; the kiosk beside the server is always there. So two machines that were given one id by
mistake are told so at the first book of the second, before it could hand out a number.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from kiosk.clock import instant_text
from kiosk.trouble import SyncTrouble, Trouble
from sync.central.store import OFFICE_BOOK, Book, Device

SILENT = timedelta(minutes=10)
"""A machine that sent something within this time is taken for alive."""


@dataclass(frozen=True, slots=True)
class Claim:
    """Who claims an id, when (UTC), and how to know a device of the server's own machine."""

    signer: Device
    now: datetime
    is_here: Callable[[str], bool]


def refuse_second_machine(book: Book, held: Sequence[Book], claim: Claim) -> Trouble | None:
    """Why a new book's machine may not send as that kiosk, or None."""
    if book.kiosk_id == OFFICE_BOOK:
        return None
    for rival in held:
        if rival.kiosk_id == book.kiosk_id and rival.device_id != claim.signer.device_id and _lives(rival, claim):
            return SyncTrouble("S-310", detail=f"{book.kiosk_id}, last heard at {rival.taken_at}")
    return None


def owner_of(kiosk_id: str, held: Sequence[Book]) -> Book | None:
    """The newest book of a kiosk: whoever writes it has the id. ``held`` in the order the books were first taken."""
    return next((book for book in reversed(held) if book.kiosk_id == kiosk_id), None)


def _lives(rival: Book, claim: Claim) -> bool:
    heard_since = rival.taken_at >= claim.signer.enrolled_at
    heard_lately = rival.taken_at > instant_text(claim.now - SILENT)
    return heard_since or heard_lately or claim.is_here(rival.device_id)
