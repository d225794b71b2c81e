"""The real office server, a real counter, a TV and a loudspeaker: a press is heard and seen."""

from __future__ import annotations

import json
import os
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from devices.voice.sound import read_wav
from tests.doors.served_office import ServedOffice
from tests.fakes.voice import stub
from tests.fakes.waiting import until

QUICK_S = 5.0


class SpeakingOffice(ServedOffice):
    """An office server with a loudspeaker; ``speaker``: lines of its settings."""

    def __init__(self, data: Path, speaker: str) -> None:
        super().__init__(data, counters=2)
        self._speaker = speaker

    def prepare(self) -> None:
        """The settings of every office, and the loudspeaker's."""
        super().prepare()
        file = self.data / "served.toml"
        file.write_text(file.read_text(encoding="utf-8") + f"[speaker]\n{self._speaker}\n", encoding="utf-8")

    def board(self) -> dict[str, Any]:
        """The first view of the board's stream."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/board/live", timeout=10) as stream:
            for raw in stream:
                if raw.startswith(b"data: "):
                    told = json.loads(raw.removeprefix(b"data: "))
                    assert isinstance(told, dict)
                    return told
        raise AssertionError("the stream ended without a view")

    def fetch(self, path: str) -> bytes:
        """What stands at an address."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=10) as answer:
            body: bytes = answer.read()
            return body


def _wavs(office: ServedOffice) -> list[Path]:
    return sorted((office.data / "calls").glob("*.wav"))


@pytest.fixture
def office(tmp_path: Path) -> Iterator[SpeakingOffice]:
    (tmp_path / "data").mkdir()
    with SpeakingOffice(tmp_path / "data", 'address = "file:calls"\nlanguages = "vi+en"\nvolume = "60"') as made:
        yield made


def test_a_press_is_heard_in_the_hall_and_seen_on_the_board(office: SpeakingOffice) -> None:
    assert office.board()["now"] is None
    office.send_tickets(3, services=("B",))
    counter = office.counter(1)
    status, told = counter.press("next")
    assert status == 200
    number = told["view"]["current"]["row"]["number"]
    until(lambda: len(_wavs(office)) == 1)
    sound = read_wav(_wavs(office)[0].read_bytes())
    assert 5.0 < sound.seconds < 20.0, "chime, Vietnamese twice, English"
    assert 0.1 < sound.peak < 0.9
    shown = office.board()
    assert (shown["now"]["number"], shown["now"]["counter"], shown["open"]) == (number, "1", True)
    assert shown["counts"]["called_count"] == 1
    same = read_wav(office.fetch(f"/board/voice/{shown['now']['call']}.wav"))
    assert same.seconds == pytest.approx(sound.seconds, abs=0.01)
    counter.press("recall")
    until(lambda: len(_wavs(office)) == 2)
    counter.close()
    assert b'<template id="told">' in office.fetch("/board")
    assert json.loads(office.fetch("/board/around"))["slides"]


def test_a_dead_sound_card_delays_no_press(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}")
    stub(tmp_path / "bin", "aplay", "hangs")
    (tmp_path / "data").mkdir()
    with SpeakingOffice(tmp_path / "data", 'address = "alsa:default"') as office:
        office.send_tickets(10, services=("B",))
        counter = office.counter(1)
        started = time.monotonic()
        for _ in range(5):
            assert counter.press("next")[0] == 200
            assert counter.press("miss")[0] == 200
        assert time.monotonic() - started < QUICK_S
        counter.close()
        begun = time.monotonic()
        office.stop()
        assert time.monotonic() - begun < QUICK_S
