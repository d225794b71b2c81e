"""The slip of a ticket: what stands on it, in which order (ux 7, look/slip_ticket).

People ahead and a range of minutes stand on it only when somebody truly knows them: an
unknown number is left out, never printed as zero.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kiosk.ballot import slip_address
from kiosk.clock import office_time
from kiosk.slip import Band, Cell, Cells, Code, Element, Ends, Head, Line, Mark, Number, Rule, Slip, Title
from kiosk.tickets import Ticket
from kiosk.waits import Waiting
from kiosk.words import Words


@dataclass(frozen=True, slots=True)
class SlipOffice:
    """Whose slip: the office's name, the kiosk's place, its hour, and the server phones can reach (or None)."""

    name: str
    kiosk_id: str
    utc_offset_h: int
    server: str | None = None


def ticket_slip(
    ticket: Ticket,
    *,
    office: SlipOffice,
    service: str,
    words: Words,
    waiting: Waiting | None = None,
    again_at: datetime | None = None,
) -> Slip:
    """The slip of a ticket; with ``again_at`` (UTC) its copy, marked BẢN SAO with both times.

    ``service`` is the service's name in the language of ``words``.
    """
    elements: list[Element] = [Head(words.say("common.office_small"), office.name), Band()]
    if again_at is not None:
        elements.append(Mark(words.say("slip_ticket.copy")))
    elements += [Title(service), Number(ticket.number)]
    if ticket.priority:
        elements.append(Line(words.say("slip_ticket.priority"), strong=True))
    if ticket.appointment_at:
        elements.append(Line(words.say("slip_ticket.appointment", time=ticket.appointment_at), strong=True))
    elements += _known_wait(waiting, words)
    elements += _times(ticket, office, words, again_at, waiting)
    elements += [Rule(), _code(ticket, office, words), Rule()]
    elements += [Line(words.say("slip_ticket.missed")), Line(words.say("slip_ticket.thanks"))]
    elements += [Band(), Ends(_book(ticket, office, words), ticket.mark)]
    return Slip(id=f"{ticket.seq % 10_000:04d}", elements=tuple(elements))


def _known_wait(waiting: Waiting | None, words: Words) -> list[Element]:
    if waiting is None:
        return []
    label, value = _split(words.say("slip_ticket.ahead", n=waiting.ahead), str(waiting.ahead))
    cells = [Cell(label, value)]
    if waiting.minutes is not None:
        first, last = waiting.minutes
        label, value = _split(words.say("slip_ticket.range", a=first, b=last), str(first))
        cells.append(Cell(label, value))
    return [Cells(tuple(cells))]


def _split(text: str, figure: str) -> tuple[str, str]:
    """A sentence cut before its figure: small words above, the figure large below."""
    at = text.index(figure)
    return text[:at].strip(), text[at:].strip()


def _times(
    ticket: Ticket, office: SlipOffice, words: Words, again_at: datetime | None, waiting: Waiting | None
) -> list[Element]:
    at = office_time(ticket.at, office.utc_offset_h)
    values = {"time": f"{at:%H:%M}", "date": f"{at:%d/%m/%Y}"}
    if waiting is not None and waiting.minutes is not None:
        lines: list[Element] = [Line(words.say("slip_ticket.basis", k=waiting.counters, **values))]
    else:
        lines = [Line(words.say("slip_ticket.issued_at", **values))]
    if again_at is not None:
        again = office_time(again_at, office.utc_offset_h)
        lines.append(Line(words.say("slip_ticket.printed_again", time=f"{again:%H:%M}"), strong=True))
    return lines


def _code(ticket: Ticket, office: SlipOffice, words: Words) -> Code:
    content = slip_address(ticket.ballot, office.server)
    how = words.say("slip_ticket.rate_sub" if office.server else "slip_ticket.rate_sub_machine")
    return Code(content, words.say("slip_ticket.rate"), how)


def _book(ticket: Ticket, office: SlipOffice, words: Words) -> str:
    place = office.kiosk_id.removeprefix("kiosk-")
    return words.say("slip_ticket.book", m=place, seq=f"{ticket.seq:,}".replace(",", "."))
