"""The code of an appointment: read however it comes, never mistaken for a ballot."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as some

from kiosk.appointment_code import CODE_LETTERS, code_address, code_hash, new_code, read_code, spaced
from kiosk.ballot import ALPHABET, ballot_text, new_ballot, read_ballot

_CODES = some.text(ALPHABET, min_size=CODE_LETTERS, max_size=CODE_LETTERS)


@given(code=_CODES)
def test_a_code_is_read_back_from_every_way_it_is_written(code: str) -> None:
    written = [code, code.lower(), spaced(code), code_address(code, None), code_address(code, "192.168.1.9:8080")]
    assert {read_code(text) for text in written} == {code}
    assert read_code(f" {code_address(code, 'phuong.vn').lower()}\r\n\0") == code


def test_letters_that_look_alike_are_understood() -> None:
    assert read_code("oil23-45678") == "0112345678"


@given(text=some.text(max_size=40))
def test_garbage_is_no_code_and_never_raises(text: str) -> None:
    found = read_code(text)
    assert found is None or len(found) == CODE_LETTERS


@pytest.mark.parametrize("text", ["", "H-", "H-123456789", "12345678901", "U234567890", "HTTP://HOST/V#1234567890"])
def test_what_is_not_ten_letters_is_no_code(text: str) -> None:
    assert read_code(text) is None


def test_a_ballot_is_never_a_code_and_a_code_never_a_ballot() -> None:
    assert read_code(ballot_text(new_ballot())) is None
    assert read_ballot(new_code()) is None


def test_codes_have_fifty_bits_and_do_not_repeat() -> None:
    codes = {new_code() for _ in range(1000)}
    assert len(codes) == 1000
    assert {letter for code in codes for letter in code} == set(ALPHABET)


def test_the_book_knows_a_code_by_its_hash() -> None:
    assert code_hash("7K3M9P2QXT") == hashlib.sha256(b"appointment7K3M9P2QXT").hexdigest()
