"""``kiosk demo --data DIR --days N``: see ``screens.demo_month``."""

from __future__ import annotations

import argparse
from datetime import date

from kiosk.clock import SystemClock
from kiosk.criteria import default_set
from kiosk.desk import DeskRules
from screens.configuration import configure
from screens.demo_month import DemoPlan, make_demo
from screens.lobby_data import lobby_data


def main(asked: argparse.Namespace) -> int:
    """Fill an empty folder; 0 once it is full."""
    setup = configure(asked.settings, asked.data)
    settings = setup.settings
    criteria = default_set()
    catalogue = setup.catalogues.on(setup.today(SystemClock()))
    lobby = lobby_data(setup)
    rules = DeskRules(
        settings.kiosk.id, setup.catalogues.letter_of, criteria, settings.kiosk.answers_order, setup.software
    )
    plan = DemoPlan(
        office_id=settings.office.id,
        rules=rules,
        criteria=criteria,
        services=tuple(service.id for service in catalogue.services),
        works_on=_works_on,
        counters=lobby.counters,
        line_rules=lobby.line_rules,
        utc_offset_h=settings.office.utc_offset_h,
        days=asked.days,
    )
    count = make_demo(setup.data, plan)
    print(f"{setup.data} holds a demonstration of {asked.days} days: {count} entries.")
    print(f"Look at it with:  kiosk run --data {setup.data}")
    return 0


def _works_on(day: date) -> bool:
    return day.weekday() < 5
