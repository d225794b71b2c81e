"""What the doctor looks at, one thing at a time. Nothing here mends anything."""

from __future__ import annotations

import json
import os
import shutil
import urllib.request
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

from devices.choose import printer_at
from kiosk.book_check import check
from kiosk.book_file import read_entries
from kiosk.book_lock import BookLock
from kiosk.catalogue import Catalogues
from kiosk.catalogue_rows import CONFIDENCES, Procedure, Service
from kiosk.clock import Clock
from kiosk.counters import COUNTERS
from kiosk.facts import JournalOpened
from kiosk.holidays import holidays
from kiosk.ports import CAN_PRINT, PrinterState
from kiosk.settings import Settings
from kiosk.settings_kinds import masked
from kiosk.trouble import JournalTrouble, MachineTrouble, SettingsTrouble, SyncTrouble, Trouble
from screens.display import real_display
from screens.touch.x_display import ask_display
from sync.central.listening import bind, page_address

LEAST_FREE_BYTES = 500 * 1024 * 1024
LEAST_DIAGONAL_IN = 15.6
ANSWER_S = 3.0
MUCH_JSON = 64 * 1024
KIOSKS, OFFICES = "kiosk's book", "office's book"
BOOKS = {KIOSKS: "journal.sqlite", OFFICES: "office/journal.sqlite"}


