"""Recorded clips: a folder with ``vi/`` and ``en/`` in it, a WAV file a piece (``kiosk.spoken.clip_names``).

FOLDER/chime.wav   FOLDER/vi/xin-moi.wav   FOLDER/vi/B.wav   FOLDER/vi/muoi.wav   FOLDER/en/number.wav
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

from devices.voice.sound import FAINTEST, Sound, joined, read_wav, silence
from kiosk.problem import Problem
from kiosk.spoken import CHIME, PAUSE, clip_names

WRONG = "C-414"
LARGEST = 8 * 1024 * 1024
GAP_S = 0.04
"""Between two clips, so that words do not run into each other."""
PAUSE_S = 0.3


class ClipFolder:
    """The clips of a folder, read when they are first needed. Safe from any thread."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._held: dict[str, Sound | None] = {}

    def chime(self) -> Sound | None:
        """The office's own chime, or None."""
        return self._clip(CHIME)

    def sentence(self, language: str, clips: Sequence[str]) -> Sound | None:
        """The clips one after the other; None if one of them is missing or cannot be used."""
        if not clips:
            return None
        parts: list[Sound] = []
        for name in clips:
            part = silence(PAUSE_S) if name == PAUSE else self._clip(f"{language}/{name}")
            if part is None:
                return None
            parts += [part, silence(GAP_S)]
        return joined(parts[:-1])

    def missing(self, language: str) -> list[str]:
        """Which clips of a language are not there."""
        return [name for name in clip_names(language) if self._path(f"{language}/{name}") is None]

    def problems(self, languages: Sequence[str]) -> Iterator[Problem]:
        """One fault for the folder, or one for each file that is there and cannot be used."""
        if not self._folder.is_dir():
            yield Problem(WRONG, str(self._folder), 0, "", "there is no such folder of clips")
            return
        for name in (CHIME, *(f"{language}/{name}" for language in languages for name in clip_names(language))):
            path = self._path(name)
            if path is not None:
                try:
                    _read(path)
                except ValueError as fault:
                    yield Problem(WRONG, str(path.relative_to(self._folder)), 0, "", str(fault))

    def _clip(self, name: str) -> Sound | None:
        with self._lock:
            if name not in self._held:
                path = self._path(name)
                try:
                    self._held[name] = _read(path) if path else None
                except ValueError:
                    self._held[name] = None
            return self._held[name]

    def _path(self, name: str) -> Path | None:
        """The file of a clip, whatever the case of its name: cards from recorders shout."""
        within = self._folder / name
        try:
            return next(
                (one for one in within.parent.iterdir() if one.name.lower() == f"{within.name.lower()}.wav"), None
            )
        except OSError:
            return None


def _read(path: Path) -> Sound:
    """A clip at the level of all others; ``ValueError`` with the reason."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as fault:
        raise ValueError(fault.strerror or str(fault)) from None
    if len(data) > LARGEST:
        raise ValueError(f"it is larger than {LARGEST // 1024 // 1024} MB")
    sound = read_wav(data)
    if sound.peak <= FAINTEST:
        raise ValueError("there is nothing to hear in it")
    return sound.levelled()
