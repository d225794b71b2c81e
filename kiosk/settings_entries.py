"""Every setting there is, in one place: its section, key, kind, default and meaning."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kiosk.criteria import ORDERS
from kiosk.settings_kinds import (
    Choice,
    Decimal,
    DeviceAddress,
    FolderPath,
    Hours,
    Kind,
    ListenAddress,
    Text,
    ToldAddress,
    Url,
    Volume,
    Whole,
)
from kiosk.volume import USUAL
from kiosk.words import DEFAULT_LANGUAGE, LANGUAGES

DeviceFault = Callable[[str], str | None]
"""One sentence about what is wrong with a device's address or a profile's name, or None."""

ADDRESS_FORMS = ("ông/bà", "khách hàng", "công dân", "none")
SPOKEN = ("vi", "vi+en")


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting. ``default`` is written as in TOML ("" is unset); ``aliases``: other names of the key."""

    section: str
    key: str
    kind: Kind
    default: Any
    meaning: str
    aliases: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """``section.key``."""
        return f"{self.section}.{self.key}"


_ID = Text(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?", "a short name of small letters a-z, digits and hyphens")
_PHONE = Text(r"[0-9+(][0-9 ().+-]{1,30}", "a telephone number of digits and spaces", may_be_empty=True)
_WORDS = Text(may_be_empty=True)


def _office() -> tuple[Setting, ...]:
    return (
        Setting("office", "id", _ID, "bac-son", "the office's name in books; never changes"),
        Setting("office", "name", Text(), "phường Bắc Sơn", "what the office is called now"),
        Setting("office", "parent", _WORDS, "", "what it belongs to, like tỉnh Thanh Hóa"),
        Setting("office", "utc_offset_h", Whole(-12, 14), 7, "hours ahead of UTC, whatever the machine's zone"),
        Setting("office", "hours", Hours(), "", "Mon-Fri 07:30-11:30 13:30-17:00; Sat 07:30-11:30; unset: always open"),
        Setting("office", "phone", _PHONE, "", "shown when the office is closed or the kiosk rests"),
        Setting("office", "help_desk", _WORDS, "", "where the help desk is, like Bên trái cửa vào"),
        Setting("office", "address_form", Choice(ADDRESS_FORMS), "ông/bà", "how citizens are addressed", ("xung_ho",)),
    )


def _kiosk() -> tuple[Setting, ...]:
    return (
        Setting("kiosk", "id", _ID, "kiosk-1", "this kiosk's place; printed on slips"),
        Setting("kiosk", "office", Url(), "", "the office server; unset: the one beside this kiosk"),
        Setting("kiosk", "language", Choice(LANGUAGES), DEFAULT_LANGUAGE, "the language a visit begins in"),
        Setting("kiosk", "screen_diagonal_in", Decimal(3, 110), 21.5, "the screen's diagonal in inches"),
        Setting("kiosk", "answers_order", Choice(ORDERS), ORDERS[0], "which answer stands first"),
    )


def _devices(fault: DeviceFault, profile_fault: DeviceFault) -> tuple[Setting, ...]:
    printer = DeviceAddress(fault, may_be_unset=False)
    profile = Text(r"[A-Za-z0-9._-]{1,60}", "the name of a printer profile, or auto", fault=profile_fault)
    return (
        Setting("printer", "address", printer, "virtual:slips", "which printer, by address string"),
        Setting("printer", "profile", profile, "auto", "what the printer is able to do"),
        Setting("printer", "slip", Choice(("auto", "rich", "lean")), "auto", "auto: lean on serial, rich elsewhere"),
        Setting("scanner", "address", DeviceAddress(fault), "", "a serial scanner; one that types needs none"),
        Setting("display", "address", DeviceAddress(), "", "a lobby display"),
        Setting("keypad", "address", DeviceAddress(), "", "a counter's keypad"),
    )


def _speaker(data: Path, fault: DeviceFault) -> tuple[Setting, ...]:
    loud = "percent, or spans like 07:00-11:30 80; 11:30-13:30 40; 13:30-17:00 80"
    return (
        Setting("speaker", "address", DeviceAddress(fault), "", "a loudspeaker: alsa:default, or file:DIR for WAVs"),
        Setting("speaker", "clips", FolderPath(data), "", "recorded clips in vi/ and en/; unset: a speech engine"),
        Setting("speaker", "languages", Choice(SPOKEN), SPOKEN[0], "what calls are spoken in"),
        Setting("speaker", "accent", Choice(("north", "south")), "north", "linh and nghìn, or lẻ and ngàn"),
        Setting("speaker", "numbers", Choice(("whole", "digits")), "whole", "digits: one by one, for a loud hall"),
        Setting("speaker", "volume", Volume(), str(USUAL), loud),
    )


def _links(data: Path) -> tuple[Setting, ...]:
    return (
        Setting("server", "listen", ListenAddress(), "127.0.0.1:8080", "where the office server listens"),
        Setting("server", "address", ToldAddress(), "", "HOST or HOST:PORT that phones are told; unset: no phones"),
        Setting("sync", "upstream", Url(), "", "the central log this office sends to"),
        Setting("catalogue", "folder", FolderPath(data), "", "services.csv, procedures.csv; unset: the built-in ones"),
    )


def no_fault(told: str) -> str | None:
    """A device fault finder that finds nothing, for who only wants to know the names."""
    return None


def entries(
    *,
    data: Path = Path("data"),
    device_fault: DeviceFault = no_fault,
    profile_fault: DeviceFault = no_fault,
    speaker_fault: DeviceFault = no_fault,
) -> tuple[Setting, ...]:
    """Every setting. ``data``: where relative paths count from; ``device_fault`` knows addresses of printers
    and scanners, ``profile_fault`` printer profiles, ``speaker_fault`` addresses of loudspeakers."""
    devices = (*_devices(device_fault, profile_fault), *_speaker(data, speaker_fault))
    return (*_office(), *_kiosk(), *devices, *_links(data))
