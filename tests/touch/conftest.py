"""Kiosks in the real window of this test run, and the finger that touches them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from tests.fakes.finger import Finger
from tests.fakes.touch_kiosk import TouchKiosk
from tests.gallery.studio import Studio

Make = Callable[[str], TouchKiosk]


@pytest.fixture(scope="session")
def finger(studio: Studio) -> Iterator[Finger]:
    """One finger for the whole run."""
    made = Finger(os.environ["DISPLAY"])
    yield made
    made.close()


@pytest.fixture
def make_kiosk(studio: Studio, finger: Finger) -> Iterator[Make]:
    """Kiosks in a shape, closed at the end of the test."""
    with ExitStack() as ends:

        def made(shape: str) -> TouchKiosk:
            kiosk = TouchKiosk(studio, finger, shape)
            ends.callback(kiosk.close)
            return kiosk

        yield made


@pytest.fixture
def kiosk(make_kiosk: Make) -> TouchKiosk:
    """A kiosk in portrait."""
    return make_kiosk("portrait")
