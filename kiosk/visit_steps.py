"""The rules of a visit: ``step(visit, event, now)`` gives the next visit and what has to be done.

The same table is walked by the real window and by tests that live through an hour in a
millisecond. ``now`` is the steady clock in seconds.
"""

from __future__ import annotations

from dataclasses import replace

from kiosk.ports import Outcome
from kiosk.visit import Help, HelpState, Place, Printing, Times, Visit
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
    Event,
    IdentityCardScanned,
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
from kiosk.visit_lobby import ALWAYS, ANYWHERE, AT, RESTING, help_in_time
from kiosk.visit_moves import (
    Handler,
    Step,
    after_number,
    awake,
    fresh,
    goto,
    is_open_to_scans,
    issue,
    notice,
    out_of_service,
    say,
    stay_of,
    take_number,
)


def step(visit: Visit, event: Event, now: float, times: Times = Times()) -> Step:  # noqa: B008 - frozen value
    """The next visit after ``event`` at ``now``, and what has to be done about it."""
    handle = _ALWAYS.get(type(event))
    if handle is not None:
        return handle(visit, event, now, times)
    if visit.asking_time:
        return _answer_prompt(visit, event, now, times)
    if visit.busy or (visit.place in RESTING and type(event) not in ANYWHERE):
        return visit, ()
    handle = _AT.get((visit.place, type(event))) or _ANYWHERE.get(type(event))
    return handle(visit, event, now, times) if handle else (visit, ())


# --- time ---------------------------------------------------------------------------------------


def _tick(visit: Visit, _: Event, now: float, times: Times) -> Step:
    visit = _in_time(visit, now, times)
    if not visit.leaves_at or now < visit.leaves_at or visit.busy:
        return visit, ()
    if visit.asking_time:
        return _leave(visit, now, times, "timeout")
    if visit.place is Place.HOME and not visit.touched:
        return fresh(visit, now, times, Place.HOME if visit.helping else Place.IDLE), ()
    if visit.place is Place.NUMBER and visit.printing is Printing.WAITING:
        stay = times.no_paper_stay
        return goto(visit, Place.NO_PAPER, now, stay, printing=Printing.UNKNOWN, reason="P-107"), ()
    if visit.place in (Place.NUMBER, Place.NO_PAPER, Place.THANKS):
        return after_number(visit, now, times, by_hand=False), ()
    return replace(visit, asking_time=True, leaves_at=now + times.prompt), ()


def _in_time(visit: Visit, now: float, times: Times) -> Visit:
    """What ends with time wherever the visit stands: a short word, the hand of the last number, a call for help."""
    if visit.notice and now >= visit.notice_ends:
        visit = replace(visit, notice="")
    if visit.taken and visit.place is Place.HOME and now >= visit.taken.ends:
        visit = replace(visit, taken=None)
    return help_in_time(visit, now, times)


def _leave(visit: Visit, now: float, times: Times, reason: str) -> Step:
    left = visit.place is Place.OVERALL and not visit.rating_id
    return fresh(visit, now, times), (RecordUnanswered(reason),) if left else ()


def _answer_prompt(visit: Visit, event: Event, now: float, times: Times) -> Step:
    if isinstance(event, MoreTimePressed):
        return replace(visit, asking_time=False, leaves_at=now + stay_of(visit, times)), ()
    if isinstance(event, DonePressed):
        return _leave(visit, now, times, "skipped")
    return visit, ()


# --- taking a number ------------------------------------------------------------------------------


def _touch(visit: Visit, _: Event, now: float, times: Times) -> Step:
    if visit.place is Place.IDLE:
        return fresh(visit, now, times), ()
    return awake(visit, now, times), ()


def _choose_service(visit: Visit, event: ServiceChosen, now: float, times: Times) -> Step:
    chosen = replace(visit, service=event.service, asks_priority=event.asks_priority)
    if visit.taken and now < visit.taken.ends:
        return goto(chosen, Place.SECOND, now, times.idle_prompt), ()
    return take_number(chosen, now, times)


def _choose_priority(visit: Visit, event: PriorityChosen, now: float, times: Times) -> Step:
    return issue(visit, priority=event.priority)


def _ticket_ready(visit: Visit, event: TicketReady, now: float, times: Times) -> Step:
    stay = times.ticket_stay
    said = {"ticket": event.ticket, "waiting": event.waiting, "taken": None, "claim": ""}
    return goto(visit, Place.NUMBER, now, stay, printing=Printing.WAITING, **said), ()


