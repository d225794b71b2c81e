"""Time, as a thing that is handed in.

Nobody here calls ``time.time()``: a movable clock is what lets tests live
through a month in a second, and a jumping wall clock be told from a true one.
"""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Protocol

INSTANT_FORMAT = "%Y-%m-%dT%H:%M:%S.%fZ"


class Clock(Protocol):
    """Where the time comes from."""

    def now(self) -> datetime:
        """The wall clock, aware, in UTC."""

    def monotonic(self) -> float:
        """Seconds that never go back; only differences mean anything."""


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """The wall clock, aware, in UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Seconds since some start, never going back."""
        return time.monotonic()


def instant_text(moment: datetime) -> str:
    """An instant in the one spelling that is hashed: ``2026-11-22T08:00:00.000000Z``."""
    return moment.astimezone(UTC).strftime(INSTANT_FORMAT)


def instant(text: str) -> datetime:
    """The instant that :func:`instant_text` spelled; ``ValueError`` for any other spelling."""
    moment = datetime.strptime(text, INSTANT_FORMAT).replace(tzinfo=UTC)
    if instant_text(moment) != text:
        raise ValueError(f"not an instant: {text!r}")
    return moment


def office_time(moment: datetime, utc_offset_h: int) -> datetime:
    """The office's wall time of an instant, whatever the machine's own zone is."""
    return moment.astimezone(timezone(timedelta(hours=utc_offset_h)))


def business_day(moment: datetime, utc_offset_h: int) -> date:
    """The calendar day at the office at that instant."""
    return office_time(moment, utc_offset_h).date()
