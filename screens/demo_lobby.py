"""The lobby of a demonstration's day: who takes a number, who is called where, who leaves, who rates.

Every press goes through the lobby's own decisions and every estimate through the kiosk's own rule, on
a clock that is moved from one thing that happens to the next.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import partial
from itertools import count, islice
from random import Random

from kiosk.clock import office_time
from kiosk.counters import Counter, counters_on
from kiosk.estimates import estimate
from kiosk.fact import Fact
from kiosk.line_rules import LineRules
from kiosk.lobby import Lobby
from kiosk.lobby_view import wait_basis
from kiosk.ports import Journal
from kiosk.presses import Action, Press
from kiosk.tickets import Ticket
from kiosk.trouble import SyncTrouble
from screens.demo import Arrival, MovedClock, Story, at_office
from sync.central.store import OFFICE_BOOK

MEAN_S = {"A": 720, "B": 240, "C": 1200, "K": 120}
"""What a service takes on average (domain 10)."""
OTHER_S = 600
SHAPE = 2.5
"""Of the gamma of service times: they spread by about 63 % of their mean."""
OPENS, CLOSES, EMPTIES = time(7, 25), time(17, 0), time(17, 20)
"""Counters open; nobody is called any more; what still waits expires."""
ABSENT_SHARE, PARKED_SHARE, TRANSFERRED_SHARE = 0.05, 0.02, 0.02
LEAVING_SHARE, BROKEN_SHARE, GIVEN_SHARE = 0.04, 0.01, 0.004
CALLED_BACK_S = 50
HELP_A_DAY = 2


@dataclass(frozen=True, slots=True)
class Books:
    """The kiosk's book and the office's own."""

    kiosk: Journal
    office: Journal
    kiosk_id: str


@dataclass(frozen=True, slots=True)
class LobbyPlan:
    """Counters and rules of the demonstration's office."""

    counters: tuple[Counter, ...]
    rules: LineRules
    utc_offset_h: int = 7


