"""The rules of a visit that a lobby brings: a second number, a helper, a held slip, an appointment, a call for help."""

from __future__ import annotations

from dataclasses import replace

from kiosk.visit import COMES, BookingState, Help, HelpState, Place, Times, Visit
from kiosk.visit_events import BackPressed, DonePressed, Event, IssueTicket
from kiosk.visit_lobby_events import (
    AppointmentScanned,
    AppointmentTold,
    ArrivalChosen,
    AskAppointment,
    CallHelp,
    CodeChosen,
    CodeEntered,
    ConfirmPresence,
    DropChosen,
    DropConfirmed,
    DropTicket,
    HelpHeard,
    HelpingChosen,
    HelpingEnded,
    HelpPressed,
    HelpWritten,
    LetterErased,
    LetterTyped,
    ScanRefused,
    SecondAnswered,
    SlipFound,
    SlipNoted,
    StayChosen,
    WhyAsked,
    WhyClosed,
)
from kiosk.visit_moves import (
    Handler,
    Step,
    awake,
    fresh,
    goto,
    help_others,
    is_open_to_scans,
    notice,
    say,
    take_number,
)

RESTING = frozenset({Place.OUT_OF_SERVICE, Place.CLOSED})
"""Places where nothing can be begun, but help can be called."""

LONGEST_CODE = 10
"""Letters of a code that the key pad takes; what they mean, only the office says."""


# --- a second number, and a helper ----------------------------------------------------------------


def _answer_second(visit: Visit, event: SecondAnswered, now: float, times: Times) -> Step:
    if event.take:
        return take_number(replace(visit, second=True), now, times)
    kept = replace(fresh(visit, now, times), taken=visit.taken)
    return notice(kept, "common.toast_ok", now, times)


def _help_at_second(visit: Visit, _: Event, now: float, times: Times) -> Step:
    return take_number(replace(visit, helping=True), now, times)


def _help_at_home(visit: Visit, _: Event, now: float, times: Times) -> Step:
    return help_others(visit, now, times), ()


def _end_helping(visit: Visit, _: Event, now: float, times: Times) -> Step:
    return fresh(visit, now, times), ()


def _ask_why(visit: Visit, _: Event, now: float, times: Times) -> Step:
    return replace(awake(visit, now, times), why=True), ()


def _close_why(visit: Visit, _: Event, now: float, times: Times) -> Step:
    return replace(awake(visit, now, times), why=False), ()


# --- a slip under the scanner -------------------------------------------------------------------------


def _start_of_scan(visit: Visit, now: float, times: Times) -> Visit | None:
    """The visit a scan may begin in; None where it would cut somebody off."""
    open = is_open_to_scans(visit) or visit.place in (Place.HELD, Place.CODE)
    if not open or visit.busy or visit.rating_id:
        return None
    start = visit if visit.place is Place.HOME else fresh(visit, now, times)
    return start if start.place is Place.HOME else None


def _find_slip(visit: Visit, event: SlipFound, now: float, times: Times) -> Step:
    start = _start_of_scan(visit, now, times)
    if start is None:
        return visit, ()
    return goto(start, Place.HELD, now, times.idle_prompt, slip=event.slip, asking_time=False), ()


def _refuse_scan(visit: Visit, event: ScanRefused, now: float, times: Times) -> Step:
    return notice(visit, f"scan.{event.why}", now, times) if is_open_to_scans(visit) else (visit, ())


def _stay(visit: Visit, _: Event, now: float, times: Times) -> Step:
    if visit.slip is None:
        return visit, ()
    return replace(visit, busy=True, touched=True), (ConfirmPresence(visit.slip.number, visit.slip.day),)


def _ask_drop(visit: Visit, _: Event, now: float, times: Times) -> Step:
    return goto(visit, Place.DROP, now, times.idle_prompt), ()


def _drop(visit: Visit, _: Event, now: float, times: Times) -> Step:
    if visit.slip is None:
        return visit, ()
    return replace(visit, busy=True, touched=True), (DropTicket(visit.slip.number, visit.slip.day),)


def _back_to_slip(visit: Visit, _: Event, now: float, times: Times) -> Step:
    return goto(visit, Place.HELD, now, times.idle_prompt), ()


def _slip_noted(visit: Visit, _: Event, now: float, times: Times) -> Step:
    if visit.place not in (Place.HELD, Place.DROP):
        return visit, ()
    word = "held.dropped" if visit.place is Place.DROP else "common.toast_ok"
    return notice(fresh(visit, now, times), word, now, times)


def _leave(visit: Visit, _: Event, now: float, times: Times) -> Step:
    return fresh(visit, now, times), ()


# --- an appointment -----------------------------------------------------------------------------------


def _type_code(visit: Visit, _: Event, now: float, times: Times) -> Step:
    return goto(visit, Place.CODE, now, times.idle_prompt, code=""), ()


def _type_letter(visit: Visit, event: LetterTyped, now: float, times: Times) -> Step:
    return replace(awake(visit, now, times), code=(visit.code + event.letter)[:LONGEST_CODE]), ()


def _erase_letter(visit: Visit, _: Event, now: float, times: Times) -> Step:
    return replace(awake(visit, now, times), code=visit.code[:-1]), ()


