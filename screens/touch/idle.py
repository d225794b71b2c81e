"""Idle: the sun of the drum with a hand on it. Nothing moves; the whole screen is one key."""

from __future__ import annotations

from kiosk.visit_events import Touched
from screens.touch.board import Sun, header_extra, put_header, put_sun
from screens.touch.drawing import Art, Box, Item, Key, Panel, Run, around
from screens.touch.scene import Scene
from screens.touch.sheet import (
    BOLD,
    CENTRE,
    SEMIBOLD,
    Sheet,
    Type,
    set_line,
    set_runs,
)

PROMISES = ("b1", "b2", "b3", "b4", "b5")
CAN_ICONS = ("ticket", "smiley")
COLUMNS = 2
BETWEEN = " · "


def draw_idle(sheet: Sheet, scene: Scene) -> None:
    """The screen that waits."""
    sheet.fill(sheet.box, "board")
    if sheet.look.landscape:
        _draw_wide(sheet, scene)
    else:
        _draw_high(sheet, scene)
    sheet.add_key(Key("start", sheet.box, Touched(), (), ()))


def _draw_high(sheet: Sheet, scene: Scene) -> None:
    size = sheet.size
    extra = header_extra(sheet, scene)
    middle = sheet.box.w // 2
    bar = sheet.box.h - size("idle_bar")
    strip = bar - _promises_h(sheet, scene, sheet.box.w, size("idle_strip"))
    width = sheet.box.w - 2 * size("board_x")
    below = _title_end(sheet, scene, (middle, extra), width)
    sun = Sun((middle, strip - size("idle_motif_up")), size("idle_motif"), "idle")
    radius = sun.middle[1] - below - sheet.look.clear
    if radius < sun.radius:
        sun = Sun(sun.middle, round(2 * radius), "idle")
    put_sun(sheet, sun)
    put_header(sheet, scene)
    _put_title(sheet, scene, (middle, extra), width)
    _put_hand(sheet, sun.middle)
    _put_promises(sheet, scene, Box(0, strip, sheet.box.w, bar - strip))
    _put_can(sheet, scene, Box(0, bar, sheet.box.w, sheet.box.h - bar))


