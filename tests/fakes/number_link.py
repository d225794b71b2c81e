"""An office's numbers without a network: lends from a series, and fails as a network does, as a script says."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import Enum, auto

from kiosk.clock import Clock
from kiosk.remote_numbers import Asking, Lent


class Fate(Enum):
    """What becomes of one asking."""

    ANSWERED = auto()
    LOST = auto()
    """It never arrives."""
    ANSWER_LOST = auto()
    """The office lends, nobody hears of it."""
    LATE = auto()
    """The answer comes after its asker has gone."""
    TWICE = auto()
    """The answer comes, and once more later."""


class FakeNumberLink:
    """``NumberLink`` to ``lend(asking)``. After the script everything is answered."""

    def __init__(self, lend: Callable[[Asking], int], clock: Clock, script: Iterable[Fate] = ()) -> None:
        self._lend = lend
        self._clock = clock
        self.script = list(script)
        self.asked: list[Asking] = []
        self._late: list[Lent] = []

    def ask(self, asking: Asking, within_s: float) -> Lent | None:
        assert within_s > 0
        self.asked.append(asking)
        fate = self.script.pop(0) if self.script else Fate.ANSWERED
        if fate is Fate.LOST:
            return None
        lent = Lent(asking, self._lend(asking), self._clock.monotonic())
        if fate in (Fate.LATE, Fate.TWICE):
            self._late.append(lent)
        return lent if fate in (Fate.ANSWERED, Fate.TWICE) else None

    def late(self) -> list[Lent]:
        late, self._late = self._late, []
        return late
