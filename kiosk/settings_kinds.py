"""What a setting can be: each kind turns what TOML holds into a value, or says why not.

``read`` raises ``ValueError`` with a reason for a person, which names the value unless it
may hold a secret. Optional kinds take an empty text for "unset" and give ``None``.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

from kiosk.office_hours import OfficeHours, read_hours
from kiosk.volume import VolumeSchedule, read_volume

_PASSWORD = re.compile(r"(?<=//)([^/@\s:]*):[^/@\s]*(?=@)|(?<=//)([^/@\s:]+)(?=@)")
_HOST = re.compile(r"\[[0-9a-fA-F:.%]+\]|(?!-)[A-Za-z0-9.-]{1,253}(?<![-.])")
MOST_LETTERS = 200


class Kind(Protocol):
    """What a setting can be."""

    def read(self, raw: Any) -> Any:
        """The value in the words of the program; ``ValueError`` with a reason."""


def masked(text: str) -> str:
    """The text without the name and password that may stand in an address."""
    return _PASSWORD.sub("***", text)


@dataclass(frozen=True, slots=True)
class Text:
    """One line of text. ``pattern``: what it must match wholly; ``like``: how to say that; ``fault``
    says what else is wrong with it, if anything."""

    pattern: str = r".*"
    like: str = "text"
    may_be_empty: bool = False
    fault: Callable[[str], str | None] = lambda text: None

    def read(self, raw: Any) -> str:
        """The text in NFC, without space around it."""
        text = _text(raw)
        if not text:
            if self.may_be_empty:
                return ""
            raise ValueError("it is empty")
        if len(text) > MOST_LETTERS:
            raise ValueError(f"it is longer than {MOST_LETTERS} letters")
        if not re.fullmatch(self.pattern, text):
            raise ValueError(f"{text!r} is not {self.like}")
        fault = self.fault(text)
        if fault:
            raise ValueError(fault)
        return text


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number from ``least`` to ``most``."""

    least: int
    most: int

    def read(self, raw: Any) -> int:
        """The number."""
        if not isinstance(raw, int) or isinstance(raw, bool):
            raise ValueError(f"{_shown(raw)} is not a whole number without quotes")
        if not self.least <= raw <= self.most:
            raise ValueError(f"{raw} is not from {self.least} to {self.most}")
        return raw


@dataclass(frozen=True, slots=True)
class Decimal:
    """A number from ``least`` to ``most``, whole or with decimals."""

    least: float
    most: float

    def read(self, raw: Any) -> float:
        """The number."""
        if not isinstance(raw, int | float) or isinstance(raw, bool) or not math.isfinite(raw):
            raise ValueError(f"{_shown(raw)} is not a number without quotes, like 21.5")
        if not self.least <= raw <= self.most:
            raise ValueError(f"{raw} is not from {self.least} to {self.most}")
        return float(raw)


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few words."""

    words: tuple[str, ...]

    def read(self, raw: Any) -> str:
        """The word."""
        text = _text(raw)
        if text not in self.words:
            raise ValueError(f"{text!r} is not one of {', '.join(self.words)}")
        return text


@dataclass(frozen=True, slots=True)
class Hours:
    """The hours of a week; unset means always open."""

    def read(self, raw: Any) -> OfficeHours | None:
        """The hours (``kiosk.office_hours``)."""
        text = _text(raw)
        return read_hours(text) if text else None


@dataclass(frozen=True, slots=True)
class Url:
    """An ``http://`` or ``https://`` address, or unset; never with a slash at its end."""

    def read(self, raw: Any) -> str | None:
        """The address."""
        text = _text(raw)
        if not text:
            return None
        try:
            parts = urlsplit(text)
            fine = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
        except ValueError:
            fine = False
        if not fine or parts.query or parts.fragment or " " in text:
            raise ValueError(f"{masked(text)!r} is not like https://host:8080")
        return text.rstrip("/")


@dataclass(frozen=True, slots=True)
class ListenAddress:
    """Where to listen: ``HOST:PORT``, an IPv6 host in brackets."""

    def read(self, raw: Any) -> str:
        """The address as ``HOST:PORT``."""
        text = _text(raw)
        if not _host_and_port(text, port_needed=True):
            raise ValueError(f"{text!r} is not like 127.0.0.1:8080")
        return text


@dataclass(frozen=True, slots=True)
class ToldAddress:
    """What phones are told: ``HOST`` or ``HOST:PORT``, or unset; no ``http://``, no path."""

    def read(self, raw: Any) -> str | None:
        """The address."""
        text = _text(raw)
        if text and not _host_and_port(text, port_needed=False):
            raise ValueError(f"{text!r} is not like 192.168.1.10:8080, without http:// and without a path")
        return text or None


@dataclass(frozen=True, slots=True)
class DeviceAddress:
    """An address string that chooses a device. ``fault`` says what is wrong with one, if anything."""

    fault: Callable[[str], str | None] = lambda address: None
    may_be_unset: bool = True

    def read(self, raw: Any) -> str | None:
        """The address."""
        text = _text(raw)
        if not text and self.may_be_unset:
            return None
        if not re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", text):
            raise ValueError(f"{masked(text)!r} is not an address like tcp://host:9100")
        fault = self.fault(text)
        if fault:
            raise ValueError(masked(fault))
        return text


@dataclass(frozen=True, slots=True)
class Volume:
    """How loud calls are: percent, or spans of the day with percent each."""

    def read(self, raw: Any) -> VolumeSchedule:
        """The schedule; a bare whole number is taken too."""
        return read_volume(str(raw) if type(raw) is int else _text(raw))


@dataclass(frozen=True, slots=True)
class FolderPath:
    """A folder, or unset; a relative one counts from ``start`` (the data folder)."""

    start: Path = Path()

    def read(self, raw: Any) -> Path | None:
        """The folder's path."""
        text = _text(raw)
        try:
            return self.start / Path(text).expanduser() if text else None
        except RuntimeError:
            raise ValueError(f"{text!r} names the home of nobody known here") from None


def _text(raw: Any) -> str:
    if not isinstance(raw, str):
        raise ValueError(f"{_shown(raw)} is not text in quotes")
    text = unicodedata.normalize("NFC", raw).strip()
    if any(unicodedata.category(letter) in ("Cc", "Cs", "Zl", "Zp") for letter in text):
        raise ValueError("it holds a line break or another unseen sign")
    return text


def _shown(raw: Any) -> str:
    shown = str(raw).lower() if isinstance(raw, bool) else repr(raw)
    return masked(shown if len(shown) <= 60 else shown[:57] + "…")


def _host_and_port(text: str, *, port_needed: bool) -> bool:
    found = re.fullmatch(r"(\[[^\]]*\]|[^:\[\]]*)(?::([0-9]{1,5}))?", text)
    if found is None or not _HOST.fullmatch(found[1]):
        return False
    if found[2] is None:
        return not port_needed
    return 1 <= int(found[2]) <= 65535