def _draw_wide(sheet: Sheet, scene: Scene) -> None:
    """Words at the left, the sun at the right."""
    size = sheet.size
    left = size("idle_left_wide")
    bar = sheet.box.h - size("idle_bar_wide")
    strip = bar - _promises_h(sheet, scene, left, size("idle_strip_wide"))
    room = sheet.box.w - left
    diameter = min(round(bar * sheet.share("idle_sun_wide")), room)
    sun = Sun((left + room // 2, bar // 2), diameter, "idle")
    put_sun(sheet, sun)
    _put_hand(sheet, sun.middle)
    extra = put_header(sheet, scene)
    _put_title(sheet, scene, (left // 2, extra), left - 2 * size("board_x"))
    _put_promises(sheet, scene, Box(0, strip, left, bar - strip))
    _put_can(sheet, scene, Box(0, bar, sheet.box.w, sheet.box.h - bar))


def _title(sheet: Sheet, scene: Scene, width: int) -> tuple[Type, tuple[str, ...]]:
    title = sheet.type("attract", BOLD, 1.19, grows="title")
    return title.fitted(scene.words.say("idle_attract.title"), width, 3 * title.leading, least_lines=2)


def _title_end(sheet: Sheet, scene: Scene, at: tuple[int, int], width: int) -> int:
    """Where the title ends, descenders and all."""
    return _put_title(Sheet(sheet.look, scene), scene, at, width)


def _put_title(sheet: Sheet, scene: Scene, at: tuple[int, int], width: int) -> int:
    size = sheet.size
    hello = sheet.type("attract_hello", SEMIBOLD, grows="title")
    title, lines = _title(sheet, scene, width)
    x, extra = at
    sheet.write(scene.words.say("idle_attract.hello"), (x, size("idle_hello") + extra), hello, "bronze_text", CENTRE)
    last = sheet.write_lines(lines, (x, size("idle_title") + extra), title, "on_board", CENTRE)
    return last + title.size // 5


def _put_hand(sheet: Sheet, middle: tuple[int, int]) -> None:
    size = sheet.size
    diameter, icon = size("idle_disc"), size("idle_icon")
    sheet.add(Panel(around(middle, diameter, diameter), diameter // 2, "surface", "bronze", size("idle_edge")))
    sheet.add(Art(around(middle, icon, icon), "hand-tap", ("action",)))


def _promises_type(sheet: Sheet, scene: Scene, room: int) -> Type:
    """Letters in which the longest promise fits its column."""
    type_ = sheet.type("promise", SEMIBOLD, grows="title")
    taken = sheet.size("promise_ring") + sheet.size("promise_gap") + sheet.size("s")
    words = [scene.words.say(f"idle_attract.{name}") for name in PROMISES]
    return min((type_.one_line(word, room // COLUMNS - taken) for word in words), key=lambda found: found.size)


def _promises_h(sheet: Sheet, scene: Scene, width: int, least: int) -> int:
    """Height of the strip of promises: as drawn, or what its letters need."""
    type_ = _promises_type(sheet, scene, width - 2 * sheet.size("promises_x"))
    rows = -(-len(PROMISES) // COLUMNS)
    return max(least, sheet.size("promises_first") + rows * _pitch(sheet, type_) + type_.cap)


def _pitch(sheet: Sheet, type_: Type) -> int:
    return max(sheet.size("promises_pitch"), round(type_.size * sheet.share("promises_pitch_em")))


def _put_promises(sheet: Sheet, scene: Scene, area: Box) -> None:
    """The five promises in two columns."""
    size, say = sheet.size, scene.words.say
    sheet.fill(area, "board2")
    sheet.fill(Box(area.x, area.y, area.w, size("border_decor")), "bronze")
    x, room = area.x + size("promises_x"), area.w - 2 * size("promises_x")
    first = area.y + size("promises_first")
    _put_head(sheet, say("idle_attract.five"), (x, first), sheet.type("promises", SEMIBOLD, grows="title"), room)
    type_ = _promises_type(sheet, scene, room)
    ring = size("promise_ring")
    longest = type_.widest(tuple(say(f"idle_attract.{name}") for name in PROMISES[::COLUMNS]))
    column = max(room // COLUMNS, ring + size("promise_gap") + longest + size("s"))
    for place, name in enumerate(PROMISES):
        left = x + place % COLUMNS * column
        base = first + (place // COLUMNS + 1) * _pitch(sheet, type_)
        circle = around((left + ring // 2, base - type_.cap // 2), ring, ring)
        sheet.add(Panel(circle, ring // 2, "board2", "bronze_text", size("promise_line")))
        sheet.write(say(f"idle_attract.{name}"), (left + ring + size("promise_gap"), base), type_, "on_board")


def _put_head(sheet: Sheet, text: str, at: tuple[int, int], type_: Type, room: int) -> None:
    """ "5 biết" stands out of its sentence."""
    type_ = type_.one_line(text, room)
    first, rest = text.split(" ", 1)
    second, rest = rest.split(" ", 1)
    runs = (Run(f"{first} {second}", BOLD, "bronze_text"), Run(f" {rest}", SEMIBOLD, "on_board"))
    sheet.add(set_runs(runs, at, type_))


def _put_can(sheet: Sheet, scene: Scene, area: Box) -> None:
    """What can be done here, in pictures and words; it is read, not touched."""
    size = sheet.size
    sheet.fill(area, "board3")
    words = scene.words.say("idle_attract.can").split(BETWEEN)
    type_ = sheet.type("can", SEMIBOLD, grows="title")
    icon, gap = size("can_icon"), size("promise_gap")
    widths = [icon + gap + type_.width(word) for word in words]
    air = (area.w - sum(widths)) // (len(words) + 1)
    x = area.x + air
    for name, word, width in zip(CAN_ICONS, words, widths, strict=False):
        picture: Item = Art(around((x + icon // 2, area.mid[1]), icon, icon), name, ("bronze_text",))
        sheet.add(picture)
        sheet.add(set_line(word, (x + icon + gap, area.mid[1] + type_.cap // 2), type_, "on_board2"))
        x += width + air
