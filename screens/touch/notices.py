"""Notices: closed, out of service, too small. They work as posters across the hall."""

from __future__ import annotations

from kiosk.visit_lobby_events import HelpPressed
from screens.touch.board import Title, put_board
from screens.touch.drawing import Art, Box, Item, Panel, around
from screens.touch.frame import footer_top, ground_box, help_word, put_footer, put_ground
from screens.touch.parts import Button, Said, card, dark_disc, put_button, said_items
from screens.touch.scene import LEFT as TO_THE_LEFT
from screens.touch.scene import RIGHT as TO_THE_RIGHT
from screens.touch.scene import STRAIGHT, ClosedNote, Scene
from screens.touch.sheet import BOLD, SEMIBOLD, Sheet

ARROWS = {TO_THE_LEFT: "arrow-fat-left-fill", TO_THE_RIGHT: "arrow-fat-right-fill", STRAIGHT: "arrow-fat-up-fill"}


# --- closed ------------------------------------------------------------------------------------------


def draw_closed(sheet: Sheet, scene: Scene) -> None:
    """When the office opens again, its hours, a holiday by name, whom to call."""
    note = scene.closed or ClosedNote(())
    eyebrow = scene.words.say("closed.eyebrow_lunch" if note.lunch else "closed.eyebrow")
    title = Title(eyebrow, _closed_title(scene, note), "notice")
    top = put_board(sheet, scene, title)
    put_ground(sheet, top)
    area = _room(sheet, top, "hours_y")
    gap = sheet.size("notice_gap")
    cards = _closed_cards(sheet, scene, note)
    card_h = sheet.size("notice_h")
    rest = len(cards) * (card_h + gap)
    hours_h = min(sheet.size("hours_most"), area.h - rest) if note.hours else 0
    start = area.y + (0 if cards else (area.h - hours_h) // 3)
    if hours_h:
        _put_hours(sheet, note, Box(area.x, start, area.w, hours_h))
    y = start + hours_h + (gap if hours_h else 0)
    for icon, said in cards:
        _put_card(sheet, Box(area.x, y, area.w, card_h), icon, said)
        y += card_h + gap
    put_footer(sheet)


def _closed_title(scene: Scene, note: ClosedNote) -> str:
    say = scene.words.say
    afternoon = note.back_part == "afternoon"
    if note.back:
        return say("closed.title_afternoon" if afternoon else "closed.title", day=note.back)
    return say("closed.title_today" if afternoon else "closed.title_unknown")


def _closed_cards(sheet: Sheet, scene: Scene, note: ClosedNote) -> list[tuple[str, tuple[Said, ...]]]:
    say = scene.words.say
    cards = []
    if note.holiday:
        day = "holiday_today" if note.holiday_today else "holiday"
        cards.append(
            ("calendar-dots", _two(sheet, "notice", say(f"closed.{day}", name=note.holiday), note.holiday_day))
        )
    if scene.office.phone:
        urgent = say("closed.urgent", phone=scene.office.phone)
        cards.append(("phone", _two(sheet, "notice", urgent, say("closed.urgent_sub"))))
    return cards


def _put_hours(sheet: Sheet, note: ClosedNote, box: Box) -> None:
    size = sheet.size
    _put_sand(sheet, box)
    diameter = min(size("hours_disc"), box.h - 2 * size("l"))
    x = box.x + size("hours_pad")
    icon = round(diameter * size("hours_icon") / size("hours_disc"))
    sheet.add(*dark_disc((x + diameter // 2, box.mid[1]), diameter, "clock", icon))
    x += diameter + size("hours_text")
    head = sheet.type("hours", BOLD, 1.15, grows="title")
    said = tuple(Said(head, line, "ink") for line in note.hours)
    if note.days:
        said += (Said(sheet.type("hours_sub", SEMIBOLD), note.days, "ink2"),)
    sheet.add(*said_items(Box(x, box.y + size("m"), box.right - size("m") - x, box.h - 2 * size("m")), said))


# --- out of service ----------------------------------------------------------------------------------


def draw_out_of_service(sheet: Sheet, scene: Scene) -> None:
    """Where to go instead, that numbers stay valid, and the code for support."""
    say = scene.words.say
    title = Title(say("out_of_service.eyebrow"), say("out_of_service.title"), "notice")
    top = put_board(sheet, scene, title)
    put_ground(sheet, top)
    support = sheet.box.h - sheet.size("support_h")
    area = _room(sheet, top, "where_y", support)
    call_h, gap = sheet.look.target("button_h"), sheet.size("valid_gap")
    _put_call(sheet, Box(area.x, area.bottom - call_h, area.w, call_h))
    area = Box(area.x, area.y, area.w, area.h - call_h - gap)
    valid_h = min(sheet.size("valid_h"), (area.h - gap) // 2)
    where_h = min(sheet.size("where_h"), area.h - gap - valid_h)
    _put_where(sheet, scene, Box(area.x, area.y, area.w, where_h))
    said = _two(sheet, "notice", say("out_of_service.valid"), say("out_of_service.valid_sub"))
    _put_card(sheet, Box(area.x, area.y + where_h + gap, area.w, valid_h), "seal-check", said)
    _put_support(sheet, scene, Box(area.x, support, area.w, sheet.box.h - support))


def _put_call(sheet: Sheet, box: Box) -> None:
    """Somebody can be called here too: the poster has no footer."""
    put_button(sheet, box, Button(name="help", event=HelpPressed(), word=help_word(sheet), icon="hand-waving"))


def _put_where(sheet: Sheet, scene: Scene, box: Box) -> None:
    size = sheet.size
    _put_sand(sheet, box)
    diameter = min(size("where_disc"), box.h - 2 * size("l"))
    x = box.x + size("where_pad")
    icon = round(diameter * size("where_icon") / size("where_disc"))
    arrow = ARROWS.get(scene.office.help_side, "chats-teardrop")
    sheet.add(*dark_disc((x + diameter // 2, box.mid[1]), diameter, arrow, icon))
    x += diameter + size("where_text")
    place = scene.office.help_desk or scene.words.say("out_of_service.where_unknown")
    said = _two(sheet, "where", place, scene.words.say("out_of_service.where_sub"))
    sheet.add(*said_items(Box(x, box.y + size("m"), box.right - size("m") - x, box.h - 2 * size("m")), said))


def _told(scene: Scene) -> list[tuple[str, str]]:
    """What support wants to know: label and value."""
    say = scene.words.say
    told = []
    if scene.trouble is not None:
        told.append((say("out_of_service.code"), scene.trouble.code))
        if scene.trouble.since is not None:
            told.append((say("out_of_service.since"), f"{scene.trouble.since:%H:%M}"))
    if scene.office.phone:
        told.append((say("out_of_service.call"), scene.office.phone))
    return told


def _put_support(sheet: Sheet, scene: Scene, area: Box) -> None:
    """Code, since when, phone: small, for whoever comes to help."""
    size = sheet.size
    left = area.x - (size("margin_wide") if sheet.look.landscape else sheet.look.margin)
    sheet.fill(Box(left, area.y, sheet.box.w - left, area.h), "sunk")
    sheet.fill(Box(left, area.y, sheet.box.w - left, size("border_decor")), "line")
    told = _told(scene)
    small, large = sheet.type("smallest", SEMIBOLD, grows="title"), sheet.type("support", BOLD, grows="title")
    room = area.w - 2 * size("support_pad")
    x = area.x + size("support_pad")

    def widths() -> list[int]:
        return [max(small.width(label), large.width(value)) for label, value in told]

    while large.size > large.floor and sum(widths()) + size("m") * (len(told) - 1) > room:
        small, large = small.smaller(), large.smaller()
    if sum(widths()) + size("m") * (len(told) - 1) > room:
        rows = tuple(Said(small, f"{label}: {value}", "ink") for label, value in told)
        sheet.add(*said_items(Box(x, area.y, room, area.h), rows))
        return
    air = min((room - sum(widths())) // max(1, len(told) - 1), size("support_air"))
    for (label, value), width in zip(told, widths(), strict=True):
        sheet.write(label, (x, area.y + size("support_label")), small, "ink2")
        sheet.write(value, (x, area.y + size("support_value")), large, "ink")
        x += width + air


# --- too small ---------------------------------------------------------------------------------------


def draw_too_small(sheet: Sheet, scene: Scene) -> None:
    """A panel on which nothing could be touched surely: it says so, and where to go."""
    say = scene.words.say
    sheet.fill(sheet.box, "board")
    pad = sheet.size("xl")
    said = (
        Said(sheet.type("eyebrow"), say("too_small.eyebrow"), "bronze_text"),
        Said(sheet.type("question", BOLD, 1.18), say("too_small.title"), "on_board"),
        Said(sheet.type("smallest"), say("too_small.sub"), "on_board"),
    )
    sheet.add(*said_items(sheet.box.inset(pad), said))


# --- shared ------------------------------------------------------------------------------------------


def _room(sheet: Sheet, top: int, below: str, bottom: int | None = None) -> Box:
    """The ground below a notice's board, with the air that this screen keeps there."""
    area = ground_box(sheet, top)
    end = footer_top(sheet) if bottom is None else bottom
    start = sheet.size("top_wide") if sheet.look.landscape else area.y + sheet.size(below)
    return Box(area.x, start, area.w, end - start - sheet.look.gap)


def _two(sheet: Sheet, role: str, head: str, sub: str) -> tuple[Said, ...]:
    said = Said(sheet.type(f"{role}_title", BOLD, 1.2), head, "ink")
    return (said, Said(sheet.type(f"{role}_sub", SEMIBOLD), sub, "ink2")) if sub else (said,)


def _put_sand(sheet: Sheet, box: Box) -> None:
    sheet.add(Panel(box, sheet.size("radius_card"), "sand", "sand_line", sheet.size("border_decor")))


def _put_card(sheet: Sheet, box: Box, icon: str, said: tuple[Said, ...]) -> None:
    size = sheet.size
    side = size("notice_icon")
    sheet.add(card(sheet, box))
    picture: Item = Art(around((box.x + size("notice_pad") + side // 2, box.mid[1]), side, side), icon, ("action",))
    sheet.add(picture)
    x = box.x + size("notice_pad") + side + size("notice_text")
    sheet.add(*said_items(Box(x, box.y + size("s"), box.right - size("m") - x, box.h - 2 * size("s")), said))
