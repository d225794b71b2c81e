"""Why 42? What became of the numbers nobody sees, in words."""

from __future__ import annotations

from kiosk.lobby_views import WhyNumber
from kiosk.words import Words


def why_words(why: WhyNumber, words: Words) -> tuple[str, ...]:
    """A line each for what explains a number, the sum first; what did not happen is left out."""
    parts = (
        ("waiting", why.waiting_count),
        ("cancelled", why.cancelled_count),
        ("second", why.second_count),
        ("missed", why.missed_count),
        ("expired", why.expired_count),
        ("unissued", why.unissued_count),
        ("reserve", why.reserve_count),
    )
    told = tuple(words.say(f"why.{name}", n=count) for name, count in parts if count)
    return (words.say("why.of", n=why.of_count, letter=why.letter), *(told or (words.say("why.nothing"),)))
