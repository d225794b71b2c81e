"""A link that fails as networks do, around a real one."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum, auto

from sync.http_door import Unreached
from sync.link import Answer, Busy, Link


class Mishap(Enum):
    """What happens to one call."""

    OK = auto()
    TIMEOUT = auto()
    """Nothing arrives."""
    LOST_ANSWER = auto()
    """Everything arrives, the answer does not."""
    HALF_SENT = auto()
    """The first half of the bytes arrives."""
    ERROR = auto()
    """The server says 500."""
    BUSY = auto()
    """The server asks for 30 seconds."""


class FlakyLink:
    """``Link`` over ``real``, call by call as the script says; after the script everything works."""

    def __init__(self, real: Link, script: Iterable[Mishap] = ()) -> None:
        self._real = real
        self._script = list(script)
        self.calls = 0
        self.cut = False

    def send(self, packed: bytes) -> Answer:
        self.calls += 1
        mishap = Mishap.TIMEOUT if self.cut else self._script.pop(0) if self._script else Mishap.OK
        match mishap:
            case Mishap.OK:
                return self._real.send(packed)
            case Mishap.LOST_ANSWER:
                self._real.send(packed)
                return Unreached("the answer was lost")
            case Mishap.HALF_SENT:
                self._real.send(packed[: len(packed) // 2])
                return Unreached("cut off")
            case Mishap.BUSY:
                return Busy(30.0)
            case _:
                return Unreached(mishap.name)

    @property
    def used_up(self) -> bool:
        return not self._script

    def close(self) -> None:
        self._real.close()
