"""How slips look and what they weigh, printed by the virtual printer."""

from __future__ import annotations

import unicodedata

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from devices.profiles import PROFILES, Profile
from devices.slips import art, commands
from devices.slips.cells import broken, spellable
from devices.slips.layout import Layout
from devices.slips.lean import LeanLayout
from devices.slips.rich import RichLayout
from devices.trial import LETTERS, trial_slip
from devices.virtual.machine import Machine
from devices.virtual.paper import Sheet
from kiosk.slip import Cell, Cells, Code, Ends, Head, Line, Number, Slip, Title
from tests.devices.samples import ADDRESS, BALLOT, LONG_SERVICE, LONG_WARD, ticket
from tests.fakes.clock import MORNING

WIDE, NARROW = PROFILES["80mm"], PROFILES["58mm-cutter"]
LAYOUTS: dict[str, tuple[Layout, Profile]] = {
    "rich-576": (RichLayout(576), WIDE),
    "rich-384": (RichLayout(384), NARROW),
    "lean-576": (LeanLayout(WIDE), WIDE),
    "lean-384": (LeanLayout(NARROW), NARROW),
}
every_layout = pytest.mark.parametrize(("layout", "profile"), LAYOUTS.values(), ids=LAYOUTS)


def sent(layout: Layout, slip: Slip) -> bytes:
    return b"".join(layout.pieces(slip)) + commands.cut()


def printed(layout: Layout, slip: Slip, profile: Profile) -> Sheet:
    sheets: list[Sheet] = []
    Machine(dots=profile.dots, on_sheet=sheets.append, blade_rows=0).receive(sent(layout, slip))
    (sheet,) = sheets
    return sheet


def on_paper(sheet: Sheet) -> Image.Image:
    """Black on white, with the margin that paper has around its print."""
    paper = Image.new("L", (sheet.picture.width + 64, sheet.picture.height + 64), 255)
    paper.paste(0, (32, 32), sheet.picture)
    return paper


@every_layout
def test_the_code_is_read_back_from_the_paper(layout: Layout, profile: Profile) -> None:
    sheet = printed(layout, ticket(), profile)
    assert [found.text for found in zxingcpp.read_barcodes(on_paper(sheet))] == [ADDRESS]


@every_layout
def test_a_copy_is_told_from_the_first_at_a_glance(layout: Layout, profile: Profile) -> None:
    first, copy = printed(layout, ticket(), profile), printed(layout, ticket(copy=True), profile)
    top = copy.picture.crop((0, 0, profile.dots, 220))
    blackest = max(
        top.crop((16, row, profile.dots - 16, row + 1)).convert("L").histogram()[255] for row in range(top.height)
    )
    assert blackest > 300
    assert copy.picture.height > first.picture.height + 30


@every_layout
def test_what_is_not_known_leaves_no_hole(layout: Layout, profile: Profile) -> None:
    heights = [printed(layout, ticket(cells=count), profile).picture.height for count in (0, 1, 2)]
    assert heights[0] < heights[1] <= heights[2]
    assert _longest_bare(printed(layout, ticket(cells=0), profile)) <= 72


def _longest_bare(sheet: Sheet) -> int:
    longest = run = 0
    for row in range(sheet.picture.height):
        bare = sheet.picture.crop((0, row, sheet.picture.width, row + 1)).getbbox() is None
        run = run + 1 if bare else 0
        longest = max(longest, run)
    return longest


@every_layout
@pytest.mark.parametrize(
    "slip",
    [
        ticket(office=LONG_WARD),
        ticket(title=LONG_SERVICE),
        ticket(number="AB12345"),
        ticket(number="B1042"),
        ticket(address=BALLOT),
        ticket(address="HTTPS://KIOSK-PHUONG-BAC-SON.THANHPHO.GOV.VN:8443/V#" + BALLOT),
        trial_slip(MORNING, "tcp://192.168.100.100:9100"),
    ],
    ids=["long-ward", "long-service", "long-number", "longer-number", "bare-ballot", "long-host", "trial"],
)
def test_nothing_runs_over_the_edge(layout: Layout, profile: Profile, slip: Slip) -> None:
    sheet = printed(layout, slip, profile)
    box = sheet.picture.getbbox()
    assert box is not None and box[0] >= 0 and box[2] <= profile.dots
    code = next(element for element in slip.elements if isinstance(element, Code))
    assert [found.text for found in zxingcpp.read_barcodes(on_paper(sheet))] == [code.content]


