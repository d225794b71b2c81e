"""The virtual printer on a TCP port, for one client at a time like a real one's network board."""

from __future__ import annotations

import contextlib
import select
import socket
import struct
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Self

from devices.virtual.host import LOOK_S, PrinterHost
from devices.virtual.paper import Sheet

RECEIVE_BUFFER = 4096


class VirtualPrinterServer(PrinterHost):
    """A printer at ``tcp://127.0.0.1:PORT``; used as a context manager. ``port`` 0 takes a free one."""

    def __init__(
        self,
        *,
        port: int = 0,
        listen: str = "127.0.0.1",
        dots: int = 576,
        on_sheet: Callable[[Sheet], None] | None = None,
    ) -> None:
        super().__init__(dots=dots, on_sheet=on_sheet)
        self.connections = 0
        self.connections_ended = 0
        self._ended = threading.Event()
        self._goodbye = threading.Event()
        self._listener = socket.socket()
        self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, RECEIVE_BUFFER)
        try:
            self._listener.bind((listen, port))
            self._listener.listen(4)
        except OSError:
            self._listener.close()
            raise
        self.port: int = self._listener.getsockname()[1]
        self.address = f"tcp://{listen}:{self.port}"
        self._thread = threading.Thread(target=self._serve, name="virtual-printer", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()
        self._thread.join(5.0)
        self._listener.close()

    def say_goodbye(self) -> None:
        """End the standing connection politely, as boards do with an idle client."""
        self._goodbye.set()

    def wait_for_connections_ended(self, count: int, deadline_s: float = 5.0) -> None:
        """Wait until so many connections have ended; ``TimeoutError`` if they do not."""
        with self._changed:
            if not self._changed.wait_for(lambda: self.connections_ended >= count, deadline_s):
                raise TimeoutError(f"{self.connections_ended} connections ended instead of {count}")

    def _serve(self) -> None:
        while not self._ended.is_set():
            if select.select([self._listener], [], [], LOOK_S)[0]:
                client, _ = self._listener.accept()
                self.connections += 1
                with client:
                    self._attend(client)
                self._goodbye.clear()
                self.attach(lambda said: None)
                with self._changed:
                    self.connections_ended += 1
                    self._changed.notify_all()

    def _attend(self, client: socket.socket) -> None:
        def say(said: bytes) -> None:
            with contextlib.suppress(OSError):
                client.sendall(said)

        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.attach(say)
        taken = 0
        while not self._ended.is_set() and not self._goodbye.is_set():
            self.look_around()
            wanted = self.wanted(taken)
            if wanted <= 0:
                self._ended.wait(LOOK_S)
                continue
            if not select.select([client], [], [], LOOK_S)[0]:
                continue
            try:
                data = client.recv(wanted)
            except OSError:
                return
            if not data:
                return
            taken += len(data)
            self.take(data)
            if self.dies_at(taken):
                _reset(client)
                return
            self._ended.wait(self.pause_after(len(data)))


def _reset(client: socket.socket) -> None:
    """Tear the connection down without a goodbye."""
    client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
