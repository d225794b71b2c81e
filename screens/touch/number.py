"""The number: as large as the card takes it, whatever became of the paper."""

from __future__ import annotations

from kiosk.visit import Printing
from kiosk.visit_events import CopyAsked, DonePressed
from kiosk.visit_lobby_events import HelpPressed, WhyAsked
from kiosk.waits import Waiting
from screens.touch.board import Title, put_board
from screens.touch.drawing import Art, Box, Code, Panel, around
from screens.touch.frame import button_row, ground_box, help_word, put_footer, put_ground
from screens.touch.parts import (
    PRIMARY,
    Button,
    Said,
    card,
    dark_disc,
    fits,
    put_button,
    said_height,
    said_items,
)
from screens.touch.scene import Scene, TicketNote
from screens.touch.sheet import BLACK, BOLD, CENTRE, RIGHT, SEMIBOLD, Sheet, Type

REASONS = {
    "P-101": "paper", "P-102": "cover", "P-103": "silent", "P-104": "unknown", "P-105": "stuck", "P-106": "silent",
    "P-107": "unknown", "P-108": "hot", "P-110": "unknown",
}  # fmt: skip
"""Trouble code -> what is said of the printer; any other code is a plain fault."""


def draw_number(sheet: Sheet, scene: Scene) -> None:
    """The number, and where its slip comes out."""
    rest = _put_why_key(sheet, scene, _put_frame(sheet, scene))
    take = _take_said(sheet, scene)
    take_w = rest.w - _take_x(sheet)
    phone = _phone_said(sheet, scene)
    phone_h = min(
        max(sheet.size("phone_h"), _code_card_h(sheet, rest.w, "qr_small", phone)), round(rest.h * sheet.share("phone"))
    )
    take_h = min(sheet.size("take_most"), rest.h - phone_h - sheet.look.gap)
    room = fits(Box(0, 0, take_w, take_h), take) and fits(_code_text(sheet, rest.w, phone_h, "qr_small"), phone)
    if scene.qr and scene.phones and room:
        air = (rest.h - take_h - phone_h) // 3
        _put_take(sheet, take, Box(rest.x, rest.y + air, rest.w, take_h))
        _put_code_card(sheet, scene, Box(rest.x, rest.y + take_h + 2 * air, rest.w, phone_h), "qr_small", phone)
    else:
        _put_take(sheet, take, rest)
    _put_done_row(sheet, scene)
    put_footer(sheet)


def draw_no_paper(sheet: Sheet, scene: Scene) -> None:
    """The number without a slip, or nobody knows: why, and how to keep it.

    Where a small panel has no room for the card with the code, the alert stands alone.
    """
    rest = _put_frame(sheet, scene)
    gap = sheet.look.gap if sheet.look.landscape else sheet.size("keep_gap")
    code = sheet.type("note", SEMIBOLD, grows="title")
    code_h = code.cap + 2 * gap if scene.visit.reason else gap
    room = Box(rest.x, rest.y + gap, rest.w, rest.h - gap - code_h)
    bottom = _put_both(sheet, scene, room, gap)
    if scene.visit.reason:
        text = scene.words.say("ticket_no_paper.code", code=scene.visit.reason)
        code = code.one_line(text, rest.w)
        sheet.write(text, (rest.right - sheet.size("xs"), bottom + gap + code.cap), code, "ink2", RIGHT)
    _put_kept_row(sheet, scene)
    put_footer(sheet)


def _put_both(sheet: Sheet, scene: Scene, room: Box, gap: int) -> int:
    """The alert, and the card below it if there is room; returns where they end."""
    keep, alert = _keep_said(sheet, scene), _alert_said(sheet, scene)
    alert_h = max(sheet.size("alert_h"), said_height(alert, _alert_text(sheet, room).w) + 2 * sheet.size("m"))
    alert_box = Box(room.x, room.y, room.w, min(alert_h, round(room.h * sheet.share("alert"))))
    left = room.bottom - alert_box.bottom - gap
    keep_h = min(max(sheet.size("keep_h"), _code_card_h(sheet, room.w, "qr_large", keep)), left)
    both = fits(_alert_text(sheet, alert_box), alert) and fits(_code_text(sheet, room.w, keep_h, "qr_large"), keep)
    if not both:
        alert_box = Box(room.x, room.y, room.w, min(alert_h, room.h))
        _put_alert(sheet, alert, alert_box)
        return alert_box.bottom
    _put_alert(sheet, alert, alert_box)
    keep_box = Box(room.x, alert_box.bottom + gap, room.w, keep_h)
    _put_code_card(sheet, scene, keep_box, "qr_large", keep)
    return keep_box.bottom


