"""``kiosk run``: the touch screen and the office server on one machine, kept up until Ctrl-C.

A kiosk whose office server is elsewhere (``[kiosk] office``) runs the touch screen alone.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
from pathlib import Path
from tempfile import NamedTemporaryFile

from devices.address import VirtualAddress, parse
from kiosk.book_lock import BookLock
from kiosk.clock import SystemClock
from kiosk.settings import Settings
from kiosk.trouble import JournalTrouble, MachineTrouble, PrinterTrouble
from screens.configuration import Setup, configure
from screens.display import VirtualDisplay, real_display, start_virtual_display
from screens.supervisor import Part, Supervisor
from sync.central.listening import bind, page_address


def main(asked: argparse.Namespace) -> int:
    """Start everything, say where to look, keep it up; 0 after Ctrl-C, 2 for wrong input."""
    setup = configure(asked.settings, asked.data)
    lock = _only_one(setup.data)
    display = None
    try:
        _try_slips(setup)
        pages = setup.settings.kiosk.office or _pages(setup.settings)
        display = None if real_display() else start_virtual_display()
        parts = _parts(asked, display, server=setup.settings.kiosk.office is None)
        supervisor = Supervisor(parts, SystemClock())
        for sign in (signal.SIGINT, signal.SIGTERM):
            signal.signal(sign, lambda *_: supervisor.stop())
        _say_where(setup, pages, display)
        code = supervisor.run()
        print("Everything has ended." if code == 0 else "Ended: see the sentence above.", flush=True)
        return code
    finally:
        if display is not None:
            display.close()
        lock.release()


def _only_one(data: Path) -> BookLock:
    try:
        data.mkdir(parents=True, exist_ok=True)
        return BookLock(data / "run")
    except JournalTrouble:
        raise MachineTrouble("M-205", detail=str(data)) from None
    except OSError as problem:
        raise MachineTrouble("M-202", detail=f"{data}: {problem.strerror}") from None


def _try_slips(setup: Setup) -> None:
    """``PrinterTrouble`` P-121 if the folder for slips cannot be written; later trouble with it is the printer's."""
    meant = parse(setup.settings.printer.address)
    if not isinstance(meant, VirtualAddress):
        return
    folder = setup.data / meant.folder
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=folder) as probe:
            probe.write(b" ")
    except OSError as problem:
        raise PrinterTrouble("P-121", detail=f"{folder}: {problem.strerror}") from None


def _parts(asked: argparse.Namespace, display: VirtualDisplay | None, *, server: bool) -> list[Part]:
    given = ["--data", str(asked.data.resolve())]
    if asked.settings is not None:
        given += ["--settings", str(asked.settings.resolve())]
    door = [sys.executable, "-m", "screens.command"]
    served = [Part("the office server", [*door, "serve", *given])] if server else []
    if display is None:
        return [*served, Part("the touch screen", [*door, "touch", *given])]
    shown = {"DISPLAY": display.name}
    touch = Part("the touch screen", [*door, "touch", "--picture", *given], environment=shown)
    screen = Part("the virtual display", display.command, process=display.process)
    return [screen, *served, touch]


def _pages(settings: Settings) -> str:
    """The address of the pages; ``MachineTrouble`` M-203 if somebody else listens there."""
    with bind(settings.server.listen) as probe:
        return page_address(probe)


def _say_where(setup: Setup, pages: str, display: VirtualDisplay | None) -> None:
    kind, _, folder = setup.settings.printer.address.partition(":")
    print(f"Thân Thiện is starting for {setup.settings.office.name}.")
    if setup.settings.kiosk.office:
        print(f"  office    {pages}          (its server is there; none is started here)")
    else:
        print(f"  pages     {pages}          (for the leader: {pages}/manager)")
    if kind == "virtual":
        print(f"  slips     {setup.data / folder}")
    else:
        print(f"  printer   {setup.settings.printer.address}")
    if display is None:
        print(f"  screen    a window on display {os.environ['DISPLAY']}")
    else:
        print(f"  screen    a virtual display {display.name}; its picture is {setup.data / 'screen.png'}")
    print(f"  data      {setup.data}")
    print("Ctrl-C ends everything.", flush=True)
