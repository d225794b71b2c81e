"""The voice: real WAV files, a real speech engine, and programs that hang, fail or say nothing."""

from __future__ import annotations

import io
import os
import threading
import time
import wave
from pathlib import Path

import pytest

from devices.address import find_speaker_faults
from devices.voice.clips import GAP_S, PAUSE_S, ClipFolder
from devices.voice.engine import Espeak
from devices.voice.sound import PEAK, RATE, Sound, chime, joined, read_wav, silence
from devices.voice.speakers import KEPT_FILES, AlsaSpeaker, FolderSpeaker, speaker_at
from devices.voice.voice import AFTER_CHIME_S, BETWEEN_S, Voice
from kiosk.spoken import PAUSE, call_aloud
from kiosk.trouble import PrinterTrouble
from tests.fakes.clock import FakeClock
from tests.fakes.voice import FakeEngine, NoEngine, stub, tone, write_clip, write_clips
from tests.fakes.waiting import until

CALL = call_aloud("B042", "3", "vi")
AGAIN = call_aloud("B042", "3", "vi", again=True)
ENGLISH = call_aloud("B042", "3", "en")
SAMPLE_S = 1 / RATE


@pytest.fixture
def clips(tmp_path: Path) -> Path:
    """A folder with every clip of the call and its repetition, a fifth of a second each."""
    folder = tmp_path / "clips"
    write_clips(folder, (f"vi/{name}" for name in {*CALL.clips, *AGAIN.clips} - {PAUSE}))
    return folder


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder whose programs are found before all others."""
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}")
    return tmp_path / "bin"


# --- sound ----------------------------------------------------------------------------------------


def test_joined_sound_is_as_long_as_its_parts() -> None:
    parts = [tone(0.3), silence(0.25), tone(1.1)]
    assert joined(parts).seconds == pytest.approx(1.65, abs=SAMPLE_S)


@pytest.mark.parametrize("rate", [8_000, 16_000, 22_050, 44_100, 48_000])
@pytest.mark.parametrize("channels", [1, 2])
def test_a_clip_of_any_usual_rate_keeps_its_length_and_note(tmp_path: Path, rate: int, channels: int) -> None:
    write_clip(tmp_path / "clip.wav", 0.5, rate=rate, channels=channels)
    sound = read_wav((tmp_path / "clip.wav").read_bytes())
    assert sound.seconds == pytest.approx(0.5, abs=0.001)
    assert sound.peak == pytest.approx(0.3, abs=0.02)
    risen = sum(one < 0 <= next for one, next in zip(sound.samples, sound.samples[1:], strict=False))
    assert risen == pytest.approx(220, abs=2)


@pytest.mark.parametrize("peak", [0.01, 0.2, 0.9, 1.0])
def test_speech_is_brought_to_six_decibels_below_the_loudest(peak: float) -> None:
    assert tone(0.2, peak=peak).levelled().peak == pytest.approx(PEAK, abs=0.01)


def test_silence_stays_silence() -> None:
    assert silence(0.2).levelled().peak == 0.0


def test_sound_is_written_and_read_unchanged() -> None:
    sound = tone(0.2)
    assert read_wav(sound.wav()) == sound


def test_the_chime_is_two_soft_notes_that_begin_and_end_in_silence() -> None:
    sound = chime()
    assert 0.5 < sound.seconds < 1.2
    assert 0.1 < sound.peak < 0.5
    assert abs(sound.samples[0]) < 50
    assert abs(sound.samples[-1]) < 200


# --- clips ----------------------------------------------------------------------------------------


def test_a_call_from_clips_is_as_long_as_its_parts_and_neither_faint_nor_loud(clips: Path) -> None:
    engine = FakeEngine()
    sound = Voice(ClipFolder(clips), engine).announce([CALL])
    pieces = [clip for clip in CALL.clips if clip != PAUSE]
    speech = 0.2 * len(pieces) + PAUSE_S + GAP_S * (len(CALL.clips) - 1)
    assert sound.seconds == pytest.approx(chime().seconds + AFTER_CHIME_S + speech, abs=SAMPLE_S * 30)
    assert 0.1 < sound.peak < 0.9
    assert engine.said == []


def test_the_repetition_follows_after_a_breath(clips: Path) -> None:
    voice = Voice(ClipFolder(clips), FakeEngine())
    once, twice = voice.announce([CALL]), voice.announce([CALL, AGAIN])
    alone = voice.announce([AGAIN]).seconds - chime().seconds - AFTER_CHIME_S
    assert twice.seconds == pytest.approx(once.seconds + BETWEEN_S + alone, abs=SAMPLE_S * 9)


def test_one_missing_clip_leaves_the_whole_call_to_the_engine(clips: Path) -> None:
    (clips / "vi" / "xin-nhac-lai.wav").unlink()
    engine = FakeEngine()
    Voice(ClipFolder(clips), engine).announce([CALL, AGAIN, ENGLISH])
    assert engine.said == [CALL.text, AGAIN.text, ENGLISH.text]


def test_the_other_language_keeps_its_clips_beside_the_engine(clips: Path) -> None:
    engine = FakeEngine()
    Voice(ClipFolder(clips), engine).announce([CALL, ENGLISH])
    assert engine.said == [ENGLISH.text]


def test_a_counter_with_a_name_is_said_by_the_engine(clips: Path) -> None:
    engine = FakeEngine()
    named = call_aloud("B042", "Phòng 2", "vi")
    Voice(ClipFolder(clips), engine).announce([named])
    assert engine.said == [named.text]


def test_an_office_may_bring_its_own_chime(clips: Path) -> None:
    write_clip(clips / "chime.wav", 2.0)
    voice = Voice(ClipFolder(clips), FakeEngine())
    assert voice.announce([CALL]).seconds > 2.0 + AFTER_CHIME_S


def test_names_of_clips_may_shout(clips: Path) -> None:
    (clips / "vi" / "xin-moi.wav").rename(clips / "vi" / "XIN-MOI.WAV")
    engine = FakeEngine()
    Voice(ClipFolder(clips), engine).announce([CALL])
    assert engine.said == []


def test_a_broken_clip_is_told_once_and_its_calls_are_the_engine_s(clips: Path) -> None:
    (clips / "vi" / "B.wav").write_bytes(b"RIFF, but nothing else")
    engine = FakeEngine()
    (problem,) = ClipFolder(clips).problems(["vi"])
    assert (problem.code, problem.file) == ("C-414", "vi/B.wav")
    assert "no WAV file" in problem.text()
    Voice(ClipFolder(clips), engine).announce([CALL])
    assert engine.said == [CALL.text]


def _eight_bits(path: Path) -> None:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(1)
        file.setframerate(RATE)
        file.writeframes(b"\x80" * RATE)


def test_every_kind_of_clip_that_cannot_be_used_says_why_in_one_sentence(clips: Path) -> None:
    folder = clips / "vi"
    _eight_bits(folder / "0.wav")
    write_clip(folder / "5.wav", rate=96_000)
    write_clip(folder / "6.wav", peak=0.0)
    write_clip(folder / "7.wav", 31.0, rate=8_000)
    (folder / "8.wav").write_bytes(b"")
    write_clip(folder / "9.wav", channels=4)
    told = {problem.file: problem.reason for problem in ClipFolder(clips).problems(["vi"])}
    assert told == {
        "vi/0.wav": "it has 8 bits a sample; save it as 16-bit PCM",
        "vi/5.wav": "it has 96000 samples a second; save it with 8000 to 48000",
        "vi/6.wav": "there is nothing to hear in it",
        "vi/7.wav": "it is longer than 30 seconds",
        "vi/8.wav": "it is no WAV file of plain samples (it ends early)",
        "vi/9.wav": "it has 4 channels; save it in mono",
    }


def test_a_folder_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    (problem,) = ClipFolder(tmp_path / "none").problems(["vi", "en"])
    assert "no such folder of clips" in problem.text()


def test_missing_clips_are_known_by_name(clips: Path) -> None:
    missing = ClipFolder(clips).missing("vi")
    assert "ngan" in missing
    assert "B" not in missing


# --- the engine -----------------------------------------------------------------------------------


@pytest.mark.parametrize("saying", [CALL, ENGLISH], ids=["vi", "en"])
@pytest.mark.parametrize("accent", ["north", "south"])
def test_the_installed_engine_says_a_call(saying: object, accent: str) -> None:
    sound = Espeak(accent).say(getattr(saying, "text", ""), getattr(saying, "language", ""))
    assert 1.0 < sound.seconds < 8.0
    assert sound.peak == pytest.approx(PEAK, abs=0.01)


@pytest.mark.parametrize(
    ("does", "told"),
    [
        ("hangs", "did not end within"),
        ("fails", "no such voice"),
        ("silent", "no WAV file"),
        ("noise", "no WAV file"),
    ],
)
def test_an_engine_that_misbehaves_is_p_132_and_never_waited_for(programs: Path, does: str, told: str) -> None:
    stub(programs, "espeak-ng", does)
    started = time.monotonic()
    with pytest.raises(PrinterTrouble, match=told) as caught:
        Espeak(deadline_s=0.3).say(CALL.text, "vi")
    assert caught.value.code == "P-132"
    assert time.monotonic() - started < 3.0


def test_without_an_engine_and_without_clips_there_is_no_voice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not Espeak.is_there()
    with pytest.raises(PrinterTrouble, match="espeak-ng") as caught:
        Voice(None, Espeak()).announce([CALL])
    assert caught.value.code == "P-132"


def test_clips_alone_are_a_voice(clips: Path) -> None:
    assert Voice(ClipFolder(clips), NoEngine()).announce([CALL, AGAIN]).seconds > 3.0


def test_what_was_said_lately_is_not_made_again_and_memory_is_bounded() -> None:
    engine = FakeEngine()
    voice = Voice(None, engine)
    for _ in range(3):
        voice.announce([CALL, AGAIN])
    assert len(engine.said) == 2
    for number in range(1, 60):
        voice.announce([call_aloud(f"A{number:03d}", "1", "vi")])
    assert len(voice._kept) <= 24


# --- loudspeakers ---------------------------------------------------------------------------------


def test_a_folder_keeps_every_call_as_a_file_that_can_be_played(tmp_path: Path) -> None:
    speaker = speaker_at("file:calls", data_folder=tmp_path, clock=FakeClock())
    speaker.play(tone(0.5), 40)
    (path,) = (tmp_path / "calls").iterdir()
    assert path.name == "20261123-010000-000001.wav"
    with wave.open(io.BytesIO(path.read_bytes())) as file:
        assert (file.getnchannels(), file.getframerate(), file.getsampwidth()) == (1, RATE, 2)
        assert file.getnframes() / RATE == pytest.approx(0.5, abs=SAMPLE_S)
    assert read_wav(path.read_bytes()).peak == pytest.approx(0.2, abs=0.01)


def test_a_folder_of_calls_does_not_fill_the_disk(tmp_path: Path) -> None:
    speaker = FolderSpeaker(tmp_path, FakeClock())
    for _ in range(KEPT_FILES + 3):
        speaker.play(Sound(tone(0.01).samples), 100)
    names = sorted(path.name for path in tmp_path.iterdir())
    assert len(names) == KEPT_FILES
    assert names[0].endswith("-000004.wav")


def test_a_folder_that_cannot_be_written_is_p_131(tmp_path: Path) -> None:
    (tmp_path / "calls").write_text("a file")
    with pytest.raises(PrinterTrouble, match="P-131"):
        FolderSpeaker(tmp_path / "calls", FakeClock()).play(tone(0.1), 80)


def test_a_machine_without_a_sound_card_is_p_131_at_once() -> None:
    with pytest.raises(PrinterTrouble, match="P-131"):
        AlsaSpeaker("no_such_card").play(tone(0.1), 80)


def test_a_player_gets_the_whole_call(programs: Path) -> None:
    stub(programs, "aplay", "keeps")
    AlsaSpeaker("default").play(tone(2.0), 40)
    heard = read_wav((programs / "aplay.heard").read_bytes())
    assert (heard.seconds, round(heard.peak, 2)) == (2.0, 0.2)


def test_a_sound_card_that_hangs_is_left_and_told(programs: Path) -> None:
    stub(programs, "aplay", "hangs")
    speaker = AlsaSpeaker("default")
    speaker.spare_s = 0.2
    started = time.monotonic()
    with pytest.raises(PrinterTrouble, match="did not end") as caught:
        speaker.play(tone(0.1), 80)
    assert caught.value.code == "P-131"
    assert time.monotonic() - started < 3.0


def test_closing_silences_a_player_that_plays(programs: Path) -> None:
    stub(programs, "aplay", "hangs")
    speaker = AlsaSpeaker("default")
    heard: list[str] = []

    def play() -> None:
        try:
            speaker.play(tone(0.1), 80)
        except PrinterTrouble as trouble:
            heard.append(trouble.code)

    thread = threading.Thread(target=play)
    thread.start()
    until(lambda: speaker.playing)
    speaker.close()
    thread.join(5.0)
    assert heard == ["P-131"]
    with pytest.raises(PrinterTrouble, match="it was closed"):
        speaker.play(tone(0.1), 80)


def test_a_player_that_fails_is_p_131_with_its_own_words(programs: Path) -> None:
    stub(programs, "aplay", "fails")
    with pytest.raises(PrinterTrouble, match="no such voice"):
        AlsaSpeaker("default").play(tone(0.1), 80)


@pytest.mark.parametrize("address", ["alsa:default", "alsa:plughw:1,0", "file:calls", "file:///var/calls"])
def test_a_loudspeaker_s_address_is_understood(address: str) -> None:
    assert find_speaker_faults(address) is None


@pytest.mark.parametrize("address", ["alsa:", "alsa:a b", "file:", "tcp://host:9100", "default", "alsa:;reboot"])
def test_what_is_no_loudspeaker_s_address_is_told(address: str) -> None:
    assert "P-120" in str(find_speaker_faults(address))
