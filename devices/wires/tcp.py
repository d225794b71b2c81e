"""Printers on the network: port 9100, one client at a time."""

from __future__ import annotations

import contextlib
import select
import socket
import time

from devices.wire import ABSENT, LOST, STUCK, WireTrouble

SEND_BUFFER = 4096
"""Small, so that what the socket took is nearly what the printer took."""
KEEPALIVE = ((socket.TCP_KEEPIDLE, 10), (socket.TCP_KEEPINTVL, 5), (socket.TCP_KEEPCNT, 3))


class TcpWire:
    """A TCP link. Non-blocking throughout: a blocking ``sendall`` to a printer that reads nothing never ends."""

    can_read = True
    reply_s = 0.3
    bytes_per_s: float | None = None

    def __init__(self, host: str, port: int) -> None:
        self._address = (host, port)
        self._socket: socket.socket | None = None
        self.name = f"tcp://{host}:{port}"

    @property
    def is_open(self) -> bool:
        """Whether a connection stands, as far as it is known."""
        return self._socket is not None

    def open(self, deadline_s: float) -> None:
        """Connect; a printer that serves somebody else may take the connection and stay silent."""
        self.close()
        try:
            link = socket.create_connection(self._address, timeout=max(0.05, deadline_s))
        except (OSError, UnicodeError) as error:
            raise WireTrouble(ABSENT, detail=f"{self.name}: {_reason(error)}") from None
        link.setblocking(False)
        link.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER)
        link.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        link.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        for option, value in KEEPALIVE:
            link.setsockopt(socket.IPPROTO_TCP, option, value)
        self._socket = link

    def send(self, data: bytes, deadline_s: float) -> None:
        """Hand over all bytes. A peer that has said goodbye is noticed before the first one."""
        link = self._linked()
        end = time.monotonic() + deadline_s
        sent = 0
        view = memoryview(data)
        while sent < len(data):
            try:
                if _has_ended(link):
                    raise WireTrouble(LOST, detail=self.name, sent=sent)
                sent += link.send(view[sent:])
            except (BlockingIOError, InterruptedError):
                left = end - time.monotonic()
                if left <= 0 or not select.select([], [link], [], left)[1]:
                    raise WireTrouble(STUCK, detail=self.name, sent=sent) from None
            except OSError as error:
                raise WireTrouble(LOST, detail=f"{self.name}: {_reason(error)}", sent=sent) from None

    def read(self, deadline_s: float) -> bytes:
        """What the printer says."""
        link = self._linked()
        try:
            if not select.select([link], [], [], max(0.0, deadline_s))[0]:
                return b""
            data = link.recv(4096)
        except (BlockingIOError, InterruptedError):
            return b""
        except OSError as error:
            raise WireTrouble(LOST, detail=f"{self.name}: {_reason(error)}") from None
        if not data:
            raise WireTrouble(LOST, detail=f"{self.name}: closed by the printer")
        return data

    def close(self) -> None:
        """End the connection."""
        if self._socket is not None:
            with contextlib.suppress(OSError):
                self._socket.close()
            self._socket = None

    def _linked(self) -> socket.socket:
        if self._socket is None:
            raise WireTrouble(ABSENT, detail=self.name)
        return self._socket


def _has_ended(link: socket.socket) -> bool:
    """Whether the peer has closed: after its goodbye the first send would still raise nothing."""
    try:
        return link.recv(1, socket.MSG_PEEK) == b""
    except (BlockingIOError, InterruptedError):
        return False


def _reason(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error) or type(error).__name__
