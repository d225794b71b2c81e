"""The rules of a visit: ``step(visit, event, now)`` gives the next visit and what has to be done.

The same table is walked by the real window and by tests that live through an hour in a
millisecond. ``now`` is the steady clock in seconds.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from kiosk.ports import Outcome
from kiosk.visit import Place, Printing, Times, Visit
from kiosk.visit_events import (
    AnswerChosen,
    AnswerRecorded,
    BackPressed,
    BallotScanned,
    BallotState,
    BigTextToggled,
    ContrastToggled,
    CopyAsked,
    DeskFailed,
    DeskRecovered,
    DonePressed,
    Effect,
    Event,
    IdentityCardScanned,
    IssueTicket,
    LanguageToggled,
    MoreTimePressed,
    OpeningChanged,
    PageTurned,
    PrintCopy,
    PrintSettled,
    PriorityChosen,
    RateChosen,
    RecordAnswer,
    RecordRating,
    RecordUnanswered,
    ServiceChosen,
    Skipped,
    Tick,
    TicketReady,
    Touched,
    UnknownScan,
)

Step = tuple[Visit, tuple[Effect, ...]]
Handler = Callable[[Visit, Any, float, Times], Step]

OPEN_TO_SCANS = frozenset({Place.IDLE, Place.HOME, Place.OVERALL, Place.THANKS})
"""Where a slip may be held under the scanner: nowhere that would cut another person off."""


def step(visit: Visit, event: Event, now: float, times: Times = Times()) -> Step:  # noqa: B008 - frozen value
    """The next visit after ``event`` at ``now``, and what has to be done about it."""
    handle = _ALWAYS.get(type(event))
    if handle is not None:
        return handle(visit, event, now, times)
    if visit.asking_time:
        return _answer_prompt(visit, event, now, times)
    if visit.busy or visit.place in (Place.OUT_OF_SERVICE, Place.CLOSED):
        return visit, ()
    handle = _AT.get((visit.place, type(event))) or _ANYWHERE.get(type(event))
    return handle(visit, event, now, times) if handle else (visit, ())


def fresh(visit: Visit, now: float, times: Times, place: Place = Place.HOME) -> Visit:
    """The next citizen's visit: nothing of the last one stays, neither number nor setting."""
    if visit.trouble:
        return _out_of_service(visit)
    start = Place.CLOSED if visit.closed else place
    leaves = now + times.attract_after if start is Place.HOME else 0
    home = visit.home_language
    return Visit(start, visit.id + 1, leaves_at=leaves, closed=visit.closed, language=home, home_language=home)


def _goto(visit: Visit, place: Place, now: float, stay: float, **changes: object) -> Visit:
    return replace(visit, place=place, touched=True, busy=False, leaves_at=now + stay, **changes)  # type: ignore[arg-type]


def _stay_of(visit: Visit, times: Times) -> float:
    return {
        Place.NUMBER: times.ticket_stay,
        Place.NO_PAPER: times.no_paper_stay,
        Place.THANKS: times.thanks_stay,
        Place.IDLE: 0.0,
    }.get(visit.place, times.idle_prompt)


def _awake(visit: Visit, now: float, times: Times) -> Visit:
    if visit.place in (Place.CLOSED, Place.OUT_OF_SERVICE, Place.IDLE):
        return visit
    return replace(visit, touched=True, leaves_at=max(visit.leaves_at, now + _stay_of(visit, times)))


# --- time ---------------------------------------------------------------------------------------


def _tick(visit: Visit, _: Event, now: float, times: Times) -> Step:
    if visit.notice and now >= visit.notice_ends:
        visit = replace(visit, notice="")
    if not visit.leaves_at or now < visit.leaves_at or visit.busy:
        return visit, ()
    if visit.asking_time:
        return _leave(visit, now, times, "timeout")
    if visit.place is Place.HOME and not visit.touched:
        return fresh(visit, now, times, Place.IDLE), ()
    if visit.place is Place.NUMBER and visit.printing is Printing.WAITING:
        stay = times.no_paper_stay
        return _goto(visit, Place.NO_PAPER, now, stay, printing=Printing.UNKNOWN, reason="P-107"), ()
    if visit.place in (Place.NUMBER, Place.NO_PAPER, Place.THANKS):
        return fresh(visit, now, times), ()
    return replace(visit, asking_time=True, leaves_at=now + times.prompt), ()


def _leave(visit: Visit, now: float, times: Times, reason: str) -> Step:
    left = visit.place is Place.OVERALL and not visit.rating_id
    return fresh(visit, now, times), (RecordUnanswered(reason),) if left else ()


def _answer_prompt(visit: Visit, event: Event, now: float, times: Times) -> Step:
    if isinstance(event, MoreTimePressed):
        return replace(visit, asking_time=False, leaves_at=now + _stay_of(visit, times)), ()
    if isinstance(event, DonePressed):
        return _leave(visit, now, times, "skipped")
    return visit, ()


# --- taking a number ------------------------------------------------------------------------------


