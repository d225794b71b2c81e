"""What a closed office tells on its screen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from kiosk.opening import OpeningHours
from kiosk.words import words
from screens.touch.scene import ClosedNote


def closed_note(opening: OpeningHours) -> Callable[[datetime, str], ClosedNote | None]:
    """A maker of notes for a moment of office time, in a language; None from it where no hours are set."""

    def note(moment: datetime, language: str) -> ClosedNote | None:
        told = opening.closed_words(moment, words(language))
        if told is None:
            return None
        return ClosedNote(
            told.hours,
            told.days,
            back=told.back,
            back_part=told.back_part,
            holiday=told.holiday,
            holiday_day=told.holiday_day,
            holiday_today=told.holiday_today,
            lunch=told.back_part == "afternoon" and not told.back and not told.holiday_today,
        )

    return note
