"""The virtual printer on a serial line that a pseudo terminal plays."""

from __future__ import annotations

import contextlib
import os
import select
import threading
import tty
from types import TracebackType
from typing import Self

from devices.virtual.host import LOOK_S, PrinterHost


class VirtualSerialPrinter(PrinterHost):
    """A printer at ``serial://PATH``; used as a context manager."""

    def __init__(self, *, dots: int = 576) -> None:
        super().__init__(dots=dots)
        self._ended = threading.Event()
        self._far, self._near = os.openpty()
        tty.setraw(self._near)
        self.path = os.ttyname(self._near)
        self.address = f"serial://{self.path}?baud=9600"
        self._thread = threading.Thread(target=self._serve, name="virtual-serial-printer", daemon=True)

    def __enter__(self) -> Self:
        self.attach(self._answer)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.unplug()

    def hang_up_after(self, seconds: float) -> None:
        """Pull the plug while somebody is writing."""
        timer = threading.Timer(seconds, self.unplug)
        timer.daemon = True
        timer.start()

    def unplug(self) -> None:
        """Pull the plug: the port is gone."""
        self._ended.set()
        self._thread.join(5.0)
        for descriptor in (self._far, self._near):
            with contextlib.suppress(OSError):
                os.close(descriptor)

    def _answer(self, said: bytes) -> None:
        with contextlib.suppress(OSError):
            os.write(self._far, said)

    def _serve(self) -> None:
        taken = 0
        while not self._ended.is_set():
            self.look_around()
            wanted = self.wanted(taken)
            if wanted <= 0:
                self._ended.wait(LOOK_S)
                continue
            if not select.select([self._far], [], [], LOOK_S)[0]:
                continue
            try:
                data = os.read(self._far, wanted)
            except OSError:
                return
            taken += len(data)
            self.take(data)
            self._ended.wait(self.pause_after(len(data)))
