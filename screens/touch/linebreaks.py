"""Where a text may break: by meaning, never inside a pair that is read as one word.

Vietnamese writes its syllables apart, so a plain wrapper tears words ("căn / cước").
All ways to break into the fewest lines are weighed: even lines, a break after a comma or
a full stop, none before a word that leans on the one in front of it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from itertools import pairwise

Measure = Callable[[str], int]

TORN_PAIR = 4.0
TORN = 2.0
"""What a torn pair costs, and from which cost on another line is the lesser evil."""
_PAIRS = frozenset(
    [
        "căn cước",
        "khai sinh",
        "kết hôn",
        "khai tử",
        "sao y",
        "chứng thực",
        "đất đai",
        "xây dựng",
        "trợ cấp",
        "có công",
        "người có",
        "kinh doanh",
        "hộ kinh",
        "buôn bán",
        "cư trú",
        "bổ sung",
        "kết quả",
        "công dân",
        "phản ánh",
        "tiếp công",
        "hài lòng",
        "bình thường",
        "phục vụ",
        "ưu tiên",
        "xin lỗi",
        "cảm ơn",
        "cán bộ",
        "lắng nghe",
        "trình bày",
        "chậm trễ",
        "sai sót",
        "thời gian",
        "thêm thời",
        "màn hình",
        "bắt đầu",
        "hướng dẫn",
        "quầy hướng",
        "chúng tôi",
        "bà con",
        "ý kiến",
        "tận tình",
        "cặn kẽ",
        "thắc mắc",
        "giải quyết",
        "công việc",
        "giải thích",
        "phiền hà",
        "sách nhiễu",
        "đùn đẩy",
        "trễ hẹn",
        "đúng hẹn",
        "chào hỏi",
        "yên tâm",
        "tôn trọng",
        "giao tiếp",
        "lịch sự",
        "văn minh",
        "văn hóa",
        "trách nhiệm",
        "né tránh",
        "giấy tờ",
        "điện thoại",
        "máy ảnh",
        "cao tuổi",
        "khuyết tật",
        "phụ nữ",
        "mang thai",
        "con nhỏ",
        "đang ốm",
        "đánh giá",
        "thứ hai",
        "thứ ba",
        "thứ tư",
        "thứ năm",
        "thứ sáu",
        "thứ bảy",
        "chủ nhật",
        "ủy ban",
        "nhân dân",
        "trung tâm",
        "giá trị",
        "cửa vào",
        "nghe máy",
        "số thường",
        "chính quyền",
        "thân thiện",
        "xin mời",
        "kính chào",
        "trở lại",
        "trả lời",
        "góp ý",
        "đường dây",
        "tiếp dân",
        "bên trái",
        "bên phải",
        "cần làm",
        "của ông/bà",
        "không có",
        "chưa đến",
        "sớm hơn",
        "identity card",
        "the official",
        "needless trouble",
        "one place",
        "merit benefits",
        "collect results",
        "help desk",
        "on time",
    ]
)
_LEADS = frozenset(
    ["với", "để", "và", "hoặc", "cho", "của", "theo", "ở", "trong", "khi", "mà", "bằng", "từ", "vì", "là"]
)
"""Words that begin a line rather than end one."""


def fold(text: str, width: int, measure: Measure, *, least_lines: int = 1) -> tuple[str, ...]:
    """The text in as few lines as fit into ``width`` pixels (at least ``least_lines`` if it can break).

    A line feed in the text is kept as a break. One word that is wider than ``width`` stands
    alone: the caller sees it from ``measure`` and takes a smaller type.
    """
    if "\n" in text:
        return tuple(line for part in text.split("\n") for line in fold(part, width, measure))
    words = tuple(text.split(" "))
    for count in range(min(least_lines, len(words)), len(words) + 1):
        found = _best(words, count, width, measure)
        if found is None:
            continue
        roomier = _best(words, count + 1, width, measure) if found[0] > TORN and count > 1 else None
        return roomier[1] if roomier is not None and roomier[0] < TORN else found[1]
    return words


def _best(words: tuple[str, ...], count: int, width: int, measure: Measure) -> tuple[float, tuple[str, ...]] | None:
    even = measure(" ".join(words)) / count

    @cache
    def tail(start: int, lines: int) -> tuple[float, tuple[str, ...]] | None:
        if lines == 1:
            last = " ".join(words[start:])
            wide = measure(last)
            return (_raggedness(wide, even), (last,)) if wide <= width else None
        choices = []
        for end in range(start + 1, len(words) - lines + 2):
            line = " ".join(words[start:end])
            wide = measure(line)
            if wide > width:
                break
            rest = tail(end, lines - 1)
            if rest is not None:
                cost = _raggedness(wide, even) + _break_cost(words[end - 1], words[end]) + rest[0]
                choices.append((cost, (line, *rest[1])))
        return min(choices) if choices else None

    return tail(0, count)


def _raggedness(wide: int, even: float) -> float:
    return ((wide - even) / max(even, 1)) ** 2


def _break_cost(before: str, after: str) -> float:
    if not before or not after or after[0].isdigit():  # a word that is not known leaves a gap
        return TORN_PAIR
    if before in "–-":
        return -1.0
    if before[-1] in ".?!":
        return -2.0
    if before[-1] in ",;·:":
        return -1.2
    if f"{before} {after}".strip(",.?!").lower() in _PAIRS:
        return TORN_PAIR
    return 0.3 if before.lower() in _LEADS else 0.0


def greedy(text: str, width: int, measure: Measure) -> tuple[str, ...]:
    """A running text, each line as full as it gets, pairs kept together; for explanations."""
    lines: list[str] = []
    for word in _glued(text):
        if lines and measure(f"{lines[-1]} {word}") <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return tuple(lines)


def _glued(text: str) -> list[str]:
    words = text.split(" ")
    glued = [words[0]]
    for before, after in pairwise(words):
        number = before[-1].isdigit() and after[0].isdigit()
        if number or f"{before} {after}".strip(",.?!:").lower() in _PAIRS:
            glued[-1] += f" {after}"
        else:
            glued.append(after)
    return glued
