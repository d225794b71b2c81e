"""A whole lobby: ``kiosk run`` as its users start it, a TCP printer, a screen that is touched, a browser."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Self

import requests
import zxingcpp
from Xlib import X  # type: ignore[import-untyped]
from Xlib.display import Display  # type: ignore[import-untyped]

from devices.virtual.paper import Sheet
from devices.virtual.server import VirtualPrinterServer
from kiosk.ballot import read_ballot
from kiosk.book_file import read_entries
from kiosk.entry import Entry
from screens.display import start_virtual_display
from screens.touch.drawing import Box
from tests.fakes.finger import Finger
from tests.fakes.waiting import until
from tests.touch_look.dresses import PORTRAIT, REFERENCE_IN, Dress, layers

ROOT = Path(__file__).parents[2]
START_S = 60.0
BOARD = (150, 390)
"""Where the board's words stand on a portrait screen: from, and how many pixels."""


def key_box(screen: str, key: str) -> Box:
    """Where a key of a screen is on the glass; the same drawing as the product's."""
    for _, drawing in reversed(layers(Dress(screen, "vi", (*PORTRAIT, REFERENCE_IN)))):
        for one in drawing.keys:
            if one.name == key:
                return one.box
    raise KeyError(key)


def key_place(screen: str, key: str) -> tuple[float, float]:
    """The middle of a key on the glass."""
    box = key_box(screen, key)
    return box.x + box.w / 2, box.y + box.h / 2


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class LobbyProcess:
    """``kiosk run`` on ``data``. Started with the block, ended with it."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.port = free_port()
        self.pages = f"http://127.0.0.1:{self.port}"
        self.printer = VirtualPrinterServer()
        self.display = start_virtual_display()
        self.finger = Finger(self.display.name)
        self._eye = Display(self.display.name)
        self.process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.printer.__enter__()
        self._write_settings()
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        self.printer.__exit__(None, None, None)
        self.finger.close()
        self._eye.close()
        self.display.close()

    def start(self) -> None:
        """Start everything and wait until the server answers and the window is up."""
        command = [sys.executable, "-m", "screens.command", "run", "--data", str(self.data)]
        command += ["--settings", str(self.data / "thanthien.toml")]
        told = {**os.environ, "DISPLAY": self.display.name}
        before = self.count("KioskStarted")
        self.process = subprocess.Popen(command, env=told, cwd=ROOT, stdout=subprocess.DEVNULL)
        until(self.healthy, within_s=START_S)
        until(lambda: self.count("KioskStarted") > before, within_s=START_S)

    def stop(self) -> int:
        """Ctrl-C, and the exit code."""
        assert self.process is not None
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(20)

    def child(self, verb: str) -> int:
        """The process id of a part ("touch", "serve"), 0 if it is not running."""
        assert self.process is not None
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text(encoding="ascii")
        for pid in map(int, children.split()):
            try:
                words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
            except OSError:
                continue
            if verb.encode() in words:
                return pid
        return 0

    def kill(self, verb: str) -> None:
        """kill -9 one part, and wait until it is back."""
        pid, before = self.child(verb), self.count("KioskStarted")
        assert pid, f"{verb} is not running"
        os.kill(pid, signal.SIGKILL)
        until(lambda: self.child(verb) not in (0, pid), within_s=START_S)
        until(self.healthy, within_s=START_S)
        if verb == "touch":
            until(lambda: self.count("KioskStarted") > before, within_s=START_S)

    def kill_all(self) -> None:
        """kill -9 the supervisor; its parts must go with it."""
        assert self.process is not None
        parts = [self.child("touch"), self.child("serve")]
        self.process.kill()
        self.process.wait()
        until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in parts), within_s=START_S)

    def tap(self, screen: str, key: str) -> None:
        """Press a key of the screen that stands there, and wait until another one stands still.

        A touch that comes right behind the last one is taken for its bounce, so it is made again.
        """
        before = self.still()

        def pressed() -> bool:
            self.finger.tap(*key_place(screen, key))
            try:
                until(lambda: self.still() != before, within_s=1.0)
            except AssertionError:
                return False
            return True

        until(pressed, within_s=START_S)

    def press(self, screen: str, key: str, done: Callable[[], bool]) -> None:
        """Press a key that leaves the screen standing, until what it does is done."""

        def pressed() -> bool:
            self.finger.tap(*key_place(screen, key))
            try:
                until(done, within_s=1.0)
            except AssertionError:
                return False
            return True

        until(pressed, within_s=START_S)

    def sees(self, screen: str, key: str) -> bytes:
        """What a key looks like now."""
        box, root = key_box(screen, key), self._eye.screen().root
        return bytes(root.get_image(box.x, box.y, box.w, box.h, X.ZPixmap, 0xFFFFFFFF).data)

    def scan(self, ballot: str) -> None:
        """Hold a slip under the scanner, which types."""
        self.finger.type(ballot + "\n")

    def entries(self, fact: str = "") -> list[Entry]:
        """The entries of the kiosk's book, or those of one fact."""
        book = self.data / "journal.sqlite"
        found = list(read_entries(book)) if book.exists() else []
        return [entry for entry in found if not fact or entry.fact == fact]

    def count(self, fact: str) -> int:
        """How often a fact stands in the kiosk's book."""
        return len(self.entries(fact))

    def healthy(self) -> bool:
        """Whether the office server answers."""
        try:
            return bool(self.get("/health")["status"] == "ok")
        except (OSError, ValueError):
            return False

    def get(self, path: str) -> Any:
        """The JSON of a page."""
        with requests.get(self.pages + path, timeout=5) as reply:
            return reply.json()

    def still(self) -> bytes:
        """What stands on the board, between the clock and the keys, once it was drawn and no longer changes.

        There every screen has other words, and no ring counts down.
        """
        seen = [b"", self._photograph()]

        def stands() -> bool:
            seen.append(self._photograph())
            return seen[-1] == seen[-2] == seen[-3] and len(set(seen[-1])) > 2

        until(stands, within_s=START_S)
        return seen[-1]

    def _photograph(self) -> bytes:
        root = self._eye.screen().root
        top, height = BOARD
        rows = root.get_image(0, top, PORTRAIT[0], height, X.ZPixmap, 0xFFFFFFFF).data
        time.sleep(0.03)  # a frame's time between two looks; what is waited for is that they are alike
        return bytes(rows[:: 23 * 4])

    def _write_settings(self) -> None:
        self.data.mkdir(parents=True, exist_ok=True)
        text = f'[printer]\naddress = "{self.printer.address}"\n[server]\nlisten = "127.0.0.1:{self.port}"\n'
        (self.data / "thanthien.toml").write_text(text, encoding="utf-8")


def ballot_on(sheet: Sheet) -> bytes:
    """The ballot that a decoder reads from the paper."""
    paper = sheet.picture.convert("L").point(lambda level: 255 - level)
    found = [read_ballot(code.text.rpartition("#")[2]) for code in zxingcpp.read_barcodes(paper)]
    (ballot,) = [one for one in found if one is not None]
    return ballot
