"""The running window: stage, loop, conductor and the little that ties them to Kivy.

Import it only after ``screens.touch.window.prepare_kivy``: the imports below open Kivy.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from kivy.base import EventLoop, ExceptionManager, runTouchApp, stopTouchApp
from kivy.clock import Clock as KivyClock

from kiosk.clock import Clock
from kiosk.lobby_views import KioskView
from kiosk.visit import Times
from kiosk.visit_events import Event
from kiosk.words import DEFAULT_LANGUAGE
from screens.touch.conductor import Conductor, DeskDoor, Surroundings
from screens.touch.look import Look
from screens.touch.loop import QuickLoop
from screens.touch.mishaps import Mishaps
from screens.touch.notify import ALIVE, READY, STOPPING, notify
from screens.touch.scene import Scene
from screens.touch.scene_maker import SceneFacts, SceneMaker
from screens.touch.snapshots import Snapshots
from screens.touch.stage import Stage
from screens.touch.wedge import Reader, Wedge
from screens.touch.window import open_window

TICK_S = 0.25
ALIVE_S = 5.0
RESHAPED = 3

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowPlan:
    """What a window runs on. ``started``: called once, after the first frame; ``wedge``: puts the
    scans together that are typed; ``snapshot``: where a picture of each screen is written; ``view`` and
    ``ask_appointment``: of the office, as the conductor needs them."""

    desk: DeskDoor
    facts: SceneFacts
    clock: Clock
    is_open: Callable[[datetime], bool]
    diagonal_in: float
    cache: Path
    wedge: Reader
    language: str = DEFAULT_LANGUAGE
    times: Times = field(default_factory=Times)
    started: Callable[[], None] = lambda: None
    snapshot: Path | None = None
    view: Callable[[], KioskView | None] = lambda: None
    ask_appointment: Callable[[str], None] | None = None


class RunningWindow:
    """The window of one process, from the first frame to the last."""

    def __init__(self, plan: WindowPlan) -> None:
        self._plan = plan
        self.window: Any = open_window()
        self.loop = QuickLoop(KivyClock, self.window)
        width, height = self.window.system_size
        look = Look(width, height, plan.diagonal_in, plan.cache)
        self.stage = Stage(look, self._act)
        self.conductor = Conductor(self._surroundings())
        self._snapshots = Snapshots(self.window, plan.snapshot) if plan.snapshot else None
        self._mishaps = Mishaps(plan.clock, self.conductor.go_home)
        self._wedge = Wedge(self.window, plan.wedge, plan.clock)
        self._beats: list[Any] = []
        self._ends = False
        self._code = 0
        self._flips = 0
        self._flips_at_last_ping = -1

    def tell(self, event: Event) -> None:
        """Take in an event from any thread."""
        self.conductor.tell(event)

    def end(self) -> None:
        """Ask the window to close; safe in a signal handler and in any thread."""
        self._ends = True
        self.loop.wake()

    def begin(self) -> None:
        """Show the first screen, let time run and take up input."""
        self.loop.install()
        ExceptionManager.add_handler(self._mishaps)
        self._wedge.listen()
        self.window.bind(on_flip=self._flipped, on_resize=self._resized)
        self._beats = [
            KivyClock.schedule_interval(self._tick, TICK_S),
            KivyClock.schedule_interval(self._ping, ALIVE_S),
        ]
        self.conductor.begin()

    def run(self) -> int:
        """Run until ``end``; the exit code: 0, or 3 if the display changed its shape."""
        self.begin()
        runTouchApp(self.stage, embedded=True)
        EventLoop.mainloop()
        self.close()
        return self._code

    def close(self) -> None:
        """Let go of Kivy: nothing of this window is called any more."""
        notify(STOPPING)
        for beat in self._beats:
            beat.cancel()
        self.window.unbind(on_flip=self._flipped, on_resize=self._resized)
        self._wedge.unlisten()
        ExceptionManager.remove_handler(self._mishaps)
        self.loop.uninstall()
        if self._snapshots:
            self._snapshots.finish()

    def _surroundings(self) -> Surroundings:
        plan = self._plan
        return Surroundings(
            desk=plan.desk,
            scenes=SceneMaker(plan.facts, clock=plan.clock, times=plan.times),
            show=self._show,
            post=self.loop.post,
            clock=plan.clock,
            is_open=plan.is_open,
            language=plan.language,
            times=plan.times,
            view=plan.view,
            ask_appointment=plan.ask_appointment,
        )

    def _act(self, event: Event) -> None:
        self.conductor.act(event)

    def _show(self, scene: Scene) -> None:
        before = self.stage.screen_name
        self.stage.show(scene)
        if self._snapshots and (self.stage.screen_name != before or not scene.seconds_of):
            self._snapshots.changed()

    def _tick(self, _: float) -> None:
        if self._ends:
            stopTouchApp()
            return
        self._wedge.tick()
        self.conductor.tick()

    def _flipped(self, _: object) -> None:
        self._flips += 1
        if self._flips == 1:
            notify(READY)
            self._plan.started()
            self.stage.prepare_rest()

    def _ping(self, _: float) -> None:
        """Tell the watchdog that this window lives, unless a redraw was asked for and never came."""
        stuck = self.window.canvas.needs_redraw and self._flips == self._flips_at_last_ping
        self._flips_at_last_ping = self._flips
        if not stuck:
            notify(ALIVE)

    def _resized(self, _: object, width: int, height: int) -> None:
        """Everything is laid out for one shape; for another one a new process is the clean way."""
        look = self.stage.look
        if (width, height) != (look.width_px, look.height_px):
            logger.warning("the display changed to %d x %d; starting again", width, height)
            self._code, self._ends = RESHAPED, True
