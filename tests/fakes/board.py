"""A hall that shows what it is told to: the board's source of views, and a whole board served from it."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from litestar import Litestar, Request, get
from litestar.response import Stream

from devices.voice.voice import Voice
from kiosk.clock import Clock, instant_text
from kiosk.criteria import default_set
from kiosk.line_rules import LineRules
from kiosk.lobby_views import BoardView, Called, DayCounts, WhyNumber
from kiosk.office_hours import read_hours
from kiosk.opening import OpeningHours
from kiosk.trouble import SyncTrouble, Trouble
from kiosk.volume import read_volume
from screens.announcer import Announcer
from screens.notice_board import NoticeBoard
from screens.web.board_page import BoardMeans, board_handlers
from screens.web.files import send_file
from screens.web.live import Live
from sync.central.headers import add_headers
from sync.central.replies import on_trouble
from tests.fakes.clock import FakeClock
from tests.fakes.voice import FakeEngine
from tests.sync.making import served

HOURS = read_hours("Mon-Fri 07:30-11:30 13:30-17:00")
NUMBERS = (("B041", "4"), ("A014", "1"), ("H011", "5"), ("K007", "6"), ("C006", "2"), ("B040", "4"))
WHY = WhyNumber("B042", "B", 42, cancelled_count=2, missed_count=1, second_count=1, expired_count=0,
                waiting_count=0, unissued_count=0, reserve_count=0)  # fmt: skip
BUSY = dataclasses.replace(
    WHY, number="B1042", of_count=1042, waiting_count=12, unissued_count=3, expired_count=1, reserve_count=5
)


class FakeHall:
    """What the board sees. Every setter tells the pages."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.version = 0
        self.shown = BoardView(0, instant_text(clock.now()), None, (), DayCounts(0, 0, 0, 0), None, (), open=True)
        self._told: list[Callable[[], None]] = []

    def subscribe(self, changed: Callable[[], None]) -> None:
        """Call this after each change."""
        self._told.append(changed)

    def view(self) -> BoardView:
        """The board as it is now."""
        return dataclasses.replace(self.shown, version=self.version, as_of=instant_text(self.clock.now()))

    def change(self, **fields: Any) -> None:
        """Show something else."""
        self.shown = dataclasses.replace(self.shown, **fields)
        self.version += 1
        for changed in self._told:
            changed()

    def call(self, number: str, counter: str = "3") -> None:
        """A counter calls a number."""
        before = self.shown.now
        at = instant_text(self.clock.now())
        now = Called(number, counter, at, before.call + 1 if before else 1, "normal")
        recent = ((before,) if before else ()) + self.shown.recent
        counts = self.shown.counts
        if counts is not None:
            counts = dataclasses.replace(counts, called_count=counts.called_count + 1)
        self.change(now=now, recent=recent[:5], counts=counts)

    def fill(self) -> None:
        """The morning of the mock: B042 to counter 3 after five others."""
        for place, (number, counter) in enumerate(reversed(NUMBERS)):
            self.clock_back(timedelta(minutes=len(NUMBERS) - place), number, counter)
        self.call("B042", "3")
        self.change(counts=DayCounts(82, 7, 1, 4), why=WHY)

    def clock_back(self, ago: timedelta, number: str, counter: str) -> None:
        """A call that was made some time ago."""
        self.call(number, counter)
        assert self.shown.now is not None
        self.change(now=dataclasses.replace(self.shown.now, at=instant_text(self.clock.now() - ago)))


class Board:
    """A served board: ``hall`` to change, ``clock`` to move, ``cut`` to end every stream without a word."""

    def __init__(self, clock: FakeClock, *, beat_s: float = 0.5, engine: FakeEngine | None = None) -> None:
        self.clock = clock
        self.hall = FakeHall(clock)
        self._beat_s = beat_s
        self.live = Live(self.hall, clock, beat_s=beat_s)
        self.engine = engine or FakeEngine()
        self.address = ""
        self._is_cut = False

    def cut(self) -> None:
        """End every stream and refuse new ones."""
        self._is_cut = True
        self.live.close()

    def end(self) -> None:
        """The server stops."""
        self.live.close()

    def mend(self) -> None:
        """Serve streams again."""
        self.live = Live(self.hall, self.clock, beat_s=self._beat_s)
        self._is_cut = False

    def app(self, **means: Any) -> Litestar:
        """The application: page, stream, files."""
        given = {
            "office_name": "phường Bắc Sơn", "demo": False, "clock": self.clock, "utc_offset_h": 7,
            "criteria": default_set(), "view": self.hall.view, "rules": LineRules(), "opening": OpeningHours(HOURS),
            "notices": NoticeBoard(None), "announcer": Announcer(Voice(None, self.engine)),
            "volume": read_volume("80"),
        }  # fmt: skip

        @get("/board/live", sync_to_thread=False)
        def live(request: Request[Any, Any, Any]) -> Stream:
            if self._is_cut:
                raise SyncTrouble("S-301")
            return self.live.stream("board", self.hall.view)

        return Litestar(
            route_handlers=[send_file, live, *board_handlers(BoardMeans(**{**given, **means}))],
            before_send=[add_headers],
            exception_handlers={Trouble: on_trouble},
            logging_config=None,
        )


@contextmanager
def served_board(clock: FakeClock | None = None, *, beat_s: float = 0.5, **means: Any) -> Iterator[Board]:
    """A board on a real port."""
    board = Board(clock or FakeClock(), beat_s=beat_s)
    with served(board.app(**means), ending=board.end) as at:
        board.address = at.address
        yield board
