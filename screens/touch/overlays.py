"""What lies on top of a screen: the time-out dialog, the answer to "why 42?", the toast."""

from __future__ import annotations

from kiosk.visit_events import DonePressed, MoreTimePressed
from kiosk.visit_lobby_events import WhyClosed
from screens.touch.drawing import Art, Box, Panel, Ring, around
from screens.touch.parts import PRIMARY, Button, Said, put_button, said_height, said_items
from screens.touch.scene import Scene
from screens.touch.sheet import BOLD, CENTRE, SEMIBOLD, Sheet


def draw_timeout(sheet: Sheet, scene: Scene) -> None:
    """Does she need more time? Without a touch the screen starts over; a number stays hers."""
    size, say = sheet.size, scene.words.say
    sheet.fill(sheet.box, "scrim")
    pad, gap = size("dialog_pad"), sheet.look.gap
    width = min(sheet.box.w - 2 * size("dialog_x"), size("dialog_most_w"))
    said = (
        Said(sheet.type("dialog", BOLD, 1.19, grows="title"), say("timeout.title"), "ink"),
        Said(sheet.type("dialog_sub", SEMIBOLD, 1.27), say("timeout.sub"), "ink2"),
    )
    more_h, done_h = sheet.look.target("dialog_button_h"), sheet.look.target("button_h")
    ring = size("dialog_ring")
    text_h = said_height(said, width - 2 * pad)
    fixed = 2 * pad + ring + more_h + done_h + 2 * gap + 2 * size("dialog_air")
    text_h = min(text_h, sheet.box.h - 2 * gap - fixed)
    height = fixed + text_h
    box = around(sheet.box.mid, width, height)
    sheet.add(Panel(box, size("radius_dialog"), "surface", "bronze", size("dialog_edge")))
    y = box.y + pad
    _put_ring(sheet, scene, (box.mid[0], y + ring // 2))
    text = Box(box.x + pad, y + ring + size("dialog_air"), width - 2 * pad, text_h)
    sheet.add(*said_items(text, said, align=CENTRE))
    y = text.bottom + size("dialog_air")
    inner = Box(box.x + pad, y, width - 2 * pad, more_h)
    put_button(
        sheet,
        inner,
        Button(name="more_time", event=MoreTimePressed(), word=say("timeout.more"), kind=PRIMARY, role="button_big"),
    )
    done = Box(inner.x, inner.bottom + gap + size("xs"), inner.w, done_h)
    put_button(sheet, done, Button(name="im_done", event=DonePressed(), word=say("timeout.done")))


def _put_ring(sheet: Sheet, scene: Scene, middle: tuple[int, int]) -> None:
    side, line = sheet.size("dialog_ring"), sheet.size("dialog_ring_line")
    share = scene.seconds_left / max(1, scene.seconds_of)
    sheet.add(Ring(around(middle, side, side), share, "action", "ring_track", line))
    type_ = sheet.type("ring_number", BOLD, grows="not")
    sheet.write(str(scene.seconds_left), (middle[0], middle[1] + type_.cap // 2), type_, "ink", CENTRE)


def draw_why(sheet: Sheet, scene: Scene) -> None:
    """What became of the numbers nobody sees: a line each."""
    size, say = sheet.size, scene.words.say
    sheet.fill(sheet.box, "scrim")
    pad, gap = size("dialog_pad"), sheet.look.gap
    width = min(sheet.box.w - 2 * size("dialog_x"), size("dialog_most_w"))
    number, lines = (scene.why.number, scene.why.lines) if scene.why else ("", ())
    head = Said(sheet.type("where_title", BOLD, 1.19, grows="title"), say("why.key", n=number), "ink")
    line = sheet.type("dialog_sub", SEMIBOLD, 1.4)
    said = (head, *(Said(line, text, "ink2") for text in lines))
    button_h = sheet.look.target("button_h")
    fixed = 2 * pad + gap + button_h
    text_h = min(said_height(said, width - 2 * pad), sheet.box.h - 2 * gap - fixed)
    box = around(sheet.box.mid, width, fixed + text_h)
    sheet.add(Panel(box, size("radius_dialog"), "surface", "bronze", size("dialog_edge")))
    text = Box(box.x + pad, box.y + pad, width - 2 * pad, text_h)
    sheet.add(*said_items(text, said))
    close = Box(text.x, text.bottom + gap, text.w, button_h)
    put_button(sheet, close, Button(name="why_close", event=WhyClosed(), word=say("why.close"), kind=PRIMARY))


def draw_toast(sheet: Sheet, scene: Scene) -> None:
    """A short word from the kiosk above the footer; it goes by itself and takes no touch."""
    size = sheet.size
    icon, pad = size("toast_icon"), size("toast_pad")
    margin = sheet.look.margin
    left = size("board_wide") if sheet.look.landscape else 0
    width = sheet.box.w - left - 2 * margin
    x = left + margin + pad + icon + size("m")
    room = left + margin + width - pad - x
    said = (Said(sheet.type("body", SEMIBOLD), scene.words.say(scene.visit.notice), "on_board"),)
    height = max(size("toast_h"), said_height(said, room) + 2 * size("m"))
    bottom = sheet.box.h - size("footer_h") - size("m")
    box = Box(left + margin, bottom - height, width, height)
    sheet.add(Panel(box, size("radius_card"), "board", "bronze", size("border_decor")))
    sheet.add(Art(around((box.x + pad + icon // 2, box.mid[1]), icon, icon), "info", ("bronze_text",)))
    sheet.add(*said_items(Box(x, box.y, room, box.h), said))
