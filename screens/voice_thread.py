"""The thread that says calls aloud in the hall. The office server never waits for it.

    voice = VoiceThread(announcer, speaker, settings.speaker.volume, clock=clock, utc_offset_h=7)
    central.listen(voice.hear)          calls and recalls, as they become durable
    voice.start()

A call is said, and once more as its repetition. While another one waits the repetition is left
out; a call older than ``STALE_S`` is not said any more, but for the newest, which the board shows.
A call that waits is dropped when its press is taken back.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from dataclasses import dataclass

from devices.voice.speakers import Speaker
from kiosk.clock import Clock, office_time
from kiosk.entry import Entry
from kiosk.line_ticket import CLASH
from kiosk.trouble import Trouble
from kiosk.volume import VolumeSchedule
from screens.announcer import Announcer

STALE_S = 20.0
JOIN_S = 3.0
CALLS = frozenset({"TicketCalled", "TicketRecalled"})
UNDONE = "PressUndone"
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Heard:
    """A call as it was heard. ``press``: what it was called by; ``at_s``: on the steady clock."""

    number: str
    counter: str
    press: str
    at_s: float


class VoiceThread:
    """Says calls one after the other. ``hear`` costs nothing and may be called from any thread."""

    def __init__(
        self, announcer: Announcer, speaker: Speaker, volume: VolumeSchedule, *, clock: Clock, utc_offset_h: int
    ) -> None:
        self._announcer = announcer
        self._speaker = speaker
        self._volume = volume
        self._clock = clock
        self._utc_offset_h = utc_offset_h
        self._waiting: list[Heard] = []
        self._turn = threading.Condition()
        self._stopping = False
        self._busy = False
        self._told = ""
        self._thread = threading.Thread(target=self._run, name="voice", daemon=True)

    def start(self) -> VoiceThread:
        """Begin; returns itself."""
        self._thread.start()
        return self

    def stop(self) -> None:
        """Be silent and end; a sound card that hangs is not waited for."""
        with self._turn:
            self._stopping = True
            self._turn.notify_all()
        self._speaker.close()
        if self._thread.is_alive():
            self._thread.join(JOIN_S)

    @property
    def idle(self) -> bool:
        """Whether everything that was heard is said, or dropped."""
        with self._turn:
            return not self._waiting and not self._busy

    @property
    def trouble(self) -> str:
        """What keeps calls from being heard, in one sentence; "" while they are."""
        return self._told

    def hear(self, kiosk_id: str, entries: Sequence[Entry]) -> None:
        """Take the calls among entries that became durable, and drop those that were taken back; whose book
        they stand in does not matter."""
        for entry in entries:
            if entry.fact in CALLS:
                self._take(_heard(entry, self._clock.monotonic()))
            elif entry.fact == UNDONE:
                self._drop(str(entry.fields()["undoes"]))

    def _take(self, call: Heard) -> None:
        """Queue a call; the same number waiting for the same counter is said once, as the newest."""
        with self._turn:
            same = (call.number, call.counter)
            self._waiting = [one for one in self._waiting if (one.number, one.counter) != same]
            self._waiting.append(call)
            self._turn.notify_all()

    def _drop(self, press: str) -> None:
        """What was called by this press waits no more; what is being said is said."""
        with self._turn:
            self._waiting = [one for one in self._waiting if one.press != press]

    def _run(self) -> None:
        while True:
            call, others = self._next()
            if call is None:
                return
            try:
                self._say(call, repeated=not others)
                self._report("")
            except Trouble as trouble:
                self._report(trouble.text())
            except Exception:  # the edge of a thread: nothing may end the voice but a stop
                log.exception("the voice stumbled and goes on")

    def _next(self) -> tuple[Heard | None, int]:
        """The next call to say and how many wait behind it; waits for one. None once stopping."""
        with self._turn:
            self._busy = False
            self._turn.wait_for(lambda: self._waiting or self._stopping)
            if self._stopping:
                return None, 0
            self._busy = True
            oldest = self._clock.monotonic() - STALE_S
            self._waiting = [one for one in self._waiting[:-1] if one.at_s >= oldest] + self._waiting[-1:]
            return self._waiting.pop(0), len(self._waiting)

    def _say(self, call: Heard, *, repeated: bool) -> None:
        percent = self._volume.at(office_time(self._clock.now(), self._utc_offset_h))
        if percent:
            self._speaker.play(self._announcer.sound(call.number, call.counter, repeated=repeated), percent)

    def _report(self, told: str) -> None:
        """Tell a trouble once, and once that it is over."""
        if told == self._told:
            return
        self._told = told
        if told and not self._stopping:
            log.warning("calls are not heard: %s", told)
        elif not told:
            log.info("calls are heard again")


def _heard(entry: Entry, at_s: float) -> Heard:
    """The call of an entry. Of a number that was given twice, both are called by what their slips say."""
    body = entry.fields()
    number = str(body["number"]).partition(CLASH)[0]
    return Heard(number, str(body["counter"]), str(body.get("press", "")), at_s)
