"""Criteria sets: a versioned set of promises, as data that an office may reword.

A set asks one overall question first, then deals at most three criteria a person. Its
texts, answers, what counts as kept and what is "does not apply" stand in a JSON file;
nothing here knows the "5 biết" (domain section 3; texts of the ward's plan of 2023).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from kiosk.trouble import SettingsTrouble

SETS = Path(__file__).parent / "criteria_sets"
DEFAULT_SET = SETS / "bacson-2023.json"
PICTURES = frozenset(
    {"check", "half", "cross", "dash", "very_satisfied", "satisfied", "neutral", "dissatisfied", "very_dissatisfied"}
)
ORDERS = ("good-first", "good-last")

Text = Mapping[str, str]
"""One text in each language."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One of a question's equal answers. ``kept``: True, False, or None for "does not apply"."""

    id: str
    picture: str
    kept: bool | None
    words: Text


@dataclass(frozen=True, slots=True)
class Criterion:
    """One promise asked about; also the shape of the overall question.

    ``allegation``: answers that accuse somebody, shown to the leader alone and as a count.
    """

    id: str
    family: str
    short: Text
    promise: Text
    question: Text
    answers: tuple[Answer, ...]
    allegation: tuple[str, ...] = ()

    def ordered(self, order: str) -> tuple[Answer, ...]:
        """The answers as they stand on the screen; "does not apply" stays last in either order."""
        judging = [answer for answer in self.answers if answer.kept is not None]
        rest = [answer for answer in self.answers if answer.kept is None]
        return (*(judging if order == ORDERS[0] else reversed(judging)), *rest)

    def answer(self, id: str) -> Answer | None:
        """The answer of that id, if the question has it."""
        return next((answer for answer in self.answers if answer.id == id), None)


@dataclass(frozen=True, slots=True)
class Family:
    """A slogan that groups promises: "5 biết"."""

    id: str
    name: Text


@dataclass(frozen=True, slots=True)
class CriteriaSet:
    """A versioned set. ``decision`` names the paper it comes from."""

    id: str
    version: int
    decision: str
    effective_from: date
    families: tuple[Family, ...]
    overall: Criterion
    criteria: tuple[Criterion, ...]

    def criterion(self, id: str) -> Criterion:
        """The criterion of that id; ``KeyError`` if the set has none."""
        for criterion in self.criteria:
            if criterion.id == id:
                return criterion
        raise KeyError(id)


@cache
def default_set() -> CriteriaSet:
    """The set of Bắc Sơn ward."""
    return load_set(DEFAULT_SET)


def load_set(path: Path) -> CriteriaSet:
    """Read a criteria set; ``SettingsTrouble`` C-421 names the place that is wrong."""
    try:
        raw = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as problem:
        raise SettingsTrouble("C-421", detail=f"{path.name}: {problem}") from None
    try:
        made = _set(raw)
    except (KeyError, TypeError, ValueError) as problem:
        raise SettingsTrouble("C-421", detail=f"{path.name}: {problem!r}") from None
    fault = _fault(made)
    if fault:
        raise SettingsTrouble("C-421", detail=f"{path.name}: {fault}")
    return made


def _set(raw: Mapping[str, Any]) -> CriteriaSet:
    return CriteriaSet(
        id=str(raw["id"]),
        version=int(raw["version"]),
        decision=str(raw["decision"]),
        effective_from=date.fromisoformat(raw["effective_from"]),
        families=tuple(Family(family["id"], family["name"]) for family in raw["families"]),
        overall=_criterion(raw["overall"]),
        criteria=tuple(_criterion(one) for one in raw["criteria"]),
    )


def _criterion(raw: Mapping[str, Any]) -> Criterion:
    answers = tuple(Answer(one["id"], one["picture"], one["kept"], one["words"]) for one in raw["answers"])
    texts = raw["short"], raw["promise"], raw["question"]
    return Criterion(raw["id"], raw["family"], *texts, answers, tuple(raw.get("allegation", ())))


def _fault(made: CriteriaSet) -> str:
    ids = [criterion.id for criterion in made.criteria]
    if len(set(ids)) != len(ids):
        return "two criteria carry one id"
    known = {family.id for family in made.families}
    for criterion in (made.overall, *made.criteria):
        if criterion is not made.overall and criterion.family not in known:
            return f"{criterion.id}: family {criterion.family!r} is not listed"
        fault = _answers_fault(criterion.answers)
        if fault:
            return f"{criterion.id}: {fault}"
    return ""


def _answers_fault(answers: Sequence[Answer]) -> str:
    if not 2 <= len(answers) <= 5:
        return f"{len(answers)} answers; two to five fit on a screen"
    if len({answer.id for answer in answers}) != len(answers):
        return "two answers carry one id"
    for answer in answers:
        if answer.picture not in PICTURES:
            return f"picture {answer.picture!r} is not one of {', '.join(sorted(PICTURES))}"
        if answer.kept not in (True, False, None):
            return f"kept of {answer.id!r} is not true, false or null"
    return ""
