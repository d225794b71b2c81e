"""The moves all rules of a visit share: going on, staying awake, a short word, a fresh start."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from kiosk.visit import COMES, Place, Taken, Times, Visit
from kiosk.visit_events import Effect, IssueTicket

Step = tuple[Visit, tuple[Effect, ...]]
Handler = Callable[[Visit, Any, float, Times], Step]

OPEN_TO_SCANS = frozenset({Place.IDLE, Place.HOME, Place.OVERALL, Place.THANKS})
"""Where a slip may be held under the scanner: nowhere that would cut another person off."""


def is_open_to_scans(visit: Visit) -> bool:
    """Whether a slip is taken now: also by an appointment that gives no number, for nobody can go on there."""
    ended = visit.place is Place.APPOINTMENT and (visit.booking is None or visit.booking.state not in COMES)
    return ended or visit.place in OPEN_TO_SCANS


def fresh(visit: Visit, now: float, times: Times, place: Place = Place.HOME) -> Visit:
    """The next citizen's visit: nothing of the last one stays, neither number nor setting.

    A call for help goes on: whoever asked may have sat down.
    """
    if visit.trouble:
        return out_of_service(visit)
    start = Place.CLOSED if visit.closed else place
    leaves = now + times.attract_after if start is Place.HOME else 0
    home, help_ = visit.home_language, visit.help
    closed = visit.closed
    return Visit(start, visit.id + 1, leaves_at=leaves, closed=closed, language=home, home_language=home, help=help_)


def after_number(visit: Visit, now: float, times: Times, *, by_hand: bool) -> Visit:
    """The visit after a number's screen. Whoever left it ``by_hand`` is probably still there; a helper goes on."""
    next_ = fresh(visit, now, times)
    if next_.place is not Place.HOME or visit.ticket is None:
        return next_
    if visit.helping:
        return help_others(next_, now, times)
    if not by_hand:
        return next_
    ticket = visit.ticket
    return replace(next_, taken=Taken(ticket.number, ticket.service, ticket.at, now + times.second_ticket))


def help_others(visit: Visit, now: float, times: Times) -> Visit:
    """From now on numbers are taken for other people, until "Xong" or until nobody touches for a while."""
    return replace(visit, helping=True, taken=None, touched=False, leaves_at=now + times.helping_stay)


def out_of_service(visit: Visit) -> Visit:
    """The poster, with nothing of the visit behind it."""
    return Visit(
        place=Place.OUT_OF_SERVICE,
        id=visit.id + 1,
        trouble=visit.trouble,
        trouble_since=visit.trouble_since,
        closed=visit.closed,
        language=visit.home_language,
        home_language=visit.home_language,
        help=visit.help,
    )


def goto(visit: Visit, place: Place, now: float, stay: float, **changes: object) -> Visit:
    """The visit at another place, for ``stay`` seconds."""
    return replace(visit, place=place, touched=True, busy=False, leaves_at=now + stay, **changes)  # type: ignore[arg-type]


def stay_of(visit: Visit, times: Times) -> float:
    """How many seconds its place stays after a touch."""
    return {
        Place.NUMBER: times.ticket_stay,
        Place.NO_PAPER: times.no_paper_stay,
        Place.THANKS: times.thanks_stay,
        Place.IDLE: 0.0,
    }.get(visit.place, times.idle_prompt)


def awake(visit: Visit, now: float, times: Times) -> Visit:
    """The visit after a sign of life."""
    if visit.place in (Place.CLOSED, Place.OUT_OF_SERVICE, Place.IDLE):
        return visit
    return replace(visit, touched=True, leaves_at=max(visit.leaves_at, now + stay_of(visit, times)))


def say(visit: Visit, notice: str, now: float, stay: float) -> Visit:
    """The visit with a short word on it."""
    return replace(visit, notice=notice, notice_ends=now + stay)


def notice(visit: Visit, notice: str, now: float, times: Times) -> Step:
    """A short word to whoever stands there; nothing where the kiosk rests."""
    if visit.place in (Place.CLOSED, Place.OUT_OF_SERVICE):
        return visit, ()
    shown = fresh(visit, now, times) if visit.place is Place.IDLE else awake(visit, now, times)
    return say(shown, notice, now, times.notice_stay), ()


def issue(visit: Visit, *, priority: bool) -> Step:
    """Ask for the number, and wait for it."""
    held = visit.taken.number if visit.second and visit.taken else ""
    asked = IssueTicket(visit.id, visit.service, priority, held, visit.helping, claim=visit.claim)
    return replace(visit, touched=True, busy=True), (asked,)


def take_number(visit: Visit, now: float, times: Times) -> Step:
    """On to the number of the chosen service, by way of the question of priority where it has one."""
    if visit.asks_priority:
        return goto(visit, Place.PRIORITY, now, times.idle_prompt), ()
    return issue(visit, priority=False)
