"""Tiles: a service with its picture, its name, and how many people wait for it where that is known."""

from __future__ import annotations

from kiosk.visit_events import ServiceChosen
from screens.touch.drawing import Box, Item, Panel, around
from screens.touch.parts import Said, card, centred, disc, fits, put_key, said_items
from screens.touch.scene import ServiceTile
from screens.touch.sheet import BOLD, LEFT, SEMIBOLD, Sheet, Type, moved, set_line, set_lines

MOST_CIRCLES = 6
"""Up to so many people stand as circles beside their count; more are read, not seen."""


def put_tile(sheet: Sheet, box: Box, service: ServiceTile) -> None:
    """One service. Without numbers left it is no key, and says why."""
    stacked = sheet.look.landscape and not sheet.large and box.w < 2 * box.h
    content = _stacked(sheet, box, service) if stacked else _rowed(sheet, box, service)
    if service.full:
        sheet.add(card(sheet, box, fill="sunk"), *content)
    else:
        event = ServiceChosen(service.id, service.asks_priority)
        put_key(sheet, f"tile:{service.id}", box, event, content)


def tile_type(sheet: Sheet) -> Type:
    """The letters of a tile's name."""
    wide = sheet.look.landscape and not sheet.large
    return sheet.type("tile_wide" if wide else "tile", BOLD, 1.1)


def name_x(sheet: Sheet) -> int:
    """From a tile's left edge to its name, with the small disc."""
    return sheet.size("tile_pad") + sheet.size("row_disc") + sheet.size("tile_text")


def wait_word(sheet: Sheet, service: ServiceTile) -> str:
    """How many wait, in words; "" where nobody knows."""
    say = sheet.words.say
    if service.full:
        return say("common.full_today")
    if service.waiting is None:
        return ""
    return say("common.waiting", n=service.waiting) if service.waiting else say("common.no_waiting")


def _small(sheet: Sheet) -> Type:
    return sheet.type("smallest", SEMIBOLD, grows="title")


# --- disc at the left, words beside it ----------------------------------------------------------------


