"""Vietnamese: dates, numbers, order of words, finding without marks, numbers aloud."""

from __future__ import annotations

import random
import unicodedata
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as some

from kiosk.vietnamese import (
    SOUTH,
    Speech,
    aloud,
    decimal,
    document_date,
    fold,
    formal_time,
    long_date,
    money,
    number_aloud,
    person_key,
    short_date,
    sort_key,
    thousands,
)

ALOUD = {
    0: "không", 5: "năm", 10: "mười", 11: "mười một", 14: "mười bốn", 15: "mười lăm", 20: "hai mươi",
    21: "hai mươi mốt", 24: "hai mươi tư", 25: "hai mươi lăm", 44: "bốn mươi tư", 55: "năm mươi lăm",
    100: "một trăm", 101: "một trăm linh một", 104: "một trăm linh bốn", 105: "một trăm linh năm",
    110: "một trăm mười", 115: "một trăm mười lăm", 124: "một trăm hai mươi tư", 505: "năm trăm linh năm",
    999: "chín trăm chín mươi chín", 1001: "một nghìn không trăm linh một",
    1015: "một nghìn không trăm mười lăm", 1021: "một nghìn không trăm hai mươi mốt",
    12500: "mười hai nghìn năm trăm", 1_000_000: "một triệu", 2_000_005: "hai triệu không trăm linh năm",
    3_000_000_000: "ba tỷ", 10**12: "một nghìn tỷ",
}  # fmt: skip

SORTED = (
    "an", "ăn", "ân", "ẩn", "ấn", "bà an", "ba cô", "bác", "Bắc Sơn", "da", "dà", "dả", "dã", "dá", "dạ",
    "dân sự", "đất đai", "họ tên", "hồ sơ", "hộ tịch", "từ", "tử", "tứ", "tư pháp",
)  # fmt: skip


@pytest.mark.parametrize(("number", "said"), ALOUD.items())
def test_numbers_are_spoken_as_people_speak_them(number: int, said: str) -> None:
    assert aloud(number) == said


def test_the_south_and_the_careful_speak_otherwise() -> None:
    assert aloud(105, SOUTH) == "một trăm lẻ năm"
    assert aloud(1001, SOUTH) == "một ngàn không trăm lẻ một"
    assert aloud(24, Speech(four="bốn")) == "hai mươi bốn"


@pytest.mark.parametrize("number", [-1, 10**18])
def test_what_nobody_says_is_refused(number: int) -> None:
    with pytest.raises(ValueError, match="not spoken"):
        aloud(number)


@given(one=some.integers(0, 10**18 - 1), other=some.integers(0, 10**18 - 1))
def test_two_numbers_never_sound_alike(one: int, other: int) -> None:
    assert (aloud(one) == aloud(other)) == (one == other)


@given(number=some.integers(0, 99_999), other=some.integers(0, 99_999))
def test_two_small_numbers_never_sound_alike(number: int, other: int) -> None:
    assert (aloud(number) == aloud(other)) == (number == other)


def test_a_ticket_is_called_by_letter_and_number() -> None:
    assert number_aloud("A021") == "a, hai mươi mốt"
    assert number_aloud("A021", by_digit=True) == "a, không hai một"
    assert number_aloud("B105", speech=SOUTH) == "bê, một trăm lẻ năm"
    assert number_aloud("CH1000") == "xê hát, một nghìn"
    with pytest.raises(ValueError, match="no ticket"):
        number_aloud("21")


def test_words_stand_as_in_a_dictionary() -> None:
    mixed = list(SORTED)
    random.Random(7).shuffle(mixed)
    assert tuple(sorted(mixed, key=sort_key)) == SORTED
    decomposed = [unicodedata.normalize("NFD", word) for word in mixed]
    assert [unicodedata.normalize("NFC", word) for word in sorted(decomposed, key=sort_key)] == list(SORTED)


def test_people_are_sorted_by_given_name_then_middle_then_family() -> None:
    people = ["Trần Văn An", "Lê Thị Ánh", "Nguyễn Bình", "Lê Văn An", "Lê An"]
    assert sorted(people, key=person_key) == ["Lê An", "Lê Văn An", "Trần Văn An", "Lê Thị Ánh", "Nguyễn Bình"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Đăng  ký khai sinh", "dang ky khai sinh"),
        ("hoà", "hoa"),
        ("hòa", "hoa"),
        ("Ủy", "uy"),
        ("Uỷ", "uy"),
        (unicodedata.normalize("NFD", "Chứng thực"), "chung thuc"),
    ],
)
def test_words_are_found_without_their_marks(text: str, found: str) -> None:
    assert fold(text) == found


@given(some.text(max_size=60))
def test_folding_twice_changes_nothing_and_forms_fold_alike(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert fold(unicodedata.normalize("NFD", text)) == fold(text)


def test_dates_are_written_as_offices_write_them() -> None:
    culture_day = date(2026, 11, 24)
    assert short_date(culture_day) == "24/11/2026"
    assert long_date(culture_day) == "Thứ Ba, ngày 24 tháng 11 năm 2026"
    assert formal_time(datetime(2026, 11, 24, 8, 30)) == "08 giờ 30 phút, ngày 24 tháng 11 năm 2026"
    assert document_date(date(2027, 2, 5)) == "ngày 05 tháng 02 năm 2027"
    assert document_date(date(2027, 3, 5)) == "ngày 05 tháng 3 năm 2027"


def test_numbers_carry_points_and_a_comma() -> None:
    assert money(2000) == "2.000 đồng"
    assert thousands(1234567) == "1.234.567"
    assert decimal(8.5) == "8,5"
    assert decimal(1234.567, 2) == "1.234,57"
