"""Every word a person reads, by language, from the files in ``kiosk/language``.

Vietnamese first, English beside it; a test keeps the keys of the files equal. Texts
are kept and handed out in NFC, the one form that compares, cuts and prints alike.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from functools import cache
from pathlib import Path

LANGUAGE_FILES = Path(__file__).parent / "language"
LANGUAGES = ("vi", "en")
DEFAULT_LANGUAGE = "vi"


class Words:
    """The words of one language."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._texts = _texts(language)

    def say(self, name: str, /, **values: object) -> str:
        """The text called ``screen.key``, its ``{places}`` filled in; ``KeyError`` for an unknown name."""
        screen, key = name.split(".", 1)
        text = self._texts[screen][key]
        return text.format(**values) if values else text

    def has(self, name: str) -> bool:
        """Whether there is a text of that name."""
        screen, _, key = name.partition(".")
        return key in self._texts.get(screen, {})

    def screen(self, name: str) -> Mapping[str, str]:
        """All texts of a screen with their ``{places}`` as they stand, for a page's script to fill; ``KeyError``."""
        return self._texts[name]

    def other(self) -> Words:
        """The words of the other language."""
        return words("en" if self.language == "vi" else "vi")


@cache
def words(language: str = DEFAULT_LANGUAGE) -> Words:
    """The words of a language; ``ValueError`` if there are none."""
    if language not in LANGUAGES:
        raise ValueError(f"no words in {language!r}")
    return Words(language)


@cache
def _texts(language: str) -> dict[str, dict[str, str]]:
    file = LANGUAGE_FILES / f"{language}.json"
    raw = unicodedata.normalize("NFC", file.read_text(encoding="utf-8"))
    texts: dict[str, dict[str, str]] = json.loads(raw)
    return texts
