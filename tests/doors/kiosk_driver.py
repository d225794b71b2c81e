"""A kiosk without a window, to be run as a process: ``python -m tests.doors.kiosk_driver DATA SETTINGS [ASK_S]``.

Everything behind the glass is the product's: settings, book, desk thread, desk, numbers, number link,
uploader, feed. A line on standard input is a finger; each is answered by one line of JSON.

    take SERVICE   {"number", "at", "ms"}: from the tap to the number, in milliseconds; or {"trouble"}
    state          {"place", "allowed", "view", "head", "through"}
    help           {"help_id"}
"""

from __future__ import annotations

import json
import logging
import queue
import sys
import time
from contextlib import ExitStack
from itertools import count
from pathlib import Path
from typing import Any

from kiosk.clock import SystemClock, instant_text
from kiosk.criteria import default_set
from kiosk.desk import Desk, DeskRules
from kiosk.journal import BookOf, SqliteJournal
from kiosk.ports import Outcome, PrintOutcome
from kiosk.remote_numbers import ASK_S, RemoteNumbers
from kiosk.slip import Slip
from kiosk.visit_events import DeskFailed, Event, IssueTicket, TicketReady
from kiosk.visit_lobby_events import CallHelp, HelpWritten
from screens.configuration import configure
from screens.touch.desk_thread import DeskThread, Settle
from screens.touch.office_scene import slip_maker
from screens.touch.office_way import OfficeWay

WAIT_S = 30.0


class NoPaper:
    """A printer that is done at once."""

    def send(self, slip: Slip, settle: Settle) -> None:
        settle(PrintOutcome(Outcome.PRINTED))


class Kiosk:
    """One kiosk; ``obey`` does what a line says."""

    def __init__(self, data: Path, settings: Path, ask_s: float, ends: ExitStack) -> None:
        setup = configure(settings, data)
        self._clock = clock = SystemClock()
        self._events: queue.SimpleQueue[Event] = queue.SimpleQueue()
        self._visits = count(1)
        of = BookOf(setup.settings.kiosk.id, setup.settings.office.id)
        book = ends.enter_context(
            SqliteJournal.open_or_create(data / "journal.sqlite", of=of, utc_offset_h=7, clock=clock)
        )
        self._book = book
        self.office = OfficeWay(
            setup.settings, data, clock=clock, head=lambda: book.head().seq,
            receive=self._receive, ask_s=ask_s,
        )  # fmt: skip
        rules = DeskRules(setup.settings.kiosk.id, setup.catalogues.letter_of, default_set())
        self._desk = DeskThread(
            lambda: Desk(book, rules, numbers=self.office.numbers),
            book=book, slip_of=slip_maker(setup.settings, setup.catalogues, clock), tell=self._events.put,
            lobby=self.office,
        )  # fmt: skip
        self._desk.start(NoPaper())
        ends.callback(self._desk.close, 5)
        self.office.start(within_s=1)
        ends.callback(self.office.close)

    def obey(self, line: str) -> dict[str, Any]:
        word, _, rest = line.strip().partition(" ")
        return {"take": self._take, "state": self._state, "help": self._help}[word](rest)

    def _take(self, service: str) -> dict[str, Any]:
        begun = time.monotonic()
        self._desk.do(IssueTicket(next(self._visits), service, priority=False))
        told = self._awaited(TicketReady)
        ms = (time.monotonic() - begun) * 1000
        if not isinstance(told, TicketReady):
            return {"trouble": told.code}
        return {"number": told.ticket.number, "at": instant_text(told.ticket.at), "ms": round(ms, 2)}

    def _help(self, _: str) -> dict[str, Any]:
        self._desk.do(CallHelp())
        told = self._awaited(HelpWritten)
        return {"help_id": told.help_id} if isinstance(told, HelpWritten) else {"trouble": told.code}

    def _state(self, _: str) -> dict[str, Any]:
        numbers, view = self.office.numbers, self.office.view()
        remote = isinstance(numbers, RemoteNumbers)
        return {
            "place": numbers.place if isinstance(numbers, RemoteNumbers) else None,
            "allowed": self.office._breaker.allows() if remote else True,
            "view": view is not None,
            "head": self._book.head().seq,
            "through": view.through if view else None,
            "help": dict(view.help) if view else {},
        }

    def _receive(self, place: int) -> None:
        self._desk.receive_reserve(place)

    def _awaited(self, kind: type[Event]) -> Any:
        while not isinstance(event := self._events.get(timeout=WAIT_S), (kind, DeskFailed)):
            pass
        return event


def main() -> None:
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(name)s %(message)s")
    data, settings = Path(sys.argv[1]), Path(sys.argv[2])
    ask_s = float(sys.argv[3]) if len(sys.argv) > 3 else ASK_S
    with ExitStack() as ends:
        kiosk = Kiosk(data, settings, ask_s, ends)
        print(json.dumps({"ready": True}), flush=True)
        for line in sys.stdin:
            print(json.dumps(kiosk.obey(line)), flush=True)


if __name__ == "__main__":
    main()
