"""Where lines break: by meaning, as the mocks do."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screens.touch.linebreaks import fold, greedy


def measure(text: str) -> int:
    return len(text)


AS_IN_THE_MOCKS = (
    ("Khai sinh,|kết hôn, khai tử", 20),
    ("Cư trú,|căn cước", 12),
    ("Hôm nay ông/bà có hài lòng|với việc phục vụ không?", 40),
    ("Khi có chậm trễ hoặc sai sót,|cán bộ có xin lỗi không?", 40),
    ("Mời ông/bà trở lại|sáng Thứ Tư, 25/11", 32),
    ("Không có|chậm trễ,|sai sót", 12),
    ("Có,|xin được ưu tiên", 18),
    ("Ý kiến không kèm tên.|Cán bộ ở quầy không xem được.", 36),
)


@pytest.mark.parametrize(("broken", "width"), AS_IN_THE_MOCKS)
def test_lines_break_by_meaning(broken: str, width: int) -> None:
    assert "|".join(fold(broken.replace("|", " "), width, measure)) == broken


def test_a_line_feed_is_kept() -> None:
    assert fold("một\nhai", 20, measure) == ("một", "hai")


def test_a_short_text_breaks_where_two_lines_are_asked_for() -> None:
    assert fold("Chứng thực, sao y", 40, measure, least_lines=2) == ("Chứng thực,", "sao y")
    assert fold("Góp", 40, measure, least_lines=2) == ("Góp",)


def test_a_running_text_fills_its_lines_and_keeps_pairs_and_numbers_whole() -> None:
    assert greedy("xin gặp cán bộ, hoặc gọi 0237 000 0100.", 20, measure) == (
        "xin gặp cán bộ, hoặc",
        "gọi 0237 000 0100.",
    )


words = st.lists(st.text("abcđêơ,.", min_size=1, max_size=9), min_size=1, max_size=12).map(" ".join)


@given(words, st.integers(min_value=9, max_value=60), st.integers(min_value=1, max_value=3))
def test_no_word_is_lost_and_no_line_is_too_wide(text: str, width: int, least: int) -> None:
    for lines in (fold(text, width, measure, least_lines=least), greedy(text, max(width, 20), measure)):
        assert " ".join(lines) == text
    assert all(measure(line) <= width for line in fold(text, width, measure, least_lines=least))
