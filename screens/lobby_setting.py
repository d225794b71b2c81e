"""How an office's lobby is set up: its counters and rules, its hours, its series of numbers, its slips."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from kiosk.counters import Counter
from kiosk.line_rules import LineRules
from kiosk.lobby_views import ServiceLine
from kiosk.opening import OpeningHours

WORK_S = 600
"""What one citizen is reckoned to take at a counter while nobody was served yet that day."""


@dataclass(frozen=True, slots=True)
class LobbySetting:
    """``counters_on`` and ``services_on`` say which there are on a day, ``letter_of`` a service's series letter
    (raises ``SettingsTrouble`` C-413 for one that is not in force). ``slip_server`` is what phones are told,
    None while nobody beyond the machine is served; ``secret``: 32 bytes of this server."""

    rules: LineRules
    counters_on: Callable[[date], Sequence[Counter]]
    services_on: Callable[[date], Sequence[str]]
    opening: OpeningHours
    letter_of: Callable[[str, date], str]
    slip_server: str | None
    secret: bytes
    utc_offset_h: int = 7


def closing(opening: OpeningHours, day: date) -> datetime | None:
    """When the office closes for the day, in naive office time; None without hours and on a day off."""
    spans = opening.spans(day)
    return datetime.combine(day, spans[-1].end) if spans else None


def is_over(opening: OpeningHours, moment: datetime, *, grace: timedelta = timedelta()) -> bool:
    """Whether the office is not coming back today: it closed ``grace`` ago or longer, or has a day off."""
    if opening.always:
        return False
    closes = closing(opening, moment.date())
    return closes is None or moment.replace(tzinfo=None) >= closes + grace


def open_left_s(opening: OpeningHours, moment: datetime) -> int | None:
    """Seconds of office hours that are left today, breaks not counted; None where nobody told the hours."""
    if opening.always:
        return None
    now = moment.replace(tzinfo=None)
    return int(sum(_left(opening, now), timedelta()).total_seconds())


def _left(opening: OpeningHours, now: datetime) -> Iterator[timedelta]:
    for span in opening.spans(now.date()):
        start, end = datetime.combine(now.date(), span.start), datetime.combine(now.date(), span.end)
        yield max(timedelta(), end - max(start, now))


def is_full(line: ServiceLine, left_s: int | None, *, last_ticket_s: int = 0) -> bool:
    """Whether those who wait for a service already are all that can be served until the office closes.

    ``left_s`` seconds of office hours are left (None: nobody told them); in the last ``last_ticket_s`` of
    them no number is given, however few wait.
    """
    if left_s is None:
        return False
    if left_s <= last_ticket_s:
        return True
    counters, served = max(1, line.basis.counters), line.basis.service_s
    each_s = sum(served) / len(served) if served else WORK_S
    return line.waiting_count * each_s / counters >= left_s
