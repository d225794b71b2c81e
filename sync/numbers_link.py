"""Asking the office for a number at the tap: a thread waits for the network, the tap only for its deadline.

One asking is on its way at a time. While one hangs on a wire that was cut, the next ones are told at
once that there is no number; an answer that comes after its asker had gone is kept for him.
"""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable

import msgspec

from kiosk.clock import Clock, instant_text
from kiosk.remote_numbers import Asking, Lent
from kiosk.trouble import SyncTrouble
from sync.asking import NUMBER_PATH, RESERVE_PATH, NumberGiven, PlaceGiven, ask_number, ask_reserve
from sync.http_door import HttpDoor, Reply, Unreached
from sync.keys import DeviceKey
from sync.link import Refused, refusal_in, trouble_of

CONNECT_S = 0.5
READ_S = 1.5
"""An answer that takes longer is of no use to anybody: its number would be out of order."""

STALE_S = 0.05
"""A kept connection that the office closed meanwhile fails at once; then the same is asked once more."""

logger = logging.getLogger(__name__)


class HttpNumberLink:
    """``NumberLink`` to the office at ``address``, signed by this kiosk's ``key``. ``close`` ends its thread.

    Raises ``SettingsTrouble`` C-403 for an address that is none.
    """

    def __init__(self, address: str, key: DeviceKey, *, clock: Clock) -> None:
        self._clock = clock
        self._key = key
        self._doors = [HttpDoor(address, clock=clock, connect_s=CONNECT_S, read_s=READ_S) for _ in range(2)]
        self._asked: queue.SimpleQueue[Asking | None] = queue.SimpleQueue()
        self._answers: queue.SimpleQueue[Lent | None] = queue.SimpleQueue()
        self._guard = threading.Lock()
        self._awaited = ""
        self._busy = False
        self._late: list[Lent] = []
        self._told = ""
        self._thread = threading.Thread(target=self._run, name="number link", daemon=True)
        self._thread.start()

    def ask(self, asking: Asking, within_s: float) -> Lent | None:
        """The number lent for this asking, None if no answer came in time or one is still awaited."""
        with self._guard:
            if self._busy:
                return None
            self._busy, self._awaited = True, asking.request
            self._answers = queue.SimpleQueue()
        self._asked.put(asking)
        try:
            return self._answers.get(timeout=within_s)
        except queue.Empty:
            return self._given_up()

    def late(self) -> list[Lent]:
        """Answers that came when nobody waited for them any more; each is told once."""
        with self._guard:
            late, self._late = self._late, []
            return late

    def reserve(self) -> int | None:
        """The place of this kiosk's reserve, None if the office did not answer that; waits for the network."""
        asked = ask_reserve(self._key, sent_at=instant_text(self._clock.now()))
        return self._read(self._post(self._doors[1], RESERVE_PATH, asked), _place)

    def close(self, *, within_s: float = 2.0) -> None:
        """End the thread; an asking on its way is given up after ``within_s``."""
        self._asked.put(None)
        self._thread.join(within_s)
        for door in self._doors:
            door.close()

    def _given_up(self) -> Lent | None:
        """The deadline has passed; an answer that came in this very moment counts."""
        with self._guard:
            self._awaited = ""
        try:
            return self._answers.get_nowait()
        except queue.Empty:
            return None

    def _run(self) -> None:
        while (asking := self._asked.get()) is not None:
            lent = None
            try:
                lent = self._lend(asking)
            except Exception:  # the edge of a thread: the tap goes on without a number from here
                logger.exception("the number link stumbled and goes on")
            with self._guard:
                self._busy = False
                if self._awaited == asking.request:
                    self._answers.put(lent)
                elif lent is not None:
                    self._late.append(lent)

    def _lend(self, asking: Asking) -> Lent | None:
        at = instant_text(self._clock.now())
        asked = ask_number(self._key, letter=asking.letter, day=asking.day, request=asking.request, sent_at=at)
        count = self._read(self._post(self._doors[0], NUMBER_PATH, asked), lambda body: _count(body, asking))
        return None if count is None else Lent(asking, count, self._clock.monotonic())

    def _post(self, door: HttpDoor, path: str, asked: msgspec.Struct) -> Reply | Unreached:
        packed, begun = msgspec.json.encode(asked), self._clock.monotonic()
        reply = door.post(path, packed)
        if isinstance(reply, Unreached):
            door.close()
            if self._clock.monotonic() - begun < STALE_S:
                reply = door.post(path, packed)
        return reply

    def _read(self, reply: Reply | Unreached, value: Callable[[object], int]) -> int | None:
        if isinstance(reply, Unreached):
            return None
        if reply.status != 200:
            self._tell(refusal_in(reply))
            return None
        try:
            return value(reply.body)
        except (msgspec.ValidationError, ValueError):
            return None

    def _tell(self, answer: object) -> None:
        """Say once why the office lends nothing."""
        text = str(SyncTrouble(answer.code, detail=answer.text)) if isinstance(answer, Refused) else ""
        if text and text != self._told:
            logger.warning("%s", text)
        self._told = text or self._told


def _count(body: object, asking: Asking) -> int:
    given = msgspec.convert(body, NumberGiven)
    if given.request != asking.request:
        raise ValueError("an answer to another asking")
    return given.count


def _place(body: object) -> int:
    return msgspec.convert(body, PlaceGiven).place


def reserve_of(address: str, key: DeviceKey, *, clock: Clock) -> int:
    """The place of a kiosk's reserve, asked of its office now; raises the ``Trouble`` that stands in the way."""
    door = HttpDoor(address, clock=clock, connect_s=CONNECT_S, read_s=READ_S)
    try:
        reply = door.post(RESERVE_PATH, msgspec.json.encode(ask_reserve(key, sent_at=instant_text(clock.now()))))
    finally:
        door.close()
    if isinstance(reply, Unreached):
        raise trouble_of(reply)
    if reply.status != 200:
        raise trouble_of(refusal_in(reply))
    try:
        return _place(reply.body)
    except msgspec.ValidationError as wrong:
        raise trouble_of(Unreached(str(wrong))) from wrong
