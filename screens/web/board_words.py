"""What the lobby board says besides numbers: promises, notices, the order of calls, when it opens again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from kiosk.criteria import CriteriaSet
from kiosk.line_rules import LineRules
from kiosk.notices import Notice
from kiosk.opening import ClosedWords, OpeningHours
from screens.web.telling import Telling

LINE_LETTERS = 104
"""Promises that stand together on the lowest line of the board."""
LONGEST_LINE = 112
"""What fits that line beside its label; more takes two."""
Slide = dict[str, object]


def slides(telling: Telling, criteria: CriteriaSet, rules: LineRules, notices: Sequence[Notice]) -> list[Slide]:
    """What takes turns on the lowest line: each notice, the promises of the office, the order of calls."""
    made = [_slide(telling.say("board.notice"), [notice.texts[telling.language]]) for notice in notices]
    for family in criteria.families:
        promises = [one.promise[telling.language] for one in criteria.criteria if one.family == family.id]
        made += [_slide(family.name[telling.language], part) for part in _parts(promises)]
    order = telling.say("board.order_sentence", share=rules.share, m=rules.ageing_min)
    return [*made, _slide(telling.say("board.order"), [order])]


def closed(telling: Telling, opening: OpeningHours, moment: datetime) -> dict[str, object] | None:
    """What stands in the place of a number while the office is closed; None where no hours are set."""
    told = opening.closed_words(moment, telling.words)
    if told is None:
        return None
    lunch = told.back_part == "afternoon" and not told.back and not told.holiday_today
    return {
        "eyebrow": telling.say("closed.eyebrow_lunch" if lunch else "closed.eyebrow"),
        "title": _return(telling, told, opening.next_opening(moment)),
        "hours": list(told.hours),
        "days": told.days,
        "holiday": _holiday(telling, told),
    }


def _slide(label: str, items: Sequence[str]) -> Slide:
    return {"label": label, "items": list(items), "long": sum(map(len, items)) > LONGEST_LINE}


def _parts(promises: Sequence[str]) -> Iterator[list[str]]:
    """The promises, as many together as one line holds."""
    part: list[str] = []
    for promise in promises:
        if part and sum(map(len, part)) + len(promise) > LINE_LETTERS:
            yield part
            part = []
        part.append(promise)
    if part:
        yield part


def _return(telling: Telling, told: ClosedWords, opens: datetime | None) -> str:
    if opens is None:
        return telling.say("closed.title_unknown")
    if not told.back:
        return telling.say("closed.title_today")
    return telling.say("closed.title" if told.back_part == "morning" else "closed.title_afternoon", day=told.back)


def _holiday(telling: Telling, told: ClosedWords) -> str:
    if not told.holiday:
        return ""
    return telling.words.say("closed.holiday_today" if told.holiday_today else "closed.holiday", name=told.holiday)
