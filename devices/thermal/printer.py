"""A thermal printer: sends a slip and says honestly what became of it.

Printed, not printed with a reason, or unknown: by the printer's own answers, never by
the wire's. A slip is never sent twice of its own accord, since nobody can know here
whether the first one lies in somebody's hand.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from devices.profiles import Profile
from devices.slips import commands
from devices.slips.layout import Layout
from devices.thermal.link import Link
from devices.wire import LOST, STUCK, Wire, WireTrouble
from kiosk.clock import Clock
from kiosk.ports import CAN_PRINT, Outcome, PrinterStatus, PrintOutcome
from kiosk.slip import Slip
from kiosk.trouble import PrinterTrouble

FRESH_S = 5.0
"""A status seen this recently is believed, so that a citizen's tap asks nothing first."""
SEND_S = 5.0
"""How long the wire may take for a slip, beyond what its speed explains. How long the slip is would be
better known from its drawing, but the first piece must not wait for the last one to be drawn."""
HEAR_S = 3.0
"""How long the printer may take to answer, beyond what its speed explains."""
GLANCE_S = 0.7
"""How long an answer is awaited before the printer is asked what is wrong."""
CUT_S = 0.5
UNSURE = "P-110"


class ThermalPrinter:
    """An ESC/POS printer at the end of a wire, drawn on by a layout. One thread owns it."""

    def __init__(self, wire: Wire, layout: Layout, *, profile: Profile, clock: Clock) -> None:
        self._link = Link(wire, profile, clock)
        self._wire = wire
        self._layout = layout
        self._profile = profile
        self._clock = clock

    def print(self, slip: Slip) -> PrintOutcome:
        """Send the slip, cut it, and say what became of it."""
        try:
            status = self._link.known(FRESH_S)
            if status is None or status.state not in CAN_PRINT:
                status = self._link.look()
            if status.state not in CAN_PRINT:
                return PrintOutcome(Outcome.NOT_PRINTED, status.reason)
            outcome = self._sent(slip) or self._heard(slip)
        except PrinterTrouble as trouble:
            return PrintOutcome(Outcome.NOT_PRINTED, trouble.code)
        self._link.forget()
        if self._link.answers and self._wire.is_open:
            self._link.look()
        return outcome

    def status(self) -> PrinterStatus:
        """Ask the printer how it is (opens the link if it is closed)."""
        return self._link.look()

    def prepare(self, slips: tuple[Slip, ...]) -> None:
        """Draw ahead what slips like these share, so that the first citizen does not wait for it."""
        try:
            commands.load_composer()
            for slip in slips:
                for _ in self._layout.pieces(slip):
                    pass
        except PrinterTrouble:
            return

    def close(self) -> None:
        """Let the link go."""
        self._link.close()

    def _sent(self, slip: Slip) -> PrintOutcome | None:
        """Send all; an outcome only if the wire failed."""
        taken = 0
        end = self._clock.monotonic() + SEND_S
        try:
            for piece in self._parts(slip):
                pace = self._wire.bytes_per_s
                end += len(piece) / pace if pace else 0.0
                self._push(piece, end)
                taken += len(piece)
        except WireTrouble as trouble:
            return self._cut_short(trouble, taken + trouble.sent)
        return None

    def _push(self, piece: bytes, end: float) -> None:
        """Send one piece; while the wire takes nothing, listen for the printer's reason."""
        sent = 0
        while True:
            left = end - self._clock.monotonic()
            try:
                self._wire.send(piece[sent:], max(0.1, min(GLANCE_S, left)))
                return
            except WireTrouble as trouble:
                sent += trouble.sent
                spoken = self._spoken_reason()
                if trouble.code != STUCK or spoken or left <= GLANCE_S:
                    raise WireTrouble(
                        spoken or trouble.code, detail=trouble.detail, sent=sent, harmless=trouble.harmless
                    ) from None

    def _parts(self, slip: Slip) -> Iterator[bytes]:
        pieces = self._layout.pieces(slip)
        first = next(pieces)
        yield self._asking_to_be_told(first) if self._hears() else first
        yield from pieces
        end = commands.cut() if self._profile.cutter else commands.feed(self._profile.dots_of(14))
        yield end + self._question(slip)

    def _asking_to_be_told(self, first: bytes) -> bytes:
        """The first piece with the wish to be told of changes before anything in it can stop the printer.

        It must follow the reset, which would forget it; behind a full buffer no question gets through.
        """
        reset = commands.reset()
        told = first.removeprefix(reset)
        return first[: len(first) - len(told)] + commands.TELL_CHANGES + told

    def _hears(self) -> bool:
        return self._wire.can_read and bool(self._link.answers)

    def _question(self, slip: Slip) -> bytes:
        """What stands behind the slip and is answered when all before it is done."""
        if not self._hears():
            return b""
        return commands.echo(slip.id) if self._link.echoes else commands.ASK_PAPER_IN_ORDER

    def _cut_short(self, trouble: WireTrouble, taken: int) -> PrintOutcome:
        self._link.broke(uncut=taken > 0)
        certain = trouble.harmless or taken == 0
        return PrintOutcome(Outcome.NOT_PRINTED if certain else Outcome.UNKNOWN, trouble.code)

    def _spoken_reason(self) -> str:
        """What the printer said of its own accord while the wire got stuck, if anything."""
        with contextlib.suppress(WireTrouble):
            self._link.talk.drain()
        spoken = self._link.talk.unasked
        return spoken.reason if spoken else ""

    def _heard(self, slip: Slip) -> PrintOutcome:
        """Wait for the printer's word about a slip that the wire has taken whole."""
        if not self._hears():
            return PrintOutcome(Outcome.UNKNOWN, UNSURE)
        try:
            return self._echoed(slip) if self._link.echoes else self._waited_out(slip)
        except WireTrouble as trouble:
            self._link.broke(uncut=False)
            return PrintOutcome(Outcome.UNKNOWN, LOST if trouble.code == LOST else trouble.code)

    def _health(self) -> PrinterStatus | None:
        """What it answers; one too full to hear the question may have said before what is wrong."""
        answered, spoken = self._link.talk.health(), self._link.talk.unasked
        return spoken if answered is None and spoken and spoken.state not in CAN_PRINT else answered

    def _printing_s(self, slip: Slip) -> float:
        return self._profile.seconds_for(self._layout.rows(slip)) + CUT_S

    def _echoed(self, slip: Slip) -> PrintOutcome:
        end = self._clock.monotonic() + self._printing_s(slip) + HEAR_S + self._still_on_the_way(slip)
        while True:
            left = end - self._clock.monotonic()
            if self._link.talk.hear_echo(slip.id, max(0.0, min(GLANCE_S, left))):
                return PrintOutcome(Outcome.PRINTED)
            status = self._health()
            if status is not None and status.state not in CAN_PRINT:
                return PrintOutcome(Outcome.UNKNOWN, status.reason)
            if left <= GLANCE_S:
                return PrintOutcome(Outcome.UNKNOWN, STUCK if status else UNSURE)

    def _waited_out(self, slip: Slip) -> PrintOutcome:
        """Without an echo: paper's question answered, the time of printing past, and no fault seen."""
        printing_s = self._printing_s(slip)
        began = self._clock.monotonic()
        heard = self._link.talk.hear_paper_in_order(printing_s + HEAR_S + self._still_on_the_way(slip))
        if heard:
            self._link.talk.wait_for(lambda reply: False, printing_s - (self._clock.monotonic() - began))
        status = self._health()
        if status is not None and status.state not in CAN_PRINT:
            return PrintOutcome(Outcome.UNKNOWN, status.reason)
        if heard and status is not None:
            return PrintOutcome(Outcome.PRINTED)
        return PrintOutcome(Outcome.UNKNOWN, UNSURE)

    def _still_on_the_way(self, slip: Slip) -> float:
        """How long the wire's own buffers may still hold the end of the slip."""
        pace = self._wire.bytes_per_s
        return 4096 / pace if pace else 0.0