def _enter_code(visit: Visit, _: Event, now: float, times: Times) -> Step:
    return _ask_office(visit, visit.code) if visit.code else (visit, ())


def _scan_appointment(visit: Visit, event: AppointmentScanned, now: float, times: Times) -> Step:
    start = _start_of_scan(visit, now, times)
    return (visit, ()) if start is None else _ask_office(start, event.code)


def _ask_office(visit: Visit, code: str) -> Step:
    return replace(visit, busy=True, touched=True, asking_time=False), (AskAppointment(code),)


def _appointment_told(visit: Visit, event: AppointmentTold, now: float, times: Times) -> Step:
    if not visit.busy or visit.place not in (Place.HOME, Place.CODE):
        return visit, ()
    if event.booking is None:  # nobody can say: she chooses her matter, the office joins the two later
        home = goto(visit, Place.HOME, now, times.idle_prompt, code="", claim=event.code_hash)
        word = "appointment_checkin.cut_off" if event.code_hash else "appointment_checkin.no_office"
        return say(home, word, now, 2 * times.notice_stay), ()
    if event.booking.state is BookingState.UNKNOWN:
        return say(replace(awake(visit, now, times), busy=False), "appointment_checkin.unknown", now, 8), ()
    return goto(visit, Place.APPOINTMENT, now, times.idle_prompt, booking=event.booking, code=""), ()


def _arrive(visit: Visit, _: Event, now: float, times: Times) -> Step:
    booking = visit.booking
    if booking is None or booking.state not in COMES:
        return visit, ()
    hour = booking.at if booking.kind == "visit" and booking.state is BookingState.NOW else ""
    asked = IssueTicket(
        visit.id, booking.service, priority=False, appointment_id=booking.appointment_id, appointment_at=hour
    )
    return replace(visit, service=booking.service, touched=True, busy=True), (asked,)


# --- somebody is needed ---------------------------------------------------------------------------------


def _call_help(visit: Visit, _: Event, now: float, times: Times) -> Step:
    if visit.help.state in (HelpState.NONE, HelpState.COMING) or now - visit.help.since >= times.help_again:
        calling = replace(awake(visit, now, times), help=Help(HelpState.CALLING, since=now))
        return say(calling, "help.calling", now, times.help_notice), (CallHelp(),)
    return _say_help(awake(visit, now, times), now, times), ()


def _help_written(visit: Visit, event: HelpWritten, now: float, times: Times) -> Step:
    return replace(visit, help=replace(visit.help, help_id=event.help_id)), ()


def _help_heard(visit: Visit, event: HelpHeard, now: float, times: Times) -> Step:
    known = visit.help
    state = HelpState.COMING if event.answered else HelpState.RINGING
    if not known.help_id or event.help_id != known.help_id or known.state is state:
        return visit, ()
    return _say_help(replace(visit, help=replace(known, state=state, since=now)), now, times), ()


def help_in_time(visit: Visit, now: float, times: Times) -> Visit:
    """A call that nobody hears says so in time; one that was answered ends when somebody has come."""
    known = visit.help
    if known.state is HelpState.CALLING and now - known.since >= times.help_unreached:
        return _say_help(replace(visit, help=replace(known, state=HelpState.UNREACHED, since=now)), now, times)
    if known.state is HelpState.COMING and now - known.since >= times.help_coming:
        return replace(visit, help=Help())
    return visit


def _say_help(visit: Visit, now: float, times: Times) -> Visit:
    return say(visit, f"help.{visit.help.state.value}", now, times.help_notice)


ALWAYS: dict[type[Event], Handler] = {
    HelpWritten: _help_written,
    HelpHeard: _help_heard,
    SlipFound: _find_slip,
    ScanRefused: _refuse_scan,
    SlipNoted: _slip_noted,
    AppointmentScanned: _scan_appointment,
    AppointmentTold: _appointment_told,
}
"""Told by other threads."""

ANYWHERE: dict[type[Event], Handler] = {HelpPressed: _call_help}
"""Keys that are on every screen, also where the kiosk rests."""

AT: dict[tuple[Place, type[Event]], Handler] = {
    (Place.HOME, HelpingChosen): _help_at_home,
    (Place.HOME, HelpingEnded): _end_helping,
    (Place.HOME, CodeChosen): _type_code,
    (Place.SECOND, SecondAnswered): _answer_second,
    (Place.SECOND, HelpingChosen): _help_at_second,
    (Place.NUMBER, WhyAsked): _ask_why,
    (Place.NUMBER, WhyClosed): _close_why,
    (Place.HELD, StayChosen): _stay,
    (Place.HELD, DropChosen): _ask_drop,
    (Place.HELD, BackPressed): _leave,
    (Place.DROP, DropConfirmed): _drop,
    (Place.DROP, BackPressed): _back_to_slip,
    (Place.CODE, LetterTyped): _type_letter,
    (Place.CODE, LetterErased): _erase_letter,
    (Place.CODE, CodeEntered): _enter_code,
    (Place.CODE, BackPressed): _leave,
    (Place.APPOINTMENT, ArrivalChosen): _arrive,
    (Place.APPOINTMENT, BackPressed): _leave,
    (Place.APPOINTMENT, DonePressed): _leave,
}
