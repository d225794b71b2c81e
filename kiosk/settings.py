"""Settings: read from TOML, checked as a whole, and handed out as frozen values.

    reading = read_settings(Path("thanthien.toml"), data=Path("data"), device_fault=find_faults)
    reading.problems        every fault at once: line, name, reason, nearest name; () if there is none
    reading.origins         "office.name" -> "default" or "thanthien.toml, line 3"
    reading.settings        Settings; a setting with a fault has its default

Without a path ``./thanthien.toml`` is read if it is there. ``reading.checked()`` gives the
settings or raises the first problem as ``SettingsTrouble``; a program that starts prints
``problem.text()`` of every problem and ends with exit code 2.
"""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from kiosk.office_hours import OfficeHours
from kiosk.problem import Problem
from kiosk.settings_entries import DeviceFault, Setting, entries, no_fault
from kiosk.settings_file import Broken, SettingsFile, read_toml
from kiosk.volume import VolumeSchedule

DEFAULT_FILE = Path("thanthien.toml")
DEFAULT = "default"


@dataclass(frozen=True, slots=True)
class Office:
    """The office. ``hours`` None: always open; empty texts: unknown, and left out."""

    id: str
    name: str
    parent: str
    utc_offset_h: int
    hours: OfficeHours | None
    phone: str
    help_desk: str
    address_form: str


@dataclass(frozen=True, slots=True)
class Kiosk:
    """This kiosk. ``office``: URL of the office server, None for the one beside it."""

    id: str
    office: str | None
    language: str
    screen_diagonal_in: float
    answers_order: str


@dataclass(frozen=True, slots=True)
class Printer:
    """The printer by its address string."""

    address: str
    profile: str
    slip: str


@dataclass(frozen=True, slots=True)
class Device:
    """Another device by its address string, None for none."""

    address: str | None


@dataclass(frozen=True, slots=True)
class Speaker:
    """The voice of calls. ``clips`` None: a speech engine speaks; ``languages``: "vi" or "vi+en"."""

    address: str | None
    clips: Path | None
    languages: str
    accent: str
    numbers: str
    volume: VolumeSchedule


@dataclass(frozen=True, slots=True)
class Server:
    """The office server. ``address``: what phones are told, None while they are not served."""

    listen: str
    address: str | None


@dataclass(frozen=True, slots=True)
class Sync:
    """Where this office's books go on to; None for nowhere."""

    upstream: str | None


