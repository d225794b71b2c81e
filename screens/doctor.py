"""``kiosk doctor``: what is set and where that is said, and whether everything works.

It mends nothing. Exit code 0: all is well; 1: something is in trouble; 2: the settings are wrong.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from devices.address import find_faults
from kiosk.clock import Clock, SystemClock, business_day, office_time
from kiosk.settings import Reading, Settings, read_settings
from kiosk.settings_entries import entries
from kiosk.settings_kinds import masked
from screens.findings import (
    Finding,
    book_findings,
    catalogue_findings,
    disk_finding,
    display_finding,
    folder_finding,
    port_finding,
    printer_finding,
    upstream_finding,
)

WIDEST = 44
WELL, IN_TROUBLE, WRONG_SETTINGS = 0, 1, 2


def main(asked: argparse.Namespace) -> int:
    """The verb ``doctor``."""
    return doctor(asked.settings, asked.data)


def doctor(settings: Path | None, data: Path, clock: Clock | None = None) -> int:
    """Print every setting with its origin, then every finding; the exit code says the worst."""
    reading = read_settings(settings, data=data, device_fault=find_faults)
    for line in _table(reading):
        print(line)
    if reading.problems:
        for problem in reading.problems:
            print(problem.text(), file=sys.stderr)
        return WRONG_SETTINGS
    print()
    code = WELL
    for finding in _findings(reading.settings, data.resolve(), clock or SystemClock()):
        print(
            f"{'TROUBLE' if finding.trouble else 'OK':8}{finding.what:14}{finding.trouble or finding.found}", flush=True
        )
        code = IN_TROUBLE if finding.trouble else code
    return code


def _findings(settings: Settings, data: Path, clock: Clock) -> Iterator[Finding]:
    here = office_time(clock.now(), settings.office.utc_offset_h)
    yield Finding("clock", f"{here:%H:%M, %d/%m/%Y} at the office")
    yield folder_finding(data)
    yield disk_finding(data)
    yield from book_findings(data)
    yield from catalogue_findings(settings, business_day(clock.now(), settings.office.utc_offset_h))
    yield printer_finding(settings, data, clock)
    yield display_finding(settings)
    yield port_finding(settings)
    yield upstream_finding(settings)


def _table(reading: Reading) -> Iterator[str]:
    """A line a setting: name, value, origin. Names and passwords in addresses stay hidden."""
    told = {entry.name: _told(reading, entry.section, entry.key) for entry in entries()}
    width = max(len(name) for name in told)
    wide = min(WIDEST, max(len(value) for value in told.values()))
    for name, value in told.items():
        yield f"{name:{width}}  {value:{wide}}  {reading.origins[name]}"


def _told(reading: Reading, section: str, key: str) -> str:
    value = getattr(getattr(reading.settings, section), key)
    return "unset" if value in (None, "") else masked(str(value))
