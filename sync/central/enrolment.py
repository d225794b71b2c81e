"""One-time codes: how a device that nobody knows yet gets known.

Eight letters of Crockford's base 32 (40 bits), good for a day and for one device. Only
their hashes are kept. Forty bits are enough because guesses are counted and slowed.
"""

from __future__ import annotations

import dataclasses
import hashlib
import hmac
import secrets
from datetime import timedelta

from kiosk.ballot import ALPHABET
from kiosk.clock import Clock, instant, instant_text
from kiosk.trouble import SyncTrouble
from sync.central.store import Device, EnrolCode, Role, Transaction
from sync.keys import device_id_of, read_public_key
from sync.link import Enrolment

CODE_LETTERS = 8
VALID = timedelta(hours=24)
OFFICE_LETTERS = 64
_READ_AS = str.maketrans({"I": "1", "L": "1", "O": "0", "-": None, " ": None})


def make_code(tx: Transaction, clock: Clock, *, office_id: str = "") -> str:
    """A new code, for that office alone or, with "", for an office that has no device yet."""
    code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LETTERS))
    tx.put_enrol_code(EnrolCode(office_id, _hash(code), expires_at=instant_text(clock.now() + VALID)))
    return code


def enrol(tx: Transaction, asked: Enrolment, *, clock: Clock, role: Role) -> Device:
    """Know a device from now on. Raises ``SyncTrouble`` S-311 for a code that is not good, S-314 for no key."""
    public_key = read_public_key(asked.public_key)
    if public_key is None:
        raise SyncTrouble("S-314", detail="public_key")
    if not 0 < len(asked.office_id) <= OFFICE_LETTERS or not asked.office_id.isprintable():
        raise SyncTrouble("S-314", detail="office_id")
    now = instant_text(clock.now())
    code = _good_code(tx, asked.code, now)
    if code is None or code.office_id not in ("", asked.office_id):
        raise SyncTrouble("S-311")
    if not code.office_id and role is Role.OFFICE and tx.office_devices(asked.office_id):
        raise SyncTrouble("S-311", detail=f"{asked.office_id} has a device already: make a code for it with --office")
    device = Device(asked.office_id, device_id_of(public_key), public_key, role, now)
    known = tx.device(device.device_id)
    if known is not None and known.office_id != asked.office_id:
        raise SyncTrouble("S-314", detail=f"this device belongs to {known.office_id}")
    tx.add_device(device)
    tx.put_enrol_code(dataclasses.replace(code, used_at=now, used_by=device.device_id))
    return device


def _good_code(tx: Transaction, text: str, now: str) -> EnrolCode | None:
    """The unused code of that text. Every code is compared, so that the time taken tells nothing."""
    asked, good = _hash(text.upper().translate(_READ_AS)), None
    for code in tx.enrol_codes():
        same = hmac.compare_digest(code.code_hash, asked)
        if same and code.used_at is None and instant(code.expires_at) > instant(now):
            good = code
    return good


def _hash(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
