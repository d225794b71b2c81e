"""The doors: wrong words, wrong settings, a second instance, a taken port: one sentence and code 2."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.book_lock import BookLock
from kiosk.clock import SystemClock
from kiosk.journal import BookOf, SqliteJournal
from screens.command import VERBS, main

ROOT = Path(__file__).parents[2]


def kiosk(*words: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own, without a display."""
    told = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    command = [sys.executable, "-m", "screens.command", *words]
    return subprocess.run(
        command, cwd=cwd, env={**told, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, timeout=60, check=False
    )


def sentences(done: subprocess.CompletedProcess[str]) -> list[str]:
    """What it said was wrong; never a traceback."""
    assert "Traceback" not in done.stderr
    return done.stderr.strip().splitlines()


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


def test_every_verb_has_its_help() -> None:
    for verb in VERBS:
        with pytest.raises(SystemExit) as ended:
            main([verb, "--help"])
        assert ended.value.code == 0


def test_a_verb_that_is_none_is_wrong_words() -> None:
    done = kiosk("fly")
    assert done.returncode == 2
    assert "invalid choice: 'fly'" in done.stderr


@pytest.mark.parametrize("days", ["0", "-3", "x", "367", "1.5", "²"])
def test_days_are_a_number_of_days(days: str, data: Path) -> None:
    done = kiosk("demo", "--data", str(data), f"--days={days}")
    assert done.returncode == 2
    assert "is not a number of days" in done.stderr
    assert not data.exists()


@pytest.mark.parametrize("verb", ["run", "touch", "serve", "demo"])
def test_every_fault_of_the_settings_is_told_at_once(verb: str, data: Path, tmp_path: Path) -> None:
    settings = tmp_path / "wrong.toml"
    settings.write_text('[printer]\naddress = "lpt1:"\n[kiosk]\nscreen_diagonal = 32\n[nonsense]\n', encoding="utf-8")
    done = kiosk(verb, "--settings", str(settings), "--data", str(data))
    said = sentences(done)
    assert done.returncode == 2
    assert len(said) == 3
    assert [line[:5] for line in said] == ["C-403", "C-402", "C-402"]
    assert "line 2" in said[0]
    assert "screen_diagonal_in" in said[1]
    assert not data.exists(), "nothing is begun on wrong settings"


def test_a_settings_file_that_was_named_must_be_there(data: Path) -> None:
    done = kiosk("run", "--settings", "nowhere.toml", "--data", str(data))
    assert done.returncode == 2
    assert sentences(done)[0].startswith("C-404")


def test_a_demonstration_wants_an_empty_folder(data: Path) -> None:
    data.mkdir()
    (data / "mine.txt").write_text("kept", encoding="utf-8")
    done = kiosk("demo", "--data", str(data), "--days", "1")
    assert done.returncode == 2
    assert sentences(done)[0].startswith("M-208")
    assert [file.name for file in data.iterdir()] == ["mine.txt"]


def test_a_second_run_on_the_same_data_is_told_so(data: Path) -> None:
    data.mkdir()
    with BookLock(data / "run"):
        done = kiosk("run", "--data", str(data))
    assert done.returncode == 2
    assert sentences(done)[0].startswith("M-205")


def test_a_taken_port_is_told_before_anything_starts(data: Path, tmp_path: Path) -> None:
    settings = tmp_path / "s.toml"
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        settings.write_text(f'[server]\nlisten = "127.0.0.1:{taken.getsockname()[1]}"\n', encoding="utf-8")
        for verb in ("run", "serve"):
            done = kiosk(verb, "--settings", str(settings), "--data", str(data))
            assert done.returncode == 2, verb
            assert sentences(done)[0].startswith("M-203"), verb


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")
    for verb in ("run", "serve", "demo"):
        done = kiosk(verb, "--data", str(tmp_path / "file" / "data"))
        assert done.returncode == 2, verb
        assert sentences(done)[-1].startswith("M-20"), (verb, done.stderr)


def test_touch_without_a_display_is_told(data: Path) -> None:
    done = kiosk("touch", "--data", str(data))
    assert done.returncode == 2
    assert sentences(done)[-1].startswith("M-206")


def test_the_book_of_another_kiosk_is_left_alone(data: Path, tmp_path: Path) -> None:
    of = BookOf("kiosk-9", "elsewhere")
    with SqliteJournal.create(data / "journal.sqlite", of=of, utc_offset_h=7, clock=SystemClock()) as book:
        head = book.head()
    settings = tmp_path / "s.toml"
    settings.write_text('[office]\nid = "bac-son"\n', encoding="utf-8")
    from screens.display import start_virtual_display

    display = start_virtual_display()
    command = [sys.executable, "-m", "screens.command", "touch", "--data", str(data), "--settings", str(settings)]
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, "DISPLAY": display.name}, capture_output=True, text=True, timeout=60,
        check=False,
    )  # fmt: skip
    display.close()
    assert done.returncode == 2
    assert sentences(done)[-1].startswith("J-106")
    with SqliteJournal.open(data / "journal.sqlite", utc_offset_h=7, clock=SystemClock()) as book:
        assert book.head() == head


def test_setting_up_as_nobody_special_names_the_packages_and_the_command(tmp_path: Path) -> None:
    """With a package list that cannot be met, and a user id that is not root's."""
    copy = tmp_path / "project"
    (copy / ".setup").mkdir(parents=True)
    for name in ("prepare", "run.packages", "test.packages"):
        (copy / ".setup" / name).write_bytes((ROOT / ".setup" / name).read_bytes())
    (copy / ".setup" / "run.packages").write_text("no-such-package-anywhere\n", encoding="utf-8")
    for name in ("requirements.lock", "pyproject.toml"):
        (copy / name).write_bytes((ROOT / name).read_bytes())
    fake = tmp_path / "bin"
    fake.mkdir()
    (fake / "id").write_text("#!/bin/sh\necho 1000\n", encoding="utf-8")
    (fake / "id").chmod(0o755)
    done = subprocess.run(
        ["bash", str(copy / ".setup" / "prepare"), "run"],
        env={**os.environ, "PATH": f"{fake}:{os.environ['PATH']}"}, capture_output=True, text=True, timeout=60,
        check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert "no-such-package-anywhere" in done.stderr
    assert "sudo apt-get install -y" in done.stderr
    assert not (copy / ".venv").exists()


def test_a_demonstration_in_a_files_place_is_one_sentence(data: Path) -> None:
    data.write_text("no folder")
    done = kiosk("demo", "--data", str(data), "--days", "1")
    assert done.returncode == 2
    assert len(sentences(done)) == 1
    assert sentences(done)[0].startswith("M-202: ")


@pytest.mark.parametrize("said", ['[printer]\nprofile = "50mm"', '[scanner]\naddress = "tcp://"'])
def test_a_device_that_is_none_is_found_before_anything_starts(said: str, data: Path, tmp_path: Path) -> None:
    settings = tmp_path / "wrong.toml"
    settings.write_text(said)
    done = kiosk("run", "--data", str(data), "--settings", str(settings))
    assert done.returncode == 2
    assert len(sentences(done)) == 1
    assert sentences(done)[0].startswith("C-403: ")
    assert "line 2: " in sentences(done)[0]


def test_a_folder_for_slips_that_is_none_is_found_before_anything_starts(data: Path) -> None:
    data.mkdir()
    (data / "slips").write_text("no folder")
    done = kiosk("run", "--data", str(data))
    assert done.returncode == 2
    assert len(sentences(done)) == 1
    assert sentences(done)[0].startswith("P-121: the folder for slips cannot be written (")
