"""The ground below (or beside) the board, where everything is touched, and its footer."""

from __future__ import annotations

from kiosk.visit import HelpState
from kiosk.visit_events import BigTextToggled, ContrastToggled, Event, LanguageToggled
from kiosk.visit_lobby_events import HelpPressed
from screens.touch.board import board_width
from screens.touch.drawing import Art, Box, Item
from screens.touch.parts import PLAIN, PRIMARY, TINT, put_key
from screens.touch.sheet import CENTRE, SEMIBOLD, Sheet, set_line

RUNG = frozenset({HelpState.RINGING, HelpState.COMING})
"""The office has the call."""


def put_ground(sheet: Sheet, top: int) -> None:
    """The paper-light part below ``top`` (right of the board in landscape)."""
    left = board_width(sheet) if sheet.look.landscape else 0
    sheet.fill(Box(left, top, sheet.box.w - left, sheet.box.h - top), "ground")


def ground_box(sheet: Sheet, top: int) -> Box:
    """Where things to touch may stand: from ``top`` down to the footer, inside the margins."""
    left = board_width(sheet) if sheet.look.landscape else 0
    margin = sheet.size("margin_wide") if sheet.look.landscape else sheet.look.margin
    return Box(left + margin, top, sheet.box.w - left - 2 * margin, footer_top(sheet) - top)


def button_row(sheet: Sheet, area: Box) -> Box:
    """The lowest row of the ground, where the big buttons stand on every screen."""
    height = sheet.look.target("button_h")
    return Box(area.x, footer_top(sheet) - sheet.size("button_foot") - height, area.w, height)


def footer_top(sheet: Sheet) -> int:
    """Where the footer begins."""
    return sheet.box.bottom - max(sheet.size("footer_h"), _key_h(sheet) + 2 * sheet.size("s"))


def _key_h(sheet: Sheet) -> int:
    return sheet.look.target("footer_key_h")


def put_footer(sheet: Sheet) -> None:
    """The keys that are at the same place on every screen: other language, large text, contrast, help."""
    top = footer_top(sheet)
    left = board_width(sheet) if sheet.look.landscape else 0
    sheet.fill(Box(left, top, sheet.box.w - left, sheet.box.bottom - top), "sunk")
    sheet.fill(Box(left, top, sheet.box.w - left, sheet.size("border_decor")), "line")
    area = ground_box(sheet, top)
    key_h, gap = _key_h(sheet), sheet.look.gap
    y = top + (sheet.box.bottom - top - key_h + 1) // 2
    keys = _footer_keys(sheet)
    width = (area.w - gap * (len(keys) - 1)) // len(keys)
    for place, (name, icon, word, event, on) in enumerate(keys):
        box = Box(area.x + place * (width + gap), y, width, key_h)
        content = _footer_content(sheet, box, icon, word, on=on)
        kind = PRIMARY if on else TINT if name == "help" else PLAIN
        put_key(sheet, f"footer:{name}", box, event, content, kind=kind, size="key")


def _footer_keys(sheet: Sheet) -> tuple[tuple[str, str, str, Event, bool], ...]:
    say = sheet.words.say
    return (
        ("language", "translate", say("common.other_language"), LanguageToggled(), False),
        ("big_text", "text-aa", say("common.big_text"), BigTextToggled(), sheet.large),
        ("contrast", "circle-half", say("common.contrast"), ContrastToggled(), sheet.bold_edges),
        ("help", "hand-waving", help_word(sheet), HelpPressed(), sheet.help in RUNG),
    )


def help_word(sheet: Sheet) -> str:
    """What the key for help says: what became of the call, once there is one."""
    return sheet.words.say("common.help" if sheet.help is HelpState.NONE else f"help.key_{sheet.help.value}")


def _footer_content(sheet: Sheet, box: Box, icon: str, word: str, *, on: bool) -> list[Item]:
    """Icon above its word; the word keeps its size, the icon takes what is left."""
    size = sheet.size
    type_ = sheet.type("smallest", SEMIBOLD, grows="title").one_line(word, box.w - 2 * size("s"))
    base = box.bottom - max(box.h - size("footer_word") if box.h == size("footer_key_h") else 0, type_.size // 2)
    side = min(size("footer_icon"), base - type_.cap - box.y - size("footer_icon_y") - size("xs") // 2)
    picture = Box(box.mid[0] - side // 2, box.y + size("footer_icon_y"), side, side)
    ink, colour = ("on_action", "on_action") if on else ("action", "ink")
    return [Art(picture, icon, (ink,)), set_line(word, (box.mid[0], base), type_, colour, CENTRE)]
