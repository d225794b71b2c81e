"""``kiosk touch``: the touch screen of one kiosk, with its book, its printer and its way to the office.

Order of the start: what can be wrong is found first (settings, catalogue, display, book),
then the window opens, and everything that works behind it waits for the first frame.
"""

from __future__ import annotations

import argparse
import gc
import logging
import signal
import sys
from contextlib import ExitStack
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Any

from devices.scanner import WedgeReader
from kiosk.address_form import addressed_set
from kiosk.clock import SystemClock, office_time
from kiosk.criteria import default_set
from kiosk.desk import Desk, DeskRules
from kiosk.journal import BookOf, SqliteJournal
from kiosk.opening import OpeningHours
from kiosk.ports import Printer
from kiosk.trouble import MachineTrouble, SettingsTrouble
from kiosk.visit_events import Event
from screens.configuration import Setup, configure
from screens.touch.desk_thread import DeskThread
from screens.touch.inquiries import Inquiries, Link
from screens.touch.office_scene import reminder_maker, scene_facts, slip_maker
from screens.touch.office_way import OfficeWay
from screens.touch.print_thread import PrintThread
from screens.touch.reminders import Reminders
from screens.touch.scans import Scans
from screens.touch.surroundings import LateParts
from screens.touch.window import prepare_kivy
from screens.touch.x_display import ask_display

DRAIN_S = 1.25
"""How long printer and desk may finish what they have, each: the supervisor waits four seconds for everything."""
SWITCH_S = 0.001
"""How long a thread may keep the interpreter from another: a frame being drawn must not hold up a commit."""

TYPED_GAP_S = 0.3
"""A pause this long ends a typed scan; drawing a screen may hold letters up for a good part of it."""


def main(asked: argparse.Namespace) -> int:
    """Open the window and run until a signal; 2 with a sentence for each thing that is wrong."""
    setup = configure(asked.settings, asked.data)
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(name)s %(message)s")
    for handler in logging.getLogger().handlers:
        handler.setLevel(logging.WARNING)  # Kivy sets a level of its own and would tell of every driver it finds
    return run_touch(setup, picture=setup.data / "screen.png" if asked.picture else None)


def run_touch(setup: Setup, *, picture: Path | None = None) -> int:
    """Run one kiosk. ``picture``: where its screen is photographed at each change.

    Raises a ``Trouble`` if no service is in force, no display answers or the book cannot be
    opened. The exit code is 0 after a signal, 3 if the display changed its shape.
    """
    sys.setswitchinterval(SWITCH_S)
    gc.disable()  # until the first frame: what is made before it stays
    shown = ask_display()
    with ExitStack() as ends:
        kiosk = TouchKiosk(setup, ends)
        size = None if shown.managed else (shown.width_px, shown.height_px)
        prepare_kivy(home=setup.data / "kivy", size=size)
        window = kiosk.open_window(picture)
        for sign in (signal.SIGINT, signal.SIGTERM):
            signal.signal(sign, lambda *_: window.end())
        return int(window.run())


