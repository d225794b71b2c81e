"""Drafts of letters: versioned texts with blanks, from ``kiosk/letter_drafts``.

``{name}`` is a blank, ``[[…]]`` a passage that may be left out, ``[[a | b]]`` exactly one of two, ``*…*`` is strong.
A draft is filled in by a person; nothing is chosen for her.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

DRAFTS = Path(__file__).parent / "letter_drafts"
_PASSAGE = re.compile(r"\[\[(.*?)\]\]")
_BLANK = re.compile(r"\*?\{([A-Za-z_]+)\}\*?")


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a paragraph. ``kind``: "text", "blank" (``name`` says of what, ``text`` is what is known of it),
    "maybe" (may be left out) or "either" (one of ``pieces``). ``strong``: in the heavy weight."""

    kind: str
    text: str = ""
    name: str = ""
    strong: bool = False
    pieces: tuple[tuple[Piece, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Letter:
    """A draft: its name and version, title, greeting, and paragraphs."""

    id: str
    version: int
    title: str
    greeting: str
    body: tuple[str, ...]

    def pieces(self, text: str, known: Mapping[str, str]) -> tuple[Piece, ...]:
        """A paragraph in pieces, its blanks filled with what is ``known``."""
        return tuple(_pieces(text, known))


@cache
def letter(id: str) -> Letter:
    """The draft of that name; ``FileNotFoundError`` if there is none."""
    told = json.loads((DRAFTS / f"{id}.json").read_text(encoding="utf-8"))
    return Letter(told["id"], told["version"], told["title"], told["greeting"], tuple(told["body"]))


def _pieces(text: str, known: Mapping[str, str]) -> Iterator[Piece]:
    end = 0
    for found in _PASSAGE.finditer(text):
        yield from _blanks(text[end : found.start()], known)
        ways = tuple(tuple(_blanks(way.strip(), known)) for way in found[1].split("|"))
        yield Piece("maybe" if len(ways) == 1 else "either", pieces=ways)
        end = found.end()
    yield from _blanks(text[end:], known)


def _blanks(text: str, known: Mapping[str, str]) -> Iterator[Piece]:
    end = 0
    for found in _BLANK.finditer(text):
        if found.start() > end:
            yield Piece("text", text[end : found.start()])
        name = found[1]
        value = known.get(name.lower(), "")
        value = value[:1].upper() + value[1:] if name[:1].isupper() else value
        yield Piece("blank", value, name.lower(), strong=found[0].startswith("*"))
        end = found.end()
    if end < len(text):
        yield Piece("text", text[end:])