def _print_settled(visit: Visit, event: PrintSettled, now: float, times: Times) -> Step:
    if visit.ticket is None or visit.ticket.number != event.number:
        return visit, ()  # the slip of somebody who has already gone
    if event.outcome.outcome is Outcome.PRINTED:
        return replace(visit, printing=Printing.PRINTED, reason=""), ()
    printing = Printing(event.outcome.outcome.value)
    stay = times.no_paper_stay
    return goto(visit, Place.NO_PAPER, now, stay, printing=printing, reason=event.outcome.reason), ()


def _ask_copy(visit: Visit, _: Event, now: float, times: Times) -> Step:
    if visit.copy_asked or visit.ticket is None or visit.printing is Printing.WAITING:
        return visit, ()
    asked = goto(visit, Place.NUMBER, now, times.ticket_stay, copy_asked=True, printing=Printing.WAITING, reason="")
    return asked, (PrintCopy(visit.ticket),)


# --- rating -----------------------------------------------------------------------------------------


def _rate(visit: Visit, _: Event, now: float, times: Times) -> Step:
    return goto(visit, Place.OVERALL, now, times.idle_prompt), ()


def _scan_ballot(visit: Visit, event: BallotScanned, now: float, times: Times) -> Step:
    if not is_open_to_scans(visit) or visit.busy or (visit.rating_id and visit.place is Place.OVERALL):
        return visit, ()
    if event.state is not BallotState.OPEN:
        return notice(visit, "scan.other_day" if event.old else f"scan.ballot_{event.state.value}", now, times)
    start = visit if visit.place in (Place.HOME, Place.OVERALL) else fresh(visit, now, times)
    if start.place not in (Place.HOME, Place.OVERALL):
        return visit, ()
    rating = goto(start, Place.OVERALL, now, times.idle_prompt, ballot=event.ballot, asking_time=False)
    return (say(rating, "scan.old_slip", now, 2 * times.notice_stay) if event.old else rating), ()


def _scan_identity_card(visit: Visit, _: Event, now: float, times: Times) -> Step:
    return notice(visit, "scan.identity_card", now, times)


def _scan_unknown(visit: Visit, _: Event, now: float, times: Times) -> Step:
    return notice(visit, "scan.unknown", now, times)


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
    return goto(visit, Place.THANKS, now, times.thanks_stay, ballot=None), ()


def _ask(visit: Visit, question: int, now: float, times: Times) -> Visit:
    place = Place.CRITERION if question else Place.OVERALL
    return goto(visit, place, now, times.idle_prompt, question=question)


# --- back, done, settings -------------------------------------------------------------------------


def _back_home(visit: Visit, _: Event, now: float, times: Times) -> Step:
    return goto(visit, Place.HOME, now, times.idle_prompt, service="", second=False), ()


def _back_question(visit: Visit, _: Event, now: float, times: Times) -> Step:
    return _ask(visit, visit.question - 1, now, times), ()


def _done(visit: Visit, _: Event, now: float, times: Times) -> Step:
    return after_number(visit, now, times, by_hand=True), ()


def _turn_page(visit: Visit, event: PageTurned, now: float, times: Times) -> Step:
    return goto(visit, visit.place, now, times.idle_prompt, page=event.page), ()


def _toggle_language(visit: Visit, _: Event, now: float, times: Times) -> Step:
    return replace(awake(visit, now, times), language="en" if visit.language == "vi" else "vi"), ()


def _toggle_big_text(visit: Visit, _: Event, now: float, times: Times) -> Step:
    return replace(awake(visit, now, times), big_text=not visit.big_text), ()


def _toggle_contrast(visit: Visit, _: Event, now: float, times: Times) -> Step:
    return replace(awake(visit, now, times), contrast=not visit.contrast), ()


# --- the office -------------------------------------------------------------------------------------


def _desk_failed(visit: Visit, event: DeskFailed, now: float, times: Times) -> Step:
    since = visit.trouble_since if visit.trouble else now
    visit = replace(visit, trouble=event.code, trouble_since=since, busy=False)
    if visit.help.state is HelpState.CALLING and not visit.help.help_id:
        visit = replace(visit, help=Help(HelpState.UNREACHED, since=now))  # the call could not be written either
    holds_a_number = visit.place in (Place.NUMBER, Place.NO_PAPER)  # it stays hers until she leaves
    return (visit if holds_a_number else out_of_service(visit)), ()


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
    **ALWAYS,
}
"""Told by time, devices and other threads, or harmless anywhere: never refused for being busy."""

_ANYWHERE: dict[type[Event], Handler] = {Touched: _touch, **ANYWHERE}

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
    (Place.SECOND, BackPressed): _back_home,
    **AT,
}
