"""Home: the services, the band to rate, and nothing that does not work yet.

Waiting counts are unknown until there are calls, so no circles and no zero stand there;
what the mocks give to later keys is shared out among tiles and band.
"""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.visit_events import PageTurned, RateChosen, ServiceChosen
from screens.touch.board import (
    Sun,
    board_width,
    header_extra,
    put_clock_wide,
    put_header,
    put_slogan,
    put_sun,
)
from screens.touch.drawing import Art, Box, Item, around
from screens.touch.frame import footer_top, ground_box, put_footer, put_ground
from screens.touch.parts import SAND, Button, centred, disc, put_button, put_key
from screens.touch.scene import Scene, ServiceTile
from screens.touch.sheet import BOLD, LEFT, SEMIBOLD, Sheet, Type

MOST_TILES = 8
FEW_TILES = 4
"""So few stand below each other in portrait, as wide as the screen."""
FACES = ("satisfied", "neutral", "dissatisfied")


def draw_home(sheet: Sheet, scene: Scene) -> None:
    """The home screen."""
    top = _wide_board(sheet, scene) if sheet.look.landscape else _board(sheet, scene)
    area = ground_box(sheet, top)
    bottom = footer_top(sheet) - sheet.size("bottom_gap")
    _put_services(sheet, scene, Box(area.x, area.y, area.w, bottom - area.y))
    put_footer(sheet)


# --- the board -----------------------------------------------------------------------------------


def _board(sheet: Sheet, scene: Scene) -> int:
    """The board on top; returns where the first tile may stand."""
    size = sheet.size
    hello, title = sheet.type("hello", grows="title"), sheet.type("title", BOLD, 1.14, grows="title")
    lower = header_extra(sheet, scene)
    x = size("board_x")
    strip = size("board_home") - size("strip") + lower
    middle = (sheet.box.w - size("motif_home_x"), strip + size("motif_home_y"))
    sun = Sun(middle, size("motif_home"), "home")
    room = middle[0] - sun.diameter // 2 - x
    title, lines = title.fitted(scene.words.say("home.title"), room, 2 * title.leading, least_lines=2)
    height = strip + size("strip")
    sheet.fill(Box(0, 0, sheet.box.w, height), "board")
    put_sun(sheet, sun)
    put_header(sheet, scene)
    higher = sheet.size("home_large_up") if sheet.large else 0
    sheet.write(scene.words.say("home.hello"), (x, size("eyebrow") + lower - higher), hello, "bronze_text")
    sheet.write_lines(lines, (x, size("home_title") + lower - higher), title, "on_board")
    put_slogan(sheet, scene, strip, height)
    put_ground(sheet, height)
    return height + size("top_gap")


