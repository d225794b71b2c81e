"""The watch over the hall: closing and midnight, silent kiosks, a full disk."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.presses import Action
from kiosk.trouble import Trouble
from screens.lobby_hall import Asked
from screens.lobby_kiosks import LAGGING_S, SILENT_S
from screens.lobby_watch import FIRST_SWEEP_S, TRY_AGAIN_S
from tests.doors.hall_office import Office, at_counter
from tests.fakes.clock import FakeClock

HOUR_S = 3600.0
DAY_S = 24 * HOUR_S
HOURS = "Mon-Fri 07:30-11:30 13:30-17:00"


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
    assert [entry.fields()["number"] for entry in hours.facts("TicketExpired")] == ["B001", "B002", "B003"]
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


def test_a_kiosk_is_missed_from_the_start_of_the_server_until_it_asks(office: Office) -> None:
    office.issue("B001")
    office.restart()
    assert office.hall.board().unheard == ("kiosk-1",)
    told: list[int] = []
    office.hall.subscribe(lambda: told.append(1))
    office.hall.kiosk("kiosk-1", office.kiosk.head().seq)
    assert (office.hall.board().unheard, told) == ((), [1]), "told at once, not at the next look"


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
    health = office.central.health()
    assert (health["status"], health["trouble"]) == ("troubled", "M-201")
    assert told, "pages are told that it stands otherwise"
    clock.advance(TRY_AGAIN_S + 1)
    office.watch.look()
    assert not office.hall.counter("3").sound
    own_link(office).execute("pragma max_page_count = 1000000")
    clock.advance(TRY_AGAIN_S + 1)
    office.watch.look()
    assert office.hall.counter("3").sound
    assert office.hall.board().counts is not None
    health = office.central.health()
    assert (health["status"], health["trouble"]) == ("ok", "")
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
