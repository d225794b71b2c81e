"""The order of the line: who is called next by a counter, and by which rule.

Stated in full, as the board may tell it:

1. Whoever has stood in line for ``ageing_min`` goes before all lanes, the longest first.
2. Otherwise by time, whatever the lane; but after ``share`` normal numbers a counter calls one of a
   preferred lane (priority, back with missing papers, appointment), though it came later.
3. An appointment stands by its hour less ``appointment_lead_min``; before that it is called
   only when nobody else waits. Who fetches a result stands by the time of her number.

So nobody starves: once a ticket is aged, only tickets that have stood in line longer are called
before it by any counter that serves it.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from heapq import merge
from itertools import islice

from kiosk.clock import instant_text
from kiosk.line_rules import APPOINTMENT, PREFERRED, LineRules
from kiosk.line_ticket import LineTicket, OrderKey

OLDEST, INTERLEAVED, AGED, APPOINTED, ONLY = "oldest", "interleave", "aged", "appointment", "only"

FAR = 200
"""Places that are counted one by one; whoever stands behind them has time."""


@dataclass(frozen=True, slots=True)
class Pick:
    """A number at its turn, and the rule that gave it the turn."""

    number: str
    rule: str


class LineOrder:
    """Who stands in line: sorted lists by service, one for the normal lane and one for the preferred ones.

    Adding, removing and finding a place cost the same for ten tickets and for ten thousand.
    """

    def __init__(self, rules: LineRules) -> None:
        self._rules = rules
        self._normal: dict[str, list[OrderKey]] = defaultdict(list)
        self._preferred: dict[str, list[OrderKey]] = defaultdict(list)
        self._lanes: dict[str, str] = {}

    def add(self, ticket: LineTicket) -> None:
        """Put a ticket that is in line at its place."""
        self._lanes[ticket.number] = ticket.lane
        insort(self._list(ticket), ticket.order)

    def remove(self, ticket: LineTicket) -> None:
        """Take it out again; it must not have changed since it was put in."""
        place = self._list(ticket)
        at = bisect_left(place, ticket.order)
        assert place[at][-1] == ticket.number
        del place[at]
        del self._lanes[ticket.number]

    def waiting_count(self, services: Collection[str]) -> int:
        """How many stand in line for any of these services."""
        return sum(len(self._normal.get(one, ())) + len(self._preferred.get(one, ())) for one in services)

    def earliest(self, services: Collection[str]) -> OrderKey | None:
        """The one who has stood longest."""
        heads = [place[0] for one in services for place in self._of(one) if place]
        return min(heads, default=None)

    def ahead_of(self, ticket: LineTicket, now: datetime) -> int:
        """How many are called before it, by the rules, if one counter called its service alone and nobody came.

        Beyond ``FAR`` places it is told by the lengths of the lanes.
        """
        for place, pick in enumerate(islice(self.turns((ticket.service,), now=now, streak=0), FAR)):
            if pick.number == ticket.number:
                return place
        normal, preferred = self._of(ticket.service)
        return max(FAR, bisect_left(normal, ticket.order) + bisect_left(preferred, ticket.order))

    def turns(self, services: Collection[str], *, now: datetime, streak: int) -> Iterator[Pick]:
        """The order in which a counter that serves ``services`` would call, if nothing changed.

        ``streak``: normal calls it made since its last preferred one.
        """
        normal = merge(*(self._normal[one] for one in services if one in self._normal))
        preferred = merge(*(self._preferred[one] for one in services if one in self._preferred))
        first, chosen = next(normal, None), next(preferred, None)
        instant = instant_text(now)
        # A kiosk's clock may be ahead of ours: only an appointment is not due yet.
        aged = instant_text(now - timedelta(minutes=self._rules.ageing_min))
        while first or chosen:
            early = chosen and chosen[0] > instant and self._lanes[chosen[-1]] == APPOINTMENT
            due = None if early else chosen
            rule, preferred_turn = self._turn(first, due, aged=aged, streak=streak)
            taken = chosen if preferred_turn else first
            assert taken is not None
            if preferred_turn:
                chosen, streak = next(preferred, None), 0
            else:
                first, streak = next(normal, None), streak + 1
            lane = self._lanes[taken[-1]]
            yield Pick(taken[-1], APPOINTED if rule == INTERLEAVED and lane == APPOINTMENT else rule)

    def _turn(self, first: OrderKey | None, due: OrderKey | None, *, aged: str, streak: int) -> tuple[str, bool]:
        """The rule that holds now, and whether it is a preferred lane's turn. ``due``: the head of those lanes."""
        if first is None:
            return (ONLY, True)
        if due is None:
            return (AGED if first[0] <= aged else OLDEST, False)
        if min(first, due)[0] <= aged:
            return (AGED, due < first)
        if due < first:
            return (OLDEST, True)
        if streak >= self._rules.share:
            return (INTERLEAVED, True)
        return (OLDEST, False)

    def _of(self, service: str) -> tuple[list[OrderKey], list[OrderKey]]:
        return self._normal.get(service, []), self._preferred.get(service, [])

    def _list(self, ticket: LineTicket) -> list[OrderKey]:
        return (self._preferred if ticket.lane in PREFERRED else self._normal)[ticket.service]
