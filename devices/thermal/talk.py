"""A conversation over a wire: one question at a time, each with a deadline."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from devices.slips import commands
from devices.thermal.health import (
    ERROR,
    OFFLINE,
    PAPER,
    PRINTER,
    health,
    health_unasked,
)
from devices.thermal.replies import (
    Block,
    PaperInOrder,
    Reply,
    ReplyReader,
    Status,
    Unasked,
)
from devices.wire import Wire
from kiosk.clock import Clock
from kiosk.ports import PrinterStatus

TRIES = 2
SEND_A_QUESTION_S = 0.5
ECHO = b'"'
"""The second byte of the block that answers ``GS ( H``."""


class Talk:
    """Asks the printer and sorts what it says. ``unasked``: what it last said of its own accord."""

    def __init__(self, wire: Wire, clock: Clock) -> None:
        self._wire = wire
        self._clock = clock
        self._reader = ReplyReader()
        self._blocks: deque[Block] = deque(maxlen=8)
        self.unasked: PrinterStatus | None = None

    def begin(self) -> None:
        """A slip follows: forget every echo of earlier ones; ``WireTrouble`` if the link has ended."""
        self.drain()
        self._blocks.clear()

    def drain(self) -> None:
        """Throw away what came unasked or too late; ``WireTrouble`` if the link has ended."""
        for _ in range(64):
            data = self._wire.read(0.0)
            if not data:
                break
            self._sorted(data)
        self._reader.forget()

    def health(self) -> PrinterStatus | None:
        """How the printer says it is; ``None`` if it says nothing. ``WireTrouble`` if the link has ended."""
        answers = {}
        for question in (PRINTER, OFFLINE, ERROR, PAPER):
            bits = self._ask(question)
            if bits is None:
                return None
            answers[question] = bits
        return health(answers)

    def _ask(self, question: int) -> int | None:
        for _ in range(TRIES):
            self.drain()
            self._wire.send(commands.ask_now(question), SEND_A_QUESTION_S)
            reply = self.wait_for(lambda reply: isinstance(reply, Status), self._wire.reply_s)
            if isinstance(reply, Status):
                return reply.bits
        return None

    def hear_echo(self, four: str, within_s: float) -> bool:
        """Whether the printer has said these four characters back."""
        wanted = Block(ECHO + commands.echo_name(four))
        if wanted in self._blocks:
            return True
        return self.wait_for(lambda reply: reply == wanted, within_s) is not None

    def hear_paper_in_order(self, within_s: float) -> bool:
        """Whether the printer has come to the question about paper that stood behind the slip."""
        return self.wait_for(lambda reply: isinstance(reply, PaperInOrder), within_s) is not None

    def wait_for(self, is_wanted: Callable[[Reply], bool], within_s: float) -> Reply | None:
        """The first reply that is wanted; others are kept in mind or dropped."""
        end = self._clock.monotonic() + within_s
        while (left := end - self._clock.monotonic()) > 0:
            data = self._wire.read(left)
            if not data:
                return None
            for reply in self._sorted(data):
                if is_wanted(reply):
                    return reply
        return None

    def _sorted(self, data: bytes) -> list[Reply]:
        replies = self._reader.feed(data)
        for reply in replies:
            if isinstance(reply, Block):
                self._blocks.append(reply)
            elif isinstance(reply, Unasked):
                self.unasked = health_unasked(reply.data)
        return replies
