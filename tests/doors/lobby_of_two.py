"""Two kiosks and ten counters: real processes of one office, with a cable between them that can be cut."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Self

import requests

from kiosk.book_file import read_entries
from kiosk.entry import Entry
from kiosk.identifiers import random_id
from tests.fakes.cable import Cable
from tests.fakes.namespace import Namespace
from tests.fakes.ports import free_port
from tests.fakes.waiting import until

ROOT = Path(__file__).parents[2]
START_S = 60.0
COUNTERS = tuple(str(at) for at in range(1, 11))
SERVICES = ("A", "B")


class KioskProcess:
    """A kiosk's driver; every call is answered when the product has done it."""

    def __init__(self, data: Path, settings: str, *, ask_s: float | None = None, before: tuple[str, ...] = ()) -> None:
        self.data = data
        data.mkdir(parents=True, exist_ok=True)
        (data / "thanthien.toml").write_text(settings, encoding="utf-8")
        self._command = [*before, sys.executable, "-m", "tests.doors.kiosk_driver", str(data)]
        self._command += [str(data / "thanthien.toml"), *([str(ask_s)] if ask_s else [])]
        self._guard = threading.Lock()
        self.start()

    def start(self) -> None:
        self._process = subprocess.Popen(
            self._command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert self._process.stdout is not None
        assert self._process.stdout.readline(), "the kiosk did not start"

    def do(self, line: str) -> dict[str, Any]:
        with self._guard:
            assert self._process.stdin is not None
            assert self._process.stdout is not None
            self._process.stdin.write(line + "\n")
            self._process.stdin.flush()
            told: dict[str, Any] = json.loads(self._process.stdout.readline())
            return told

    def take(self, service: str = "B") -> str:
        told = self.do(f"take {service}")
        return str(told.get("number") or told["trouble"])

    def state(self) -> dict[str, Any]:
        return self.do("state")

    def kill(self) -> None:
        """kill -9, and start again."""
        with self._guard:
            self._process.kill()
            self._process.wait()
            for pipe in (self._process.stdin, self._process.stdout):
                assert pipe is not None
                pipe.close()
            self.start()

    def close(self) -> None:
        if self._process.stdin is not None:
            self._process.stdin.close()
        try:
            self._process.wait(10)
        finally:
            self._process.kill()
            self._process.wait()
            assert self._process.stdout is not None
            self._process.stdout.close()

    def entries(self, fact: str = "") -> list[Entry]:
        return [one for one in read_entries(self.data / "journal.sqlite") if not fact or one.fact == fact]


class CounterPage:
    """What a counter's page does over HTTP: presses with a name of their own, sent again until they are answered."""

    def __init__(self, pages: str, counter: str) -> None:
        self.counter = counter
        self._pages = pages
        self._session = requests.Session()
        self._session.trust_env = False

    def sign_in(self) -> None:
        told = self._post("/counter/sign-in", {"counter": self.counter, "name": "", "take_over": True})
        assert told[0] == 200, told

    def press(self, action: str, **more: str) -> tuple[int, dict[str, Any]]:
        return self._post("/counter/press", {"id": random_id(), "action": action, **more})

    def close(self) -> None:
        self._session.close()

    def _post(self, path: str, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        found: list[tuple[int, dict[str, Any]]] = []

        def answered() -> bool:
            try:
                with self._session.post(self._pages + path, json=body, timeout=10) as reply:
                    if reply.status_code in (429, 503):
                        return False
                    found.append((reply.status_code, reply.json()))
            except (OSError, ValueError):
                return False
            return True

        until(answered, within_s=START_S)
        return found[0]


class LobbyOfTwo:
    """The office server, the kiosk beside it, one behind a cable, ten counters. Ended with the block."""

    def __init__(self, folder: Path, *, ask_s: float | None = None, namespace: bool = False) -> None:
        """``ask_s``: how long the far kiosk waits at a tap, None as the product does; ``namespace``: cut a cable
        of the kernel's instead of one of ours."""
        self.folder = folder
        self.home_data, self.far_data = folder / "home", folder / "far"
        self.port = free_port()
        self.pages = f"http://127.0.0.1:{self.port}"
        self._ask_s = ask_s
        self._ends = ExitStack()
        self._namespace = namespace
        self.home_settings = self._write("0.0.0.0" if namespace else "127.0.0.1")
        self._server: subprocess.Popen[bytes] | None = None
        self.home: KioskProcess
        self.far: KioskProcess
        self.cable: Cable | Namespace

    def __enter__(self) -> Self:
        with ExitStack() as ends:
            self.start_server()
            ends.callback(self.stop_server)
            cable: Cable | Namespace = Namespace(self.port) if self._namespace else Cable(self.port)
            ends.enter_context(cable)
            self.cable = cable
            self.home = KioskProcess(self.home_data, self.home_settings)
            ends.callback(self.home.close)
            self.enrol(self.far_data)
            before = self.cable.before if isinstance(self.cable, Namespace) else ()
            settings = self.far_settings(self.cable.address)
            self.far = KioskProcess(self.far_data, settings, ask_s=self._ask_s, before=before)
            ends.callback(self.far.close)
            self._ends = ends.pop_all()
        until(lambda: self.far.state()["place"], within_s=START_S)
        return self

    def __exit__(self, *_: object) -> None:
        self._ends.close()

    def far_settings(self, address: str) -> str:
        return f'[kiosk]\nid = "kiosk-2"\noffice = "{address}"\n[catalogue]\nfolder = "{self.folder / "catalogue"}"\n'

    def enrol(self, data: Path) -> None:
        """As the README says it."""
        code = self._run("sync.central", "enrol-code", "--data", str(self.home_data)).strip()
        words = ("enrol", "--data", str(data), "--device", "kiosk", "--office", "bac-son")
        self._run("sync", *words, "--upstream", self.pages, "--code", code)

    def start_server(self) -> None:
        command = [sys.executable, "-m", "screens.command", "serve", "--data", str(self.home_data)]
        command += ["--settings", str(self.home_data / "thanthien.toml")]
        with (self.folder / "server.log").open("ab") as log:
            self._server = subprocess.Popen(command, cwd=ROOT, stderr=log)
        until(self.healthy, within_s=START_S)

    def stop_server(self) -> None:
        assert self._server is not None
        self._server.send_signal(signal.SIGINT)
        self._server.wait(20)

    def kill_server(self) -> None:
        """kill -9, then start again."""
        assert self._server is not None
        os.kill(self._server.pid, signal.SIGKILL)
        self._server.wait()
        self.start_server()

    def healthy(self) -> bool:
        try:
            with requests.get(self.pages + "/health", timeout=2) as reply:
                return bool(reply.json()["status"] == "ok")
        except (OSError, ValueError):
            return False

    def counters(self) -> list[CounterPage]:
        """Ten counters, somebody at each."""
        pages = [CounterPage(self.pages, counter) for counter in COUNTERS]
        for page in pages:
            self._ends.callback(page.close)
            page.sign_in()
        return pages

    def issued(self) -> list[tuple[str, str]]:
        """(at, number) of every ticket in the kiosks' books."""
        found = [*self.home.entries("TicketIssued"), *self.far.entries("TicketIssued")]
        return sorted((entry.at, str(entry.fields()["number"])) for entry in found)

    def office_entries(self, *facts: str) -> list[Entry]:
        book = self.home_data / "office" / "journal.sqlite"
        return [entry for entry in read_entries(book) if entry.fact in facts]

    def check_books(self) -> None:
        """The book's own tool and the log's find nothing wrong."""
        for data, more in ((self.home_data, ()), (self.home_data, ("--book", "office")), (self.far_data, ())):
            self._run("kiosk", "--data", str(data), *more, "check")
        self._run("sync.central", "verify", "--data", str(self.home_data))

    def _run(self, module: str, *words: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", module, *words], cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def _write(self, listen: str) -> str:
        """Settings and a catalogue in which ten counters serve two services."""
        catalogue = self.folder / "catalogue"
        catalogue.mkdir(parents=True)
        built_in = ROOT / "kiosk" / "catalogue"
        for name in ("services.csv", "procedures.csv"):
            (catalogue / name).write_bytes((built_in / name).read_bytes())
        rows = [f"{counter},Quầy {counter},Counter {counter},{';'.join(SERVICES)},," for counter in COUNTERS]
        text = "\n".join(["id,name_vi,name_en,services,effective_from,effective_to", *rows])
        (catalogue / "counters.csv").write_text(text + "\n", encoding="utf-8")
        settings = f'[server]\nlisten = "{listen}:{self.port}"\n[catalogue]\nfolder = "{catalogue}"\n'
        self.home_data.mkdir(parents=True)
        (self.home_data / "thanthien.toml").write_text(settings, encoding="utf-8")
        return settings
