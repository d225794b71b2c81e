"""``python -m devices``: what is connected, how a printer is, a test slip, a virtual printer."""

from __future__ import annotations

import argparse
import sys
import threading
from collections.abc import Sequence
from glob import glob
from pathlib import Path

from devices.address import SCHEMES, parse
from devices.choose import SLIPS, layout_for, profile_named, wire_at
from devices.profiles import PROFILES
from devices.thermal.printer import ThermalPrinter
from devices.trial import trial_slip
from devices.virtual.folder import SlipFolder
from devices.virtual.server import VirtualPrinterServer
from kiosk.clock import SystemClock
from kiosk.ports import CAN_PRINT, Outcome
from kiosk.trouble import KINDS, MachineTrouble, PrinterTrouble, Trouble

FORMS = {
    "virtual": "virtual:DIR  every slip as a picture and as text",
    "tcp": "tcp://host:9100  a printer in the network",
    "serial": "serial:///dev/ttyUSB0?baud=9600&flow=rtscts  rtscts, xonxoff or none",
    "usb": "usb://04b8:0e15  vendor and product, as lsusb shows them",
    "file": "file:///dev/usb/lp0  a device file",
    "cups": "cups://name  not supported yet for slips",
}
PLACES = (
    ("serial://", "/dev/ttyUSB*"),
    ("serial://", "/dev/ttyACM*"),
    ("file://", "/dev/usb/lp*"),
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb; 0 for success, 1 if the device is in trouble, 2 for wrong input."""
    options = _parser().parse_args(arguments)
    try:
        code: int = options.verb(options)
        return code
    except Trouble as trouble:
        print(trouble.text(), file=sys.stderr)
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m devices", description=__doc__)
    verbs = parser.add_subparsers(required=True)
    verbs.add_parser("list", help="the kinds of address, and what is found here").set_defaults(verb=_list)
    status = verbs.add_parser("status", help="how a printer is")
    status.set_defaults(verb=_status)
    test = verbs.add_parser("test", help="print a test slip and say what became of it")
    test.set_defaults(verb=_test)
    test.add_argument("--slip", choices=SLIPS, default="auto")
    for verb in (status, test):
        verb.add_argument("address")
        verb.add_argument("--profile", default="auto", help=", ".join(PROFILES))
    virtual = verbs.add_parser("virtual", help="a printer in the network that is none")
    virtual.set_defaults(verb=_virtual)
    virtual.add_argument("--port", type=int, default=9100)
    virtual.add_argument("--slips", type=Path, default=Path("slips"))
    virtual.add_argument("--profile", default="auto", help=", ".join(PROFILES))
    return parser


def _list(options: argparse.Namespace) -> int:
    print("Addresses")
    for scheme in SCHEMES:
        print(f"  {FORMS[scheme]}")
    print("Found here")
    found = [f"{scheme}{path}" for scheme, pattern in PLACES for path in sorted(glob(pattern))]
    for address in found or ["nothing on a serial port or a printer device"]:
        print(f"  {address}")
    print("Profiles")
    print(f"  {', '.join(PROFILES)}")
    return 0


def _printer(options: argparse.Namespace, slip: str = "auto") -> ThermalPrinter:
    meant = parse(options.address)
    profile = profile_named(options.profile)
    clock = SystemClock()
    wire = wire_at(meant, profile=profile, data_folder=Path.cwd(), clock=clock)
    return ThermalPrinter(wire, layout_for(meant, slip=slip, profile=profile), profile=profile, clock=clock)


def _status(options: argparse.Namespace) -> int:
    printer = _printer(options)
    status = printer.status()
    printer.close()
    print(f"{options.address}: {status.state.value}{_why(status.reason)}")
    return 0 if status.state in CAN_PRINT else 1


def _test(options: argparse.Namespace) -> int:
    printer = _printer(options, options.slip)
    outcome = printer.print(trial_slip(SystemClock().now(), options.address))
    printer.close()
    print(f"{options.address}: {outcome.outcome.value}{_why(outcome.reason)}")
    print("Look at the paper: every letter has its marks, the frame is whole, a phone reads the square code.")
    print("Nothing is cut off at the sides on 80 mm paper? On 58 mm paper, use --profile 58mm or 58mm-cutter.")
    return 0 if outcome.outcome is Outcome.PRINTED else 1


def _virtual(options: argparse.Namespace) -> int:
    if not 0 <= options.port <= 65535:
        raise PrinterTrouble("P-120", detail=f"there is no port {options.port}")
    dots = profile_named(options.profile).dots
    folder = SlipFolder(options.slips, SystemClock())
    folder.check()
    try:
        server = VirtualPrinterServer(
            port=options.port, dots=dots, on_sheet=lambda sheet: print(folder.save(sheet), flush=True)
        )
    except OSError as error:
        raise MachineTrouble("M-203", detail=f"{options.port}: {error.strerror}") from None
    with server:
        print(f"A virtual printer listens at {server.address}; slips fall into {options.slips}", flush=True)
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            return 0
    return 0


def _why(reason: str) -> str:
    return f" ({reason}: {KINDS[reason].sentence}. {KINDS[reason].hint})" if reason else ""


if __name__ == "__main__":
    sys.exit(main())