class TouchKiosk:
    """The parts of one kiosk. ``ends`` ends them: late parts, then the printer, the desk, the book."""

    def __init__(self, setup: Setup, ends: ExitStack) -> None:
        self._setup = setup
        self._catalogues = setup.catalogues
        self._ends = ends
        self._clock = SystemClock()
        self._criteria = addressed_set(default_set(), setup.settings.office.address_form)
        self._window: Any = None
        if not setup.catalogues.on(setup.today(self._clock)).services:
            raise SettingsTrouble("C-413", detail=f"on {setup.today(self._clock)}")
        self._journal = ends.enter_context(self._book())
        self.office = OfficeWay(
            setup.settings,
            setup.data,
            clock=self._clock,
            head=lambda: self._journal.head().seq,
            receive=self._receive_reserve,
        )
        self._inquiries = Inquiries(self._office_link, tell=self._tell, rate=self._rate)
        ends.callback(self._inquiries.close)
        self.desk = DeskThread(
            self._make_desk,
            book=self._journal,
            slip_of=slip_maker(setup.settings, setup.catalogues, self._clock),
            tell=self._tell,
            lobby=self.office,
            ask_place=self._inquiries.place,
        )
        ends.callback(self.desk.close, DRAIN_S)
        self.printing = PrintThread(self._make_printer, changed=self.desk.printer_changed)
        ends.callback(self.printing.close, DRAIN_S)
        self._reminders = self._make_reminders()
        self._scans = Scans(look_up=self.desk.look_up, tell=self._tell)
        self._late = LateParts(setup.settings, setup.data, clock=self._clock, scans=self._scans, office=self.office)
        ends.callback(self._late.close)

    def open_window(self, picture: Path | None) -> Any:
        """The window, not yet running. Kivy opens it while it is imported, so this import stands here."""
        from screens.touch.running import RunningWindow, WindowPlan

        settings = self._setup.settings
        opening = OpeningHours(settings.office.hours)
        plan = WindowPlan(
            desk=self.desk,
            facts=scene_facts(settings, self._catalogues, self._criteria, opening=opening),
            clock=self._clock,
            is_open=lambda moment: opening.is_open(self._local(moment)),
            diagonal_in=settings.kiosk.screen_diagonal_in,
            cache=self._setup.data / "look",
            wedge=WedgeReader(self._scans.take, gap_s=TYPED_GAP_S),
            language=settings.kiosk.language,
            started=self._first_frame,
            snapshot=picture,
            view=self.office.view,
            ask_appointment=self._inquiries.appointment,
        )
        self._window = RunningWindow(plan)
        return self._window

    def _tell(self, event: Event) -> None:
        self._window.tell(event)

    def _receive_reserve(self, place: int) -> None:
        self.desk.receive_reserve(place)

    def _rate(self, ballot: bytes) -> None:
        self.desk.rate_with(ballot)

    def _first_frame(self) -> None:
        """The screen stands: now what works behind it. A tap that comes earlier waits for the desk's first turn."""
        gc.freeze()
        gc.enable()
        self.desk.start(self.printing)
        self.printing.start()
        self._late.start()
        if self._reminders is not None:
            self._reminders.start()
        self._inquiries.start()

    def _local(self, moment: datetime) -> datetime:
        return office_time(moment, self._setup.settings.office.utc_offset_h)

    def _book(self) -> SqliteJournal:
        settings, data = self._setup.settings, self._setup.data
        try:
            data.mkdir(parents=True, exist_ok=True)
        except OSError as problem:
            raise MachineTrouble("M-202", detail=f"{data}: {problem.strerror}") from None
        of = BookOf(settings.kiosk.id, settings.office.id)
        offset_h = settings.office.utc_offset_h
        return SqliteJournal.open_or_create(data / "journal.sqlite", of=of, utc_offset_h=offset_h, clock=self._clock)

    def _make_desk(self) -> Desk:
        settings = self._setup.settings
        rules = DeskRules(
            settings.kiosk.id,
            self._catalogues.letter_of,
            self._criteria,
            order=settings.kiosk.answers_order,
            software=self._setup.software,
        )
        return Desk(self._journal, rules, numbers=self.office.numbers)

    def _office_link(self) -> Link:
        """In the thread of the inquiries, at the first one."""
        kiosk, server = self._setup.settings.kiosk, self._setup.settings.server
        made: Link = import_module("screens.touch.office_link").OfficeLink(kiosk.office or f"http://{server.listen}")
        return made

    def _make_reminders(self) -> Reminders | None:
        """Reminders are printed by the kiosk beside the server alone: what stands on them does not travel."""
        settings = self._setup.settings
        if settings.kiosk.office is not None:
            return None
        made = Reminders(
            f"http://{settings.server.listen}",
            slip_of=reminder_maker(settings, self._clock),
            printer=self.printing,
            settled=self.desk.reminder_settled,
        )
        self._ends.callback(made.close)
        return made

    def _make_printer(self) -> Printer:
        """In the print thread, after the first frame: the drivers take their time to load."""
        told = self._setup.settings.printer
        made: Printer = import_module("devices.choose").printer_at(
            told.address, profile=told.profile, slip=told.slip, data_folder=self._setup.data, clock=self._clock
        )
        return made
