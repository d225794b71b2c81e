"""From a lobby to what its screens show; costs the same for ten tickets and for ten thousand.

Call these in the thread that feeds the lobby; what they give is frozen and may go anywhere.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from itertools import islice

from kiosk.clock import instant_text
from kiosk.estimates import estimate
from kiosk.line_rules import APPOINTMENT
from kiosk.line_tally import letter_and_count, waited_s
from kiosk.line_ticket import CLASH, LineTicket
from kiosk.lobby import Lobby
from kiosk.lobby_views import (
    ROWS,
    AtCounter,
    BoardView,
    Called,
    CounterView,
    KioskView,
    LineRow,
    NextUp,
    PlaceView,
    ServiceLine,
    WaitBasis,
    WhyNumber,
)

RECENT_ON_BOARD = 5


def board_view(
    lobby: Lobby, now: datetime, *, unheard: tuple[str, ...] = (), sound: bool = True, open: bool = True
) -> BoardView:
    """What the board shows. Not ``sound``: the numbers stay, the counts are not known."""
    recent = lobby.line.recent
    first = recent[0] if recent else None
    counts = lobby.line.tally.counts(lobby.line.series.unused_count()) if sound else None
    why = lobby.line.series.why(first.number) if sound and first else None
    return BoardView(
        version=lobby.version,
        as_of=instant_text(now),
        now=first,
        recent=tuple(recent[1 : RECENT_ON_BOARD + 1]),
        counts=counts,
        why=why,
        unheard=unheard,
        open=open,
    )


def counter_view(lobby: Lobby, counter: str, now: datetime, *, sound: bool = True) -> CounterView:
    """What a counter shows; ``SyncTrouble`` S-346 for one that is not known."""
    services = lobby.services_of(counter)
    sitting = lobby.sittings.at(counter)
    turns = list(islice(lobby.line.turns(counter, services, now), ROWS))
    rows = tuple(line_row(lobby.line.tickets[pick.number]) for pick in turns)
    earliest = lobby.line.order.earliest(services)
    return CounterView(
        version=lobby.version,
        as_of=instant_text(now),
        counter=counter,
        sitting=sitting.id if sitting else "",
        paused=sitting.paused if sitting else "",
        current=_at_counter(lobby.line.current(counter)),
        next=NextUp(turns[0].number, turns[0].rule) if turns else None,
        rows=rows,
        parked=tuple(line_row(one) for one in lobby.line.parked(services)),
        waiting_count=lobby.line.order.waiting_count(services),
        longest_wait_s=waited_s(earliest[1], now) if earliest else None,
        day=lobby.line.tally.counter(counter),
        undo=lobby.undoable(counter, now),
        help=lobby.help.ringing(),
        sound=sound,
    )


def kiosk_view(
    lobby: Lobby, kiosk_id: str, now: datetime, *, through: int, services: Collection[str], full: Collection[str] = ()
) -> KioskView:
    """What a kiosk is told. ``services``: all of the day; ``full``: those without further numbers today."""
    lines = {
        one: ServiceLine(lobby.line.order.waiting_count((one,)), wait_basis(lobby, one, now), one in full)
        for one in services
    }
    return KioskView(
        as_of=instant_text(now),
        through=through,
        lines=lines,
        help=lobby.help.of_place(kiosk_id),
        why=_why(lobby),
        calling=lobby.line.calling,
    )


def place_view(lobby: Lobby, number: str, now: datetime, *, rating_open: bool) -> PlaceView:
    """What the phone of a number shows; ``KeyError`` for a number that was not issued today."""
    held = lobby.line.tickets[number]
    due = held.lane != APPOINTMENT or held.order_at <= instant_text(now)  # before its time nobody knows its place
    ahead = lobby.line.order.ahead_of(held, now) if held.in_line and due else None
    basis = wait_basis(lobby, held.service, now)
    guess = estimate(ahead, basis) if ahead is not None else None
    letter, _ = letter_and_count(number)
    called = [one for one in lobby.line.recent if one.number != number and _is_at(lobby, one)]
    serving = min(called, key=lambda one: letter_and_count(one.number)[0] != letter, default=None)
    mine = next((one for one in lobby.line.recent if letter_and_count(one.number)[0] == letter), None)
    return PlaceView(
        as_of=instant_text(now),
        number=number.partition(CLASH)[0],
        service=held.service,
        state=held.state.value,
        counter=held.standing.counter,
        ahead_count=ahead,
        minutes=guess.minutes if guess else None,
        counters=basis.counters,
        serving=serving,
        why=lobby.line.series.why(mine.number) if mine else None,
        present=held.present,
        rating_open=rating_open,
    )


def _is_at(lobby: Lobby, call: Called) -> bool:
    """Whether a called number is still at its counter."""
    held = lobby.line.current(call.counter)
    return held is not None and held.number == call.number


def wait_basis(lobby: Lobby, service: str, now: datetime) -> WaitBasis:
    """What a wait for a service is estimated from."""
    earliest = lobby.line.order.earliest((service,))
    return WaitBasis(
        counters=lobby.open_counters(service),
        service_s=lobby.line.tally.service_s(service),
        waits_s=lobby.line.tally.waits_s(service),
        head_waited_s=waited_s(earliest[1], now) if earliest else None,
    )


def line_row(held: LineTicket) -> LineRow:
    """One number of the line."""
    standing = held.standing
    return LineRow(
        number=held.number,
        service=held.service,
        issued_at=held.issued_at,
        lane=held.lane,
        state=held.state.value,
        missed_count=standing.missed_count,
        from_counter=standing.from_counter,
        appointment_at=held.appointment_at,
        present=held.present,
        assisted=held.assisted,
    )


def _at_counter(held: LineTicket | None) -> AtCounter | None:
    if held is None:
        return None
    return AtCounter(line_row(held), held.state.value, held.standing.since, held.standing.recalled_count)


def _why(lobby: Lobby) -> Mapping[str, WhyNumber]:
    """By letter, for the number called last."""
    last = {letter_and_count(one.number)[0]: one.number for one in reversed(lobby.line.recent)}
    return {letter: lobby.line.series.why(number) for letter, number in last.items()}
