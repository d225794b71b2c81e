"""Parts that several screens share: keys and cards in all their states."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kiosk.visit_events import Event
from screens.touch.drawing import Art, Box, Item, Key, Line, Panel, Ring, Run, around
from screens.touch.sheet import (
    BOLD,
    CENTRE,
    LEFT,
    Sheet,
    Type,
    moved,
    set_line,
    set_lines,
    set_runs,
)

PLAIN, PRIMARY, SAND, TINT = "plain", "primary", "sand", "tint"
ONWARD = "caret-right"
FEW_LINES, NARROW_EM = 3, 10
"""Up to so many lines, and in columns narrower than so many em, a running text is broken by meaning too."""
_FILLS = {PLAIN: "surface", PRIMARY: "action", SAND: "sand", TINT: "tint"}
_DROPS = {PLAIN: "shadow", PRIMARY: "action_pressed", SAND: "sand_shadow", TINT: "shadow"}
_PRESSED = {PLAIN: "pressed", PRIMARY: "action_pressed", SAND: "pressed", TINT: "surface"}


def edge_px(sheet: Sheet, name: str) -> int:
    """Width of an edge; in high contrast the edge carries everything and is a full millimetre."""
    return sheet.size("border_contrast" if sheet.bold_edges else f"border_{name}")


def card(sheet: Sheet, box: Box, *, fill: str = "surface", edge: str = "line", drop: int = 0) -> Panel:
    """Something that is only read: its edge is lighter than that of anything to touch."""
    return Panel(box, sheet.size("radius_card"), fill, edge, sheet.size("border_decor"), drop)


def put_key(
    sheet: Sheet,
    name: str,
    box: Box,
    event: Event,
    content: list[Item],
    *,
    kind: str = PLAIN,
    size: str = "card",
) -> None:
    """A key with its pressed look: the flat copy gone, everything that much lower, another fill.

    ``size``: "card", "answer" or "key" (radius, edge and depth of that size).
    """
    primary = kind == PRIMARY
    edge = "action" if kind in (PRIMARY, TINT) else "line2"
    width = edge_px(sheet, {"answer": "answer", "button": "answer"}.get(size, "decor"))
    radius = sheet.size({"answer": "radius_answer", "key": "radius_key"}.get(size, "radius_card"))
    drop = 0 if size in ("key", "button") and not primary else sheet.size("drop_answer" if size == "answer" else "drop")
    rest = Panel(box, radius, _FILLS[kind], edge, width, drop, _DROPS[kind])
    down = sheet.size("drop")
    low = Panel(Box(box.x, box.y + down, box.w, box.h), radius, _PRESSED[kind], edge, width)
    sheet.add_key(Key(name, box, event, (rest, *content), (low, *moved(tuple(content), down))))


def disc(sheet: Sheet, middle: tuple[int, int], diameter: int, icon: str, icon_px: int) -> list[Item]:
    """An icon in its tinted disc (ringed where there are no tints)."""
    edge = ("action", sheet.size("border_answer")) if sheet.bold_edges else ("", 0)
    round_ = Panel(around(middle, diameter, diameter), diameter // 2, "tint", *edge)
    return [round_, Art(around(middle, icon_px, icon_px), icon, ("action",))]


def centred(lines: tuple[str, ...], type_: Type, middle: tuple[int, int], colour: str, align: float) -> list[Item]:
    """Lines set so that the middle of their capitals lies at ``middle``."""
    first = middle[1] - type_.height(len(lines)) // 2 + type_.cap
    return [*set_lines(lines, (middle[0], first), type_, colour, align)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """A big button: what it is called, says and does.

    ``icon`` stands before the word, a caret that points on behind it. ``ring``: a count-down,
    seconds left and seconds in all. ``role``: its letters.
    """

    name: str
    event: Event
    word: str
    kind: str = PLAIN
    icon: str = ""
    ring: tuple[int, int] | None = None
    role: str = "button"


def put_button(sheet: Sheet, box: Box, button: Button) -> None:
    """A big button with icon, word and ring in its middle."""
    colour = "on_action" if button.kind == PRIMARY else "ink"
    icon_px, ring_px, between = sheet.size("button_icon"), sheet.size("button_ring"), sheet.size("button_between")
    extra = (icon_px + between if button.icon else 0) + (ring_px + between if button.ring else 0)
    type_ = sheet.type(button.role, BOLD)
    type_, lines = type_.fitted(button.word, box.w - 2 * sheet.size("button_pad") - extra, box.h - type_.cap)
    text_w = type_.widest(lines)
    tight = text_w + extra > box.w - 2 * sheet.size("s") or type_.height(len(lines)) > box.h - type_.cap
    if button.icon and tight:  # words before pictures
        put_button(sheet, box, replace(button, icon=""))
        return
    x, y = box.mid[0] - (text_w + extra) // 2, box.mid[1]
    content: list[Item] = []
    if button.icon:
        behind = button.icon == ONWARD
        at = x + text_w + between + icon_px // 2 if behind else x + icon_px // 2
        content.append(Art(around((at, y), icon_px, icon_px), button.icon, (colour,)))
        x += 0 if behind else icon_px + between
    content += centred(lines, type_, (x + text_w // 2, y), colour, CENTRE)
    if button.ring:
        content += _count_down(sheet, (x + text_w + between + ring_px // 2, y), button.ring, colour)
    put_key(sheet, button.name, box, button.event, content, kind=button.kind, size="button")


def _count_down(sheet: Sheet, middle: tuple[int, int], ring: tuple[int, int], colour: str) -> list[Item]:
    left, total = ring
    type_ = sheet.type("smallest", BOLD, grows="not")
    side = sheet.size("button_ring")
    number: Line = set_line(str(left), (middle[0], middle[1] + type_.cap // 2), type_, colour, CENTRE)
    return [Ring(around(middle, side, side), left / max(total, 1), colour, "", sheet.size("ring_line")), number]


@dataclass(frozen=True, slots=True)
class Said:
    """A paragraph: its letters, its text, its colour.

    ``full``: lines as full as they get. ``strong``: words in it that stand out where they end a line.
    """

    type: Type
    text: str
    colour: str
    full: bool = False
    strong: str = ""

    def lines(self, room: int) -> tuple[str, ...]:
        """The paragraph broken to ``room`` pixels; strong words stay together."""
        if self.strong and self.type.width(self.text) + self.type.size > room:
            return (*self.type.greedy(self.text.removesuffix(self.strong).strip(), room), self.strong)
        lines = self.type.fold(self.text, room)
        running = self.full and len(lines) > FEW_LINES and room > NARROW_EM * self.type.size
        return self.type.greedy(self.text, room) if running else lines

    def smaller(self) -> Said:
        """The same in somewhat smaller letters."""
        return replace(self, type=self.type.smaller())


def said_items(box: Box, said: tuple[Said, ...], *, align: float = LEFT) -> tuple[Item, ...]:
    """Paragraphs below each other, the block in the middle of ``box``'s height; smaller if it would not fit."""
    said, folded = _shrunk(box, said)
    y = box.mid[1] - _block_h(said, folded) // 2
    x = box.x + round(box.w * align)
    items: list[Item] = []
    for one, lines in zip(said, folded, strict=True):
        first = y + (one.type.leading - one.type.cap) // 2 + one.type.cap
        items += [_said_line(one, text, (x, first + row * one.type.leading), align) for row, text in enumerate(lines)]
        y += len(lines) * one.type.leading
    return tuple(items)


