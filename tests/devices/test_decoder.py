"""The virtual printer reads any bytes at all."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.slips import commands
from devices.slips.letters import columns, letters, rows_of
from devices.virtual.machine import Machine
from devices.virtual.paper import Sheet

leads = st.sampled_from(
    [b"\x1b", b"\x1d", b"\x1c", b"\x10", b"\x1d(k", b"\x1dv0\x00", b"\x1b&\x03", b"\x1b*", b"\x1dV"]
)
noise = st.lists(leads | st.binary(max_size=12), max_size=40).map(b"".join)


def printed(data: bytes, dots: int = 576) -> list[Sheet]:
    sheets: list[Sheet] = []
    Machine(dots=dots, on_sheet=sheets.append, blade_rows=0).receive(data)
    return sheets


@settings(max_examples=300, deadline=None)
@given(noise)
def test_any_bytes_are_read_without_a_fault(data: bytes) -> None:
    sheets: list[Sheet] = []
    machine = Machine(on_sheet=sheets.append)
    machine.receive(data)
    machine.receive(bytes(2000) + b"\n\x1dVB\x00")
    assert machine.holds < len(data) + 2100


@settings(max_examples=60, deadline=None)
@given(noise, st.integers(0, 300))
def test_it_does_not_matter_where_the_bytes_are_cut(data: bytes, cut: int) -> None:
    whole: list[Sheet] = []
    parts: list[Sheet] = []
    end = bytes(3000) + b"\n\x1dVB\x00"
    one, two = Machine(on_sheet=whole.append), Machine(on_sheet=parts.append)
    said = one.receive(data + end)
    assert two.receive(data[:cut]) + two.receive(data[cut:] + end) == said
    assert [sheet.picture.tobytes() for sheet in parts] == [sheet.picture.tobytes() for sheet in whole]


def test_letters_are_printed_where_they_are_aligned_and_as_large_as_told() -> None:
    sheet = printed(b"\x1ba\x02\x1d!\x11AB\n\x1dVB\x00")[0]
    assert sheet.text == "AB\n"
    left, _, right, bottom = sheet.picture.getbbox() or (0, 0, 0, 0)
    assert left >= 576 - 48 and right <= 576 and bottom <= 48


def test_a_line_that_is_too_long_goes_on_below() -> None:
    assert printed(b"A" * 50 + b"\n\x1dVB\x00")[0].text == "A" * 48 + "\nAA\n"


def test_a_taught_letter_is_drawn_and_read() -> None:
    taught = commands.own_letters([(65, columns(letters()["Ế"]))])
    sheet = printed(taught + commands.OWN_LETTERS_ON + b"AB" + commands.OWN_LETTERS_OFF + b"A\n\x1dVB\x00")[0]
    assert sheet.text == "ẾBA\n"


def test_a_reset_forgets_taught_letters() -> None:
    taught = commands.own_letters([(65, columns(letters()["Ế"]))])
    assert printed(taught + b"\x1b@" + commands.OWN_LETTERS_ON + b"A\n\x1dVB\x00")[0].text == "A\n"


@pytest.mark.parametrize("letter", sorted(letters()))
def test_every_letter_survives_its_way_into_columns_and_back(letter: str) -> None:
    assert rows_of(columns(letters()[letter])) == letters()[letter]


def test_no_two_vietnamese_letters_look_alike() -> None:
    drawn = [rows for letter, rows in letters().items() if letter not in "O0"]
    assert len(set(drawn)) == len(drawn)


def test_a_bare_cut_leaves_the_end_of_the_slip_behind_the_blade() -> None:
    sheets: list[Sheet] = []
    Machine(on_sheet=sheets.append).receive(b"\x1bJ\xff" + b"END\n\x1dV\x00")
    assert "END" not in sheets[0].text


def test_a_picture_in_double_size_is_twice_as_wide_and_high() -> None:
    sheet = printed(b"\x1dv0\x03\x01\x00\x02\x00\xff\xff\x1dVB\x00")[0]
    assert sheet.picture.getbbox() == (0, 0, 16, 4)


def test_a_slip_sent_without_paper_comes_out_when_the_roll_is_changed() -> None:
    sheets: list[Sheet] = []
    machine = Machine(on_sheet=sheets.append)
    machine.faults.paper_out = True
    assert machine.receive(b"B042\n\x10\x04\x04\x1dVB\x00") == b"\x7e"
    assert sheets == []
    machine.change_roll()
    assert sheets[0].text == "B042\n"
