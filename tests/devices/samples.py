"""Slips like those the desk makes."""

from __future__ import annotations

from kiosk.slip import Band, Cell, Cells, Code, Element, Ends, Head, Line, Mark, Number, Rule, Slip, Title

BALLOT = "0123456789ABCDEFGHJKMNPQRS"
ADDRESS = f"HTTP://192.168.1.9:8080/V#{BALLOT}"
LONG_WARD = "phường Nguyễn Thị Minh Khai – Bắc Sơn – Trần Hưng Đạo mở rộng"
LONG_SERVICE = "Đất đai, xây dựng, tài nguyên, môi trường và quy hoạch"


def ticket(
    *,
    number: str = "B042",
    title: str = "Chứng thực, sao y",
    office: str = "phường Bắc Sơn",
    cells: int = 2,
    copy: bool = False,
    address: str = ADDRESS,
) -> Slip:
    """A ticket's slip as drawn in the look: two cells, one, or none where nothing is known."""
    both = (Cell("phía trước còn", "6 người"), Cell("chờ khoảng", "15–25 phút"))
    elements: list[Element] = [Head("Ủy ban nhân dân", office), Band()]
    elements += [Mark("BẢN SAO")] if copy else []
    elements += [Title(title), Number(number)]
    elements += [Cells(both[:cells])] if cells else []
    elements += [
        Line("10:12, 23/11/2026, theo 2 quầy đang mở"),
        Rule(),
        Code(address, "Đánh giá sau khi được phục vụ", "Soi mã này ở máy hoặc bằng điện thoại. Không kèm tên."),
        Rule(),
        Line("Lỡ lượt, xin báo Quầy hướng dẫn."),
        Line("Xin cảm ơn ông/bà đã chờ."),
        Band(),
        Ends("Máy 1 · sổ 18.204", "7F3A 92C1 D05B 8KQ2"),
    ]
    return Slip(number[-4:], tuple(elements))
