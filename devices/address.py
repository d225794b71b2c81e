"""Address strings of devices: what stands before the first colon chooses the kind of link.

``virtual:DIR`` · ``tcp://host:9100`` · ``serial:///dev/ttyUSB0?baud=9600`` ·
``usb://04b8:0e15`` · ``file:///dev/usb/lp0`` · ``cups://name`` (known, not yet usable)

Loudspeakers have addresses of their own: ``alsa:default`` · ``file:DIR``
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from kiosk.trouble import PrinterTrouble

SERIAL_FLOWS = ("rtscts", "xonxoff", "none")
PRINTER_PORT = 9100
LEAST_BAUD, MOST_BAUD = 300, 4_000_000


@dataclass(frozen=True, slots=True)
class VirtualAddress:
    """A printer made of software that puts its slips into a folder."""

    folder: Path


@dataclass(frozen=True, slots=True)
class TcpAddress:
    """A printer in the network."""

    host: str
    port: int


@dataclass(frozen=True, slots=True)
class SerialAddress:
    """A device on a serial port; ``flow`` is one of :data:`SERIAL_FLOWS`."""

    port: str
    baud: int
    flow: str


@dataclass(frozen=True, slots=True)
class UsbAddress:
    """A USB printer by vendor and product number, and its serial number where two are alike."""

    vendor: int
    product: int
    serial: str | None


@dataclass(frozen=True, slots=True)
class FileAddress:
    """A device file."""

    path: Path


@dataclass(frozen=True, slots=True)
class AlsaAddress:
    """A loudspeaker by the name ALSA knows it by."""

    name: str


@dataclass(frozen=True, slots=True)
class SoundFolderAddress:
    """A loudspeaker made of software that puts its calls into a folder."""

    folder: Path


Address = VirtualAddress | TcpAddress | SerialAddress | UsbAddress | FileAddress


def parse(address: str) -> Address:
    """What an address means; ``PrinterTrouble`` P-120 with the reason if it means nothing."""
    scheme, colon, rest = address.strip().partition(":")
    reader = SCHEMES.get(scheme.lower()) if colon else None
    if reader is None:
        raise _unknown(f"{address!r} begins with none of {known_schemes()}")
    return reader(address.strip(), rest)


def find_faults(address: str) -> str | None:
    """One sentence about what is wrong with an address, or nothing."""
    try:
        parse(address)
    except PrinterTrouble as trouble:
        return trouble.text()
    return None


def parse_speaker(address: str) -> AlsaAddress | SoundFolderAddress:
    """What a loudspeaker's address means; ``PrinterTrouble`` P-120 with the reason if it means nothing."""
    scheme, _, rest = address.strip().partition(":")
    if scheme.lower() == "alsa" and re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9_:,.=-]*", rest):
        return AlsaAddress(rest)
    if scheme.lower() == "file" and rest and "\0" not in rest:
        return SoundFolderAddress(Path(rest.removeprefix("//")).expanduser())
    raise _unknown(f"{address!r} is not like alsa:default or file:calls")


def find_speaker_faults(address: str) -> str | None:
    """One sentence about what is wrong with a loudspeaker's address, or nothing."""
    try:
        parse_speaker(address)
    except PrinterTrouble as trouble:
        return trouble.text()
    return None


def known_schemes() -> str:
    """The schemes there are, for a sentence."""
    return ", ".join(f"{scheme}:" for scheme in SCHEMES)


def _virtual(address: str, rest: str) -> VirtualAddress:
    if not rest or "\0" in rest:
        raise _unknown(f"{address!r} names no folder")
    return VirtualAddress(Path(rest).expanduser())


def _tcp(address: str, rest: str) -> TcpAddress:
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise _unknown(f"{address!r}: {error}") from None
    if not host or not rest.startswith("//") or parts.path not in ("", "/") or parts.query:
        raise _unknown(f"{address!r} is not like tcp://host:{PRINTER_PORT}")
    if port == 0:
        raise _unknown(f"{address!r}: there is no port 0")
    return TcpAddress(host, port or PRINTER_PORT)


def _serial(address: str, rest: str) -> SerialAddress:
    port, _, query = rest.removeprefix("//").partition("?")
    options = dict(parse_qsl(query, keep_blank_values=True))
    baud, flow = options.pop("baud", "9600"), options.pop("flow", "rtscts")
    if not port or "\0" in port:
        raise _unknown(f"{address!r} names no port")
    if not re.fullmatch(r"[0-9]{1,7}", baud) or not LEAST_BAUD <= int(baud) <= MOST_BAUD:
        raise _unknown(f"{address!r}: {baud!r} is no baud rate")
    if flow not in SERIAL_FLOWS:
        raise _unknown(f"{address!r}: flow is one of {', '.join(SERIAL_FLOWS)}")
    if options:
        raise _unknown(f"{address!r}: {min(options)!r} is no option; there are baud and flow")
    return SerialAddress(unquote(port), int(baud), flow)


def _usb(address: str, rest: str) -> UsbAddress:
    found = re.fullmatch(r"//([0-9a-fA-F]{4}):([0-9a-fA-F]{4})(?:/([^/?\0]+))?", rest)
    if found is None:
        raise _unknown(f"{address!r} is not like usb://04b8:0e15")
    return UsbAddress(int(found[1], 16), int(found[2], 16), unquote(found[3]) if found[3] else None)


def _file(address: str, rest: str) -> FileAddress:
    path = unquote(rest.removeprefix("//"))
    if not path.startswith("/") or "\0" in path:
        raise _unknown(f"{address!r} is not like file:///dev/usb/lp0")
    return FileAddress(Path(path))


def _cups(address: str, rest: str) -> Address:
    raise _unknown(
        f"{address!r}: a CUPS queue is not supported yet for slips, because a queue prints later what nobody waits for"
    )


def _unknown(detail: str) -> PrinterTrouble:
    return PrinterTrouble("P-120", detail=detail)


SCHEMES: dict[str, Callable[[str, str], Address]] = {
    "virtual": _virtual,
    "tcp": _tcp,
    "serial": _serial,
    "usb": _usb,
    "file": _file,
    "cups": _cups,
}
"""Every scheme, and who reads what follows it."""
