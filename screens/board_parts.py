"""What the lobby board and its voice are made from, as the settings mean it."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from pathlib import Path

from devices.voice.speakers import speaker_at
from devices.voice.voice import voice_of
from kiosk.settings import Settings
from kiosk.volume import VolumeSchedule
from screens.announcer import Announcer, announcer_of, voice_faults
from screens.notice_board import NoticeBoard
from screens.voice_thread import VoiceThread
from sync.central.service import CentralLog

log = logging.getLogger(__name__)


def _plain() -> Announcer:
    return Announcer(voice_of(None, "north"))


@dataclass(frozen=True, slots=True)
class BoardParts:
    """Notices between calls, who says the calls and how loud."""

    notices: NoticeBoard = field(default_factory=lambda: NoticeBoard(None))
    announcer: Announcer = field(default_factory=_plain)
    volume: VolumeSchedule = field(default_factory=VolumeSchedule)


def board_parts(settings: Settings) -> BoardParts:
    """The parts of an office."""
    speaker = settings.speaker
    return BoardParts(NoticeBoard(settings.catalogue.folder), announcer_of(speaker), speaker.volume)


def start_voice(settings: Settings, data: Path, central: CentralLog, parts: BoardParts) -> VoiceThread | None:
    """Say the calls of this log through the loudspeaker of the settings; None if there is none.

    What is wrong with the voice is told in the log, a sentence each; nothing here ends a start.
    """
    speaker = settings.speaker
    if speaker.address or speaker.clips:
        for fault in voice_faults(speaker):
            log.warning("%s", fault)
    if speaker.address is None:
        return None
    at = speaker_at(speaker.address, data_folder=data, clock=central.clock)
    offset_h = settings.office.utc_offset_h
    voice = VoiceThread(parts.announcer, at, parts.volume, clock=central.clock, utc_offset_h=offset_h)
    central.listen(voice.hear)
    return voice.start()
