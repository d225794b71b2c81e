"""The card of a number somebody holds already: the number at the left, what is known of it at the right."""

from __future__ import annotations

from screens.touch.drawing import Art, Box, around
from screens.touch.parts import Said, card, fits, said_height, said_items
from screens.touch.scene import HeldNote, Scene
from screens.touch.sheet import BLACK, BOLD, CENTRE, SEMIBOLD, Sheet


def held_said(sheet: Sheet, scene: Scene, note: HeldNote, told: tuple[str, ...]) -> tuple[Said, ...]:
    """The service and what is known of the number, a line each."""
    small = sheet.type("card_text", SEMIBOLD, 1.22)
    head = Said(sheet.type("lead", BOLD, 1.15, grows="title"), note.service, "ink")
    lines = [head] if note.service else []
    lines += [Said(small, line, "ink2") for line in told if line]
    if note.issued_at is not None:
        taken = scene.words.say("confirm_second_ticket.taken_at", time=f"{note.issued_at:%H:%M}")
        lines.append(Said(small, taken, "ink2"))
    return tuple(lines)


def put_held(
    sheet: Sheet,
    box: Box,
    note: HeldNote,
    label: str,
    said: tuple[Said, ...],
) -> None:
    """The card. ``label`` stands small above the number."""
    size = sheet.size
    sheet.add(card(sheet, box))
    split = box.x + round(box.w * sheet.share("held_left"))
    pad = size("m")
    left = Box(box.x + pad, box.y + pad, split - box.x - 2 * pad, box.h - 2 * pad)
    small = sheet.type("card_text", SEMIBOLD, grows="title").one_line(label, left.w)
    big, lines = sheet.type("held_number", BLACK, grows="not").fitted(note.number, left.w, left.h - small.cap - pad)
    between = min(size("l"), left.h - small.cap - big.cap)
    base = box.mid[1] - (small.cap + between + big.cap) // 2 + small.cap
    sheet.write(label, (left.mid[0], base), small, "ink2", CENTRE)
    sheet.write_lines(lines, (left.mid[0], base + between + big.cap), big, "son", CENTRE)
    rule = box.h - 2 * size("l")
    sheet.fill(Box(split, box.mid[1] - rule // 2, size("border_decor"), rule), "line")
    right = Box(split + size("l"), box.y + pad, box.right - split - size("l") - pad, box.h - 2 * pad)
    while len(said) > 1 and not fits(right, said):  # the weightiest stand first
        said = said[:-1]
    sheet.add(*said_items(right, said))


def held_height(sheet: Sheet, width: int, said: tuple[Said, ...]) -> int:
    """How high the card wants to be in that width."""
    room = width - round(width * sheet.share("held_left")) - sheet.size("l") - sheet.size("m")
    return max(sheet.size("held_h"), said_height(said, room) + 2 * sheet.size("m"))


def put_note(sheet: Sheet, area: Box, icon: str, said: tuple[Said, ...]) -> None:
    """A remark with its picture, in the middle of ``area``'s height; nothing where there is no room for it."""
    if not area.h:
        return
    side = sheet.size("lock")
    x = area.x + sheet.size("note_pad")
    sheet.add(Art(around((x + side // 2, area.mid[1]), side, side), icon, ("action",)))
    text = area.x + sheet.size("note_x")
    sheet.add(*said_items(Box(text, area.y, area.right - text, area.h), said))


def note_height(sheet: Sheet, width: int, said: tuple[Said, ...]) -> int:
    """How high a remark gets in that width."""
    return max(sheet.size("lock"), said_height(said, width - sheet.size("note_x")))
