"""Where every door begins: settings read and checked as a whole, and what follows from them."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib import metadata
from pathlib import Path

from devices.address import find_faults
from kiosk.catalogue import Catalogue, load_catalogue
from kiosk.clock import Clock, business_day
from kiosk.settings import Settings, read_settings

WRONG_INPUT = 2


@dataclass(frozen=True, slots=True)
class Setup:
    """Settings that are sound, and the data folder they count from."""

    settings: Settings
    data: Path

    @property
    def software(self) -> str:
        """The version of this program."""
        return metadata.version("than-thien")

    def today(self, clock: Clock) -> date:
        """The business day at this office."""
        return business_day(clock.now(), self.settings.office.utc_offset_h)

    def catalogue(self, day: date) -> Catalogue:
        """Services and procedures in force on a day; ``SettingsTrouble`` with every fault of the files."""
        return _catalogue(self.settings.catalogue.folder, day)

    def letter_of(self, service: str, day: date) -> str:
        """The series letter of a service on a day; ``SettingsTrouble`` C-413 if it is not in force."""
        return self.catalogue(day).letter_of(service)


def configure(settings: Path | None, data: Path) -> Setup:
    """Read the settings; every fault goes to standard error, a sentence each, and the program ends with 2."""
    data = data.resolve()
    reading = read_settings(settings, data=data, device_fault=find_faults)
    for problem in reading.problems:
        print(problem.text(), file=sys.stderr)
    if reading.problems:
        sys.exit(WRONG_INPUT)
    return Setup(reading.settings, data)


@lru_cache(maxsize=4)
def _catalogue(folder: Path | None, day: date) -> Catalogue:
    """Files are read once a day: every number asks for its letter, and a citizen waits for it."""
    return load_catalogue(folder, day)
