"""The rules of the line as data: an office's own win, every fault is told with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.line_rules import ASKED, LineRules, read_line_rules
from kiosk.words import LANGUAGES, words


def folder_with(tmp_path: Path, text: str) -> Path:
    (tmp_path / "line.toml").write_text(text, encoding="utf-8")
    return tmp_path


def test_the_built_in_file_says_what_the_program_would_do_without_it() -> None:
    reading = read_line_rules()
    assert reading.problems == ()
    assert reading.rules == LineRules()


def test_an_office_changes_what_it_names_and_keeps_the_rest(tmp_path: Path) -> None:
    reading = read_line_rules(folder_with(tmp_path, 'share = 3\n[reasons]\npause = ["meal"]\n'))
    assert reading.problems == ()
    assert reading.rules.share == 3
    assert reading.rules.ageing_min == LineRules().ageing_min
    assert reading.rules.reasons["pause"] == ("meal",)
    assert reading.rules.reasons["park"] == LineRules().reasons["park"]


@pytest.mark.parametrize(
    ("text", "line", "name"),
    [
        ("\nsharing = 2", 2, "sharing"),
        ("share = 0", 1, "share"),
        ("ageing_min = 0", 1, "ageing_min"),
        ("undo_s = -1", 1, "undo_s"),
        ("undo_s = 1.5", 1, "undo_s"),
        ("undo_s = true", 1, "undo_s"),
        ("missed_limit = 'three'", 1, "missed_limit"),
        ("reasons = 4", 1, "reasons"),
        ("[reasons]\n\nlunch = ['meal']", 3, "reasons.lunch"),
        ("[reasons]\npause = []", 2, "reasons.pause"),
        ("[reasons]\npause = ['yoga']", 2, "reasons.pause"),
        ("share = ", 1, ""),
    ],
)
def test_each_fault_is_told_with_its_line(tmp_path: Path, text: str, line: int, name: str) -> None:
    reading = read_line_rules(folder_with(tmp_path, text))
    assert [(one.code, one.line, one.name) for one in reading.problems] == [("C-414", line, name)]
    assert reading.rules == LineRules()


def test_all_faults_are_told_at_once_with_the_nearest_name(tmp_path: Path) -> None:
    reading = read_line_rules(folder_with(tmp_path, "sharé = 1\nundo_s = -1\nmissed_limt = 2\n".replace("é", "e_")))
    assert [one.line for one in reading.problems] == [1, 2, 3]
    assert "missed_limit" in reading.problems[2].reason


def test_whatever_is_no_toml_is_told_and_not_raised(tmp_path: Path) -> None:
    (tmp_path / "line.toml").write_bytes(b"\xff\xfe\x00")
    assert len(read_line_rules(tmp_path).problems) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_has_words(language: str) -> None:
    rules = read_line_rules().rules
    assert [one for step in ASKED for one in rules.reasons[step] if not words(language).has(f"reasons.{one}")] == []
