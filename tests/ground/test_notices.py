"""Notices of the lobby board: dated rows of a file that a person keeps."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kiosk.notices import MOST_LETTERS, MOST_NOTICES, on_day, read_notices

HEAD = "text_vi,text_en,effective_from,effective_to\n"


def _folder(tmp_path: Path, rows: str) -> Path:
    (tmp_path / "notices.csv").write_text(HEAD + rows, encoding="utf-8")
    return tmp_path


def test_a_folder_without_the_file_has_no_notices(tmp_path: Path) -> None:
    assert read_notices(tmp_path) == ((), ())


def test_the_built_in_folder_has_none_and_no_fault() -> None:
    assert read_notices() == ((), ())


def test_a_notice_stands_from_its_first_day_to_its_last(tmp_path: Path) -> None:
    rows = "Tiêm phòng tại trạm y tế,Vaccination,2026-11-20,25/11/2026\nGiữ vệ sinh chung,,,\n"
    reading = read_notices(_folder(tmp_path, rows))
    assert reading.problems == ()
    for day, count in ((19, 1), (20, 2), (25, 2), (26, 1)):
        assert len(on_day(reading.notices, date(2026, 11, day))) == count
    assert reading.notices[1].texts == {"vi": "Giữ vệ sinh chung", "en": "Giữ vệ sinh chung"}


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (",English only,,\n", "line 2: text_vi: a notice needs its words"),
        (f"{'a' * (MOST_LETTERS + 1)},,,\n", "line 2: text_vi: one line of"),
        ("Chào,,mai,\n", "line 2: effective_from: 'mai' is no date"),
        ("Chào,,2026-11-22,2026-11-20\n", "line 2: effective_to: it ends before it begins"),
        ("Chào,,\n", "line 2: 3 cells"),
        ("Chào,,,\n" * (MOST_NOTICES + 1), "nobody waits for more than"),
    ],
)
def test_a_wrong_line_is_told_by_its_place(tmp_path: Path, rows: str, told: str) -> None:
    (problem,) = read_notices(_folder(tmp_path, rows)).problems
    assert problem.code == "C-414"
    assert told in problem.text()
    assert "notices.csv" in problem.text()


def test_a_right_line_beside_a_wrong_one_is_kept(tmp_path: Path) -> None:
    reading = read_notices(_folder(tmp_path, "Chào,,mai,\nĐược,,,\n"))
    assert [notice.texts["vi"] for notice in reading.notices] == ["Được"]
