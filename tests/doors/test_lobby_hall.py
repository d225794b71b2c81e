"""The hall of an office on a clock that is moved: pressing, closing, midnight, silent kiosks, a full disk."""

from __future__ import annotations

import dataclasses
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.ballot import ballot_line, new_ballot, read_ballot
from kiosk.book_file import read_entries
from kiosk.entry import Entry
from kiosk.fact import Fact
from kiosk.facts import TicketIssued
from kiosk.journal import BookOf, SqliteJournal
from kiosk.lobby_facts import HelpCalled
from kiosk.lobby_views import CounterView, LineRow
from kiosk.presses import Action, Press
from kiosk.trouble import Trouble
from screens.lobby_hall import Asked, Hall
from screens.lobby_kiosks import LAGGING_S, SILENT_S
from screens.lobby_watch import FIRST_SWEEP_S, TRY_AGAIN_S, Watch
from sync.central.local import LocalLink
from sync.central.office_book import JOURNAL, OfficeBook
from sync.central.service import CentralLog
from sync.keys import own_key
from sync.sources import DeviceBook
from sync.uploader import Uploader
from tests.fakes.clock import FakeClock
from tests.fakes.office_hall import hall_of

HOUR_S = 3600.0
DAY_S = 24 * HOUR_S
HOURS = "Mon-Fri 07:30-11:30 13:30-17:00"


class Office:
    """A log, a hall and a watch in one folder; ``restart`` is what a kill and a new start leave."""

    def __init__(self, data: Path, clock: FakeClock, hours: str = "") -> None:
        self.data = data
        self.clock = clock
        self._hours = hours
        self._kiosk: SqliteJournal | None = None
        self._presses = 0
        self._open()

    def _open(self) -> None:
        self.central = CentralLog.open(self.data, clock=self.clock, office=OfficeBook("bac-son"))
        self.hall: Hall = hall_of(self.central, self._hours)
        self.watch = Watch(self.hall)

    def restart(self) -> None:
        self.central.close()
        self._open()

    def close(self) -> None:
        if self._kiosk is not None:
            self._kiosk.close()
        self.central.close()

    def issue(self, number: str, service: str = "B", *, ballot: bytes | None = None, sends: bool = True) -> None:
        line = ballot_line(ballot) if ballot is not None else f"l{number}"
        self.kiosk_writes(TicketIssued(number, service, False, f"i{number}{self.kiosk.head().seq}", line), sends=sends)

    def kiosk_writes(self, fact: Fact, *, sends: bool = True) -> None:
        self.kiosk.append(fact)
        if sends:
            self.send()

    def send(self) -> None:
        key = own_key(self.data, "kiosk")
        book = DeviceBook(self.data / "journal.sqlite", key)
        Uploader(book, LocalLink(self.central), key, clock=self.clock).send_all()

    @property
    def kiosk(self) -> SqliteJournal:
        if self._kiosk is None:
            of = BookOf("kiosk-1", "bac-son")
            path = self.data / "journal.sqlite"
            self._kiosk = SqliteJournal.create(path, of=of, utc_offset_h=7, clock=self.clock)
        return self._kiosk

    def press(self, action: Action, counter: str = "3", *, id: str = "", **more: str) -> CounterView:
        self._presses += 1
        sitting = self.hall.counter(counter).sitting
        return self.hall.press(Press(id or f"press{self._presses}", counter, sitting, action, **more))

    def refusal(self, action: Action, counter: str = "3", **more: str) -> str:
        with pytest.raises(Trouble) as told:
            self.press(action, counter, **more)
        return told.value.code

    def facts(self, *names: str) -> list[Entry]:
        return [entry for entry in read_entries(self.data / JOURNAL) if entry.fact in names]

    def waiting(self, counter: str = "3") -> list[str]:
        return [row.number for row in self.hall.counter(counter).rows]


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def office(tmp_path: Path, clock: FakeClock) -> Iterator[Office]:
    made = Office(tmp_path, clock)
    made.hall.sign_in("3", "sitting-one")
    yield made
    made.close()


@pytest.fixture
def hours(tmp_path: Path, clock: FakeClock) -> Iterator[Office]:
    """An office with hours, on a Monday at 08:00."""
    made = Office(tmp_path, clock, HOURS)
    yield made
    made.close()


def at_counter(view: CounterView) -> str:
    return view.current.row.number if view.current else ""


def test_a_press_that_is_sent_twice_is_done_once_also_across_a_restart(office: Office) -> None:
    office.issue("B001")
    office.issue("B002")
    first = office.press(Action.NEXT, id="the-same-press")
    assert at_counter(first) == "B001"
    assert at_counter(office.press(Action.NEXT, id="the-same-press")) == "B001"
    office.restart()
    assert at_counter(office.press(Action.NEXT, id="the-same-press")) == "B001"
    assert len(office.facts("TicketCalled")) == 1


