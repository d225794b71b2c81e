"""An office that knows what a test tells it: what kiosks are shown, and what their questions are answered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kiosk.lobby_views import KioskView, ServiceLine, WaitBasis, WhyNumber
from screens.touch.inquiries import Answered

BASIS = WaitBasis(counters=2, service_s=(300, 420, 360, 300), waits_s=(900, 1200), head_waited_s=600)


def line(count: int, *, counters: int = 2, full: bool = False) -> ServiceLine:
    """A service with so many waiting."""
    basis = WaitBasis(counters, BASIS.service_s, BASIS.waits_s, BASIS.head_waited_s)
    return ServiceLine(count, basis, full)


class FakeOffice:
    """What a kiosk asks. ``knows`` None: the office cannot be reached; ``answers``: by path."""

    def __init__(self) -> None:
        self.knows: KioskView | None = None
        self.answers: dict[str, Answered | None] = {}
        self.asked: list[tuple[str, Mapping[str, str]]] = []
        self.written_count = 0

    def tells(
        self,
        lines: Mapping[str, ServiceLine] | None = None,
        *,
        through: int = 10**6,
        help: Mapping[str, int | None] | None = None,
        why: Mapping[str, WhyNumber] | None = None,
        calling: bool = True,
    ) -> None:
        """From now on the office says this."""
        self.knows = KioskView("2026-11-22T01:00:00.000000Z", through, lines or {}, help or {}, why or {}, calling)

    def view(self) -> KioskView | None:
        """What it told last."""
        return self.knows

    def written(self) -> None:
        """A kiosk wrote something."""
        self.written_count += 1

    def post(self, path: str, body: Mapping[str, str]) -> Answered | None:
        """The answer a test laid ready; None is silence."""
        self.asked.append((path, body))
        return self.answers.get(path)


def place(number: str, state: str = "waiting", **told: Any) -> Answered:
    """What ``/V/place`` answers."""
    known = {"number": number, "service": number[0], "state": state, "counter": "", "counters": 2}
    return 200, {**known, "ahead_count": 5, "minutes": [10, 20], **told}
