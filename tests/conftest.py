"""What several rooms' tests share: one process can open only one Kivy window, so there is one studio."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import settings

from tests.gallery.studio import Studio
from tests.gallery.studio import studio as open_studio

settings.register_profile("house", deadline=None)
settings.load_profile("house")
"""A property is no measure of speed: a busy machine must not make it fail."""


@pytest.fixture(scope="session")
def studio() -> Iterator[Studio]:
    """The one real window of this test run, on a virtual display of its own."""
    with open_studio() as made:
        yield made
