"""From a visit to the scene that shows it: names, texts, times and pictures looked up.

Equal visits at equal minutes give equal scenes, so whoever shows them can tell that
nothing changed and draw nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from kiosk.ballot import slip_address
from kiosk.clock import Clock, office_time
from kiosk.criteria import Answer, CriteriaSet, Criterion
from kiosk.dealing import CARD
from kiosk.lobby_views import KioskView
from kiosk.visit import Place, Times, Visit
from kiosk.waits import OwnLine
from kiosk.words import Words, words
from screens.touch.lobby_notes import booking_note, held_note, why_note, with_waits
from screens.touch.scene import (
    AnswerCard,
    BookMark,
    ClosedNote,
    OfficeTexts,
    QuestionCard,
    Scene,
    ServiceTile,
    TicketNote,
    TroubleNote,
)

RINGS = frozenset({Place.NUMBER, Place.NO_PAPER, Place.THANKS})
"""Places whose key shows how long they still stay."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SceneFacts:
    """What an office's settings and catalogue say, by language where a person reads it.

    ``services``: the tiles in force on a business day, in their order. ``closed``: the hours
    to show while the office is closed, None if there are none. ``server``: what phones are
    told (``HOST:PORT``), None while only the machine itself is served. ``words_of``: the words
    of a language, in the office's form of address. ``appointments``: whether a code can be looked up.
    """

    office: Mapping[str, OfficeTexts]
    services: Callable[[date, str], tuple[ServiceTile, ...]]
    closed: Callable[[datetime, str], ClosedNote | None]
    criteria: CriteriaSet
    order: str = "good-first"
    utc_offset_h: int = 7
    server: str | None = None
    words_of: Callable[[str], Words] = words
    appointments: bool = False


@dataclass(frozen=True, slots=True)
class OutsideVisit:
    """What a scene needs beside the visit: the book's mark (text, UTC), since when there is trouble (UTC),
    what the office told last (None if too old) and the kiosk's own line."""

    mark: tuple[str, datetime] | None = None
    trouble_at: datetime | None = None
    view: KioskView | None = None
    own: OwnLine = field(default_factory=OwnLine)


class SceneMaker:
    """Makes scenes."""

    def __init__(self, facts: SceneFacts, *, clock: Clock, times: Times) -> None:
        self._facts = facts
        self._clock = clock
        self._times = times

    def scene(self, visit: Visit, outside: OutsideVisit) -> Scene:
        """The scene of this moment."""
        said = self._facts.words_of(visit.language)
        now = self._local(self._clock.now())
        left, of = self._ring(visit)
        facts = self._facts
        tiles = with_waits(facts.services(now.date(), visit.language), outside.view, outside.own)
        names = {tile.id: tile.name for tile in tiles}
        return Scene(
            visit=visit,
            words=said,
            now=now.replace(second=0, microsecond=0),
            office=facts.office[visit.language],
            services=tiles,
            service_name=names.get(visit.ticket.service if visit.ticket else visit.service, ""),
            question=self._question(visit, said),
            ticket=self._ticket(visit, names),
            seconds_left=left,
            seconds_of=of,
            qr=slip_address(visit.ticket.ballot, facts.server) if visit.ticket else "",
            phones=facts.server is not None,
            trouble=self._trouble(visit, outside),
            closed=facts.closed(now, visit.language) if visit.place is Place.CLOSED else None,
            mark=self._mark(visit, outside),
            calls=outside.view is not None,
            help=visit.help.state,
            held=held_note(visit, names, self._local),
            booking=booking_note(visit, names, now, said),
            why=why_note(visit, _letter(visit), outside.view, said),
            appointments=facts.appointments,
        )

    def _local(self, moment: datetime) -> datetime:
        return office_time(moment, self._facts.utc_offset_h)

    def _ring(self, visit: Visit) -> tuple[int, int]:
        """Seconds left of how many; (0, 0) where nothing counts down before her eyes."""
        of = {
            Place.NUMBER: self._times.ticket_stay,
            Place.NO_PAPER: self._times.no_paper_stay,
            Place.THANKS: self._times.thanks_stay,
        }.get(visit.place, 0.0)
        if visit.asking_time:
            of = self._times.prompt
        return (min(visit.seconds_left(self._clock.monotonic()), round(of)), round(of)) if of else (0, 0)

    def _ticket(self, visit: Visit, names: Mapping[str, str]) -> TicketNote | None:
        if visit.ticket is None:
            return None
        ticket = visit.ticket
        return TicketNote(
            ticket.number,
            names.get(ticket.service, ""),
            self._local(ticket.at),
            priority=ticket.priority,
            appointment_at=ticket.appointment_at,
        )

    def _question(self, visit: Visit, said: Words) -> QuestionCard | None:
        if visit.place is Place.OVERALL:
            return self._card(self._facts.criteria.overall, said, eyebrow=said.say("rating_overall.eyebrow"), step=1)
        if visit.place is Place.CRITERION and visit.question:
            asked = self._facts.criteria.criterion(visit.questions[visit.question - 1])
            eyebrow = said.say("rating_criterion.eyebrow", promise=asked.promise[visit.language])
            return self._card(asked, said, eyebrow=eyebrow, step=visit.question + 1)
        return None

    def _card(self, asked: Criterion, said: Words, *, eyebrow: str, step: int) -> QuestionCard:
        answers = tuple(_answer(answer, said.language) for answer in asked.ordered(self._facts.order))
        steps = 1 + min(CARD, len(self._facts.criteria.criteria))
        return QuestionCard(eyebrow, asked.question[said.language], answers, step, steps)

    def _trouble(self, visit: Visit, outside: OutsideVisit) -> TroubleNote | None:
        if not visit.trouble:
            return None
        return TroubleNote(visit.trouble, self._local(outside.trouble_at) if outside.trouble_at else None)

    def _mark(self, visit: Visit, outside: OutsideVisit) -> BookMark | None:
        if visit.place is not Place.THANKS or outside.mark is None:
            return None
        text, at = outside.mark
        return BookMark(text, self._local(at))


def _letter(visit: Visit) -> str:
    """The letter whose number is on the screen, "" where none is."""
    return visit.ticket.number.rstrip("0123456789") if visit.place is Place.NUMBER and visit.ticket else ""


def _answer(answer: Answer, language: str) -> AnswerCard:
    return AnswerCard(answer.id, answer.words[language], answer.picture)
