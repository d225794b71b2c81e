"""What the doctor says of voice and loudspeaker: one sentence each, with the code where something is wrong."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kiosk.settings import Settings, read_settings
from kiosk.spoken import clip_names
from screens.announcer import voice_faults
from screens.findings import Finding, State
from screens.voice_findings import voice_findings
from tests.fakes.clock import FakeClock
from tests.fakes.voice import stub, write_clips


def _settings(folder: Path, lines: str) -> Settings:
    file = folder / "thanthien.toml"
    file.write_text(f"[speaker]\n{lines}\n", encoding="utf-8")
    return read_settings(file, data=folder).checked()


def _findings(folder: Path, lines: str) -> dict[str, Finding]:
    found = list(voice_findings(_settings(folder, lines), folder, FakeClock()))
    assert len({finding.what for finding in found}) == len(found)
    return {finding.what: finding for finding in found}


@pytest.fixture
def mute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine without any program."""
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    return tmp_path


def test_an_engine_without_a_speaker_is_fine(tmp_path: Path) -> None:
    assert _findings(tmp_path, "") == {"voice": Finding("voice", "espeak-ng speaks vi; no clips are set")}


def test_no_voice_is_a_note_as_long_as_nobody_wants_one(mute: Path) -> None:
    (finding,) = _findings(mute, "").values()
    assert finding.state is State.NOTE
    assert finding.told.startswith("P-132: no voice is installed")


def test_no_voice_for_a_speaker_is_trouble(mute: Path) -> None:
    found = _findings(mute, 'address = "file:calls"')
    assert found["voice"].state is State.TROUBLE
    assert found["speaker"].state is State.FINE


def test_clips_alone_are_a_voice(mute: Path) -> None:
    write_clips(mute / "clips", (f"vi/{name}" for name in clip_names("vi") if name not in ("le", "ngan")), 0.05)
    assert _findings(mute, 'clips = "clips"')["voice"].told.endswith("clips speak vi")
    (fault,) = voice_faults(_settings(mute, 'clips = "clips"\naccent = "south"').speaker)
    assert "P-132" in fault
    assert "vi/ lacks le, ngan" in fault


def test_few_clips_leave_the_rest_to_the_engine(tmp_path: Path) -> None:
    write_clips(tmp_path / "clips", ["vi/xin-moi"], 0.05)
    told = _findings(tmp_path, 'clips = "clips"')["voice"]
    assert told.state is State.FINE
    assert "espeak-ng says what they cannot" in told.told


def test_a_broken_clip_is_trouble_with_its_name(tmp_path: Path) -> None:
    write_clips(tmp_path / "clips", ["vi/xin-moi"], 0.05)
    (tmp_path / "clips" / "vi" / "B.wav").write_bytes(b"no sound")
    told = _findings(tmp_path, 'clips = "clips"')["voice"]
    assert told.state is State.TROUBLE
    assert told.told.startswith("C-414")
    assert "vi/B.wav" in told.told


def test_a_sound_card_is_given_a_moment_of_silence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}")
    stub(tmp_path / "bin", "aplay", "keeps")
    assert _findings(tmp_path, 'address = "alsa:default"')["speaker"].told == "alsa:default takes sound"
    stub(tmp_path / "bin", "aplay", "fails")
    assert "P-131" in _findings(tmp_path, 'address = "alsa:default"')["speaker"].told
