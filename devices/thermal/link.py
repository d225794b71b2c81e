"""Keeping a printer reachable: opening, trying again later, mending what a lost link left behind."""

from __future__ import annotations

from devices.profiles import Profile
from devices.slips import commands
from devices.thermal.talk import Talk
from devices.wire import ABSENT, LOST, Wire, WireTrouble
from kiosk.clock import Clock
from kiosk.ports import CAN_PRINT, PrinterState, PrinterStatus

BACK_OFF_S = (1.0, 2.0, 5.0, 10.0)
OPEN_S = 1.0
MEND_S = 2.0
MUTE_AGAIN_S = 60.0
"""A printer that has never answered is asked again this often: each question costs a wait."""
PROBE = "KIOS"
"""Four characters to find out whether a printer echoes."""


class Link:
    """One printer's link: how it is, and since when that is known.

    ``answers``: None before it was asked, then whether it ever answered.
    ``echoes``: None before it was tried, then whether it knows ``GS ( H``.
    """

    def __init__(self, wire: Wire, profile: Profile, clock: Clock) -> None:
        self.wire = wire
        self.talk = Talk(wire, clock)
        self.answers: bool | None = None
        self.echoes = profile.echoes
        self._profile = profile
        self._clock = clock
        self._waits_for_rows = True
        self._uncut = False
        self._failures = 0
        self._not_before = float("-inf")
        self._last = PrinterStatus(PrinterState.UNSEEN)
        self._looked_at = float("-inf")
        self._asked_at = float("-inf")

    def known(self, no_older_than_s: float) -> PrinterStatus | None:
        """How the printer was, if that was seen recently and nothing has spoken against it since."""
        if not self.wire.is_open or self._clock.monotonic() - self._looked_at > no_older_than_s:
            return None
        if not self.wire.can_read:
            return self._last
        try:
            self.talk.begin()
        except WireTrouble:
            self.wire.close()
            return None
        spoken, self.talk.unasked = self.talk.unasked, None
        return None if spoken is not None and spoken.state not in CAN_PRINT else self._last

    def look(self) -> PrinterStatus:
        """Ask the printer how it is, opening the link if need be.

        A link that ended while nobody used it is opened again at once: boards close idle
        clients, and that is no trouble.
        """
        self.talk.unasked = None
        if self.wire.is_open:
            try:
                return self._seen(self._asked())
            except WireTrouble as trouble:
                self.wire.close()
                if trouble.code != LOST:
                    return self._gone(trouble.code)
        if self._clock.monotonic() < self._not_before:
            return self._last
        try:
            self._open()
            return self._seen(self._asked())
        except WireTrouble as trouble:
            return self._gone(trouble.code)

    def forget(self) -> None:
        """What was seen is no longer true: something was printed since."""
        self._looked_at = float("-inf")

    def broke(self, *, uncut: bool) -> None:
        """A slip was cut short by the wire: the printer may be waiting for the rest of a picture."""
        self._waits_for_rows = True
        self._uncut = uncut
        self.wire.close()

    def close(self) -> None:
        """Let the wire go."""
        self.wire.close()

    def _open(self) -> None:
        self.wire.open(OPEN_S)
        if self._waits_for_rows:
            self._mend()
        self._failures = 0

    def _mend(self) -> None:
        """Fill up a picture the printer may be waiting for, else the next slip would be taken for its rows."""
        rows = bytes(commands.largest_band(self._profile.dots))
        clear = commands.CLEAR_BUFFER if self._profile.clears else b""
        torn = commands.cut() if self._uncut and self._profile.cutter else b""
        pace = self.wire.bytes_per_s
        self.wire.send(rows + clear + commands.reset() + torn, MEND_S + (len(rows) / pace if pace else 0.0))
        self._waits_for_rows = self._uncut = False

    def _asked(self) -> PrinterStatus:
        if not self.wire.can_read:
            return PrinterStatus(PrinterState.UNSEEN)
        if self.answers is False and self._clock.monotonic() - self._asked_at < MUTE_AGAIN_S:
            return self._last
        self._asked_at = self._clock.monotonic()
        status = self.talk.health()
        if status is None:
            if self.answers:
                return self._gone(ABSENT)
            self.answers = False
            return PrinterStatus(PrinterState.UNSEEN)
        self.answers = True
        if self.echoes is None and status.state in CAN_PRINT:
            self._try_echo()
        return status

    def _try_echo(self) -> None:
        """Find out whether the printer echoes; one that does not may have taken the question for text."""
        self.wire.send(commands.echo(PROBE), OPEN_S)
        self.echoes = self.talk.hear_echo(PROBE, 2 * self.wire.reply_s)
        if not self.echoes:
            self.wire.send(commands.reset(), OPEN_S)

    def _seen(self, status: PrinterStatus) -> PrinterStatus:
        self._last = status
        if status.state is not PrinterState.ABSENT:
            self._looked_at = self._clock.monotonic()
        return status

    def _gone(self, code: str) -> PrinterStatus:
        self.wire.close()
        self._not_before = self._clock.monotonic() + BACK_OFF_S[min(self._failures, len(BACK_OFF_S) - 1)]
        self._failures += 1
        self._looked_at = float("-inf")
        self._last = PrinterStatus(PrinterState.ABSENT, ABSENT if code == LOST else code)
        return self._last
