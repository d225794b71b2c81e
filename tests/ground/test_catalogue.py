"""The catalogue: what is in force today, and every fault of a folder at once."""

from __future__ import annotations

import csv
import unicodedata
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from kiosk.catalogue import BUILT_IN, CatalogueReading, for_citizens, load_catalogue, read_catalogue
from kiosk.catalogue_rows import PROCEDURE_COLUMNS, SERVICE_COLUMNS
from kiosk.trouble import SettingsTrouble
from kiosk.words import words

TODAY = date(2026, 11, 22)
SERVICE = "A,A,Khai sinh,Birth,yes,Hộ tịch,baby,2026-01-01,,certain"
PROCEDURE = "P1,1.001193,Hộ tịch,Đăng ký khai sinh,Birth registration,Trong ngày,0,Tờ khai,2026-01-01,,certain"


def _folder(place: Path, *services: str, procedures: tuple[str, ...] = (PROCEDURE,)) -> Path:
    (place / "services.csv").write_text("\n".join((",".join(SERVICE_COLUMNS), *services)), encoding="utf-8")
    (place / "procedures.csv").write_text("\n".join((",".join(PROCEDURE_COLUMNS), *procedures)), encoding="utf-8")
    return place


def _told(reading: CatalogueReading) -> list[tuple[str, int, str]]:
    return [(problem.file, problem.line, problem.name) for problem in reading.problems]


def test_the_built_in_catalogue_is_sound_and_has_eight_services() -> None:
    catalogue = load_catalogue(None, TODAY)
    assert [service.letter for service in catalogue.services] == list("ABCEGHKL")
    assert [service.name("vi") for service in catalogue.services] == [
        words("vi").say(f"home.{letter}") for letter in "ABCEGHKL"
    ]


def test_every_built_in_procedure_stands_behind_exactly_one_service() -> None:
    catalogue = load_catalogue(None, TODAY)
    behind = [procedure.id for service in catalogue.services for procedure in catalogue.procedures_of(service.id)]
    assert len(behind) == 40
    assert sorted(behind) == [procedure.id for procedure in catalogue.procedures]


def test_confidence_is_kept_and_a_code_may_be_missing() -> None:
    procedures = load_catalogue(None, TODAY).procedures
    counts = {word: sum(one.confidence == word for one in procedures) for word in ("certain", "partial", "confirm")}
    assert counts == {"certain": 8, "partial": 28, "confirm": 4}
    assert sum(not procedure.code for procedure in procedures) == 2


def test_no_citizen_reads_a_word_meant_for_staff() -> None:
    for language in ("vi", "en"):
        for one in load_catalogue(None, TODAY).procedures:
            for text in (one.processing_time, one.fee_vnd, one.papers):
                said = for_citizens(text, words(language))
                assert "CONFIRM" not in said
                assert "LOCAL" not in said
                assert "Hà Nội" not in said
    assert for_citizens("CONFIRM (thường 30 ngày)", words("vi")) == "Xin hỏi tại quầy (thường 30 ngày)"
    assert for_citizens("03 ngày làm việc", words("vi")) == "03 ngày làm việc"


def test_a_service_is_in_force_on_its_first_and_its_last_day(tmp_path: Path) -> None:
    row = "A,A,Khai sinh,Birth,no,Hộ tịch,,2026-11-22,2026-11-30,certain"
    book = read_catalogue(_folder(tmp_path, row)).checked()
    days = [date(2026, 11, 21), date(2026, 11, 22), date(2026, 11, 30), date(2026, 12, 1)]
    assert [len(book.on(day).services) for day in days] == [0, 1, 1, 0]
    assert book.letter_of("A", TODAY) == "A"
    with pytest.raises(SettingsTrouble, match="C-413"):
        book.letter_of("A", date(2026, 12, 1))
    with pytest.raises(SettingsTrouble, match="C-413"):
        load_catalogue(tmp_path, date(2026, 12, 1))


def test_versions_of_one_service_follow_each_other(tmp_path: Path) -> None:
    old = "A,A,Hộ tịch,Civil status,yes,Hộ tịch,,01/01/2026,22/11/2026,certain"
    new = "A,B,Khai sinh,Birth,yes,Hộ tịch,,23/11/2026,,certain"
    book = read_catalogue(_folder(tmp_path, old, new)).checked()
    assert [book.letter_of("A", day) for day in (TODAY, date(2026, 11, 23))] == ["A", "B"]


def test_all_problems_come_at_once(tmp_path: Path) -> None:
    services = (
        SERVICE,
        "A,B,Chứng thực,Copies,yes,,,2026-01-01,,certain",
        "C,A,Đất đai,Land,yes,,,2026-01-01,,certain",
        "D,D,,Land,maybe,Hộ tich,babi,2026-02-30,,sure",
        "E,E,Đất,Land,yes,Hộ tich,,2026-02-03,2026-01-01,certain",
        "F,G,Đất,Land,yes",
        "",
        "H,H,Đất,Land,yes,Hộ tich,,,,certain",
    )
    reading = read_catalogue(_folder(tmp_path, *services, procedures=(PROCEDURE, PROCEDURE)))
    assert _told(reading) == [
        ("services.csv", 3, "id"),
        ("services.csv", 4, "letter"),
        ("services.csv", 5, "letter"),
        ("services.csv", 5, "name_vi"),
        ("services.csv", 5, "priority"),
        ("services.csv", 5, "icon"),
        ("services.csv", 5, "effective_from"),
        ("services.csv", 5, "confidence"),
        ("services.csv", 6, "effective_to"),
        ("services.csv", 7, ""),
        ("services.csv", 9, "procedure_fields"),
        ("procedures.csv", 3, "id"),
    ]
    assert {problem.code for problem in reading.problems} == {"C-412"}
    assert "did you mean baby?" in reading.problems[5].reason
    assert "did you mean Hộ tịch?" in reading.problems[10].reason


