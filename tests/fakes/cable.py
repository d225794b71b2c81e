"""A network cable that can be cut: a TCP proxy in front of a real server, with the ways a network really fails."""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
from enum import Enum, auto
from typing import Self

PIECE = 65_536
LOOK_S = 0.02
"""How often a pump looks whether its wire still stands; how quickly a cut bites."""


class Wire(Enum):
    """How the cable is."""

    WHOLE = auto()
    RESET = auto()
    """Every connection is reset, new ones are refused in a moment: a switched-off server."""
    BLACK_HOLE = auto()
    """Nothing arrives any more and nobody is told: a cable pulled out."""
    DEAF = auto()
    """What is asked arrives, answers do not."""
    MID_ANSWER = auto()
    """The first bytes of each answer arrive, then nothing."""


class Cable:
    """``address`` leads to the server at ``port`` as ``wire`` allows. Connections made in one way of being stay cut."""

    def __init__(self, port: int) -> None:
        self._to = ("127.0.0.1", port)
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.address = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self._wire = Wire.WHOLE
        self._pairs: list[_Pair] = []
        self._guard = threading.Lock()
        self._thread = threading.Thread(target=self._accept, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._listener.close()
        self.become(Wire.RESET)

    @property
    def wire(self) -> Wire:
        """How it is now."""
        return self._wire

    def become(self, wire: Wire) -> None:
        """Cut it, or mend it. A mended cable lets new connections through; what hung before stays lost."""
        with self._guard:
            self._wire = wire
            pairs, self._pairs = self._pairs, []
            for pair in pairs:
                if wire in (Wire.RESET, Wire.WHOLE):
                    pair.reset()
                else:
                    pair.wire = wire
                    self._pairs.append(pair)

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            with self._guard:
                if self._wire is Wire.RESET:
                    _reset(near)
                    continue
                pair = _Pair(near, self._wire)
                self._pairs.append(pair)
            threading.Thread(target=pair.run, args=(self._to,), daemon=True).start()


class _Pair:
    """One connection through the cable."""

    def __init__(self, near: socket.socket, wire: Wire) -> None:
        self.wire = wire
        self._near = near
        self._far: socket.socket | None = None
        self._ended = threading.Event()

    def run(self, to: tuple[str, int]) -> None:
        try:
            self._far = socket.create_connection(to, timeout=5)
        except OSError:
            self.reset()
            return
        if self._ended.is_set():
            self.reset()
            return
        back = threading.Thread(target=self._pump, args=(self._far, self._near, True), daemon=True)
        back.start()
        self._pump(self._near, self._far, False)
        back.join()
        for end in (self._near, self._far):
            end.close()

    def reset(self) -> None:
        """Both ends hear that it is over."""
        self._ended.set()
        for end in (self._near, self._far):
            if end is not None:
                _reset(end)

    def _pump(self, source: socket.socket, sink: socket.socket, answers: bool) -> None:
        try:
            source.settimeout(LOOK_S)
            while not self._ended.is_set():
                try:
                    piece = source.recv(PIECE)
                except TimeoutError:
                    continue
                if not self._passes(answers):
                    if not piece:
                        return  # the end is swallowed like everything else
                    if self.wire is Wire.MID_ANSWER and answers:
                        sink.sendall(piece[:20])
                        self.wire = Wire.BLACK_HOLE
                    continue
                if not piece:
                    with contextlib.suppress(OSError):
                        sink.shutdown(socket.SHUT_WR)
                    return
                sink.sendall(piece)
        except OSError:
            self._ended.set()

    def _passes(self, answers: bool) -> bool:
        if answers:
            return self.wire is Wire.WHOLE
        return self.wire in (Wire.WHOLE, Wire.DEAF, Wire.MID_ANSWER)


def _reset(end: socket.socket) -> None:
    with contextlib.suppress(OSError):
        end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    end.close()
