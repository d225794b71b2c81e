"""Which number of the day was taken with which appointment, whichever of the two is told first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from kiosk.appointments import RESULT
from kiosk.clock import instant, instant_text, office_time
from kiosk.line_rules import LineRules


@dataclass(frozen=True, slots=True)
class Kept:
    """What a number stands by. ``at``: "10:45" office time; ``fetches``: a result, which has no hour of its own."""

    at: str
    fetches: bool


class LineAppointments:
    """A fold: appointments of the day and results of any day, and the numbers that were taken with them."""

    def __init__(self, day: date) -> None:
        self._day = day.isoformat()
        self._kept: dict[str, Kept] = {}
        self._names: dict[str, str] = {}
        self._claims: dict[str, set[str]] = defaultdict(set)

    def book(self, body: Mapping[str, Any]) -> Iterator[tuple[str, Kept]]:
        """An appointment was made; gives the numbers that were taken with it before this was known."""
        fetches = body["kind"] == RESULT
        if body["on_day"] != self._day and not fetches:
            return
        name, code = str(body["appointment_id"]), str(body["code_hash"])
        kept = self._kept[name] = Kept(str(body["at"]), fetches)
        self._names[code] = name
        for number in sorted(self._claims[name] | self._claims[code]):
            yield number, kept

    def claim(self, number: str, named: str) -> Kept | None:
        """A number was taken with this appointment or code; what it stands by, if that is known."""
        self._claims[named].add(number)
        return self._kept.get(self._names.get(named, named))


def order_of(kept: Kept, issued_at: str, day: date, rules: LineRules, *, utc_offset_h: int) -> str:
    """The time by which a number with an appointment stands in line, UTC text; "" for one that came too late.

    Who fetches a result stands by her issue: on its day, earlier once it is ready, or later.
    """
    if kept.fetches:
        return issued_at
    hour, minute = map(int, kept.at.split(":"))
    zone = office_time(instant(issued_at), utc_offset_h).tzinfo
    at = datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone)
    late = instant(issued_at) > at + timedelta(minutes=rules.appointment_late_min)
    return "" if late else instant_text(at - timedelta(minutes=rules.appointment_lead_min))
