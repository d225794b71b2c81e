"""The lobby of one business day: the line, who sits where, calls for help; and what a press makes of them.

``decide`` gives the facts that a press stands for, or raises why it does not fit. It writes
nothing: whoever calls it appends the facts to the office's own book and feeds them back, in
one piece, so that no second press is decided in between. A press that is done already gives no
facts, so it may be sent as often as a bad network likes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from itertools import islice, takewhile

from kiosk.clock import instant, instant_text
from kiosk.counters import Counter
from kiosk.entry import Entry
from kiosk.fact import Fact
from kiosk.help_calls import HelpCalls
from kiosk.line import Line
from kiosk.line_facts import (
    CalledOutOfOrder,
    PresenceConfirmed,
    PressUndone,
    PriorityGiven,
    ServiceStarted,
    TicketCalled,
    TicketCancelled,
    TicketExpired,
    TicketFinished,
    TicketMissed,
    TicketParked,
    TicketRecalled,
    TicketReturned,
    TicketTransferred,
)
from kiosk.line_rules import PREFERRED, LineRules
from kiosk.line_ticket import AT_COUNTER, IN_LINE, STILL_HERE, LineTicket, State
from kiosk.lobby_facts import CounterClosed, CounterOpened, CounterPaused, CounterResumed, HelpAnswered
from kiosk.lobby_views import Undoable
from kiosk.presses import Action, Press
from kiosk.sittings import Sittings
from kiosk.trouble import SyncTrouble

MOST_PASSED = 1000
"""Places that are counted when a call passes over the order; beyond it nobody cares."""

BREAK_ENDS = frozenset({Action.RESUME, Action.FINISH, Action.UNDO})
"""What may be pressed during a break."""


class Lobby:
    """One day's lobby. One thread at a time uses it. ``counters``: those of the day."""

    def __init__(self, day: date, *, rules: LineRules, counters: Sequence[Counter], utc_offset_h: int = 7) -> None:
        self.day = day
        self.rules = rules
        self.counters = {one.id: one for one in counters}
        self.line = Line(day, rules, utc_offset_h=utc_offset_h)
        self.sittings = Sittings()
        self.help = HelpCalls()
        self.version = 0
        self._presses: set[str] = set()
        self._undoable: dict[str, Undoable] = {}

    def take_in(self, kiosk_id: str, entry: Entry) -> None:
        """Fold one entry of the book of ``kiosk_id``, of whatever day and fact it is."""
        changed = self.line.take_in(kiosk_id, entry)
        if entry.day == self.day.isoformat():
            changed = self.sittings.take_in(entry) or self.help.take_in(entry) or changed
        if changed:
            self.version += 1
            self._remember_press(entry)

    # --- reading -----------------------------------------------------------------------------------

    def done(self, press_id: str) -> bool:
        """Whether this press was done."""
        return press_id in self._presses

    def services_of(self, counter: str) -> tuple[str, ...]:
        """What a counter serves; ``SyncTrouble`` S-346 for one that is not known."""
        known = self.counters.get(counter)
        if known is None:
            raise SyncTrouble("S-346", detail=counter)
        return known.services

    def open_counters(self, service: str) -> int:
        """Counters that serve a service now: somebody sits there and has no break."""
        return sum(
            not one.paused and one.counter in self.counters and service in self.counters[one.counter].services
            for one in self.sittings.all()
        )

    def undoable(self, counter: str, now: datetime) -> Undoable | None:
        """What a counter may still take back."""
        held = self._undoable.get(counter)
        if held is None or not self.line.may_undo(held.press, counter):
            return None
        left = instant(held.until) - now
        # A clock that jumped back gives nobody an hour to undo.
        return held if timedelta() <= left <= timedelta(seconds=2 * self.rules.undo_s) else None

    def number_of_line(self, ballot_line: str) -> str | None:
        """The number of today whose slip carries this hash."""
        return self.line.number_of_line(ballot_line)

    # --- counters ----------------------------------------------------------------------------------

    def sign_in(self, counter: str, sitting: str, *, take_over: bool = False) -> tuple[Fact, ...]:
        """Sit down at a counter. S-332 if somebody sits there and is not to be sent away, S-346."""
        self.services_of(counter)
        held = self.sittings.at(counter)
        if held is None:
            return (CounterOpened(counter, sitting),)
        if held.id == sitting:
            return ()
        if not take_over:
            raise SyncTrouble("S-332", detail=counter)
        return CounterClosed(counter, held.id, "taken-over"), CounterOpened(counter, sitting)

    def sign_out(self, counter: str, sitting: str) -> tuple[Fact, ...]:
        """Leave a counter; () if somebody else sits there by now."""
        held = self.sittings.at(counter)
        return (CounterClosed(counter, sitting, "signed-out"),) if held and held.id == sitting else ()

    def answer_help(self, help_id: str, by: str, now: datetime) -> tuple[HelpAnswered, ...]:
        """Go to who called (raises as ``HelpCalls.answer``)."""
        return self.help.answer(help_id, by, now)

    # --- citizens ----------------------------------------------------------------------------------

    def cancel(self, number: str, by: str, reason: str, press: str = "") -> tuple[Fact, ...]:
        """Give a number up that waits. () if it is given up already; S-333 once it is called."""
        held = self._ticket(number)
        if held.state is State.CANCELLED:
            return ()
        if held.state not in STILL_HERE:
            raise SyncTrouble("S-333", detail=number)
        return (TicketCancelled(number, self.day.isoformat(), by, reason, press),)

    def confirm_present(self, number: str, by: str) -> tuple[Fact, ...]:
        """Somebody still waits with this number. () if that is known; S-333 once it is over."""
        held = self._ticket(number)
        if held.state not in STILL_HERE | AT_COUNTER:
            raise SyncTrouble("S-333", detail=number)
        return () if held.present else (PresenceConfirmed(number, self.day.isoformat(), by),)

    def expire(self) -> tuple[Fact, ...]:
        """The day is over: whatever waits ends, and every counter with it."""
        day = self.day.isoformat()
        over = STILL_HERE | AT_COUNTER  # at a counter nobody said how it ended
        left = [one.number for one in self.line.tickets.values() if one.issued and one.state in over]
        stays = [CounterClosed(one.counter, one.id, "closing") for one in self.sittings.all()]
        return (*(TicketExpired(number, day) for number in left), *stays)

    # --- presses -----------------------------------------------------------------------------------

    def decide(self, press: Press, now: datetime) -> tuple[Fact, ...]:
        """The facts of a press, to be written in one transaction; () if it was done already.

        Raises ``SyncTrouble``: S-330 nobody waits, S-331 another counter was quicker, S-332 the stay was
        taken over, S-333 the step does not fit, S-334 an unknown number, S-335 without a reason,
        S-336 on a break, S-343 nobody is signed in, S-345 too late to undo, S-346.
        """
        if self.done(press.id):
            return ()
        self.services_of(press.counter)
        sitting = self.sittings.at(press.counter)
        if sitting is None:
            raise SyncTrouble("S-343", detail=press.counter)
        if sitting.id != press.sitting:
            raise SyncTrouble("S-332", detail=press.counter)
        if sitting.paused and press.action not in BREAK_ENDS:
            raise SyncTrouble("S-336", detail=press.counter)
        return _DECISIONS[press.action](self, press, now)

    def _next(self, press: Press, now: datetime) -> tuple[Fact, ...]:
        if self.line.current(press.counter) is not None:
            raise SyncTrouble("S-333", detail="a number is at this counter")
        pick = next(self.line.turns(press.counter, self.services_of(press.counter), now), None)
        if pick is None:
            raise SyncTrouble("S-330", detail=press.counter)
        return (self._call(press, pick.number, "next"),)

    def _finish_next(self, press: Press, now: datetime) -> tuple[Fact, ...]:
        """Finish and call on. The work is done whether or not somebody waits."""
        finished = self._finish(press, now) if self.line.current(press.counter) else ()
        pick = next(self.line.turns(press.counter, self.services_of(press.counter), now), None)
        if pick is None and not finished:
            raise SyncTrouble("S-330", detail=press.counter)
        return (*finished, *((self._call(press, pick.number, "next"),) if pick else ()))

    def _call_number(self, press: Press, now: datetime) -> tuple[Fact, ...]:
        if self.line.current(press.counter) is not None:
            raise SyncTrouble("S-333", detail="a number is at this counter")
        held = self._ticket(press.number)
        if held.state in AT_COUNTER and self._works_on(held):
            raise SyncTrouble("S-331", detail=f"{held.number}, {held.standing.counter}")
        if held.state is State.FINISHED and held.standing.counter != press.counter:
            raise SyncTrouble("S-331", detail=f"{held.number}, {held.standing.counter}")
        own = self.services_of(press.counter)
        line = own if held.service in own else (held.service,)
        turns = self.line.turns(press.counter, line, now)
        passed = sum(1 for _ in takewhile(lambda pick: pick.number != held.number, islice(turns, MOST_PASSED)))
        if passed == 0 and held.state in IN_LINE and line is own:
            return (self._call(press, held.number, "next"),)
        reason = self._reason(press, "out_of_order")
        broken = CalledOutOfOrder(held.number, self.day.isoformat(), press.counter, reason, passed)
        return broken, self._call(press, held.number, "number")

    def _works_on(self, held: LineTicket) -> bool:
        """Whether somebody sits where a number was called to: one that was left behind may be called elsewhere."""
        counter = held.standing.counter
        return counter in self.counters and self.sittings.at(counter) is not None

    def _recall(self, press: Press, _: datetime) -> tuple[Fact, ...]:
        return (TicketRecalled(self._at(press, State.CALLED).number, self._day, press.counter, press.id),)

    def _start(self, press: Press, _: datetime) -> tuple[Fact, ...]:
        return (ServiceStarted(self._at(press, State.CALLED).number, self._day, press.counter, press.id),)

    def _finish(self, press: Press, _: datetime) -> tuple[Fact, ...]:
        """Finish; a number that was never started was started when it was finished."""
        held = self._at(press, State.CALLED, State.SERVING)
        started = ServiceStarted(held.number, self._day, press.counter, press.id)
        finished = TicketFinished(held.number, self._day, press.counter, press.id)
        return (finished,) if held.state is State.SERVING else (started, finished)

    def _miss(self, press: Press, _: datetime) -> tuple[Fact, ...]:
        held = self._at(press, State.CALLED)
        missed = TicketMissed(held.number, self._day, press.counter, press.id)
        if held.standing.missed_count + 1 < self.rules.missed_limit:
            return (missed,)
        return missed, TicketCancelled(held.number, self._day, "rule", "missed", press.id)

    def _park(self, press: Press, _: datetime) -> tuple[Fact, ...]:
        held = self._at(press, State.CALLED, State.SERVING)
        return (TicketParked(held.number, self._day, press.counter, self._reason(press, "park"), press.id),)

    def _return(self, press: Press, _: datetime) -> tuple[Fact, ...]:
        held = self._ticket(press.number)
        if held.state is not State.PARKED:
            raise SyncTrouble("S-333", detail=press.number)
        return (TicketReturned(held.number, self._day, "counter", press.id),)

    def _transfer(self, press: Press, _: datetime) -> tuple[Fact, ...]:
        held = self._at(press, State.CALLED, State.SERVING)
        if not any(press.service in one.services for one in self.counters.values()):
            raise SyncTrouble("S-333", detail=f"no counter serves {press.service!r}")
        if press.service == held.service:
            raise SyncTrouble("S-333", detail=f"{held.number} stands there already")
        return (TicketTransferred(held.number, self._day, press.counter, press.service, press.id),)

    def _give_priority(self, press: Press, _: datetime) -> tuple[Fact, ...]:
        held = self._ticket(press.number)
        if held.state not in IN_LINE or held.lane in PREFERRED:
            raise SyncTrouble("S-333", detail=press.number)
        reason = self._reason(press, "priority")
        return (PriorityGiven(held.number, self._day, press.counter, reason, press.id),)

    def _cancel(self, press: Press, _: datetime) -> tuple[Fact, ...]:
        if self._ticket(press.number).state is State.CANCELLED:
            raise SyncTrouble("S-333", detail=press.number)  # another counter was quicker, or the citizen herself
        return self.cancel(press.number, "counter", "asked", press.id)

    def _pause(self, press: Press, _: datetime) -> tuple[Fact, ...]:
        return (CounterPaused(press.counter, press.sitting, self._reason(press, "pause"), press.id),)

    def _resume(self, press: Press, _: datetime) -> tuple[Fact, ...]:
        sitting = self.sittings.at(press.counter)
        if sitting is None or not sitting.paused:
            raise SyncTrouble("S-333", detail="no break")
        return (CounterResumed(press.counter, press.sitting, press.id),)

    def _undo(self, press: Press, now: datetime) -> tuple[Fact, ...]:
        held = self._undoable.get(press.counter)
        if held is None or held.press != press.undoes or self.undoable(press.counter, now) is None:
            raise SyncTrouble("S-345")
        return (PressUndone(held.number, self._day, press.counter, held.press, press.id),)

    # --- inside ------------------------------------------------------------------------------------

    @property
    def _day(self) -> str:
        return self.day.isoformat()

    def _ticket(self, number: str) -> LineTicket:
        held = self.line.ticket(number)
        if held is None:
            raise SyncTrouble("S-334", detail=number)
        return held

    def _at(self, press: Press, *states: State) -> LineTicket:
        """The number at the counter, if the press means it and it is at one of these states."""
        held = self.line.current(press.counter)
        if held is None or held.state not in states or press.number not in ("", held.number):
            raise SyncTrouble("S-333", detail=press.number or press.counter)
        return held

    def _reason(self, press: Press, step: str) -> str:
        if press.reason not in self.rules.reasons[step]:
            raise SyncTrouble("S-335", detail=press.reason)
        return press.reason

    def _call(self, press: Press, number: str, how: str) -> TicketCalled:
        lane = self.line.tickets[number].lane
        return TicketCalled(number, self._day, press.counter, lane, how, press.id)

    def _remember_press(self, entry: Entry) -> None:
        body = entry.fields()
        press = str(body.get("press", ""))
        if not press:
            return
        self._presses.add(press)
        what = {TicketFinished.__name__: "finished", TicketMissed.__name__: "missed"}.get(entry.fact)
        if what:
            until = instant_text(instant(entry.at) + timedelta(seconds=self.rules.undo_s))
            self._undoable[str(body["counter"])] = Undoable(press, str(body["number"]), what, until)


_DECISIONS: dict[Action, Callable[[Lobby, Press, datetime], tuple[Fact, ...]]] = {
    Action.NEXT: Lobby._next,
    Action.FINISH_NEXT: Lobby._finish_next,
    Action.CALL_NUMBER: Lobby._call_number,
    Action.RECALL: Lobby._recall,
    Action.START: Lobby._start,
    Action.FINISH: Lobby._finish,
    Action.MISS: Lobby._miss,
    Action.PARK: Lobby._park,
    Action.RETURNED: Lobby._return,
    Action.TRANSFER: Lobby._transfer,
    Action.GIVE_PRIORITY: Lobby._give_priority,
    Action.CANCEL: Lobby._cancel,
    Action.PAUSE: Lobby._pause,
    Action.RESUME: Lobby._resume,
    Action.UNDO: Lobby._undo,
}
