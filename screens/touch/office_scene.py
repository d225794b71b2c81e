"""What an office's settings and catalogue mean for its touch screen and its slips."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import lru_cache

from kiosk.address_form import addressed_words
from kiosk.appointment_slip import Reminder, reminder_slip
from kiosk.catalogue import Catalogues
from kiosk.clock import Clock
from kiosk.criteria import CriteriaSet
from kiosk.opening import OpeningHours
from kiosk.settings import Settings
from kiosk.slip import Slip
from kiosk.ticket_slip import SlipOffice, ticket_slip
from kiosk.tickets import Ticket
from kiosk.waits import Waiting
from kiosk.words import DEFAULT_LANGUAGE, LANGUAGES, Words, words
from screens.touch.closed_note import closed_note
from screens.touch.scene import OfficeTexts, ServiceTile
from screens.touch.scene_maker import SceneFacts


def scene_facts(
    settings: Settings, catalogues: Catalogues, criteria: CriteriaSet, *, opening: OpeningHours
) -> SceneFacts:
    """Everything the scenes of this office need to know."""
    office: Mapping[str, OfficeTexts] = {language: office_texts(settings, words(language)) for language in LANGUAGES}

    @lru_cache(maxsize=4)
    def services(day: date, language: str) -> tuple[ServiceTile, ...]:
        return tuple(
            ServiceTile(one.id, one.letter, one.icon, one.name(language), one.priority)
            for one in catalogues.on(day).services
        )

    return SceneFacts(
        office=office,
        services=services,
        closed=closed_note(opening),
        criteria=criteria,
        order=settings.kiosk.answers_order,
        utc_offset_h=settings.office.utc_offset_h,
        server=settings.server.address,
        words_of=lambda language: addressed_words(language, settings.office.address_form),
        appointments=True,
    )


def office_texts(settings: Settings, said: Words) -> OfficeTexts:
    """What the office is called on the screen; what is unknown is left out."""
    office = settings.office
    return OfficeTexts(
        said.say("common.office_small"),
        office_name(settings, said),
        said.say("common.promise"),
        phone=office.phone,
        help_desk=office.help_desk,
    )


def office_name(settings: Settings, said: Words) -> str:
    """The office's name, which goes on behind "Ủy ban nhân dân"; the built-in one in the language of ``said``."""
    name = settings.office.name
    if name == words(DEFAULT_LANGUAGE).say("common.office"):
        name = said.say("common.office")
    return name


def reminder_maker(settings: Settings, clock: Clock) -> Callable[[Reminder], Slip]:
    """What makes the paper of an appointment: in Vietnamese, for whoever reads it at the counter."""
    said = addressed_words(DEFAULT_LANGUAGE, settings.office.address_form)
    office = SlipOffice(
        office_name(settings, said), settings.kiosk.id, settings.office.utc_offset_h, settings.server.address
    )

    def slip_of(reminder: Reminder) -> Slip:
        return reminder_slip(reminder, office=office, phone=settings.office.phone or "", words=said, now=clock.now())

    return slip_of


def slip_maker(
    settings: Settings, catalogues: Catalogues, clock: Clock
) -> Callable[[Ticket, bool, Waiting | None], Slip]:
    """What makes a ticket's paper, or that of its copy: in Vietnamese, for whoever reads it at the counter."""
    said = addressed_words(DEFAULT_LANGUAGE, settings.office.address_form)
    office = SlipOffice(
        office_name(settings, said), settings.kiosk.id, settings.office.utc_offset_h, settings.server.address
    )

    def slip_of(ticket: Ticket, copy: bool, waiting: Waiting | None) -> Slip:
        service = catalogues.on(ticket.day).service(ticket.service).name(DEFAULT_LANGUAGE)
        again_at: datetime | None = clock.now() if copy else None
        return ticket_slip(ticket, office=office, service=service, words=said, waiting=waiting, again_at=again_at)

    return slip_of
