"""The day's calls as the board shows them: the newest first, one a number."""

from __future__ import annotations

from kiosk.lobby_views import Called

REMEMBERED = 12
"""Calls that are kept for the board."""


class RecentCalls:
    """A fold of calls and recalls, in the order of the office's own book."""

    def __init__(self) -> None:
        self.newest_first: list[Called] = []
        self.count = 0

    def call(self, number: str, counter: str, *, at: str, lane: str) -> None:
        """A number was called, or called once more."""
        self.count += 1
        self.take_back(number)
        self.newest_first = [Called(number, counter, at, self.count, lane), *self.newest_first][:REMEMBERED]

    def take_back(self, number: str) -> None:
        """A number is not called any more; the count of calls goes on, as a page tells a new one by it."""
        self.newest_first = [one for one in self.newest_first if one.number != number]