def fits(box: Box, said: tuple[Said, ...]) -> bool:
    """Whether the paragraphs fit into ``box`` in the smallest letters allowed."""
    return not _too_large(box, *_shrunk(box, said))


def _shrunk(box: Box, said: tuple[Said, ...]) -> tuple[tuple[Said, ...], list[tuple[str, ...]]]:
    """The paragraphs in letters small enough for ``box``, the largest made smaller first; and their lines."""
    folded = [one.lines(box.w) for one in said]
    while _too_large(box, said, folded) and any(one.type.size > one.type.floor for one in said):
        largest = max(one.type.size for one in said)
        said = tuple(one.smaller() if one.type.size == largest else one for one in said)
        folded = [one.lines(box.w) for one in said]
    return said, folded


def _said_line(said: Said, text: str, at: tuple[int, int], align: float) -> Line:
    """One line of a paragraph; its strong words in bold ink if they stand whole at its end."""
    if said.strong and text.endswith(said.strong):
        before = text.removesuffix(said.strong)
        plain = (Run(before, said.type.weight, said.colour),) if before else ()
        return set_runs((*plain, Run(said.strong, BOLD, "ink")), at, said.type, align)
    return set_line(text, at, said.type, said.colour, align)


def _block_h(said: tuple[Said, ...], folded: list[tuple[str, ...]]) -> int:
    return sum(one.type.leading * len(lines) for one, lines in zip(said, folded, strict=True))


def _too_large(box: Box, said: tuple[Said, ...], folded: list[tuple[str, ...]]) -> bool:
    wide = any(one.type.widest(lines) > box.w for one, lines in zip(said, folded, strict=True))
    return wide or _block_h(said, folded) > box.h


def said_height(said: tuple[Said, ...], room: int) -> int:
    """How high paragraphs get in ``room`` pixels of width."""
    return _block_h(said, [one.lines(room) for one in said])


def dark_disc(middle: tuple[int, int], diameter: int, icon: str, icon_px: int) -> tuple[Item, ...]:
    """A filled disc with a light icon: it points, it is no key."""
    round_ = Panel(around(middle, diameter, diameter), diameter // 2, "action")
    return round_, Art(around(middle, icon_px, icon_px), icon, ("on_action",))
