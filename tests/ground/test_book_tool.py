"""``python -m kiosk``: a book checked with the standard library alone."""

from __future__ import annotations

import json
import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from kiosk.__main__ import main
from kiosk.checkpoint import mark
from kiosk.criteria import default_set
from kiosk.desk import Desk, DeskRules
from kiosk.facts import KioskStarted
from kiosk.journal import BookOf, SqliteJournal
from kiosk.trouble import JournalTrouble
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
        "deep": '{"a":' + "[" * 100_000,
        "endless": text.replace('"body":{', '"body":{"n":' + "9" * 5000 + ",", 1),
        "half a sign": text.replace('"id":"0', '"id":"\\ud800', 1),
        "empty": "",
    }.items():
        file.write_text(changed, encoding="utf-8")
        assert run(data, "verify", str(file)) == 2, name
        told = capsys.readouterr().err
        assert told.startswith("J-10"), name
        assert "Traceback" not in told


def test_a_slip_in_a_citizens_hand_is_checked_against_the_book(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with SqliteJournal.open(data / "journal.sqlite", utc_offset_h=7, clock=FakeClock()) as book:
        entry = next(iter(book.entries(after=9, limit=1)))
    assert run(data, "verify", "--slip", "10", mark(entry).lower()) == 0
    assert run(data, "verify", "--slip", "11", mark(entry)) == 2
    assert run(data, "verify", "--slip", "99", mark(entry)) == 2
    assert run(data, "verify", "--slip", "x", mark(entry)) == 2
    capsys.readouterr()


def test_no_book_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path, "check") == 2
    assert capsys.readouterr().err.startswith("J-107: there is no book here")


DAMAGES = {
    "no json": "update entry set body = '{x' where seq = 7",
    "a list": "update entry set body = '[1]' where seq = 1",
    "other keys": """update entry set body = '{"a":1}' where seq = 1""",
    "too deep": f"update entry set body = '{'[' * 100_000}' where seq = 7",
    "half a sign": """update entry set body = '{"a":"\\ud800"}' where seq = 7""",
    "no text": "update entry set body = cast(x'7b22ff227d' as text) where seq = 7",
    "gone": "delete from entry where seq = 7",
    "another table": "drop table entry; create table entry(a)",
    "loose types": "drop table entry; create table entry(seq,id,at,day,fact,version,body,hash);"
    "insert into entry values('a',1,2,3,4,5,6,7)",
}


def damage(book: Path, words: str) -> None:
    """Do to a book what its triggers forbid."""
    with closing(sqlite3.connect(book, isolation_level=None)) as link:
        for trigger in ("entry_next", "entry_kept", "entry_unchanged"):
            link.execute(f"drop trigger {trigger}")
        link.executescript(words)


@pytest.mark.parametrize("words", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_book_is_one_sentence_whoever_reads_it(
    data: Path, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    damage(data / "journal.sqlite", words)
    assert run(data, "check") == 2
    assert re.fullmatch(r"J-10[12]: .*\n", capsys.readouterr().err)
    for verb in ("tail", "export"):
        code, told = run(data, verb), capsys.readouterr().err
        assert (code, told) == (0, "") or (code == 2 and re.fullmatch(r"J-10[12]: .*\n", told)), verb


@pytest.mark.parametrize("words", DAMAGES.values(), ids=DAMAGES)
def test_no_desk_goes_on_with_a_damaged_book(data: Path, words: str) -> None:
    damage(data / "journal.sqlite", words)
    with pytest.raises(JournalTrouble) as caught:  # noqa: SIM117 (the book is closed whatever the desk says)
        with SqliteJournal.open(data / "journal.sqlite", utc_offset_h=7, clock=FakeClock()) as book:
            Desk(book, DeskRules("kiosk-1", lambda service, _: service, default_set()))
    assert caught.value.code in ("J-101", "J-102", "J-108")


def test_a_folder_in_the_books_place_is_said_to_be_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "journal.sqlite").mkdir()
    assert run(tmp_path, "check") == 2
    assert "it is a folder" in capsys.readouterr().err


def test_an_export_that_is_not_there_is_named(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(data, "verify", str(data / "none.jsonl")) == 2
    assert capsys.readouterr().err.startswith("J-107: there is no book here (")


def test_an_export_onto_a_full_disk_is_one_sentence(data: Path) -> None:
    with open("/dev/full", "wb") as full:
        words = [sys.executable, "-m", "kiosk", "--data", str(data), "export"]
        done = subprocess.run(words, check=False, cwd=ROOT, stdout=full, stderr=subprocess.PIPE, text=True)
    assert done.returncode == 2
    assert re.fullmatch(r"M-201: .*\n", done.stderr)


def test_a_book_on_a_read_only_disk_is_read_without_a_log_beside_it(
    data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[str] = []
    connect: Callable[..., sqlite3.Connection] = sqlite3.connect

    def heard(database: str, **how: Any) -> sqlite3.Connection:
        asked.append(str(database))
        return connect(database, **how)

    told = os.statvfs(data)
    frozen = os.statvfs_result((*told[:8], told.f_flag | os.ST_RDONLY, told.f_namemax))
    monkeypatch.setattr(os, "statvfs", lambda _: frozen)
    monkeypatch.setattr(sqlite3, "connect", heard)
    assert run(data, "check") == 0
    assert all(one.endswith("immutable=1") for one in asked)
    capsys.readouterr()


def test_the_tool_runs_without_any_package(data: Path) -> None:
    words = [sys.executable, "-I", "-S", "-c"]
    program = (
        f"import sys, runpy; sys.path.insert(0, {str(ROOT)!r});"
        f"sys.argv = ['kiosk', '--data', {str(data)!r}, 'export'];"
        "runpy.run_module('kiosk', run_name='__main__')"
    )
    done = subprocess.run([*words, program], capture_output=True, check=True)
    assert [json.loads(line)["seq"] for line in done.stdout.splitlines()] == list(range(1, 22))
