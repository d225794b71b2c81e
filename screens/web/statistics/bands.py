"""The four bands that stand everywhere: satisfied, neutral, not satisfied, silent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from screens.web.statistics.release import LEAST

SATISFIED = frozenset({"satisfied", "very_satisfied"})
NEUTRAL = frozenset({"neutral"})


@dataclass(frozen=True, slots=True)
class Split:
    """Overall answers by band. A scale of five counts its two best as satisfied, its two worst as not."""

    satisfied: int = 0
    neutral: int = 0
    dissatisfied: int = 0

    @property
    def n(self) -> int:
        """How many answers."""
        return self.satisfied + self.neutral + self.dissatisfied

    @property
    def other(self) -> int:
        """Answers that were not "satisfied"; neutral counts as one of them."""
        return self.neutral + self.dissatisfied

    def plus(self, more: Split) -> Split:
        """Both together."""
        return Split(
            self.satisfied + more.satisfied,
            self.neutral + more.neutral,
            self.dissatisfied + more.dissatisfied,
        )


def split_of(counts: Iterable[tuple[str, int]]) -> Split:
    """The bands of (answer, how often)."""
    satisfied = neutral = dissatisfied = 0
    for answer, n in counts:
        if answer in SATISFIED:
            satisfied += n
        elif answer in NEUTRAL:
            neutral += n
        else:
            dissatisfied += n
    return Split(satisfied, neutral, dissatisfied)


@dataclass(frozen=True, slots=True)
class Bands:
    """A period's bands: who could answer, who did, and the split as far as it may be shown.

    ``shown`` is None while too few answered. ``held`` answers are counted and not split yet.
    More answers than numbers (a rating a day after its number) leave nobody silent.
    """

    asked: int
    answered: int
    shown: Split | None

    @property
    def silent(self) -> int:
        """Who could answer and did not."""
        return max(0, self.asked - self.answered)

    @property
    def held(self) -> int:
        """Answers that are counted and not split yet."""
        return self.answered - (self.shown.n if self.shown else 0)

    @property
    def waits(self) -> bool:
        """Whether there are answers enough, and none may be split yet: quiet days that wait for one another."""
        return self.shown is None and self.answered >= LEAST

    @property
    def all(self) -> int:
        """Everybody the bar stands for."""
        return self.answered + self.silent
