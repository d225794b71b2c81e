"""Thanks: the same for every answer, and the mark of the book that later slips carry."""

from __future__ import annotations

from kiosk.visit_events import DonePressed
from screens.touch.board import (
    OUTERMOST,
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
from screens.touch.sheet import BOLD, CENTRE, SEMIBOLD, Sheet


def draw_thanks(sheet: Sheet, scene: Scene) -> None:
    """Thanks, for good and bad alike."""
    top = _put_column(sheet, scene) if sheet.look.landscape else _put_board(sheet, scene)
    put_ground(sheet, top)
    area = ground_box(sheet, top)
    row = button_row(sheet, area)
    if not sheet.look.landscape:
        row = Box(row.x, row.y - sheet.size("thanks_lift"), row.w, row.h + sheet.size("thanks_taller"))
    ring = (scene.seconds_left, scene.seconds_of)
    put_button(
        sheet,
        row,
        Button(name="done", event=DonePressed(), word=scene.words.say("common.done"), kind=PRIMARY, ring=ring),
    )
    _put_book(sheet, scene, Box(area.x, area.y, area.w, row.y - area.y))
    put_footer(sheet)


def _put_board(sheet: Sheet, scene: Scene) -> int:
    size, say = sheet.size, scene.words.say
    extra = header_extra(sheet, scene)
    height = size("board_thanks") + extra
    width = board_width(sheet)
    title = sheet.type("thanks", BOLD, 1.15, grows="title")
    title, lines = title.fitted(say("thanks.title"), width - 2 * size("board_x"), size("thanks_title_h"))
    sub = sheet.type("thanks_sub", SEMIBOLD, 1.3, grows="title")
    first = size("thanks_first") + extra
    below = sub.fold(say("thanks.sub"), width - 4 * size("board_x"), least_lines=2)
    sheet.fill(Box(0, 0, width, height), "board")
    second = first + (len(lines) - 1) * title.leading + size("thanks_second")
    last = second + (len(below) - 1) * sub.leading
    top = max(height - size("motif_thanks_rise"), last + size("l"))
    diameter = min(size("motif_thanks"), round((height + size("motif_thanks_y") - top) / OUTERMOST))
    put_sun(sheet, Sun((width // 2, top + round(diameter * OUTERMOST)), diameter, "thanks"))
    put_header(sheet, scene)
    sheet.write_lines(lines, (width // 2, first), title, "on_board", CENTRE)
    sheet.write_lines(below, (width // 2, second), sub, "on_board", CENTRE)
    put_band_strip(sheet, height)
    return height


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


def _put_book(sheet: Sheet, scene: Scene, area: Box) -> None:
    """What was written down, the book's mark, and for an allegation where to turn."""
    size, say = sheet.size, scene.words.say
    pad, icon = size("thanks_pad"), size("thanks_icon")
    x = area.x + pad + icon + size("thanks_text")
    room = area.right - pad // 2 - x
    strong, plain = sheet.type("card_title", BOLD, 1.17), sheet.type("card_text", SEMIBOLD, 1.22)
    said = [Said(strong, say("thanks.book"), "ink")]
    if scene.mark is not None:
        mark = say("thanks.mark", time=f"{scene.mark.at:%H:%M}", mark=scene.mark.text)
        strong_mark = Said(plain, mark, "ink2", full=True, strong=scene.mark.text)
        said += [strong_mark, Said(plain, say("thanks.mark_sub"), "ink2", full=True)]
    if scene.visit.channels:
        phone = scene.office.phone
        way = say("thanks.channels_phone", phone=phone) if phone else say("thanks.channels")
        said.append(Said(plain, way, "ink", full=True))
    most = area.h - 2 * sheet.look.gap
    wanted = said_height(tuple(said), room) + 2 * size("thanks_card_pad")
    height = min(max(wanted, size("thanks_card_h")), most)
    air = (area.h - height) // 2
    box = Box(area.x, area.y + (air if sheet.look.landscape else min(size("thanks_card_y"), air)), area.w, height)
    sheet.add(card(sheet, box))
    sheet.add(Art(around((box.x + pad + icon // 2, box.mid[1]), icon, icon), "book-open-text", ("action",)))
    text = Box(x, box.y + size("s"), room, box.h - 2 * size("s"))
    sheet.add(*said_items(text, tuple(said)))
