"""Thanks: the same for every answer, and the mark of the book that later slips carry."""

from __future__ import annotations

from kiosk.visit_events import DonePressed
from screens.touch.board import (
    Sun,
    board_width,
    header_extra,
    put_band_strip,
    put_header,
    put_sun,
)
from screens.touch.drawing import Art, Box, around
from screens.touch.frame import button_row, ground_box, put_footer, put_ground
from screens.touch.parts import PRIMARY, Button, Said, card, put_button, said_height, said_items
from screens.touch.scene import Scene
from screens.touch.sheet import BOLD, CENTRE, SEMIBOLD, Sheet, Type


def draw_thanks(sheet: Sheet, scene: Scene) -> None:
    """Thanks, for good and bad alike."""
    row = _done_row(sheet)
    said = _book_said(sheet, scene)
    needed = said_height(said, row.w - _book_x(sheet) - sheet.size("m")) + 2 * sheet.look.gap
    top = _put_column(sheet, scene) if sheet.look.landscape else _put_board(sheet, scene, row.y - needed)
    put_ground(sheet, top)
    ring = (scene.seconds_left, scene.seconds_of)
    done = Button(name="done", event=DonePressed(), word=scene.words.say("common.done"), kind=PRIMARY, ring=ring)
    put_button(sheet, row, done)
    _put_book(sheet, said, Box(row.x, top, row.w, row.y - top))
    put_footer(sheet)


def _done_row(sheet: Sheet) -> Box:
    """The row of the one button; in portrait it is larger and stands higher, as it stands alone."""
    row = button_row(sheet, ground_box(sheet, 0))
    if sheet.look.landscape:
        return row
    return Box(row.x, row.y - sheet.size("thanks_lift"), row.w, row.h + sheet.size("thanks_taller"))


def _put_board(sheet: Sheet, scene: Scene, most: int) -> int:
    """The board with its sun, at most ``most`` pixels high; returns where it ends."""
    size = sheet.size
    extra = header_extra(sheet, scene)
    width = board_width(sheet)
    title, lines, sub, below = _said(sheet, scene, width)
    first = size("thanks_first") + extra
    second = first + (len(lines) - 1) * title.leading + size("thanks_second")
    last = second + (len(below) - 1) * sub.leading
    height = max(min(size("board_thanks") + extra, most), last + 2 * size("band_strip"))
    sheet.fill(Box(0, 0, width, height), "board")
    middle = (width // 2, height - size("band_strip") // 2)
    put_sun(sheet, Sun(middle, size("motif_thanks"), "thanks").below(last + sub.size // 4 + sheet.look.clear))
    put_header(sheet, scene)
    sheet.write_lines(lines, (width // 2, first), title, "on_board", CENTRE)
    sheet.write_lines(below, (width // 2, second), sub, "on_board", CENTRE)
    put_band_strip(sheet, height)
    return height


def _said(sheet: Sheet, scene: Scene, width: int) -> tuple[Type, tuple[str, ...], Type, tuple[str, ...]]:
    """Title and sentence below it, each with its letters and lines."""
    say, x = scene.words.say, sheet.size("board_x")
    title = sheet.type("thanks", BOLD, 1.15, grows="title")
    title, lines = title.fitted(say("thanks.title"), width - 2 * x, sheet.size("thanks_title_h"))
    sub = sheet.type("thanks_sub", SEMIBOLD, 1.3, grows="title")
    return title, lines, sub, sub.fold(say("thanks.sub"), width - 4 * x, least_lines=2)


def _put_column(sheet: Sheet, scene: Scene) -> int:
    size, say = sheet.size, scene.words.say
    width, x = board_width(sheet), size("column_x")
    sheet.fill(Box(0, 0, width, sheet.box.h), "board")
    put_sun(sheet, Sun((width // 2, sheet.box.h), size("motif_question_wide"), "question"))
    extra = put_header(sheet, scene)
    room = width - x - size("column_right")
    title = sheet.type("question", BOLD, 1.18, grows="title")
    title, lines = title.fitted(say("thanks.title"), room, size("thanks_title_h"), least_lines=2)
    first = size("eyebrow_wide") + size("l") + extra
    last = sheet.write_lines(lines, (x, first), title, "on_board")
    sub = sheet.type("thanks_sub", SEMIBOLD, 1.25, grows="not")
    sub, below = sub.fitted(say("thanks.sub"), room, size("thanks_sub_h_wide"))
    sheet.write_lines(below, (x, last + size("thanks_second")), sub, "on_board")
    return 0


def _book_said(sheet: Sheet, scene: Scene) -> tuple[Said, ...]:
    """What was written down, the book's mark, and for an allegation where to turn."""
    say = scene.words.say
    strong, plain = sheet.type("card_title", BOLD, 1.17), sheet.type("card_text", SEMIBOLD, 1.22)
    said = [Said(strong, say("thanks.book"), "ink")]
    if scene.mark is not None:
        mark = say("thanks.mark", time=f"{scene.mark.at:%H:%M}", mark=scene.mark.text)
        said.append(Said(plain, mark, "ink2", full=True, strong=scene.mark.text))
        said.append(Said(plain, say("thanks.mark_sub"), "ink2", full=True))
    if scene.visit.channels:
        phone = scene.office.phone
        way = say("thanks.channels_phone", phone=phone) if phone else say("thanks.channels")
        said.append(Said(plain, way, "ink", full=True))
    return tuple(said)


def _book_x(sheet: Sheet) -> int:
    """From the card's left edge to its words."""
    return sheet.size("thanks_pad") + sheet.size("thanks_icon") + sheet.size("thanks_text")


def _put_book(sheet: Sheet, said: tuple[Said, ...], area: Box) -> None:
    size = sheet.size
    x = area.x + _book_x(sheet)
    room = area.right - size("m") - x
    most = area.h - 2 * sheet.look.gap
    wanted = said_height(said, room) + 2 * size("thanks_card_pad")
    height = min(max(wanted, size("thanks_card_h")), most)
    air = (area.h - height) // 2
    box = Box(area.x, area.y + (air if sheet.look.landscape else min(size("thanks_card_y"), air)), area.w, height)
    sheet.add(card(sheet, box))
    icon = size("thanks_icon")
    picture = around((box.x + size("thanks_pad") + icon // 2, box.mid[1]), icon, icon)
    sheet.add(Art(picture, "book-open-text", ("action",)))
    sheet.add(*said_items(Box(x, box.y + size("xs"), room, box.h - 2 * size("xs")), said))
