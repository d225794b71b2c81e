"""The auditor: looks at a drawing as data and names what is wrong with it.

It knows the rules of the look, not the screens: where letters stand, what lies behind
them, how large and how far apart targets are, and which colours meet.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from screens.touch.board import OUTERMOST
from screens.touch.drawing import Art, Box, Code, Drawing, Fill, Item, Key, Line, Panel, Ring
from screens.touch.lettering import CAP_EM
from screens.touch.look import Look, colours
from screens.touch.pictures import FACES

TARGET_MM, GAP_MM, CAP_MM, SUN_MM, REACH_MM = 20, 4.9, 6.2, 3.4, 482
TEXT_CONTRAST, EDGE_CONTRAST = 7.0, 3.0
DESCENDER_EM = 0.21


@dataclass(frozen=True, slots=True)
class Laid:
    """An item and everything painted before it."""

    item: Item
    below: tuple[Item, ...]


def faults(drawing: Drawing, look: Look) -> list[str]:
    """Everything that is wrong with a drawing, in words."""
    checks = (
        clipped, crowded, off_the_glass, small_targets, narrow_gaps, out_of_reach, small_letters, pale, edgeless,
        under_the_sun,
    )  # fmt: skip

    return [fault for check in checks for fault in check(drawing, look)]


# --- geometry ------------------------------------------------------------------------------------


def laid(drawing: Drawing) -> Iterator[Laid]:
    """Every item with what lies below it; keys lie above everything that is only read."""
    for place, item in enumerate(drawing.items):
        yield Laid(item, drawing.items[:place])
    for key in drawing.keys:
        for place, item in enumerate(key.rest):
            yield Laid(item, (*drawing.items, *key.rest[:place]))


def ink(line: Line) -> Box:
    """Where the letters of a line are, marks not counted: capitals and descenders."""
    base = line.box.y + line.ascent
    cap = round(line.size * CAP_EM)
    return Box(line.box.x, base - cap, line.box.w, cap + round(line.size * DESCENDER_EM))


def ground_of(one: Laid) -> Fill | Panel | None:
    """What lies directly behind the middle of an item."""
    box = ink(one.item) if isinstance(one.item, Line) else one.item.box
    middle = Box(*box.mid, 1, 1)
    behind = [item for item in one.below if isinstance(item, Fill | Panel) and item.box.holds(middle)]
    return next((item for item in reversed(behind) if _colour(item)), None)


def _colour(item: Fill | Panel) -> str:
    return item.colour if isinstance(item, Fill) else item.fill


def clipped(drawing: Drawing, look: Look) -> Iterator[str]:
    """Letters that leave the card, key or strip they stand on."""
    for place, item in enumerate(drawing.items):
        covers = [later for later in drawing.items[place + 1 :] if isinstance(later, Fill | Panel)]
        if isinstance(item, Line) and any(later.box.meets(_capitals(item)) for later in covers):
            yield f"{item.text!r} is painted over"
    for one in laid(drawing):
        if not isinstance(one.item, Line):
            continue
        ground = ground_of(one)
        if ground is None:
            yield f"{one.item.text!r} stands on nothing"
        elif not ground.box.holds(ink(one.item)):
            yield f"{one.item.text!r} leaves its {_colour(ground)}"


def crowded(drawing: Drawing, look: Look) -> Iterator[str]:
    """Letters that run into other letters, pictures that lie on letters, things read under a key."""
    lines = [one.item for one in laid(drawing) if isinstance(one.item, Line)]
    for first, second in combinations(lines, 2):
        if _capitals(first).meets(_capitals(second)):
            yield f"{first.text!r} runs into {second.text!r}"
    for picture in (one.item for one in laid(drawing) if _solid(one.item)):
        yield from (f"a picture lies on {line.text!r}" for line in lines if picture.box.meets(_capitals(line)))
    for key in drawing.keys:
        for item in drawing.items:
            if isinstance(item, Line) and ink(item).meets(key.box) and key.rest:
                yield f"{item.text!r} lies under {key.name}"


def _solid(item: Item) -> bool:
    return isinstance(item, Code) or (isinstance(item, Art) and item.name != "motif")


def _capitals(line: Line) -> Box:
    box = ink(line)
    return Box(box.x, box.y, box.w, round(line.size * CAP_EM))


def off_the_glass(drawing: Drawing, look: Look) -> Iterator[str]:
    """Anything that leaves the panel; only the drum face may rise from behind an edge."""
    glass = Box(0, 0, look.width_px, look.height_px)
    for one in laid(drawing):
        rising = isinstance(one.item, Art) and one.item.name == "motif"
        if not rising and not glass.holds(one.item.box):
            yield f"{one.item} leaves the panel"


def small_targets(drawing: Drawing, look: Look) -> Iterator[str]:
    """Targets under 20 mm."""
    for key in drawing.keys:
        side = min(key.box.w, key.box.h) / look.px_per_mm
        if side < TARGET_MM:
            yield f"{key.name} is {side:.1f} mm"


def narrow_gaps(drawing: Drawing, look: Look) -> Iterator[str]:
    """Targets nearer to each other than 5 mm."""
    for first, second in combinations(drawing.keys, 2):
        gap = distance(first.box, second.box) / look.px_per_mm
        if gap < GAP_MM:
            yield f"{first.name} and {second.name} are {gap:.1f} mm apart"


def out_of_reach(drawing: Drawing, look: Look) -> Iterator[str]:
    """Targets higher above the lower edge than an arm reaches (upright panels)."""
    for key in drawing.keys:
        above = (look.height_px - key.box.y) / look.px_per_mm
        if above > REACH_MM and key.name != "start" and not look.landscape:
            yield f"{key.name} is {above:.0f} mm above the lower edge"


def distance(first: Box, second: Box) -> float:
    """Pixels between two boxes; 0 if they meet."""
    across = max(first.x - second.right, second.x - first.right, 0)
    down = max(first.y - second.bottom, second.y - first.bottom, 0)
    return math.hypot(across, down)


def small_letters(drawing: Drawing, look: Look) -> Iterator[str]:
    """Capitals under 6.2 mm."""
    for one in laid(drawing):
        if isinstance(one.item, Line):
            cap = one.item.size * CAP_EM / look.px_per_mm
            if cap < CAP_MM - half_a_pixel(look):
                yield f"{one.item.text!r} has capitals of {cap:.1f} mm"


def half_a_pixel(look: Look) -> float:
    """What rounding a font to whole pixels may cost a capital, in mm."""
    return 0.5 * CAP_EM / look.px_per_mm


# --- colour --------------------------------------------------------------------------------------


def contrast(first: str, second: str) -> float:
    """WCAG contrast of two colours given as ``#RRGGBB``."""
    light, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def pale(drawing: Drawing, look: Look) -> Iterator[str]:
    """Letters under 7 : 1, icons and rings under 3 : 1 against what lies behind them, at rest and pressed."""
    theme = colours(drawing.theme)
    for one in [*laid(drawing), *_pressed(drawing)]:
        ground = ground_of(one)
        if ground is None:
            continue
        behind = theme[_colour(ground)]
        for ink_name, least in _inks(one.item):
            found = contrast(theme[ink_name][:7], behind[:7])
            if found < least:
                yield f"{ink_name} on {_colour(ground)} is {found:.1f} : 1 in {drawing.theme}"


