"""The slip of an appointment, PHIẾU NHẮC HẸN: what stands on it, in which order (look/slip_appointment).

It reminds and is not the legal receipt, and says so under its title. Whatever is not known, a
counter, a dossier code, a telephone, is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from kiosk.appointment_code import code_address, spaced
from kiosk.appointments import RESULT
from kiosk.clock import office_time
from kiosk.opening import day_name
from kiosk.slip import Band, Code, Element, Ends, Field, Head, Heading, Hour, Line, Note, Rule, Slip
from kiosk.ticket_slip import SlipOffice
from kiosk.words import Words


@dataclass(frozen=True, slots=True)
class Reminder:
    """What a reminder says. ``kind``: "visit" or "result"; ``matter``: the service's name in the slip's language;
    ``at``: "15:00" office time; ``code``: the ten letters; ``dossier`` "" for none; ``holidays``: rest days by
    law that are already counted, ``provisional`` if one of them is not fixed yet; ``late_min``: how long the
    turn of a visit holds after its hour."""

    appointment_id: str
    kind: str
    matter: str
    on_day: date
    at: str
    counter: str
    code: str
    dossier: str = ""
    holidays: tuple[date, ...] = ()
    provisional: bool = False
    late_min: int = 30


def read_reminder(told: Mapping[str, Any]) -> Reminder:
    """A reminder as the office's server sends it, in JSON; KeyError, TypeError or ValueError for anything else."""
    days = {"on_day": date.fromisoformat(told["on_day"]), "holidays": tuple(map(date.fromisoformat, told["holidays"]))}
    return Reminder(**{**told, **days})


def reminder_slip(reminder: Reminder, *, office: SlipOffice, phone: str, words: Words, now: datetime) -> Slip:
    """The slip of an appointment, printed at ``now`` (UTC)."""
    is_result = reminder.kind == RESULT
    elements: list[Element] = [
        Head(words.say("common.office_small"), office.name),
        Band(),
        Heading(words.say("slip_appointment.title")),
        Line(words.say("slip_appointment.not_legal")),
        _hour(reminder, words, is_result=is_result),
        *_fields(reminder, words, is_result=is_result),
        Rule(),
        _code(reminder, office, words),
        Rule(),
        *_promises(reminder, words, phone, is_result=is_result),
        Band(),
        Ends(_printed(office, words, now), _counter(reminder, words)),
    ]
    return Slip(id=reminder.code[-4:], elements=tuple(elements))


def _hour(reminder: Reminder, words: Words, *, is_result: bool) -> Hour:
    hours, minutes = reminder.at.split(":")
    at = words.say("slip_appointment.hour", h=hours, m=minutes)
    day = f"{day_name(reminder.on_day, words)}, {reminder.on_day:%d/%m/%Y}"
    above = words.say("slip_appointment.collect" if is_result else "slip_appointment.come")
    below = words.say("slip_appointment.at", n=reminder.counter) if reminder.counter else ""
    return Hour(above, at, day, below)


def _fields(reminder: Reminder, words: Words, *, is_result: bool) -> list[Element]:
    fields = [("matter", reminder.matter), ("code", reminder.dossier)]
    fields.append(
        ("bring", words.say("slip_appointment.bring_result" if is_result else "slip_appointment.bring_visit"))
    )
    return [Field(words.say(f"slip_appointment.{label}"), value) for label, value in fields if value]


def _code(reminder: Reminder, office: SlipOffice, words: Words) -> Code:
    text = words.say("slip_appointment.scan_sub", code=spaced(reminder.code).replace(" ", "\N{NO-BREAK SPACE}"))
    return Code(code_address(reminder.code, office.server), words.say("slip_appointment.scan"), text)


def _promises(reminder: Reminder, words: Words, phone: str, *, is_result: bool) -> list[Element]:
    if is_result:
        strong = words.say("slip_appointment.promise_strong")
        notes = [Note(words.say("slip_appointment.promise"), strong)]
    else:
        notes = [Note(words.say("slip_appointment.promise_visit", n=reminder.late_min))]
    if reminder.holidays:
        key = "holiday_provisional" if reminder.provisional else "holiday"
        notes.append(Note(words.say(f"slip_appointment.{key}", date=runs(reminder.holidays))))
    if phone:
        whole = phone.replace(" ", "\N{NO-BREAK SPACE}")
        notes.append(Note(words.say("slip_appointment.ask", phone=whole)))
    return list(notes)


def _printed(office: SlipOffice, words: Words, now: datetime) -> str:
    at = office_time(now, office.utc_offset_h)
    return words.say("slip_appointment.printed", time=f"{at:%H:%M}", date=f"{at:%d/%m/%Y}")


def _counter(reminder: Reminder, words: Words) -> str:
    return words.say("slip_appointment.counter", n=reminder.counter) if reminder.counter else ""


def runs(days: Iterable[date]) -> str:
    """Days as people write them, those in a row as one: ``24/11`` or ``16/02–20/02, 27/04``."""
    found: list[list[date]] = []
    for day in sorted(days):
        if found and day - found[-1][-1] == timedelta(days=1):
            found[-1].append(day)
        else:
            found.append([day])
    return ", ".join(f"{run[0]:%d/%m}" if len(run) == 1 else f"{run[0]:%d/%m}–{run[-1]:%d/%m}" for run in found)
