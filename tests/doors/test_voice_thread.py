"""The voice of the hall: which calls are said, in which order, how loud, and what a dead speaker does to the office."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from devices.voice.sound import Sound, read_wav
from devices.voice.speakers import AlsaSpeaker, FolderSpeaker
from devices.voice.voice import Voice
from kiosk.line_facts import PressUndone, TicketCalled, TicketFinished, TicketRecalled
from kiosk.line_ticket import CLASH
from kiosk.volume import VolumeSchedule, read_volume
from screens.announcer import Announcer
from screens.voice_thread import STALE_S, VoiceThread
from sync.central.office_book import OfficeBook
from sync.central.service import CentralLog
from tests.fakes.clock import FakeClock
from tests.fakes.voice import FakeEngine, FakeSpeaker, stub
from tests.fakes.waiting import until

DAY = "2026-11-23"


class SlowSpeaker(FakeSpeaker):
    """Plays until it is let go; ``at_work`` is set meanwhile."""

    def __init__(self) -> None:
        super().__init__()
        self.at_work = threading.Event()
        self.go_on = threading.Semaphore(0)

    def play(self, sound: Sound, percent: int) -> None:
        """Played when somebody lets it."""
        self.at_work.set()
        self.go_on.acquire(timeout=10)
        super().play(sound, percent)


class Hall:
    """An office's log, and a voice that listens to it."""

    def __init__(self, data: Path, speaker: FakeSpeaker, volume: VolumeSchedule) -> None:
        self.clock = FakeClock()
        self.engine = FakeEngine()
        self.speaker = speaker
        self.central = CentralLog.open(data, clock=self.clock, office=OfficeBook("bac-son"))
        announcer = Announcer(Voice(None, self.engine))
        self.voice = VoiceThread(announcer, speaker, volume, clock=self.clock, utc_offset_h=7)
        self.central.listen(self.voice.hear)
        self.voice.start()

    def call(self, number: str, counter: str = "3", press: str = "") -> None:
        self.central.record(TicketCalled(number, DAY, counter, "normal", "next", press))

    def undo(self, number: str, press: str, counter: str = "3") -> None:
        self.central.record(PressUndone(number, DAY, counter, press, f"undo {press}"))

    def recall(self, number: str, counter: str = "3") -> None:
        self.central.record(TicketRecalled(number, DAY, counter, ""))

    def said(self) -> list[str]:
        """The numbers of the first sentences, in their order."""
        return [text.split("số ")[1].split(",")[0] for text in self.engine.said if text.startswith("Xin mời")]

    def close(self) -> None:
        self.voice.stop()
        self.central.close()


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    made = Hall(tmp_path, FakeSpeaker(), read_volume("80"))
    yield made
    made.close()


@pytest.fixture
def busy(tmp_path: Path) -> Iterator[Hall]:
    """A hall whose speaker is at work on A001."""
    speaker = SlowSpeaker()
    made = Hall(tmp_path, speaker, read_volume("80"))
    made.call("A001")
    until(speaker.at_work.is_set)
    yield made
    speaker.go_on.release(100)
    made.close()


def _let_go(hall: Hall, count: int) -> None:
    assert isinstance(hall.speaker, SlowSpeaker)
    hall.speaker.go_on.release(100)
    until(lambda: len(hall.speaker.played) == count)


def test_a_call_is_said_and_said_again(hall: Hall) -> None:
    hall.call("B042")
    until(lambda: hall.speaker.played)
    assert hall.engine.said == [
        "Xin mời số bê, bốn mươi hai, đến quầy số ba.",
        "Xin nhắc lại: số bê, bốn mươi hai, đến quầy số ba.",
    ]


def test_a_recall_is_spoken_and_nothing_else_is(hall: Hall) -> None:
    hall.call("B042")
    until(lambda: len(hall.speaker.played) == 1)
    hall.central.record(TicketFinished("B042", DAY, "3", ""))
    hall.recall("B042")
    until(lambda: len(hall.speaker.played) == 2)


def test_calls_wait_for_each_other_in_their_order(busy: Hall) -> None:
    for number in ("A002", "B003", "C004"):
        busy.call(number)
    _let_go(busy, 4)
    assert busy.said() == ["a", "a", "bê", "xê"]


def test_in_a_rush_the_repetition_is_left_out_but_for_the_last(busy: Hall) -> None:
    busy.call("B002")
    busy.call("C003")
    _let_go(busy, 3)
    again = [text for text in busy.engine.said if text.startswith("Xin nhắc lại")]
    assert [text.split(",")[0] for text in again] == ["Xin nhắc lại: số a", "Xin nhắc lại: số xê"]


