"""The watch over the hall: closing time, midnight, kiosks that fall silent, a disk that comes back.

One thread that looks about every second. What was still waiting when the office closed expires, a
fact each; a server that was off then does it when it is back, and so does one that hears of a number
only days later.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from datetime import date, timedelta

from kiosk.entry import Entry
from kiosk.fact import Fact
from kiosk.facts import TroubleEnded
from kiosk.line_facts import TicketExpired
from kiosk.lobby import Lobby
from kiosk.trouble import Trouble
from screens.lobby_day import entries_since, new_lobby
from screens.lobby_hall import Hall
from screens.lobby_setting import is_over

LOOK_S = 1.0
TRY_AGAIN_S = 2.0
"""How often a disk that could not be written is tried again."""

REST_S = 3.0
"""How often what was written ahead is moved into the files, so that no press waits for it."""

PAST_DAYS = 7
"""Former days that are looked through for numbers that never expired."""

FIRST_SWEEP_S = 5.0
"""After the start: the pages come first."""

log = logging.getLogger(__name__)


class Watch:
    """Looks after a hall. ``also`` is called at each look, for whatever else has to be seen to."""

    def __init__(self, hall: Hall, *, also: Sequence[Callable[[], None]] = ()) -> None:
        self._hall = hall
        self._clock = hall.central.clock
        self._also = also
        self._expired_at = -1
        self._closed: date | None = None
        self._swept = hall.day
        self._sweep_due_s: float | None = self._clock.monotonic() + FIRST_SWEEP_S
        self._tried_s = self._rested_s = self._clock.monotonic()
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._run, name="lobby-watch", daemon=True)

    def start(self) -> Watch:
        """Begin to look; returns itself."""
        self._thread.start()
        return self

    def close(self) -> None:
        """End the thread."""
        self._ending.set()
        if self._thread.is_alive():
            self._thread.join()

    def look(self) -> None:
        """One look. A disk that fails is told on the pages and tried again; nothing is given up."""
        try:
            self._hall.turn()
            self._try_disk()
            self._close_day()
            self._sweep_past()
            self._rest()
        except Trouble as trouble:
            log.warning("the lobby: %s", trouble)
        for also in self._also:
            also()

    def _run(self) -> None:
        while not self._ending.wait(LOOK_S):
            try:
                self.look()
            except Exception:  # the edge of a thread: the watch goes on
                log.exception("the watch over the lobby stumbled")

    def _try_disk(self) -> None:
        """Only a write shows whether the disk can be written again; the one that can says since when it could not."""
        failure = self._hall.failure
        if failure and self._clock.monotonic() - self._tried_s >= TRY_AGAIN_S:
            self._tried_s = self._clock.monotonic()
            self._hall.central.record(TroubleEnded(failure))

    def _close_day(self) -> None:
        """What waits expires, also what comes in later; who sits at a counter is sent home once."""
        hall = self._hall
        grace = timedelta(minutes=hall.setting.rules.closing_grace_min)
        if hall.failure or hall.clock_is_behind or self._expired_at == hall.version:
            return
        if not hall.setting.opening.spans(hall.day) or not is_over(hall.setting.opening, hall.now(), grace=grace):
            return  # without hours, or on a day off that somebody works all the same: at midnight
        first = self._closed != hall.day
        hall.act(lambda lobby, _: lobby.expire() if first else _expired(lobby))
        self._closed, self._expired_at = hall.day, hall.version

    def _rest(self) -> None:
        if self._clock.monotonic() - self._rested_s >= REST_S and not self._hall.failure:
            self._rested_s = self._clock.monotonic()
            self._hall.central.rest()

    def _sweep_past(self) -> None:
        """Former days: all of the last ones at the start and at midnight, and those that were added to since."""
        hall, now_s = self._hall, self._clock.monotonic()
        if hall.failure:
            return
        if hall.day != self._swept:
            self._swept, self._sweep_due_s = hall.day, now_s
        if self._sweep_due_s is not None and now_s >= self._sweep_due_s:
            self._expire_past([hall.day - timedelta(days=back) for back in range(1, PAST_DAYS + 1)])
            self._sweep_due_s = None
        elif self._sweep_due_s is None and (late := hall.late_days()):
            self._expire_past([date.fromisoformat(day) for day in sorted(late)])

    def _expire_past(self, days: Sequence[date]) -> None:
        lobbies = {day.isoformat(): new_lobby(day, self._hall.setting) for day in days}
        for kiosk_id, entry in entries_since(self._hall.central, min(days)):
            if (lobby := lobbies.get(_day_meant(entry))) is not None:
                lobby.take_in(kiosk_id, entry)
        facts = [fact for lobby in lobbies.values() for fact in _expired(lobby)]
        if facts:
            self._hall.central.act(lambda: facts)


def _day_meant(entry: Entry) -> str:
    """The day whose line an entry speaks of."""
    return str(entry.fields().get("day", entry.day))


def _expired(lobby: Lobby) -> list[Fact]:
    """The numbers alone: stays at counters end with their day."""
    return [fact for fact in lobby.expire() if isinstance(fact, TicketExpired)]
