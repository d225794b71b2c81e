"""A second number right behind the first: is it meant? And for whoever takes numbers for others, one tap."""

from __future__ import annotations

from kiosk.visit_events import BackPressed
from kiosk.visit_lobby_events import HelpingChosen, SecondAnswered
from screens.touch.board import Title, put_board
from screens.touch.choices import Choice, put_choices
from screens.touch.drawing import Box
from screens.touch.frame import button_row, ground_box, put_footer, put_ground
from screens.touch.held_card import held_height, held_said, note_height, put_held, put_note
from screens.touch.parts import Button, Said, put_button
from screens.touch.scene import HeldNote, Scene
from screens.touch.sheet import SEMIBOLD, Sheet


def draw_second(sheet: Sheet, scene: Scene) -> None:
    """The number she holds, why one is enough, and two equal answers."""
    say = scene.words.say
    note = scene.held or HeldNote("", "")
    title = say("confirm_second_ticket.title", number=note.number)
    top = put_board(sheet, scene, Title(scene.service_name, title))
    put_ground(sheet, top)
    area = ground_box(sheet, top)
    row = button_row(sheet, area)
    said = held_said(sheet, scene, note, ())
    why = (Said(sheet.type("note", SEMIBOLD), say("confirm_second_ticket.why"), "ink2"),)
    room = between(sheet, area, row)
    parts = shared_out(sheet, room, held_height(sheet, room.w, said), note_height(sheet, room.w, why))
    put_held(sheet, parts[0], note, say("confirm_second_ticket.holding"), said)
    put_note(sheet, parts[1], "users-three", why)
    no = say("confirm_second_ticket.no", number=note.number)
    put_choices(
        sheet,
        parts[2],
        (
            Choice("second:yes", SecondAnswered(True), "ticket", say("confirm_second_ticket.yes")),
            Choice("second:no", SecondAnswered(False), "check-circle", no),
        ),
    )
    _put_row(sheet, scene, row)
    put_footer(sheet)


def between(sheet: Sheet, area: Box, row: Box) -> Box:
    """The room from the board to the row of buttons, with its air."""
    top = sheet.size("top_wide") if sheet.look.landscape else area.y + sheet.size("second_y")
    return Box(area.x, top, area.w, row.y - sheet.look.gap - top)


def shared_out(sheet: Sheet, room: Box, card_h: int, note_h: int) -> tuple[Box, Box, Box]:
    """Card, remark and answers below each other; what is left over is air."""
    gap = sheet.look.gap
    choices_h = sheet.size("priority_h_wide" if sheet.look.landscape else "second_choice_h")
    least = sheet.look.target("target_min") * 2
    choices_h = max(min(choices_h, room.h - card_h - note_h - 2 * gap), least)
    if card_h + note_h + choices_h + 2 * gap > room.h:
        note_h = 0  # small panels: what can be done goes before why
    card_h = min(card_h, room.h - choices_h - note_h - (2 if note_h else 1) * gap)
    air = max(gap, (room.h - card_h - note_h - choices_h) // 3)
    card_box = Box(room.x, room.y, room.w, card_h)
    note_box = Box(room.x, card_box.bottom + air, room.w, note_h)
    top = min(note_box.bottom + air, room.bottom - choices_h)
    choices = Box(room.x, top, room.w, choices_h)
    return card_box, note_box, choices


def _put_row(sheet: Sheet, scene: Scene, row: Box) -> None:
    say, gap = scene.words.say, sheet.look.gap
    back = Box(row.x, row.y, min(sheet.size("back_w"), row.w // 3), row.h)
    other = Box(back.right + gap, row.y, row.right - back.right - gap, row.h)
    put_button(sheet, back, Button(name="back", event=BackPressed(), word=say("common.back"), icon="caret-left"))
    word = say("confirm_second_ticket.for_other")
    put_button(sheet, other, Button(name="assist", event=HelpingChosen(), word=word, icon="hand-heart"))
