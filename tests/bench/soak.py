"""A kiosk's real window living through many screens as fast as it can, telling its memory on the way.

    python -m tests.bench.soak CHANGES

A process of its own, so that nothing else's memory is counted. Screens are changed by the
visit's events, drawn each time; the clock is moved, so that nothing is waited for.
"""

from __future__ import annotations

import json
import os
import sys

from kiosk.visit import Place
from kiosk.visit_events import (
    AnswerChosen,
    BigTextToggled,
    ContrastToggled,
    DonePressed,
    Event,
    LanguageToggled,
    PriorityChosen,
    RateChosen,
    ServiceChosen,
    Skipped,
)
from kiosk.visit_lobby_events import SecondAnswered
from tests.bench.kiosk_process import rss_mb
from tests.fakes.finger import Finger
from tests.fakes.touch_kiosk import TouchKiosk
from tests.gallery.studio import studio

EVERY = 100
HOME: tuple[Event, ...] = (
    ServiceChosen("B", asks_priority=True),
    RateChosen(),
    LanguageToggled(),
    ServiceChosen("E", asks_priority=False),
    BigTextToggled(),
    RateChosen(),
    ContrastToggled(),
    ServiceChosen("K", asks_priority=True),
)
ELSEWHERE: dict[Place, Event] = {
    Place.SECOND: SecondAnswered(True),
    Place.PRIORITY: PriorityChosen(True),
    Place.NUMBER: DonePressed(),
    Place.NO_PAPER: DonePressed(),
    Place.OVERALL: AnswerChosen("satisfied"),
    Place.CRITERION: Skipped(),
    Place.THANKS: DonePressed(),
}


def live(kiosk: TouchKiosk, changes: int) -> None:
    """Change the screen so many times, a person's way round and round."""
    at_home = 0
    for change in range(1, changes + 1):
        kiosk.advance(1)
        place = kiosk.visit.place
        at_home += place is Place.HOME
        event = HOME[at_home % len(HOME)] if place is Place.HOME else ELSEWHERE[place]
        kiosk.running.conductor.act(event)
        kiosk.turn(2)
        kiosk.until_answered()
        if change % EVERY == 0:
            print(json.dumps({"changes": change, "rss_mb": rss_mb(os.getpid())}), flush=True)


def main() -> None:
    """Live; then end without Kivy's farewell to a display that has gone."""
    with studio() as made:
        finger = Finger(os.environ["DISPLAY"])
        kiosk = TouchKiosk(made, finger, "small")
        live(kiosk, int(sys.argv[1]))
        kiosk.close()
    os._exit(0)


if __name__ == "__main__":
    main()
