"""Which kiosks the office has, how far it holds their books, which of them it has not heard for too long, and
which write on another day than the office."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.clock import Clock
from kiosk.entry import Entry

SILENT_S = 15.0
"""A kiosk asks every other second; silent for this long, its newest numbers may be missing. One that was not heard
since the server started may have written anything meanwhile, so it is missed at once, until it asks."""

LAGGING_S = 8.0
"""How long a kiosk's book may be ahead of what the office holds of it, while the kiosk is heard."""


@dataclass
class _Kiosk:
    heard_s: float | None = None
    through: int = 0
    head: int = 0
    behind_since_s: float | None = None
    last_day: str = ""
    apart_on: str = ""
    heard_on: str = ""
    written_before: int = 0


class Kiosks:
    """Everything in seconds of the steady clock. The caller sees to it that one thread is here at a time.

    ``day``: the business day (ISO) whose lobby it is, kept by the caller.
    """

    def __init__(self, clock: Clock) -> None:
        self.day = ""
        self._clock = clock
        self._known: dict[str, _Kiosk] = {}

    def holds(self, kiosk_id: str, last: Entry) -> None:
        """This kiosk belongs to the office, which holds its book up to this entry; it is missed until it is heard."""
        kiosk = self._known.setdefault(kiosk_id, _Kiosk())
        kiosk.through, kiosk.last_day = last.seq, last.day
        self._compare(kiosk)

    def arrived(self, kiosk_id: str, last: Entry) -> None:
        """Entries of its book came in, up to this one."""
        self.holds(kiosk_id, last)
        kiosk = self._known[kiosk_id]
        if last.day >= self.day:
            kiosk.heard_s = self._clock.monotonic()
        elif kiosk.heard_on == self.day:  # before it asked, nobody can say whether this is late or on another day
            kiosk.heard_s = self._clock.monotonic()
            kiosk.apart_on = self.day if last.seq > kiosk.written_before else ""

    def asked(self, kiosk_id: str, head: int) -> None:
        """A kiosk asked; its book goes up to ``head``. One whose book was never seen is not believed to be a kiosk."""
        kiosk = self._known.get(kiosk_id)
        if kiosk is not None:
            kiosk.heard_s, kiosk.head = self._clock.monotonic(), head
            if kiosk.heard_on != self.day:
                kiosk.heard_on, kiosk.written_before = self.day, head
            self._compare(kiosk)

    def through(self, kiosk_id: str) -> int:
        """The last entry held of a kiosk's book, 0 if there is none."""
        found = self._known.get(kiosk_id)
        return found.through if found else 0

    def unheard(self) -> tuple[str, ...]:
        """Kiosks whose newest numbers may be missing: silent, heard of more than has arrived, or on another day."""
        now, apart = self._clock.monotonic(), self.on_another_day()
        found = (kiosk_id for kiosk_id, kiosk in self._known.items() if kiosk_id in apart or _missing(kiosk, now))
        return tuple(sorted(found))

    def on_another_day(self) -> tuple[str, ...]:
        """Kiosks that write on another business day than the office, so that their numbers stand in no line of today:
        on a later one, or still on a former one today. What was written before the kiosk was first heard today is
        only late."""
        return tuple(sorted(kiosk_id for kiosk_id, kiosk in self._known.items() if self._is_apart(kiosk)))

    def _is_apart(self, kiosk: _Kiosk) -> bool:
        return kiosk.last_day > self.day or (kiosk.last_day < self.day and kiosk.apart_on == self.day)

    def _compare(self, kiosk: _Kiosk) -> None:
        if kiosk.head <= kiosk.through:
            kiosk.behind_since_s = None
        elif kiosk.behind_since_s is None:
            kiosk.behind_since_s = self._clock.monotonic()


def _missing(kiosk: _Kiosk, now_s: float) -> bool:
    if kiosk.heard_s is None or now_s - kiosk.heard_s > SILENT_S:
        return True
    return kiosk.behind_since_s is not None and now_s - kiosk.behind_since_s > LAGGING_S
