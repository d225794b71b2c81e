"""Making a device known to a server, by a one-time code."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kiosk.trouble import JournalTrouble
from sync.keys import own_key
from sync.link import Enrolled, Enrolment, HttpLink, trouble_of
from sync.sources import book_opening

BOOKS = {"office": Path("office") / "journal.sqlite", "kiosk": Path("journal.sqlite")}
"""The book each device of a data folder writes; the key has the same name."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Which device of which data folder asks which server, with which code. ``office_id`` "": as the books say."""

    data: Path
    upstream: str
    code: str
    device: str = "office"
    office_id: str = ""


def enrol(asked: Asked) -> Enrolled:
    """Make the device known. Raises ``Trouble``: S-301, S-311, C-403, J-107 if no book names the office."""
    link = HttpLink(asked.upstream)
    try:
        office_id = asked.office_id or _office_of(asked.data)
        key = own_key(asked.data, asked.device)
        answer = link.enrol(Enrolment(asked.code, office_id, key.public_key.hex()))
    finally:
        link.close()
    if not isinstance(answer, Enrolled):
        raise trouble_of(answer)
    return answer


def _office_of(data: Path) -> str:
    for place in BOOKS.values():
        if (data / place).exists():
            return book_opening(data / place).office_id
    raise JournalTrouble("J-107", detail=f"{data}: start the kiosk here once, or name the office with --office")
