"""A kiosk without a window: real desk, book in memory, real threads, a clock that is moved."""

from __future__ import annotations

import queue
from collections.abc import Callable
from datetime import date, datetime
from typing import Self

from kiosk.criteria import CriteriaSet, default_set
from kiosk.desk import Desk, DeskRules
from kiosk.entry import Entry
from kiosk.fact import Fact
from kiosk.slip import Number, Slip
from kiosk.tickets import Ticket
from kiosk.trouble import Trouble
from kiosk.visit import Place, Times, Visit
from kiosk.visit_events import Event
from kiosk.waits import Waiting
from screens.touch.conductor import Conductor, Surroundings
from screens.touch.desk_thread import DeskThread
from screens.touch.inquiries import Inquiries
from screens.touch.print_thread import PrintThread
from screens.touch.scene import ClosedNote, OfficeTexts, Scene, ServiceTile
from screens.touch.scene_maker import SceneFacts, SceneMaker
from tests.fakes.clock import FakeClock
from tests.fakes.journal import MemoryJournal
from tests.fakes.office import FakeOffice
from tests.fakes.printer import FakePrinter
from tests.fakes.waiting import until

ICONS = {
    "A": "baby", "B": "stamp", "C": "house-line", "E": "hand-heart",
    "G": "storefront", "H": "identification-card", "K": "files", "L": "chats-teardrop",
}  # fmt: skip
HOURS = ClosedNote(("07:30–11:30", "13:30–17:00"), "Thứ Hai đến Thứ Sáu", back="Thứ Hai, 23/11")
OFFICE = OfficeTexts("Ủy ban nhân dân", "Phường Bắc Sơn", "Chính quyền thân thiện, vì Nhân dân phục vụ")


def tiles(_: date, language: str) -> tuple[ServiceTile, ...]:
    """Eight services; E asks for no priority."""
    names = {"vi": "Việc", "en": "Matter"}
    return tuple(
        ServiceTile(letter, letter, icon, f"{names[language]} {letter}", letter != "E")
        for letter, icon in ICONS.items()
    )


def scene_facts(criteria: CriteriaSet | None = None, *, server: str | None = None) -> SceneFacts:
    """What the office of the tests says."""
    return SceneFacts(
        office={"vi": OFFICE, "en": OFFICE},
        services=tiles,
        closed=lambda _now, _language: HOURS,
        criteria=criteria or default_set(),
        server=server,
        appointments=True,
    )


def plain_slip(ticket: Ticket, copy: bool, _: Waiting | None = None) -> Slip:
    """A slip of a number alone; a copy's id begins with C."""
    return Slip("C001" if copy else "0001", (Number(ticket.number),))


class BreakableJournal(MemoryJournal):
    """A book on a disk that fills up."""

    def rest(self) -> None:
        """Nothing to tidy in memory."""

    def breaks(self, trouble: Trouble | None) -> None:
        """From now on every write raises this, or none does."""
        self.fail_with = trouble


class Lobby:
    """Conductor, desk thread and print thread; ``scene`` is what stands on the screen."""

    def __init__(self, *, times: Times | None = None, criteria: CriteriaSet | None = None) -> None:
        self.times = times or Times()
        self.clock = FakeClock()
        self.journal = BreakableJournal(self.clock)
        self.printer = FakePrinter()
        self.scenes: list[Scene] = []
        self.open = True
        self._inbox: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        facts = scene_facts(criteria)
        rules = DeskRules("kiosk-1", lambda service, _day: service, facts.criteria)
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
        self.printing = PrintThread(lambda: self.printer, changed=self.desk.printer_changed, poll_s=0.005)
        around = Surroundings(
            desk=self.desk,
            scenes=SceneMaker(facts, clock=self.clock, times=self.times),
            show=self.scenes.append,
            post=self._inbox.put,
            clock=self.clock,
            is_open=self._is_open,
            times=self.times,
            view=self.office.view,
            ask_appointment=self.inquiries.appointment,
        )
        self.conductor = Conductor(around)

    def __enter__(self) -> Self:
        self.conductor.begin()
        self.printing.start()
        self.desk.start(self.printing)
        self.inquiries.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.printer.going.set()
        self.inquiries.close(5)
        self.printing.close(5)
        self.desk.close(5)

    @property
    def visit(self) -> Visit:
        """The visit as it stands."""
        return self.conductor.visit

    @property
    def scene(self) -> Scene:
        """What is on the screen."""
        return self.scenes[-1]

    def do(self, *events: Event) -> None:
        """Let a finger do this, each tap a second after the one before."""
        for event in events:
            self.advance(1)
            self.conductor.act(event)
            if self.visit.busy:
                self.until(lambda: not self.visit.busy)

    def advance(self, seconds: float) -> None:
        """Let time pass, with the ticks that a window would give."""
        whole, rest = divmod(seconds, 1.0)
        for step in [1.0] * int(whole) + ([rest] if rest else []):
            self.clock.advance(step)
            self._work_off()
            self.conductor.tick()

    def until(self, holds: Callable[[], object]) -> None:
        """Wait, without letting time pass, until this is so."""

        def holds_now() -> object:
            self._work_off()
            return holds()

        until(holds_now)

    def at(self, place: Place) -> None:
        """Wait until the screen is there."""
        self.until(lambda: self.visit.place is place)

    def entries(self, *facts: type[Fact]) -> list[Entry]:
        """The entries of these facts, in order."""
        names = {fact.__name__ for fact in facts}
        return [entry for entry in self.journal.entries() if entry.fact in names]

    def _rate(self, ballot: bytes) -> None:
        self.desk.rate_with(ballot)

    def _tell(self, event: Event) -> None:
        self.conductor.tell(event)

    def _is_open(self, _: datetime) -> bool:
        return self.open

    def _work_off(self) -> None:
        while not self._inbox.empty():
            self._inbox.get()()
