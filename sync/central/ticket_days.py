"""What became of one number on its day, and of one call for help: the rows that waits are read from.

Instants are whole UTC seconds since 1970, so that a wait is a difference. None means "not known (yet)",
never zero.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum


class Ended(StrEnum):
    """How a number ended; ``OPEN`` as far as is known it did not."""

    OPEN = ""
    SERVED = "served"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class TicketDay:
    """One number. ``service``: what it was taken for ("" while its slip has not arrived); ``appointment``: the id
    of its appointment or the hash of its code as told, from a store "" for a walk-in; ``slot_s``: when it begins.

    ``called_s``: its first call; ``left_s``: given up or expired without any call. ``finished_on``: the business
    day of the finish, "" unless it was started and finished; ``service_s``: time at counters, parking left out, None
    also if it was started only as it was finished: then nobody knows.
    ``transfers``: for each transfer the new service and the second wait, None if it was not called there.
    ``ranges``: by estimator both ends in minutes; ``shown``: which was told.
    """

    office_id: str
    day: str
    number: str
    service: str = ""
    priority: bool = False
    appointment: str = ""
    issued_s: int | None = None
    called_s: int | None = None
    left_s: int | None = None
    ended: Ended = Ended.OPEN
    finished_on: str = ""
    service_s: int | None = None
    missed_count: int = 0
    transfers: tuple[tuple[str, int | None], ...] = ()
    shown: str = ""
    ranges: Mapping[str, tuple[int, int]] | None = None
    slot_s: int | None = None

    @property
    def waits_from_s(self) -> int | None:
        """Where the wait begins: at the number, for an appointment at the later of number and slot."""
        return self.issued_s if self.issued_s is None else max(self.issued_s, self.slot_s or 0)

    @property
    def wait_s(self) -> int | None:
        """Seconds from there to the first call; two clocks that disagree never make it negative."""
        return self._until(self.called_s)

    @property
    def left_after_s(self) -> int | None:
        """Seconds until it was given up or expired, if nobody ever called it."""
        return self._until(self.left_s)

    def joined(self, slot_s: int | None) -> TicketDay:
        """The same with the start of its appointment; a walk-in where no appointment of its day holds (None)."""
        return replace(self, slot_s=slot_s, appointment="" if slot_s is None else self.appointment)

    def _until(self, end_s: int | None) -> int | None:
        return None if end_s is None or self.waits_from_s is None else max(0, end_s - self.waits_from_s)


@dataclass(frozen=True, slots=True)
class Slot:
    """When an appointment begins. ``day``: ISO; ``cancelled``: given up or moved, so no number belongs to it."""

    office_id: str
    appointment_id: str
    code_hash: str
    day: str
    starts_s: int
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class HelpCall:
    """A citizen asked for a person. ``day``: of the call, while only its answer is known (``called`` False) of that;
    ``after_s``: seconds until the first answer, None while it rings."""

    office_id: str
    help_id: str
    day: str
    called: bool
    after_s: int | None