@pytest.mark.parametrize(("letter", "fine"), [("L", True), ("M", True), ("AB", True), ("D", False), ("ABC", False)])
def test_only_letters_that_cannot_be_misheard_name_a_series(tmp_path: Path, letter: str, fine: bool) -> None:
    reading = read_catalogue(_folder(tmp_path, SERVICE.replace("A,A,", f"A,{letter},", 1)))
    assert (reading.problems == ()) == fine


def test_a_header_that_is_not_ours_is_told_with_the_nearest_name(tmp_path: Path) -> None:
    _folder(tmp_path, SERVICE)
    header = ",".join(SERVICE_COLUMNS).replace("priority", "priorty")
    (tmp_path / "services.csv").write_text(f"{header}\n{SERVICE}", encoding="utf-8")
    first, second = read_catalogue(tmp_path).problems
    assert (first.line, first.name) == (1, "priorty")
    assert "did you mean priority?" in first.reason
    assert "missing" in second.reason


def test_columns_may_stand_in_any_order(tmp_path: Path) -> None:
    _folder(tmp_path, SERVICE)
    turned = [",".join(reversed(line)) for line in (SERVICE_COLUMNS, SERVICE.split(","))]
    (tmp_path / "services.csv").write_text("\n".join(turned), encoding="utf-8")
    assert read_catalogue(tmp_path).checked().on(TODAY).services[0].id == "A"


def test_empty_lines_before_the_first_are_no_fault(tmp_path: Path) -> None:
    _folder(tmp_path, SERVICE)
    path = tmp_path / "services.csv"
    path.write_text(f"\n\n{path.read_text('utf-8')}", encoding="utf-8")
    assert read_catalogue(tmp_path).checked().on(TODAY).services[0].line == 4


@pytest.mark.parametrize("separator", [";", "\t"])
def test_a_spreadsheet_may_separate_with_other_signs(tmp_path: Path, separator: str) -> None:
    _folder(tmp_path, SERVICE)
    lines = [separator.join(line) for line in (SERVICE_COLUMNS, SERVICE.split(","))]
    (tmp_path / "services.csv").write_text("\r\n".join(lines), encoding="utf-8")
    assert read_catalogue(tmp_path).checked().on(TODAY).services[0].id == "A"


def test_decomposed_text_and_a_byte_order_mark_are_understood(tmp_path: Path) -> None:
    _folder(tmp_path, SERVICE)
    for path in tmp_path.glob("*.csv"):
        path.write_text(unicodedata.normalize("NFD", path.read_text(encoding="utf-8")), encoding="utf-8-sig")
    catalogue = read_catalogue(tmp_path).checked().on(TODAY)
    assert catalogue.procedures_of("A")[0].names["vi"] == unicodedata.normalize("NFC", "Đăng ký khai sinh")


@pytest.mark.parametrize("encoding", ["utf-16", "cp1258"])
def test_another_encoding_is_told_and_not_guessed(tmp_path: Path, encoding: str) -> None:
    _folder(tmp_path, SERVICE)
    (tmp_path / "services.csv").write_bytes("id,letter\ná".encode(encoding))
    assert "not UTF-8" in read_catalogue(tmp_path).problems[0].reason


def test_missing_and_empty_files_are_told(tmp_path: Path) -> None:
    assert [problem.code for problem in read_catalogue(tmp_path).problems] == ["C-411", "C-411"]
    (tmp_path / "services.csv").write_text("")
    (tmp_path / "procedures.csv").mkdir()
    empty, folder = read_catalogue(tmp_path).problems
    assert "empty" in empty.reason
    assert folder.code == "C-411"
    _folder_without = tmp_path / "other"
    _folder_without.mkdir()
    assert "there is no service" in read_catalogue(_folder(_folder_without)).problems[0].reason


def test_a_quote_left_open_is_told_with_the_line_it_opens_on(tmp_path: Path) -> None:
    (problem,) = read_catalogue(_folder(tmp_path, SERVICE, SERVICE.replace("Khai", '"Khai'))).problems
    assert (problem.line, problem.reason) == (3, "this is no CSV: unexpected end of data")


def test_a_cell_may_hold_lines_and_later_faults_keep_their_line(tmp_path: Path) -> None:
    long = PROCEDURE.replace("Tờ khai", '"Tờ khai\nGiấy\nThẻ"')
    (problem,) = read_catalogue(_folder(tmp_path, SERVICE, procedures=(long, PROCEDURE.replace("P1", "?")))).problems
    assert (problem.line, problem.name) == (5, "id")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(cells=some.lists(some.text(max_size=12), min_size=len(SERVICE_COLUMNS), max_size=len(SERVICE_COLUMNS)))
def test_no_cell_whatever_breaks_the_reader(tmp_path: Path, cells: list[str]) -> None:
    _folder(tmp_path)
    with (tmp_path / "services.csv").open("a", encoding="utf-8", errors="replace", newline="") as file:
        file.write("\n")
        csv.writer(file).writerow(cells)
    for problem in read_catalogue(tmp_path).problems:
        assert problem.text()


def test_the_built_in_files_are_kept_in_the_composed_form() -> None:
    for path in BUILT_IN.glob("*.csv"):
        text = path.read_text(encoding="utf-8")
        assert unicodedata.is_normalized("NFC", text)
