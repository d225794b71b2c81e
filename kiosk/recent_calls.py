"""The day's calls as the board shows them: the newest first, one a number."""

from __future__ import annotations

from kiosk.line_ticket import CLASH
from kiosk.lobby_views import Called

REMEMBERED = 12
"""Calls that are kept for the board."""


class RecentCalls:
    """A fold of calls and recalls, in the order of the office's own book. Two people who hold one number are two
    ``name``s here, and one number on the board."""

    def __init__(self) -> None:
        self.count = 0
        self._calls: list[tuple[str, Called]] = []

    @property
    def newest_first(self) -> list[Called]:
        """The calls, one a number."""
        return [call for _, call in self._calls]

    def call(self, name: str, counter: str, *, at: str, lane: str) -> None:
        """A number was called, or called once more."""
        self.count += 1
        self.take_back(name)
        call = Called(name.partition(CLASH)[0], counter, at, self.count, lane)
        self._calls = [(name, call), *self._calls][:REMEMBERED]

    def take_back(self, name: str) -> None:
        """A number is not called any more; the count of calls goes on, as a page tells a new one by it."""
        self._calls = [one for one in self._calls if one[0] != name]
