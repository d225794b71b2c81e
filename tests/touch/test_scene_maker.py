"""From a visit to its scene."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from kiosk.criteria import PICTURES, default_set
from kiosk.tickets import Ticket
from kiosk.visit import Place, Printing, Times, Visit
from screens.touch.scene_maker import OutsideVisit, SceneMaker
from tests.fakes.clock import FakeClock
from tests.fakes.lobby import scene_facts

AT = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
TICKET = Ticket("B001", "B", True, date(2026, 11, 23), AT, 2, "0000 0000 0000 0000", bytes(16))
OUTSIDE = OutsideVisit(mark=("AAAA BBBB CCCC DDDD", AT), trouble_at=AT)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock(AT)


@pytest.fixture
def scenes(clock: FakeClock) -> SceneMaker:
    return SceneMaker(scene_facts(), clock=clock, times=Times())


def test_the_same_visit_in_the_same_minute_is_the_same_scene(scenes: SceneMaker, clock: FakeClock) -> None:
    first = scenes.scene(Visit(), OUTSIDE)
    clock.advance(59)
    assert scenes.scene(Visit(), OUTSIDE) == first
    clock.advance(1)
    assert scenes.scene(Visit(), OUTSIDE) != first


def test_time_on_the_screen_is_the_office_s_whatever_the_machine_s_zone(scenes: SceneMaker) -> None:
    assert scenes.scene(Visit(), OUTSIDE).now.strftime("%H:%M") == "08:00"
    shown = scenes.scene(Visit(place=Place.NUMBER, ticket=TICKET), OUTSIDE)
    assert shown.ticket is not None
    assert shown.ticket.issued_at.hour == 8


def test_words_and_names_are_in_the_visit_s_language(scenes: SceneMaker) -> None:
    shown = scenes.scene(Visit(place=Place.NUMBER, ticket=TICKET, language="en"), OUTSIDE)
    assert (shown.words.language, shown.service_name) == ("en", "Matter B")


@pytest.mark.parametrize("place", [Place.NUMBER, Place.NO_PAPER, Place.THANKS])
def test_a_ring_runs_only_where_a_place_ends_before_her_eyes(
    place: Place, scenes: SceneMaker, clock: FakeClock
) -> None:
    visit = Visit(place=place, ticket=TICKET, printing=Printing.PRINTED, leaves_at=clock.monotonic() + 7)
    assert scenes.scene(visit, OUTSIDE).seconds_left == 7
    assert scenes.scene(Visit(leaves_at=clock.monotonic() + 7), OUTSIDE).seconds_of == 0


def test_the_dialog_counts_down_from_its_own_time(scenes: SceneMaker, clock: FakeClock) -> None:
    visit = Visit(place=Place.OVERALL, asking_time=True, leaves_at=clock.monotonic() + 20)
    shown = scenes.scene(visit, OUTSIDE)
    assert (shown.seconds_left, shown.seconds_of) == (20, 20)


def test_the_book_s_mark_stands_on_thanks_alone(scenes: SceneMaker) -> None:
    assert scenes.scene(Visit(place=Place.THANKS), OUTSIDE).mark is not None
    assert scenes.scene(Visit(place=Place.OVERALL), OUTSIDE).mark is None


def test_the_qr_is_the_bare_ballot_while_only_the_machine_is_served(clock: FakeClock) -> None:
    visit = Visit(place=Place.NO_PAPER, ticket=TICKET)
    alone = SceneMaker(scene_facts(), clock=clock, times=Times()).scene(visit, OUTSIDE)
    served = SceneMaker(scene_facts(server="10.0.0.5:8080"), clock=clock, times=Times()).scene(visit, OUTSIDE)
    assert (alone.qr, alone.phones) == ("0" * 26, False)
    assert (served.qr, served.phones) == ("HTTP://10.0.0.5:8080/V#" + "0" * 26, True)


def test_every_answer_of_the_set_has_a_picture_and_a_place(scenes: SceneMaker) -> None:
    ids = tuple(criterion.id for criterion in default_set().criteria)
    for language in ("vi", "en"):
        for question in range(1, len(ids) + 1):
            visit = Visit(place=Place.CRITERION, questions=ids, question=question, language=language)
            card = scenes.scene(visit, OUTSIDE).question
            assert card is not None
            assert 2 <= len(card.answers) <= 5
            assert all(answer.word and answer.picture in PICTURES for answer in card.answers)
            assert card.text
            assert card.eyebrow


def test_the_trouble_is_shown_with_its_code_and_hour(scenes: SceneMaker) -> None:
    shown = scenes.scene(Visit(place=Place.OUT_OF_SERVICE, trouble="M-201"), OUTSIDE)
    assert shown.trouble is not None
    assert shown.trouble.since is not None
    assert (shown.trouble.code, shown.trouble.since.hour) == ("M-201", 8)
