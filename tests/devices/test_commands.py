"""The exact bytes of commands."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageOps

from devices.slips import commands
from devices.slips.ink import blank
from devices.virtual.machine import Machine
from devices.virtual.paper import Sheet


@pytest.mark.parametrize(
    ("made", "bytes_"),
    [
        (commands.start(), b"\x1b@\x1c.\x1ba\x01"),
        (commands.cut(), b"\x1dVB\x00"),
        (commands.reset(), b"\x1b@"),
        (commands.feed(0), b""),
        (commands.feed(300), b"\x1bJ\xff\x1bJ\x2d"),
        (commands.letter_size(8, 8), b"\x1d!\x77"),
        (commands.line_pitch(26), b"\x1b3\x1a"),
        (commands.echo("B042"), b"\x1d(H\x06\x0000B042"),
        (commands.ask_now(4), b"\x10\x04\x04"),
        (commands.TELL_CHANGES, b"\x1da\x0e"),
        (
            commands.qr_native("ABC", 6),
            b"\x1d(k\x04\x001A2\x00\x1d(k\x03\x001C\x06\x1d(k\x03\x001E1\x1d(k\x06\x001P0ABC\x1d(k\x03\x001Q0",
        ),
        (commands.largest_band(576), 8 + 24 * 72),
    ],
)
def test_a_command_is_these_bytes(made: object, bytes_: object) -> None:
    assert made == bytes_


def test_a_slip_is_named_by_four_letters_whatever_its_name_is() -> None:
    assert [commands.echo_name(name) for name in ("B7", "AA1042", "Đ042", "")] == [b"B7  ", b"AA10", b"?042", b"    "]


def test_taught_letters_stand_in_runs_of_codes() -> None:
    cell = bytes(36)
    made = commands.own_letters([(64, cell), (33, cell), (34, cell)])
    assert made == b"\x1b&\x03\x21\x22\x0c" + cell + b"\x0c" + cell + b"\x1b&\x03\x40\x40\x0c" + cell


def test_a_band_is_spelled_as_python_escpos_spells_it() -> None:
    """Ours for speed, theirs for truth."""
    picture = blank(576, 20)
    ImageDraw.Draw(picture).rectangle((0, 0, 575, 19), outline=255)
    theirs = commands.composed(lambda dummy: _quiet(dummy).image(ImageOps.invert(picture.convert("L"))))
    assert commands.picture(picture, 576) == theirs


def _quiet(dummy: Any) -> Any:
    dummy.profile.profile_data = {"media": {"width": {"pixels": 576}}}
    return dummy


def test_bare_rows_are_fed_and_bare_sides_are_not_sent() -> None:
    picture = blank(576, 54)
    ImageDraw.Draw(picture).rectangle((280, 10, 295, 43), fill=255)
    full = b"\x1bJ\x0a\x1dv0\x00\x02\x00\x18\x00" + b"\xff" * 48
    rest = b"\x1dv0\x00\x02\x00\x0a\x00" + b"\xff" * 20
    assert commands.picture(picture, 576) == full + rest + b"\x1bJ\x0a"


spots = st.lists(st.tuples(st.integers(0, 23), st.integers(0, 90), st.integers(1, 24), st.integers(1, 60)), max_size=6)


@settings(max_examples=60, deadline=None)
@given(spots, st.sampled_from([384, 512, 576]))
def test_what_was_drawn_is_what_comes_out(drawn: list[tuple[int, int, int, int]], dots: int) -> None:
    picture = blank(dots, 120)
    for left, top, width, height in drawn:
        ImageDraw.Draw(picture).rectangle((left * dots // 24, top, left * dots // 24 + width, top + height), fill=255)
    sheets: list[Sheet] = []
    machine = Machine(dots=dots, on_sheet=sheets.append, blade_rows=0)
    machine.receive(commands.start() + commands.picture(picture, dots) + commands.cut())
    assert sheets[0].picture.size == (dots, 120)
    assert sheets[0].picture.tobytes() == picture.tobytes()


def test_no_picture_command_is_larger_than_a_lost_link_is_mended_for() -> None:
    picture = Image.new("1", (576, 200), 255)
    sent = commands.picture(picture, 576)
    assert max(len(band) for band in sent.split(b"\x1dv0\x00")[1:]) + 4 <= commands.largest_band(576)
