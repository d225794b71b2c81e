"""Priority: two equal answers, and for whom the first is meant; nobody is asked to explain."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.visit_events import BackPressed, PriorityChosen
from screens.touch.board import Title, put_board
from screens.touch.choices import Choice, put_choices
from screens.touch.drawing import Box, Item
from screens.touch.frame import button_row, ground_box, put_footer, put_ground
from screens.touch.parts import Button, card, centred, disc, put_button
from screens.touch.scene import Scene
from screens.touch.sheet import BOLD, LEFT, SEMIBOLD, Sheet, Type
from screens.touch.steps import put_steps

GROUP_ICONS = ("elder", "wheelchair", "pregnant", "baby-carriage", "medal", "first-aid")
COLUMNS = (3, 2)
BETWEEN = " · "


def draw_priority(sheet: Sheet, scene: Scene) -> None:
    """The question of priority."""
    say = scene.words.say
    top = put_board(sheet, scene, Title(scene.service_name, say("priority.title")))
    put_ground(sheet, top)
    area = ground_box(sheet, top)
    row = button_row(sheet, area)
    steps = put_steps(sheet, area, tuple(say("priority.steps").split(BETWEEN)), 1, close=True)
    room = Box(area.x, steps, area.w, row.y - steps)
    answers_h = sheet.size("priority_h_wide" if sheet.look.landscape else "priority_h")
    used = _put_groups(sheet, scene, room, room.h - answers_h - 2 * sheet.look.gap)
    left = row.y - used
    answers = Box(area.x, used + (left - answers_h) // 2, area.w, answers_h)
    _put_answers(sheet, scene, answers)
    back = Box(row.x, row.y, min(sheet.size("back_w"), row.w), row.h)
    put_button(sheet, back, Button(name="back", event=BackPressed(), word=say("common.back"), icon="caret-left"))
    put_footer(sheet)


@dataclass(frozen=True, slots=True)
class _Groups:
    """How the groups stand: columns, a cell's size, their letters, a disc's diameter and the room for words."""

    columns: int
    cell_w: int
    cell_h: int
    type: Type
    diameter: int
    room: int


def _arranged(sheet: Sheet, names: list[str], width: int, most: int) -> _Groups:
    """Three columns, or two where a name would need a third line; at most ``most`` pixels high."""
    made = [_in_columns(sheet, names, (width, most), columns) for columns in COLUMNS]
    return next((groups for groups in made if all(_two_lines(groups, name) for name in names)), made[-1])


def _two_lines(groups: _Groups, name: str) -> bool:
    lines = groups.type.fold(name, groups.room, least_lines=2)
    return len(lines) <= 2 and groups.type.widest(lines) <= groups.room


def _in_columns(sheet: Sheet, names: list[str], space: tuple[int, int], columns: int) -> _Groups:
    rows = -(-len(names) // columns)
    text = sheet.type("smallest", SEMIBOLD, 1.17)
    cell_w = space[0] // columns
    cell_h = min(max(sheet.size("group_row"), text.height(2) + sheet.size("m")), space[1] // rows)
    diameter = min(sheet.size("group_disc"), cell_h - sheet.size("xs"))
    room = cell_w - diameter - sheet.size("group_text") - sheet.size("s")
    fitted = [text.fitted(name, room, min(cell_h, text.height(2)), least_lines=2)[0] for name in names]
    return _Groups(columns, cell_w, cell_h, min(fitted, key=lambda type_: type_.size), diameter, room)


def _put_groups(sheet: Sheet, scene: Scene, room: Box, height: int) -> int:
    """The card that says for whom; returns where it ends."""
    size, say = sheet.size, scene.words.say
    names = say("priority.groups").split(BETWEEN)
    head, note = sheet.type("alert_sub", BOLD), sheet.type("smallest", SEMIBOLD)
    pad = size("group_pad")
    above, below = head.cap + size("groups_head"), note.cap + size("groups_note")
    around_grid = 2 * pad + above + below + size("s")
    groups = _arranged(sheet, names, room.w - 2 * pad, height - around_grid)
    rows = -(-len(names) // groups.columns)
    box = Box(room.x, room.y, room.w, rows * groups.cell_h + around_grid)
    sheet.add(card(sheet, box))
    sheet.write(say("priority.for"), (box.x + pad, box.y + pad + head.cap), head, "ink")
    rule = box.bottom - pad - below
    sheet.fill(Box(box.x + pad, rule, box.w - 2 * pad, size("border_decor")), "line")
    note = note.one_line(say("priority.no_proof"), box.w - 2 * pad)
    sheet.write(say("priority.no_proof"), (box.x + pad, box.bottom - pad), note, "ink2")
    top = box.y + pad + above
    for place, (icon, name) in enumerate(zip(GROUP_ICONS, names, strict=True)):
        x = box.x + pad + place % groups.columns * groups.cell_w
        y = top + place // groups.columns * groups.cell_h + groups.cell_h // 2
        sheet.add(*_group(sheet, groups, (x, y), icon, name))
    return box.bottom


def _group(sheet: Sheet, groups: _Groups, at: tuple[int, int], icon: str, name: str) -> list[Item]:
    """One group: its picture in a disc, its name beside it."""
    x, y = at
    icon_px = round(groups.diameter * sheet.size("group_icon") / sheet.size("group_disc"))
    items = disc(sheet, (x + groups.diameter // 2, y), groups.diameter, icon, icon_px)
    lines = groups.type.fold(name, groups.room, least_lines=2)
    return items + centred(lines, groups.type, (x + groups.diameter + sheet.size("group_text"), y), "ink", LEFT)


def _put_answers(sheet: Sheet, scene: Scene, area: Box) -> None:
    say = scene.words.say
    yes = Choice("priority:yes", PriorityChosen(True), "hand-heart", say("priority.yes"))
    no = Choice("priority:no", PriorityChosen(False), "ticket", say("priority.no"))
    put_choices(sheet, area, (yes, no))
