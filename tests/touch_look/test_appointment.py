"""An appointment on the screen: nothing beside its title says the contrary."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.visit import BookingState
from screens.touch.drawing import Line
from screens.touch.look import Look
from screens.touch.repertoire import draw
from screens.touch.samples import sample
from screens.touch.scene import BookingNote


def said(state: BookingState, minutes: int) -> str:
    """All the screen says of an appointment of today."""
    scene = sample("appointment_checkin", "vi")
    note = BookingNote(state, "05:40", "Chứng thực", minutes, day="Thứ Hai, 23/11", number="B042")
    look = Look(1080, 1920, 21.5)
    drawing = draw("appointment_checkin", look, replace(scene, booking=note))
    return " ".join(one.text for one in drawing.items if isinstance(one, Line))


@pytest.mark.parametrize("minutes", [-3, 0, 3, 90])
@pytest.mark.parametrize("state", [BookingState.CANCELLED, BookingState.USED])
def test_one_that_does_not_hold_never_says_how_long_it_still_holds(state: BookingState, minutes: int) -> None:
    text = said(state, minutes)
    assert "Thứ Hai, 23/11" in text
    for word in ("vẫn được tiếp", "còn", "đúng giờ", "Nơi làm", "khi đến lượt"):
        assert word not in text


def test_one_that_holds_says_how_far_its_hour_is() -> None:
    assert "vẫn được tiếp" in said(BookingState.LATE, -3)
    assert "đúng giờ" in said(BookingState.NOW, 0)
