"""Pages that are open at an office server, in a process of their own, and when each was sent a view."""

from __future__ import annotations

import multiprocessing
import re
import selectors
import socket
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.connection import Connection

VERSION = re.compile(rb'"version":(\d+)')
WAIT_S = 20.0
Page = tuple[str, str]
"""The address of a stream and the cookie it is asked with."""


class LivePages:
    """From outside: waits for a version and tells when it came."""

    def __init__(self, ours: Connection) -> None:
        self._ours = ours

    def arrivals(self, version: int) -> list[float]:
        """When each page was sent that version or a later one, on the machine's steady clock; waits for the last."""
        self._ours.send(version)
        if not self._ours.poll(WAIT_S):
            raise TimeoutError(f"version {version} did not come to every page")
        told: list[float] = self._ours.recv()
        return told


@contextmanager
def live_pages(port: int, pages: Sequence[Page]) -> Iterator[LivePages]:
    """Open pages until the block ends; all have their first view when it begins."""
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=_look, args=(theirs, port, pages), daemon=True)
    process.start()
    try:
        made = LivePages(ours)
        made.arrivals(0)
        yield made
    finally:
        process.terminate()
        process.join()


def _look(told: Connection, port: int, pages: Sequence[Page]) -> None:
    """Read every stream as it comes; between two reads look whether a version is waited for."""
    watch = selectors.DefaultSelector()
    for at, (path, cookie) in enumerate(pages):
        link = socket.create_connection(("127.0.0.1", port))
        link.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookie}\r\n\r\n".encode())
        watch.register(link, selectors.EVENT_READ, at)
    watch.register(told, selectors.EVENT_READ, -1)
    seen, came = [-1] * len(pages), [0.0] * len(pages)
    asked: int | None = None
    while True:
        for key, _ in watch.select():
            if key.data < 0:
                asked = told.recv()
                continue
            assert isinstance(key.fileobj, socket.socket)
            found = VERSION.findall(key.fileobj.recv(1 << 20))
            if found:
                seen[key.data], came[key.data] = int(found[-1]), time.monotonic()
        if asked is not None and min(seen) >= asked:
            told.send(list(came))
            asked = None
