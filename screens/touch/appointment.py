"""An appointment under the scanner: its hour, its matter, its counter, and one key that says "I am here"."""

from __future__ import annotations

from kiosk.visit import COMES, BookingState
from kiosk.visit_events import BackPressed, DonePressed
from kiosk.visit_lobby_events import ArrivalChosen
from screens.touch.board import Title, put_board
from screens.touch.drawing import Box
from screens.touch.frame import button_row, ground_box, put_footer, put_ground
from screens.touch.held_card import note_height, put_note
from screens.touch.parts import PRIMARY, Button, Said, card, put_button, said_height, said_items
from screens.touch.scene import BookingNote, Scene
from screens.touch.second import between
from screens.touch.sheet import BOLD, CENTRE, SEMIBOLD, Sheet

HOUR_MIN = 60
MOST_REMARKS = 3
Remark = tuple[str, tuple[Said, ...]]
"""A picture's name and its words."""


def draw_appointment(sheet: Sheet, scene: Scene) -> None:
    """Who comes at her hour takes her number; who does not is told why, and what she can do."""
    note = scene.booking or BookingNote(BookingState.UNKNOWN, "", "")
    now = note.state in COMES
    top = put_board(sheet, scene, Title(scene.words.say("appointment_checkin.eyebrow"), _title(scene, note)))
    put_ground(sheet, top)
    area = ground_box(sheet, top)
    row = button_row(sheet, area)
    room = between(sheet, area, row)
    take_h = sheet.look.target("take_h") if now else 0
    bottom = room.bottom - take_h - (sheet.look.gap if now else 0)
    card_h = min(_card_h(sheet, scene, note, room.w), round((bottom - room.y) * sheet.share("booking")))
    card_box = Box(room.x, room.y, room.w, card_h)
    _put_card(sheet, scene, note, card_box)
    gap = sheet.look.gap
    _put_remarks(sheet, Box(room.x, card_box.bottom + gap, room.w, bottom - card_box.bottom - 2 * gap), scene, note)
    if now:
        word = scene.words.say("appointment_checkin.take")
        take = Button(name="arrive", event=ArrivalChosen(), word=word, kind=PRIMARY, icon="ticket", role="button_big")
        put_button(sheet, Box(room.x, room.bottom - take_h, room.w, take_h), take)
    _put_row(sheet, scene, row, now=now)
    put_footer(sheet)


def _title(scene: Scene, note: BookingNote) -> str:
    say = scene.words.say
    if note.state in COMES:
        key = "title_result" if note.result else "title"
        return say(f"appointment_checkin.{key}", time=note.at)
    if note.state is BookingState.USED:
        return say("appointment_checkin.used" if note.number else "appointment_checkin.used_plain", number=note.number)
    if note.state is BookingState.OTHER_DAY:
        return say("appointment_checkin.past_day" if note.past else "appointment_checkin.other_day", date=note.day)
    return say(f"appointment_checkin.{note.state.value}")


# --- the card ---------------------------------------------------------------------------------------------


def _matter(sheet: Sheet, scene: Scene, note: BookingNote) -> tuple[Said, ...]:
    say = scene.words.say
    small, large = sheet.type("smallest", SEMIBOLD, 1.2), sheet.type("lead", BOLD, 1.15, grows="title")
    where = say("appointment_checkin.counter", n=note.counter) if note.counter else ""
    if not where and note.state in COMES:
        where = say("appointment_checkin.any_counter")
    said = [Said(small, say("appointment_checkin.matter"), "ink2"), Said(large, note.matter, "ink")]
    if where:
        said += [Said(small, say("appointment_checkin.where"), "ink2"), Said(large, where, "ink")]
    return tuple(said)


def _card_h(sheet: Sheet, scene: Scene, note: BookingNote, width: int) -> int:
    room = width - round(width * sheet.share("booking_left")) - sheet.size("l") - sheet.size("m")
    return max(sheet.size("booking_h"), said_height(_matter(sheet, scene, note), room) + 2 * sheet.size("m"))