def test_a_counter_s_view_is_the_same_after_a_restart(office: Office) -> None:
    for number in ("B001", "B002", "B003", "B004"):
        office.issue(number)
    office.press(Action.NEXT)
    office.press(Action.FINISH_NEXT)
    office.press(Action.PARK, reason="papers")
    office.press(Action.NEXT)
    before, board = office.hall.counter("3"), office.hall.board()
    office.restart()
    after = office.hall.counter("3")
    assert dataclasses.replace(after, version=before.version) == before
    assert dataclasses.replace(office.hall.board(), version=board.version) == board
    assert at_counter(office.press(Action.FINISH_NEXT)) == "B004"


def test_whoever_was_taken_over_is_told(office: Office) -> None:
    with pytest.raises(Trouble) as told:
        office.hall.sign_in("3", "another")
    assert told.value.code == "S-332"
    office.hall.sign_in("3", "another", take_over=True)
    assert office.hall.sits("3", "another")
    assert not office.hall.sits("3", "sitting-one")
    with pytest.raises(Trouble) as late:
        office.hall.press(Press("press-late", "3", "sitting-one", Action.NEXT))
    assert late.value.code == "S-332"


def test_a_screen_that_changes_counters_leaves_the_old_one_only_if_the_new_one_is_free(office: Office) -> None:
    office.hall.sign_in("5", "somebody")
    with pytest.raises(Trouble):
        office.hall.sign_in("5", "new", left=("3", "sitting-one"))
    assert office.hall.sits("3", "sitting-one")
    office.hall.sign_in("6", "new", left=("3", "sitting-one"))
    assert office.hall.counter("3").sitting == ""
    assert office.hall.sits("6", "new")


def test_a_number_from_the_help_desk_is_the_same_for_the_same_asking_also_after_a_restart(office: Office) -> None:
    asked = Asked("B", priority=True, assisted=True, request="request-1")
    taken = office.hall.take_ticket(asked)
    office.restart()
    again, other = office.hall.take_ticket(asked), office.hall.take_ticket(dataclasses.replace(asked, request="two"))
    assert (taken.number, taken.qr) == (again.number, again.qr)
    assert other.number == "B002"
    assert [entry.fields()["number"] for entry in office.facts("TicketIssued")] == ["B001", "B002"]
    ballot = read_ballot(taken.qr)
    assert ballot is not None
    assert office.hall.place(ballot_line(ballot)).number == "B001"
    (first, _) = office.hall.counter("3").rows
    assert (first.lane, first.assisted) == ("priority", True)


def test_the_help_desk_and_the_kiosk_beside_it_take_from_one_series(office: Office) -> None:
    office.issue("B001")
    assert office.hall.take_ticket(Asked("B", False, False, "request-1")).number == "B002"


def test_an_unknown_service_gets_no_number(office: Office) -> None:
    with pytest.raises(Trouble) as told:
        office.hall.take_ticket(Asked("Q", False, False, "request-1"))
    assert told.value.code == "C-413"
    assert office.facts("TicketIssued") == []


def test_a_slip_stands_where_it_stands_and_another_day_s_is_told(office: Office, clock: FakeClock) -> None:
    mine, line = new_ballot(), ""
    line = ballot_line(mine)
    office.issue("B001")
    office.issue("B002", ballot=mine)
    assert (office.hall.place(line).number, office.hall.place(line).ahead_count) == ("B002", 1)
    assert office.hall.confirm_present(line).present
    assert office.hall.drop(line).state == "cancelled"
    assert office.hall.drop(line).state == "cancelled", "a lost answer is asked again"
    with pytest.raises(Trouble) as unknown:
        office.hall.place("0" * 64)
    assert unknown.value.code == "S-315"
    clock.advance(DAY_S)
    office.watch.look()
    with pytest.raises(Trouble) as old:
        office.hall.place(line)
    assert old.value.code == "S-337"


def test_a_call_for_help_rings_until_somebody_goes(office: Office, clock: FakeClock) -> None:
    office.kiosk_writes(HelpCalled("help-1", "kiosk-1"))
    assert [one.help_id for one in office.hall.counter("5").help] == ["help-1"]
    assert office.hall.kiosk("kiosk-1", 2).help == {"help-1": None}
    clock.advance(40)
    office.hall.answer_help("help-1", "3")
    office.hall.answer_help("help-1", "4")
    assert office.hall.counter("5").help == ()
    assert office.hall.kiosk("kiosk-1", 2).help == {"help-1": 40}
    assert [entry.fields()["by"] for entry in office.facts("HelpAnswered")] == ["3"]


