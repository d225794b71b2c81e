"""The reminder of an appointment on paper: readable, complete, and its code read back."""

from __future__ import annotations

import pytest
import zxingcpp
from PIL import Image

from devices.profiles import Profile
from devices.slips.layout import Layout
from devices.slips.rich import RichLayout
from kiosk.appointment_code import read_code
from kiosk.slip import Hour, Note, Slip
from tests.devices.samples import CODE, LONG_SERVICE, LONG_WARD, reminder
from tests.devices.test_slips import LAYOUTS, every_layout, on_paper, printed, sent

SLIPS = {
    "result": reminder(),
    "visit": reminder(kind="visit", dossier="", counter=""),
    "english": reminder(language="en"),
    "long": reminder(office=LONG_WARD, matter=LONG_SERVICE, dossier="000.00.00.H56.0123-261123-000042"),
    "no-phones": reminder(server=None),
}
every_slip = pytest.mark.parametrize("slip", SLIPS.values(), ids=SLIPS)


@every_slip
@every_layout
def test_the_code_of_a_reminder_is_read_back_and_nothing_runs_over_the_edge(
    layout: Layout, profile: Profile, slip: Slip
) -> None:
    sheet = printed(layout, slip, profile)
    (found,) = zxingcpp.read_barcodes(on_paper(sheet))
    assert read_code(found.text) == CODE
    box = sheet.picture.getbbox()
    assert box is not None and box[0] >= 0 and box[2] <= profile.dots
    assert 0.75 * sheet.picture.height < layout.rows(slip) < 1.3 * sheet.picture.height


@pytest.mark.parametrize("name", ["lean-576", "lean-384"])
def test_the_lean_reminder_says_all_that_the_law_and_we_promise(name: str) -> None:
    layout, profile = LAYOUTS[name]
    said = " ".join(printed(layout, SLIPS["result"], profile).text.split())
    for words in (
        "PHIẾU NHẮC HẸN",
        "Không thay Giấy tiếp nhận hồ sơ và hẹn trả kết quả",
        "Mời ông/bà nhận kết quả",
        "15 giờ 00",
        "Thứ Sáu, 27/11/2026",
        "tại Quầy 1",
        "000.00.00.H56-261123-0042",
        "7K3M9 P2QXT",
        "Chúng tôi hứa không trễ hẹn.",
        "Đã trừ ngày nghỉ lễ 24/11.",
        "Cần hỏi, xin gọi 0237 000 0100.",
        "In 10:41, 23/11/2026",
    ):
        assert words in said


def test_what_is_not_known_is_left_out() -> None:
    bare = SLIPS["visit"]
    hour = next(element for element in bare.elements if isinstance(element, Hour))
    assert hour.below == ""
    layout, profile = LAYOUTS["lean-576"]
    said = printed(layout, bare, profile).text
    assert "Mã hồ sơ" not in said and "Quầy" not in said and "trừ ngày" not in said


def test_the_hour_is_the_largest_on_the_paper() -> None:
    """The tallest run of ink in a column of the framed box belongs to a digit of the hour: 9 mm and more."""
    picture = RichLayout(576)._drawn(Hour("Mời ông/bà nhận kết quả", "15 giờ 00", "Thứ Sáu, 27/11/2026", "tại Quầy 1"))
    inside = picture.crop((24, 14, 552, picture.height - 8))
    assert max(_runs(inside)) >= 72


def _runs(picture: Image.Image) -> list[int]:
    """Heights of the unbroken runs of rows with ink."""
    runs, run = [0], 0
    for row in range(picture.height):
        inked = picture.crop((0, row, picture.width, row + 1)).getbbox() is not None
        run = run + 1 if inked else 0
        runs.append(run)
    return runs


def test_heavy_words_of_a_note_stay_within_the_paper() -> None:
    for strong in ("", "hứa không trễ hẹn. Nếu có thể chậm, chúng tôi sẽ xin"):
        slip = Slip("1234", (Note("Chúng tôi hứa không trễ hẹn. Nếu có thể chậm, chúng tôi sẽ xin lỗi.", strong),))
        box = RichLayout(576).picture(slip).getbbox()
        assert box is not None and box[2] <= 576 - 8


@pytest.mark.parametrize(("name", "budget"), [("rich-576", 90_000), ("lean-576", 9_000), ("lean-384", 9_000)])
def test_a_reminder_keeps_its_budget_of_bytes(name: str, budget: int) -> None:
    assert len(sent(LAYOUTS[name][0], SLIPS["result"])) < budget
