"""Sounds, clips and programs of a voice, made for tests: tones instead of words, and engines that misbehave."""

from __future__ import annotations

import math
import wave
from array import array
from collections.abc import Iterable
from pathlib import Path

from devices.voice.sound import RATE, Sound
from kiosk.trouble import PrinterTrouble

STUBS = {
    "hangs": "exec sleep 600",
    "fails": "echo 'no such voice' >&2; exit 3",
    "silent": "exit 0",
    "noise": "head -c 2000 /dev/urandom",
    "keeps": 'cat > "$0.heard"',
}
"""Programs that stand in for a speech engine or a player: what their shell does."""


class FakeEngine:
    """Says every sentence as one second of a tone; ``said`` keeps them."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def say(self, text: str, language: str) -> Sound:
        """A second of sound."""
        self.said.append(text)
        return tone(1.0)


class NoEngine:
    """A machine without a speech engine."""

    def say(self, text: str, language: str) -> Sound:
        """P-132."""
        raise PrinterTrouble("P-132", detail="espeak-ng")


class FakeSpeaker:
    """Keeps what it was given; ``dead`` makes it fail as a broken cable does."""

    def __init__(self) -> None:
        self.name = "fake"
        self.played: list[tuple[Sound, int]] = []
        self.dead = False

    def play(self, sound: Sound, percent: int) -> None:
        """Played at once."""
        if self.dead:
            raise PrinterTrouble("P-131", detail=self.name)
        self.played.append((sound, percent))

    def close(self) -> None:
        """Nothing is open."""


def tone(seconds: float, *, peak: float = 0.5) -> Sound:
    """A tone of 440 Hz."""
    return Sound(_samples(seconds, RATE, peak))


def write_clip(path: Path, seconds: float = 0.2, *, rate: int = RATE, channels: int = 1, peak: float = 0.3) -> None:
    """A WAV file with a tone in it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    samples = _samples(seconds, rate, peak)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(array("h", (one for one in samples for _ in range(channels))).tobytes())


def write_clips(folder: Path, names: Iterable[str], seconds: float = 0.2) -> None:
    """A clip for each name, like ``vi/B``."""
    for name in names:
        write_clip(folder / f"{name}.wav", seconds)


def stub(folder: Path, name: str, does: str) -> None:
    """A program of that name which does what :data:`STUBS` says."""
    folder.mkdir(parents=True, exist_ok=True)
    program = folder / name
    program.write_text(f"#!/bin/sh\n{STUBS[does]}\n")
    program.chmod(0o755)


def _samples(seconds: float, rate: int, peak: float) -> array[int]:
    count = round(seconds * rate)
    return array("h", (round(peak * 32_767 * math.sin(2 * math.pi * 440 * at / rate)) for at in range(count)))