def _touch(visit: Visit, _: Event, now: float, times: Times) -> Step:
    if visit.place is Place.IDLE:
        return fresh(visit, now, times), ()
    return _awake(visit, now, times), ()


def _choose_service(visit: Visit, event: ServiceChosen, now: float, times: Times) -> Step:
    if event.asks_priority:
        return _goto(visit, Place.PRIORITY, now, times.idle_prompt, service=event.service), ()
    return _issue(replace(visit, service=event.service), priority=False)


def _choose_priority(visit: Visit, event: PriorityChosen, now: float, times: Times) -> Step:
    return _issue(visit, priority=event.priority)


def _issue(visit: Visit, *, priority: bool) -> Step:
    busy = replace(visit, touched=True, busy=True)
    return busy, (IssueTicket(visit.id, visit.service, priority),)


def _ticket_ready(visit: Visit, event: TicketReady, now: float, times: Times) -> Step:
    stay = times.ticket_stay
    return _goto(visit, Place.NUMBER, now, stay, ticket=event.ticket, printing=Printing.WAITING), ()


def _print_settled(visit: Visit, event: PrintSettled, now: float, times: Times) -> Step:
    if visit.ticket is None or visit.ticket.number != event.number:
        return visit, ()  # the slip of somebody who has already gone
    if event.outcome.outcome is Outcome.PRINTED:
        return replace(visit, printing=Printing.PRINTED, reason=""), ()
    printing = Printing(event.outcome.outcome.value)
    stay = times.no_paper_stay
    return _goto(visit, Place.NO_PAPER, now, stay, printing=printing, reason=event.outcome.reason), ()


def _ask_copy(visit: Visit, _: Event, now: float, times: Times) -> Step:
    if visit.copy_asked or visit.ticket is None or visit.printing is Printing.WAITING:
        return visit, ()
    asked = _goto(visit, Place.NUMBER, now, times.ticket_stay, copy_asked=True, printing=Printing.WAITING, reason="")
    return asked, (PrintCopy(visit.ticket),)


# --- rating -----------------------------------------------------------------------------------------


def _rate(visit: Visit, _: Event, now: float, times: Times) -> Step:
    return _goto(visit, Place.OVERALL, now, times.idle_prompt), ()


def _scan_ballot(visit: Visit, event: BallotScanned, now: float, times: Times) -> Step:
    if visit.place not in OPEN_TO_SCANS or visit.busy or (visit.rating_id and visit.place is Place.OVERALL):
        return visit, ()
    if event.state is not BallotState.OPEN:
        return _notice(visit, f"scan.ballot_{event.state.value}", now, times)
    start = visit if visit.place in (Place.HOME, Place.OVERALL) else fresh(visit, now, times)
    if start.place not in (Place.HOME, Place.OVERALL):
        return visit, ()
    rating = _goto(start, Place.OVERALL, now, times.idle_prompt, ballot=event.ballot, asking_time=False)
    return rating, ()


def _scan_identity_card(visit: Visit, _: Event, now: float, times: Times) -> Step:
    return _notice(visit, "scan.identity_card", now, times)


def _scan_unknown(visit: Visit, _: Event, now: float, times: Times) -> Step:
    return _notice(visit, "scan.unknown", now, times)


def _notice(visit: Visit, notice: str, now: float, times: Times) -> Step:
    if visit.place in (Place.CLOSED, Place.OUT_OF_SERVICE):
        return visit, ()
    shown = fresh(visit, now, times) if visit.place is Place.IDLE else _awake(visit, now, times)
    return replace(shown, notice=notice, notice_ends=now + times.notice_stay), ()


def _answer_overall(visit: Visit, event: AnswerChosen, now: float, times: Times) -> Step:
    busy = replace(visit, busy=True, touched=True)
    return busy, (RecordRating(visit.rating_id, visit.ballot, event.answer),)


def _skip_overall(visit: Visit, _: Event, now: float, times: Times) -> Step:
    if visit.rating_id:  # came back to the first question and lets the answer stand
        return _ask(visit, 1, now, times), ()
    return _leave(visit, now, times, "skipped")


def _answer_criterion(visit: Visit, event: AnswerChosen, now: float, times: Times) -> Step:
    return _record(visit, event.answer)


def _skip_criterion(visit: Visit, _: Event, now: float, times: Times) -> Step:
    return _record(visit, None)


def _record(visit: Visit, answer: str | None) -> Step:
    busy = replace(visit, busy=True, touched=True)
    return busy, (RecordAnswer(visit.rating_id, visit.questions, visit.question, answer),)


def _answer_recorded(visit: Visit, event: AnswerRecorded, now: float, times: Times) -> Step:
    if visit.place not in (Place.OVERALL, Place.CRITERION):
        return visit, ()
    visit = replace(visit, rating_id=event.rating_id, channels=visit.channels or event.channels)
    if visit.question < len(visit.questions):  # an earlier answer was corrected
        return _ask(visit, visit.question + 1, now, times), ()
    if event.next_criterion:
        visit = replace(visit, questions=(*visit.questions, event.next_criterion))
        return _ask(visit, len(visit.questions), now, times), ()
    return _goto(visit, Place.THANKS, now, times.thanks_stay, ballot=None), ()


