"""From the start of the office server until it answers, on books of a year, with and without the kept state."""

from __future__ import annotations

import sqlite3
import statistics
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from kiosk.book_file import read_entries
from kiosk.criteria import default_set
from kiosk.dealing import Dealer
from kiosk.entry import Entry
from kiosk.fact import Fact
from kiosk.facts import CriterionAnswered, RatingGiven
from kiosk.fold_checkpoint import resume
from kiosk.journal import BookOf, SqliteJournal
from kiosk.line_facts import ServiceStarted, TicketCalled, TicketFinished
from screens.phone_desk import PhoneFold
from sync.central.office_book import JOURNAL
from sync.central.service import LOG
from sync.central.sqlite_store import SqliteStore
from sync.keys import own_key
from tests.doors.served_office import ServedOffice

ENTRIES = 1_000_000
A_DAY = 1000
"""Numbers a day; one in ten is rated by phone."""

STARTS = 3
STATE = Path("office") / "phone-desk.state"


class YearClock:
    """A clock that the story moves; its last day is yesterday."""

    def __init__(self, days: int) -> None:
        self._now = datetime.now(UTC).replace(hour=2, minute=0, second=0) - timedelta(days=days)

    def now(self) -> datetime:
        """The story's time."""
        return self._now

    def monotonic(self) -> float:
        """The same, in seconds."""
        return self._now.timestamp()

    def next_day(self) -> None:
        """A day passes."""
        self._now += timedelta(days=1)


def rows() -> Iterator[dict[str, Any]]:
    """``office_start_s``, with the kept state and without it."""
    with tempfile.TemporaryDirectory(dir=Path.cwd(), prefix=".bench-") as folder:
        office = ServedOffice(Path(folder) / "year")
        office.data.mkdir()
        office.prepare()
        entries = write_books(office.data)
        without = [_start_s(office, without_state=True) for _ in range(STARTS)]
        kept = [_start_s(office) for _ in range(STARTS)]
        assert_same(office.data)
    how = f"process start until /health answers, own book and log of {entries:,} entries, median of {STARTS}"
    yield {
        "name": "office_start_s",
        "value": round(statistics.median(kept), 2),
        "unit": "s",
        "how": f"{how}; kept state of the fold, checked to be equal to the fold of the whole book "
        f"(without it {statistics.median(without):.2f} s); target 3",
    }


def _start_s(office: ServedOffice, *, without_state: bool = False) -> float:
    if without_state:
        (office.data / STATE).unlink(missing_ok=True)
    took = office.start()
    office.stop()
    return took


def assert_same(data: Path) -> None:
    """What the kept state leads to is what the whole book says."""
    book = data / JOURNAL
    journal_id = str(next(read_entries(book)).fields()["journal_id"])
    states = []
    for place in (data / STATE, data / "no.state"):
        fold = PhoneFold(default_set())
        through, _ = resume(
            fold, place=place, journal_id=journal_id, entries=lambda after: read_entries(book, after)
        )  # fmt: skip
        assert (through > ENTRIES // 2) == (place.name != "no.state")
        states.append(fold.state())
    assert states[0] == states[1]


def write_books(data: Path, count: int = ENTRIES) -> int:
    """An office's own book of that many entries, and the log that holds it; returns how many there are."""
    days = count // (3 * A_DAY) + 1
    clock, of = YearClock(days), BookOf("office", "bac-son")
    with SqliteJournal.create(data / JOURNAL, of=of, utc_offset_h=7, clock=clock) as book:
        ratings = Ratings()
        while (left := count - book.head().seq) > 0:
            facts = [*_calls(clock.now().date().isoformat()), *ratings.given()]
            for entry in book.append_all(facts[:left]):
                ratings.take_in(entry)
            if judged := ratings.judged()[: count - book.head().seq]:
                book.append_all(judged)
            clock.next_day()
        _hold(data, book)
        return book.head().seq


class Ratings:
    """A day's ratings by phone: the overall answer, then the first criterion that is asked."""

    def __init__(self) -> None:
        self._dealer = Dealer(default_set(), "office")
        self._count = 0
        self._new: list[str] = []

    def given(self) -> list[Fact]:
        """The overall answers of one more day."""
        made = default_set()
        names = [str(self._count + at) for at in range(A_DAY // 10)]
        self._count += len(names)
        return [RatingGiven(f"r{one}", f"u{one}", made.id, made.version, "good-first", "satisfied") for one in names]

    def take_in(self, entry: Entry) -> None:
        """They stand in the book."""
        self._dealer.take_in(entry)
        if entry.fact == RatingGiven.__name__:
            self._new.append(str(entry.fields()["rating_id"]))

    def judged(self) -> list[Fact]:
        """What is answered next."""
        new, self._new = self._new, []
        return [CriterionAnswered(one, self._dealer.asked(one)[-1], "yes") for one in new]


def _calls(day: str) -> list[Fact]:
    facts: list[Fact] = []
    for at in range(A_DAY):
        number, counter = f"B{at + 1:03d}", str(at % 6 + 1)
        facts.append(TicketCalled(number, day, counter, "normal", "next", f"c{at}"))
        facts.append(ServiceStarted(number, day, counter, f"s{at}"))
        facts.append(TicketFinished(number, day, counter, f"f{at}"))
    return facts


def _hold(data: Path, book: SqliteJournal) -> None:
    """Put the book into the log as it is: what start-up reads of it, without the hours of taking it in."""
    key, head = own_key(data, "office"), book.head()
    SqliteStore(data / LOG).close()
    with sqlite3.connect(data / LOG) as link:
        link.execute("attach ? as book", (str(data / JOURNAL),))
        link.execute(
            "insert into device values (?, ?, ?, 'office', ?, 1)",
            (book.office_id, key.device_id, key.public_key, head.at),
        )
        link.execute(
            "insert into journal values (?, ?, 'office', ?, 0, ?, ?, 'open', ?, ?, 1)",
            (book.office_id, book.journal_id, key.device_id, head.seq, head.hash, head.at, head.at),
        )
        link.execute(
            "insert into entry select ?, ?, seq, id, at, day, fact, version, body, hash from book.entry",
            (book.office_id, book.journal_id),
        )
    link.close()
