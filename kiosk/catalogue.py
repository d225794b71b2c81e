"""The catalogue: which services a citizen can choose, and the procedures behind them.

    reading = read_catalogue(settings.catalogue.folder)
    reading.problems                    every fault at once; () if there is none
    reading.checked().on(day)           the Catalogue in force on a business day

A folder holds ``services.csv`` and ``procedures.csv``; without one the built-in folder
counts. Rows have a first and a last day, so a paper of a past day can be made again.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from kiosk.catalogue_rows import (
    PROCEDURE_COLUMNS,
    SERVICE_COLUMNS,
    Procedure,
    Service,
    clashes,
    in_force,
    read_procedures,
    read_services,
)
from kiosk.csv_table import WRONG, read_table
from kiosk.problem import Problem
from kiosk.trouble import SettingsTrouble
from kiosk.words import Words

BUILT_IN = Path(__file__).parent / "catalogue"
SERVICES, PROCEDURES = "services.csv", "procedures.csv"


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What is in force on one business day, in the order of the files."""

    day: date
    services: tuple[Service, ...]
    procedures: tuple[Procedure, ...]

    def service(self, id: str) -> Service:
        """The service of that id; ``SettingsTrouble`` C-413 if it is not in force."""
        for service in self.services:
            if service.id == id:
                return service
        raise SettingsTrouble("C-413", detail=f"{id!r} on {self.day}")

    def letter_of(self, id: str) -> str:
        """The letter of a service's numbers; raises as :meth:`service`."""
        return self.service(id).letter

    def procedures_of(self, service: str) -> tuple[Procedure, ...]:
        """The procedures behind a service; raises as :meth:`service`."""
        fields = self.service(service).procedure_fields
        return tuple(procedure for procedure in self.procedures if procedure.field in fields)


@dataclass(frozen=True, eq=False, slots=True)
class Catalogues:
    """All versions of all rows."""

    services: tuple[Service, ...]
    procedures: tuple[Procedure, ...]

    def on(self, day: date) -> Catalogue:
        """What is in force on a business day."""
        return _on(self, day)

    def letter_of(self, service: str, day: date) -> str:
        """The letter of a service's numbers on a day; ``SettingsTrouble`` C-413 if it is not in force."""
        return self.on(day).letter_of(service)


@lru_cache(maxsize=4)
def _on(all: Catalogues, day: date) -> Catalogue:
    return Catalogue(
        day,
        tuple(service for service in all.services if in_force(service, day)),
        tuple(procedure for procedure in all.procedures if in_force(procedure, day)),
    )


class CatalogueReading(NamedTuple):
    """What came of reading a folder: the rows that are right, and every fault."""

    catalogues: Catalogues
    problems: tuple[Problem, ...]

    def checked(self) -> Catalogues:
        """The catalogues; ``SettingsTrouble`` with the first problem and the number of others if there is one."""
        for problem in self.problems:
            more = f"; and {len(self.problems) - 1} more" if len(self.problems) > 1 else ""
            raise SettingsTrouble(problem.code, detail=problem.trouble.detail + more)
        return self.catalogues


def read_catalogue(folder: Path | None = None) -> CatalogueReading:
    """Read and check a catalogue folder (None: the built-in one). Does not raise."""
    place = folder or BUILT_IN
    rows, faults = read_table(place / SERVICES, SERVICE_COLUMNS)
    services, service_faults = read_services(SERVICES, rows)
    more, more_faults = read_table(place / PROCEDURES, PROCEDURE_COLUMNS)
    procedures, procedure_faults = read_procedures(PROCEDURES, more)
    problems = [*faults, *service_faults, *more_faults, *procedure_faults]
    whole = not more_faults and not procedure_faults
    problems += _together(services, procedures, fields=whole)
    if not faults and not rows:
        problems.append(Problem(WRONG, SERVICES, 0, "", "there is no service in it"))
    ordered = sorted(problems, key=lambda problem: (problem.file != SERVICES, problem.line))
    return CatalogueReading(Catalogues(tuple(services), tuple(procedures)), tuple(ordered))


def load_catalogue(folder: Path | None, day: date) -> Catalogue:
    """The catalogue of a day; ``SettingsTrouble`` as :meth:`CatalogueReading.checked`,
    C-413 if no service is in force."""
    catalogue = read_catalogue(folder).checked().on(day)
    if not catalogue.services:
        raise SettingsTrouble("C-413", detail=str(day))
    return catalogue


def _together(services: Sequence[Service], procedures: Sequence[Procedure], *, fields: bool) -> Iterator[Problem]:
    yield from clashes(SERVICES, services, "id")
    yield from clashes(SERVICES, services, "letter", also="id")
    yield from clashes(PROCEDURES, procedures, "id")
    if fields:
        yield from _fields(services, {procedure.field for procedure in procedures})


def _fields(services: Sequence[Service], known: set[str]) -> Iterator[Problem]:
    for service in services:
        for name in service.procedure_fields:
            if name not in known:
                near = difflib.get_close_matches(name, sorted(known), n=1)
                hint = f"; did you mean {near[0]}?" if near else ""
                reason = f"no procedure has the field {name!r}{hint}"
                yield Problem(WRONG, SERVICES, service.line, "procedure_fields", reason)


def for_citizens(text: str, words: Words) -> str:
    """A verbatim text of a procedure as a citizen may read it.

    What the office has yet to confirm reads "xin hỏi tại quầy"; a fee that the province sets
    reads so, without another province's example.
    """
    ask, local = words.say("catalogue.ask"), words.say("catalogue.local_fee")
    text = re.sub(r"\bLOCAL\b(?: \(ví dụ [^)]*\))?", local, text)
    text = re.sub(r"\bCONFIRM(?= [A-Z0-9])", f"{ask},", text)
    text = re.sub(r"\bCONFIRM\b", ask, text)
    return text[:1].upper() + text[1:]
