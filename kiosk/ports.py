"""The doors of the ground floor: what the desk needs of others, in its own words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from kiosk.entry import Entry
from kiosk.fact import Fact
from kiosk.slip import Slip


class Outcome(StrEnum):
    """What became of a slip, as far as the printer's own answers tell."""

    PRINTED = "printed"
    NOT_PRINTED = "not-printed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class PrintOutcome:
    """An outcome and, unless it was printed, the trouble code that says why."""

    outcome: Outcome
    reason: str = ""


class PrinterState(StrEnum):
    """What the printer is, as last seen."""

    READY = "ready"
    NEAR_END = "near-end"
    TROUBLED = "troubled"
    ABSENT = "absent"
    UNSEEN = "unseen"


CAN_PRINT = frozenset({PrinterState.READY, PrinterState.NEAR_END, PrinterState.UNSEEN})
"""States in which sending a slip makes sense; ``UNSEEN`` is a wire that cannot read."""


@dataclass(frozen=True, slots=True)
class PrinterStatus:
    """A state and the trouble code behind it ("" where there is none)."""

    state: PrinterState
    reason: str = ""


class Printer(Protocol):
    """A printer. Called by one thread only; every call returns within its own deadline and never raises Trouble."""

    def print(self, slip: Slip) -> PrintOutcome:
        """Send the slip, cut it, and say what became of it."""

    def status(self) -> PrinterStatus:
        """Ask the printer how it is (opens the link if it is closed)."""

    def prepare(self, slips: tuple[Slip, ...]) -> None:
        """Draw ahead what slips like these share, so that the first citizen does not wait for it."""

    def close(self) -> None:
        """Let the link go."""


class Journal(Protocol):
    """An append-only book."""

    @property
    def journal_id(self) -> str:
        """The book's own name, born with the file."""

    @property
    def demo(self) -> bool:
        """Whether this book is a demonstration."""

    def append(self, fact: Fact) -> Entry:
        """Write one fact durably and return its entry; raises ``JournalTrouble`` or ``MachineTrouble``."""

    def append_all(self, facts: Iterable[Fact]) -> list[Entry]:
        """Write facts in one transaction: all of them or, raising, none."""

    def head(self) -> Entry:
        """The last entry."""

    def entries(self, after: int = 0, limit: int | None = None) -> Iterator[Entry]:
        """Entries with ``seq`` greater than ``after``, in order."""

    def today(self) -> date:
        """The business day the next entry will carry: never before the last one's."""


class Numbers(Protocol):
    """Where the next number comes from. One thread uses it; ``next`` returns within its own deadline."""

    def take_in(self, entry: Entry) -> None:
        """Fold one entry of the kiosk's own book."""

    def ready(self) -> None:
        """Raise what keeps the next number from being given, as far as that is known without asking anybody."""

    def next(self, letter: str, day: date) -> AbstractContextManager[str]:
        """The next number of a letter, held for us until the block ends; write it down inside the block.

        Raises ``SyncTrouble`` S-347 if no number can be given that no other kiosk gives.
        """
