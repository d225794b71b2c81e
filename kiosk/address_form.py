"""How citizens are addressed: "ông/bà" as the texts are written, or as the office chooses.

Texts say "ông/bà"; an office may say "khách hàng", "công dân" or nothing ("none"). Who
somebody is, is never guessed from age or sex (domain section 9). English has "you".
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from kiosk.criteria import CriteriaSet, Criterion, Text
from kiosk.words import DEFAULT_LANGUAGE, Words, words

WRITTEN = "ông/bà"
NONE = "none"

_WRITTEN = re.compile(r"(?P<of> của)?(?P<before> ?)(?P<word>[Ôô]ng/bà)(?P<after> ?)")


def addressed(text: str, form: str) -> str:
    """A Vietnamese text with its "ông/bà" as the office says it; ``form`` is a value of ``office.address_form``.

    A sentence that began with it still begins with a capital letter.
    """
    if form == WRITTEN:
        return text
    return _left_out(text) if form == NONE else _replaced(text, form)


def _replaced(text: str, form: str) -> str:
    def said(found: re.Match[str]) -> str:
        word = form[:1].upper() + form[1:] if found["word"][0] == "Ô" else form
        return f"{found['of'] or ''}{found['before']}{word}{found['after']}"

    return _WRITTEN.sub(said, text)


def _left_out(text: str) -> str:
    made, after, capital = [], 0, False
    for found in _WRITTEN.finditer(text):
        made.append(_capital(text[after : found.start()], capital))
        made.append(" " if found["before"] and found["after"] else "")
        after, capital = found.end(), found["word"][0] == "Ô"
    return "".join(made) + _capital(text[after:], capital)


def _capital(text: str, capital: bool) -> str:
    return text[:1].upper() + text[1:] if capital else text


class AddressedWords(Words):
    """Words of one language with the office's form of address in them."""

    def __init__(self, language: str, form: str) -> None:
        super().__init__(language)
        self._form = form

    def say(self, name: str, /, **values: object) -> str:
        """As :meth:`Words.say`; what is filled in is left as it is."""
        text = addressed(super().say(name), self._form)
        return text.format(**values) if values else text


@cache
def addressed_words(language: str, form: str) -> Words:
    """The words of a language in the office's form of address; ``ValueError`` if there are none."""
    return words(language) if form == WRITTEN or language != DEFAULT_LANGUAGE else AddressedWords(language, form)


def addressed_set(criteria: CriteriaSet, form: str) -> CriteriaSet:
    """A criteria set whose Vietnamese questions address citizens as the office does."""
    if form == WRITTEN:
        return criteria
    return replace(
        criteria,
        overall=_criterion(criteria.overall, form),
        criteria=tuple(_criterion(one, form) for one in criteria.criteria),
    )


def _criterion(asked: Criterion, form: str) -> Criterion:
    return replace(
        asked,
        question=_text(asked.question, form),
        answers=tuple(replace(answer, words=_text(answer.words, form)) for answer in asked.answers),
    )


def _text(text: Text, form: str) -> Text:
    return {
        language: addressed(said, form) if language == DEFAULT_LANGUAGE else said for language, said in text.items()
    }
