"""The volume of calls over a day."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from devices.address import find_speaker_faults
from kiosk.settings import Reading, read_settings
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


def _read(folder: Path, lines: str) -> Reading:
    file = folder / "thanthien.toml"
    file.write_text(f"[speaker]\n{lines}\n", encoding="utf-8")
    return read_settings(file, data=folder, speaker_fault=find_speaker_faults)


def test_a_loudspeaker_is_set_in_a_few_lines(tmp_path: Path) -> None:
    lines = f'address = "alsa:default"\nclips = "clips"\nlanguages = "vi+en"\nvolume = "{WRITTEN}"'
    speaker = _read(tmp_path, lines).checked().speaker
    assert (speaker.address, speaker.clips, speaker.languages) == ("alsa:default", tmp_path / "clips", "vi+en")
    assert speaker.volume == read_volume(WRITTEN)
    assert _read(tmp_path, "volume = 35").checked().speaker.volume.usual == 35


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('volume = "loud"', "'loud' is not like 11:30-13:30 40"),
        ("volume = 130", "130 % is louder than 100 %"),
        ('address = "tcp://host:9100"', "is not like alsa:default or file:calls"),
        ('languages = "en"', "en"),
        ('accent = "central"', "central"),
    ],
)
def test_a_wrong_line_of_the_loudspeaker_is_told_with_its_place(tmp_path: Path, line: str, told: str) -> None:
    (problem,) = _read(tmp_path, line).problems
    assert (problem.code, problem.line) == ("C-403", 2)
    assert told in problem.text()
