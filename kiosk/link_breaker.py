"""Whether it makes sense to ask over a link: not while it is known to be cut."""

from __future__ import annotations

from kiosk.clock import Clock

TRY_ANYWAY_S = 15.0
"""After this long without any word one asking is risked again."""


class LinkBreaker:
    """What is known of a link, from every asking that anybody made. Any thread may tell, and ask."""

    def __init__(self, clock: Clock, *, try_anyway_s: float = TRY_ANYWAY_S) -> None:
        self._clock = clock
        self._try_anyway_s = try_anyway_s
        self._cut_at: float | None = None

    def told(self, answered: bool) -> None:
        """An asking was answered, or was not."""
        self._cut_at = None if answered else self._clock.monotonic()

    def allows(self) -> bool:
        """Whether to ask."""
        cut_at = self._cut_at
        return cut_at is None or self._clock.monotonic() - cut_at >= self._try_anyway_s