def _put_card(sheet: Sheet, scene: Scene, note: BookingNote, box: Box) -> None:
    """The hour at the left, the matter and the place at the right."""
    size = sheet.size
    sheet.add(card(sheet, box))
    split = box.x + round(box.w * sheet.share("booking_left"))
    pad = size("m")
    left = Box(box.x + pad, box.y + pad, split - box.x - 2 * pad, box.h - 2 * pad)
    small, bold = sheet.type("smallest", SEMIBOLD, 1.2), sheet.type("card_title", BOLD, 1.15)
    big = sheet.type("held_number", BOLD, 1.0, grows="not").one_line(note.at, left.w)
    said = [Said(small, scene.words.say("appointment_checkin.at"), "ink2"), Said(big, note.at, "ink")]
    said.append(Said(bold, _left_words(scene, note), "action"))
    sheet.add(*said_items(left, tuple(one for one in said if one.text), align=CENTRE))
    rule = box.h - 2 * size("l")
    sheet.fill(Box(split, box.mid[1] - rule // 2, size("border_decor"), rule), "line")
    right = Box(split + size("l"), box.y + pad, box.right - split - size("l") - pad, box.h - 2 * pad)
    sheet.add(*said_items(right, _matter(sheet, scene, note)))


def _left_words(scene: Scene, note: BookingNote) -> str:
    """How far away its hour is; of one that does not hold now, its day alone: no minute of it is still hers."""
    say, minutes = scene.words.say, note.minutes
    if note.state not in COMES:
        return note.day
    if minutes is None:
        return say("appointment_checkin.late_day", date=note.day)
    if minutes >= HOUR_MIN:
        return say("appointment_checkin.left_hours", n=minutes // HOUR_MIN)
    if minutes > 0:
        return say("appointment_checkin.left", n=minutes)
    return say("appointment_checkin.late", n=-minutes) if minutes else say("appointment_checkin.now")


# --- remarks -----------------------------------------------------------------------------------------------


def _remarks(sheet: Sheet, scene: Scene, note: BookingNote) -> list[Remark]:
    say = scene.words.say
    if note.state not in COMES:
        return [("info", (Said(sheet.type("note", SEMIBOLD, 1.25), say("appointment_checkin.then"), "ink"),))]
    turn = "turn_late" if note.state is BookingState.LATE else "turn"
    told = [("calendar-check", turn), ("identification-card", "bring")]
    if note.result:
        told.insert(0, ("clock", "ready" if note.promise else "not_ready"))
    return [(icon, _two(sheet, scene, name)) for icon, name in told[:MOST_REMARKS]]


def _two(sheet: Sheet, scene: Scene, name: str) -> tuple[Said, ...]:
    say = scene.words.say
    head = Said(sheet.type("card_title", BOLD, 1.2, grows="title"), say(f"appointment_checkin.{name}"), "ink")
    sub = sheet.type("smallest", SEMIBOLD, 1.22, grows="title")
    return head, Said(sub, say(f"appointment_checkin.{name}_sub"), "ink2")


def _put_remarks(sheet: Sheet, area: Box, scene: Scene, note: BookingNote) -> None:
    """As many remarks as there is room for, the weightiest first."""
    remarks = _remarks(sheet, scene, note)
    heights = [note_height(sheet, area.w, said) for _, said in remarks]
    gap = sheet.size("s")
    while remarks and sum(heights) + gap * (len(heights) - 1) > area.h:
        remarks.pop()
        heights.pop()
    if not remarks:
        return
    air = min((area.h - sum(heights)) // (len(remarks) + 1), sheet.size("l"))
    y = area.y + (air if len(remarks) > 1 else 0)
    for (icon, said), height in zip(remarks, heights, strict=True):
        put_note(sheet, Box(area.x, y, area.w, height), icon, said)
        y += height + air


def _put_row(sheet: Sheet, scene: Scene, row: Box, *, now: bool) -> None:
    say, gap = scene.words.say, sheet.look.gap
    back = Box(row.x, row.y, min(sheet.size("back_w"), row.w // 3), row.h)
    rest = Box(back.right + gap, row.y, row.right - back.right - gap, row.h)
    put_button(sheet, back, Button(name="back", event=BackPressed(), word=say("common.back"), icon="caret-left"))
    if now:
        word = say("appointment_checkin.not_mine")
        put_button(sheet, rest, Button(name="not_mine", event=DonePressed(), word=word))
    else:
        put_button(sheet, rest, Button(name="done", event=DonePressed(), word=say("common.done"), kind=PRIMARY))