class LobbyDay:
    """One day of counters. :meth:`live` it once."""

    def __init__(self, books: Books, plan: LobbyPlan, story: Story, *, clock: MovedClock, chance: Random) -> None:
        self._books = books
        self._plan = plan
        self._story = story
        self._clock = clock
        self._chance = chance
        self._day = office_time(clock.now(), plan.utc_offset_h).date()
        counters = counters_on(plan.counters, self._day)
        self._lobby = Lobby(self._day, rules=plan.rules, counters=counters, utc_offset_h=plan.utc_offset_h)
        self._heard = books.kiosk.head().seq
        self._turn_of = count()
        self._coming: list[tuple[datetime, int, Callable[[], object]]] = []
        self._sittings: dict[str, str] = {}
        self._breaks: set[str] = set()
        self._ballots: dict[str, bytes] = {}

    def live(self, came: Sequence[Arrival], until: datetime) -> None:
        """Let the day happen, as far as ``until`` (UTC)."""
        self._at(OPENS, self._open)
        self._at(EMPTIES, self._close)
        for arrival in came:
            self._push(arrival.at, partial(self._arrive, arrival))
        for _ in range(HELP_A_DAY if came else 0):
            self._push(self._chance.choice(came).at, self._call_help)
        while self._coming and self._coming[0][0] < until:
            moment, _, happens = heapq.heappop(self._coming)
            self._clock.move_to(moment)
            happens()

    # --- citizens ----------------------------------------------------------------------------------

    def _arrive(self, arrival: Arrival) -> None:
        ticket = self._story.take_number(arrival.service, along=partial(self._estimated, arrival.service))
        self._ballots[ticket.number] = ticket.ballot
        self._hear()
        if self._chance.random() < LEAVING_SHARE:
            self._later(self._chance.uniform(300, 1800), partial(self._leave, ticket))
        self._call_on()

    def _estimated(self, service: str, number: str) -> tuple[Fact, ...]:
        if not self._lobby.line.calling:
            return ()
        ahead = self._lobby.line.order.waiting_count((service,))
        basis = wait_basis(self._lobby, service, self._clock.now())
        return (estimate(ahead, basis).fact(number, service, ahead_count=ahead, counters=basis.counters),)

    def _leave(self, ticket: Ticket) -> None:
        self._write(lambda: self._lobby.cancel(ticket.number, by="phone", reason="asked"))

    def _call_help(self) -> None:
        help_id = self._story.call_help()
        self._hear()
        by = self._chance.choice(sorted(self._sittings) or ["staff"])
        answer = partial(self._lobby.answer_help, help_id, by)
        self._later(self._chance.uniform(15, 150), partial(self._write, lambda: answer(self._clock.now())))

    # --- counters ----------------------------------------------------------------------------------

    def _open(self) -> None:
        for counter in self._lobby.counters:
            sitting = self._sittings[counter] = self._name()
            self._write(partial(self._lobby.sign_in, counter, sitting))
            pause = self._moment(time(9, 30)) + timedelta(seconds=self._chance.uniform(0, 4500))
            self._push(pause, partial(self._breaks.add, counter))

    def _close(self) -> None:
        if any(self._lobby.line.current(counter) for counter in self._sittings):
            self._later(600, self._close)
            return
        self._write(self._lobby.expire)
        self._sittings.clear()

    def _call_on(self) -> None:
        """Every counter that is free calls."""
        for counter in list(self._sittings):
            if self._lobby.line.current(counter) is None:
                self._call(counter)

    def _call(self, counter: str) -> None:
        if office_time(self._clock.now(), self._plan.utc_offset_h).time() >= CLOSES:
            return
        if counter in self._breaks:
            self._breaks.discard(counter)
            self._press(counter, Action.PAUSE, reason="break")
            self._later(self._chance.uniform(400, 900), partial(self._resume, counter))
        elif self._call_somebody(counter):
            self._later(self._chance.uniform(12, 45), partial(self._meet, counter))

    def _call_somebody(self, counter: str) -> bool:
        services = self._lobby.services_of(counter)
        turns = list(islice(self._lobby.line.turns(counter, services, self._clock.now()), 4))
        draw = self._chance.random()
        if len(turns) > 2 and draw < GIVEN_SHARE:
            self._press(counter, Action.GIVE_PRIORITY, number=turns[-1].number, reason="ill")
        if len(turns) > 2 and draw < BROKEN_SHARE:
            reason = self._chance.choice(self._plan.rules.reasons["out_of_order"])
            return self._press(counter, Action.CALL_NUMBER, number=turns[-1].number, reason=reason)
        return bool(turns) and self._press(counter, Action.NEXT)

    def _meet(self, counter: str) -> None:
        """Somebody comes to the counter, or nobody does."""
        held = self._lobby.line.current(counter)
        if held is None:
            return
        if self._chance.random() < ABSENT_SHARE:
            self._press(counter, Action.RECALL)
            self._later(CALLED_BACK_S, partial(self._miss, counter))
            return
        self._press(counter, Action.START)
        mean = MEAN_S.get(held.service, OTHER_S)
        self._later(20 + self._chance.gammavariate(SHAPE, mean / SHAPE), partial(self._end, counter))

    def _miss(self, counter: str) -> None:
        self._press(counter, Action.MISS)
        self._call(counter)

    def _end(self, counter: str) -> None:
        held, draw = self._lobby.line.current(counter), self._chance.random()
        if held is None:
            return
        others = sorted(self._others(counter))
        if draw < PARKED_SHARE:
            self._press(counter, Action.PARK, reason=self._chance.choice(self._plan.rules.reasons["park"]))
            self._later(self._chance.uniform(400, 1500), partial(self._back, counter, held.number))
        elif draw < PARKED_SHARE + TRANSFERRED_SHARE and others:
            self._press(counter, Action.TRANSFER, service=self._chance.choice(others))
        else:
            self._press(counter, Action.FINISH)
            self._later(self._chance.uniform(20, 240), partial(self._rate, held.number))
        self._call_on()

    def _others(self, counter: str) -> set[str]:
        mine = set(self._lobby.services_of(counter))
        return {service for one in self._lobby.counters.values() for service in one.services} - mine

    def _back(self, counter: str, number: str) -> None:
        self._press(counter, Action.RETURNED, number=number)
        self._call_on()

    def _resume(self, counter: str) -> None:
        self._press(counter, Action.RESUME)
        self._call(counter)

    def _rate(self, number: str) -> None:
        self._story.rate(self._ballots.get(number))
        self._hear()

    def _press(self, counter: str, action: Action, *, number: str = "", service: str = "", reason: str = "") -> bool:
        sitting = self._sittings.get(counter, "")
        press = Press(self._name(), counter, sitting, action, number=number, service=service, reason=reason)
        return self._write(lambda: self._lobby.decide(press, self._clock.now()))

    # --- books and time ----------------------------------------------------------------------------

    def _write(self, decide: Callable[[], Sequence[Fact]]) -> bool:
        """Decide and write; False if the lobby says that it does not fit any more."""
        try:
            facts = decide()
        except SyncTrouble:
            return False
        for entry in self._books.office.append_all(facts) if facts else ():
            self._lobby.take_in(OFFICE_BOOK, entry)
        return bool(facts)

    def _hear(self) -> None:
        for entry in self._books.kiosk.entries(self._heard):
            self._lobby.take_in(self._books.kiosk_id, entry)
            self._heard = entry.seq

    def _name(self) -> str:
        return f"{self._chance.getrandbits(64):016x}"

    def _at(self, wall: time, happens: Callable[[], object]) -> None:
        self._push(self._moment(wall), happens)

    def _moment(self, wall: time) -> datetime:
        return at_office(self._day, wall, self._plan.utc_offset_h)

    def _later(self, seconds: float, happens: Callable[[], object]) -> None:
        self._push(self._clock.now() + timedelta(seconds=seconds), happens)

    def _push(self, moment: datetime, happens: Callable[[], object]) -> None:
        heapq.heappush(self._coming, (moment, next(self._turn_of), happens))
