"""The trial slip: every kind of element and every Vietnamese letter, for a person to look at."""

from __future__ import annotations

from datetime import datetime

from kiosk.slip import (
    Band,
    Cell,
    Cells,
    Code,
    Ends,
    Head,
    Line,
    Mark,
    Number,
    Rule,
    Slip,
    Title,
)

LETTERS = (
    "aáàảãạ ăắằẳẵặ âấầẩẫậ",
    "eéèẻẽẹ êếềểễệ iíìỉĩị",
    "oóòỏõọ ôốồổỗộ ơớờởỡợ",
    "uúùủũụ ưứừửữự yýỳỷỹỵ đ",
)
"""All marked letters; their capitals follow from them."""


def trial_slip(moment: datetime, address: str) -> Slip:
    """A slip that names the printer's address and shows whatever tickets may show."""
    return Slip(
        "TEST",
        (
            Head("Phiếu thử máy in", "Thân Thiện"),
            Band(),
            Mark("BẢN THỬ"),
            Title("Chứng thực, sao y"),
            Number("B042"),
            Cells((Cell("phía trước còn", "6 người"), Cell("chờ khoảng", "15–25 phút"))),
            Line(f"{moment.astimezone():%H:%M:%S, %d/%m/%Y}"),
            Rule(),
            *(Line(line) for line in LETTERS),
            *(Line(line.upper()) for line in LETTERS),
            Rule(),
            Code("HTTP://127.0.0.1:8080/V#00000000000000000000000000", "Soi thử mã này", "Máy ảnh phải đọc được."),
            Rule(),
            Line("Đủ dấu, đủ nét, không mất hai bên.", strong=True),
            Band(),
            Ends(address[:24], "0000 0000 0000 0000"),
        ),
    )
