"""A touch screen's way to its office: where its numbers come from, where its book goes, what it is told.

Beside the office server the numbers come out of both books on this machine. Elsewhere the office
lends them over the network, and what makes that work is loaded late: until then, and
whenever the link is cut, the kiosk has a reserve of its own.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

from kiosk.clock import Clock
from kiosk.link_breaker import LinkBreaker
from kiosk.lobby_views import KioskView
from kiosk.numbers import HomeNumbers
from kiosk.ports import Numbers
from kiosk.remote_numbers import ASK_S, RemoteNumbers
from kiosk.settings import Settings
from screens.touch.office_feed import LobbyLink, OfficeFeed

OLD_S = 10.0
"""A view this old tells nothing any more: four askings in a row were not answered."""

NOT_REACHED = "S-301"

logger = logging.getLogger(__name__)


class OfficeWay:
    """``numbers`` and ``feed`` are there from the beginning; ``start`` brings in what is slow to load."""

    def __init__(
        self,
        settings: Settings,
        data: Path,
        *,
        clock: Clock,
        head: Callable[[], int],
        receive: Callable[[int], None],
        ask_s: float = ASK_S,
    ) -> None:
        """``head``: how far the kiosk's book goes; ``receive(place)``: have the reserve that was given written
        down; ``ask_s``: how long a tap waits for the office."""
        self._kiosk_id = settings.kiosk.id
        self._address = settings.kiosk.office or f"http://{settings.server.listen}"
        self._data = data
        self._clock = clock
        self._receive = receive
        self._breaker = LinkBreaker(clock)
        self._remote = RemoteNumbers(clock, breaker=self._breaker, ask_s=ask_s) if settings.kiosk.office else None
        self._upload: Any = None
        self._number_link: Any = None
        self._told = ""
        self._received = False
        self._wake: Callable[[], None] = nothing
        self._ends: list[Callable[[], None]] = []
        self.numbers: Numbers = self._remote or HomeNumbers(data)
        self.feed = OfficeFeed(clock, make_link=self._lobby_link, head=head, answered=self._answered)

    def view(self) -> KioskView | None:
        """What the office told last; None if that is too old to be true. From any thread."""
        latest = self.feed.latest()
        return latest[0] if latest is not None and latest[1] <= OLD_S else None

    def written(self) -> None:
        """Something was written: send it now. Costs nothing and may be called from any thread."""
        self._wake()

    def start(self, *, within_s: float) -> None:
        """Load the libraries and begin; not on a thread that anybody waits for. ``within_s``: how long the
        sending may take to end. Raises a ``Trouble``: C-403, S-317."""
        upload: Any = import_module("sync.upload_thread").start_book_upload(
            self._data, self._address, clock=self._clock
        )
        self._ends.append(partial(upload.stop, within_s=within_s))
        self._wake, self._upload = upload.wake, upload
        if self._remote is not None:
            key = import_module("sync.keys").own_key(self._data, "kiosk")
            link = import_module("sync.numbers_link").HttpNumberLink(self._address, key, clock=self._clock)
            self._number_link = link
            self._ends.append(partial(link.close, within_s=within_s / 4))  # neither has anything to finish
            self._remote.join(link)
        self.feed.start()
        self._ends.append(partial(self.feed.close, within_s=within_s / 4))

    def close(self) -> None:
        """End what was started."""
        for end in reversed(self._ends):
            end()

    def _lobby_link(self) -> LobbyLink:
        made: LobbyLink = import_module("sync.lobby_link").HttpLobbyLink(
            self._address, self._kiosk_id, clock=self._clock
        )
        return made

    def _answered(self, answered: bool) -> None:
        """The office was asked how it stands: so it is known whether a tap may ask it."""
        self._breaker.told(answered)
        self._tell_refusal()
        latest = self.feed.latest()
        met = answered and latest is not None and latest[0].through > 0  # it holds this kiosk's book
        if met and self._remote is not None and self._remote.place is None and not self._received:
            place = self._number_link.reserve()
            if place is not None:
                self._received = True
                self._receive(place)

    def _tell_refusal(self) -> None:
        """Say once why the office does not take this kiosk's book, where that is not the network."""
        trouble = self._upload.status().trouble
        text = str(trouble) if trouble is not None and trouble.code != NOT_REACHED else ""
        if text and text != self._told:
            logger.warning("%s", text)
        self._told = text or self._told


def nothing() -> None:
    """Nothing is sent yet."""
