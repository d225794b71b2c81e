"""What is said for a call, in the languages and the manner of this office."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from devices.voice.clips import ClipFolder
from devices.voice.engine import Espeak
from devices.voice.sound import Sound
from devices.voice.voice import Voice, voice_of
from kiosk.settings import Speaker
from kiosk.spoken import PLAIN, Manner, Saying, call_aloud
from kiosk.trouble import PrinterTrouble
from kiosk.vietnamese import NORTH, SOUTH


class Announcer:
    """Makes the announcement of a call. Safe from any thread."""

    def __init__(self, voice: Voice, *, languages: tuple[str, ...] = ("vi",), manner: Manner = PLAIN) -> None:
        self._voice = voice
        self._languages = languages
        self._manner = manner

    def sound(self, number: str, counter: str, *, repeated: bool = True) -> Sound:
        """The announcement as sound; ``PrinterTrouble`` P-132 without a voice. ``repeated``: Vietnamese twice."""
        return self._voice.announce(list(self._sayings(number, counter, repeated)))

    def _sayings(self, number: str, counter: str, repeated: bool) -> Iterator[Saying]:
        for language in self._languages:
            yield call_aloud(number, counter, language, manner=self._manner)
            if repeated and language == self._languages[0]:
                yield call_aloud(number, counter, language, again=True, manner=self._manner)


def announcer_of(speaker: Speaker) -> Announcer:
    """The announcer that the settings mean."""
    manner = Manner(SOUTH if speaker.accent == "south" else NORTH, by_digit=speaker.numbers == "digits")
    voice = voice_of(speaker.clips, speaker.accent)
    return Announcer(voice, languages=languages_of(speaker), manner=manner)


def languages_of(speaker: Speaker) -> tuple[str, ...]:
    """The languages of the calls, in their order."""
    return tuple(speaker.languages.split("+"))


def voice_faults(speaker: Speaker) -> Iterator[str]:
    """A sentence for everything that is wrong with the voice: clips that cannot be used, and no engine instead."""
    engine = Espeak.is_there()
    problems = list(_clip_faults(speaker.clips, languages_of(speaker)))
    yield from problems
    if not engine and (problems or lacking(speaker)):
        yield PrinterTrouble("P-132", detail="; ".join(lacking(speaker))).text()


def lacking(speaker: Speaker) -> list[str]:
    """What the clips alone cannot say, a phrase a language; [] if they can say every call of this office."""
    if speaker.clips is None:
        return ["espeak-ng is not there"]
    unused = {"le", "ngan"} if speaker.accent == "north" else {"linh", "nghin"}
    folder, told = ClipFolder(speaker.clips), []
    for language in languages_of(speaker):
        missing = [name for name in folder.missing(language) if name not in unused]
        if missing:
            told.append(f"{language}/ lacks {', '.join(missing[:6])}{' ...' if len(missing) > 6 else ''}")
    return told


def _clip_faults(clips: Path | None, languages: tuple[str, ...]) -> Iterator[str]:
    if clips is not None:
        yield from (problem.text() for problem in ClipFolder(clips).problems(languages))
