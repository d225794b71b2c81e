"""What the lobby brings to a kiosk: waits, second numbers, helpers, held slips, appointments, help."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kiosk.appointment_code import new_code
from kiosk.ballot import ballot_text
from kiosk.facts import TicketIssued
from kiosk.line_facts import PresenceConfirmed, TicketAssisted, TicketCancelled, TicketSecond, WaitEstimated
from kiosk.lobby_facts import HelpCalled
from kiosk.lobby_views import WhyNumber
from kiosk.trouble import MachineTrouble
from kiosk.visit import HelpState, Place
from kiosk.visit_events import BackPressed, DonePressed, PriorityChosen, ServiceChosen
from kiosk.visit_lobby_events import (
    DropChosen,
    DropConfirmed,
    HelpingChosen,
    HelpingEnded,
    HelpPressed,
    SecondAnswered,
    StayChosen,
    WhyAsked,
    WhyClosed,
)
from screens.touch.scans import Scans
from tests.fakes.lobby import Lobby
from tests.fakes.office import line, place

TAKE_E = ServiceChosen("E", asks_priority=False)
TAKE_B = ServiceChosen("B", asks_priority=True)
CODE = new_code()


@pytest.fixture
def lobby() -> Iterator[Lobby]:
    with Lobby() as made:
        yield made


def scan(lobby: Lobby, text: str) -> None:
    Scans(look_up=lobby.desk.look_up, tell=lobby.conductor.tell).take(text)


def slip(lobby: Lobby) -> bytes:
    """The ballot of a fresh number whose citizen has gone."""
    lobby.do(TAKE_E)
    assert lobby.visit.ticket is not None
    ballot = lobby.visit.ticket.ballot
    lobby.do(DonePressed())
    lobby.advance(lobby.times.second_ticket)
    return ballot


# --- waits --------------------------------------------------------------------------------------


def test_nothing_is_said_of_a_wait_that_nobody_knows(lobby: Lobby) -> None:
    lobby.advance(1)
    assert {tile.waiting for tile in lobby.scene.services} == {None}
    lobby.do(TAKE_E)
    assert lobby.visit.waiting is None
    assert not lobby.entries(WaitEstimated)


def test_tiles_count_who_waits_and_a_service_nobody_told_of_stays_unknown(lobby: Lobby) -> None:
    lobby.office.tells({"E": line(3), "B": line(0), "C": line(1, full=True)})
    lobby.advance(1)
    told = {tile.id: (tile.waiting, tile.full) for tile in lobby.scene.services}
    assert (told["E"], told["B"], told["C"], told["K"]) == ((3, False), (0, False), (1, True), (None, False))


def test_an_empty_line_without_an_open_counter_promises_nothing(lobby: Lobby) -> None:
    lobby.office.tells({"E": line(0, counters=0), "B": line(2, counters=0)})
    lobby.advance(1)
    told = {tile.id: tile.waiting for tile in lobby.scene.services}
    assert (told["E"], told["B"]) == (None, 2)


def test_what_was_said_of_the_wait_is_kept_with_the_number(lobby: Lobby) -> None:
    lobby.office.tells({"E": line(6)})
    lobby.do(TAKE_E)
    waiting = lobby.visit.waiting
    assert waiting is not None
    assert (waiting.ahead, waiting.counters) == (6, 2)
    issued, kept = lobby.entries(TicketIssued, WaitEstimated)
    body = kept.fields()
    assert (body["number"], body["ahead_count"], kept.seq) == (issued.fields()["number"], 6, issued.seq + 1)
    assert tuple(body["ranges"][body["shown"]]) == waiting.minutes


def test_numbers_the_office_has_not_seen_yet_are_counted_too(lobby: Lobby) -> None:
    lobby.office.tells({"E": line(6)}, through=0)
    lobby.do(TAKE_E, DonePressed())
    lobby.advance(lobby.times.second_ticket)
    lobby.do(TAKE_E)
    assert lobby.visit.waiting is not None
    assert lobby.visit.waiting.ahead == 7


def test_with_priority_no_place_in_line_is_promised(lobby: Lobby) -> None:
    lobby.office.tells({"B": line(6)})
    lobby.do(TAKE_B, PriorityChosen(True))
    assert lobby.visit.waiting is None
    assert not lobby.entries(WaitEstimated)


def test_why_42_opens_and_closes_on_the_number(lobby: Lobby) -> None:
    lobby.office.tells({"E": line(6)}, why={"E": WhyNumber("E001", "E", 42, 3, 2, 1, 0, 10, 0, 0)})
    lobby.do(TAKE_E, WhyAsked())
    assert lobby.visit.why
    assert lobby.scene.why is not None
    assert any("3" in said for said in lobby.scene.why.lines)
    lobby.do(WhyClosed())
    assert not lobby.visit.why
    assert lobby.visit.place is Place.NUMBER


# --- a second number, and a helper -------------------------------------------------------------------


def test_a_second_number_of_the_same_hand_is_asked_about_first(lobby: Lobby) -> None:
    lobby.do(TAKE_E, DonePressed(), TAKE_B)
    assert lobby.visit.place is Place.SECOND
    assert lobby.scene.held is not None
    assert lobby.scene.held.number == "E001"
    lobby.do(SecondAnswered(False))
    assert (lobby.visit.place, lobby.visit.notice) == (Place.HOME, "common.toast_ok")
    assert len(lobby.entries(TicketIssued)) == 1


def test_whoever_means_it_takes_a_second_number_and_it_is_a_fact(lobby: Lobby) -> None:
    lobby.do(TAKE_E, DonePressed(), TAKE_B, SecondAnswered(True), PriorityChosen(False))
    assert lobby.visit.place is Place.NUMBER
    assert lobby.entries(TicketSecond)[0].fields() == {"held": "E001", "number": "B001"}


def test_going_back_from_the_question_takes_nothing(lobby: Lobby) -> None:
    lobby.do(TAKE_E, DonePressed(), TAKE_E, BackPressed())
    assert lobby.visit.place is Place.HOME
    lobby.do(TAKE_E)
    assert lobby.visit.place is Place.SECOND


def test_the_next_citizen_is_not_taken_for_the_last_one(lobby: Lobby) -> None:
    lobby.do(TAKE_E)
    lobby.until(lambda: lobby.visit.printing == "printed")
    lobby.advance(lobby.times.ticket_stay + 1)
    lobby.do(TAKE_E)
    assert lobby.visit.place is Place.NUMBER
    lobby.do(DonePressed())
    lobby.advance(lobby.times.second_ticket)
    lobby.do(TAKE_E)
    assert lobby.visit.place is Place.NUMBER
    assert not lobby.entries(TicketSecond)


def test_a_helper_says_so_once_and_is_asked_no_more(lobby: Lobby) -> None:
    lobby.do(TAKE_E, DonePressed(), TAKE_E, HelpingChosen())
    lobby.do(DonePressed(), TAKE_E, DonePressed(), TAKE_E, DonePressed())
    assert [entry.fields()["number"] for entry in lobby.entries(TicketAssisted)] == ["E002", "E003", "E004"]
    assert not lobby.entries(TicketSecond)
    assert lobby.visit.helping
    lobby.do(HelpingEnded(), TAKE_E)
    assert lobby.visit.place is Place.NUMBER
    assert len(lobby.entries(TicketAssisted)) == 3


def test_a_helper_who_went_away_helps_no_more(lobby: Lobby) -> None:
    lobby.do(HelpingChosen())
    assert lobby.visit.helping
    lobby.advance(lobby.times.helping_stay + 1)
    assert not lobby.visit.helping


# --- slips ---------------------------------------------------------------------------------------------


def test_a_slip_whose_number_waits_can_confirm_that_its_holder_is_here(lobby: Lobby) -> None:
    ballot = slip(lobby)
    lobby.office.tells()
    lobby.office.answers["/V/place"] = place("E001")
    scan(lobby, ballot_text(ballot))
    lobby.at(Place.HELD)
    assert lobby.scene.held is not None
    assert lobby.scene.held.waiting is not None
    assert (lobby.scene.held.number, lobby.scene.held.waiting.ahead) == ("E001", 5)
    lobby.do(StayChosen())
    assert (lobby.visit.place, lobby.visit.notice) == (Place.HOME, "common.toast_ok")
    body = lobby.entries(PresenceConfirmed)[0].fields()
    assert (body["number"], body["by"]) == ("E001", "kiosk")


def test_a_number_is_given_up_only_after_it_was_asked_twice(lobby: Lobby) -> None:
    ballot = slip(lobby)
    lobby.office.tells()
    lobby.office.answers["/V/place"] = place("E001")
    scan(lobby, ballot_text(ballot))
    lobby.at(Place.HELD)
    lobby.do(DropChosen())
    assert not lobby.entries(TicketCancelled)
    lobby.do(BackPressed(), DropChosen(), DropConfirmed())
    body = lobby.entries(TicketCancelled)[0].fields()
    assert (body["number"], body["by"], body["reason"]) == ("E001", "kiosk", "asked")
    lobby.advance(1)
    scan(lobby, ballot_text(ballot))
    lobby.until(lambda: lobby.visit.notice == "scan.dropped")


def test_a_slip_that_was_served_opens_its_rating(lobby: Lobby) -> None:
    ballot = slip(lobby)
    lobby.office.tells()
    lobby.office.answers["/V/place"] = place("E001", "finished")
    scan(lobby, ballot_text(ballot))
    lobby.at(Place.OVERALL)


def test_a_slip_of_a_cut_off_kiosk_still_shows_what_its_own_book_knows(lobby: Lobby) -> None:
    ballot = slip(lobby)
    lobby.office.tells()
    scan(lobby, ballot_text(ballot))
    lobby.at(Place.HELD)
    assert lobby.scene.held is not None
    assert (lobby.scene.held.number, lobby.scene.held.waiting) == ("E001", None)


def test_a_slip_of_another_kiosk_is_looked_up_at_the_office(lobby: Lobby) -> None:
    lobby.office.tells()
    lobby.office.answers["/V/place"] = place("B017", "called", counter="3", ahead_count=None, minutes=None)
    scan(lobby, ballot_text(bytes(range(16))))
    lobby.at(Place.HELD)
    assert lobby.scene.held is not None
    assert (lobby.scene.held.number, lobby.scene.held.counter) == ("B017", "3")


@pytest.mark.parametrize(
    ("status", "told", "word"),
    [(422, {"code": "S-315"}, "scan.ballot_unknown"), (409, {"code": "S-337"}, "scan.other_day")],
)
def test_a_strange_slip_gets_one_clear_sentence(lobby: Lobby, status: int, told: dict[str, str], word: str) -> None:
    lobby.office.tells()
    lobby.office.answers["/V/place"] = status, told
    scan(lobby, ballot_text(bytes(range(16))))
    lobby.until(lambda: lobby.visit.notice == word)
    assert lobby.visit.place is Place.HOME


def test_a_slip_of_yesterday_is_for_rating_only_and_says_so(lobby: Lobby) -> None:
    ballot = slip(lobby)
    lobby.advance(1)
    lobby.clock.advance(24 * 3600)
    scan(lobby, ballot_text(ballot))
    lobby.at(Place.OVERALL)
    assert lobby.visit.notice == "scan.old_slip"


def test_a_scanner_that_spits_garbage_writes_nothing(lobby: Lobby) -> None:
    lobby.advance(1)
    before = len(list(lobby.journal.entries()))
    for text in ("\x00\x01\x02", "H-", "H-123", "http://x/v#", "7" * 4000, "ẶẮ" * 50, "|" * 30):
        scan(lobby, text)
        lobby.until(lambda: lobby.visit.notice == "scan.unknown")
        lobby.advance(5)
    assert len(list(lobby.journal.entries())) == before


# --- help ------------------------------------------------------------------------------------------------


def call(lobby: Lobby) -> str:
    lobby.do(HelpPressed())
    lobby.until(lambda: lobby.visit.help.help_id)
    return lobby.visit.help.help_id


def test_help_rings_until_somebody_goes(lobby: Lobby) -> None:
    help_id = call(lobby)
    assert lobby.entries(HelpCalled)[0].fields() == {"help_id": help_id, "place": "kiosk-1"}
    assert lobby.office.written_count
    lobby.office.tells(help={help_id: None})
    lobby.advance(1)
    assert (lobby.scene.help, lobby.visit.notice) == (HelpState.RINGING, "help.ringing")
    lobby.office.tells(help={help_id: 42})
    lobby.advance(1)
    assert (lobby.scene.help, lobby.visit.notice) == (HelpState.COMING, "help.coming")
    lobby.advance(lobby.times.help_coming)
    assert lobby.scene.help is HelpState.NONE


def test_pressing_again_reassures_and_calls_nobody_twice(lobby: Lobby) -> None:
    help_id = call(lobby)
    lobby.office.tells(help={help_id: None})
    lobby.do(HelpPressed(), HelpPressed(), HelpPressed())
    assert lobby.visit.notice == "help.ringing"
    assert len(lobby.entries(HelpCalled)) == 1


def test_a_call_that_reaches_nobody_says_where_to_go_and_rings_when_the_link_returns(lobby: Lobby) -> None:
    help_id = call(lobby)
    lobby.advance(lobby.times.help_unreached)
    assert (lobby.scene.help, lobby.visit.notice) == (HelpState.UNREACHED, "help.unreached")
    lobby.office.tells(help={help_id: None})
    lobby.advance(1)
    assert lobby.scene.help is HelpState.RINGING


def test_help_outlives_the_visit_it_was_called_in(lobby: Lobby) -> None:
    lobby.do(TAKE_E)
    help_id = call(lobby)
    lobby.office.tells(help={help_id: None})
    lobby.do(DonePressed())
    assert (lobby.visit.place, lobby.scene.help) == (Place.HOME, HelpState.RINGING)


def test_help_can_be_called_from_a_closed_screen_and_from_the_poster(lobby: Lobby) -> None:
    lobby.open = False
    lobby.advance(61)
    lobby.at(Place.CLOSED)
    call(lobby)
    assert lobby.visit.place is Place.CLOSED


def test_help_that_cannot_be_written_is_not_promised(lobby: Lobby) -> None:
    lobby.advance(1)
    lobby.journal.breaks(MachineTrouble("M-201"))
    lobby.do(TAKE_E)
    lobby.at(Place.OUT_OF_SERVICE)
    lobby.do(HelpPressed())
    lobby.until(lambda: lobby.scene.help is HelpState.UNREACHED)