def _rowed(sheet: Sheet, box: Box, service: ServiceTile) -> list[Item]:
    size = sheet.size
    low = box.h < size("icon_disc") + 2 * size("row_pad")
    diameter = min(size("row_disc") if low else size("icon_disc"), box.h - 2 * size("s"))
    pad = size("tile_pad")
    icon_px = round(diameter * size("icon") / size("icon_disc"))
    items = disc(sheet, (box.x + pad + diameter // 2, box.mid[1]), diameter, service.icon or "files", icon_px)
    x = box.x + pad + diameter + size("tile_text")
    text = Box(x, box.y + size("s"), box.right - size("tile_pad_right") - x, box.h - 2 * size("s"))
    below = _name_and_wait(sheet, text, service, twice="," in service.name and not low)
    return items + (below or _name_beside_wait(sheet, text, service))


def _name_and_wait(sheet: Sheet, text: Box, service: ServiceTile, *, twice: bool) -> list[Item]:
    """The name with the wait below it; nothing if there is no room for both."""
    word, small = wait_word(sheet, service), _small(sheet)
    type_, least = tile_type(sheet), 2 if twice else 1
    if not word:
        type_, lines = type_.fitted(service.name, text.w, text.h, least_lines=least)
        return centred(lines, type_, (text.x, text.mid[1]), "ink", LEFT)
    below = small.cap + small.leading - small.cap // 2
    type_, lines = type_.fitted(service.name, text.w, text.h - below, least_lines=least)
    height = type_.height(len(lines)) + below
    if height > text.h or type_.widest(lines) > text.w or small.width(word) > text.w:
        return []
    first = text.y + (text.h - height) // 2 + type_.cap
    names = set_lines(lines, (text.x, first), type_, "ink", LEFT)
    base = first + (len(lines) - 1) * type_.leading + below
    return [*names, *_wait_line(sheet, (text.x, base), text.w, service)]


def _name_beside_wait(sheet: Sheet, text: Box, service: ServiceTile) -> list[Item]:
    """Low rows: the name, and at the right how many wait; whoever has no room for that keeps the name."""
    in_words = service.full or (service.waiting or 0) > MOST_CIRCLES
    word = wait_word(sheet, service) if in_words else str(service.waiting or "")
    small = sheet.type("smallest", SEMIBOLD, grows="not") if in_words else tile_type(sheet)
    air = sheet.size("m")
    taken = small.width(word) + air if word else 0
    circles = _circles(sheet, service.waiting or 0) if not service.full else []
    beside = Box(text.x, text.y, text.w - taken, text.h)
    said = (Said(tile_type(sheet), service.name, "ink"),)
    if not fits(beside, said):
        return [*said_items(text, said)]
    room = text.right - taken - text.x - _widest(circles)
    if circles and tile_type(sheet).width(service.name) + air <= room:
        beside = Box(text.x, text.y, room - air, text.h)
    else:
        circles = []
    right = (text.right - small.width(word), text.mid[1] + small.cap // 2)
    items: list[Item] = [*said_items(beside, said)]
    if word:
        items.append(set_line(word, right, small, "ink2" if in_words else "ink", LEFT))
    return items + _at(circles, right[0] - sheet.size("s") - _widest(circles), text.mid[1])


# --- disc above, words below --------------------------------------------------------------------------


def _stacked(sheet: Sheet, box: Box, service: ServiceTile) -> list[Item]:
    """Landscape."""
    size = sheet.size
    pad, between = size("tile_pad"), size("m")
    room, height = box.w - 2 * pad, box.h - 2 * size("m")
    least = 2 if "," in service.name else 1
    small, word = _small(sheet), wait_word(sheet, service)
    word = word if small.width(word) <= room else ""
    below = small.leading if word else 0
    names = height - between - size("row_disc") - below
    type_, lines = tile_type(sheet).fitted(service.name, room, names, least_lines=least)
    words_h = type_.height(max(2, len(lines))) + below
    diameter = min(size("tile_disc_wide"), height - between - words_h)
    icon_px = round(diameter * size("icon") / size("icon_disc"))
    air = height - diameter - words_h
    between = min(air, size("l"))
    y = box.y + size("m") + (air - between) // 2
    middle = (box.x + pad + diameter // 2, y + diameter // 2)
    items = disc(sheet, middle, diameter, service.icon or "files", icon_px)
    circles = _circles(sheet, service.waiting or 0) if not service.full else []
    if word and _widest(circles) <= room - diameter - between:
        items += _at(circles, box.right - pad - _widest(circles), middle[1])
    first = y + diameter + between + type_.cap
    items += set_lines(lines, (box.x + pad, first), type_, "ink", LEFT)
    if word:
        base = first + (len(lines) - 1) * type_.leading + below
        items.append(set_line(word, (box.x + pad, base), small, "ink2", LEFT))
    return items


# --- circles --------------------------------------------------------------------------------------------


def _wait_line(sheet: Sheet, at: tuple[int, int], room: int, service: ServiceTile) -> list[Item]:
    """Circles and the count in words, in one line with its baseline at ``at``."""
    small, word = _small(sheet), wait_word(sheet, service)
    circles = [] if service.full else _circles(sheet, service.waiting or 0)
    x = at[0] + (_widest(circles) + sheet.size("s") if circles else 0)
    if x + small.width(word) > at[0] + room:
        circles, x = [], at[0]
    return [*_at(circles, at[0], at[1] - small.cap // 2), set_line(word, (x, at[1]), small, "ink2", LEFT)]


def _circles(sheet: Sheet, count: int) -> list[Item]:
    """A circle a person, from the left edge on; none for more than can be seen at a glance."""
    if count > MOST_CIRCLES:
        return []
    side, line = sheet.size("wait_dot"), max(1, sheet.size("wait_line"))
    pitch = side + sheet.size("wait_gap")
    return [
        Panel(around((place * pitch + side // 2, 0), side, side), side // 2, "surface", "bronze", line)
        for place in range(count)
    ]


def _widest(circles: list[Item]) -> int:
    return max((item.box.right for item in circles), default=0)


def _at(circles: list[Item], x: int, middle: int) -> list[Item]:
    """The circles moved there."""
    return [
        Panel(Box(one.box.x + x, one.box.y, one.box.w, one.box.h), one.radius, one.fill, one.edge, one.edge_px)
        for one in moved(tuple(circles), middle)
        if isinstance(one, Panel)
    ]
