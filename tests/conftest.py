"""What several rooms' tests share: one process can open only one Kivy window, so there is one studio."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.gallery.studio import Studio
from tests.gallery.studio import studio as open_studio


@pytest.fixture(scope="session")
def studio() -> Iterator[Studio]:
    """The one real window of this test run, on a virtual display of its own."""
    with open_studio() as made:
        yield made
