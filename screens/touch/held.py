"""A slip under the scanner whose number still waits: she is here, or she gives it up, which is asked twice."""

from __future__ import annotations

from kiosk.visit_events import BackPressed
from kiosk.visit_lobby_events import DropChosen, DropConfirmed, StayChosen
from screens.touch.board import Title, put_board
from screens.touch.choices import Choice, put_choices
from screens.touch.drawing import Box
from screens.touch.frame import button_row, ground_box, put_footer, put_ground
from screens.touch.held_card import held_height, held_said, note_height, put_held, put_note
from screens.touch.parts import Button, Said, put_button
from screens.touch.scene import HeldNote, Scene
from screens.touch.second import between, shared_out
from screens.touch.sheet import SEMIBOLD, Sheet


def draw_held(sheet: Sheet, scene: Scene) -> None:
    """The number of the slip, and what may be done with it."""
    say = scene.words.say
    note = scene.held or HeldNote("", "")
    title = Title(say("held.eyebrow"), say("held.title", number=note.number))
    choices = (
        Choice("stay", StayChosen(), "check-circle", say("held.stay")),
        Choice("drop", DropChosen(), "trash", say("held.drop")),
    )
    _draw(sheet, scene, title, say("held.note"), choices)


def draw_drop(sheet: Sheet, scene: Scene) -> None:
    """Is the number really to be given up?"""
    say = scene.words.say
    number = scene.held.number if scene.held else ""
    title = Title(say("held.drop"), say("held.drop_title", number=number))
    choices = (
        Choice("drop:yes", DropConfirmed(), "trash", say("held.drop_yes", number=number)),
        Choice("drop:no", BackPressed(), "check-circle", say("held.drop_no")),
    )
    _draw(sheet, scene, title, say("held.drop_note"), choices)


def _draw(sheet: Sheet, scene: Scene, title: Title, remark: str, choices: tuple[Choice, ...]) -> None:
    top = put_board(sheet, scene, title)
    put_ground(sheet, top)
    area = ground_box(sheet, top)
    row = button_row(sheet, area)
    note = scene.held or HeldNote("", "")
    said = held_said(sheet, scene, note, _told(scene, note))
    about = (Said(sheet.type("note", SEMIBOLD), remark, "ink2"),)
    room = between(sheet, area, row)
    parts = shared_out(sheet, room, held_height(sheet, room.w, said), note_height(sheet, room.w, about))
    put_held(sheet, parts[0], note, scene.words.say("held.holding"), said)
    put_note(sheet, parts[1], "info", about)
    put_choices(sheet, parts[2], choices)
    back = Box(row.x, row.y, min(sheet.size("back_w"), row.w), row.h)
    word = scene.words.say("common.back")
    put_button(sheet, back, Button(name="back", event=BackPressed(), word=word, icon="caret-left"))
    put_footer(sheet)


def _told(scene: Scene, note: HeldNote) -> tuple[str, ...]:
    """What is known of its place: where it was called, or who is ahead and how long that takes."""
    say, waiting = scene.words.say, note.waiting
    if note.counter:
        return (say("held.called", counter=note.counter),)
    if waiting is None:
        return (say("held.waits"),)
    ahead = say("ticket_done.ahead", n=waiting.ahead)
    if waiting.minutes is None:
        return (ahead,)
    first, last = waiting.minutes
    return ahead, say("ticket_done.range", a=first, b=last, k=waiting.counters)
