"""What a printer says, sorted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.thermal.health import ERROR, OFFLINE, PAPER, PRINTER, health, health_unasked
from devices.thermal.replies import Block, PaperInOrder, Reply, ReplyReader, Status, Unasked
from kiosk.ports import PrinterState, PrinterStatus


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        (b"\x12", [Status(0x12)]),
        (b"\x1a\x72", [Status(0x1A), Status(0x72)]),
        (b"\x00\x0c", [PaperInOrder(0x00), PaperInOrder(0x0C)]),
        (b"\x10\x00\x0c\x00\x12", [Unasked(b"\x10\x00\x0c\x00"), Status(0x12)]),
        (b"\x37\x22B042\x00", [Block(b'"B042')]),
        (b"\x5f\x41\x00\x12", [Block(b"A"), Status(0x12)]),
        (b"\x06\x15\x12", [Status(0x12)]),
        (b"\x11\x13\x12", [Status(0x12)]),
        (b"\x37\x22B0\x1142\x13\x00", [Block(b'"B042')]),
        (b"\x10\x00\x12\x12", [Status(0x12), Status(0x12)]),
        (b"\x37" + b"x" * 200 + b"\x12", [Status(0x12)]),
    ],
)
def test_every_kind_of_answer_is_told_from_the_others(said: bytes, heard: list[Reply]) -> None:
    assert ReplyReader().feed(said) == heard


@given(st.binary(max_size=200), st.integers(0, 200))
def test_it_does_not_matter_where_the_bytes_are_cut(said: bytes, cut: int) -> None:
    in_parts = ReplyReader()
    assert in_parts.feed(said[:cut]) + in_parts.feed(said[cut:]) == ReplyReader().feed(said)


@pytest.mark.parametrize(
    ("answers", "state", "code"),
    [
        ({PRINTER: 0x12, OFFLINE: 0x12, ERROR: 0x12, PAPER: 0x12}, PrinterState.READY, ""),
        ({PRINTER: 0x12, PAPER: 0x1E}, PrinterState.NEAR_END, ""),
        ({PRINTER: 0x1A, OFFLINE: 0x32, PAPER: 0x7E}, PrinterState.TROUBLED, "P-101"),
        ({PRINTER: 0x1A, OFFLINE: 0x16}, PrinterState.TROUBLED, "P-102"),
        ({PRINTER: 0x1A, OFFLINE: 0x52, ERROR: 0x1A}, PrinterState.TROUBLED, "P-105"),
        ({PRINTER: 0x1A, OFFLINE: 0x52, ERROR: 0x52}, PrinterState.TROUBLED, "P-108"),
        ({PRINTER: 0x1A, OFFLINE: 0x52, ERROR: 0x32}, PrinterState.TROUBLED, "P-109"),
        ({PRINTER: 0x1A, OFFLINE: 0x12}, PrinterState.TROUBLED, "P-106"),
    ],
)
def test_the_cause_is_named_before_its_consequence(answers: dict[int, int], state: PrinterState, code: str) -> None:
    assert health(answers) == PrinterStatus(state, code)


@pytest.mark.parametrize(("block", "code"), [(b"\x10\0\0\0", ""), (b"\x18\0\x0c\0", "P-101"), (b"\x38\0\0\0", "P-102")])
def test_what_comes_unasked_means_the_same(block: bytes, code: str) -> None:
    assert health_unasked(block).reason == code
