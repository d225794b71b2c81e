"""Equal answers: the same size, fill and letters, so that none is easier to find or to touch."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.visit_events import Event
from screens.touch.drawing import Art, Box, Item, around
from screens.touch.parts import centred, put_key
from screens.touch.sheet import BOLD, CENTRE, LEFT, Sheet, Type

FEW_WORDS = 4
"""Up to so many stand in one line."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of two answers: its key's name, what it does, its picture and its words."""

    name: str
    event: Event
    icon: str
    word: str


def put_choices(sheet: Sheet, area: Box, choices: tuple[Choice, ...]) -> None:
    """The answers side by side; pictures above the words, or beside them where it is low."""
    gap = sheet.look.gap
    width = (area.w - gap * (len(choices) - 1)) // len(choices)
    pad, icon = sheet.size("answer_pad"), sheet.size("priority_icon")
    beside = sheet.look.landscape or area.h < 2 * icon + 3 * pad
    room = width - 2 * pad - (icon + pad if beside else 0)
    height = area.h - 2 * pad if beside else area.h - icon - 3 * pad
    type_ = sheet.type("answer_word", BOLD, 1.16)
    fitted = (type_.fitted(one.word, room, height, least_lines=_lines(one.word))[0] for one in choices)
    type_ = min(fitted, key=lambda found: found.size)
    for place, one in enumerate(choices):
        box = Box(area.x + place * (width + gap), area.y, width, area.h)
        lines = type_.fold(one.word, room, least_lines=_lines(one.word))
        content = (
            _beside(box, one, type_, lines, (icon, pad)) if beside else _above(box, one, type_, lines, (icon, pad))
        )
        put_key(sheet, one.name, box, one.event, content, size="answer")


def _lines(word: str) -> int:
    """A comma or many syllables call for two lines."""
    return 2 if "," in word or len(word.split()) > FEW_WORDS else 1


def _beside(box: Box, one: Choice, type_: Type, lines: tuple[str, ...], sizes: tuple[int, int]) -> list[Item]:
    icon, pad = sizes
    left = box.mid[0] - (icon + pad + type_.widest(lines)) // 2
    picture = Art(around((left + icon // 2, box.mid[1]), icon, icon), one.icon, ("action",))
    return [picture, *centred(lines, type_, (left + icon + pad, box.mid[1]), "ink", LEFT)]


def _above(box: Box, one: Choice, type_: Type, lines: tuple[str, ...], sizes: tuple[int, int]) -> list[Item]:
    icon, pad = sizes
    two = type_.height(max(2, len(lines)))
    high = icon + pad + two + (type_.leading - type_.cap) // 2
    top = box.y + (box.h - high) // 2
    picture = Art(around((box.mid[0], top + icon // 2), icon, icon), one.icon, ("action",))
    return [picture, *centred(lines, type_, (box.mid[0], top + high - two // 2), "ink", CENTRE)]