class State(StrEnum):
    """How a finding is marked; a note is something to know, and no fault."""

    FINE = "OK"
    NOTE = "NOTE"
    TROUBLE = "TROUBLE"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: what it is, and one sentence about how it is."""

    what: str
    told: str
    state: State = State.FINE


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


def book_findings(settings: Settings, data: Path) -> Iterator[Finding]:
    """Each book, read from its first entry to its last, and whether it is of this office and kiosk."""
    for name, path in BOOKS.items():
        if not (data / path).exists():
            yield Finding(name, "none yet; it is made at the first start")
            continue
        try:
            report = check(read_entries(data / path))
            _is_ours(report.opened, settings, kiosk_id=settings.kiosk.id if name == KIOSKS else "")
        except Trouble as trouble:
            yield _troubled(name, trouble)
        else:
            kind = ", a demonstration" if report.opened.demo else ""
            yield Finding(name, f"sound: {report.entries} entries up to {report.last_day}{kind}")


def _is_ours(opened: JournalOpened, settings: Settings, *, kiosk_id: str) -> None:
    """``JournalTrouble`` J-106 for a book of another office, or of another kiosk than ``kiosk_id`` ("" for any)."""
    if opened.office_id != settings.office.id or kiosk_id not in ("", opened.kiosk_id):
        meant = f"{settings.office.id}/{kiosk_id or opened.kiosk_id}"
        raise JournalTrouble("J-106", detail=f"it is of {opened.office_id}/{opened.kiosk_id}, not of {meant}")


def kiosk_runs(data: Path) -> bool:
    """Whether a kiosk is at work on this data now, and so owns the printer and the display."""
    book = data / BOOKS[KIOSKS]
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
        return _noted(what, f"{masked(address)} is in the hands of the running kiosk, and not asked twice")
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
    if status.state is PrinterState.UNSEEN:
        return _noted(what, f"{masked(address)} can be written to, but cannot say how it is")
    told = f"{masked(address)} is {status.state.value}"
    return Finding(what, told) if status.state is PrinterState.READY else _noted(what, told)


def device_findings(settings: Settings) -> Iterator[Finding]:
    """Devices that are set although nothing drives them yet."""
    for name in ("display", "keypad"):
        address = getattr(settings, name).address
        if address:
            yield _noted(name, f"{masked(address)} is set, but this version does not drive a {name} yet")


def screen_finding(settings: Settings) -> Finding:
    """Whether there is a screen to draw on, and one large enough."""
    inches = settings.kiosk.screen_diagonal_in
    if inches < LEAST_DIAGONAL_IN:
        return _troubled("screen", MachineTrouble("M-207", detail=f"{inches} inches"))
    if not real_display():
        if shutil.which("Xvfb"):
            return _noted("screen", "none; kiosk run starts a virtual one")
        return _troubled("screen", MachineTrouble("M-206"))
    try:
        shown = ask_display()
    except Trouble as trouble:
        return _troubled("screen", trouble)
    return Finding("screen", f"{shown.name}, {shown.width_px}x{shown.height_px}, {inches} inches as set")


def port_finding(settings: Settings) -> Finding:
    """Whether the office server can listen, or already does."""
    listen = settings.server.listen
    try:
        with bind(listen) as free:
            return Finding("port", f"{page_address(free)} is free")
    except MachineTrouble as trouble:
        told = health_of(f"http://{listen}")  # Linux takes 0.0.0.0 and [::] for the machine itself
        return _troubled("port", trouble) if told is None else _server_finding(listen, told)
    except SettingsTrouble as trouble:
        return _troubled("port", trouble)


def _server_finding(listen: str, told: Mapping[str, Any]) -> Finding:
    """What the office server that runs here says of itself."""
    answers = f"{listen} is in use by an office server that answers"
    if code := told.get("trouble"):
        return Finding("port", f"{answers}, but cannot write: {code}", State.TROUBLE)
    if apart := told.get("kiosks_with_wrong_day"):
        named = ", ".join(map(str, apart))
        return Finding("port", f"{answers}, but its day is not the one of {named}: set the clocks", State.TROUBLE)
    return Finding("port", answers)


def upstream_finding(settings: Settings) -> Finding:
    """Whether the log this office sends to answers. That it does not is no harm for days."""
    upstream = settings.sync.upstream
    if upstream is None:
        return Finding("central log", "none set; everything stays in this office")
    if health_of(upstream) is None:
        return _troubled("central log", SyncTrouble("S-301", detail=masked(upstream)))
    return Finding("central log", f"{masked(upstream)} answers")


def catalogue_findings(catalogues: Catalogues, day: date) -> Iterator[Finding]:
    """What is in force on a day, and how sure each row is."""
    catalogue = catalogues.on(day)
    if not catalogue.services:
        yield _troubled("services", SettingsTrouble("C-413", detail=str(day)))
        return
    yield Finding("services", f"{len(catalogue.services)} in force: {_sure(catalogue.services)}")
    yield Finding("procedures", f"{len(catalogue.procedures)} in force: {_sure(catalogue.procedures)}")


def counters_finding(ids: Sequence[str], day: date) -> Finding:
    """Which counters people are called to on a day; without one nobody is called."""
    if not ids:
        return _troubled("counters", SettingsTrouble("C-414", detail=f"{COUNTERS}: no counter is in force on {day}"))
    return Finding("counters", f"{len(ids)} in force: {', '.join(ids)}")


def holiday_finding(day: date) -> Finding:
    """How far ahead holidays are known."""
    last = max(holidays())
    told = f"known up to {last.year}; Tết and swapped days follow a notice every year"
    return Finding("holidays", told) if last.year > day.year else _noted("holidays", told)


def _sure(rows: Sequence[Service | Procedure]) -> str:
    counted = Counter(row.confidence for row in rows)
    return ", ".join(f"{counted[confidence]} {confidence}" for confidence in CONFIDENCES)


def health_of(address: str) -> Any:
    """What a server says of itself, None if none of ours answers there."""
    try:
        with urllib.request.urlopen(f"{address.rstrip('/')}/health", timeout=ANSWER_S) as answer:  # noqa: S310 (http or https by settings)
            told = json.loads(answer.read(MUCH_JSON))
    except (OSError, ValueError):
        return None
    return told if isinstance(told, dict) and "office_id" in told else None


def _troubled(what: str, trouble: Trouble) -> Finding:
    return Finding(what, trouble.text(), State.TROUBLE)


def _noted(what: str, told: str) -> Finding:
    return Finding(what, told, State.NOTE)
