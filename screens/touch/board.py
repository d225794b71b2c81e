"""The board: the dark upper part (left column in landscape) that is only read."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from kiosk.words import Words
from screens.touch.drawing import Art, Box, Line, around
from screens.touch.look import MOTIF_OPACITY
from screens.touch.parts import centred
from screens.touch.scene import Scene
from screens.touch.sheet import (
    BOLD,
    LEFT,
    RIGHT,
    SEMIBOLD,
    Sheet,
    Type,
    set_lines,
)

OUTERMOST = 0.488
"""Radius of the outermost circle of ``motif.svg`` in widths of the picture."""
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True, slots=True)
class Sun:
    """The drum face: its centre and diameter in pixels, and the kind of screen that says how strong it is."""

    middle: tuple[int, int]
    diameter: int
    kind: str

    def below(self, y: int) -> Sun:
        """The same sun, smaller if it must be to stay below ``y``."""
        return replace(self, diameter=min(self.diameter, round((self.middle[1] - y) / OUTERMOST)))

    def clear_of(self, line: Line, distance: float) -> bool:
        """Whether a line of letters keeps ``distance`` pixels from the outermost circle."""
        near_x = min(max(self.middle[0], line.box.x), line.box.right)
        top = line.box.y + line.ascent // 3
        near_y = min(max(self.middle[1], top), line.box.bottom)
        return math.hypot(near_x - self.middle[0], near_y - self.middle[1]) >= self.radius + distance

    @property
    def radius(self) -> float:
        """Radius of the outermost circle; the picture has a little air around it."""
        return self.diameter * OUTERMOST


def board_width(sheet: Sheet) -> int:
    """Width of the board: a column at the left in landscape, the whole screen in portrait."""
    return sheet.size("board_wide") if sheet.look.landscape else sheet.box.w


def put_sun(sheet: Sheet, sun: Sun) -> None:
    """The drum face, if there is room for a face. What is painted after it covers its lower half: it rises."""
    if sun.diameter < 2 * sheet.size("logo"):
        return
    box = around(sun.middle, sun.diameter, sun.diameter)
    sheet.add(Art(box, "motif", ("bronze",), MOTIF_OPACITY[sun.kind]))


def put_sun_behind(sheet: Sheet, sun: Sun, lines: list[Line]) -> None:
    """The drum face, a little aside where a word comes near; where that is not enough, the sun stays away."""
    distance = sheet.look.clear
    for aside in range(0, sheet.size("motif_aside") + 1, distance):
        moved = replace(sun, middle=(sun.middle[0] + aside, sun.middle[1]))
        if all(moved.clear_of(line, distance) for line in lines):
            put_sun(sheet, moved)
            return


# --- header ------------------------------------------------------------------------------------------


def put_header(sheet: Sheet, scene: Scene) -> int:
    """Logo and office; returns how much lower it ends than with a name of one line."""
    size = sheet.size
    side = size("logo")
    sheet.add(Art(Box(size("header_x"), size("header_top"), side, side), "logo", ("ink",)))
    x = size("header_x") + side + size("logo_gap")
    small = sheet.type("smallest", SEMIBOLD, 1.2, grows="not")
    room = _header_right(sheet, scene) - x - size("m")
    name, lines = _office_name(sheet, scene.office.name, room)
    above = small.fold(scene.office.small, room)
    extra = (len(above) - 1) * small.leading
    sheet.write_lines(above, (x, size("header_small")), small, "on_board2")
    last = sheet.write_lines(lines, (x, size("header_name") + extra), name, "on_board")
    if not sheet.look.landscape:
        _put_clock(sheet, scene)
    return last - size("header_name")


def header_extra(sheet: Sheet, scene: Scene) -> int:
    """How much lower the board must go: below a long name (tried on a sheet that is thrown away),

    and on a tall panel far enough for everything that is touched to lie within reach.
    """
    named = put_header(Sheet(sheet.look, scene), scene)
    if sheet.look.landscape:
        return named
    return max(named, sheet.box.h - sheet.look.reach - sheet.size("board_home"))


def _office_name(sheet: Sheet, name: str, room: int) -> tuple[Type, tuple[str, ...]]:
    """A long name takes two or three lines of smaller letters."""
    type_ = sheet.type("office", BOLD, 1.05, grows="not")
    lines = type_.fold(name, room)
    if len(lines) > 1:
        type_ = sheet.type("smallest", BOLD, 1.1, grows="not")
        lines = type_.fold(name, room)
    return type_, lines


def _header_right(sheet: Sheet, scene: Scene) -> int:
    if sheet.look.landscape:
        return board_width(sheet)
    date = sheet.type("smallest", SEMIBOLD, grows="not")
    return sheet.box.right - sheet.size("header_x") - date.width(date_text(scene))


def _put_clock(sheet: Sheet, scene: Scene) -> None:
    right = sheet.box.right - sheet.size("header_x")
    clock = sheet.type("clock", BOLD, grows="not")
    date = sheet.type("smallest", SEMIBOLD, grows="not")
    sheet.write(f"{scene.now:%H:%M}", (right, sheet.size("header_clock")), clock, "on_board", RIGHT)
    sheet.write(date_text(scene), (right, sheet.size("header_date")), date, "on_board2", RIGHT)


def date_text(scene: Scene) -> str:
    """Today as the clock says it: "Thứ Hai, 23/11/2026"."""
    return f"{day_name(scene.words, scene.now.weekday())}, {scene.now:%d/%m/%Y}"


def day_name(words: Words, weekday: int) -> str:
    """The name of a day, Monday is 0."""
    return words.say(f"common.{_DAYS[weekday]}")


# --- boards --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Title:
    """What a board says: a short line above, the sentence below, and what kind of board it is.

    ``kind``: "question", "notice" (large sun) or "number" (no strip: a card lies over the edge).
    """

    above: str
    text: str
    kind: str = "question"


def put_board(sheet: Sheet, scene: Scene, title: Title) -> int:
    """The board with a title; returns where the ground begins (0 in landscape)."""
    return _put_column(sheet, scene, title) if sheet.look.landscape else _put_head(sheet, scene, title)


def _put_head(sheet: Sheet, scene: Scene, title: Title) -> int:
    size = sheet.size
    extra = header_extra(sheet, scene)
    x = size("board_x")
    above = sheet.type("eyebrow", grows="title")
    type_ = sheet.type("question", BOLD, 1.18, grows="title")
    room = sheet.box.w - 2 * x
    lines = type_.fold(title.text, room, least_lines=2 if title.kind == "notice" else 1)
    eyebrow = above.fold(title.above, room)
    lower = extra + (len(eyebrow) - 1) * above.leading
    first = size("question_first") + lower + (type_.cap - sheet.type("question", grows="not").cap)
    height = size(f"board_{title.kind}") + lower + max(0, len(lines) - 2) * type_.leading
    said = set_lines(lines, (x, first), type_, "on_board")
    said += set_lines(eyebrow, (x, size("eyebrow_question") + extra), above, "bronze_text")
    sheet.fill(Box(0, 0, sheet.box.w, height), "board")
    put_sun_behind(sheet, _sun(sheet, title.kind, height), said)
    put_header(sheet, scene)
    sheet.add(*said)
    if title.kind != "number":
        put_band_strip(sheet, height)
    return height


def _sun(sheet: Sheet, kind: str, height: int) -> Sun:
    size = sheet.size
    if kind == "question":
        middle = (sheet.box.w - size("motif_question_x"), height - size("band_strip"))
        return Sun(middle, size("motif_question"), kind)
    lower = height - size(f"board_{kind}")
    return Sun((sheet.box.w - size("motif_notice_x"), size("motif_notice_y") + lower), size("motif_notice"), "notice")


def put_band_strip(sheet: Sheet, bottom: int) -> None:
    """The strip of linked circles that ends at ``bottom``."""
    strip, art = sheet.size("band_strip"), sheet.size("band_art")
    width = board_width(sheet)
    sheet.fill(Box(0, bottom - strip, width, strip), "board2")
    sheet.fill(Box(0, bottom - strip, width, sheet.size("border_decor")), "bronze")
    sheet.add(Art(Box(0, bottom - strip // 2 - art // 2, width, art), "band", ("bronze",), MOTIF_OPACITY["band"]))


def _put_column(sheet: Sheet, scene: Scene, title: Title) -> int:
    """The board as a column: title from above, the sun at its foot."""
    size = sheet.size
    width, x = board_width(sheet), size("column_x")
    extra = header_extra(sheet, scene)
    above = sheet.type("eyebrow", SEMIBOLD, 1.15, grows="not")
    type_ = sheet.type("question", BOLD, 1.18, grows="title")
    room = width - x - size("column_right")
    eyebrow = above.fold(title.above, room)
    first = size("eyebrow_wide") + extra
    base = size("question_wide") + extra + (len(eyebrow) - 1) * above.leading
    type_, lines = type_.fitted(title.text, room, sheet.box.h - base)
    said = set_lines(eyebrow, (x, first), above, "bronze_text")
    said += set_lines(lines, (x, base), type_, "on_board")
    sheet.fill(Box(0, 0, width, sheet.box.h), "board")
    put_sun_behind(sheet, Sun((width // 2, sheet.box.h), size("motif_question_wide"), "question"), said)
    put_header(sheet, scene)
    sheet.add(*said)
    return 0


def slogan_height(sheet: Sheet, scene: Scene) -> int:
    """Height of the slogan's strip: as drawn, or what its words need."""
    _, type_, lines = _slogan(sheet, scene)
    least = sheet.size("slogan_wide" if sheet.look.landscape else "strip")
    return max(least, type_.height(len(lines)) + 2 * sheet.look.gap)


