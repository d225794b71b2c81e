"""Scans: a ballot in every spelling is found, an identity card is recognised and dropped."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from kiosk.ballot import ballot_text, slip_address
from kiosk.scans import Scan, ScanKind, read_scan

BALLOT = bytes(range(16))
CARD = "038090001234|171234567|Nguyễn Thị Lan|01011990|Nữ|Phường Bắc Sơn, Thanh Hóa|01072022"

_ballots = some.binary(min_size=16, max_size=16)
_case = some.sampled_from([str.upper, str.lower, str.swapcase])
_around = some.sampled_from(["", " ", "\r", "\r\n", "\t", "\0"])


@given(ballot=_ballots, case=_case, end=_around)
def test_a_bare_ballot_is_read_in_any_case(ballot: bytes, case: object, end: str) -> None:
    assert callable(case)
    assert read_scan(case(ballot_text(ballot)) + end) == Scan(ScanKind.BALLOT, ballot)


@given(ballot=_ballots, case=_case, host=some.sampled_from(["10.0.0.5", "ward.example:8080", "[::1]:80"]))
def test_the_address_on_a_slip_is_read_in_any_case(ballot: bytes, case: object, host: str) -> None:
    assert callable(case)
    assert read_scan(case(slip_address(ballot, host))).ballot == ballot


@given(
    number=some.text("0123456789", min_size=12, max_size=12),
    fields=some.lists(some.text(some.characters(exclude_characters="|"), max_size=30), min_size=6, max_size=11),
)
def test_an_identity_card_is_recognised_and_nothing_of_it_is_kept(number: str, fields: list[str]) -> None:
    scan = read_scan("|".join((number, *fields)))
    assert scan == Scan(ScanKind.IDENTITY_CARD)
    assert number not in repr(scan)


@pytest.mark.parametrize(
    "text", [CARD, CARD + "|Nguyễn Văn A|Trần Thị B||", CARD.replace("171234567", ""), CARD + "\r\n"]
)
def test_both_generations_of_the_card_are_recognised(text: str) -> None:
    assert read_scan(text).kind is ScanKind.IDENTITY_CARD


@pytest.mark.parametrize(
    "text",
    [
        "",
        "038090001234",
        "38090001234|a|b|c|d|e|f",
        "HS4010123456789|4e67|01/01/1990|1|a|b|c",
        "https://example.org/",
        "HTTP://10.0.0.5/V#",
        "HTTP://10.0.0.5/V?x#" + ballot_text(BALLOT),
        "HTTP://10.0.0.5/W#" + ballot_text(BALLOT),
        "HTTP://10.0.0.5/V#" + ballot_text(BALLOT)[:-1],
        ballot_text(BALLOT) + "0",
        "Z" * 26,
        "U" * 26,
    ],
)
def test_anything_else_is_unknown(text: str) -> None:
    assert read_scan(text) == Scan(ScanKind.UNKNOWN)


@given(some.text(max_size=80))
def test_no_text_whatever_breaks_the_reader(text: str) -> None:
    scan = read_scan(text)
    assert (scan.ballot is not None) == (scan.kind is ScanKind.BALLOT)


def test_a_ballot_never_shows_in_what_is_printed_of_a_scan() -> None:
    assert repr(read_scan(ballot_text(BALLOT))) == "Scan(kind=<ScanKind.BALLOT: 'ballot'>)"