def _pressed(drawing: Drawing) -> Iterator[Laid]:
    for key in drawing.keys:
        for place, item in enumerate(key.pressed):
            yield Laid(item, (*drawing.items, *key.pressed[:place]))


def _inks(item: Item) -> tuple[tuple[str, float], ...]:
    if isinstance(item, Line):
        return tuple((run.colour, TEXT_CONTRAST) for run in item.runs)
    if isinstance(item, Ring):
        return ((item.colour, EDGE_CONTRAST),)
    if isinstance(item, Code):
        return ((item.colour, TEXT_CONTRAST),)
    if isinstance(item, Art) and item.name not in FACES | {"motif", "band", "logo"}:
        return ((item.inks[item.name.startswith("mark:")], EDGE_CONTRAST),)
    return ()


def edgeless(drawing: Drawing, look: Look) -> Iterator[str]:
    """Keys without an edge that stands out of the ground by 3 : 1; the screen that waits is one whole key."""
    theme = colours(drawing.theme)
    for key in drawing.keys:
        if key.name == "start":
            continue
        body = key.rest[0]
        behind = ground_of(Laid(body, drawing.items))
        if not isinstance(body, Panel) or not body.edge or not body.edge_px:
            yield f"{key.name} has no edge"
        elif behind is None or contrast(theme[body.edge], theme[_colour(behind)][:7]) < EDGE_CONTRAST:
            yield f"{key.name} does not stand out"


def under_the_sun(drawing: Drawing, look: Look) -> Iterator[str]:
    """Words nearer to the drum face than 3.5 mm, unless they stand on something that covers it."""
    for place, item in enumerate(drawing.items):
        if not isinstance(item, Art) or item.name != "motif":
            continue
        after = drawing.items[place + 1 :]
        for later, line in enumerate(after):
            if isinstance(line, Line) and ground_of(Laid(line, after[:later])) is None:
                gap = _from_circle(item.box, ink(line)) / look.px_per_mm
                if gap < SUN_MM:
                    yield f"{line.text!r} is {gap:.1f} mm from the drum face"


def _from_circle(sun: Box, box: Box) -> float:
    x, y = sun.mid
    near = (min(max(x, box.x), box.right), min(max(y, box.y), box.bottom))
    return math.hypot(near[0] - x, near[1] - y) - sun.w * OUTERMOST


# --- equality ------------------------------------------------------------------------------------


def unequal(keys: tuple[Key, ...]) -> list[str]:
    """How keys that must be alike differ: size, height on the screen, card, picture, letters."""
    shapes = {name: {_shape(key)[name] for key in keys} for name in ("size", "top", "card", "picture", "letters")}
    return [f"{name}: {found}" for name, found in shapes.items() if len(found) > 1]


def _shape(key: Key) -> dict[str, object]:
    card = key.rest[0]
    assert isinstance(card, Panel)
    pictures = [item for item in key.rest if isinstance(item, Art)]
    sizes = {item.size for item in key.rest if isinstance(item, Line)}
    return {
        "size": (key.box.w, key.box.h),
        "top": key.box.y,
        "card": (card.radius, card.fill, card.edge, card.edge_px, card.drop),
        "picture": tuple((art.box.w, art.box.h, art.box.y, art.inks) for art in pictures),
        "letters": tuple(sorted(sizes)),
    }
