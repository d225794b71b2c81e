"""The supervisor: parts come back, wrong input ends everything, nothing is left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from screens.supervisor import BACKOFF_S, Part, Supervisor
from tests.fakes.clock import FakeClock

ROOT = Path(__file__).parents[2]


def until(done: Callable[[], bool], limit_s: float = 10) -> None:
    """Wait for a condition, with a deadline."""
    end = time.monotonic() + limit_s
    while not done():
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.01)


def part(name: str, program: str) -> Part:
    return Part(name, [sys.executable, "-c", program])


class Watched:
    """A supervisor running in a thread of its own."""

    def __init__(self, *parts: Part) -> None:
        self.clock = FakeClock()
        self.code: int | None = None
        self.supervisor = Supervisor(parts, self.clock)
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def _run(self) -> None:
        self.code = self.supervisor.run()

    def end(self) -> int | None:
        """Stop it and give its exit code."""
        self.supervisor.stop()
        self._thread.join(20)
        return self.code


def alive(process: subprocess.Popen[bytes] | None) -> bool:
    return process is not None and process.poll() is None


SLEEPS = "import time; time.sleep(600)"
DEAF = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('on', flush=True); time.sleep(600)"


def test_stopping_ends_every_part_and_says_zero() -> None:
    parts = part("one", SLEEPS), part("two", SLEEPS)
    watched = Watched(*parts)
    until(lambda: all(alive(one.process) for one in parts))
    assert watched.end() == 0
    assert not any(alive(one.process) for one in parts)


def test_a_part_that_falls_comes_back_after_its_pause(capfd: pytest.CaptureFixture[str]) -> None:
    one = part("one", SLEEPS)
    watched = Watched(one)
    until(lambda: alive(one.process))
    assert one.process is not None
    first = one.process.pid
    os.kill(first, signal.SIGKILL)
    until(lambda: one.falls == 1)
    assert one.process is None, "not before its pause is over"
    watched.clock.advance(BACKOFF_S[0] + 0.1)
    until(lambda: alive(one.process))
    assert watched.end() == 0
    assert "M-204: one stopped" in capfd.readouterr().err


def test_pauses_grow_and_steady_life_is_forgiven(capfd: pytest.CaptureFixture[str]) -> None:
    one = part("one", SLEEPS)
    watched = Watched(one)
    for falls, pause in enumerate((*BACKOFF_S, BACKOFF_S[-1]), start=1):
        until(lambda: alive(one.process))
        assert one.process is not None
        one.process.kill()
        until(lambda falls=falls: one.falls == falls)  # type: ignore[misc]
        assert one.due_at == pytest.approx(watched.clock.monotonic() + pause)
        watched.clock.advance(pause + 0.1)
    until(lambda: alive(one.process))
    watched.clock.advance(61)
    until(lambda: one.falls == 0)
    watched.end()
    capfd.readouterr()


def test_wrong_input_ends_everything_with_code_2() -> None:
    steady = part("steady", SLEEPS)
    watched = Watched(steady, part("wrong", "raise SystemExit(2)"))
    watched._thread.join(20)
    assert watched.code == 2
    assert not alive(steady.process)


def test_a_part_that_does_not_listen_is_killed() -> None:
    one = part("one", DEAF)
    watched = Watched(one)
    until(lambda: alive(one.process))
    assert watched.end() == 0
    assert not alive(one.process)


def test_parts_die_with_a_supervisor_that_is_killed() -> None:
    program = (
        "import sys; from screens.supervisor import Part, Supervisor; from kiosk.clock import SystemClock\n"
        "p = Part('one', [sys.executable, '-c', 'import os, time; print(os.getpid(), flush=True); time.sleep(600)'])\n"
        "Supervisor([p], SystemClock()).run()"
    )
    whole = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, cwd=ROOT)
    assert whole.stdout is not None
    child = int(whole.stdout.readline())
    whole.kill()
    whole.wait()
    whole.stdout.close()
    until(lambda: not _running(child))


def _running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().split()[2] != "Z"
    except FileNotFoundError:
        return False
