"""The last number before closing: by a set time, or when those who wait already fill the rest of the day.

Giving a number that will expire is a promise broken in advance, so the tile says "full for today" instead.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from kiosk.estimates import nearest_rank
from kiosk.line_rules import LineRules
from kiosk.lobby_views import WaitBasis
from kiosk.opening import OpeningHours

LEAST_TIMES = 5
"""Service times without which nobody can say what the rest of the day holds."""


def is_full(waiting_count: int, basis: WaitBasis, *, now: datetime, hours: OpeningHours, rules: LineRules) -> bool:
    """Whether a service gives no more numbers today. ``now``: office time.

    With ``last_ticket_min``, from so many minutes before the day's last closing. Otherwise by capacity:
    when the open counters, at the median of their last service times, cannot serve those who wait and
    one more before it. Never full without hours, without an open counter or with too few times to judge by.
    """
    closing = hours.last_closing(now)
    if closing is None:
        return False
    if rules.last_ticket_min and now >= closing - timedelta(minutes=rules.last_ticket_min):
        return True
    if not basis.counters or len(basis.service_s) < LEAST_TIMES:
        return False
    left_s = hours.seconds_left(now)
    return (waiting_count + 1) * nearest_rank(basis.service_s, 50) > left_s * basis.counters
