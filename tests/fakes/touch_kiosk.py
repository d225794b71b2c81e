"""A kiosk in the real window: real desk, real threads, a printer and a book in memory, a clock that is moved."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from devices.scanner import WedgeReader
from kiosk.criteria import default_set
from kiosk.desk import Desk, DeskRules
from kiosk.entry import Entry
from kiosk.fact import Fact
from kiosk.visit import Place, Visit
from kiosk.visit_events import Event
from screens.touch.desk_thread import DeskThread
from screens.touch.inquiries import Inquiries
from screens.touch.print_thread import PrintThread
from screens.touch.scans import Scans
from tests.fakes.clock import FakeClock
from tests.fakes.finger import Finger
from tests.fakes.lobby import BreakableJournal, plain_slip, scene_facts
from tests.fakes.office import FakeOffice
from tests.fakes.printer import FakePrinter
from tests.fakes.waiting import until
from tests.gallery.studio import Studio

TURNS = 5
SHAPES = {"portrait": (1080, 1920), "landscape": (1920, 1080), "small": (540, 960)}


class TouchKiosk:
    """One kiosk, touched by a real finger. ``running`` is the product's window."""

    def __init__(self, studio: Studio, finger: Finger, shape: str) -> None:
        from screens.touch.running import RunningWindow, WindowPlan

        self._studio = studio
        self._finger = finger
        self.finger = finger
        self.clock = FakeClock()
        self.journal = BreakableJournal(self.clock)
        self.printer = FakePrinter()
        self.scans: list[str] = []
        self.open = True
        self._fit(*SHAPES[shape])
        facts = scene_facts()
        rules = DeskRules("kiosk-1", lambda service, _day: service, default_set())
        self.office = FakeOffice()
        self.inquiries = Inquiries(lambda: self.office, tell=self._tell, rate=self._rate)
        self.desk = DeskThread(
            lambda: Desk(self.journal, rules),
            book=self.journal,
            slip_of=plain_slip,
            tell=self._tell,
            lobby=self.office,
            ask_place=self.inquiries.place,
        )
        self.printing = PrintThread(lambda: self.printer, changed=self.desk.printer_changed, poll_s=0.01)
        plan = WindowPlan(
            desk=self.desk,
            facts=facts,
            clock=self.clock,
            is_open=lambda _: self.open,
            diagonal_in=21.5,
            cache=studio.folder / "look",
            started=self.printing.start,
            wedge=WedgeReader(self._scanned),
            view=self.office.view,
            ask_appointment=self.inquiries.appointment,
        )
        self.running = RunningWindow(plan)
        self.stage: Any = self.running.stage
        studio.root.clear_widgets()
        studio.root.add_widget(self.stage)
        self.running.begin()
        self.desk.start(self.printing)
        self.inquiries.start()
        self.until(lambda: self.printing.status.state != "unseen")

    def close(self) -> None:
        """End the threads and leave the window to the next test."""
        self.printer.going.set()
        self.running.close()
        self._studio.root.clear_widgets()
        self.inquiries.close(5)
        self.printing.close(5)
        self.desk.close(5)

    def _rate(self, ballot: bytes) -> None:
        self.desk.rate_with(ballot)

    def _tell(self, event: Event) -> None:
        self.running.tell(event)

    def _scanned(self, text: str) -> None:
        self.scans.append(text)
        Scans(look_up=self.desk.look_up, tell=self._tell).take(text)

    @property
    def keys(self) -> tuple[str, ...]:
        """Names of the keys on the screen now."""
        return tuple(self.stage.keys())

    @property
    def visit(self) -> Visit:
        """The visit as it stands."""
        return self.running.conductor.visit

    def tap(self, *names: str, times: int = 1) -> None:
        """Tap keys one after the other, as a person does: a second apart and when nothing is going on."""
        for name in names:
            self.advance(1)
            self.settle()
            self._finger.tap(*self.place(name), times=times)
            self.settle()

    def place(self, name: str) -> tuple[float, float]:
        """Where a key is on the glass, from the upper left."""
        pad = self.stage.key(name)
        return pad.center_x, self._studio.window.height - pad.center_y

    def settle(self) -> None:
        """Turn the loop until the X server's events are through and the desk has answered.

        The first turn waits for the X server's word; then a touch takes two turns to its handler.
        """
        self._studio.pump()
        self.turn(TURNS)
        self.until_answered()

    def until_answered(self) -> None:
        """Turn the loop until the desk has answered what it was asked."""
        while self.visit.busy:
            self._studio.pump()

    def turn(self, times: int) -> None:
        """Turn the loop so many times, waiting for nothing."""
        for _ in range(times):
            self.running.loop.wake()
            self._studio.pump()

    def advance(self, seconds: float) -> None:
        """Let time pass on the kiosk's clock."""
        self.clock.advance(seconds)
        self.running.conductor.tick()

    def until(self, holds: Callable[[], object]) -> None:
        """Turn the loop until this is so."""

        def holds_now() -> object:
            self._studio.pump()
            return holds()

        until(holds_now)

    def at(self, place: Place) -> None:
        """Turn the loop until the screen is there."""
        self.until(lambda: self.visit.place is place)
        self._studio.pump()

    def entries(self, *facts: type[Fact]) -> list[Entry]:
        """The entries of these facts, in order."""
        names = {fact.__name__ for fact in facts}
        return [entry for entry in self.journal.entries() if entry.fact in names]

    def _fit(self, width: int, height: int) -> None:
        if tuple(self._studio.window.size) != (width, height):
            self._studio.window.size = (width, height)
            self.until_size(width, height)

    def until_size(self, width: int, height: int) -> None:
        """Turn the loop until the window has this size."""

        def holds_now() -> bool:
            self._studio.pump()
            return tuple(self._studio.root.size) == (width, height)

        until(holds_now)
