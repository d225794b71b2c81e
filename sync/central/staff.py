"""The staff password: who, beyond the machine itself, may see the pages of the staff.

Whether a request comes from the machine itself is read from the socket alone; what a
request says about itself (Host, X-Forwarded-For) decides nothing.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import ipaddress
import re
import secrets
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from itsdangerous import BadSignature, URLSafeTimedSerializer
from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler

from kiosk.ballot import ALPHABET
from kiosk.clock import Clock
from kiosk.trouble import SyncTrouble
from sync.central.attempts import Allowed, Attempts
from sync.keys import keys_folder, place_new

COOKIE = "thanthien_staff"
SESSION_S = 12 * 3600
GROUPS, GROUP_LETTERS = 3, 4
ALLOWED = Allowed(of_one=5, of_all=60, within_s=300)
SECRET_BYTES = 32
_LETTERS = ALPHABET.lower()


@dataclass(frozen=True, slots=True)
class Checked:
    """What became of a guess: right, or wrong, or not even looked at for ``wait_s`` seconds."""

    right: bool
    wait_s: float = 0.0


class Staff:
    """The password in ``DATA/keys/staff-password``, made at the first start, and the sessions it opens."""

    def __init__(self, data: Path, *, clock: Clock) -> None:
        """Raises ``SyncTrouble`` S-318 for a file that cannot be read, ``MachineTrouble`` for a disk that is full."""
        self.place = keys_folder(data) / "staff-password"
        self._password = _kept(self.place, new_password())
        self._secret = _kept(data / "keys" / "session-secret", secrets.token_hex(SECRET_BYTES))
        self._attempts = Attempts(clock, ALLOWED)
        self._known_good: set[bytes] = set()

    async def check(self, guess: str, peer: str) -> Checked:
        """Whether that is the password. Argon2 works off the loop; wrong guesses are counted by peer."""
        digest = hmac.digest(self._secret.encode(), guess.encode(), hashlib.sha256)
        if digest in self._known_good:
            return Checked(True)
        wait_s = self._attempts.wait_s(peer)
        if wait_s > 0:
            return Checked(False, wait_s)
        self._attempts.was_wrong(peer)  # counted before it is known, so that many at once gain nothing
        if not await asyncio.to_thread(self._matches, guess):
            return Checked(False, self._attempts.wait_s(peer))
        self._attempts.forgive(peer)
        self._known_good.add(digest)
        return Checked(True)

    def session(self) -> str:
        """A cookie's value for somebody who knew the password."""
        return str(self._signer.dumps("staff"))

    def knows_session(self, value: str | None) -> bool:
        """Whether that cookie was made here, for this password, within the last ``SESSION_S`` seconds."""
        try:
            return value is not None and self._signer.loads(value, max_age=SESSION_S) == "staff"
        except BadSignature:
            return False

    def signer(self, purpose: str) -> URLSafeTimedSerializer:
        """Signs what a browser of the staff keeps for us; good until the password is another one."""
        return URLSafeTimedSerializer(self._secret + self._password, salt=f"than-thien/{purpose}/v1")

    def secret(self, purpose: str) -> bytes:
        """32 bytes of this server for one purpose, the same after a restart."""
        return hmac.digest(self._secret.encode(), f"than-thien/{purpose}/v1".encode(), hashlib.sha256)

    @cached_property
    def _signer(self) -> URLSafeTimedSerializer:
        return self.signer("staff")

    @cached_property
    def _hash(self) -> str:
        return PasswordHasher().hash(self._password)

    def _matches(self, guess: str) -> bool:
        try:
            return PasswordHasher().verify(self._hash, guess)
        except VerifyMismatchError:
            return False


class StaffAsked(Exception):
    """A page of the staff was asked for by somebody who did not show the password."""

    def __init__(self, wait_s: float = 0.0) -> None:
        self.wait_s = wait_s
        super().__init__("staff only")


async def staff_only(connection: ASGIConnection[Any, Any, Any, Any], _: BaseRouteHandler) -> None:
    """A Litestar guard for pages of the staff: passes the machine itself, a session, or HTTP Basic."""
    peer = peer_of(connection)
    host, origin = connection.headers.get("host", ""), connection.headers.get("origin", "")
    if is_this_machine(peer) and names_no_site(host) and is_own_page(origin, host):
        return
    staff: Staff = connection.app.state["staff"]
    if staff.knows_session(connection.cookies.get(COOKIE)):
        return
    guess = basic_password(connection.headers.get("authorization", ""))
    if guess is None:
        raise StaffAsked
    checked = await staff.check(guess, peer)
    if not checked.right:
        raise StaffAsked(checked.wait_s)


def peer_of(connection: ASGIConnection[Any, Any, Any, Any]) -> str:
    """The address at the other end of the socket ("" if it has none)."""
    client = connection.scope.get("client")
    return str(client[0]) if client else ""


def names_no_site(host: str) -> bool:
    """Whether a Host header is ``localhost`` or a bare address.

    A browser on this machine that was lured to somebody's site sends that site's name, even
    when the name has come to mean this machine (DNS rebinding).
    """
    name = host.rpartition(":")[0] if re.search(r":\d+$", host) else host
    try:
        ipaddress.ip_address(name.removeprefix("[").removesuffix("]"))
    except ValueError:
        return name.lower() in ("localhost", "")
    return True


def is_own_page(origin: str, host: str) -> bool:
    """Whether an Origin header ("" where there is none) names this very server: another site's page, open in a
    browser on this machine, may send a form here, and the browser then says whose page it is."""
    return not origin or urlsplit(origin).netloc == host


def is_this_machine(peer: str) -> bool:
    """Whether an address is a loopback one."""
    try:
        address = ipaddress.ip_address(peer)
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None)
    return bool((mapped or address).is_loopback)


def basic_password(header: str) -> str | None:
    """The password of an HTTP Basic header (the name does not matter), or None."""
    kind, _, value = header.partition(" ")
    if kind.lower() != "basic":
        return None
    try:
        return base64.b64decode(value.strip(), validate=True).decode().partition(":")[2]
    except ValueError:
        return None


def new_password() -> str:
    """Twelve letters in three groups, easy to read out: 60 bits."""
    groups = ("".join(secrets.choice(_LETTERS) for _ in range(GROUP_LETTERS)) for _ in range(GROUPS))
    return "-".join(groups)


def _kept(place: Path, fresh: str) -> str:
    """What stands in a file for its owner alone; ``fresh`` is put there if there is none."""
    if not place.exists():
        place_new(place, fresh.encode() + b"\n")
    try:
        text = place.read_text(encoding="utf-8").strip()
    except (OSError, ValueError) as wrong:
        raise SyncTrouble("S-318", detail=str(place)) from wrong
    if not text:
        raise SyncTrouble("S-318", detail=f"{place} is empty")
    return text
