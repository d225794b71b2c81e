"""A speech engine on this machine: espeak-ng, as a program that is given a few seconds."""

from __future__ import annotations

import shutil
from collections.abc import Mapping

from devices.voice.child import Child
from devices.voice.sound import FAINTEST, Sound, read_wav
from kiosk.trouble import PrinterTrouble

PROGRAM = "espeak-ng"
DEADLINE_S = 6.0
WORDS_A_MINUTE = 140
SPEAKERS: Mapping[tuple[str, str], str] = {
    ("vi", "north"): "vi", ("vi", "south"): "vi-vn-x-south", ("en", "north"): "en", ("en", "south"): "en",
}  # fmt: skip


class Espeak:
    """Says a sentence. ``accent``: "north" or "south"."""

    def __init__(self, accent: str = "north", *, deadline_s: float = DEADLINE_S) -> None:
        self._accent = accent
        self._deadline_s = deadline_s

    @staticmethod
    def is_there() -> bool:
        """Whether the program is installed."""
        return shutil.which(PROGRAM) is not None

    def say(self, text: str, language: str) -> Sound:
        """The sentence as sound; ``PrinterTrouble`` P-132 if there is no engine, or it fails or hangs."""
        speaker = SPEAKERS[language, self._accent]
        command = [PROGRAM, "-v", speaker, "-s", str(WORDS_A_MINUTE), "-b", "1", "--stdin", "--stdout"]
        try:
            ended = Child().run(command, text.encode(), deadline_s=self._deadline_s)
        except OSError as fault:
            raise PrinterTrouble("P-132", detail=f"{PROGRAM}: {fault.strerror}") from None
        if ended.code != 0:
            raise PrinterTrouble("P-132", detail=f"{PROGRAM}: {ended.words or f'it ended with {ended.code}'}")
        try:
            sound = read_wav(ended.output)
        except ValueError as fault:
            raise PrinterTrouble("P-132", detail=f"{PROGRAM}: {fault}") from None
        if sound.peak <= FAINTEST:
            raise PrinterTrouble("P-132", detail=f"{PROGRAM} said nothing")
        return sound.levelled()
