"""What a bouncing panel, a hasty second tap or two quick clicks may not do.

A key counts once in half a second. And for half a second after a screen has changed under
the finger no key counts: the second of two quick taps would otherwise choose something on
a screen its citizen has not seen yet.
"""

from __future__ import annotations

from kiosk.visit import Visit
from kiosk.visit_events import (
    AnswerChosen,
    BackPressed,
    BigTextToggled,
    ContrastToggled,
    CopyAsked,
    DonePressed,
    Event,
    LanguageToggled,
    MoreTimePressed,
    PageTurned,
    PriorityChosen,
    RateChosen,
    ServiceChosen,
    Skipped,
)
from kiosk.visit_lobby_events import (
    ArrivalChosen,
    CodeChosen,
    CodeEntered,
    DropChosen,
    DropConfirmed,
    HelpingChosen,
    HelpingEnded,
    HelpPressed,
    LetterTyped,
    SecondAnswered,
    StayChosen,
    WhyAsked,
    WhyClosed,
)

HOLD_S = 0.5
BOUNCE_S = 0.15

KEYS = (
    AnswerChosen, BackPressed, BigTextToggled, ContrastToggled, CopyAsked, DonePressed, LanguageToggled,
    MoreTimePressed, PageTurned, PriorityChosen, RateChosen, ServiceChosen, Skipped,
    ArrivalChosen, CodeChosen, CodeEntered, DropChosen, DropConfirmed, HelpingChosen, HelpingEnded, HelpPressed,
    SecondAnswered, StayChosen, WhyAsked, WhyClosed,
)  # fmt: skip
"""Events that only a finger on a key can make; letters of a code come as quickly as somebody types."""


class TapGuard:
    """Remembers the last tap and the last change of screen."""

    def __init__(self, hold_s: float = HOLD_S) -> None:
        self._hold_s = hold_s
        self._last: type[Event] | None = None
        self._last_at = float("-inf")
        self._changed_at = float("-inf")
        self._seen: tuple[object, ...] = ()
        self._letter: LetterTyped | None = None
        self._letter_at = float("-inf")

    def lets_through(self, event: Event, now: float) -> bool:
        """Whether this is a tap its citizen meant; everything that is no tap always is."""
        if isinstance(event, LetterTyped):
            return self._is_typed(event, now)
        if not isinstance(event, KEYS):
            return True
        again = type(event) is self._last and now - self._last_at < self._hold_s
        unseen = now - self._changed_at < self._hold_s
        if again or unseen:
            return False
        self._last, self._last_at = type(event), now
        return True

    def _is_typed(self, event: LetterTyped, now: float) -> bool:
        """Different letters come as quickly as somebody types; the same one so soon is a bounce."""
        bounced = event == self._letter and now - self._letter_at < BOUNCE_S
        unseen = now - self._changed_at < self._hold_s
        self._letter, self._letter_at = event, now
        return not bounced and not unseen

    def saw(self, visit: Visit, now: float) -> None:
        """What stands on the screen from now on."""
        seen = (visit.place, visit.question, visit.page, visit.asking_time, visit.why)
        if seen != self._seen:
            first = not self._seen
            self._seen = seen
            self._changed_at = float("-inf") if first else now
