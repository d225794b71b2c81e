"""Live pages: whole views over server-sent events, made once for everybody who looks at the same one.

    event: view         the view as JSON: at once, after every change, and after a while when time alone changed it
    : beat              every ``BEAT_S`` seconds, so that a page knows within ten that the link is lost
    event: beat         the same for pages that cannot see comments; ``as_of``: the server's instant

A page that is slow is sent the newest view when it is ready for one; those between are never queued.
"""

from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import msgspec
from litestar.response import Stream

from kiosk.clock import Clock, instant_text

BEAT_S = 5.0
GATHER_S = 0.015
"""How long after a change the pages are told: whoever pressed is answered first, and changes that come together
are one."""

PASSING: Mapping[str, Any] = {"as_of": "", "version": 0}
"""What says when a view was made and not what it shows, as it is left out of a comparison."""

MEDIA_TYPE = "text/event-stream"


class Source(Protocol):
    """Something that changes. ``version`` grows with each change; ``subscribe`` has ``changed()`` called, from
    any thread, after one."""

    @property
    def version(self) -> int:
        """Counts changes."""

    def subscribe(self, changed: Callable[[], None]) -> None:
        """Call this after each change."""


@dataclass(frozen=True, slots=True)
class _Made:
    version: int
    beat: int
    shown: bytes
    event: bytes


class Live:
    """The streams of one application. Everything but ``close`` runs in its event loop."""

    def __init__(self, source: Source, clock: Clock, *, beat_s: float = BEAT_S) -> None:
        self._source = source
        self._clock = clock
        self._beat_s = beat_s
        self._loop: asyncio.AbstractEventLoop | None = None
        self._turned = asyncio.Event()
        self._turning = False
        self._beats = 0
        self._beating: asyncio.Task[None] | None = None
        self._made: dict[str, _Made] = {}
        self._listeners: dict[str, int] = {}
        self._closed = False
        source.subscribe(self._changed)

    @property
    def page_count(self) -> int:
        """Pages that are connected."""
        return sum(self._listeners.values())

    def stream(self, name: str, make: Callable[[], Any]) -> Stream:
        """A response that never ends. ``make`` gives the view called ``name``, a dataclass with the fields of
        ``PASSING``, the same for all."""
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        return Stream(self._events(name, make), media_type=MEDIA_TYPE, headers=headers)

    def close(self) -> None:
        """End every stream: the server stops."""
        self._closed = True
        if self._beating is not None:
            self._beating.cancel()
        self._turn()

    async def _events(self, name: str, make: Callable[[], Any]) -> AsyncIterator[bytes]:
        self._begin()
        self._listeners[name] = self._listeners.get(name, 0) + 1
        try:
            shown, beats = b"", self._beats
            while not self._closed:
                turned = self._turned
                made = self._view(name, make)
                if made.shown != shown:
                    shown, beats = made.shown, self._beats
                    yield made.event
                elif beats != self._beats:
                    beats = self._beats
                    yield self._beat()
                await turned.wait()
        finally:
            self._leave(name)

    def _leave(self, name: str) -> None:
        self._listeners[name] -= 1
        if not self._listeners[name]:
            del self._listeners[name]
            self._made.pop(name, None)

    def _view(self, name: str, make: Callable[[], Any]) -> _Made:
        """The view as it is now; made again for a new version or a new beat only."""
        version, beat = self._source.version, self._beats
        made = self._made.get(name)
        if made is None or (made.version, made.beat) != (version, beat):
            view = make()
            shown = msgspec.json.encode(dataclasses.replace(view, **PASSING))
            event = b"event: view\ndata: " + msgspec.json.encode(view) + b"\n\n"
            made = self._made[name] = _Made(version, beat, shown, event)
        return made

    def _beat(self) -> bytes:
        now = msgspec.json.encode({"as_of": instant_text(self._clock.now())})
        return b": beat\n\nevent: beat\ndata: " + now + b"\n\n"

    def _begin(self) -> None:
        if self._loop is None:
            self._loop = asyncio.get_running_loop()
            self._beating = asyncio.create_task(self._beat_on())

    async def _beat_on(self) -> None:
        while True:
            await asyncio.sleep(self._beat_s)
            self._beats += 1
            self._turn()

    def _changed(self) -> None:
        """From the thread that writes."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._turn_soon)

    def _turn_soon(self) -> None:
        if not self._turning and self._loop is not None:
            self._turning = True
            self._loop.call_later(GATHER_S, self._turn)

    def _turn(self) -> None:
        self._turning = False
        turned, self._turned = self._turned, asyncio.Event()
        turned.set()