def _wide_board(sheet: Sheet, scene: Scene) -> int:
    """The board as a column at the left; returns where the first tile may stand."""
    size = sheet.size
    width, x = board_width(sheet), size("column_x")
    sheet.fill(Box(0, 0, width, sheet.box.h), "board")
    put_sun(sheet, Sun((width // 2, size("motif_wide_y")), size("motif_wide"), "home"))
    extra = put_header(sheet, scene)
    hello, title = sheet.type("hello", grows="not"), sheet.type("question", BOLD, 1.18, grows="title")
    sheet.write(scene.words.say("home.hello"), (x, size("hello_wide") + extra), hello, "bronze_text")
    room = width - x - size("column_right")
    title, lines = title.fitted(scene.words.say("home.title"), room, 2 * title.leading, least_lines=2)
    sheet.write_lines(lines, (x, size("title_wide") + extra), title, "on_board")
    put_clock_wide(sheet, scene, extra)
    put_slogan(sheet, scene, sheet.box.h - size("slogan_wide"), sheet.box.h)
    put_ground(sheet, 0)
    return size("top_wide")


# --- the services --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Grid:
    columns: int
    rows: int
    tile_w: int
    tile_h: int


def _put_services(sheet: Sheet, scene: Scene, area: Box) -> None:
    gap = sheet.look.gap
    band_least = sheet.look.target("band_h_wide" if sheet.look.landscape else "band_h")
    pages = _pages(scene, _most(sheet, area.h - band_least - gap))
    more_h = sheet.look.target("chip_h") + gap if len(pages) > 1 else 0
    tiles = pages[scene.visit.page % len(pages)]
    grid = _grid(sheet, Box(area.x, area.y, area.w, area.h - more_h), max(map(len, pages)), band_least)
    for place, tile in enumerate(tiles):
        x = area.x + place % grid.columns * (grid.tile_w + gap)
        y = area.y + place // grid.columns * (grid.tile_h + gap)
        _put_tile(sheet, Box(x, y, grid.tile_w, grid.tile_h), tile)
    y = area.y + grid.rows * (grid.tile_h + gap)
    if more_h:
        turn = PageTurned((scene.visit.page + 1) % len(pages))
        box = Box(area.x, y, area.w, more_h - gap)
        put_button(sheet, box, Button(name="next", event=turn, word=scene.words.say("home.more"), icon="caret-right"))
        y += more_h
    band_h = min(area.bottom - y, sheet.size("band_max"))
    _put_band(sheet, scene, Box(area.x, area.bottom - band_h, area.w, band_h))


def _columns(sheet: Sheet, count: int) -> int:
    if sheet.look.landscape:
        return min(2 if sheet.large else 4, max(count, 1))
    return 1 if sheet.large or count <= FEW_TILES else 2


def _least_tile(sheet: Sheet) -> int:
    """The lowest a tile may be: its two lines and some air, never under the least target."""
    type_ = _tile_type(sheet)
    lines = 1 if sheet.large and not sheet.look.landscape else 2
    text = type_.height(lines) + 2 * sheet.size("row_pad")
    if sheet.look.landscape and not sheet.large:
        text += sheet.size("row_disc") + sheet.size("s")
    return max(text, sheet.look.target("target_min"))


def _most(sheet: Sheet, height: int) -> int:
    """How many tiles this panel takes at once."""
    rows = (height + sheet.look.gap) // (_least_tile(sheet) + sheet.look.gap)
    return max(1, min(MOST_TILES, rows * _columns(sheet, MOST_TILES)))


def _pages(scene: Scene, most: int) -> list[tuple[ServiceTile, ...]]:
    services = scene.services
    if len(services) > most:
        most = max(1, most - 1)
    return [services[start : start + most] for start in range(0, len(services), most)] or [()]


def _grid(sheet: Sheet, area: Box, count: int, band_least: int) -> _Grid:
    gap = sheet.look.gap
    columns = _columns(sheet, count)
    rows = -(-count // columns)
    tile_w = (area.w - gap * (columns - 1)) // columns
    room = area.h - band_least - gap * rows
    share = rows * sheet.size("tile_h") / (rows * sheet.size("tile_h") + band_least) if rows else 0
    extra = max(0, room - rows * sheet.size("tile_h"))
    tallest = sheet.size("tile_max_wide" if sheet.look.landscape else "tile_max")
    fitted = (room - extra + round(extra * share)) // rows if rows else 0
    return _Grid(columns, rows, tile_w, min(fitted, tallest))


def _tile_type(sheet: Sheet) -> Type:
    wide = sheet.look.landscape and not sheet.large
    return sheet.type("tile_wide" if wide else "tile", BOLD, 1.1)


def _put_tile(sheet: Sheet, box: Box, service: ServiceTile) -> None:
    event = ServiceChosen(service.id, service.asks_priority)
    stacked = sheet.look.landscape and not sheet.large and box.w < 2 * box.h
    content = _stacked(sheet, box, service) if stacked else _rowed(sheet, box, service)
    put_key(sheet, f"tile:{service.id}", box, event, content)


def _rowed(sheet: Sheet, box: Box, service: ServiceTile) -> list[Item]:
    """Disc at the left, name beside it."""
    size = sheet.size
    low = box.h < size("icon_disc") + 2 * size("row_pad")
    diameter = min(size("row_disc") if low else size("icon_disc"), box.h - 2 * size("s"))
    pad = size("tile_pad")
    icon_px = round(diameter * size("icon") / size("icon_disc"))
    items = disc(sheet, (box.x + pad + diameter // 2, box.mid[1]), diameter, service.icon or "files", icon_px)
    x = box.x + pad + diameter + size("tile_text")
    least = 2 if "," in service.name and not low else 1
    room = box.right - size("tile_pad_right") - x
    type_, lines = _tile_type(sheet).fitted(service.name, room, box.h - 2 * size("s"), least_lines=least)
    return items + centred(lines, type_, (x, box.mid[1]), "ink", LEFT)


def _stacked(sheet: Sheet, box: Box, service: ServiceTile) -> list[Item]:
    """Disc above, name below (landscape)."""
    size = sheet.size
    pad = size("tile_pad")
    room, height = box.w - 2 * pad, box.h - 3 * pad
    least = 2 if "," in service.name else 1
    type_, lines = _tile_type(sheet).fitted(service.name, room, height - size("row_disc"), least_lines=least)
    diameter = min(size("tile_disc_wide"), height - type_.height(2))
    icon_px = round(diameter * size("icon") / size("icon_disc"))
    block = diameter + size("l") + type_.height(2)
    y = box.y + max(pad, (box.h - block) // 2)
    items = disc(sheet, (box.x + pad + diameter // 2, y + diameter // 2), diameter, service.icon or "files", icon_px)
    first = y + diameter + size("l") + type_.cap
    for row, text in enumerate(lines):
        items += centred((text,), type_, (box.x + pad, first + row * type_.leading - type_.cap // 2), "ink", LEFT)
    return items


def _put_band(sheet: Sheet, scene: Scene, box: Box) -> None:
    """The band to rate: the whole of it is one key, its faces are no buttons."""
    size, say = sheet.size, scene.words.say
    caret = around((box.right - size("caret_right") - size("caret") // 2, box.mid[1]), size("caret"), size("caret"))
    pitch = size("face_pitch")
    left = caret.x - size("s") - len(FACES) * pitch
    face = size("face_band")
    inks = ("face", "face_ink", "bronze")
    content: list[Item] = [
        Art(around((left + place * pitch + pitch // 2, box.mid[1]), face, face), name, inks)
        for place, name in enumerate(FACES)
    ]
    content.append(Art(caret, "caret-right", ("action",)))
    x = box.x + size("band_pad")
    content += _band_text(sheet, (say("home.rate"), say("home.rate_sub"), say("home.rate_big")), (x, box), left - x)
    put_key(sheet, "rate_band", box, RateChosen(), content, kind=SAND)


def _band_text(sheet: Sheet, texts: tuple[str, str, str], at: tuple[int, Box], room: int) -> list[Item]:
    x, box = at
    head, sub = sheet.type("rate", BOLD, 1.12), sheet.type("smallest", SEMIBOLD, 1.18)
    if sheet.large:
        type_, lines = head.fitted(texts[2], room, box.h - 2 * sheet.size("s"))
        return centred(lines, type_, (x, box.mid[1]), "ink", LEFT)
    lines = sub.fold(texts[1], room)
    block = head.cap + round(sub.leading * (len(lines) + 0.05))
    first = box.mid[1] - block // 2 + head.cap
    items = centred((texts[0],), head, (x, first - head.cap // 2), "ink", LEFT)
    for row, text in enumerate(lines, start=1):
        items += centred((text,), sub, (x, first + round(row * sub.leading) - sub.cap // 2), "ink2", LEFT)
    return items
