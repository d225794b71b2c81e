"""``python -m sync.central`` and ``python -m sync``, as a person runs them."""

from __future__ import annotations

import signal
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests

from kiosk.facts import KioskStarted
from sync.central.office_book import OfficeBook
from sync.central.service import LOG, CentralLog, Upstream
from sync.uploader import Pace
from tests.fakes.clock import FakeClock
from tests.fakes.waiting import until
from tests.sync.making import OFFICE
from tests.sync.processes import start


def run(*words: str) -> tuple[int, str, str]:
    """(exit code, said, complained)."""
    process = start("-m", *words)
    said, complained = process.communicate(timeout=60)
    return process.returncode, said, complained


@contextmanager
def serving(data: Path, number: signal.Signals = signal.SIGINT) -> Iterator[str]:
    """A central log that runs; ended by that signal, and it must end well."""
    process = start("-m", "sync.central", "serve", "--data", str(data), "--listen", "127.0.0.1:0")
    assert process.stdout is not None
    address = process.stdout.readline().removeprefix("central log: ").strip()
    assert address.startswith("http://127.0.0.1:"), process.communicate()[1]
    assert str(data / LOG) in process.stdout.readline()
    assert "staff-password" in process.stdout.readline()
    try:
        until(lambda: answers(address))
        yield address
    finally:
        process.send_signal(number)
        _, complained = process.communicate(timeout=30)
    assert (process.returncode, complained) == (0, "")


def answers(address: str) -> bool:
    try:
        return requests.get(f"{address}/health", timeout=5).status_code == 200
    except requests.ConnectionError:
        return False


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_central_log_says_where_to_look_and_ends_clean(tmp_path: Path, number: signal.Signals) -> None:
    with serving(tmp_path, number) as address:
        shown = requests.get(address, headers={"Accept": "text/html"}, timeout=10).text
        assert "Chưa có trung tâm nào" in shown


def test_the_three_lines_of_the_readme_bring_an_office_to_a_centre(tmp_path: Path) -> None:
    """serve, enrol-code, enrol: and the office that is started then reaches the centre."""
    centre, data = tmp_path / "centre", tmp_path / "office"
    with CentralLog.open(data, clock=FakeClock(), office=OfficeBook(OFFICE)) as office:
        office.record(KioskStarted("1"))
    with serving(centre) as address:
        _, said, _ = run("sync.central", "enrol-code", "--data", str(centre))
        code = said.strip()
        assert len(code) == 8
        status, told, _ = run("sync", "enrol", "--data", str(data), "--upstream", address, "--code", code)
        assert status == 0
        assert f"knows the office device of {OFFICE}" in told
        assert run("sync", "enrol", "--data", str(data), "--upstream", address, "--code", code)[0] == 2
        upstream = Upstream(address, Pace(cap_s=0.1))
        with CentralLog.open(data, clock=FakeClock(), office=OfficeBook(OFFICE), upstream=upstream):
            until(lambda: requests.get(f"{address}/health", timeout=5).json()["entries"] == 2)
    assert run("sync.central", "verify", "--data", str(centre))[0] == 0


def test_a_log_is_listed_checked_and_mended(tmp_path: Path) -> None:
    with CentralLog.open(tmp_path, clock=FakeClock(), office=OfficeBook(OFFICE)) as office:
        office.record(KioskStarted("1"))
    status, listed, _ = run("sync.central", "offices", "--data", str(tmp_path))
    assert status == 0
    assert f"{OFFICE}: 1 books, 2 entries" in listed
    status, checked, _ = run("sync.central", "verify", "--data", str(tmp_path))
    assert (status, checked) == (0, "1 books, 2 entries: sound\n")
    link = sqlite3.connect(tmp_path / LOG)
    link.execute("insert into tally_day values ('bac-son', '2026-11-23', 'rated', '', 'satisfied', 99)")
    link.commit()
    link.close()
    status, found, _ = run("sync.central", "verify", "--data", str(tmp_path))
    assert status == 1
    assert "the tallies do not follow" in found
    assert run("sync.central", "rebuild", "--data", str(tmp_path))[0] == 0
    assert run("sync.central", "verify", "--data", str(tmp_path))[0] == 0


WRONG = [
    (("sync.central", "serve", "--data", "{data}", "--listen", "nonsense"), "C-403"),
    (("sync.central", "serve", "--data", "{data}", "--listen", "127.0.0.1:99999"), "C-403"),
    (("sync.central", "serve", "--data", "{data}", "--listen", "203.0.113.1:1"), "C-403"),
    (("sync.central", "serve", "--data", "{file}", "--listen", "127.0.0.1:0"), "M-202"),
    (("sync.central", "enrol-code", "--data", "{data}"), "J-107"),
    (("sync.central", "verify", "--data", "{data}"), "J-107"),
    (("sync.central", "offices", "--data", "{data}"), "J-107"),
    (("sync", "enrol", "--data", "{data}", "--upstream", "http://127.0.0.1:1", "--code", "x"), "J-107"),
    (("sync", "enrol", "--data", "{data}", "--upstream", "nowhere", "--code", "x"), "C-403"),
    (
        ("sync", "enrol", "--data", "{data}", "--upstream", "http://127.0.0.1:1", "--code", "x", "--office", "o"),
        "S-301",
    ),
]


@pytest.mark.parametrize(("words", "code"), WRONG, ids=lambda one: one if isinstance(one, str) else one[0] + one[1])
def test_what_cannot_be_done_is_one_sentence_and_exit_code_2(tmp_path: Path, words: tuple[str, ...], code: str) -> None:
    (tmp_path / "file").write_text("in the way")
    places = {"data": str(tmp_path / "data"), "file": str(tmp_path / "file")}
    status, said, complained = run(*(word.format(**places) for word in words))
    assert (status, said) == (2, "")
    assert complained.startswith(f"{code}: ")
    assert complained.count("\n") == 1


def test_a_port_in_use_and_a_folder_in_use_are_told(tmp_path: Path) -> None:
    with serving(tmp_path / "one") as address:
        listen = address.removeprefix("http://")
        status, _, complained = run("sync.central", "serve", "--data", str(tmp_path / "two"), "--listen", listen)
        assert (status, complained.split(":")[0]) == (2, "M-203")
        again = run("sync.central", "serve", "--data", str(tmp_path / "one"), "--listen", "127.0.0.1:0")
        assert (again[0], again[2].split(":")[0]) == (2, "J-105")
