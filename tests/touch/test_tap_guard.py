"""What a bouncing panel may not do."""

from __future__ import annotations

import dataclasses

from kiosk.visit import Place, Visit
from kiosk.visit_events import AnswerChosen, BackPressed, LanguageToggled, RateChosen, Tick, Touched
from screens.touch.tap_guard import HOLD_S, TapGuard

QUICK_S = HOLD_S / 2


def guard_on(visit: Visit) -> TapGuard:
    guard = TapGuard()
    guard.saw(visit, 0)
    return guard


def test_a_key_counts_once_in_half_a_second() -> None:
    guard = guard_on(Visit())
    assert guard.lets_through(LanguageToggled(), 10)
    assert not guard.lets_through(LanguageToggled(), 10 + QUICK_S)
    assert guard.lets_through(LanguageToggled(), 10 + HOLD_S)


def test_another_key_on_the_same_screen_counts_at_once() -> None:
    guard = guard_on(Visit())
    assert guard.lets_through(LanguageToggled(), 10)
    assert guard.lets_through(RateChosen(), 10 + QUICK_S)


def test_a_screen_that_just_appeared_takes_no_tap_yet() -> None:
    guard = guard_on(Visit())
    guard.saw(Visit(place=Place.OVERALL), 10)
    assert not guard.lets_through(AnswerChosen("neutral"), 10 + QUICK_S)
    assert guard.lets_through(AnswerChosen("neutral"), 10 + HOLD_S)


def test_the_next_question_and_the_time_out_dialog_are_new_screens() -> None:
    asked = Visit(place=Place.CRITERION, question=1)
    for changed in (dataclasses.replace(asked, question=2), dataclasses.replace(asked, asking_time=True)):
        guard = guard_on(asked)
        guard.saw(changed, 10)
        assert not guard.lets_through(BackPressed(), 10 + QUICK_S)


def test_a_redraw_of_the_same_screen_holds_nothing_up() -> None:
    guard = guard_on(Visit())
    guard.saw(Visit(language="en"), 10)
    assert guard.lets_through(RateChosen(), 10 + QUICK_S)


def test_time_and_touches_beside_the_keys_always_pass() -> None:
    guard = guard_on(Visit())
    guard.saw(Visit(place=Place.IDLE), 10)
    assert guard.lets_through(Touched(), 10)
    assert guard.lets_through(Tick(), 10)
    assert guard.lets_through(Tick(), 10)