@every_layout
def test_the_paper_it_takes_is_known_before(layout: Layout, profile: Profile) -> None:
    height = printed(layout, ticket(), profile).picture.height
    assert 0.8 * height < layout.rows(ticket()) < 1.25 * height


def test_the_rich_slip_is_no_longer_than_a_hand_wants() -> None:
    assert RichLayout(576).rows(ticket()) <= 880


@pytest.mark.parametrize(
    ("name", "budget"), [("rich-576", 50_000), ("rich-384", 36_000), ("lean-576", 6_000), ("lean-384", 6_000)]
)
def test_a_slip_keeps_its_budget_of_bytes(name: str, budget: int) -> None:
    assert len(sent(LAYOUTS[name][0], ticket())) < budget


@pytest.mark.parametrize("name", ["lean-576", "lean-384"])
def test_the_lean_slip_reads_as_text(name: str) -> None:
    layout, profile = LAYOUTS[name]
    said = printed(layout, ticket(), profile).text
    flowing = " ".join(said.split())
    for words in (
        "Ủy ban nhân dân phường Bắc Sơn",
        "B042",
        "Phía trước còn 6 người",
        "Chờ khoảng 15–25 phút",
        "Đánh giá sau khi được phục vụ",
        ADDRESS,
        "Xin cảm ơn ông/bà đã chờ.",
        "7F3A 92C1 D05B 8KQ2",
    ):
        assert words in flowing


@pytest.mark.parametrize("name", ["lean-576", "lean-384"])
def test_every_vietnamese_letter_can_stand_on_one_lean_slip(name: str) -> None:
    layout, profile = LAYOUTS[name]
    said = printed(layout, trial_slip(MORNING, "tcp://h:1"), profile).text
    for line in LETTERS:
        assert line in said and line.upper() in said


vietnamese = st.text(alphabet="".join(LETTERS) + "".join(LETTERS).upper() + "0123456789BCX,.:–·", max_size=60)


@settings(max_examples=40, deadline=None)
@given(st.lists(vietnamese, min_size=1, max_size=6))
def test_any_words_come_out_of_the_lean_slip_as_they_went_in(lines: list[str]) -> None:
    words = [" ".join(line.split()) for line in lines]
    slip = Slip("B042", tuple(Line(line) for line in words))
    said = printed(LAYOUTS["lean-576"][0], slip, WIDE).text
    assert "".join(said.split()) == "".join("".join(words).split())


anything = st.text(max_size=40)


@settings(max_examples=25, deadline=None)
@given(anything, anything, anything, st.integers(0, 3))
def test_no_words_whatever_break_a_slip(one: str, two: str, three: str, count: int) -> None:
    cells = (Cell(one, two), Cell(three, one))[: max(1, count % 3)]
    slip = Slip(
        one[:4],
        (
            Head(one, two),
            Title(three),
            Number(one[:9]),
            Cells(cells),
            Line(two),
            Ends(one, three),
            Code("X", two, three),
        ),
    )
    for layout, profile in LAYOUTS.values():
        assert printed(layout, slip, profile).picture.width == profile.dots


def test_a_decomposed_word_is_printed_like_a_composed_one() -> None:
    assert spellable(unicodedata.normalize("NFD", "Chứng thực")) == "Chứng thực"


def test_a_letter_nobody_drew_loses_its_marks_or_becomes_a_question() -> None:
    assert spellable("Ñandú 中") == "Nandú ?"


def test_lines_are_made_even() -> None:
    assert broken("Lỡ lượt, xin báo Quầy hướng dẫn.", 30) == ["Lỡ lượt, xin báo", "Quầy hướng dẫn."]


def test_the_code_of_a_ticket_is_29_modules_of_6_dots() -> None:
    assert art.qr_code(ADDRESS).size == (29 * 6, 29 * 6)


def test_what_tickets_share_is_drawn_once_and_the_rest_only_when_its_turn_comes() -> None:
    layout = RichLayout(576)
    pieces = layout.pieces(ticket())
    first = next(pieces)
    assert first.startswith(commands.start())
    assert b"".join([first, *pieces]) == b"".join(layout.pieces(ticket()))