# --- closing and midnight ---------------------------------------------------------------------------


def test_what_still_waits_expires_after_closing_with_a_fact_each(hours: Office, clock: FakeClock) -> None:
    hours.hall.sign_in("3", "sitting")
    for number in ("B001", "B002", "B003"):
        hours.issue(number)
    hours.press(Action.NEXT)
    clock.advance(9.5 * HOUR_S)  # 17:30, within the grace
    hours.watch.look()
    assert hours.facts("TicketExpired") == []
    clock.advance(0.6 * HOUR_S)
    hours.watch.look()
    hours.watch.look()
    assert [entry.fields()["number"] for entry in hours.facts("TicketExpired")] == ["B002", "B003"]
    assert [entry.fields()["reason"] for entry in hours.facts("CounterClosed")] == ["closing"]


def test_a_number_that_comes_in_after_closing_expires_too_and_who_works_late_may_stay(
    hours: Office, clock: FakeClock
) -> None:
    hours.issue("B001")
    hours.issue("B002", sends=False)
    clock.advance(11 * HOUR_S)
    hours.watch.look()
    hours.hall.sign_in("3", "late")
    hours.send()
    hours.watch.look()
    assert sorted(entry.fields()["number"] for entry in hours.facts("TicketExpired")) == ["B001", "B002"]
    assert hours.hall.sits("3", "late")


def test_a_clock_that_jumps_back_over_closing_expires_nothing_twice(hours: Office, clock: FakeClock) -> None:
    hours.issue("B001")
    clock.advance(10.5 * HOUR_S)
    hours.watch.look()
    clock.jump(-HOUR_S)
    hours.watch.look()
    clock.jump(HOUR_S)
    hours.watch.look()
    assert len(hours.facts("TicketExpired")) == 1


def test_an_office_without_hours_expires_at_midnight(office: Office, clock: FakeClock) -> None:
    office.issue("B001")
    clock.advance(15 * HOUR_S)
    office.watch.look()
    assert office.facts("TicketExpired") == []
    clock.advance(2 * HOUR_S)
    office.watch.look()
    (entry,) = office.facts("TicketExpired")
    assert entry.fields() == {"number": "B001", "day": "2026-11-23"}
    assert office.waiting() == []
    assert office.hall.day.isoformat() == "2026-11-24"


def test_a_server_that_was_off_over_days_closes_them_when_it_is_back(hours: Office, clock: FakeClock) -> None:
    hours.issue("B001")
    clock.advance(DAY_S)
    hours.issue("B001", sends=False)
    clock.advance(DAY_S)
    hours.restart()
    clock.advance(FIRST_SWEEP_S + 1)
    hours.watch.look()
    hours.send()
    hours.watch.look()
    told = [(entry.fields()["day"], entry.fields()["number"]) for entry in hours.facts("TicketExpired")]
    assert told == [("2026-11-23", "B001"), ("2026-11-24", "B001")]
    hours.restart()
    clock.advance(FIRST_SWEEP_S + 1)
    hours.watch.look()
    assert len(hours.facts("TicketExpired")) == 2


def test_the_help_desk_gives_no_number_after_closing_or_on_a_day_off(hours: Office, clock: FakeClock) -> None:
    hours.hall.take_ticket(Asked("B", False, False, "request-1"))
    clock.advance(10 * HOUR_S)
    with pytest.raises(Trouble) as told:
        hours.hall.take_ticket(Asked("B", False, False, "request-2"))
    assert told.value.code == "S-348"
    clock.advance(5 * DAY_S - 10 * HOUR_S)  # Saturday morning
    hours.watch.look()
    with pytest.raises(Trouble) as off:
        hours.hall.take_ticket(Asked("B", False, False, "request-3"))
    assert off.value.code == "S-348"


def test_a_service_is_full_when_those_who_wait_fill_the_hours_that_are_left(hours: Office, clock: FakeClock) -> None:
    hours.hall.sign_in("3", "sitting")
    service = hours.hall.setting.counters_on(hours.hall.day)[2].services[0]
    for count in range(1, 14):
        hours.issue(f"{service}{count:03d}", service)
    hours.press(Action.NEXT)
    assert not hours.hall.kiosk("kiosk-1", 0).lines[service].full
    clock.advance(7 * HOUR_S)  # two hours are left, twelve wait, ten minutes each by rule of thumb
    assert hours.hall.kiosk("kiosk-1", 0).lines[service].full
    assert not hours.hall.kiosk("kiosk-1", 0).lines["L"].full


# --- what the board may say -------------------------------------------------------------------------


