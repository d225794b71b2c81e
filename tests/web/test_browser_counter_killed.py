"""The counter's console while its server dies: a real process, killed in the middle, twice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import requests
from playwright.sync_api import Browser

from tests.doors.lobby_process import free_port
from tests.fakes.waiting import until
from tests.web.consoles import CONNECTED, CUT_OFF, console, number_at, office_facts, press, presses_sent, waits_for

ROOT = Path(__file__).parents[2]
START_S = 60.0


class Server:
    """``kiosk serve`` on a port that stays the same."""

    def __init__(self, folder: Path) -> None:
        self.data = folder
        self.base = f"http://127.0.0.1:{free_port()}"
        self._settings = folder / "thanthien.toml"
        self._settings.write_text(f'[server]\nlisten = "{self.base.removeprefix("http://")}"\n', encoding="utf-8")
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = [sys.executable, "-m", "screens.command", "serve", "--data", str(self.data)]
        with (self.data / "server.log").open("ab") as log:
            self._process = subprocess.Popen(
                [*command, "--settings", str(self._settings)], cwd=ROOT, stdout=log, stderr=log
            )  # fmt: skip
        until(self._answers, within_s=START_S)

    def kill(self) -> None:
        """kill -9."""
        assert self._process is not None
        os.kill(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def take_number(self, request: str) -> str:
        asked = {"service": "B", "request": request, "priority": False, "assisted": False}
        reply = requests.post(self.base + "/counter/take", json=asked, timeout=10)
        return str(reply.json()["number"])

    def _answers(self) -> bool:
        try:
            return requests.get(self.base + "/health", timeout=2).ok
        except OSError:
            return False


@contextmanager
def running(folder: Path) -> Iterator[Server]:
    server = Server(folder)
    server.start()
    try:
        yield server
    finally:
        server.kill()


def test_a_server_that_is_killed_while_keys_are_pressed_loses_and_doubles_none(
    chromium: Browser, tmp_path: Path
) -> None:
    with running(tmp_path) as server:
        numbers = [server.take_number(f"request-{at}") for at in range(4)]
        with console(chromium, server.base) as (page, _):
            sent = presses_sent(page)
            press(page, "Enter")
            waits_for(page, numbers[0])
            for called in numbers[1:3]:
                press(page, "s")
                server.kill()
                press(page, "Enter")
                page.wait_for_selector(CUT_OFF)
                server.start()
                waits_for(page, called)
                page.wait_for_selector(CONNECTED)
            press(page, "f")
            waits_for(page, "")
            assert number_at(page) == ""
            pressed = {one["id"] for one in sent}
        told = office_facts(tmp_path, "TicketCalled", "ServiceStarted", "TicketFinished")
        assert told == [
            step for number in numbers[:3]
            for step in (f"TicketCalled {number}", f"ServiceStarted {number}", f"TicketFinished {number}")
        ]  # fmt: skip
        assert len(pressed) == 6
