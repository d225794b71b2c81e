"""Real processes to be killed: ``python -m tests.sync.processes office DATA`` and ``uploader DATA ADDRESS``."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

from kiosk.clock import SystemClock
from sync.central.app import central_app
from sync.central.listening import bind, page_address
from sync.central.office_book import OfficeBook
from sync.central.serve import run
from sync.central.service import CentralLog
from sync.upload_thread import start_book_upload
from tests.sync.making import OFFICE

ROOT = Path(__file__).parents[2]


def start(*words: str) -> subprocess.Popen[str]:
    """A process of ours whose output can be read."""
    command = [sys.executable, *words]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def start_office(data: Path, listen: str = "127.0.0.1:0") -> tuple[subprocess.Popen[str], str]:
    """An office server and its address, once it listens."""
    process = start("-m", "tests.sync.processes", "office", str(data), listen)
    assert process.stdout is not None
    address = process.stdout.readline().strip()
    assert address, process.communicate()[1]
    return process, address


def kill(process: subprocess.Popen[str]) -> None:
    """kill -9, and wait until it is gone."""
    process.kill()
    process.communicate()


def office(data: Path, listen: str) -> None:
    """An office server until it is killed."""
    sock = bind(listen)
    with CentralLog.open(data, clock=SystemClock(), office=OfficeBook(OFFICE)) as central:
        print(page_address(sock), flush=True)
        run(central_app(central), sock)


def uploader(data: Path, address: str) -> None:
    """An uploader that says after each look how far it is, until it is killed."""
    thread = start_book_upload(data, address, clock=SystemClock())
    while True:
        status = thread.status()
        print(status.waiting_count if status.known else -1, flush=True)
        time.sleep(0.01)


if __name__ == "__main__":
    {"office": office, "uploader": uploader}[sys.argv[1]](Path(sys.argv[2]), sys.argv[3])