def test_a_kiosk_that_falls_silent_is_named_and_comes_back(office: Office, clock: FakeClock) -> None:
    office.issue("B001")
    office.hall.kiosk("kiosk-1", office.kiosk.head().seq)
    office.watch.look()
    assert office.hall.board().unheard == ()
    clock.advance(SILENT_S + 1)
    office.watch.look()
    assert office.hall.board().unheard == ("kiosk-1",)
    office.hall.kiosk("kiosk-1", office.kiosk.head().seq)
    office.watch.look()
    assert office.hall.board().unheard == ()


def test_a_kiosk_whose_numbers_do_not_arrive_is_named_although_it_is_heard(office: Office, clock: FakeClock) -> None:
    office.issue("B001")
    office.issue("B002", sends=False)
    for _ in range(int(LAGGING_S) + 2):
        office.hall.kiosk("kiosk-1", office.kiosk.head().seq)
        clock.advance(1)
        office.watch.look()
    assert office.hall.board().unheard == ("kiosk-1",)
    office.send()
    office.watch.look()
    assert office.hall.board().unheard == ()


def test_somebody_who_only_says_to_be_a_kiosk_changes_nothing(office: Office, clock: FakeClock) -> None:
    office.hall.kiosk("kiosk-99", 5)
    clock.advance(SILENT_S + 1)
    office.watch.look()
    assert office.hall.board().unheard == ()


def test_a_kiosk_of_yesterday_is_expected_after_a_restart(office: Office, clock: FakeClock) -> None:
    office.issue("B001")
    clock.advance(DAY_S)
    office.restart()
    clock.advance(SILENT_S + 1)
    office.watch.look()
    assert office.hall.board().unheard == ("kiosk-1",)


def test_a_kiosk_is_told_how_far_its_book_is_held(office: Office) -> None:
    office.issue("B001")
    assert office.hall.kiosk("kiosk-1", 2).through == 2
    assert office.hall.kiosk("kiosk-1", 2).lines["B"].waiting_count == 1
    office.restart()
    assert office.hall.kiosk("kiosk-1", 2).through == 2


def own_link(office: Office) -> sqlite3.Connection:
    own = office.central._own
    assert own is not None
    return own._journal._link


def fill(office: Office) -> None:
    link = own_link(office)
    pages = link.execute("pragma page_count").fetchone()[0]
    link.execute(f"pragma max_page_count = {pages}")


def test_a_full_disk_drops_the_counts_keeps_the_numbers_and_is_recovered_by_itself(
    office: Office, clock: FakeClock
) -> None:
    office.issue("B001")
    office.issue("B002")
    office.press(Action.NEXT)
    told: list[int] = []
    office.hall.subscribe(lambda: told.append(1))
    fill(office)
    codes = {_code_of_pause(office) for _ in range(60)}
    assert "M-201" in codes
    board, counter = office.hall.board(), office.hall.counter("3")
    assert (board.now.number if board.now else "", board.counts, board.why) == ("B001", None, None)
    assert not counter.sound
    assert told, "pages are told that it stands otherwise"
    clock.advance(TRY_AGAIN_S + 1)
    office.watch.look()
    assert not office.hall.counter("3").sound
    own_link(office).execute("pragma max_page_count = 1000000")
    clock.advance(TRY_AGAIN_S + 1)
    office.watch.look()
    assert office.hall.counter("3").sound
    assert office.hall.board().counts is not None
    assert [entry.fields()["reason"] for entry in office.facts("TroubleEnded")] == ["M-201"]
    assert office.central.verify() == []


def _code_of_pause(office: Office) -> str:
    """Fill what is left of the last page: presses are small."""
    paused = office.hall.counter("3").paused
    try:
        office.press(Action.RESUME) if paused else office.press(Action.PAUSE, reason="break")
    except Trouble as trouble:
        return trouble.code
    return ""


def test_a_press_that_a_full_disk_refused_is_done_when_it_is_sent_again(office: Office) -> None:
    office.issue("B001")
    fill(office)
    while _code_of_pause(office) != "M-201":
        pass
    with pytest.raises(Trouble):
        office.press(Action.NEXT, id="kept-press")
    own_link(office).execute("pragma max_page_count = 1000000")
    if office.hall.counter("3").paused:
        office.press(Action.RESUME)
    assert at_counter(office.press(Action.NEXT, id="kept-press")) == "B001"


def test_a_row_says_what_it_needs_to(office: Office) -> None:
    office.issue("B001")
    (row,) = office.hall.counter("3").rows
    assert isinstance(row, LineRow)
    assert (row.number, row.service, row.lane, row.state) == ("B001", "B", "normal", "waiting")
