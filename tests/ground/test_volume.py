"""The volume of calls over a day."""

from __future__ import annotations

from datetime import datetime

import pytest

from kiosk.volume import USUAL, read_volume

WRITTEN = "07:00-11:30 80; 11:30-13:30 40; 13:30–17:00 75%; 60"


@pytest.mark.parametrize(
    ("hour", "minute", "percent"),
    [(6, 59, 60), (7, 0, 80), (11, 29, 80), (11, 30, 40), (13, 29, 40), (13, 30, 75), (16, 59, 75), (17, 0, 60)],
)
def test_each_moment_has_the_volume_of_its_span(hour: int, minute: int, percent: int) -> None:
    assert read_volume(WRITTEN).at(datetime(2026, 11, 23, hour, minute)) == percent


def test_one_number_is_the_whole_day_and_nothing_the_usual() -> None:
    noon = datetime(2026, 11, 23, 12, 0)
    assert read_volume("35").at(noon) == 35
    assert read_volume("").at(noon) == USUAL
    assert read_volume("12:00-13:00 0").at(noon) == 0


def test_a_schedule_is_written_as_it_is_read() -> None:
    schedule = read_volume(WRITTEN)
    assert read_volume(str(schedule)) == schedule


@pytest.mark.parametrize(
    "text", ["loud", "101", "07:00-11:30", "25:00-26:00 40", "11:30-07:00 80", "07:00-08:00 120", "-5"]
)
def test_what_is_no_schedule_is_told(text: str) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        read_volume(text)
