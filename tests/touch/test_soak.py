"""A day of screens leaves nothing behind."""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
import weakref

from tests.bench.soak import live
from tests.fakes.finger import Finger
from tests.fakes.touch_kiosk import TouchKiosk
from tests.gallery.studio import Studio


def widgets() -> int:
    from kivy.uix.widget import Widget

    gc.collect()
    return sum(Widget in type(one).__mro__ for one in gc.get_objects())


def test_three_hundred_screens_grow_by_less_than_five_megabytes() -> None:
    told = subprocess.run(
        [sys.executable, "-m", "tests.bench.soak", "300"], check=True, capture_output=True, text=True, timeout=110
    ).stdout
    rss = {line["changes"]: line["rss_mb"] for line in map(json.loads, told.splitlines())}
    assert rss[300] - rss[100] < 5


def test_screens_are_kept_one_of_a_kind(studio: Studio) -> None:
    finger = Finger(os.environ["DISPLAY"])
    kiosk = TouchKiosk(studio, finger, "small")
    live(kiosk, 60)
    before = widgets()
    live(kiosk, 60)
    assert widgets() <= before + 5
    kiosk.close()
    finger.close()


def test_a_closed_window_is_let_go(studio: Studio) -> None:
    finger = Finger(os.environ["DISPLAY"])
    kiosk = TouchKiosk(studio, finger, "small")
    kiosk.turn(40)  # the other screens are being prepared, one a turn
    left = weakref.ref(kiosk.stage)
    kiosk.close()
    finger.close()
    del kiosk
    studio.pump()
    gc.collect()
    assert left() is None