def _ask(visit: Visit, question: int, now: float, times: Times) -> Visit:
    place = Place.CRITERION if question else Place.OVERALL
    return _goto(visit, place, now, times.idle_prompt, question=question)


# --- back, done, settings -------------------------------------------------------------------------


def _back_home(visit: Visit, _: Event, now: float, times: Times) -> Step:
    return _goto(visit, Place.HOME, now, times.idle_prompt, service=""), ()


def _back_question(visit: Visit, _: Event, now: float, times: Times) -> Step:
    return _ask(visit, visit.question - 1, now, times), ()


def _done(visit: Visit, _: Event, now: float, times: Times) -> Step:
    return fresh(visit, now, times), ()


def _turn_page(visit: Visit, event: PageTurned, now: float, times: Times) -> Step:
    return _goto(visit, visit.place, now, times.idle_prompt, page=event.page), ()


def _toggle_language(visit: Visit, _: Event, now: float, times: Times) -> Step:
    return replace(_awake(visit, now, times), language="en" if visit.language == "vi" else "vi"), ()


def _toggle_big_text(visit: Visit, _: Event, now: float, times: Times) -> Step:
    return replace(_awake(visit, now, times), big_text=not visit.big_text), ()


def _toggle_contrast(visit: Visit, _: Event, now: float, times: Times) -> Step:
    return replace(_awake(visit, now, times), contrast=not visit.contrast), ()


# --- the office -------------------------------------------------------------------------------------


def _desk_failed(visit: Visit, event: DeskFailed, now: float, times: Times) -> Step:
    since = visit.trouble_since if visit.trouble else now
    visit = replace(visit, trouble=event.code, trouble_since=since, busy=False)
    holds_a_number = visit.place in (Place.NUMBER, Place.NO_PAPER)  # it stays hers until she leaves
    return (visit if holds_a_number else _out_of_service(visit)), ()


def _out_of_service(visit: Visit) -> Visit:
    return Visit(
        place=Place.OUT_OF_SERVICE,
        id=visit.id + 1,
        trouble=visit.trouble,
        trouble_since=visit.trouble_since,
        closed=visit.closed,
        language=visit.home_language,
        home_language=visit.home_language,
    )


def _desk_recovered(visit: Visit, _: Event, now: float, times: Times) -> Step:
    visit = replace(visit, trouble="", trouble_since=0)
    return (fresh(visit, now, times), ()) if visit.place is Place.OUT_OF_SERVICE else (visit, ())


def _opening_changed(visit: Visit, event: OpeningChanged, now: float, times: Times) -> Step:
    visit = replace(visit, closed=event.closed)
    shut = event.closed and visit.place in (Place.IDLE, Place.HOME) and not visit.touched
    opened = not event.closed and visit.place is Place.CLOSED
    return (fresh(visit, now, times), ()) if shut or opened else (visit, ())


_TOGGLES: dict[type[Event], Handler] = {
    LanguageToggled: _toggle_language,
    BigTextToggled: _toggle_big_text,
    ContrastToggled: _toggle_contrast,
}

_ALWAYS: dict[type[Event], Handler] = {
    Tick: _tick,
    TicketReady: _ticket_ready,
    PrintSettled: _print_settled,
    AnswerRecorded: _answer_recorded,
    BallotScanned: _scan_ballot,
    IdentityCardScanned: _scan_identity_card,
    UnknownScan: _scan_unknown,
    DeskFailed: _desk_failed,
    DeskRecovered: _desk_recovered,
    OpeningChanged: _opening_changed,
    **_TOGGLES,
}
"""Told by time, devices and other threads, or harmless anywhere: never refused for being busy."""

_ANYWHERE: dict[type[Event], Handler] = {Touched: _touch}

_AT: dict[tuple[Place, type[Event]], Handler] = {
    (Place.HOME, ServiceChosen): _choose_service,
    (Place.HOME, PageTurned): _turn_page,
    (Place.HOME, RateChosen): _rate,
    (Place.PRIORITY, PriorityChosen): _choose_priority,
    (Place.PRIORITY, BackPressed): _back_home,
    (Place.NUMBER, CopyAsked): _ask_copy,
    (Place.NUMBER, DonePressed): _done,
    (Place.NO_PAPER, CopyAsked): _ask_copy,
    (Place.NO_PAPER, DonePressed): _done,
    (Place.OVERALL, AnswerChosen): _answer_overall,
    (Place.OVERALL, Skipped): _skip_overall,
    (Place.CRITERION, AnswerChosen): _answer_criterion,
    (Place.CRITERION, Skipped): _skip_criterion,
    (Place.CRITERION, BackPressed): _back_question,
    (Place.THANKS, DonePressed): _done,
}
