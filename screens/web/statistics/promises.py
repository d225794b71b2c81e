"""The promises: how often each criterion was kept, as far as it may be shown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from kiosk.criteria import CriteriaSet, Criterion
from screens.web.statistics.periods import Period
from screens.web.statistics.release import LEAST, Reading, answers_by_day, reading, released_days
from screens.web.statistics.served import served_in
from screens.web.statistics.shares import Share, percent
from sync.central.tallies import TallyRow

WINDOW_DAYS = 30
"""A shorter period holds too few answers to one promise; it shows the 30 days up to its end."""
SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Window:
    """Closed days that promises are judged by; the running day is never among them."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Response:
    """How many of those who could answer did."""

    answered: int
    asked: int

    @property
    def whole(self) -> int:
        """Those who could answer; a rating a day after its number makes nobody less than asked."""
        return max(self.asked, self.answered)

    @property
    def percent(self) -> int | None:
        """In whole percent; None while fewer than ten answered, as for every percentage."""
        return percent(self.answered / self.whole) if self.answered >= LEAST else None


@dataclass(frozen=True, slots=True)
class Promise:
    """One criterion. ``n``: answers that apply, always shown; the rest as far as it may be.

    ``kept``, ``not_quite`` and ``not_kept`` are of the ``split`` answers released by now, None
    while that are fewer than ten. "Does not apply" and skips are counted apart, never as good.
    """

    criterion: Criterion
    n: int
    not_applicable: int
    skipped: int
    kept: int | None
    not_quite: int | None
    not_kept: int | None
    share: Share | None

    @property
    def split(self) -> int:
        """The answers behind the share."""
        return self.share.n if self.share else 0

    @property
    def waits(self) -> bool:
        """Whether there are answers enough, and none may be split yet: quiet days that wait for one another."""
        return self.share is None and self.n >= LEAST

    @property
    def reading(self) -> Reading:
        """How far it may be read."""
        return reading(self.split)


@dataclass(frozen=True, slots=True)
class Allegation:
    """How often a question was answered with an accusation: a count for the leader, not a finding."""

    criterion: Criterion
    count: int


@dataclass(frozen=True, slots=True)
class Allegations:
    """All of them, always of the 30 days up to yesterday, whatever period was asked for: days that can
    be chosen would tell when."""

    window: Window
    rows: tuple[Allegation, ...]

    @property
    def count(self) -> int:
        """How many in all."""
        return sum(row.count for row in self.rows)


@dataclass(frozen=True, slots=True)
class Promises:
    """All criteria of a set within a window. ``others``: answers to other sets or versions."""

    window: Window
    criteria: CriteriaSet
    response: Response
    rows: tuple[Promise, ...]
    others: int


def window_of(asked: Period) -> Window:
    """The closed days that promises are judged by for a period."""
    last = min(asked.last, asked.today - timedelta(days=1))
    first = last - timedelta(days=WINDOW_DAYS - 1)
    return Window(
        asked.first if asked.length >= WINDOW_DAYS and asked.first <= last else first,
        last,
    )


def promises(rows: Sequence[TallyRow], window: Window, criteria: CriteriaSet) -> Promises:
    """The promises within a window. ``rows`` begin with the quarter of the window's first day."""
    inside = _inside(rows, window)
    response = Response(_sum(inside, "rated"), served_in(inside).asked)
    asked = [row for row in rows if row.measure == "criterion" and row.day <= window.last.isoformat()]
    plain = (one for one in criteria.criteria if not one.allegation)
    made = (_promise(one, [row for row in asked if row.key == _key(criteria, one)], window, response) for one in plain)
    ours = {_key(criteria, one) for one in criteria.criteria}
    others = sum(row.n for row in inside if row.measure == "criterion" and row.key not in ours)
    return Promises(window, criteria, response, tuple(made), others)


def allegations(rows: Sequence[TallyRow], today: date, criteria: CriteriaSet) -> Allegations:
    """What was alleged, as counts. ``rows`` reach back ``WINDOW_DAYS`` from today."""
    window = Window(today - timedelta(days=WINDOW_DAYS), today - timedelta(days=1))
    inside = [row for row in _inside(rows, window) if row.measure == "criterion"]
    alleging = (one for one in criteria.criteria if one.allegation)
    return Allegations(window, tuple(_allegation(one, _key(criteria, one), inside) for one in alleging))


def _allegation(criterion: Criterion, key: str, inside: Sequence[TallyRow]) -> Allegation:
    return Allegation(criterion, _answers((row for row in inside if row.key == key), criterion.allegation))


def _key(criteria: CriteriaSet, criterion: Criterion) -> str:
    return f"{criteria.id}:{criteria.version}:{criterion.id}"


def _inside(rows: Iterable[TallyRow], window: Window) -> list[TallyRow]:
    return [row for row in rows if window.first.isoformat() <= row.day <= window.last.isoformat()]


def _promise(criterion: Criterion, rows: Sequence[TallyRow], window: Window, response: Response) -> Promise:
    first, last = window.first.isoformat(), window.last.isoformat()
    kept = {answer.id: answer.kept for answer in criterion.answers}
    applies = [row for row in rows if row.answer != SKIPPED and kept.get(row.answer) is not None]
    shown = released_days(answers_by_day((row.day, row.n) for row in applies), first, last)
    split = [row for row in applies if row.day in shown]
    inside = [row for row in rows if row.day >= first]
    n = sum(row.n for row in applies if row.day >= first)
    skipped = sum(row.n for row in inside if row.answer == SKIPPED)
    beside = sum(row.n for row in inside) - n - skipped
    if not split:
        return Promise(criterion, n, beside, skipped, None, None, None, None)
    good = _answers(split, (id for id, is_kept in kept.items() if is_kept))
    half = _answers(split, (answer.id for answer in criterion.answers if answer.picture == "half"))
    total = sum(row.n for row in split)
    share = Share(good, total, response.answered, response.whole)
    return Promise(criterion, n, beside, skipped, good, half, total - good - half, share)


def _answers(rows: Iterable[TallyRow], ids: Iterable[str]) -> int:
    wanted = frozenset(ids)
    return sum(row.n for row in rows if row.answer in wanted)


def _sum(rows: Iterable[TallyRow], measure: str) -> int:
    return sum(row.n for row in rows if row.measure == measure)
