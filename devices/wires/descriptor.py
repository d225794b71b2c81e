"""Reading and writing an open descriptor with a deadline: what serial ports and device files share."""

from __future__ import annotations

import os
import select
import time

from devices.wire import LOST, STUCK, WireTrouble


def send_all(descriptor: int, data: bytes, *, deadline_s: float, name: str) -> None:
    """Write all bytes to a non-blocking descriptor within so many seconds."""
    end = time.monotonic() + deadline_s
    view, sent = memoryview(data), 0
    while sent < len(data):
        try:
            sent += os.write(descriptor, view[sent:])
        except (BlockingIOError, InterruptedError):
            left = end - time.monotonic()
            if left <= 0 or not select.select([], [descriptor], [], left)[1]:
                raise WireTrouble(STUCK, detail=name, sent=sent) from None
        except OSError as error:
            raise WireTrouble(LOST, detail=f"{name}: {error.strerror}", sent=sent) from None


def read_some(descriptor: int, *, deadline_s: float, name: str) -> bytes | None:
    """The bytes that come within so many seconds, ``b""`` for none; ``None`` where the file says it has ended."""
    try:
        if not select.select([descriptor], [], [], max(0.0, deadline_s))[0]:
            return b""
        return os.read(descriptor, 4096) or None
    except (BlockingIOError, InterruptedError):
        return b""
    except OSError as error:
        raise WireTrouble(LOST, detail=f"{name}: {error.strerror}") from None
