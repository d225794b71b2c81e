"""``kiosk demo``: a month of a ward that does not exist, in a folder of its own."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from kiosk.book_file import storage_trouble
from kiosk.clock import Clock, SystemClock, office_time
from kiosk.counters import Counter
from kiosk.criteria import CriteriaSet
from kiosk.desk import Desk, DeskRules
from kiosk.journal import BookOf, SqliteJournal
from kiosk.line_rules import LineRules
from kiosk.trouble import MachineTrouble
from screens.demo import MovedClock, Story, arrivals
from screens.demo_lobby import Books, LobbyDay, LobbyPlan
from sync.central.local import LocalLink
from sync.central.office_book import JOURNAL, OfficeBook
from sync.central.service import CentralLog
from sync.central.store import OFFICE_BOOK
from sync.keys import own_key
from sync.sources import DeviceBook
from sync.uploader import Uploader

OPENING_HOUR = 7


@dataclass(frozen=True, slots=True)
class DemoPlan:
    """What to tell: how many days up to today, where, under which rules. ``works_on``: whether the
    office is open on a day; ``seed`` makes two demonstrations alike."""

    office_id: str
    rules: DeskRules
    criteria: CriteriaSet
    services: tuple[str, ...]
    works_on: Callable[[date], bool]
    counters: tuple[Counter, ...]
    line_rules: LineRules
    utc_offset_h: int = 7
    days: int = 30
    seed: int = 2026


def make_demo(data: Path, plan: DemoPlan, clock: Clock | None = None) -> int:
    """Fill ``data`` and bring it into the office's log; returns the number of entries.

    ``MachineTrouble`` M-208 if the folder is not empty: a demonstration is never mixed with a real book.
    """
    with storage_trouble(data):
        if data.exists() and any(data.iterdir()):
            raise MachineTrouble("M-208", detail=str(data))
    clock = clock or SystemClock()
    entries = _write_books(data, plan, clock.now())
    _bring_in(data, plan, clock)
    return entries


def _write_books(data: Path, plan: DemoPlan, now: datetime) -> int:
    today = office_time(now, plan.utc_offset_h).date()
    first = today - timedelta(days=plan.days - 1)
    story_clock = MovedClock(min(now, _morning(first, plan.utc_offset_h)))
    with (
        _book(data / "journal.sqlite", plan.rules.kiosk_id, plan, story_clock) as kiosk,
        _book(data / JOURNAL, OFFICE_BOOK, plan, story_clock) as office,
    ):
        desk = Desk(kiosk, plan.rules)
        chance = random.Random(plan.seed)
        story = Story(desk, plan.criteria, story_clock, chance)
        books = Books(kiosk, office, plan.rules.kiosk_id)
        lobby_plan = LobbyPlan(plan.counters, plan.line_rules, plan.utc_offset_h)
        for day in (first + timedelta(days=turn) for turn in range(plan.days)):
            if not plan.works_on(day):
                continue
            story_clock.move_to(min(now, _morning(day, plan.utc_offset_h)))
            desk.open_day()
            came = arrivals(day, utc_offset_h=plan.utc_offset_h, services=plan.services, chance=chance)
            LobbyDay(books, lobby_plan, story, clock=story_clock, chance=chance).live(came, until=now)
        return kiosk.head().seq + office.head().seq


def _book(path: Path, kiosk_id: str, plan: DemoPlan, clock: Clock) -> SqliteJournal:
    of = BookOf(kiosk_id, plan.office_id, demo=True)
    return SqliteJournal.create(path, of=of, utc_offset_h=plan.utc_offset_h, clock=clock)


def _bring_in(data: Path, plan: DemoPlan, clock: Clock) -> None:
    key = own_key(data, "kiosk")
    office = OfficeBook(plan.office_id, plan.utc_offset_h, demo=True)
    with CentralLog.open(data, clock=clock, office=office) as central:
        Uploader(DeviceBook(data / "journal.sqlite", key), LocalLink(central), key, clock=clock).send_all()


def _morning(day: date, utc_offset_h: int) -> datetime:
    return datetime(day.year, day.month, day.day, OPENING_HOUR, tzinfo=UTC) - timedelta(hours=utc_offset_h)