def test_stale_calls_are_dropped_but_the_newest_is_said(busy: Hall) -> None:
    for number in ("B002", "C003", "E004"):
        busy.call(number)
    busy.clock.advance(STALE_S + 1)
    _let_go(busy, 2)
    assert busy.said() == ["a", "e"]


def test_a_number_that_waits_is_not_said_twice(busy: Hall) -> None:
    busy.call("B002")
    busy.call("C003")
    busy.recall("B002")
    _let_go(busy, 3)
    assert busy.said() == ["a", "xê", "bê"]


def test_a_call_that_is_taken_back_while_it_waits_is_not_said(busy: Hall) -> None:
    busy.call("B002", "2", "kept")
    busy.call("C003", "3", "oops")
    busy.call("E004", "4", "kept too")
    busy.undo("A001", "oops")
    busy.undo("A001", "never heard of")
    _let_go(busy, 3)
    until(lambda: busy.voice.idle)
    assert busy.said() == ["a", "bê", "e"]


def test_a_number_given_twice_is_said_as_its_slips_say(hall: Hall, caplog: pytest.LogCaptureFixture) -> None:
    hall.call("B001", "2")
    hall.call(f"B001{CLASH}kiosk-2", "3")
    until(lambda: len(hall.speaker.played) == 2)
    assert [text for text in hall.engine.said if text.startswith("Xin mời")] == [
        "Xin mời số bê, một, đến quầy số hai.",
        "Xin mời số bê, một, đến quầy số ba.",
    ]
    assert [record for record in caplog.records if record.name == "screens.voice_thread"] == []


def test_the_office_never_waits_for_the_speaker(busy: Hall) -> None:
    started = time.monotonic()
    for number in range(2, 52):
        busy.call(f"A{number:03d}")
    assert time.monotonic() - started < 5.0
    assert len(busy.speaker.played) == 0


def test_each_hour_has_its_volume_and_silence_is_one(tmp_path: Path) -> None:
    hall = Hall(tmp_path, FakeSpeaker(), read_volume("07:00-08:30 70; 11:30-13:30 0; 50"))
    try:
        hall.call("A001")
        until(lambda: len(hall.speaker.played) == 1)
        hall.clock.advance(4 * 3600)
        hall.call("A002")
        until(lambda: hall.voice.idle)
        hall.clock.advance(3 * 3600)
        hall.call("A003")
        until(lambda: len(hall.speaker.played) == 2)
        assert [percent for _, percent in hall.speaker.played] == [70, 50]
    finally:
        hall.close()


def test_a_dead_speaker_is_told_once_and_heard_again_when_it_lives(
    hall: Hall, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    hall.speaker.dead = True
    hall.call("A001")
    until(lambda: hall.voice.trouble)
    hall.call("A002")
    until(lambda: hall.voice.idle)
    hall.speaker.dead = False
    hall.call("A003")
    until(lambda: hall.voice.idle)
    assert hall.voice.trouble == ""
    assert len(hall.speaker.played) == 1
    told = [record.message for record in caplog.records if record.name == "screens.voice_thread"]
    assert [message.split(":")[0] for message in told] == ["calls are not heard", "calls are heard again"]
    assert "P-131" in told[0]


def test_a_sound_card_that_hangs_holds_up_neither_the_office_nor_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}")
    stub(tmp_path / "bin", "aplay", "hangs")
    clock = FakeClock()
    speaker = AlsaSpeaker("default")
    announcer = Announcer(Voice(None, FakeEngine()))
    with CentralLog.open(tmp_path / "data", clock=clock, office=OfficeBook("bac-son")) as central:
        voice = VoiceThread(announcer, speaker, read_volume("80"), clock=clock, utc_offset_h=7)
        central.listen(voice.hear)
        voice.start()
        central.record(TicketCalled("A001", DAY, "1", "normal", "next", ""))
        until(lambda: speaker.playing)
        central.record(TicketCalled("A002", DAY, "1", "normal", "next", ""))
        started = time.monotonic()
        voice.stop()
        assert time.monotonic() - started < 2.0


def test_a_folder_hears_the_whole_call(tmp_path: Path) -> None:
    clock = FakeClock()
    speaker = FolderSpeaker(tmp_path / "calls", clock)
    voice = VoiceThread(Announcer(Voice(None, FakeEngine())), speaker, read_volume("100"), clock=clock, utc_offset_h=7)
    with CentralLog.open(tmp_path / "data", clock=clock, office=OfficeBook("bac-son")) as central:
        central.listen(voice.hear)
        voice.start()
        central.record(TicketCalled("A001", DAY, "1", "normal", "next", ""))
        until(lambda: list((tmp_path / "calls").glob("*.wav")))
        voice.stop()
    (path,) = (tmp_path / "calls").glob("*.wav")
    sound = read_wav(path.read_bytes())
    assert sound.seconds > 3.0
    assert 0.1 < sound.peak < 0.9
