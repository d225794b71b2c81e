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
    slogan_height,
    under_clock,
)
from screens.touch.drawing import Art, Box, Item, around
from screens.touch.frame import footer_top, ground_box, put_footer, put_ground
from screens.touch.parts import SAND, Button, Said, centred, disc, fits, put_button, put_key, said_items
from screens.touch.scene import Scene, ServiceTile
from screens.touch.sheet import BOLD, LEFT, SEMIBOLD, Sheet, Type, set_lines

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
    height = strip + slogan_height(sheet, scene)
    middle = (sheet.box.w - size("motif_home_x"), strip + size("motif_home_y"))
    sun = Sun(middle, size("motif_home"), "home").below(under_clock(sheet))
    room = middle[0] - round(sun.radius) - sheet.look.clear - x
    title, lines = title.fitted(scene.words.say("home.title"), room, 2 * title.leading, least_lines=2)
    sheet.fill(Box(0, 0, sheet.box.w, height), "board")
    put_sun(sheet, sun)
    put_header(sheet, scene)
    higher = sheet.size("home_large_up") if sheet.large else 0
    sheet.write(scene.words.say("home.hello"), (x, size("eyebrow") + lower - higher), hello, "bronze_text")
    sheet.write_lines(lines, (x, size("home_title") + lower - higher), title, "on_board")
    put_slogan(sheet, scene, Box(0, strip, sheet.box.w, height - strip))
    put_ground(sheet, height)
    return height + size("top_gap")


def _wide_board(sheet: Sheet, scene: Scene) -> int:
    """The board as a column at the left; returns where the first tile may stand."""
    size = sheet.size
    width, x = board_width(sheet), size("column_x")
    extra = header_extra(sheet, scene)
    slogan = slogan_height(sheet, scene)
    hello, title = sheet.type("hello", grows="not"), sheet.type("question", BOLD, 1.18, grows="title")
    room = width - x - size("column_right")
    title, lines = title.fitted(scene.words.say("home.title"), room, 2 * title.leading, least_lines=2)
    date = size("date_wide") + extra
    with_clock = date + size("s") < sheet.box.h - slogan
    end = date if with_clock else size("title_wide") + extra + title.leading + title.size // 4
    sheet.fill(Box(0, 0, width, sheet.box.h), "board")
    sun = Sun((width // 2, size("motif_wide_y")), size("motif_wide"), "home")
    put_sun(sheet, sun.below(end + size("s") + sheet.look.clear))
    put_header(sheet, scene)
    sheet.write(scene.words.say("home.hello"), (x, size("hello_wide") + extra), hello, "bronze_text")
    sheet.write_lines(lines, (x, size("title_wide") + extra), title, "on_board")
    if with_clock:
        put_clock_wide(sheet, scene, date)
    put_slogan(sheet, scene, Box(0, sheet.box.h - slogan, width, slogan))
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
    more_h = sheet.look.target("chip_h") + gap
    room = area.h - band_least - gap
    most = _most(sheet, scene, area.w, room)
    if len(scene.services) > most:
        most = max(1, _most(sheet, scene, area.w, room - more_h))
    pages = _pages(scene, most)
    more_h = more_h if len(pages) > 1 else 0
    tiles = pages[scene.visit.page % len(pages)]
    grid = _grid(sheet, Box(area.x, area.y, area.w, area.h - more_h), len(pages[0]), band_least)
    for place, tile in enumerate(tiles):
        x = area.x + place % grid.columns * (grid.tile_w + gap)
        y = area.y + place // grid.columns * (grid.tile_h + gap)
        _put_tile(sheet, Box(x, y, grid.tile_w, grid.tile_h), tile)
    y = area.y + grid.rows * (grid.tile_h + gap)
    if more_h:
        turn = PageTurned((scene.visit.page + 1) % len(pages))
        more = Button(name="next", event=turn, word=scene.words.say("home.more"), icon="caret-right")
        put_button(sheet, Box(area.x, y, area.w, more_h - gap), more)
        y += more_h
    band_h = min(area.bottom - y, sheet.size("band_max"))
    _put_band(sheet, scene, Box(area.x, area.bottom - band_h, area.w, band_h))


def _columns(sheet: Sheet, count: int) -> int:
    if sheet.look.landscape:
        return min(2 if sheet.large else 4, max(count, 1))
    return 1 if sheet.large or count <= FEW_TILES else 2


def _least_tile(sheet: Sheet, scene: Scene, tile_w: int) -> int:
    """The lowest a tile may be for the longest of these names, never under the least target."""
    size, type_ = sheet.size, _tile_type(sheet)
    stacked = sheet.look.landscape and not sheet.large
    taken = 2 * size("tile_pad") if stacked else _name_x(sheet) + size("tile_pad_right")
    lines = [type_.fitted(tile.name, tile_w - taken, 2 * type_.cap)[1] for tile in scene.services]
    words = sheet.type("smallest", BOLD, 1.1).height(max(map(len, lines), default=1))
    disc_h = size("row_disc") + size("m") if stacked else 0
    return max(words + disc_h + 2 * size("m"), sheet.look.target("target_min"))


def _most(sheet: Sheet, scene: Scene, width: int, height: int) -> int:
    """How many tiles this panel takes at once."""
    gap = sheet.look.gap
    columns = _columns(sheet, len(scene.services))
    least = _least_tile(sheet, scene, (width - gap * (columns - 1)) // columns)
    return min(MOST_TILES, (height + gap) // (least + gap) * columns)


def _pages(scene: Scene, most: int) -> list[tuple[ServiceTile, ...]]:
    services = scene.services
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


def _name_x(sheet: Sheet) -> int:
    """From a tile's left edge to its name, with the small disc."""
    return sheet.size("tile_pad") + sheet.size("row_disc") + sheet.size("tile_text")


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
    pad, between = size("tile_pad"), size("m")
    room, height = box.w - 2 * pad, box.h - 2 * size("m")
    least = 2 if "," in service.name else 1
    names = height - between - size("row_disc")
    type_, lines = _tile_type(sheet).fitted(service.name, room, names, least_lines=least)
    words_h = type_.height(max(2, len(lines)))
    diameter = min(size("tile_disc_wide"), height - between - words_h)
    icon_px = round(diameter * size("icon") / size("icon_disc"))
    air = height - diameter - words_h
    between = min(air, size("l"))
    y = box.y + size("m") + (air - between) // 2
    items = disc(sheet, (box.x + pad + diameter // 2, y + diameter // 2), diameter, service.icon or "files", icon_px)
    first = y + diameter + between + type_.cap
    return [*items, *set_lines(lines, (box.x + pad, first), type_, "ink", LEFT)]


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
    texts = (say("home.rate"), say("home.rate_sub"), say("home.rate_big"))
    content += _band_text(sheet, texts, Box(x, box.y + size("xs"), left - x, box.h - 2 * size("xs")))
    put_key(sheet, "rate_band", box, RateChosen(), content, kind=SAND)


def _band_text(sheet: Sheet, texts: tuple[str, str, str], box: Box) -> tuple[Item, ...]:
    """The question in two parts, or short where letters are large or the band is low."""
    head, sub = sheet.type("rate", BOLD, 1.12), sheet.type("smallest", SEMIBOLD, 1.18)
    full = (Said(head, texts[0], "ink"), Said(sub, texts[1], "ink2"))
    if sheet.large or not fits(box, full):
        return said_items(box, (Said(head, texts[2], "ink"),))
    return said_items(box, full)
