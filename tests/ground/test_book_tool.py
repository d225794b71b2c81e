"""``python -m kiosk``: a book checked with the standard library alone."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.__main__ import main
from kiosk.checkpoint import mark
from kiosk.facts import KioskStarted
from kiosk.journal import BookOf, SqliteJournal
from tests.fakes.clock import FakeClock

ROOT = Path(__file__).parents[2]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    with SqliteJournal.create(
        tmp_path / "journal.sqlite", of=BookOf("kiosk-1", "bac-son"), utc_offset_h=7, clock=FakeClock()
    ) as book:
        for turn in range(20):
            book.append(KioskStarted(f"phiên bản {turn}"))
    return tmp_path


def run(data: Path, *words: str) -> int:
    return main(["--data", str(data), *words])


def test_a_sound_book_is_said_to_be_sound(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(data, "check") == 0
    told = capsys.readouterr().out
    assert "is sound" in told
    assert "21, 2026-11-23 to 2026-11-23" in told


def test_the_tail_shows_the_last_entries(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(data, "tail", "-n", "3") == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == ["19", "20", "21"]
    assert "phiên bản 19" in lines[-1]


def test_an_export_verifies_and_a_changed_one_does_not(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(data, "export") == 0
    text = capsys.readouterr().out
    file = tmp_path / "book.jsonl"
    file.write_text(text, encoding="utf-8")
    assert run(data, "verify", str(file)) == 0
    lines = text.splitlines()
    for name, changed in {
        "word": text.replace("phiên bản 7", "phiên bản 8"),
        "gone": "\n".join(lines[:5] + lines[6:]),
        "swapped": "\n".join([*lines[:5], lines[6], lines[5], *lines[7:]]),
        "headless": "\n".join(lines[1:]),
        "half": text[:-30],
        "float": text.replace('"version":1', '"version":1.5', 1),
        "empty": "",
    }.items():
        file.write_text(changed, encoding="utf-8")
        assert run(data, "verify", str(file)) == 1, name
        told = capsys.readouterr().err
        assert told.startswith("J-10"), name
        assert "Traceback" not in told


def test_a_slip_in_a_citizens_hand_is_checked_against_the_book(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with SqliteJournal.open(data / "journal.sqlite", utc_offset_h=7, clock=FakeClock()) as book:
        entry = next(iter(book.entries(after=9, limit=1)))
    assert run(data, "verify", "--slip", "10", mark(entry).lower()) == 0
    assert run(data, "verify", "--slip", "11", mark(entry)) == 1
    assert run(data, "verify", "--slip", "99", mark(entry)) == 1
    assert run(data, "verify", "--slip", "x", mark(entry)) == 2
    capsys.readouterr()


def test_no_book_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path, "check") == 1
    assert capsys.readouterr().err.startswith("J-107: there is no book here")


def test_the_tool_runs_without_any_package(data: Path) -> None:
    words = [sys.executable, "-I", "-S", "-c"]
    program = (
        f"import sys, runpy; sys.path.insert(0, {str(ROOT)!r});"
        f"sys.argv = ['kiosk', '--data', {str(data)!r}, 'export'];"
        "runpy.run_module('kiosk', run_name='__main__')"
    )
    done = subprocess.run([*words, program], capture_output=True, check=True)
    assert [json.loads(line)["seq"] for line in done.stdout.splitlines()] == list(range(1, 22))
