"""A hall for tests: a real log on disk, Bắc Sơn's counters and rules, a clock that is moved."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from kiosk.catalogue import read_catalogue
from kiosk.counters import read_counters
from kiosk.line_rules import LineRules, read_line_rules
from kiosk.office_hours import read_hours
from kiosk.opening import OpeningHours
from screens.lobby_hall import Hall
from screens.lobby_setting import LobbySetting
from sync.central.service import CentralLog

SECRET = bytes(range(32))
CATALOGUES = read_catalogue().checked()
COUNTERS = read_counters(services=[one.id for one in CATALOGUES.services])


def lobby_setting(hours: str = "", *, rules: LineRules | None = None, **changed: Any) -> LobbySetting:
    """Bắc Sơn's lobby; without ``hours`` it is never closed."""

    def services_on(day: date) -> tuple[str, ...]:
        return tuple(one.id for one in CATALOGUES.on(day).services)

    made = LobbySetting(
        rules=rules or read_line_rules().rules,
        counters_on=COUNTERS.on,
        services_on=services_on,
        opening=OpeningHours(read_hours(hours) if hours else None),
        letter_of=CATALOGUES.letter_of,
        slip_server=None,
        secret=SECRET,
    )
    return replace(made, **changed)


def hall_of(central: CentralLog, hours: str = "", **changed: Any) -> Hall:
    """The hall over a log."""
    return Hall(central, lobby_setting(hours, **changed))
