"""``kiosk demo``: fills an empty folder with a plausible month, through the real desk and the real lobby.

Every number, press, rating and printer outcome goes through the same use cases as in the lobby, on
a clock that is moved; nothing is written past them. The books say ``demo: true`` in their
first entry, and no real office takes them. Shares and hours follow what is known of wards
(domain 10): certification is the bulk, mornings and early afternoons are full, Mondays more.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from kiosk.criteria import CriteriaSet
from kiosk.desk import Along, Desk, nothing
from kiosk.ports import Outcome, PrintOutcome
from kiosk.tickets import Ticket

SERVICE_SHARES = {"A": 14, "B": 48, "C": 9, "E": 7, "G": 5, "H": 8, "K": 7, "L": 2}
HALF_HOURS = {
    "07:30": 7, "08:00": 13, "08:30": 15, "09:00": 12, "09:30": 10, "10:00": 7, "10:30": 5, "11:00": 2,
    "13:30": 6, "14:00": 7, "14:30": 6, "15:00": 5, "15:30": 3, "16:00": 2,
}  # fmt: skip
VISITS_A_DAY = 118
MONDAY_FACTOR = 1.25
PRIORITY_SHARE = 0.08
RATED_SHARE = 0.41
LOOSE_SHARE = 0.04
OVERALL = {"satisfied": 74, "neutral": 15, "dissatisfied": 11}
CRITERION_LEFT_SHARE = 0.06
CRITERION_SKIPPED_SHARE = 0.05
NOT_APPLICABLE_SHARE = 0.55
KEPT_SHARE = {"satisfied": 0.965, "neutral": 0.83, "dissatisfied": 0.55}
NO_ALLEGATION_SHARE = 0.99
PAPER_OUT_SHARE = 0.004


class MovedClock:
    """A clock that the story moves; both hands go together, so no jump is ever seen."""

    def __init__(self, start: datetime) -> None:
        self._start = self._now = start

    def now(self) -> datetime:
        """The story's time."""
        return self._now

    def monotonic(self) -> float:
        """Seconds since the story began."""
        return (self._now - self._start).total_seconds()

    def move_to(self, moment: datetime) -> None:
        """Go on to a later moment; an earlier one changes nothing."""
        self._now = max(self._now, moment)


def at_office(day: date, wall: time, utc_offset_h: int) -> datetime:
    """The instant (UTC) of a wall time at the office."""
    return datetime.combine(day, wall, UTC) - timedelta(hours=utc_offset_h)


@dataclass(frozen=True, slots=True)
class Arrival:
    """Somebody walks in: when (UTC) and for what."""

    at: datetime
    service: str


def arrivals(day: date, *, utc_offset_h: int, services: Sequence[str], chance: random.Random) -> list[Arrival]:
    """The visits of one day, in order."""
    factor = MONDAY_FACTOR if day.weekday() == 0 else 1.0
    count = max(1, round(chance.gauss(VISITS_A_DAY * factor, VISITS_A_DAY * 0.12)))
    shares = [SERVICE_SHARES.get(service, 3) for service in services]
    made = []
    for _ in range(count):
        slot = chance.choices(list(HALF_HOURS), weights=list(HALF_HOURS.values()))[0]
        at = at_office(day, time.fromisoformat(slot), utc_offset_h) + timedelta(seconds=chance.uniform(0, 1800))
        made.append(Arrival(at, chance.choices(services, weights=shares)[0]))
    return sorted(made, key=lambda arrival: arrival.at)


class Story:
    """What citizens do at the kiosk: numbers, slips, ratings, calls for a person."""

    def __init__(self, desk: Desk, criteria: CriteriaSet, clock: MovedClock, chance: random.Random) -> None:
        self._desk = desk
        self._criteria = criteria
        self._clock = clock
        self._chance = chance
        self._visits = 0

    def take_number(self, service: str, *, along: Along = nothing) -> Ticket:
        """A citizen takes a number and her slip comes out, or does not."""
        self._visits += 1
        priority = self._chance.random() < PRIORITY_SHARE
        ticket = self._desk.issue_ticket(visit_id=self._visits, service=service, priority=priority, along=along)
        out = self._chance.random() < PAPER_OUT_SHARE
        outcome = PrintOutcome(Outcome.NOT_PRINTED, "P-101") if out else PrintOutcome(Outcome.PRINTED)
        self._pass(self._chance.uniform(1, 3))
        self._desk.settle_print(ticket.number, outcome, copy=False)
        return ticket

    def call_help(self) -> str:
        """A citizen asks for a person; gives the call's name."""
        return self._desk.call_help()

    def rate(self, ballot: bytes | None) -> None:
        """Somebody who was served passes the kiosk: she rates with her slip, without one, or not at all."""
        if self._chance.random() < RATED_SHARE:
            self._rate(ballot)
        elif self._chance.random() < LOOSE_SHARE:
            self._rate(None)

    def _rate(self, ballot: bytes | None) -> None:
        self._pass(self._chance.uniform(4, 15))
        answer = self._chance.choices(list(OVERALL), weights=list(OVERALL.values()))[0]
        step = self._desk.record_rating(rating_id="", ballot=ballot, answer=answer)
        asked: tuple[str, ...] = ()
        while step.next_criterion and self._chance.random() > CRITERION_LEFT_SHARE:
            asked = (*asked, step.next_criterion)
            self._pass(self._chance.uniform(3, 9))
            given = self._answer(step.next_criterion, answer)
            step = self._desk.record_criterion(rating_id=step.rating_id, asked=asked, question=len(asked), answer=given)

    def _answer(self, criterion: str, overall: str) -> str | None:
        if self._chance.random() < CRITERION_SKIPPED_SHARE:
            return None
        asked = self._criteria.criterion(criterion)
        beside = [answer.id for answer in asked.answers if answer.kept is None]
        if beside and self._chance.random() < NOT_APPLICABLE_SHARE:
            return beside[0]
        kept_share = NO_ALLEGATION_SHARE if asked.allegation else KEPT_SHARE[overall]
        kept = self._chance.random() < kept_share
        return self._chance.choice([answer.id for answer in asked.answers if answer.kept is kept])

    def _pass(self, seconds: float) -> None:
        self._clock.move_to(self._clock.now() + timedelta(seconds=seconds))
