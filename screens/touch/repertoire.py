"""The repertoire: which screen shows a scene, and what lies on top of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from kiosk.visit import BookingState, Place
from screens.touch.appointment import draw_appointment
from screens.touch.code_pad import draw_code_pad
from screens.touch.drawing import Drawing
from screens.touch.held import draw_drop, draw_held
from screens.touch.home import draw_home
from screens.touch.idle import draw_idle
from screens.touch.look import Look
from screens.touch.notices import draw_closed, draw_out_of_service, draw_too_small
from screens.touch.number import draw_no_paper, draw_number
from screens.touch.overlays import draw_timeout, draw_toast, draw_why
from screens.touch.priority import draw_priority
from screens.touch.rating import draw_criterion, draw_overall
from screens.touch.scene import BookingNote, HeldNote, Scene
from screens.touch.second import draw_second
from screens.touch.sheet import Sheet
from screens.touch.thanks import draw_thanks

TIMEOUT, TOAST, TOO_SMALL, WHY = "timeout", "toast", "too_small", "why"

ANY_NUMBER, ANY_HOUR = HeldNote("A001", "A"), BookingNote(BookingState.NOW, "07:30", "A")
"""What screens are made ready with before anybody has a number or an hour."""

_SCREENS: dict[str, Callable[[Sheet, Scene], None]] = {
    "idle_attract": draw_idle,
    "home": draw_home,
    "confirm_second_ticket": draw_second,
    "priority": draw_priority,
    "ticket_done": draw_number,
    "ticket_no_paper": draw_no_paper,
    "rating_overall": draw_overall,
    "rating_criterion": draw_criterion,
    "thanks": draw_thanks,
    "held": draw_held,
    "held_drop": draw_drop,
    "code_pad": draw_code_pad,
    "appointment_checkin": draw_appointment,
    "closed": draw_closed,
    "out_of_service": draw_out_of_service,
    TOO_SMALL: draw_too_small,
    TIMEOUT: draw_timeout,
    WHY: draw_why,
    TOAST: draw_toast,
}
"""Every screen by its name in the gallery."""

_PLACES = {
    Place.IDLE: "idle_attract",
    Place.HOME: "home",
    Place.SECOND: "confirm_second_ticket",
    Place.PRIORITY: "priority",
    Place.NUMBER: "ticket_done",
    Place.NO_PAPER: "ticket_no_paper",
    Place.OVERALL: "rating_overall",
    Place.CRITERION: "rating_criterion",
    Place.THANKS: "thanks",
    Place.HELD: "held",
    Place.DROP: "held_drop",
    Place.CODE: "code_pad",
    Place.APPOINTMENT: "appointment_checkin",
    Place.CLOSED: "closed",
    Place.OUT_OF_SERVICE: "out_of_service",
}


def screen_of(look: Look, scene: Scene) -> str:
    """The name of the screen for a scene on this panel."""
    return TOO_SMALL if look.too_small else _PLACES[scene.visit.place]


def overlays_of(scene: Scene) -> tuple[str, ...]:
    """What lies on top of the screen, lowest first."""
    dialog: tuple[str, ...] = ()
    if scene.visit.asking_time:
        dialog = (TIMEOUT,)
    elif scene.visit.why and scene.why is not None:
        dialog = (WHY,)
    return (*dialog, TOAST) if scene.visit.notice else dialog


def draw(name: str, look: Look, scene: Scene) -> Drawing:
    """The drawing of a screen."""
    sheet = Sheet(look, scene)
    _SCREENS[name](sheet, scene)
    return sheet.drawing()


def rehearsals(scene: Scene, *, but: str) -> Iterator[tuple[str, Scene]]:
    """The other screens with what is known now, so that their pictures and letters are made ahead."""
    known = replace(scene, held=scene.held or ANY_NUMBER, booking=scene.booking or ANY_HOUR)
    for place, name in _PLACES.items():
        if name != but:
            yield name, replace(known, visit=replace(known.visit, place=place))
