"""Which kiosks the office has, how far it holds their books, and which of them it has not heard for too long."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.clock import Clock

SILENT_S = 15.0
"""A kiosk asks every other second; silent for this long, its newest numbers may be missing."""

LAGGING_S = 8.0
"""How long a kiosk's book may be ahead of what the office holds of it, while the kiosk is heard."""


@dataclass
class _Kiosk:
    heard_s: float
    through: int = 0
    head: int = 0
    behind_since_s: float | None = None


class Kiosks:
    """Everything in seconds of the steady clock. The caller sees to it that one thread is here at a time."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._known: dict[str, _Kiosk] = {}

    def holds(self, kiosk_id: str, through: int) -> None:
        """This kiosk belongs to the office, which holds its book up to this entry; silent from now on, it is missed."""
        kiosk = self._known.setdefault(kiosk_id, _Kiosk(self._clock.monotonic()))
        kiosk.through = through
        self._compare(kiosk)

    def arrived(self, kiosk_id: str, through: int) -> None:
        """Entries of its book came in, up to this one."""
        self.holds(kiosk_id, through)
        self._known[kiosk_id].heard_s = self._clock.monotonic()

    def asked(self, kiosk_id: str, head: int) -> None:
        """A kiosk asked; its book goes up to ``head``. One whose book was never seen is not believed to be a kiosk."""
        kiosk = self._known.get(kiosk_id)
        if kiosk is not None:
            kiosk.heard_s, kiosk.head = self._clock.monotonic(), head
            self._compare(kiosk)

    def through(self, kiosk_id: str) -> int:
        """The last entry held of a kiosk's book, 0 if there is none."""
        found = self._known.get(kiosk_id)
        return found.through if found else 0

    def unheard(self) -> tuple[str, ...]:
        """Kiosks whose newest numbers may be missing: silent, or heard of more than has arrived."""
        now = self._clock.monotonic()
        return tuple(sorted(kiosk_id for kiosk_id, kiosk in self._known.items() if _missing(kiosk, now)))

    def _compare(self, kiosk: _Kiosk) -> None:
        if kiosk.head <= kiosk.through:
            kiosk.behind_since_s = None
        elif kiosk.behind_since_s is None:
            kiosk.behind_since_s = self._clock.monotonic()


def _missing(kiosk: _Kiosk, now_s: float) -> bool:
    if now_s - kiosk.heard_s > SILENT_S:
        return True
    return kiosk.behind_since_s is not None and now_s - kiosk.behind_since_s > LAGGING_S
