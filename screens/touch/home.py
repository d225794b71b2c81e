"""Home: the services, the band to rate, and nothing that does not work yet.

Where nobody knows how many wait, no circles and no zero stand there.
"""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.visit_events import PageTurned, RateChosen
from kiosk.visit_lobby_events import CodeChosen, HelpingChosen, HelpingEnded
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
from screens.touch.parts import PRIMARY, SAND, Button, Said, card, fits, put_button, put_key, said_items
from screens.touch.scene import Scene, ServiceTile
from screens.touch.sheet import BOLD, SEMIBOLD, Sheet
from screens.touch.tiles import name_x, put_tile, tile_type

MOST_TILES = 8
FEW_TILES = 4
"""So few stand below each other in portrait, as wide as the screen."""
FACES = ("satisfied", "neutral", "dissatisfied")


def draw_home(sheet: Sheet, scene: Scene) -> None:
    """The home screen."""
    top = _wide_board(sheet, scene) if sheet.look.landscape else _board(sheet, scene)
    area = ground_box(sheet, top)
    bottom = footer_top(sheet) - sheet.size("bottom_gap")
    chips_h = sheet.look.target("chip_low" if sheet.look.landscape else "button_h")
    chips = Box(area.x, bottom - chips_h, area.w, chips_h)
    more = _put_services(sheet, scene, Box(area.x, area.y, area.w, chips.y - sheet.look.gap - area.y))
    _put_chips(sheet, scene, chips, more)
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


# --- chips --------------------------------------------------------------------------------------------


def _put_chips(sheet: Sheet, scene: Scene, row: Box, more: PageTurned | None) -> None:
    """The row above the footer: further services, who has an appointment, who takes numbers for others."""
    say = scene.words.say
    chips = []
    if more is not None:
        chips.append(Button(name="next", event=more, word=say("home.more"), icon="caret-right", role="chip"))
    if scene.appointments and not scene.visit.helping:
        word = say("home.appointment")
        chips.append(Button(name="appointment", event=CodeChosen(), word=word, icon="calendar-check", role="chip"))
    if not scene.visit.helping:
        word = say("home.assist")
        chips.append(Button(name="assist", event=HelpingChosen(), word=word, icon="hand-heart", role="chip"))
    places = len(chips) + 2 * scene.visit.helping
    width = (row.w - sheet.look.gap * (places - 1)) // places
    pitch = width + sheet.look.gap
    for place, chip in enumerate(chips):
        put_button(sheet, Box(row.x + place * pitch, row.y, width, row.h), chip)
    if scene.visit.helping:
        left = row.x + len(chips) * pitch
        _put_helping(sheet, scene, Box(left, row.y, row.right - left, row.h))


def _put_helping(sheet: Sheet, scene: Scene, row: Box) -> None:
    """Somebody takes numbers for others: it says so until "Xong"."""
    say = scene.words.say
    done_w = max(sheet.look.target("back_w") * 2 // 3, sheet.look.target("target_min"))
    done = Box(row.right - done_w, row.y, done_w, row.h)
    told = Box(row.x, row.y, row.w - done_w - sheet.look.gap, row.h)
    sheet.add(card(sheet, told, fill="sand", edge="sand_line"))
    said = (Said(sheet.type("chip", BOLD, 1.15), say("home.assisting"), "ink"),)
    sheet.add(*said_items(told.inset(sheet.size("m"), sheet.size("xs")), said))
    put_button(sheet, done, Button(name="assist_done", event=HelpingEnded(), word=say("common.done"), kind=PRIMARY))


# --- the services --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Grid:
    columns: int
    rows: int
    tile_w: int
    tile_h: int


def _put_services(sheet: Sheet, scene: Scene, area: Box) -> PageTurned | None:
    """The tiles and the band; what turns to further tiles, if there are any."""
    gap = sheet.look.gap
    band_least = sheet.look.target("band_h_wide" if sheet.look.landscape else "band_h")
    pages = _pages(scene, max(1, _most(sheet, scene, area.w, area.h - band_least - gap)))
    tiles = pages[scene.visit.page % len(pages)]
    grid = _grid(sheet, area, len(pages[0]), band_least)
    for place, tile in enumerate(tiles):
        x = area.x + place % grid.columns * (grid.tile_w + gap)
        y = area.y + place // grid.columns * (grid.tile_h + gap)
        put_tile(sheet, Box(x, y, grid.tile_w, grid.tile_h), tile)
    y = area.y + grid.rows * (grid.tile_h + gap)
    band_h = min(area.bottom - y, sheet.size("band_max"))
    _put_band(sheet, scene, Box(area.x, area.bottom - band_h, area.w, band_h))
    return PageTurned((scene.visit.page + 1) % len(pages)) if len(pages) > 1 else None


def _columns(sheet: Sheet, count: int) -> int:
    if sheet.look.landscape:
        return min(2 if sheet.large else 4, max(count, 1))
    return 1 if sheet.large or count <= FEW_TILES else 2


def _least_tile(sheet: Sheet, scene: Scene, tile_w: int) -> int:
    """The lowest a tile may be for the longest of these names, never under the least target."""
    size, type_ = sheet.size, tile_type(sheet)
    stacked = sheet.look.landscape and not sheet.large
    taken = 2 * size("tile_pad") if stacked else name_x(sheet) + size("tile_pad_right")
    lines = [type_.fitted(tile.name, tile_w - taken, 2 * type_.cap)[1] for tile in scene.services]
    words = sheet.type("smallest", BOLD, 1.1).height(max(map(len, lines), default=1))
    if stacked:  # beside or below the name of a row, a wait takes no more room than the name gives
        words += sheet.type("smallest", SEMIBOLD, grows="title").leading
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
