"""How figures are said in a language: whole numbers, days, times, shares."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from kiosk.words import LANGUAGES, Words, words
from screens.web.statistics.shares import Interval

NO_BREAK_PERCENT = "\u00a0%"
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True, slots=True)
class Telling:
    """Figures in one language."""

    words: Words

    @property
    def language(self) -> str:
        """ "vi" or "en"."""
        return self.words.language

    def say(self, name: str, **values: object) -> str:
        """A text of the language files; whole numbers among its values are written as :meth:`count` does."""
        told = {key: self.count(value) if type(value) is int else value for key, value in values.items()}
        return self.words.say(name, **told).replace(" %", NO_BREAK_PERCENT)

    def count(self, n: int) -> str:
        """1.486 in Vietnamese, 1,486 in English."""
        grouped = f"{n:,}"
        return grouped.replace(",", ".") if self.language == "vi" else grouped

    def day(self, day: date, *, year: bool = True) -> str:
        """ "23/11/2026"."""
        return f"{day:%d/%m/%Y}" if year else f"{day:%d/%m}"

    def weekday(self, day: date) -> str:
        """ "Thứ Hai"."""
        return self.words.say(f"common.{WEEKDAYS[day.weekday()]}")

    def weekday_within(self, day: date) -> str:
        """A weekday in the middle of a sentence: "thứ Hai", "Chủ Nhật"."""
        name = self.weekday(day)
        return f"t{name[1:]}" if name.startswith("Thứ") else name

    def long_day(self, day: date) -> str:
        """ "Thứ Hai 23/11/2026"."""
        return f"{self.weekday(day)} {self.day(day)}"

    def time(self, moment: datetime) -> str:
        """ "16:40"."""
        return f"{moment:%H:%M}"

    def interval(self, interval: Interval) -> str:
        """ "58–83", in percent."""
        low, high = interval.whole_percents()
        return f"{low}–{high}"


def telling(language: str | None) -> Telling:
    """The telling of a language; Vietnamese for any that is not known."""
    return Telling(words(language if language in LANGUAGES else "vi"))
