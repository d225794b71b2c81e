"""What the doctor looks at, one thing at a time. Nothing here mends anything."""

from __future__ import annotations

import json
import os
import shutil
import urllib.request
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from devices.choose import printer_at
from kiosk.book_check import check
from kiosk.book_file import read_entries
from kiosk.book_lock import BookLock
from kiosk.catalogue import Catalogue, read_catalogue
from kiosk.clock import Clock
from kiosk.ports import CAN_PRINT
from kiosk.settings import Settings
from kiosk.settings_kinds import masked
from kiosk.trouble import JournalTrouble, MachineTrouble, SettingsTrouble, SyncTrouble, Trouble
from screens.display import real_display
from screens.touch.x_display import ask_display
from sync.central.serve import bind, page_address

LEAST_FREE_BYTES = 500 * 1024 * 1024
LEAST_DIAGONAL_IN = 15.6
ANSWER_S = 3.0
MUCH_JSON = 64 * 1024
BOOKS = {"kiosk's book": "journal.sqlite", "office's book": "office/journal.sqlite"}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: what, how it is, and the trouble with it ("" for none)."""

    what: str
    found: str
    trouble: str = ""


def folder_finding(data: Path) -> Finding:
    """Whether the data folder, or the nearest folder above it that is there, can be written."""
    there = next(place for place in (data, *data.parents) if place.exists())
    if not there.is_dir() or not os.access(there, os.W_OK | os.X_OK):
        return _troubled("data folder", MachineTrouble("M-202", detail=str(there)))
    return Finding("data folder", f"{data} can be written" if there == data else f"{data} will be made")


def disk_finding(data: Path) -> Finding:
    """Whether the disk has room for some years of facts and the slips of a virtual printer."""
    there = next(place for place in (data, *data.parents) if place.exists())
    free = shutil.disk_usage(there).free
    told = f"{free / 1e9:.1f} GB free"
    if free < LEAST_FREE_BYTES:
        return _troubled("disk", MachineTrouble("M-201", detail=told))
    return Finding("disk", told)


def book_findings(data: Path) -> Iterator[Finding]:
    """Each book, read from its first entry to its last."""
    for name, path in BOOKS.items():
        if not (data / path).exists():
            yield Finding(name, "none yet; it is made at the first start")
            continue
        try:
            report = check(read_entries(data / path))
        except Trouble as trouble:
            yield _troubled(name, trouble)
        else:
            kind = ", a demonstration" if report.opened.demo else ""
            yield Finding(name, f"sound: {report.entries} entries up to {report.last_day}{kind}")


def kiosk_runs(data: Path) -> bool:
    """Whether a kiosk is at work on this data now, and so owns the printer and the display."""
    book = data / BOOKS["kiosk's book"]
    if not book.with_name(f"{book.name}.lock").exists():
        return False
    try:
        BookLock(book).release()
    except JournalTrouble:
        return True
    except MachineTrouble:
        return False
    return False


def printer_finding(settings: Settings, data: Path, clock: Clock) -> Finding:
    """What the printer itself answers; a kiosk that runs is not disturbed."""
    address, what = settings.printer.address, "printer"
    if kiosk_runs(data) and not address.startswith("virtual:"):
        return Finding(what, f"{masked(address)} is in use by the running kiosk, which watches it")
    try:
        printer = printer_at(
            address, profile=settings.printer.profile, slip=settings.printer.slip, data_folder=data, clock=clock
        )
        try:
            status = printer.status()
        finally:
            printer.close()
    except Trouble as trouble:
        return _troubled(what, trouble)
    if status.state not in CAN_PRINT:
        return _troubled(what, Trouble(status.reason or "P-103", detail=masked(address)))
    return Finding(what, f"{masked(address)} is {status.state.value}")


def display_finding(settings: Settings) -> Finding:
    """Whether there is a screen to draw on, and one large enough."""
    inches = settings.kiosk.screen_diagonal_in
    if inches < LEAST_DIAGONAL_IN:
        return _troubled("display", MachineTrouble("M-207", detail=f"{inches} inches"))
    if not real_display():
        if shutil.which("Xvfb"):
            return Finding("display", "none; kiosk run starts a virtual one")
        return _troubled("display", MachineTrouble("M-206"))
    try:
        shown = ask_display()
    except Trouble as trouble:
        return _troubled("display", trouble)
    return Finding("display", f"{shown.name}, {shown.width_px}x{shown.height_px}, {inches} inches as set")


def port_finding(settings: Settings) -> Finding:
    """Whether the office server can listen, or already does."""
    listen = settings.server.listen
    try:
        with bind(listen) as free:
            return Finding("port", f"{page_address(free)} is free")
    except MachineTrouble as trouble:
        if _health(f"http://{listen}") is None:  # Linux takes 0.0.0.0 and [::] for the machine itself
            return _troubled("port", trouble)
        return Finding("port", f"{listen} is in use by an office server that answers")
    except SettingsTrouble as trouble:
        return _troubled("port", trouble)


def upstream_finding(settings: Settings) -> Finding:
    """Whether the log this office sends to answers. That it does not is no harm for days."""
    upstream = settings.sync.upstream
    if upstream is None:
        return Finding("central log", "none set; everything stays in this office")
    if _health(upstream) is None:
        return _troubled("central log", SyncTrouble("S-301", detail=masked(upstream)))
    return Finding("central log", f"{masked(upstream)} answers")


def catalogue_findings(settings: Settings, day: date) -> Iterator[Finding]:
    """Every fault of the catalogue, or what is in force today and how sure each row is."""
    reading = read_catalogue(settings.catalogue.folder)
    yield from (_troubled("catalogue", problem.trouble) for problem in reading.problems)
    if reading.problems:
        return
    catalogue = reading.catalogues.on(day)
    if not catalogue.services:
        yield _troubled("catalogue", SettingsTrouble("C-413", detail=str(day)))
        return
    yield Finding("services", f"{len(catalogue.services)} in force: {_sure(catalogue, 'services')}")
    yield Finding("procedures", f"{len(catalogue.procedures)} in force: {_sure(catalogue, 'procedures')}")


def _sure(catalogue: Catalogue, rows: str) -> str:
    counted = Counter(row.confidence for row in getattr(catalogue, rows))
    return ", ".join(f"{count} {confidence}" for confidence, count in sorted(counted.items()))


def _health(address: str) -> Any:
    """What a server says of itself, None if none of ours answers there."""
    try:
        with urllib.request.urlopen(f"{address.rstrip('/')}/health", timeout=ANSWER_S) as answer:  # noqa: S310 (http or https by settings)
            told = json.loads(answer.read(MUCH_JSON))
    except (OSError, ValueError):
        return None
    return told if isinstance(told, dict) else None


def _troubled(what: str, trouble: Trouble) -> Finding:
    return Finding(what, "", trouble.text())
