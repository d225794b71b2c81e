"""The manager's page as its template wants it: figures beside where their marks stand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from screens.lobby_now import LobbyNow
from screens.web.drawing import HourBar, Piece, Strip, band_pieces, hour_bars, strip_of
from screens.web.statistics.periods import PeriodKind
from screens.web.statistics.promises import Promise
from screens.web.statistics.report import Report
from screens.web.statistics.waits import ALARMS_MIN
from screens.web.telling import Telling
from screens.web.waits_view import LineView

UNCALLED_NAMED = 4
"""So many days without calls are named, the others counted."""
TABS = (PeriodKind.TODAY, PeriodKind.WEEK, PeriodKind.MONTH, PeriodKind.QUARTER)


@dataclass(frozen=True, slots=True)
class BookNote:
    """The kiosk's book as it stands in the log. ``mark``: its checkpoint, ``at`` its last entry, office time."""

    kiosk_id: str
    entries: int
    mark: str
    at: datetime
    forked: bool


@dataclass(frozen=True, slots=True)
class NowNote:
    """What is true at this moment, whatever period is looked at."""

    now: datetime
    issued: int
    printed: int
    missing: int
    unsure: int
    books: tuple[BookNote, ...]
    lobby: LobbyNow | None = None

    @property
    def all_printed(self) -> bool:
        """Whether the printer said of every number of today that its slip came out."""
        return 0 < self.issued <= self.printed and not self.missing and not self.unsure

    @property
    def alarm_min(self) -> int:
        """The greatest limit that somebody waits beyond right now, 0 for none."""
        longest = self.lobby.longest_wait_s if self.lobby else None
        return max((limit for limit in ALARMS_MIN if (longest or 0) > 60 * limit), default=0)

    @property
    def newest(self) -> BookNote | None:
        """The book that was written last."""
        return max(self.books, key=lambda book: book.at, default=None)

    @property
    def forked(self) -> bool:
        """Whether two books carry one name."""
        return any(book.forked for book in self.books)


@dataclass(frozen=True, slots=True)
class OfficeNote:
    """Whose page it is."""

    name: str
    demo: bool
    service_name: Callable[[str, str], str]


@dataclass(frozen=True, slots=True)
class PromiseRow:
    """One line of the promises. ``family`` stands only in its first line."""

    family: str
    name: str
    promise: Promise
    strip: Strip | None


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """One service with the length of its bar in percent of the longest."""

    name: str
    issued: int
    width: str


@dataclass(frozen=True, slots=True)
class ManagerView:
    """Everything the template reads."""

    telling: Telling
    office: OfficeNote
    report: Report
    now: NowNote
    query: str

    @property
    def pieces(self) -> list[Piece]:
        """The bar of the bands."""
        return band_pieces(self.report.opinions.bands)

    @property
    def bars(self) -> list[HourBar]:
        """The chart by the half hour; over several days each bar is a day's mean."""
        counts, days = self.report.slots, self.days_counted
        return hour_bars([(slot, max(1, round(n / days))) for slot, n in counts] if days > 1 else counts)

    @property
    def days_counted(self) -> int:
        """Days of the period on which numbers were taken."""
        return sum(1 for day in self.report.days if day.issued)

    @property
    def promise_rows(self) -> list[PromiseRow]:
        """The promises in their set's order."""
        language, promises = self.telling.language, self.report.promises
        names = {family.id: family.name[language] for family in promises.criteria.families}
        rows: list[PromiseRow] = []
        last = ""
        for promise in promises.rows:
            family = promise.criterion.family
            shown = names[family] if family != last else ""
            strip = strip_of(promise.share) if promise.share else None
            rows.append(PromiseRow(shown, promise.criterion.short[language], promise, strip))
            last = family
        return rows

    @property
    def window_days(self) -> int:
        """Over how many days promises are judged."""
        window = self.report.promises.window
        return (window.last - window.first).days + 1

    @property
    def service_rows(self) -> list[ServiceRow]:
        """The services, the most asked for first."""
        services = self.report.services
        most = max((n for _, n in services), default=1)
        names = self.office.service_name
        language = self.telling.language
        return [ServiceRow(names(id, language), n, f"{100 * n / most:.2f}%") for id, n in services]

    @property
    def line(self) -> LineView:
        """What the line did."""
        return LineView(self.telling, self.report.line, self.office.service_name)

    @property
    def of_word(self) -> str:
        """What the response is a share of."""
        served = self.report.served
        return "of_numbers" if not served.served else "of_both" if served.uncalled else "of_served"

    @property
    def served_note(self) -> str:
        """Who could have rated, and on which days numbers stand for people served."""
        served, say = self.report.served, self.telling.say
        name = "manager_page"
        if not served.served and served.uncalled:
            return say(f"{name}.issued_means")
        told = say(f"{name}.served_means", n=served.served)
        if served.uncalled:
            named = [self.telling.day(date.fromisoformat(day), year=False) for day in served.uncalled[:UNCALLED_NAMED]]
            more = len(served.uncalled) - len(named)
            days = ", ".join(named) + (f" {say(f'{name}.served_more', n=more)}" if more else "")
            told = say(f"{name}.served_mixed", n=served.served, d=len(served.uncalled), days=days)
        over = self.report.opinions.bands.answered - served.asked
        return f"{told} {say(f'{name}.served_fewer', n=over)}" if over > 0 else told

    @property
    def last_day(self) -> str:
        """The last day of the period that has come, as ISO text."""
        return min(self.report.asked.last, self.report.asked.today).isoformat()

    @property
    def span(self) -> str:
        """The period in words."""
        asked, telling, name = self.report.asked, self.telling, "manager_page"
        time = telling.time(self.report.made_at)
        if asked.is_one_day:
            day = telling.long_day(asked.first)
            return telling.say(f"{name}.until", day=day, time=time) if asked.is_running else day
        ends = {"a": telling.day(asked.first, year=False), "b": telling.day(asked.last)}
        if asked.is_running:
            return telling.say(f"{name}.range_until", time=time, **ends)
        return telling.say(f"{name}.range", **ends)

    @property
    def short_span(self) -> str:
        """The period as it fits beside the name of the office on a phone."""
        asked, telling = self.report.asked, self.telling
        if asked.is_one_day and asked.is_running:
            day = f"{telling.weekday(asked.first)} {telling.day(asked.first, year=False)}"
            return telling.say("manager_page.until_short", day=day, time=telling.time(self.report.made_at))
        ends = {"a": telling.day(asked.first, year=False), "b": telling.day(asked.last)}
        return telling.long_day(asked.first) if asked.is_one_day else telling.say("manager_page.range", **ends)

    @property
    def hours_line(self) -> str:
        """The sentence above the chart: how many, and what is usual for that weekday."""
        report, telling = self.report, self.telling
        if not report.asked.is_one_day:
            return telling.say("manager_page.hours_mean", n=report.issued, d=self.days_counted)
        kind = "hours_today" if report.asked.is_running else "hours_day"
        said = telling.say(f"manager_page.{kind}", n=report.issued)
        if report.usual is None:
            return f"{said}."
        weekday = telling.weekday_within(report.asked.first)
        return said + telling.say("manager_page.hours_usual", day=weekday, a=report.usual.low, b=report.usual.high)
