"""What the doctor hears of the voice: clips, speech engine, loudspeaker."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from devices.voice.engine import PROGRAM
from devices.voice.sound import silence
from devices.voice.speakers import speaker_at
from kiosk.clock import Clock
from kiosk.settings import Settings
from kiosk.trouble import Trouble
from screens.announcer import lacking, languages_of, voice_faults
from screens.findings import Finding, State

MOMENT_S = 0.05


def voice_findings(settings: Settings, data: Path, clock: Clock) -> Iterator[Finding]:
    """Whether calls can be spoken, and whether the loudspeaker takes sound; it is given a moment of silence.

    Without a loudspeaker a missing voice is only worth knowing: the board shows every call in writing.
    """
    speaker = settings.speaker
    wished = speaker.address is not None or speaker.clips is not None
    faults = list(voice_faults(speaker))
    for fault in faults:
        yield Finding("voice", fault, State.TROUBLE if wished else State.NOTE)
    if not faults:
        yield Finding("voice", _told(settings))
    if speaker.address is not None:
        yield _speaker_finding(speaker.address, data, clock)


def _told(settings: Settings) -> str:
    speaker = settings.speaker
    languages = " and ".join(languages_of(speaker))
    if speaker.clips is None:
        return f"{PROGRAM} speaks {languages}; no clips are set"
    short = lacking(speaker)
    if not short:
        return f"clips in {speaker.clips} speak {languages}"
    return f"clips in {speaker.clips}; {'; '.join(short)}: {PROGRAM} says what they cannot"


def _speaker_finding(address: str, data: Path, clock: Clock) -> Finding:
    try:
        speaker = speaker_at(address, data_folder=data, clock=clock)
        if address.startswith("file:"):
            return Finding("speaker", f"{speaker.name} keeps every call as a file")
        speaker.play(silence(MOMENT_S), 100)
    except Trouble as trouble:
        return Finding("speaker", trouble.text(), State.TROUBLE)
    return Finding("speaker", f"{speaker.name} takes sound")
