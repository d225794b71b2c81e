"""``virtual:DIR``: slips fall into a folder, whole or not at all."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from devices.choose import printer_at
from devices.virtual.folder import SlipFolder, png_of
from devices.virtual.paper import Sheet
from kiosk.ports import Outcome, Printer, PrinterState, PrintOutcome
from kiosk.trouble import PrinterTrouble
from tests.devices.samples import ADDRESS, ticket
from tests.fakes.clock import FakeClock

PRINTED = PrintOutcome(Outcome.PRINTED)


def printer_in(data: Path, address: str = "virtual:slips", slip: str = "auto", profile: str = "auto") -> Printer:
    return printer_at(address, profile=profile, slip=slip, data_folder=data, clock=FakeClock())


def test_a_slip_is_a_picture_and_a_text_named_by_its_time_and_number(tmp_path: Path) -> None:
    printer = printer_in(tmp_path)
    assert [printer.print(ticket()), printer.print(ticket(number="B043"))] == [PRINTED, PRINTED]
    names = sorted(path.name for path in (tmp_path / "slips").iterdir())
    assert len(names) == 4
    assert all(re.fullmatch(r"20261123-\d{6}-000[12]\.(png|txt)", name) for name in names)


def test_the_picture_is_black_on_white_and_its_code_is_read(tmp_path: Path) -> None:
    assert printer_in(tmp_path).print(ticket()) == PRINTED
    with Image.open(next((tmp_path / "slips").glob("*.png"))) as picture:
        assert (picture.mode, picture.width) == ("1", 576)
        assert [found.text for found in zxingcpp.read_barcodes(picture.convert("L"))] == [ADDRESS]


def test_the_text_says_what_is_a_picture(tmp_path: Path) -> None:
    assert printer_in(tmp_path, slip="rich").print(ticket()) == PRINTED
    text = next((tmp_path / "slips").glob("*.txt")).read_text(encoding="utf-8")
    assert re.fullmatch(r"(\[picture \d+x\d+\]\n)+", text)


def test_the_running_number_goes_on_after_a_restart(tmp_path: Path) -> None:
    printer_in(tmp_path).print(ticket())
    printer_in(tmp_path).print(ticket())
    assert [path.stem[-4:] for path in sorted((tmp_path / "slips").glob("*.png"))] == ["0001", "0002"]


def test_a_profile_of_narrow_paper_makes_narrow_pictures(tmp_path: Path) -> None:
    assert printer_in(tmp_path, profile="58mm-cutter").print(ticket()) == PRINTED
    with Image.open(next((tmp_path / "slips").glob("*.png"))) as picture:
        assert picture.width == 384


def test_a_folder_elsewhere_is_used_where_it_is(tmp_path: Path) -> None:
    assert printer_in(tmp_path / "data", address=f"virtual:{tmp_path / 'else'}").print(ticket()) == PRINTED
    assert len(list((tmp_path / "else").iterdir())) == 2


def test_a_folder_that_cannot_be_made_is_a_slip_that_did_not_come_out(tmp_path: Path) -> None:
    (tmp_path / "slips").write_text("a file stands in the way")
    printer = printer_in(tmp_path)
    assert printer.print(ticket()) == PrintOutcome(Outcome.NOT_PRINTED, "P-121")
    assert printer.status().reason == "P-121"


def test_a_disk_that_fills_up_between_the_question_and_the_slip_is_told(tmp_path: Path) -> None:
    printer = printer_in(tmp_path)
    assert printer.status().state is PrinterState.READY
    for path in (tmp_path / "slips").iterdir():
        path.unlink()
    os.rmdir(tmp_path / "slips")
    (tmp_path / "slips").write_text("a file stands in the way")
    assert printer.print(ticket()) == PrintOutcome(Outcome.NOT_PRINTED, "P-121")


def test_no_half_written_file_is_left(tmp_path: Path) -> None:
    folder = SlipFolder(tmp_path, FakeClock())
    folder.check()
    (tmp_path / "20261123-080000-0001.png").mkdir()
    folder_name = FakeClock().now().astimezone().strftime("%Y%m%d-%H%M%S")
    (tmp_path / f"{folder_name}-0001.png").mkdir(exist_ok=True)
    with pytest.raises(PrinterTrouble) as caught:
        folder.save(Sheet(Image.new("1", (8, 8), 0), "B042\n"))
    assert caught.value.code == "P-121"
    assert not list(tmp_path.glob(".*part"))


def test_a_bare_sheet_is_a_picture_too() -> None:
    assert png_of(Sheet(Image.new("1", (576, 1), 0), "")).startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("address", "profile", "slip", "said"),
    [
        ("nowhere", "auto", "auto", "virtual:"),
        ("virtual:slips", "90mm", "auto", "80mm"),
        ("virtual:slips", "auto", "long", "rich, lean"),
    ],
)
def test_a_wrong_setting_is_one_sentence(tmp_path: Path, address: str, profile: str, slip: str, said: str) -> None:
    with pytest.raises(PrinterTrouble) as caught:
        printer_at(address, profile=profile, slip=slip, data_folder=tmp_path, clock=FakeClock())
    assert caught.value.code == "P-120" and said in caught.value.text()
