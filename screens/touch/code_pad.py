"""The key pad for an appointment's code: ten letters of an alphabet without doubles, in keys a thumb can hit."""

from __future__ import annotations

from kiosk.appointment_code import CODE_LETTERS, GROUP
from kiosk.ballot import ALPHABET
from kiosk.visit_events import BackPressed
from kiosk.visit_lobby_events import CodeEntered, LetterErased, LetterTyped
from screens.touch.board import Title, put_board
from screens.touch.drawing import Box, Panel
from screens.touch.frame import button_row, ground_box, put_footer, put_ground
from screens.touch.parts import PRIMARY, Button, card, centred, put_button, put_key
from screens.touch.scene import Scene
from screens.touch.sheet import BOLD, CENTRE, Sheet

MOST_COLUMNS = 8


def draw_code_pad(sheet: Sheet, scene: Scene) -> None:
    """What was typed so far, and the letters."""
    say = scene.words.say
    top = put_board(sheet, scene, Title(say("code_pad.eyebrow"), say("code_pad.title")))
    put_ground(sheet, top)
    area = ground_box(sheet, top)
    row = button_row(sheet, area)
    gap = sheet.look.gap
    start = sheet.size("top_wide") if sheet.look.landscape else area.y + gap
    key_h = sheet.look.target("key_h" if not sheet.look.landscape else "target_min")
    rows = -(-len(ALPHABET) // _columns(sheet, area.w))
    pad_h = rows * key_h + (rows - 1) * gap
    code_h = min(sheet.size("code_h"), row.y - gap - pad_h - 2 * gap - start)
    room = row.y - gap - start - pad_h - code_h
    code = Box(area.x, start + room // 3, area.w, code_h)
    _put_code(sheet, scene.visit.code, code)
    _put_letters(sheet, Box(area.x, row.y - gap - pad_h - room // 4, area.w, pad_h), key_h)
    _put_row(sheet, scene, row)
    put_footer(sheet)


def _put_code(sheet: Sheet, code: str, box: Box) -> None:
    """A place a letter, two groups of five; what is missing is a line."""
    sheet.add(card(sheet, box))
    pad, air = sheet.size("m"), sheet.size("m")
    pitch = (box.w - 2 * pad - air) // CODE_LETTERS
    type_ = sheet.type("hours", BOLD, grows="not")
    type_ = type_.one_line("W", pitch)
    line = max(1, sheet.size("border_answer"))
    for place in range(CODE_LETTERS):
        middle = box.x + pad + place * pitch + pitch // 2 + (air if place >= GROUP else 0)
        base = box.mid[1] + type_.cap // 2
        if place < len(code):
            sheet.write(code[place], (middle, base), type_, "ink", CENTRE)
        else:
            width = pitch - sheet.size("s")
            sheet.add(Panel(Box(middle - width // 2, base - line, width, line), 0, "line2"))


def _columns(sheet: Sheet, width: int) -> int:
    """As many keys in a row as keep the least target."""
    gap = sheet.look.gap
    return min(MOST_COLUMNS, (width + gap) // (sheet.look.target("target_min") + gap))


def _put_letters(sheet: Sheet, area: Box, key_h: int) -> None:
    gap = sheet.look.gap
    columns = _columns(sheet, area.w)
    width = (area.w - gap * (columns - 1)) // columns
    type_ = sheet.type("button", BOLD, grows="not")
    for place, letter in enumerate(ALPHABET):
        x = area.x + place % columns * (width + gap)
        y = area.y + place // columns * (key_h + gap)
        box = Box(x, y, width, key_h)
        content = centred((letter,), type_, box.mid, "ink", CENTRE)
        put_key(sheet, f"letter:{letter}", box, LetterTyped(letter), content, size="key")


def _put_row(sheet: Sheet, scene: Scene, row: Box) -> None:
    """Back, erase, and the look-up once the code is whole."""
    say, gap = scene.words.say, sheet.look.gap
    width = (row.w - 2 * gap) // 3
    boxes = [Box(row.x + place * (width + gap), row.y, width, row.h) for place in range(3)]
    put_button(sheet, boxes[0], Button(name="back", event=BackPressed(), word=say("common.back"), icon="caret-left"))
    if scene.visit.code:
        erase = Button(name="erase", event=LetterErased(), word=say("code_pad.erase"), icon="backspace")
        put_button(sheet, boxes[1], erase)
    if len(scene.visit.code) == CODE_LETTERS:
        put_button(sheet, boxes[2], Button(name="enter", event=CodeEntered(), word=say("code_pad.enter"), kind=PRIMARY))
