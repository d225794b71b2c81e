"""Office hours are told in the words they are written in."""

from __future__ import annotations

from datetime import time

from hypothesis import given
from hypothesis import strategies as some

from kiosk.office_hours import OfficeHours, Span, read_hours

_TIMES = some.lists(
    some.times(max_value=time(23, 59)).map(lambda moment: moment.replace(second=0, microsecond=0)),
    max_size=6,
    unique=True,
).map(sorted)


def _spans(times: list[time]) -> tuple[Span, ...]:
    return tuple(Span(start, end) for start, end in zip(times[::2], times[1::2], strict=False))


@given(week=some.lists(_TIMES.map(_spans), min_size=7, max_size=7))
def test_hours_written_down_are_read_as_the_same_hours(week: list[tuple[Span, ...]]) -> None:
    hours = OfficeHours(tuple(week))
    assert str(hours) == "" if not any(week) else read_hours(str(hours)) == hours


def test_days_alike_are_joined() -> None:
    assert str(read_hours("T2,T3 7h30-11:30;  Wed-Fri 07:30 – 11:30; CN 8:00-9:00")) == (
        "Mon-Fri 07:30-11:30; Sun 08:00-09:00"
    )
