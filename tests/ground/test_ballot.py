"""Ballots and checkpoints: what stands on paper."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.ballot import (
    ALPHABET,
    ballot_issue,
    ballot_line,
    ballot_text,
    ballot_used,
    new_ballot,
    read_ballot,
    slip_address,
)


@given(st.binary(min_size=16, max_size=16))
def test_a_ballot_is_read_back_from_its_letters(ballot: bytes) -> None:
    text = ballot_text(ballot)
    assert len(text) == 26
    assert set(text) <= set(ALPHABET)
    assert read_ballot(text) == read_ballot(f" {text.lower()}\r") == ballot
    assert read_ballot(text.replace("0", "O").replace("1", "l")) == ballot


@given(st.text())
def test_whatever_a_scanner_spits_is_a_ballot_or_nothing(text: str) -> None:
    read = read_ballot(text)
    assert read is None or len(read) == 16


@pytest.mark.parametrize("text", ["", "0" * 25, "0" * 27, "U" * 26, "Z" * 26, "8" + "0" * 25])
def test_what_is_not_128_bits_is_no_ballot(text: str) -> None:
    assert read_ballot(text) is None


def test_the_three_hashes_are_what_the_contract_says() -> None:
    ballot = bytes(range(16))
    assert ballot_issue(ballot) == hashlib.sha256(b"issue" + ballot).hexdigest()
    assert ballot_used(ballot) == hashlib.sha256(b"used" + ballot).hexdigest()
    assert ballot_line(ballot) == hashlib.sha256(b"line" + ballot).hexdigest()


def test_two_ballots_are_never_alike() -> None:
    assert len({new_ballot() for _ in range(1000)}) == 1000


def test_the_qr_keeps_to_letters_that_a_small_code_can_hold() -> None:
    address = slip_address(bytes(16), "10.0.0.5:8080")
    assert address == "HTTP://10.0.0.5:8080/V#" + "0" * 26
    assert slip_address(bytes(16), None) == "0" * 26
