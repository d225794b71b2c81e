"""The door to devices: a printer for an address string.

Everything else in this room is found from here; nothing in a folder below imports it.
"""

from __future__ import annotations

from pathlib import Path

from devices.address import (
    Address,
    FileAddress,
    SerialAddress,
    TcpAddress,
    UsbAddress,
    VirtualAddress,
    parse,
)
from devices.profiles import PROFILES, Profile, find_profile_fault
from devices.slips.layout import Layout
from devices.slips.lean import LeanLayout
from devices.slips.rich import RichLayout
from devices.thermal.printer import ThermalPrinter
from devices.virtual.folder import SlipFolder
from devices.virtual.wire import VirtualWire
from devices.wire import Wire
from devices.wires.file import FileWire
from devices.wires.serial import SerialWire
from devices.wires.tcp import TcpWire
from devices.wires.usb import UsbWire
from kiosk.clock import Clock
from kiosk.ports import Printer
from kiosk.trouble import PrinterTrouble

SLIPS = ("auto", "rich", "lean")
"""The layouts there are: ``auto`` is lean on serial lines and rich elsewhere."""


def printer_at(address: str, *, profile: str, slip: str, data_folder: Path, clock: Clock) -> Printer:
    """The printer at an address; relative folders count from ``data_folder``. Opens nothing yet.

    ``PrinterTrouble`` P-120 for an address, profile or slip that is none.
    """
    meant = parse(address)
    kind = profile_named(profile)
    wire = wire_at(meant, profile=kind, data_folder=data_folder, clock=clock)
    return ThermalPrinter(wire, layout_for(meant, slip=slip, profile=kind), profile=kind, clock=clock)


def profile_named(name: str) -> Profile:
    """A profile by its name; ``PrinterTrouble`` P-120 lists those there are."""
    fault = find_profile_fault(name)
    if fault:
        raise PrinterTrouble("P-120", detail=fault)
    return PROFILES[name]


def layout_for(address: Address, *, slip: str, profile: Profile) -> Layout:
    """The layout that a slip setting means at this address."""
    if slip not in SLIPS:
        raise PrinterTrouble("P-120", detail=f"{slip!r} is no slip layout; there are {', '.join(SLIPS)}")
    is_slow = isinstance(address, SerialAddress)
    is_lean = slip == "lean" or (slip == "auto" and is_slow)
    return LeanLayout(profile) if is_lean and profile.own_letters else RichLayout(profile.dots)


def wire_at(address: Address, *, profile: Profile, data_folder: Path, clock: Clock) -> Wire:
    """The wire to an address, not yet opened."""
    match address:
        case VirtualAddress(folder):
            return VirtualWire(SlipFolder(data_folder / folder, clock), dots=profile.dots, name=f"virtual:{folder}")
        case TcpAddress(host, port):
            return TcpWire(host, port)
        case SerialAddress(port=path, baud=baud, flow=flow):
            return SerialWire(path, baud=baud, flow=flow)
        case UsbAddress(vendor, product, serial):
            return UsbWire(vendor, product, serial=serial)
        case FileAddress(path=path):
            return FileWire(path)
