"""What the pages of an office are made from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from kiosk.clock import office_time
from kiosk.criteria import CriteriaSet
from screens.board_parts import BoardParts
from screens.lobby_hall import Hall
from screens.phone_desk import PhoneDesk
from sync.central.service import CentralLog

ServiceName = Callable[[str, str], str]
"""What a service is called: (service id, language) -> its name; of an unknown one, its id."""


@dataclass(frozen=True, slots=True)
class OfficePages:
    """The office's log, its desk for phones, its words, today's lobby, its board. ``central``: an office's."""

    central: CentralLog
    phones: PhoneDesk
    criteria: CriteriaSet
    office_name: str
    service_name: ServiceName
    hall: Hall
    board: BoardParts = field(default_factory=BoardParts)

    @property
    def office_id(self) -> str:
        """The office whose pages these are."""
        return self.central.office_id or ""

    def now(self) -> datetime:
        """The office's wall time."""
        return office_time(self.central.clock.now(), self.central.utc_offset_h)
