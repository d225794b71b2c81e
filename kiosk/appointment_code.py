"""The code of an appointment: ten letters that stand on a reminder slip and nowhere else.

50 random bits in Crockford's base 32. The book keeps only their SHA-256, so whoever reads the book
can neither come in somebody's place nor give her hour away. In a QR code the letters stand behind
the ``#`` of the page's address, or with ``H-`` before them where no phone is served: a ballot has
26 letters, so a scanner that reads either can never take one for the other.
"""

from __future__ import annotations

import hashlib
import re
import secrets

from kiosk.ballot import ALPHABET

CODE_LETTERS = 10
CODE_MARK = "H-"
GROUP = 5
_LETTERS = {letter: letter for letter in ALPHABET} | {"I": "1", "L": "1", "O": "0"}
_ADDRESS = re.compile(r"https?://[^/#?\s]+/h/?#(.*)", re.IGNORECASE)


def new_code() -> str:
    """Ten letters from the system's own source of randomness."""
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LETTERS))


def read_code(text: str) -> str | None:
    """The code in what was scanned or typed, or None if it is none.

    Understood are the address on a slip, the letters behind ``H-``, and the bare letters; small letters,
    I, L and O, spaces and dashes between the letters do no harm. Never raises.
    """
    text = text.strip(" \t\r\n\0")
    address = _ADDRESS.fullmatch(text)
    bare = (address[1] if address else text).upper()
    letters = [_LETTERS.get(letter) for letter in re.sub(r"[\s-]", "", bare.removeprefix(CODE_MARK))]
    if len(letters) != CODE_LETTERS or None in letters:
        return None
    return "".join(filter(None, letters))


def spaced(code: str) -> str:
    """The code as people read it out: two groups of five."""
    return " ".join(code[at : at + GROUP] for at in range(0, CODE_LETTERS, GROUP))


def code_hash(code: str) -> str:
    """What the facts know an appointment by, in hex: SHA-256 of ASCII ``appointment`` and the ten letters."""
    return hashlib.sha256(b"appointment" + code.encode("ascii")).hexdigest()


def code_address(code: str, server: str | None) -> str:
    """What the QR of a reminder says. ``server`` is ``HOST`` or ``HOST:PORT`` for phones, None without them."""
    return f"HTTP://{server.upper()}/H#{code}" if server else f"{CODE_MARK}{code}"
