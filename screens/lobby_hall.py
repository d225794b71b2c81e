"""The hall of an office: the lobby of today, fed by all books as they become durable, asked by every page.

All that changes the lobby happens on the log's writing thread: entries are taken in there, and a press
is decided there against everything that was taken before it (``CentralLog.act``). So two counters
never call one person, and who was slower is told. Reading is safe from any thread.
"""

from __future__ import annotations

import dataclasses
import hashlib
import hmac
import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from kiosk.ballot import BALLOT_BYTES, ballot_issue, ballot_line, slip_address
from kiosk.clock import office_time
from kiosk.entry import Entry
from kiosk.estimates import estimate
from kiosk.fact import Fact
from kiosk.facts import TicketIssued
from kiosk.line_facts import TicketAssisted
from kiosk.line_ticket import State
from kiosk.lobby import Lobby
from kiosk.lobby_view import board_view, counter_view, kiosk_view, place_view, wait_basis
from kiosk.lobby_views import BoardView, CounterView, KioskView, PlaceView
from kiosk.presses import Press
from kiosk.trouble import JournalTrouble, MachineTrouble, SyncTrouble
from screens.lobby_day import PastLines, kiosk_heads, lobby_of
from screens.lobby_kiosks import Kiosks
from screens.lobby_now import LobbyNow, lobby_now
from screens.lobby_setting import LobbySetting, is_full, is_over, open_left_s
from sync.central.service import CentralLog
from sync.central.store import OFFICE_BOOK

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Asked:
    """What an official wants at the help desk. ``request``: random, the same when it is sent again."""

    service: str
    priority: bool
    assisted: bool
    request: str


@dataclass(frozen=True, slots=True)
class Taken:
    """A number from the help desk: ``qr`` is what its slip's code says, ``place`` where it stands."""

    number: str
    qr: str
    place: PlaceView


