"""A call as it is said aloud: words for a speech engine, and the clips that make the same sentence.

    call_aloud("B042", "3", "vi")
        text    "Xin mời số bê, bốn mươi hai, đến quầy số ba."
        clips   xin-moi so B 4 muoi 2 PAUSE den-quay-so 3

Numbers are read by domain section 9. Clips have plain names that any disk can hold:
digits and letters are themselves, ``10`` is mười and ``muoi`` the mươi after another digit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kiosk.catalogue_rows import LETTERS
from kiosk.vietnamese import NORTH, Speech, aloud, number_aloud

VOICES = ("vi", "en")
"""Languages a call can be spoken in."""
CHIME, PAUSE = "chime", ""
"""The sound before a call, which an office may bring itself; and a short silence between two pieces."""

_VI: Mapping[str, str] = {
    "không": "0", "một": "1", "hai": "2", "ba": "3", "bốn": "4", "năm": "5", "sáu": "6", "bảy": "7", "tám": "8",
    "chín": "9", "mười": "10", "mươi": "muoi", "mốt": "mot", "tư": "tu", "lăm": "lam", "linh": "linh", "lẻ": "le",
    "trăm": "tram", "nghìn": "nghin", "ngàn": "ngan",
}  # fmt: skip
_EN = (*map(str, range(21)), *map(str, range(30, 100, 10)), "hundred", "and", "thousand")
_TICKET = re.compile(r"([A-Z]{1,2})([0-9]{1,6})")
_COUNTER = re.compile(r"[0-9]{1,4}")


@dataclass(frozen=True, slots=True)
class Saying:
    """One sentence: ``text`` for a speech engine, ``clips`` by name (``PAUSE`` between), () if clips cannot say it."""

    language: str
    text: str
    clips: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Manner:
    """How numbers are said: the Vietnamese of the place, and ``by_digit`` where a hall is loud."""

    speech: Speech = NORTH
    by_digit: bool = False


PLAIN = Manner()


def call_aloud(number: str, counter: str, language: str, *, again: bool = False, manner: Manner = PLAIN) -> Saying:
    """The call of a number to a counter; ``again``: said as the repetition.

    ``number`` is a ticket's, like "B042" (``ValueError`` for another); a counter that is no plain
    number keeps its name, and only a speech engine can say it. ``ValueError`` for a strange language.
    """
    ticket = _TICKET.fullmatch(number)
    if ticket is None or language not in VOICES:
        raise ValueError(f"{number!r} is not called in {language!r}")
    return (_vietnamese if language == "vi" else _english)(ticket, counter, again, manner)


def clip_names(language: str) -> tuple[str, ...]:
    """Every clip that a folder of this language may hold, but for the chime.

    All ways of speaking are among them: a folder from the North has neither ``le`` nor ``ngan``.
    """
    if language == "vi":
        return ("xin-moi", "xin-nhac-lai", "so", "den-quay-so", *_VI.values(), *LETTERS)
    return ("number", "again", "to-counter", *_EN, *LETTERS)


def _vietnamese(ticket: re.Match[str], counter: str, again: bool, manner: Manner) -> Saying:
    number = number_aloud(ticket[0], by_digit=manner.by_digit, speech=manner.speech)
    place = aloud(int(counter), manner.speech) if _COUNTER.fullmatch(counter) else ""
    text = f"{'Xin nhắc lại:' if again else 'Xin mời'} số {number}, đến quầy số {place or counter}."
    opening = ("xin-nhac-lai" if again else "xin-moi", "so")
    said = (_VI[word] for word in number.partition(", ")[2].split())
    closing = (PAUSE, "den-quay-so", *(_VI[word] for word in place.split()))
    return Saying("vi", text, (*opening, *ticket[1], *said, *closing) if place else ())


def _english(ticket: re.Match[str], counter: str, again: bool, manner: Manner) -> Saying:
    whole = int(ticket[2])
    digits = " ".join(ticket[2]) if manner.by_digit else str(whole)
    text = f"{'Once more: number' if again else 'Number'} {' '.join(ticket[1])} {digits}, to counter {counter}."
    if not _COUNTER.fullmatch(counter):
        return Saying("en", text, ())
    opening = ("again", "number") if again else ("number",)
    said = ticket[2] if manner.by_digit else _english_number(whole)
    return Saying("en", text, (*opening, *ticket[1], *said, PAUSE, "to-counter", *_english_number(int(counter))))


def _english_number(number: int) -> Iterator[str]:
    """A whole number below a million as clips: one hundred and forty two."""
    thousands, below = divmod(number, 1000)
    if thousands:
        yield from _english_number(thousands)
        yield "thousand"
    hundreds, rest = divmod(below, 100)
    if hundreds:
        yield from (str(hundreds), "hundred")
    if number > 100 and rest:
        yield "and"
    if rest > 20:
        yield str(rest - rest % 10)
        rest %= 10
    if rest or not number:
        yield str(rest)
