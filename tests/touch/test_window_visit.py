"""Rating, settings and time, with a real finger in the real window."""

from __future__ import annotations

import pytest

from kiosk.facts import CriterionAnswered, CriterionSkipped, RatingGiven, RatingUnanswered
from kiosk.visit import Place
from tests.fakes.touch_kiosk import TouchKiosk
from tests.touch.conftest import Make


@pytest.mark.parametrize("shape", ["portrait", "landscape"])
def test_a_rating_is_four_taps_at_most_and_thanks(make_kiosk: Make, shape: str) -> None:
    kiosk = make_kiosk(shape)
    kiosk.tap("rate_band", "answer:dissatisfied")
    for _ in range(3):
        assert kiosk.visit.place is Place.CRITERION
        kiosk.tap(next(name for name in kiosk.keys if name.startswith("answer:")))
    assert kiosk.visit.place is Place.THANKS
    assert len(kiosk.entries(RatingGiven)) == 1
    assert len(kiosk.entries(CriterionAnswered)) == 3
    kiosk.tap("done")
    assert kiosk.visit.place is Place.HOME


def test_every_question_can_be_skipped(kiosk: TouchKiosk) -> None:
    kiosk.tap("rate_band", "answer:neutral", "skip", "skip", "skip")
    assert kiosk.visit.place is Place.THANKS
    assert len(kiosk.entries(CriterionSkipped)) == 3


def test_skipping_the_first_question_leads_home_and_is_a_fact(kiosk: TouchKiosk) -> None:
    kiosk.tap("rate_band", "skip")
    assert kiosk.visit.place is Place.HOME
    kiosk.until(lambda: kiosk.entries(RatingUnanswered))


def test_back_corrects_an_answer_of_the_same_rating(kiosk: TouchKiosk) -> None:
    kiosk.tap("rate_band", "answer:satisfied", "back", "answer:dissatisfied")
    given = [entry.fields() for entry in kiosk.entries(RatingGiven)]
    assert [one["answer"] for one in given] == ["satisfied", "dissatisfied"]
    assert given[0]["rating_id"] == given[1]["rating_id"]


def test_two_quick_clicks_answer_one_question(kiosk: TouchKiosk) -> None:
    kiosk.tap("rate_band")
    kiosk.tap("answer:satisfied", times=2)
    assert kiosk.visit.question == 1
    assert not kiosk.entries(CriterionAnswered)


def test_left_alone_a_question_asks_for_more_time_then_starts_over(kiosk: TouchKiosk) -> None:
    kiosk.tap("rate_band")
    kiosk.advance(60)
    kiosk.until(lambda: kiosk.stage.screen_name == "timeout")
    kiosk.tap("more_time")
    assert kiosk.visit.place is Place.OVERALL
    kiosk.advance(60)
    kiosk.until(lambda: kiosk.stage.screen_name == "timeout")
    kiosk.tap("im_done")
    assert kiosk.visit.place is Place.HOME
    kiosk.tap("rate_band")
    kiosk.advance(60)
    kiosk.advance(20)
    kiosk.at(Place.HOME)


def test_language_big_text_and_contrast_fall_back_with_the_visit(kiosk: TouchKiosk) -> None:
    kiosk.tap("footer:language", "footer:big_text", "footer:contrast")
    visit = kiosk.visit
    assert (visit.language, visit.big_text, visit.contrast) == ("en", True, True)
    kiosk.tap("tile:E", "done")
    visit = kiosk.visit
    assert (visit.language, visit.big_text, visit.contrast) == ("vi", False, False)


def test_an_untouched_home_goes_idle_and_any_touch_wakes_it(kiosk: TouchKiosk) -> None:
    kiosk.advance(121)
    kiosk.at(Place.IDLE)
    assert kiosk.stage.screen_name == "idle_attract"
    kiosk.advance(1)
    kiosk.finger.tap(40, 40)
    kiosk.at(Place.HOME)


def test_closed_hours_take_the_screen_and_give_it_back(kiosk: TouchKiosk) -> None:
    kiosk.open = False
    kiosk.advance(61)
    kiosk.at(Place.CLOSED)
    assert kiosk.stage.screen_name == "closed"
    kiosk.open = True
    kiosk.advance(61)
    kiosk.at(Place.HOME)


def test_what_a_scanner_types_reaches_its_reader_whole_and_no_key_does_anything_else(kiosk: TouchKiosk) -> None:
    for name in ("F1", "Escape", "F11", "F12"):
        kiosk.finger.key(name)
    kiosk.finger.type("HTTP://A-1.B:8080/V#0123456789ABCDEFGHJKMNPQRS\n")
    kiosk.until(lambda: kiosk.scans)
    assert kiosk.scans == ["HTTP://A-1.B:8080/V#0123456789ABCDEFGHJKMNPQRS"]
    assert kiosk.visit.place is Place.HOME
    assert kiosk.stage.screen_name == "home"


def test_a_fault_of_ours_takes_the_citizen_home_and_the_sixth_in_a_minute_ends_the_process(kiosk: TouchKiosk) -> None:
    from kivy.base import ExceptionManager

    kiosk.tap("rate_band")
    for _ in range(5):
        assert ExceptionManager.handle_exception(RuntimeError("a fault")) == ExceptionManager.PASS
    assert kiosk.visit.place is Place.HOME
    assert ExceptionManager.handle_exception(RuntimeError("a fault")) == ExceptionManager.RAISE
    assert ExceptionManager.handle_exception(KeyboardInterrupt()) == ExceptionManager.RAISE


def test_the_quick_loop_is_in_place_and_hears_of_other_threads(kiosk: TouchKiosk) -> None:
    assert kiosk.running.loop.installed