class Hall:
    """Today's lobby of one office."""

    def __init__(self, central: CentralLog, setting: LobbySetting) -> None:
        """``central`` must be an office's; it is listened to from now on."""
        self.central = central
        self.setting = setting
        self._guard = threading.RLock()
        self._kiosks = Kiosks(central.clock)
        self._past = PastLines(central)
        self._lobby: Lobby
        self._day: date
        self._sound = True
        self._failure = ""
        self._unheard: tuple[str, ...] = ()
        self._apart: tuple[str, ...] = ()
        self._open = True
        self._version = 0
        self._told: list[Callable[[], None]] = []
        self._late: set[str] = set()
        central.act(self._begin)
        central.add_to_health("kiosks_with_wrong_day", lambda: list(self._apart))

    @property
    def version(self) -> int:
        """Counts everything that may change a page."""
        return self._version

    @property
    def day(self) -> date:
        """The business day whose lobby this is: the one of the next entry in the office's own book, which never
        goes back, whatever the clock says."""
        return self._day

    @property
    def clock_is_behind(self) -> bool:
        """Whether the clock is on a former day: then it is known to be wrong, and nothing is closed by it."""
        return self.now().date() < self._day

    @property
    def failure(self) -> str:
        """The trouble code for which nothing can be written, "" while all is well."""
        return "" if self._sound else self._failure

    def now(self) -> datetime:
        """The office's wall time."""
        return office_time(self.central.clock.now(), self.central.utc_offset_h)

    def subscribe(self, changed: Callable[[], None]) -> None:
        """Have this called, from whichever thread, after each change; it must not wait for anything."""
        self._told.append(changed)

    def press(self, press: Press) -> CounterView:
        """Do what a counter pressed, once however often it is sent; the line as it then stands.

        Raises ``SyncTrouble`` S-330 to S-336, S-343, S-345, S-346 for what cannot be done, and the disk's trouble.
        """
        self.act(lambda lobby, now: lobby.decide(press, now))
        return self.counter(press.counter)

    def sign_in(
        self, counter: str, sitting: str, *, take_over: bool = False, left: tuple[str, str] | None = None
    ) -> CounterView:
        """Begin to sit at a counter; raises ``SyncTrouble`` S-332 if another screen does, S-346.

        ``left``: counter and sitting that the same screen leaves for it; it does so only if the new one is free.
        """

        def decide(lobby: Lobby, _: datetime) -> Sequence[Fact]:
            begun = lobby.sign_in(counter, sitting, take_over=take_over)
            return (*(lobby.sign_out(*left) if left else ()), *begun)

        self.act(decide)
        return self.counter(counter)

    def sits(self, counter: str, sitting: str) -> bool:
        """Whether that stay at that counter goes on."""
        with self._guard:
            known = any(one.id == counter for one in self.setting.counters_on(self._day))
            return known and self.counter(counter).sitting == sitting

    def sign_out(self, counter: str, sitting: str) -> None:
        """Leave a counter; harmless when repeated."""
        self.act(lambda lobby, _: lobby.sign_out(counter, sitting))

    def answer_help(self, help_id: str, by: str) -> None:
        """Somebody goes to whoever called for a person."""
        self.act(lambda lobby, now: lobby.answer_help(help_id, by, now))

    def take_ticket(self, asked: Asked) -> Taken:
        """Give a number at the help desk; the same one for the same asking, also after a restart.

        Raises ``SyncTrouble`` S-337 for an asking that got its number on a former day, S-348 when the office is
        closed for the day, ``SettingsTrouble`` C-413 for a service there is not, and the disk's trouble: then no
        number was given.
        """
        self._keep_day()
        ballot = hmac.digest(self.setting.secret, asked.request.encode(), hashlib.sha256)[:BALLOT_BYTES]
        issue, line = ballot_issue(ballot), ballot_line(ballot)

        def make(number: str) -> Sequence[Fact]:
            if self.central.today() != self._day:  # midnight, between the asking and the deciding
                self._begin_day()
            if self._is_given(issue, line):
                return ()
            issued = TicketIssued(number, asked.service, asked.priority, issue, line)
            told = () if asked.priority else self._estimated(number, asked.service)  # a range is told to normal numbers
            return (issued, *told, *([TicketAssisted(number)] * asked.assisted))

        if not self._is_given(issue, line):
            if not self.clock_is_behind and is_over(self.setting.opening, self.now()):
                raise SyncTrouble("S-348")
            self.central.numbers.issue(self.setting.letter_of(asked.service, self._day), make)
            self._keep_day()
        place = self.place(line)
        return Taken(place.number, slip_address(ballot, self.setting.slip_server), place)

    def drop(self, line: str) -> PlaceView:
        """Give a number up, from its phone page; raises as :meth:`place`, and S-333 for one that is called."""
        self.act(lambda lobby, _: lobby.cancel(self._known(line), by="phone", reason="asked", press=""))
        return self.place(line)

    def confirm_present(self, line: str) -> PlaceView:
        """Whoever holds the slip is still waiting; raises as :meth:`place`."""
        self.act(lambda lobby, _: lobby.confirm_present(self._known(line), by="phone"))
        return self.place(line)

    def act(self, decide: Callable[[Lobby, datetime], Sequence[Fact]]) -> None:
        """Decide on the lobby as it stands and write what follows, in one piece."""

        def decided() -> Sequence[Fact]:
            if self.central.today() != self._day:  # the lobby in which what is written now will count
                self._begin_day()
            with self._guard:
                return decide(self._lobby, self.central.clock.now())

        self.central.act(decided)

    def board(self) -> BoardView:
        """What the board shows."""
        with self._guard:
            made = board_view(
                self._lobby, self.central.clock.now(), unheard=self._unheard, sound=self._sound, open=self._open
            )
            return dataclasses.replace(made, version=self._version)

    def glance(self) -> LobbyNow:
        """The lobby in a few figures."""
        with self._guard:
            now, missing = self.central.clock.now(), self._unheard
            return lobby_now(self._lobby, now, unheard=missing, sound=self._sound, apart=self._apart)

    def counter(self, counter: str) -> CounterView:
        """What a counter's screen shows; raises ``SyncTrouble`` S-346 for a counter there is not."""
        with self._guard:
            made = counter_view(self._lobby, counter, self.central.clock.now(), sound=self._sound)
            return dataclasses.replace(made, version=self._version)

    def kiosk(self, kiosk_id: str, head: int) -> KioskView:
        """What a kiosk is told, whose book goes up to ``head``."""
        left_s = None if self.clock_is_behind else open_left_s(self.setting.opening, self.now())
        last_s = self.setting.rules.last_ticket_min * 60
        with self._guard:
            self._kiosks.asked(kiosk_id, head)
            heard = kiosk_id in self._unheard and self._look_at_kiosks()
            through, now = self._kiosks.through(kiosk_id), self.central.clock.now()
            services = self.setting.services_on(self._day)
            made = kiosk_view(self._lobby, kiosk_id, now, through=through, services=services)
        if heard:
            self._tell()
        full = {
            service
            for service, line in made.lines.items()
            if made.calling and is_full(line, left_s, last_ticket_s=last_s)
        }
        lines = {service: dataclasses.replace(line, full=service in full) for service, line in made.lines.items()}
        return dataclasses.replace(made, lines=lines)

    def place(self, line: str) -> PlaceView:
        """Where a slip stands, by its ``ballot_line``; raises ``SyncTrouble`` S-337 for one of another day, S-315."""
        with self._guard:
            number = self._known(line)
            rating_open = self._served(number) is not False
            return place_view(self._lobby, number, self.central.clock.now(), rating_open=rating_open)

    def served(self, ballot: bytes) -> bool | None:
        """Whether the work on a slip's number is done; None on a day without a call and for a slip of another day."""
        with self._guard:
            number = self._lobby.number_of_line(ballot_line(ballot))
            return None if number is None else self._served(number)

    def turn(self) -> None:
        """Look at the clock and at the kiosks: a new day, an office that opened or closed, a kiosk that is silent.

        Called about every second; raises the disk's trouble if a new day cannot be read.
        """
        self._keep_day()
        with self._guard:
            was_open, self._open = self._open, self._is_open()
            changed = self._look_at_kiosks() or was_open != self._open
        if changed:
            self._tell()

    def late_days(self) -> set[str]:
        """Former days of which numbers came in only now; asking forgets them."""
        with self._guard:
            late, self._late = self._late, set()
            return late

    def _begin(self) -> Sequence[Fact]:
        self._begin_day()
        for kiosk_id, last in kiosk_heads(self.central, self._day).items():
            self._kiosks.holds(kiosk_id, last)
        self._look_at_kiosks()
        self._open = self._is_open()
        self.central.listen(self._hear, self._failed)
        return ()

    def _keep_day(self) -> None:
        if self.central.today() != self._day:
            self.central.act(self._begin_day)

    def _is_open(self) -> bool:
        return self.clock_is_behind or self.setting.opening.is_open(self.now())

    def _look_at_kiosks(self) -> bool:
        """Who is missing now, and whether that is another answer than before. Under the guard."""
        before, day = (self._unheard, self._apart), self._day
        self._unheard, self._apart = self._kiosks.unheard(), self._kiosks.on_another_day()
        for kiosk_id in sorted(set(self._apart) - set(before[1])):
            log.warning("%s writes on another day than %s: its numbers stand in no line; set the clocks", kiosk_id, day)
        return before != (self._unheard, self._apart)

    def _begin_day(self) -> Sequence[Fact]:
        """On the writing thread, so that nothing is taken between the reading and the hearing."""
        day = self.central.today()
        made = lobby_of(self.central, day, self.setting)
        with self._guard:
            self._lobby, self._day = made, day
            self._kiosks.day = day.isoformat()
        self._tell()
        return ()

    def _hear(self, kiosk_id: str, entries: Sequence[Entry]) -> None:
        with self._guard:
            today = self._day.isoformat()
            for entry in entries:
                self._lobby.take_in(kiosk_id, entry)
                if entry.fact == TicketIssued.__name__ and entry.day < today:
                    self._late.add(entry.day)
            if kiosk_id != OFFICE_BOOK:
                self._kiosks.arrived(kiosk_id, entries[-1])
                self._look_at_kiosks()
            self._sound = True
        self._tell()

    def _failed(self, wrong: BaseException) -> None:
        if not isinstance(wrong, MachineTrouble | JournalTrouble):
            return  # a refusal; the disk is well
        code = wrong.code
        log.error("nothing can be written: %s", wrong)
        with self._guard:
            changed = (self._sound, self._failure) != (False, code)
            self._sound, self._failure = False, code
        if changed:
            self._tell()

    def _tell(self) -> None:
        with self._guard:
            self._version += 1
        for changed in self._told:
            changed()

    def _served(self, number: str) -> bool | None:
        line = self._lobby.line
        return line.tickets[number].state is State.FINISHED if line.calling else None

    def _number_of(self, line: str) -> str | None:
        with self._guard:
            return self._lobby.number_of_line(line)

    def _is_given(self, issue: str, line: str) -> bool:
        """Whether this asking got its number today; S-337 if it did on a former day: it never gets a second one."""
        if self._number_of(line):
            return True
        if self.central.ballot_day(issue):
            raise SyncTrouble("S-337")
        return False

    def _known(self, line: str) -> str:
        number = self._number_of(line)
        if number is None:
            raise SyncTrouble("S-337" if self._past.knows(line, self._day) else "S-315")
        return number

    def _estimated(self, number: str, service: str) -> Sequence[Fact]:
        with self._guard:
            if not self._lobby.line.calling:
                return ()
            ahead = self._lobby.line.order.waiting_count((service,))
            basis = wait_basis(self._lobby, service, self.central.clock.now())
        return (estimate(ahead, basis).fact(number, service, ahead_count=ahead, counters=basis.counters),)
