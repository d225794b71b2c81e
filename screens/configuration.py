"""Where every door begins: settings and catalogue read and checked as a whole."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from pathlib import Path

from devices.address import find_faults, find_speaker_faults
from devices.profiles import find_profile_fault
from kiosk.catalogue import Catalogues, read_catalogue
from kiosk.clock import Clock, business_day
from kiosk.problem import Problem
from kiosk.settings import Settings, read_settings

WRONG_INPUT = 2


@dataclass(frozen=True, slots=True)
class Setup:
    """Settings and catalogue that are sound, and the data folder they count from."""

    settings: Settings
    catalogues: Catalogues
    data: Path

    @property
    def software(self) -> str:
        """The version of this program; looked up when asked for, as its library takes long to load."""
        return str(import_module("importlib.metadata").version("than-thien"))

    def today(self, clock: Clock) -> date:
        """The business day at this office."""
        return business_day(clock.now(), self.settings.office.utc_offset_h)


def configure(settings: Path | None, data: Path) -> Setup:
    """Read settings and catalogue; every fault goes to standard error, a sentence each, and the program ends with 2."""
    data = data.resolve()
    reading = read_settings(
        settings,
        data=data,
        device_fault=find_faults,
        profile_fault=find_profile_fault,
        speaker_fault=find_speaker_faults,
    )
    end_for(reading.problems)
    catalogue = read_catalogue(reading.settings.catalogue.folder)
    end_for(catalogue.problems)
    return Setup(reading.settings, catalogue.catalogues, data)


def end_for(problems: Sequence[Problem]) -> None:
    """Tell every fault, a sentence each, and end with 2; nothing if there is none."""
    for problem in problems:
        print(problem.text(), file=sys.stderr)
    if problems:
        sys.exit(WRONG_INPUT)
