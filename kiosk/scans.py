"""What a scanned text means: one of our ballots, an appointment's code, an identity card, or nothing of ours.

Of an identity card nothing is kept, logged or echoed: the text is looked at once and
dropped (domain section 8). Its QR begins with twelve digits and has at least six bars.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum

from kiosk.appointment_code import CODE_LETTERS, read_code
from kiosk.ballot import read_ballot

_IDENTITY_CARD = re.compile(r"[0-9]{12}(?:\|[^|]*){6,}", re.DOTALL)
_SLIP_ADDRESS = re.compile(r"https?://[^/#?\s]+/v/?#([0-9a-z]+)", re.IGNORECASE)


class ScanKind(StrEnum):
    """What was read."""

    BALLOT = "ballot"
    APPOINTMENT = "appointment"
    IDENTITY_CARD = "identity-card"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Scan:
    """What a scan means. ``ballot`` is None for everything but a ballot; whether it may be used
    only the desk knows (``Desk.ballot_state``). ``code``: of an appointment, else ""."""

    kind: ScanKind
    ballot: bytes | None = field(default=None, repr=False)
    code: str = field(default="", repr=False)


def read_scan(text: str) -> Scan:
    """What a text read by the scanner means. Bare ballots and slips' addresses in any case. Never raises."""
    text = text.strip().strip("\0")
    if _IDENTITY_CARD.fullmatch(text):
        return Scan(ScanKind.IDENTITY_CARD)
    address = _SLIP_ADDRESS.fullmatch(text)
    ballot = read_ballot(address[1] if address else text)
    code = read_code(text) if len(text) > CODE_LETTERS else None  # ten bare letters may be anybody's bar code
    if ballot is None and code is not None:
        return Scan(ScanKind.APPOINTMENT, code=code)
    return Scan(ScanKind.UNKNOWN) if ballot is None else Scan(ScanKind.BALLOT, ballot)
