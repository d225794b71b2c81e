"""A link without a network: the uploader and the log in one process, as the demonstration wants it."""

from __future__ import annotations

from kiosk.trouble import Trouble
from sync.central.intake import ForkShown
from sync.central.service import CentralLog
from sync.link import Acked, Answer, Busy, Forked, Refused


class LocalLink:
    """``Link`` straight into a :class:`CentralLog`; answers what the server would."""

    def __init__(self, central: CentralLog) -> None:
        self._central = central

    def send(self, packed: bytes) -> Answer:
        """Hand over a packed batch."""
        try:
            answer = self._central.take(packed)
        except Trouble as trouble:
            if trouble.code.startswith("M-") or trouble.code == "S-308":
                return Busy(1.0, trouble.code)
            return Refused(trouble.code, trouble.detail)
        if isinstance(answer, ForkShown):
            return Forked(answer.seq, answer.held_hash.hex(), answer.sent_hash.hex())
        return Acked(answer.through)

    def close(self) -> None:
        """The log is closed by whoever opened it."""
