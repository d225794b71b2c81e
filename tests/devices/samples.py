"""Slips like those the desk makes."""

from __future__ import annotations

from datetime import UTC, date, datetime

from kiosk.appointment_slip import Reminder, reminder_slip
from kiosk.slip import Band, Cell, Cells, Code, Element, Ends, Head, Line, Mark, Number, Rule, Slip, Title
from kiosk.ticket_slip import SlipOffice
from kiosk.words import words

CODE = "7K3M9P2QXT"
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


def reminder(
    *,
    kind: str = "result",
    matter: str = "Xác nhận tình trạng hôn nhân",
    dossier: str = "000.00.00.H56-261123-0042",
    counter: str = "1",
    office: str = "phường Bắc Sơn",
    server: str | None = "192.168.1.9:8080",
    language: str = "vi",
) -> Slip:
    """The reminder of the look: a result on Friday 27/11/2026, a holiday already counted."""
    made = Reminder(
        "0", kind, matter, date(2026, 11, 27), "15:00", counter, CODE, dossier,
        holidays=(date(2026, 11, 24),) if kind == "result" else (),
    )  # fmt: skip
    now = datetime(2026, 11, 23, 3, 41, tzinfo=UTC)
    whose = SlipOffice(office, "kiosk-1", 7, server)
    return reminder_slip(made, office=whose, phone="0237 000 0100", words=words(language), now=now)
