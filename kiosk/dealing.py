"""Dealing: which criteria a person is asked, settled by turn and by nobody's will.

Criteria are dealt in blocks that hold each criterion of a set exactly once, arranged as
cards of three that mix the families. The order of a block is shuffled from a hash that
anyone can compute again (contract "Dealing of criteria"), so staff cannot steer it.

What is dealt is what is *shown*: a person who leaves early leaves the rest of her card to
the next one. So the shown counts of any two criteria never differ by more than 1. Blocks
run on over midnight; a block's ``day`` is the day its first criterion was shown.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from kiosk.criteria import CriteriaSet
from kiosk.entry import Entry
from kiosk.facts import CriterionAnswered, CriterionSkipped, RatingGiven

CARD = 3
"""At most this many criteria a person (domain section 3)."""


def block_order(made: CriteriaSet, *, kiosk_id: str, day: str, block: int) -> tuple[str, ...]:
    """The criteria of one block, in the order they are shown."""
    seed = _seed(made, kiosk_id, day, block)
    words = _words(seed)
    families = {family.id: [one.id for one in made.criteria if one.family == family.id] for family in made.families}
    for members in families.values():
        _shuffle(members, words)
    cards = _cards(families)
    for card in cards:
        _shuffle(card, words)
    _shuffle(cards, words)
    return tuple(criterion for card in cards for criterion in card)


def _cards(families: dict[str, list[str]]) -> list[list[str]]:
    """Cards of three, one of each family while they last, the fullest first: 5 + 3 + 4 gives BKT BKT BKT BBT."""
    cards: list[list[str]] = []
    while any(families.values()):
        card: list[str] = []
        unused = sorted(families.values(), key=len, reverse=True)
        while len(card) < CARD and any(families.values()):
            source = next((members for members in unused if members), None)
            if source is None:  # fewer families than places: take twice from the fullest
                source = max(families.values(), key=len)
            else:
                unused.remove(source)
            card.append(source.pop())
        cards.append(card)
    return cards


def _seed(made: CriteriaSet, kiosk_id: str, day: str, block: int) -> bytes:
    text = json.dumps([made.id, made.version, kiosk_id, day, block], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).digest()


def _words(seed: bytes) -> Iterator[int]:
    """Numbers of 32 bits: the seed's own eight, then those of SHA-256(seed, counter), counter from 1."""
    counter, source = 0, seed
    while True:
        for at in range(0, len(source), 4):
            yield int.from_bytes(source[at : at + 4])
        counter += 1
        source = hashlib.sha256(seed + counter.to_bytes(4)).digest()


def _shuffle(items: list[Any], words: Iterator[int]) -> None:
    """Fisher-Yates; words that would favour a place are rejected."""
    for last in range(len(items) - 1, 0, -1):
        places = last + 1
        fair = 2**32 - 2**32 % places
        word = next(word for word in words if word < fair)
        other = word % places
        items[last], items[other] = items[other], items[last]


class Dealer:
    """A fold: what each rating of one book was asked, and so what comes next."""

    def __init__(self, made: CriteriaSet, kiosk_id: str) -> None:
        self._set = made
        self._kiosk_id = kiosk_id
        self._shown = 0
        self._order: tuple[str, ...] = ()
        self._asked: dict[str, list[str]] = {}
        self._ended: set[str] = set()

    def take_in(self, entry: Entry) -> None:
        """Fold one entry."""
        if entry.fact == RatingGiven.__name__:
            body = entry.fields()
            ours = (body["set"], body["set_version"]) == (self._set.id, self._set.version)
            if ours and body["rating_id"] not in self._asked:
                self._asked[body["rating_id"]] = []
                self._deal(body["rating_id"], entry.day)
        elif entry.fact in (CriterionAnswered.__name__, CriterionSkipped.__name__):
            body = entry.fields()
            asked = self._asked.get(body["rating_id"])
            if asked and body["criterion"] == asked[-1]:
                self._deal(body["rating_id"], entry.day)

    def state(self) -> list[Any]:
        """All it has come to, as JSON can hold it; it stays as it is when the fold goes on."""
        asked = {rating_id: list(criteria) for rating_id, criteria in self._asked.items()}
        return [self._shown, list(self._order), asked, sorted(self._ended)]

    def restore(self, state: Any) -> None:
        """Go on from a state; one that is wrong changes nothing and raises TypeError or ValueError."""
        shown, order, asked, ended = state
        read = {str(rating_id): [str(one) for one in criteria] for rating_id, criteria in dict(asked).items()}
        self._shown, self._order, self._asked, self._ended = int(shown), tuple(order), read, set(ended)

    def asked(self, rating_id: str) -> tuple[str, ...]:
        """The criteria shown in a rating so far, the one on the screen last."""
        return tuple(self._asked.get(rating_id, ()))

    def next_after(self, rating_id: str, criterion: str) -> str:
        """The criterion that follows in that rating, "" at its end; ``criterion`` "" asks for the first."""
        asked = self._asked.get(rating_id, [])
        at = asked.index(criterion) + 1 if criterion in asked else 0
        return asked[at] if at < len(asked) else ""

    def _deal(self, rating_id: str, day: str) -> None:
        asked = self._asked[rating_id]
        if len(asked) >= CARD or rating_id in self._ended or not self._set.criteria:
            return
        place = self._shown % len(self._set.criteria)
        if place == 0:
            block = self._shown // len(self._set.criteria)
            self._order = block_order(self._set, kiosk_id=self._kiosk_id, day=day, block=block)
        if self._order[place] in asked:  # a new block begins with what she was just asked: she is done
            self._ended.add(rating_id)
            return
        asked.append(self._order[place])
        self._shown += 1