def _slogan(sheet: Sheet, scene: Scene) -> tuple[int, Type, tuple[str, ...]]:
    """Where the slogan begins, its letters and its lines."""
    x = sheet.size("slogan_x")
    most = 3 if sheet.look.landscape else 1
    type_ = sheet.type("smallest", SEMIBOLD, grows="title")
    type_, lines = type_.fitted(scene.office.promise, board_width(sheet) - 2 * x, type_.height(most))
    return x, type_, lines


def put_slogan(sheet: Sheet, scene: Scene, area: Box) -> None:
    """The office's promise in its own strip of the home board."""
    x, type_, lines = _slogan(sheet, scene)
    sheet.fill(area, "board2")
    sheet.fill(Box(area.x, area.y, area.w, sheet.size("border_decor")), "bronze")
    sheet.add(*centred(lines, type_, (x, area.mid[1]), "on_board", LEFT))


def under_clock(sheet: Sheet) -> int:
    """Where the drum face may begin below the clock of the header."""
    date = sheet.type("smallest", SEMIBOLD, grows="not")
    return sheet.size("header_date") + date.size // 4 + sheet.look.clear


def put_clock_wide(sheet: Sheet, scene: Scene, base: int) -> None:
    """The clock as it stands on the column of the home screen, the date's baseline at ``base``."""
    clock = sheet.type("clock_wide", BOLD, grows="not")
    date = sheet.type("smallest", SEMIBOLD, grows="not")
    x = sheet.size("column_x")
    sheet.write(f"{scene.now:%H:%M}", (x, base - sheet.size("clock_over_date")), clock, "on_board", LEFT)
    sheet.write(date_text(scene), (x, base), date, "on_board2", LEFT)
