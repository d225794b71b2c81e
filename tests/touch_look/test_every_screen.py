"""The rules of the look, held against every screen in every dress."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from screens.touch.samples import SAMPLES
from tests.touch_look.audit import faults, unequal
from tests.touch_look.dresses import Dress, every_dress, front, layers, look_of, other_panels


def all_faults(dresses: Iterable[Dress]) -> list[str]:
    return [
        f"{dress}: {fault}"
        for dress in dresses
        for _, drawing in layers(dress)
        for fault in faults(drawing, look_of(dress))
    ]


@pytest.mark.parametrize("name", SAMPLES)
def test_nothing_is_clipped_crowded_small_pale_or_under_the_drum_face(name: str) -> None:
    assert all_faults(dress for dress in every_dress() if dress.name == name) == []


@pytest.mark.parametrize("name", SAMPLES)
def test_the_same_holds_on_smaller_larger_and_squarer_panels(name: str) -> None:
    assert all_faults(dress for dress in other_panels() if dress.name == name) == []


def test_answers_of_a_question_are_alike_in_everything_but_picture_and_word() -> None:
    for dress in [*every_dress(), *other_panels()]:
        for kind in ("answer:", "priority:"):
            keys = tuple(key for key in front(dress).keys if key.name.startswith(kind))
            assert not keys or unequal(keys) == [], dress
