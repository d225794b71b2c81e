"""Checking a book: is it gapless, chained, and spelled as it must be?

What is looked at is what is stored. A check names the first place that is wrong and says
what is wrong there; it never mends.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kiosk.checkpoint import mark
from kiosk.clock import instant
from kiosk.entry import Entry, canonical, chained
from kiosk.facts import FACTS, JournalOpened, opening_of
from kiosk.trouble import JournalTrouble, Trouble


@dataclass(frozen=True, slots=True)
class BookReport:
    """What a whole, sound book holds. ``unknown``: facts that only a newer program knows."""

    opened: JournalOpened
    entries: int
    first_day: str
    last_day: str
    mark: str
    facts: dict[str, int]
    unknown: tuple[str, ...]


def check(entries: Iterable[Entry], marks: dict[int, str] | None = None) -> BookReport:
    """Read a book from its first entry to its last.

    ``marks``: checkpoints from slips, by seq, that the book must still match. Raises
    ``JournalTrouble`` J-102 at the first place that is wrong and J-107 for an empty book.
    """
    left = dict(marks or {})
    before: Entry | None = None
    first: Entry | None = None
    facts: dict[str, int] = {}
    for entry in chained(entries):
        _check_one(entry, before)
        if entry.seq in left and _letters(left.pop(entry.seq)) != _letters(mark(entry)):
            raise JournalTrouble("J-102", detail=f"seq {entry.seq}: the slip's checkpoint is not the book's")
        facts[entry.fact] = facts.get(entry.fact, 0) + 1
        first, before = first or entry, entry
    if first is None or before is None:
        raise JournalTrouble("J-107", detail="it has no entry")
    if left:
        raise JournalTrouble("J-102", detail=f"a slip names seq {min(left)}, the book ends at {before.seq}")
    opened = opening_of(first, "the book")
    unknown = tuple(sorted(set(facts) - set(FACTS)))
    return BookReport(opened, before.seq, first.day, before.day, mark(before), facts, unknown)


def _check_one(entry: Entry, before: Entry | None) -> None:
    if before is None and entry.fact != JournalOpened.__name__:
        raise JournalTrouble("J-102", detail="seq 1: the book does not begin with JournalOpened")
    fault = _spelling_fault(entry, before)
    if fault:
        raise JournalTrouble("J-102", detail=f"seq {entry.seq}: {fault}")


def _spelling_fault(entry: Entry, before: Entry | None) -> str:
    try:
        instant(entry.at)
        date.fromisoformat(entry.day)
        if canonical(entry.fields()) != entry.body:
            return "the body is not canonical"
    except (ValueError, RecursionError) as problem:
        return str(problem)
    except Trouble as trouble:
        return trouble.detail
    if before is not None and entry.day < before.day:
        return f"the business day goes back from {before.day} to {entry.day}"
    return ""


def _letters(text: str) -> str:
    return text.replace(" ", "").upper().replace("I", "1").replace("L", "1").replace("O", "0")
