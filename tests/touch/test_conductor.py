"""The conductor with a real desk and real threads behind it, on a clock that is moved."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kiosk.facts import (
    CriterionAnswered,
    CriterionSkipped,
    PrinterRecovered,
    PrinterTroubled,
    RatingGiven,
    RatingUnanswered,
    TicketIssued,
    TicketNotPrinted,
    TicketPrinted,
    TicketPrintUnknown,
    TicketReprinted,
)
from kiosk.trouble import MachineTrouble
from kiosk.visit import Place, Printing
from kiosk.visit_events import (
    AnswerChosen,
    BallotScanned,
    BallotState,
    BigTextToggled,
    ContrastToggled,
    CopyAsked,
    DonePressed,
    LanguageToggled,
    MoreTimePressed,
    PriorityChosen,
    RateChosen,
    ServiceChosen,
    Skipped,
    Touched,
)
from screens.touch.conductor import LATE_S
from tests.fakes.lobby import Lobby
from tests.fakes.printer import PAPER_OUT, READY

TAKE_E = ServiceChosen("E", asks_priority=False)
TAKE_B = ServiceChosen("B", asks_priority=True)
FULL = MachineTrouble("M-201", detail="journal.sqlite")


def _place(lobby: Lobby) -> Place:
    return lobby.visit.place


@pytest.fixture
def lobby() -> Iterator[Lobby]:
    with Lobby() as made:
        yield made


def test_a_service_without_priority_gives_a_number_with_one_tap(lobby: Lobby) -> None:
    lobby.do(TAKE_E)
    assert lobby.scene.ticket is not None
    assert lobby.scene.ticket.number == "E001"
    lobby.until(lambda: lobby.entries(TicketPrinted))
    assert lobby.visit.printing is Printing.PRINTED
    assert lobby.printer.slips[0].elements[0].text == "E001"  # type: ignore[union-attr]


@pytest.mark.parametrize("priority", [True, False])
def test_priority_is_asked_where_the_service_has_it_and_kept(lobby: Lobby, priority: bool) -> None:
    lobby.do(TAKE_B, PriorityChosen(priority))
    assert lobby.visit.place is Place.NUMBER
    assert lobby.entries(TicketIssued)[0].fields()["priority"] is priority
    assert lobby.scene.ticket is not None
    assert lobby.scene.ticket.priority is priority


def test_two_quick_taps_on_a_tile_give_one_ticket(lobby: Lobby) -> None:
    lobby.advance(1)
    for _ in range(5):
        lobby.conductor.act(TAKE_E)
    lobby.at(Place.NUMBER)
    assert len(lobby.entries(TicketIssued)) == 1


def test_the_second_of_two_quick_taps_chooses_nothing_on_the_next_screen(lobby: Lobby) -> None:
    lobby.do(TAKE_B)
    lobby.advance(0.3)
    lobby.conductor.act(PriorityChosen(True))
    assert lobby.visit.place is Place.PRIORITY
    assert not lobby.visit.busy


def test_the_number_screen_ends_by_itself_and_the_next_citizen_starts_afresh(lobby: Lobby) -> None:
    lobby.do(LanguageToggled(), BigTextToggled(), ContrastToggled(), TAKE_E)
    lobby.until(lambda: lobby.visit.printing is Printing.PRINTED)
    assert (lobby.scene.words.language, lobby.scene.seconds_of) == ("en", 20)
    lobby.advance(21)
    assert lobby.visit.place is Place.HOME
    assert (lobby.visit.language, lobby.visit.big_text, lobby.visit.contrast) == ("vi", False, False)
    assert lobby.scene.ticket is None


def test_without_paper_the_number_is_on_the_screen_at_once(lobby: Lobby) -> None:
    lobby.printer.is_now = PAPER_OUT
    lobby.until(lambda: lobby.entries(PrinterTroubled))
    lobby.do(TAKE_E)
    lobby.at(Place.NO_PAPER)
    assert lobby.scene.ticket is not None
    assert (lobby.scene.ticket.number, lobby.visit.reason) == ("E001", "P-101")
    assert lobby.scene.qr
    lobby.until(lambda: lobby.entries(TicketNotPrinted))
    lobby.printer.is_now = READY
    lobby.until(lambda: lobby.entries(PrinterRecovered))


def test_a_stuck_printer_keeps_nobody_waiting(lobby: Lobby) -> None:
    lobby.printer.going.clear()
    lobby.do(TAKE_E)
    assert lobby.visit.place is Place.NUMBER
    lobby.advance(21)
    assert (lobby.visit.place, lobby.visit.reason) == (Place.NO_PAPER, "P-107")
    lobby.do(DonePressed(), RateChosen(), Skipped(), ServiceChosen("C", asks_priority=False))
    assert lobby.scene.ticket is not None
    assert lobby.scene.ticket.number == "C001"
    lobby.printer.going.set()
    lobby.until(lambda: len(lobby.entries(TicketPrinted)) == 2)


def test_a_late_word_about_a_slip_does_not_touch_the_next_citizen(lobby: Lobby) -> None:
    lobby.printer.going.clear()
    lobby.do(TAKE_E, DonePressed())
    assert lobby.visit.place is Place.HOME
    lobby.printer.is_now = PAPER_OUT
    lobby.printer.going.set()
    lobby.until(lambda: lobby.entries(TicketNotPrinted))
    lobby.advance(1)
    assert lobby.visit.place is Place.HOME


def test_one_copy_a_visit(lobby: Lobby) -> None:
    lobby.do(TAKE_E)
    lobby.until(lambda: lobby.visit.printing is Printing.PRINTED)
    lobby.do(CopyAsked(), CopyAsked(), CopyAsked())
    lobby.until(lambda: len(lobby.entries(TicketPrinted)) == 2)
    lobby.do(CopyAsked())
    assert len(lobby.entries(TicketReprinted)) == 1
    assert [slip.id for slip in lobby.printer.slips] == ["0001", "C001"]


def test_a_rating_is_asked_by_turn_and_ends_with_thanks(lobby: Lobby) -> None:
    lobby.do(RateChosen(), AnswerChosen("dissatisfied"))
    asked = []
    while lobby.visit.place is Place.CRITERION:
        question = lobby.scene.question
        assert question is not None
        asked.append((question.step, question.steps))
        lobby.do(AnswerChosen(question.answers[0].id) if len(asked) < 3 else Skipped())
    assert asked == [(2, 4), (3, 4), (4, 4)]
    assert lobby.visit.place is Place.THANKS
    assert len(lobby.entries(RatingGiven)) == 1
    assert len(lobby.entries(CriterionAnswered)) == 2
    assert len(lobby.entries(CriterionSkipped)) == 1


def test_thanks_shows_the_last_mark_that_is_on_paper_and_never_the_rating_s_own(lobby: Lobby) -> None:
    lobby.do(TAKE_E)
    lobby.until(lambda: lobby.desk.mark)
    ticket = lobby.visit.ticket
    assert ticket is not None
    lobby.do(DonePressed(), RateChosen(), AnswerChosen("satisfied"), Skipped(), Skipped(), Skipped())
    assert lobby.visit.place is Place.THANKS
    assert lobby.scene.mark is not None
    assert lobby.scene.mark.text == ticket.mark


def test_a_ballot_of_a_ticket_is_kept_apart_from_a_loose_rating_and_serves_once(lobby: Lobby) -> None:
    lobby.do(TAKE_E)
    ticket = lobby.visit.ticket
    assert ticket is not None
    lobby.do(DonePressed())
    lobby.desk.look_up(ticket.ballot)
    lobby.at(Place.OVERALL)
    lobby.do(AnswerChosen("neutral"))
    assert lobby.entries(RatingGiven)[0].fields()["ballot_used"]
    lobby.do(Skipped(), Skipped(), Skipped(), DonePressed())
    lobby.desk.look_up(ticket.ballot)
    lobby.until(lambda: lobby.visit.notice == "scan.ballot_used")
    assert lobby.visit.place is Place.HOME


def test_an_unknown_ballot_is_said_to_be_one(lobby: Lobby) -> None:
    lobby.conductor.tell(BallotScanned(bytes(16), BallotState.UNKNOWN))
    lobby.until(lambda: lobby.visit.notice == "scan.ballot_unknown")


def test_a_question_left_alone_asks_for_more_time_then_goes_home(lobby: Lobby) -> None:
    lobby.do(RateChosen())
    lobby.advance(60)
    assert lobby.visit.asking_time
    assert (lobby.scene.seconds_left, lobby.scene.seconds_of) == (20, 20)
    lobby.do(MoreTimePressed())
    assert not lobby.visit.asking_time
    lobby.advance(61)
    lobby.advance(21)
    assert lobby.visit.place is Place.HOME
    lobby.until(lambda: lobby.entries(RatingUnanswered))
    assert lobby.entries(RatingUnanswered)[0].fields()["reason"] == "timeout"


def test_a_full_disk_shows_out_of_service_and_recovers_by_itself_with_nothing_lost(lobby: Lobby) -> None:
    lobby.do(TAKE_E, DonePressed())
    lobby.advance(lobby.times.second_ticket)
    lobby.journal.breaks(FULL)
    lobby.do(TAKE_E)
    assert lobby.visit.place is Place.OUT_OF_SERVICE
    assert lobby.scene.trouble is not None
    assert lobby.scene.trouble.code == "M-201"
    assert lobby.scene.trouble.since is not None
    lobby.advance(10)
    assert lobby.visit.place is Place.OUT_OF_SERVICE
    lobby.journal.breaks(None)
    lobby.advance(31)
    lobby.at(Place.HOME)
    lobby.do(TAKE_E)
    assert [entry.fields()["number"] for entry in lobby.entries(TicketIssued)] == ["E001", "E002"]


def test_an_outcome_that_could_not_be_written_is_written_when_the_disk_has_room_again(lobby: Lobby) -> None:
    lobby.printer.going.clear()
    lobby.do(TAKE_E)
    lobby.journal.breaks(FULL)
    lobby.printer.going.set()
    lobby.until(lambda: lobby.visit.trouble)
    assert lobby.visit.place is Place.NUMBER, "she keeps her number on the screen"
    lobby.journal.breaks(None)
    lobby.advance(2)
    lobby.until(lambda: lobby.entries(TicketPrinted))


def test_a_desk_that_never_answers_puts_the_kiosk_out_of_service(lobby: Lobby) -> None:
    lobby.desk.close(5)
    lobby.advance(1)
    lobby.conductor.act(TAKE_E)
    assert lobby.visit.busy
    lobby.advance(LATE_S + 1)
    assert lobby.visit.place is Place.OUT_OF_SERVICE


def test_closed_hours_show_and_end_by_themselves(lobby: Lobby) -> None:
    lobby.open = False
    lobby.advance(61)
    assert _place(lobby) is Place.CLOSED
    assert lobby.scene.closed is not None
    lobby.do(TAKE_E)
    assert not lobby.entries(TicketIssued)
    lobby.open = True
    lobby.advance(61)
    assert lobby.visit.place is Place.HOME


def test_an_untouched_screen_goes_idle_and_a_touch_wakes_it(lobby: Lobby) -> None:
    lobby.advance(121)
    assert _place(lobby) is Place.IDLE
    lobby.do(Touched())
    assert lobby.visit.place is Place.HOME


def test_nothing_is_drawn_while_nothing_changes(lobby: Lobby) -> None:
    lobby.advance(1)
    shown = len(lobby.scenes)
    lobby.advance(50)
    assert len(lobby.scenes) <= shown + 1, "at most the clock's minute"


def test_a_kill_before_the_outcome_leaves_an_unknown_one(lobby: Lobby) -> None:
    lobby.printer.going.clear()
    lobby.do(TAKE_E)
    again = Lobby()
    again.journal = lobby.journal
    with again:
        again.until(lambda: again.entries(TicketPrintUnknown))
    assert again.entries(TicketPrintUnknown)[0].fields()["number"] == "E001"


def test_going_home_after_a_fault_of_ours_forgets_the_visit(lobby: Lobby) -> None:
    lobby.do(LanguageToggled(), RateChosen())
    lobby.conductor.go_home()
    assert (lobby.visit.place, lobby.visit.language) == (Place.HOME, "vi")
