"""The facts that are written with a number: what was said of its wait, whose second it is, whom it is for."""

from __future__ import annotations

from kiosk.appointment_facts import AppointmentCheckedIn, AppointmentClaimed
from kiosk.fact import Fact
from kiosk.line_facts import TicketAssisted, TicketSecond
from kiosk.visit_events import IssueTicket
from kiosk.waits import Expected


def facts_along(asked: IssueTicket, number: str, said: Expected | None) -> tuple[Fact, ...]:
    """Everything that is true of this number from its first moment."""
    facts: list[Fact] = []
    if said is not None:
        facts.append(said.fact(number))
    if asked.held:
        facts.append(TicketSecond(number, asked.held))
    if asked.assisted:
        facts.append(TicketAssisted(number))
    if asked.appointment_id:
        facts.append(AppointmentCheckedIn(asked.appointment_id, number))
    if asked.claim:
        facts.append(AppointmentClaimed(asked.claim, number))
    return tuple(facts)
