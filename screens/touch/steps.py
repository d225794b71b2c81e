"""Steps: linked circles that say how far one has come."""

from __future__ import annotations

from screens.touch.drawing import Box, Panel, around
from screens.touch.sheet import BOLD, SEMIBOLD, Sheet, Type, set_line


def put_steps(sheet: Sheet, area: Box, labels: tuple[str, ...], now: int, *, close: bool = False) -> int:
    """Steps along the top of ``area``, ``now`` counted from 0; returns where the space below them begins.

    ``close``: what follows is only read and may stand nearer.
    """
    size = sheet.size
    wide = sheet.look.landscape
    middle = area.y + size("steps_y_wide" if wide else "steps_y_low" if close else "steps_y")
    pad = size("steps_pad_wide" if wide else "steps_pad")
    room = Box(area.x + pad, area.y, area.w - 2 * pad, area.h)
    labels = _labels(sheet, labels, now, room.w)
    types = _types(sheet, labels, room.w)
    circles = [size("step_now" if place == now else "step_dot") for place in range(len(labels))]
    gap = size("step_gap")
    words = [types[place == now].width(label) for place, label in enumerate(labels)]
    link = (room.w - sum(circles) - sum(words) - len(labels) * gap) // max(1, len(labels) - 1)
    x = room.x
    for place, label in enumerate(labels):
        sheet.add(*_circle(sheet, (x + circles[place] // 2, middle), place - now))
        x += circles[place] + gap
        type_ = types[place == now]
        colour = "ink" if place == now else "ink2"
        sheet.add(set_line(label, (x, middle + type_.cap // 2), type_, colour))
        x += words[place]
        if place + 1 < len(labels):
            thick = size("step_line")
            line = Box(x + gap, middle - thick // 2, link - 2 * gap, thick)
            if line.w > 0:
                sheet.fill(line, "action" if place < now else "line2")
            x += link
    return area.y + size("steps_h_wide" if wide else "steps_h_plain" if close else "steps_h")


def _labels(sheet: Sheet, labels: tuple[str, ...], now: int, room: int) -> tuple[str, ...]:
    """The labels; where they leave no room for links, numbered steps keep only their number but the current one."""
    type_ = sheet.type("steps", BOLD)
    taken = sum(map(type_.width, labels)) + len(labels) * (sheet.size("step_dot") + 4 * sheet.size("step_gap"))
    if taken <= room or not all(label[-1].isdigit() for label in labels):
        return labels
    return tuple(label if place == now else label.split(" ")[-1] for place, label in enumerate(labels))


def _types(sheet: Sheet, labels: tuple[str, ...], room: int) -> tuple[Type, Type]:
    """Plain and current letters, small enough that the steps stand in one line."""
    plain, bold = sheet.type("steps", SEMIBOLD), sheet.type("steps", BOLD)
    taken = len(labels) * (sheet.size("step_dot") + 2 * sheet.size("step_gap"))
    while bold.size > sheet.look.least_type_px and sum(map(bold.width, labels)) + taken > room:
        plain, bold = plain.smaller(), bold.smaller()
    return plain, bold


def _circle(sheet: Sheet, middle: tuple[int, int], when: int) -> tuple[Panel, ...]:
    """A step that is done (``when`` < 0), current (0) or to come."""
    size = sheet.size
    now, dot = size("step_now"), size("step_dot")
    if when == 0:
        inner = size("step_now_dot")
        ring = Panel(around(middle, now, now), now // 2, "ground", "action", size("step_now_line"))
        return ring, Panel(around(middle, inner, inner), inner // 2, "action")
    if when < 0:
        hole = size("step_hole")
        return (
            Panel(around(middle, dot, dot), dot // 2, "action"),
            Panel(around(middle, hole, hole), hole // 2, "ground"),
        )
    return (Panel(around(middle, dot, dot), dot // 2, "ground", "line2", size("step_line")),)
