"""The line on the manager's page, as its template wants it: minutes in words, bars, rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from screens.web.drawing import Piece, laid_pieces
from screens.web.statistics.line_report import LineReport
from screens.web.statistics.shares import Share
from screens.web.statistics.survival import Reach
from screens.web.statistics.told_ranges import RangeLine
from screens.web.statistics.waits import ALARMS_MIN, WaitLine
from screens.web.telling import Telling

PAGE = "manager_page"


@dataclass(frozen=True, slots=True)
class WaitRow:
    """One line of the table. ``note`` says what is special about it; ``work``: median minutes at the counter or ""."""

    name: str
    note: str
    line: WaitLine
    work: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class LineView:
    """The line's part of the page."""

    telling: Telling
    report: LineReport
    service_name: Callable[[str, str], str]

    def minutes(self, reach: Reach | None) -> str:
        """ "12", "<1", "hơn 40" where the percentile was not reached, "" where there is none."""
        if reach is None:
            return ""
        told = self.whole_minutes(reach.seconds)
        return told if reach.reached else self.telling.say(f"{PAGE}.waits_more", m=told)

    def whole_minutes(self, seconds: int) -> str:
        """Seconds in minutes, rounded half up; "<1" where that would be nothing."""
        return self.telling.count((seconds + 30) // 60) if seconds >= 30 else "<1"

    def share(self, share: Share | None) -> str:
        """ "15 % (9–24)": a share and its interval; "" while it is hidden."""
        return f"{share.percent}\u00a0% ({self.telling.interval(share.interval)})" if share else ""

    def decimal(self, value: float) -> str:
        """One decimal, with the language's comma."""
        told = f"{value:.1f}"
        return told.replace(".", ",") if self.telling.language == "vi" else told

    @property
    def alarms(self) -> tuple[int, ...]:
        """The minutes from which a wait is counted apart."""
        return ALARMS_MIN

    @property
    def counts(self) -> tuple[int, int, int] | None:
        """Called within the first alarm, between both, beyond the second; None under ten."""
        waits = self.report.waits
        over = [share.x for share in waits.walk_ins.over if share] if waits else []
        if waits is None or len(over) < len(ALARMS_MIN):
            return None
        return waits.walk_ins.n - over[0], over[0] - over[1], over[1]

    @property
    def pieces(self) -> list[Piece]:
        """The bar of those counts."""
        kinds = ("satisfied", "neutral", "dissatisfied")
        return laid_pieces(list(zip(kinds, self.counts or (), strict=False)))

    @property
    def rows(self) -> list[WaitRow]:
        """The services, most waits first, then all of them, then appointments."""
        waits, say = self.report.waits, self.telling.say
        if waits is None:
            return []
        work = {service: self.minutes(median) for service, _, median in waits.served_s}
        name = self.service_name
        rows = [
            WaitRow(name(id, self.telling.language), "", line, work.get(id, "")) for id, line in waits.services if id
        ]
        rows.append(WaitRow(say(f"{PAGE}.wait_all"), "", waits.walk_ins, "", strong=True))
        if waits.appointments.all:
            booked, note = say(f"{PAGE}.wait_booked"), say(f"{PAGE}.wait_booked_sub")
            rows.append(WaitRow(booked, note, waits.appointments, ""))
        return rows

    @property
    def range_rows(self) -> list[tuple[str, RangeLine]]:
        """What was told and the naive rule, on the same numbers; empty while there are too few."""
        ranges = self.report.ranges
        if ranges is None or ranges.told_beside.share is None or ranges.naive.share is None:
            return []
        say = self.telling.say
        return [(say(f"{PAGE}.ranges_told"), ranges.told_beside), (say(f"{PAGE}.ranges_naive"), ranges.naive)]

    @property
    def reasons(self) -> str:
        """Why calls passed over the order: "khẩn cấp 2 · ..."."""
        words = self.telling.words
        told = (
            (words.say(name) if words.has(name) else id, n)
            for id, n in self.report.calls.reasons
            for name in (f"reasons.{id}",)
        )
        return " · ".join(f"{name} {self.telling.count(n)}" for name, n in told)
