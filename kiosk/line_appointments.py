"""Which number of the day was taken with which appointment, whichever of the two is told first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from kiosk.appointments import RESULT
from kiosk.clock import instant, instant_text, office_time
from kiosk.line_rules import LineRules
from kiosk.line_ticket import OrderKey


@dataclass(frozen=True, slots=True)
class Kept:
    """What a number stands by. ``at``: "10:45" office time; ``fetches``: a result, which has no hour of its own."""

    at: str
    fetches: bool
    service: str = ""


class LineAppointments:
    """A fold: appointments of the day and results of any day, and the numbers that were taken with them.

    One appointment makes one number preferred, the first that was taken with it; one that was given up
    makes none. Each step gives the numbers that have to be looked at again.
    """

    def __init__(self, day: date) -> None:
        self._day = day.isoformat()
        self._kept: dict[str, Kept] = {}
        self._names: dict[str, str] = {}
        self._gone: set[str] = set()
        self._claims: dict[str, dict[str, OrderKey]] = defaultdict(dict)
        self._named: dict[str, str] = {}

    def book(self, body: Mapping[str, Any]) -> list[str]:
        """An appointment was made."""
        fetches = body["kind"] == RESULT
        if body["on_day"] != self._day and not fetches:
            return []
        name, code = str(body["appointment_id"]), str(body["code_hash"])
        self._kept[name] = Kept(str(body["at"]), fetches, str(body["service"]))
        self._names[code] = name
        return self._claimants(name)

    def cancel(self, name: str) -> list[str]:
        """An appointment was given up, or moved to another."""
        self._gone.add(name)
        return self._claimants(name)

    def claim(self, number: str, named: str, key: OrderKey) -> list[str]:
        """A number was taken with this appointment or code; ``key``: where its issue stands among others."""
        self._claims[named][number] = key
        self._named[number] = named
        return self._claimants(self._names.get(named, named))

    def of(self, number: str, service: str) -> Kept | None:
        """What a number stands by, None for nothing. A code that nobody could look up counts for its own service."""
        named = self._named.get(number, "")
        name = self._names.get(named, named)
        kept = self._kept.get(name)
        if kept is None or name in self._gone or (named in self._names and kept.service != service):
            return None
        return kept if self._claimants(name)[:1] == [number] else None

    def _claimants(self, name: str) -> list[str]:
        """The numbers taken with an appointment, the first first."""
        codes = [code for code, one in self._names.items() if one == name]
        keys = {number: key for named in (name, *codes) for number, key in self._claims[named].items()}
        return sorted(keys, key=keys.__getitem__)


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
