"""The voice of the lobby: announcements made from clips where they are all there, else by a speech engine."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from devices.voice.clips import ClipFolder
from devices.voice.engine import Espeak
from devices.voice.sound import Sound, chime, joined, silence
from kiosk.spoken import Saying

AFTER_CHIME_S = 0.15
BETWEEN_S = 0.7
KEPT = 24
"""Announcements held in memory; each is some ten seconds, half a megabyte."""


class Engine(Protocol):
    """Turns a sentence into sound."""

    def say(self, text: str, language: str) -> Sound:
        """The sentence as sound; ``PrinterTrouble`` P-132."""


class Voice:
    """Makes announcements. Safe from any thread; what was said lately is not made again."""

    def __init__(self, clips: ClipFolder | None, engine: Engine) -> None:
        self._clips = clips
        self._engine = engine
        self._lock = threading.Lock()
        self._kept: dict[tuple[str, ...], Sound] = {}
        self._chime: Sound | None = None

    def announce(self, sayings: Sequence[Saying]) -> Sound:
        """The chime, then the sentences with a breath between.

        ``PrinterTrouble`` P-132 if a clip is missing and no engine can speak instead. One voice a
        call: with any clip missing, all its sentences of that language are the engine's.
        """
        key = tuple(saying.text for saying in sayings)
        with self._lock:
            if key not in self._kept:
                made = self._made(sayings)
                while len(self._kept) >= KEPT:
                    self._kept.pop(next(iter(self._kept)))
                self._kept[key] = made
            return self._kept[key]

    def _made(self, sayings: Sequence[Saying]) -> Sound:
        recorded = {saying: self._from_clips(saying) for saying in sayings}
        lacking = {saying.language for saying, sound in recorded.items() if sound is None}
        parts = [self._own_chime(), silence(AFTER_CHIME_S)]
        for saying in sayings:
            sound = recorded[saying] if saying.language not in lacking else None
            parts += [sound or self._engine.say(saying.text, saying.language), silence(BETWEEN_S)]
        return joined(parts[:-1])

    def _from_clips(self, saying: Saying) -> Sound | None:
        return self._clips.sentence(saying.language, saying.clips) if self._clips else None

    def _own_chime(self) -> Sound:
        if self._chime is None:
            self._chime = (self._clips.chime() if self._clips else None) or chime()
        return self._chime


def voice_of(clips: Path | None, accent: str) -> Voice:
    """The voice that the settings mean."""
    return Voice(ClipFolder(clips) if clips else None, Espeak(accent))