@dataclass(frozen=True, slots=True)
class CatalogueFolder:
    """Where services and procedures stand; None for the built-in ones."""

    folder: Path | None


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings, by section."""

    office: Office
    kiosk: Kiosk
    printer: Printer
    scanner: Device
    display: Device
    keypad: Device
    speaker: Speaker
    server: Server
    sync: Sync
    catalogue: CatalogueFolder


class Reading(NamedTuple):
    """What came of reading: settings, every problem, and where each value comes from."""

    settings: Settings
    problems: tuple[Problem, ...]
    origins: Mapping[str, str]

    def checked(self) -> Settings:
        """The settings; ``SettingsTrouble`` with the first problem if there is one."""
        for problem in self.problems:
            raise problem.trouble
        return self.settings


def read_settings(
    path: Path | None = None,
    *,
    data: Path = Path("data"),
    device_fault: DeviceFault = no_fault,
    profile_fault: DeviceFault = no_fault,
    speaker_fault: DeviceFault = no_fault,
) -> Reading:
    """Read and check a settings file. Does not raise.

    ``path`` None: ``./thanthien.toml`` if it is there, else defaults alone; a file that was
    named must be there. ``data``: what relative paths count from. ``device_fault``: says what
    is wrong with a device's address, ``profile_fault`` with a printer profile's name,
    ``speaker_fault`` with a loudspeaker's address.
    """
    faults = {"device_fault": device_fault, "profile_fault": profile_fault, "speaker_fault": speaker_fault}
    known = entries(data=data, **faults)
    chosen = DEFAULT_FILE if path is None else path
    file = SettingsFile() if path is None and not os.path.exists(chosen) else read_toml(chosen)
    if isinstance(file, Broken):
        code = "C-401" if os.path.exists(chosen) else "C-404"
        problem = Problem(code, str(chosen), file.line, "", file.reason)
        return Reading(_settings(known, {}), (problem,), _origins(known, {}))
    return _Reader(known, file, str(chosen)).read()


class _Reader:
    """Goes once through a file that is sound TOML and gathers values, origins and problems."""

    def __init__(self, known: Sequence[Setting], file: SettingsFile, name: str) -> None:
        self._known = known
        self._file = file
        self._name = name
        self._problems: list[Problem] = []
        self._values: dict[str, Any] = {}
        self._found: dict[str, str] = {}

    def read(self) -> Reading:
        """Every value there is and every problem, in the order of the lines."""
        sections = {setting.section for setting in self._known}
        for section, told in self._file.tables.items():
            if section not in sections:
                self._unknown_section(section, sections)
            elif not isinstance(told, dict):
                self._problem("C-403", (section,), f"it is a section; write [{section}] and its keys below it")
            else:
                for key, raw in told.items():
                    self._key(section, key, raw)
        ordered = tuple(sorted(self._problems, key=lambda problem: problem.line))
        return Reading(_settings(self._known, self._values), ordered, _origins(self._known, self._found))

    def _key(self, section: str, key: str, raw: Any) -> None:
        setting = next((one for one in self._in(section) if key in (one.key, *one.aliases)), None)
        if setting is None:
            self._problem("C-402", (section, key), self._nearest_key(section, key))
        elif setting.name in self._found:
            self._problem("C-403", (section, key), f"it is said twice; {setting.name} is set above")
        else:
            line = self._file.line(section, key)
            self._found[setting.name] = f"{self._name}, line {line}" if line else self._name
            try:
                self._values[setting.name] = setting.kind.read(raw)
            except ValueError as problem:
                self._problem("C-403", (section, key), str(problem))

    def _in(self, section: str) -> Iterator[Setting]:
        return (setting for setting in self._known if setting.section == section)

    def _unknown_section(self, section: str, sections: set[str]) -> None:
        near = difflib.get_close_matches(section.lower(), sorted(sections), n=1)
        homes = [setting.section for setting in self._known if section in (setting.key, *setting.aliases)]
        if near:
            hint = f"did you mean [{near[0]}]?"
        elif homes:
            hint = f"{section} belongs under [{homes[0]}]"
        else:
            hint = f"there are {', '.join(f'[{one}]' for one in sorted(sections))}"
        self._problem("C-402", (section,), hint)

    def _nearest_key(self, section: str, key: str) -> str:
        here = [name for setting in self._in(section) for name in (setting.key, *setting.aliases)]
        elsewhere = [setting.section for setting in self._known if setting.key == key]
        near = difflib.get_close_matches(key.lower(), here, n=1)
        if elsewhere:
            return f"{key} belongs under [{elsewhere[0]}]"
        return f"did you mean {near[0]}?" if near else f"[{section}] has {', '.join(here)}"

    def _problem(self, code: str, path: tuple[str, ...], reason: str) -> None:
        self._problems.append(Problem(code, self._name, self._file.line(*path), ".".join(path), reason))


def _settings(known: Sequence[Setting], values: Mapping[str, Any]) -> Settings:
    sections: dict[str, dict[str, Any]] = {}
    for setting in known:
        value = values[setting.name] if setting.name in values else setting.kind.read(setting.default)
        sections.setdefault(setting.section, {})[setting.key] = value
    return Settings(
        office=Office(**sections["office"]),
        kiosk=Kiosk(**sections["kiosk"]),
        printer=Printer(**sections["printer"]),
        scanner=Device(**sections["scanner"]),
        display=Device(**sections["display"]),
        keypad=Device(**sections["keypad"]),
        speaker=Speaker(**sections["speaker"]),
        server=Server(**sections["server"]),
        sync=Sync(**sections["sync"]),
        catalogue=CatalogueFolder(**sections["catalogue"]),
    )


def _origins(known: Sequence[Setting], found: Mapping[str, str]) -> Mapping[str, str]:
    return {setting.name: found.get(setting.name, DEFAULT) for setting in known}