def _put_frame(sheet: Sheet, scene: Scene) -> Box:
    """Board, ground and the number's card; returns the room that is left."""
    service = scene.ticket.service if scene.ticket else scene.service_name
    bottom = put_board(sheet, scene, Title(service, scene.words.say("ticket_done.title"), "number"))
    put_ground(sheet, bottom)
    area = ground_box(sheet, bottom)
    row = button_row(sheet, area)
    size = sheet.size
    if sheet.look.landscape:
        top, gap = size("top_wide"), size("l")
        width = round(area.w * sheet.share("number_wide"))
        box = Box(area.x, top, width, row.y - top - gap)
        _put_number_card(sheet, scene, box)
        return Box(box.right + gap, top, area.right - box.right - gap, box.h)
    lower = bottom - size("board_number")
    x = size("number_x")
    box = Box(x, size("number_y") + lower, sheet.box.w - 2 * x, size("number_card_h"))
    _put_number_card(sheet, scene, box)
    return Box(box.x, box.bottom, box.w, row.y - box.bottom)


def _put_number_card(sheet: Sheet, scene: Scene, box: Box) -> None:
    size = sheet.size
    sheet.add(Panel(box, size("number_radius"), "surface", "line", size("border_decor"), size("number_drop")))
    pad = size("number_pad")
    band = box.bottom - size("number_card_h") + size("number_band")
    art = size("band_art")
    sheet.add(Art(Box(box.x + pad, band - art // 2, box.w - 2 * pad, art), "band", ("bronze",)))
    number = scene.ticket.number if scene.ticket else ""
    room = band - art - box.y
    type_ = sheet.type("number_card", BLACK, grows="not")
    type_, lines = type_.fitted(number, box.w - pad, room - pad)
    base = box.y + (room + type_.cap) // 2 + size("number_low")
    sheet.write_lines(lines, (box.mid[0], base), type_, "son", CENTRE)
    below = Box(box.x + pad, band + art // 2, box.w - 2 * pad, box.bottom - band - art // 2)
    _put_cells(sheet, scene, below.inset(0, size("s")))


def _put_cells(sheet: Sheet, scene: Scene, area: Box) -> None:
    """People ahead and the range where they are known; else when the number was taken, and for what."""
    if scene.ticket is None:
        return
    left, right = _cells(scene, scene.ticket)
    waiting = scene.visit.waiting
    split = area.x + round(area.w * sheet.share("cell_wait" if waiting else "cell_left"))
    boxes = (Box(area.x, area.y, split - area.x, area.h), Box(split, area.y, area.right - split, area.h))
    pad = sheet.size("s")
    for box, (large, small) in zip(boxes, (left, right), strict=True):
        inner = box.inset(pad, 0)
        head = _cell_type(sheet, large, inner.w)
        said = (
            Said(head, large, "ink"),
            Said(sheet.type("cell_sub", SEMIBOLD, grows="title").one_line(small, inner.w), small, "ink2"),
        )
        sheet.add(*said_items(inner, said, align=CENTRE))
    rule = sheet.size("cells_h")
    sheet.fill(Box(split, area.mid[1] - rule // 2, sheet.size("border_decor"), rule), "line")


def _cells(scene: Scene, ticket: TicketNote) -> tuple[tuple[str, str], tuple[str, str]]:
    """Large words and the small ones below them, left and right."""
    say, waiting = scene.words.say, scene.visit.waiting
    turn = say("ticket_done.turn_priority" if ticket.priority else "ticket_done.turn_regular")
    if ticket.appointment_at:
        turn = say("ticket_done.turn_appointment", time=ticket.appointment_at)
    if waiting is None:
        return (f"{ticket.issued_at:%H:%M}", say("ticket_done.issued")), (ticket.service, turn)
    ahead = say("ticket_done.ahead_n", n=waiting.ahead) if waiting.ahead else say("ticket_done.ahead_none")
    return (ahead, say("ticket_done.ahead_sub")), _range_cell(scene, waiting) or (ticket.service, turn)


def _range_cell(scene: Scene, waiting: Waiting) -> tuple[str, str] | None:
    if waiting.minutes is None:
        return None
    say = scene.words.say
    first, last = waiting.minutes
    return say("ticket_done.range_n", a=first, b=last), say("ticket_done.range_sub", k=waiting.counters)


def _put_why_key(sheet: Sheet, scene: Scene, rest: Box) -> Box:
    """The key that asks why the number is so high, if somebody knows; returns the room that is left above it."""
    if scene.why is None:
        return rest
    height, gap = sheet.look.target("chip_h"), sheet.look.gap
    if rest.h < 3 * height:
        return rest
    word = scene.words.say("why.key", n=scene.why.number)
    if sheet.type("smallest", BOLD).one_line(word, 0).width(word) > rest.w - 2 * sheet.size("button_pad"):
        return rest
    box = Box(rest.x, rest.bottom - height - (0 if sheet.look.landscape else gap), rest.w, height)
    put_button(sheet, box, Button(name="why", event=WhyAsked(), word=word, icon="question", role="smallest"))
    return Box(rest.x, rest.y, rest.w, box.y - gap - rest.y)


def _cell_type(sheet: Sheet, text: str, room: int) -> Type:
    """Large letters in one line; where they would get as small as the line below, two lines of smaller ones."""
    type_ = sheet.type("cell", BOLD, 1.13, grows="title").one_line(text, room)
    small = sheet.type("card_title", BOLD, 1.13, grows="not")
    return type_ if type_.size >= small.size else small


def _take_said(sheet: Sheet, scene: Scene) -> tuple[Said, ...]:
    head, sub = ("card_title", "card_text") if sheet.look.landscape else ("lead", "lead_sub")
    say, sub_word = scene.words.say, "take_called" if scene.calls else "take_sub"
    first = Said(sheet.type(head, BOLD, 1.16), say(f"ticket_done.{_paper_state(scene)}"), "ink")
    return first, Said(sheet.type(sub, SEMIBOLD, 1.3), say(f"ticket_done.{sub_word}"), "ink2")


def _take_x(sheet: Sheet) -> int:
    """From the arrow's left edge to the words."""
    return sheet.size("take_disc_wide" if sheet.look.landscape else "take_disc") + sheet.size("take_text")


def _put_take(sheet: Sheet, said: tuple[Said, ...], area: Box) -> None:
    """The arrow to the slot, and what to do until called."""
    x = area.x + _take_x(sheet)
    diameter = x - area.x - sheet.size("take_text")
    icon = round(diameter * sheet.size("take_icon") / sheet.size("take_disc"))
    sheet.add(*dark_disc((area.x + diameter // 2, area.mid[1]), diameter, "arrow-fat-down", icon))
    sheet.add(*said_items(Box(x, area.y, area.right - x, area.h), said))


def _paper_state(scene: Scene) -> str:
    if scene.visit.printing is Printing.WAITING:
        return "copying" if scene.visit.copy_asked else "printing"
    return "take_copy" if scene.visit.copy_asked else "take"


def _phone_said(sheet: Sheet, scene: Scene) -> tuple[Said, ...]:
    about = "place" if scene.calls else "phone"
    return _code_said(sheet, scene.words.say(f"ticket_done.{about}"), scene.words.say(f"ticket_done.{about}_sub"))


def _keep_said(sheet: Sheet, scene: Scene) -> tuple[Said, ...]:
    way = "phone" if scene.phones else "photo"
    return _code_said(sheet, scene.words.say("ticket_no_paper.keep"), scene.words.say(f"ticket_no_paper.keep_{way}"))


def _code_said(sheet: Sheet, head: str, text: str) -> tuple[Said, ...]:
    title = Said(sheet.type("card_title", BOLD, 1.2), head, "ink")
    return title, Said(sheet.type("card_text", SEMIBOLD), text, "ink2", full=True)


def _code_side(sheet: Sheet, width: int, role: str) -> int:
    """How large the code is on a card of that width: a third of it at most."""
    return min(sheet.size(role), (width - 2 * sheet.size("qr_pad")) // 3)


def _code_card_h(sheet: Sheet, width: int, role: str, said: tuple[Said, ...]) -> int:
    """The height a card needs for its code and its words."""
    side = _code_side(sheet, width, role)
    room = width - 2 * sheet.size("qr_pad") - side - sheet.size("qr_gap")
    return max(side + 2 * sheet.size("qr_pad"), said_height(said, room) + 2 * sheet.size("m"))


def _code_text(sheet: Sheet, width: int, height: int, role: str) -> Box:
    """The room for words beside the code of a card of that size, the card's corner at the origin."""
    pad = sheet.size("qr_pad")
    x = pad + _code_side(sheet, width, role) + sheet.size("qr_gap") + (sheet.size("m") if sheet.bold_edges else 0)
    return Box(x, sheet.size("xs"), width - pad - x, height - 2 * sheet.size("xs"))


def _put_code_card(sheet: Sheet, scene: Scene, box: Box, role: str, said: tuple[Said, ...]) -> None:
    size = sheet.size
    sheet.add(card(sheet, box))
    side = min(_code_side(sheet, box.w, role), box.h - 2 * size("m"))
    text = _code_text(sheet, box.w, box.h, role)
    x = text.x - size("qr_gap") - side
    if scene.qr:
        paper = Box(box.x + x, box.mid[1] - side // 2, side, side)
        if sheet.bold_edges:
            sheet.add(Panel(paper.inset(-size("m")), size("xs"), "code_ground"))
        sheet.add(Code(paper, scene.qr, "code_ink"))
    else:
        text = Box(size("qr_pad"), text.y, box.w - 2 * size("qr_pad"), text.h)
    sheet.add(*said_items(Box(box.x + text.x, box.y + text.y, text.w, text.h), said))


def _alert_said(sheet: Sheet, scene: Scene) -> tuple[Said, ...]:
    say = scene.words.say
    number = scene.ticket.number if scene.ticket else ""
    unknown = scene.visit.printing is Printing.UNKNOWN
    about = "unknown" if unknown else REASONS.get(scene.visit.reason, "fault")
    sub = "sub_copy" if unknown and not scene.visit.copy_asked else "sub"
    head = Said(sheet.type("alert", BOLD, 1.2), say(f"ticket_no_paper.{about}"), "bad")
    return head, Said(sheet.type("alert_sub", SEMIBOLD), say(f"ticket_no_paper.{sub}", number=number), "ink")


def _alert_icon(sheet: Sheet) -> tuple[int, int]:
    """Side of the alert's icon, and what stands before it."""
    wide = sheet.look.landscape
    return sheet.size("alert_icon_wide" if wide else "alert_icon"), sheet.size("m" if wide else "alert_pad")


def _alert_text(sheet: Sheet, box: Box) -> Box:
    """The room for words in an alert."""
    icon, pad = _alert_icon(sheet)
    x = box.x + pad + icon + (pad if sheet.look.landscape else sheet.size("alert_text"))
    return Box(x, box.y + sheet.size("xs"), box.right - sheet.size("m") - x, box.h - 2 * sheet.size("xs"))


def _put_alert(sheet: Sheet, said: tuple[Said, ...], box: Box) -> None:
    icon, pad = _alert_icon(sheet)
    sheet.add(Panel(box, sheet.size("radius_card"), "bad_bg", "bad", sheet.size("border_answer")))
    sheet.add(Art(around((box.x + pad + icon // 2, box.mid[1]), icon, icon), "warning-circle", ("bad",)))
    sheet.add(*said_items(_alert_text(sheet, box), said))


# --- buttons -----------------------------------------------------------------------------------------


def _split_row(sheet: Sheet) -> tuple[Box, Box, Box]:
    """The row of buttons: whole, its left part and its right part."""
    row = button_row(sheet, ground_box(sheet, 0))
    left = Box(row.x, row.y, round(row.w * sheet.share("button_left")), row.h)
    x = left.right + sheet.look.gap
    return row, left, Box(x, row.y, row.right - x, row.h)


def _put_done_row(sheet: Sheet, scene: Scene) -> None:
    """Done; and the copy, once a visit and not before the first slip has settled."""
    row, left, right = _split_row(sheet)
    say = scene.words.say
    ring = (scene.seconds_left, scene.seconds_of)
    may_copy = not scene.visit.copy_asked and scene.visit.printing is not Printing.WAITING
    if may_copy:
        put_button(sheet, left, Button(name="no_slip", event=CopyAsked(), word=say("ticket_done.no_slip")))
    put_button(
        sheet,
        right if may_copy else row,
        Button(name="done", event=DonePressed(), word=say("common.done"), kind=PRIMARY, ring=ring),
    )


def _put_kept_row(sheet: Sheet, scene: Scene) -> None:
    _, left, right = _split_row(sheet)
    say = scene.words.say
    ring = (scene.seconds_left, scene.seconds_of)
    may_copy = not scene.visit.copy_asked and scene.visit.printing is Printing.UNKNOWN
    if may_copy:
        put_button(
            sheet, left, Button(name="no_slip", event=CopyAsked(), word=say("ticket_no_paper.copy"), icon="printer")
        )
    else:
        put_button(sheet, left, Button(name="help", event=HelpPressed(), word=help_word(sheet), icon="hand-waving"))
    put_button(
        sheet,
        right,
        Button(name="ok_number", event=DonePressed(), word=say("ticket_no_paper.ok"), kind=PRIMARY, ring=ring),
    )
