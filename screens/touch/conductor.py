"""The conductor: applies the rules of a visit, has the desk do what they ask, shows the result.

It knows neither Kivy nor a file: ``show`` draws, ``post`` brings what other threads tell to
the UI thread, ``now`` comes from a clock. So a whole morning can be lived through in a test.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from kiosk.clock import Clock
from kiosk.lobby_views import KioskView
from kiosk.visit import Place, Times, Visit
from kiosk.visit_events import (
    DeskFailed,
    DeskRecovered,
    Effect,
    Event,
    OpeningChanged,
    Tick,
)
from kiosk.visit_lobby_events import AppointmentTold, AskAppointment, HelpHeard
from kiosk.visit_moves import fresh
from kiosk.visit_steps import step
from kiosk.waits import OwnLine
from kiosk.words import DEFAULT_LANGUAGE
from screens.touch.scene import Scene
from screens.touch.scene_maker import OutsideVisit, SceneMaker
from screens.touch.tap_guard import HOLD_S, TapGuard

LATE_S = 12.0
"""A desk that has not answered a tap for so long counts as failed: SQLite itself waits 5 s for a lock."""

BACK_OFF_S = (1.0, 2.0, 5.0, 10.0, 30.0)
"""How long until the book is tried again while the kiosk is out of service; the last one repeats."""

STUCK = "J-109"

logger = logging.getLogger(__name__)


class DeskDoor(Protocol):
    """What the conductor needs of the desk thread; every call returns at once."""

    mark: tuple[str, datetime] | None
    own_line: OwnLine

    def do(self, effect: Effect) -> None:
        """Do what a visit asks for; the answer comes as an event."""

    def try_again(self) -> None:
        """See whether the book can be written again; answers ``DeskRecovered`` or ``DeskFailed``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What the conductor works with. ``is_open(UTC)``: whether the office is open now;
    ``post(work)``: have it done on the UI thread, callable from any thread; ``hold_s``: of the tap guard;
    ``view``: what the office told last, None if that is too old; ``ask_appointment``: has it asked about a code,
    None where there is no office."""

    desk: DeskDoor
    scenes: SceneMaker
    show: Callable[[Scene], None]
    post: Callable[[Callable[[], None]], None]
    clock: Clock
    is_open: Callable[[datetime], bool]
    language: str = DEFAULT_LANGUAGE
    times: Times = Times()  # noqa: RUF009 - frozen value
    hold_s: float = HOLD_S
    view: Callable[[], KioskView | None] = lambda: None
    ask_appointment: Callable[[str], None] | None = None


class Conductor:
    """One kiosk's screen from morning to evening. All but ``tell`` belongs to the UI thread."""

    def __init__(self, around: Surroundings) -> None:
        self._around = around
        self._guard = TapGuard(around.hold_s)
        self._visit = Visit(language=around.language, home_language=around.language)
        self._shown: Scene | None = None
        self._busy_since: float | None = None
        self._tries = 0
        self._try_at: float | None = None
        self._trouble_at: datetime | None = None
        self._checked_minute: datetime | None = None

    @property
    def visit(self) -> Visit:
        """The visit as it stands."""
        return self._visit

    def begin(self) -> None:
        """Show the first screen."""
        self._visit = fresh(self._visit, self._now(), self._around.times)
        self._watch_hours()
        self._show()

    def act(self, event: Event) -> None:
        """Take in what a finger or a device did."""
        now = self._now()
        if self._guard.lets_through(event, now):
            self._apply(event, now)

    def tell(self, event: Event) -> None:
        """Take in what another thread has to tell."""
        self._around.post(lambda: self.act(event))

    def tick(self) -> None:
        """Let time pass: call a few times a second."""
        now = self._now()
        self._watch_hours()
        self._watch_desk(now)
        self._watch_help(now)
        self._apply(Tick(), now)

    def go_home(self) -> None:
        """Drop whatever was going on: the way out of a fault of ours."""
        now = self._now()
        self._visit = fresh(replace(self._visit, busy=False), now, self._around.times)
        self._show()

    def _now(self) -> float:
        return self._around.clock.monotonic()

    def _apply(self, event: Event, now: float) -> None:
        if isinstance(event, DeskFailed):
            self._desk_failed(event, now)
        elif isinstance(event, DeskRecovered):
            self._desk_recovered()
        was_busy = self._visit.busy
        self._visit, effects = step(self._visit, event, now, self._around.times)
        for effect in effects:
            self._do(effect)
        if self._visit.busy != was_busy:
            self._busy_since = now if self._visit.busy else None
        self._show()

    def _do(self, effect: Effect) -> None:
        if not isinstance(effect, AskAppointment):
            self._around.desk.do(effect)
        elif self._around.ask_appointment is None:
            self.tell(AppointmentTold(None))
        else:
            self._around.ask_appointment(effect.code)

    def _show(self) -> None:
        around = self._around
        self._guard.saw(self._visit, self._now())
        outside = OutsideVisit(around.desk.mark, self._trouble_at, around.view(), around.desk.own_line)
        scene = around.scenes.scene(self._visit, outside)
        if scene != self._shown:
            self._shown = scene
            around.show(scene)

    def _desk_failed(self, event: DeskFailed, now: float) -> None:
        if self._trouble_at is None:
            self._trouble_at = self._around.clock.now()
        self._try_at = now + BACK_OFF_S[min(self._tries, len(BACK_OFF_S) - 1)]
        self._tries += 1

    def _desk_recovered(self) -> None:
        self._tries, self._try_at, self._trouble_at = 0, None, None

    def _watch_desk(self, now: float) -> None:
        if self._try_at is not None and now >= self._try_at:
            self._try_at = None
            self._around.desk.try_again()
        if self._busy_since is not None and now - self._busy_since > LATE_S:
            self._busy_since = None
            logger.error("the desk has not answered for %.0f seconds", LATE_S)
            self._apply(DeskFailed(STUCK), now)

    def _watch_help(self, now: float) -> None:
        view, help_id = self._around.view(), self._visit.help.help_id
        if view is not None and help_id in view.help:
            self._apply(HelpHeard(help_id, view.help[help_id] is not None), now)

    def _watch_hours(self) -> None:
        moment = self._around.clock.now()
        minute = moment.replace(second=0, microsecond=0)
        if minute == self._checked_minute:
            return
        self._checked_minute = minute
        closed = not self._around.is_open(moment)
        if closed != self._visit.closed:
            self._apply(OpeningChanged(closed), self._now())

    @property
    def resting(self) -> bool:
        """Whether nobody is there and nothing is going on."""
        return self._visit.place in (Place.IDLE, Place.CLOSED) and not self._visit.busy
