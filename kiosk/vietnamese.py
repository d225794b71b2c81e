"""Vietnamese as it is written, sorted, searched and spoken (domain section 9)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật")
WEEKDAYS_SHORT = ("T2", "T3", "T4", "T5", "T6", "T7", "CN")

# --- dates, times, numbers as written -------------------------------------------------------------


def short_date(day: date) -> str:
    """``24/11/2026``."""
    return f"{day:%d/%m/%Y}"


def long_date(day: date) -> str:
    """``Thứ Ba, ngày 24 tháng 11 năm 2026``."""
    return f"{WEEKDAYS[day.weekday()]}, {document_date(day)}"


def document_date(day: date) -> str:
    """``ngày 05 tháng 02 năm 2027``: a leading zero for days below 10 and for months 1 and 2 only."""
    month = f"{day.month:02d}" if day.month <= 2 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def formal_time(moment: datetime) -> str:
    """``08 giờ 30 phút, ngày 24 tháng 11 năm 2026``; the moment is office time."""
    return f"{moment:%H} giờ {moment:%M} phút, {document_date(moment)}"


def thousands(number: int) -> str:
    """``12.500``."""
    return f"{number:,}".replace(",", ".")


def decimal(number: float, places: int = 1) -> str:
    """``8,5``; thousands with points."""
    return f"{number:,.{places}f}".translate(str.maketrans(",.", ".,"))


def money(dong: int) -> str:
    """``2.000 đồng``."""
    return f"{thousands(dong)} đồng"


# --- sorting and finding --------------------------------------------------------------------------

_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TONES = ("\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
"""huyền < hỏi < ngã < sắc < nặng; ngang is no mark."""

SortKey = tuple[tuple[int, ...], tuple[int, ...], str]


def sort_key(text: str) -> SortKey:
    """Sorts as a Vietnamese dictionary does: letters of the whole text first, then tones."""
    letters, tones = [], []
    for letter, tone in _split(text):
        letters.append(letter)
        tones.append(tone)
    return tuple(letters), tuple(tones), unicodedata.normalize("NFC", text)


def person_key(name: str) -> tuple[SortKey, SortKey, SortKey]:
    """Sorts people: by the last word (the given name), the middle names, the family name."""
    words = name.split()
    family = words[0] if len(words) > 1 else ""
    return sort_key(words[-1] if words else ""), sort_key(" ".join(words[1:-1])), sort_key(family)


def fold(text: str) -> str:
    """The text for finding: small letters without any mark, single spaces (``dang ky khai sinh``)."""
    small = unicodedata.normalize("NFC", text).casefold().replace("đ", "d")
    bare = "".join(letter for letter in unicodedata.normalize("NFD", small) if not unicodedata.combining(letter))
    return " ".join(bare.split())


def _split(text: str) -> Iterator[tuple[int, int]]:
    """Each letter's place in the alphabet (other signs before it) and its tone, 0 for ngang."""
    for whole in unicodedata.normalize("NFC", text).casefold():
        marks = unicodedata.normalize("NFD", whole)
        tone = next((place for place, mark in enumerate(_TONES, 1) if mark in marks), 0)
        bare = unicodedata.normalize("NFC", "".join(mark for mark in marks if mark not in _TONES))
        yield _place(bare), tone


@cache
def _place(letter: str) -> int:
    if letter in _LETTERS and len(letter) == 1:
        return 0x200000 + _LETTERS.index(letter)
    return ord(letter[0]) if letter else 0


# --- numbers and calls aloud ----------------------------------------------------------------------

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_SCALES = ("", "nghìn", "triệu", "tỷ")
_NAMES: Mapping[str, str] = {
    "A": "a", "B": "bê", "C": "xê", "E": "e", "G": "giê", "H": "hát", "K": "ca", "L": "lờ", "M": "mờ", "N": "nờ",
    "P": "pê", "R": "rờ", "S": "sờ", "T": "tê", "U": "u", "V": "vê", "X": "ích", "Y": "i dài",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Speech:
    """How numbers are spoken here: ``linh`` or ``lẻ``, ``nghìn`` or ``ngàn``, ``tư`` or ``bốn`` after mươi."""

    odd: str = "linh"
    thousand: str = "nghìn"
    four: str = "tư"


NORTH = Speech()
SOUTH = Speech(odd="lẻ", thousand="ngàn")


def aloud(number: int, speech: Speech = NORTH) -> str:
    """A whole number from 0 below a billion billion in words; ``ValueError`` for another."""
    if not 0 <= number < 10**18:
        raise ValueError(f"{number} is not spoken here")
    if number == 0:
        return _DIGITS[0]
    return " ".join(_billions(number, speech, inner=False))


def _billions(number: int, speech: Speech, *, inner: bool) -> Iterator[str]:
    """``tỷ`` is where counting begins again: a billion billions are said by themselves."""
    above, below = divmod(number, 10**9)
    if above:
        yield from _billions(above, speech, inner=inner)
        yield _SCALES[3]
    yield from _groups(below, speech, inner=inner or bool(above))


def _groups(number: int, speech: Speech, *, inner: bool) -> Iterator[str]:
    for scale in (2, 1, 0):
        part = number // 1000**scale % 1000
        if part:
            yield from _hundreds(part, speech, inner=inner)
            if scale:
                yield speech.thousand if scale == 1 else _SCALES[scale]
            inner = True


def _hundreds(number: int, speech: Speech, *, inner: bool) -> Iterator[str]:
    """Three digits; ``inner``: something was said before, so an empty hundred is said too."""
    hundreds, rest = divmod(number, 100)
    if hundreds or inner:
        yield f"{_DIGITS[hundreds]} trăm"
    tens, ones = divmod(rest, 10)
    if tens == 0:
        if ones:
            yield f"{speech.odd} {_DIGITS[ones]}" if hundreds or inner else _DIGITS[ones]
        return
    yield "mười" if tens == 1 else f"{_DIGITS[tens]} mươi"
    if ones:
        yield _one_after_ten(tens, ones, speech)


def _one_after_ten(tens: int, ones: int, speech: Speech) -> str:
    if ones == 5:
        return "lăm"
    if tens > 1 and ones in (1, 4):
        return "mốt" if ones == 1 else speech.four
    return _DIGITS[ones]


def number_aloud(number: str, *, by_digit: bool = False, speech: Speech = NORTH) -> str:
    """A ticket's number: ``A021`` is "a, hai mươi mốt", in noise (``by_digit``) "a, không hai một"."""
    found = re.fullmatch(r"([A-Z]{1,2})([0-9]+)", number)
    if found is None:
        raise ValueError(f"{number!r} is no ticket's number")
    letters = " ".join(_NAMES.get(letter, letter.lower()) for letter in found[1])
    digits = " ".join(_DIGITS[int(digit)] for digit in found[2]) if by_digit else aloud(int(found[2]), speech)
    return f"{letters}, {digits}"
