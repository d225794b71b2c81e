"""``kiosk doctor``: what is set and where that is said, and whether everything works.

It mends nothing. Exit code 0: all is well; 1: something is in trouble; 2: the settings or
the catalogue are wrong.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from devices.address import find_faults, find_speaker_faults
from devices.profiles import find_profile_fault
from kiosk.catalogue import read_catalogue
from kiosk.clock import Clock, SystemClock, office_time
from kiosk.settings import Reading, read_settings
from kiosk.settings_entries import entries
from kiosk.settings_kinds import masked
from screens.configuration import Setup
from screens.findings import (
    Finding,
    State,
    book_findings,
    catalogue_findings,
    counters_finding,
    device_findings,
    disk_finding,
    folder_finding,
    holiday_finding,
    port_finding,
    printer_finding,
    screen_finding,
    upstream_finding,
)
from screens.lobby_data import LobbyData, read_lobby_data
from screens.office_findings import office_findings
from screens.voice_findings import voice_findings

WIDEST = 44
WELL, IN_TROUBLE, WRONG_INPUT = 0, 1, 2


def main(asked: argparse.Namespace) -> int:
    """The verb ``doctor``."""
    return doctor(asked.settings, asked.data)


def doctor(settings: Path | None, data: Path, clock: Clock | None = None) -> int:
    """Print every setting with its origin, then every finding; the exit code says the worst."""
    data, clock = data.resolve(), clock or SystemClock()
    reading = read_settings(
        settings,
        data=data,
        device_fault=find_faults,
        profile_fault=find_profile_fault,
        speaker_fault=find_speaker_faults,
    )
    catalogue = read_catalogue(reading.settings.catalogue.folder)
    for line in _table(reading):
        print(line)
    setup = Setup(reading.settings, catalogue.catalogues, data)
    lobby, lobby_problems = read_lobby_data(setup)
    problems = (*reading.problems, *catalogue.problems, *lobby_problems)
    for problem in problems:
        print(problem.text(), file=sys.stderr)
    if problems:
        return WRONG_INPUT
    print()
    states = set()
    for finding in _findings(setup, lobby, clock):
        states.add(finding.state)
        print(f"{finding.state.value:9}{finding.what:15}{finding.told}", flush=True)
    print(f"\n{'Something needs care.' if State.TROUBLE in states else 'Everything works.'}")
    return IN_TROUBLE if State.TROUBLE in states else WELL


def _findings(setup: Setup, lobby: LobbyData, clock: Clock) -> Iterator[Finding]:
    settings, data = setup.settings, setup.data
    here = office_time(clock.now(), settings.office.utc_offset_h)
    yield Finding("clock", f"{here:%H:%M, %d/%m/%Y} at the office")
    yield folder_finding(data)
    yield disk_finding(data)
    yield from book_findings(settings, data)
    yield from catalogue_findings(setup.catalogues, here.date())
    yield counters_finding([one.id for one in lobby.counters_on(here.date())], here.date())
    yield holiday_finding(here.date())
    yield printer_finding(settings, data, clock)
    yield from device_findings(settings)
    yield from voice_findings(settings, data, clock)
    yield screen_finding(settings)
    if settings.kiosk.office is None:
        yield port_finding(settings)
    else:
        yield from office_findings(settings, settings.kiosk.office, data=data, clock=clock)
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
