"""Loudspeakers by address: a sound card through ALSA, or a folder that keeps every call as a WAV file."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Protocol

from devices.address import AlsaAddress, parse_speaker
from devices.voice.child import Child
from devices.voice.sound import Sound
from kiosk.clock import Clock
from kiosk.trouble import PrinterTrouble

PLAYER = "aplay"
SPARE_S = 4.0
"""What a sound card may take beyond the sound itself."""
KEPT_FILES = 200


class Speaker(Protocol):
    """Where sound comes out."""

    name: str

    def play(self, sound: Sound, percent: int) -> None:
        """Play to the end, that loud; ``PrinterTrouble`` P-131 if it cannot be heard. Never blocks for long."""

    def close(self) -> None:
        """Be silent at once; may be called while another thread plays."""


def speaker_at(address: str, *, data_folder: Path, clock: Clock) -> Speaker:
    """The loudspeaker at an address; relative folders count from ``data_folder``. Opens nothing yet.

    ``PrinterTrouble`` P-120 for an address that is none.
    """
    meant = parse_speaker(address)
    if isinstance(meant, AlsaAddress):
        return AlsaSpeaker(meant.name)
    return FolderSpeaker(data_folder / meant.folder, clock)


class AlsaSpeaker:
    """A sound card, through ``aplay``, which may hang or die without harm."""

    def __init__(self, device: str) -> None:
        self.name = f"alsa:{device}"
        self.spare_s = SPARE_S
        self._device = device
        self._child = Child()

    @property
    def playing(self) -> bool:
        """Whether a player is there, at work or stuck."""
        return self._child.running

    def play(self, sound: Sound, percent: int) -> None:
        """Play to the end; P-131 if the player fails, is missing, or does not end in time."""
        if self.playing:
            raise PrinterTrouble("P-131", detail=f"{self.name}: the last call still hangs in it")
        command = [PLAYER, "--quiet", "--device", self._device, "-"]
        try:
            ended = self._child.run(command, _loud(sound, percent), deadline_s=sound.seconds + self.spare_s)
        except OSError as fault:
            raise PrinterTrouble("P-131", detail=f"{PLAYER}: {fault.strerror}") from None
        if ended.code != 0:
            raise PrinterTrouble("P-131", detail=f"{self.name}: {ended.words or f'{PLAYER} ended with {ended.code}'}")

    def close(self) -> None:
        """Stop the player."""
        self._child.stop()


class FolderSpeaker:
    """Every call as a WAV file, the newest :data:`KEPT_FILES` of them."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        self.name = f"file:{folder}"
        self._folder = folder
        self._clock = clock
        self._count = 0

    def play(self, sound: Sound, percent: int) -> None:
        """Write the file whole, under the moment of its call; P-131 if the folder cannot be written."""
        self._count += 1
        path = self._folder / f"{self._clock.now():%Y%m%d-%H%M%S}-{self._count:06d}.wav"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            unfinished = path.with_suffix(".part")
            unfinished.write_bytes(_loud(sound, percent))
            os.replace(unfinished, path)
            for old in sorted(self._folder.glob("*.wav"))[:-KEPT_FILES]:
                old.unlink(missing_ok=True)
        except OSError as fault:
            raise PrinterTrouble("P-131", detail=f"{self.name}: {fault.strerror}") from None

    def close(self) -> None:
        """Nothing is open."""


def _loud(sound: Sound, percent: int) -> bytes:
    return (sound if percent == 100 else sound.scaled(percent / 100)).wav()
