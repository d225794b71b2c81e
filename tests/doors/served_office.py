"""An office server in a process of its own, and those who speak with it over HTTP: for tests and bench rows."""

from __future__ import annotations

import http.client
import json
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, Self, TypeVar

from kiosk.catalogue import BUILT_IN
from kiosk.clock import SystemClock
from kiosk.fact import Fact
from kiosk.facts import TicketIssued
from kiosk.identifiers import random_id
from kiosk.journal import BookOf, SqliteJournal
from kiosk.tickets import number_text
from sync.keys import own_key
from sync.link import HttpLink
from sync.sources import DeviceBook
from sync.uploader import Uploader
from tests.fakes.waiting import until

Made = TypeVar("Made", bound="Door")
START_S = 60.0
SERVICES = ("A", "B", "C", "E", "G", "H", "K", "L")
HEAD = "id,name_vi,name_en,services,effective_from,effective_to\n"


def free_port() -> int:
    """A port nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port


class ServedOffice:
    """``kiosk serve`` on ``data``, with ``counters`` counters that all serve everything."""

    def __init__(self, data: Path, *, counters: int = 12) -> None:
        self.data = data.resolve()
        self.port = free_port()
        self._counters = counters
        self._process: subprocess.Popen[bytes] | None = None
        self._ends = ExitStack()

    def __enter__(self) -> Self:
        self.prepare()
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ends.close()
        self.stop()

    @property
    def pid(self) -> int:
        """The process id of the server."""
        assert self._process is not None
        return self._process.pid

    def prepare(self) -> None:
        """Write settings and catalogue."""
        folder = self.data / "catalogue"
        shutil.copytree(BUILT_IN, folder, dirs_exist_ok=True)
        rows = [f"{n},Quầy {n},Counter {n},{';'.join(SERVICES)},,\n" for n in range(1, self._counters + 1)]
        (folder / "counters.csv").write_text(HEAD + "".join(rows), encoding="utf-8")
        told = f'[server]\nlisten = "127.0.0.1:{self.port}"\n[catalogue]\nfolder = "{folder}"\n'
        (self.data / "served.toml").write_text(told, encoding="utf-8")

    def start(self) -> float:
        """Start it; seconds until ``/health`` answered."""
        told = ("--data", str(self.data), "--settings", str(self.data / "served.toml"))
        begun = time.perf_counter()
        command = [sys.executable, "-m", "screens.command", "serve", *told]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        until(self._answers, within_s=START_S)
        return time.perf_counter() - begun

    def stop(self) -> None:
        """Ctrl-C."""
        if self._process is not None:
            self._process.send_signal(signal.SIGINT)
            self._process.wait(20)

    def kill(self) -> None:
        """kill -9."""
        assert self._process is not None
        self._process.kill()
        self._process.wait()

    def ask(self) -> Door:
        """A connection of one's own."""
        return self._kept(Door(self.port))

    def counter(self, counter: int) -> CounterAt:
        """Somebody who is signed in at a counter."""
        return self._kept(CounterAt(self.port, str(counter)))

    def send_tickets(self, count: int, *, services: tuple[str, ...] = SERVICES) -> None:
        """Issue numbers at the kiosk beside the server and bring its book here."""
        path, key, clock = self.data / "journal.sqlite", own_key(self.data, "kiosk"), SystemClock()
        of = BookOf("kiosk-1", "bac-son")
        with SqliteJournal.open_or_create(path, of=of, utc_offset_h=7, clock=clock) as book:
            before = book.head().seq
            for first in range(0, count, 500):
                book.append_all(_issued(services, before, first, min(first + 500, count)))
        link = HttpLink(f"http://127.0.0.1:{self.port}")
        Uploader(DeviceBook(path, key), link, key, clock=clock).send_all()
        link.close()

    def _kept(self, door: Made) -> Made:
        self._ends.callback(door.close)
        return door

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/health", timeout=5) as reply:
                return bool(reply.status == 200)
        except OSError:
            return False


def _issued(services: tuple[str, ...], seq: int, first: int, end: int) -> list[Fact]:
    return [
        TicketIssued(
            number_text(services[at % len(services)], at // len(services) + 1), services[at % len(services)],
            at % 12 == 0, f"i{seq}-{at}", f"l{seq}-{at}",
        )
        for at in range(first, end)
    ]  # fmt: skip


class Door:
    """One connection that is kept open, as a browser's."""

    def __init__(self, port: int) -> None:
        self._link = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.cookie = ""

    def post(self, path: str, body: dict[str, Any]) -> tuple[int, Any]:
        """Status and answer."""
        headers = {"Content-Type": "application/json", "Cookie": self.cookie}
        self._link.request("POST", path, json.dumps(body), headers)
        reply = self._link.getresponse()
        raw = reply.read()
        for told in reply.headers.get_all("Set-Cookie") or []:
            self.cookie = told.partition(";")[0]
        return reply.status, json.loads(raw)

    def take(self, service: str, *, request: str = "") -> str:
        """A number from the help desk."""
        status, told = self.post("/counter/take", {"service": service, "request": request or random_id()})
        assert status == 200, told
        return str(told["number"])

    def get(self, path: str, *, cookie: str = "") -> http.client.HTTPResponse:
        """A response that is read by the caller: a stream, for instance."""
        self._link.request("GET", path, headers={"Cookie": cookie or self.cookie})
        return self._link.getresponse()

    def close(self) -> None:
        """Hang up."""
        self._link.close()


class CounterAt(Door):
    """A counter that is signed in and works."""

    def __init__(self, port: int, counter: str) -> None:
        super().__init__(port)
        self.counter = counter
        status, told = self.post("/counter/sign-in", {"counter": counter, "take_over": True})
        assert status == 200, told

    def press(self, action: str, **more: str) -> tuple[int, Any]:
        """Press a key once."""
        return self.post("/counter/press", {"id": random_id(), "action": action, **more})


@contextmanager
def served_office(folder: Path, name: str, *, counters: int = 12) -> Iterator[ServedOffice]:
    """An office server until the block ends."""
    (folder / name).mkdir()
    with ServedOffice(folder / name, counters=counters) as office:
        yield office
