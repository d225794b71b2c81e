"""What an office says of its lobby beside services and procedures: counters, line rules, slots, notices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kiosk.appointment_rules import AppointmentRules, read_appointment_rules
from kiosk.counters import Counter, counters_on, read_counters
from kiosk.line_rules import LineRules, read_line_rules
from kiosk.notices import read_notices
from kiosk.problem import Problem
from screens.configuration import Setup, end_for


@dataclass(frozen=True, slots=True)
class LobbyData:
    """Files of the catalogue folder that are sound."""

    counters: tuple[Counter, ...]
    line_rules: LineRules
    appointments: AppointmentRules

    def counters_on(self, day: date) -> tuple[Counter, ...]:
        """The counters of a business day."""
        return counters_on(self.counters, day)


def lobby_data(setup: Setup) -> LobbyData:
    """Read them; every fault goes to standard error, a sentence each, and the program ends with 2."""
    data, problems = read_lobby_data(setup)
    end_for(problems)
    return data


def read_lobby_data(setup: Setup) -> tuple[LobbyData, Sequence[Problem]]:
    """The files and every fault in them."""
    folder = setup.settings.catalogue.folder
    services = sorted({one.id for one in setup.catalogues.services})
    counters = read_counters(folder, services=services)
    rules = read_line_rules(folder)
    slots = read_appointment_rules(folder, services)
    problems = [*counters.problems, *rules.problems, *slots.problems, *read_notices(folder).problems]
    return LobbyData(counters.counters, rules.rules, slots.rules), problems
