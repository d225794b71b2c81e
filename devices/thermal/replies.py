"""One reader for everything a printer says, so that no answer is taken for another.

========================  ============================  =====================
bits or bytes             what it is                    here
========================  ============================  =====================
``0xx1xx10``              answer to DLE EOT             :class:`Status`
``0xx1xx00`` + 3          block sent of its own accord  :class:`Unasked`
``37 ... 00``, ``5F``     named block                   :class:`Block`
``0000xx xx`` (0 3 C F)   answer to GS r                :class:`PaperInOrder`
``11``, ``13``            flow control                  dropped
all else (``06``, ``15``) strays                        dropped
========================  ============================  =====================
"""

from __future__ import annotations

from dataclasses import dataclass

FLOW_CONTROL = frozenset((0x11, 0x13))
BLOCK_HEADS = frozenset((0x37, 0x5F))
PAPER_ANSWERS = frozenset((0x00, 0x03, 0x0C, 0x0F))
LONGEST_BLOCK = 96
UNASKED_BYTES = 4


@dataclass(frozen=True, slots=True)
class Status:
    """One real-time status byte; which question it answers only the asker knows."""

    bits: int


@dataclass(frozen=True, slots=True)
class Unasked:
    """The four bytes of an automatic status."""

    data: bytes


@dataclass(frozen=True, slots=True)
class Block:
    """A block without its head and its closing zero."""

    data: bytes


@dataclass(frozen=True, slots=True)
class PaperInOrder:
    """The answer to a question about paper that waited its turn among the print data."""

    bits: int


Reply = Status | Unasked | Block | PaperInOrder


class ReplyReader:
    """Takes bytes as they come, gives whole replies."""

    def __init__(self) -> None:
        self._partial = bytearray()

    def feed(self, data: bytes) -> list[Reply]:
        """The replies that these bytes complete, in order."""
        replies = []
        for byte in data:
            if byte not in FLOW_CONTROL:
                reply = self._take(byte)
                if reply is not None:
                    replies.append(reply)
        return replies

    def forget(self) -> None:
        """Throw away what is incomplete: a new conversation begins."""
        self._partial.clear()

    def _take(self, byte: int) -> Reply | None:
        if not self._partial:
            return self._first(byte)
        if self._partial[0] in BLOCK_HEADS:
            return self._block(byte)
        return self._unasked(byte)

    def _first(self, byte: int) -> Reply | None:
        if byte & 0x93 == 0x12:
            return Status(byte)
        if byte & 0x93 == 0x10 or byte in BLOCK_HEADS:
            self._partial.append(byte)
            return None
        return PaperInOrder(byte) if byte in PAPER_ANSWERS else None

    def _block(self, byte: int) -> Reply | None:
        if byte == 0:
            data = bytes(self._partial[1:])
            self._partial.clear()
            return Block(data)
        self._partial.append(byte)
        if len(self._partial) > LONGEST_BLOCK:
            self._partial.clear()
        return None

    def _unasked(self, byte: int) -> Reply | None:
        if byte & 0x90:
            self._partial.clear()
            return self._first(byte)
        self._partial.append(byte)
        if len(self._partial) < UNASKED_BYTES:
            return None
        data = bytes(self._partial)
        self._partial.clear()
        return Unasked(data)
