"""What a browser computed of a page: contrast of every text, clipped words, small targets, the way of the Tab key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page

_TEXTS = """
() => {
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const parse = (text) => {
    const parts = text.match(/[\\d.]+/g);
    if (!parts) return [0, 0, 0, 0];
    return [...parts.slice(0, 3).map(Number), parts.length > 3 ? Number(parts[3]) : 1];
  };
  const over = (top, under) => [0, 1, 2].map((at) => top[at] * top[3] + under[at] * (1 - top[3]));
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const text = node.data.trim();
    const element = node.parentElement;
    if (!text || element.closest("script,style,template,title,defs,noscript")) continue;
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const box = range.getBoundingClientRect();
    if (!box.width || box.right < 0 || box.width < 2) continue;
    const style = getComputedStyle(element);
    const layers = [];
    for (let up = element; up; up = up.parentElement) {
      const drawn = getComputedStyle(up);
      // A board drawn as the top of a gradient: one flat colour as far as its first stop.
      const flat = /^linear-gradient\\((rgb\\([^)]*\\)) 0px,? ?(?:rgb\\([^)]*\\) )?(\\d+)px/;
      const board = drawn.backgroundImage.match(flat);
      if (board && box.bottom - up.getBoundingClientRect().top <= Number(board[2])) {
        layers.push(parse(board[1]));
        break;
      }
      const layer = parse(drawn.backgroundColor);
      if (layer[3] > 0) layers.push(layer);
      if (layer[3] >= 1) break;
    }
    let back = [255, 255, 255];
    for (const layer of layers.reverse()) back = over(layer, back);
    const ink = parse(element instanceof SVGElement ? style.fill : style.color);
    found.push({ text, size: parseFloat(style.fontSize), family: style.fontFamily, ink: over(ink, back), back });
  }
  return found;
}
"""
_CLIPPED = """
() => {
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const element = node.parentElement;
    if (!node.data.trim() || element.closest("svg, .skip, script, template")) continue;
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const text = range.getBoundingClientRect();
    for (let up = element; up && text.width > 2; up = up.parentElement) {
      const style = getComputedStyle(up);
      const box = up.getBoundingClientRect();
      const wide = style.overflowX !== "visible" && (text.right > box.right + 1 || text.left < box.left - 1);
      const high = style.overflowY !== "visible" && (text.bottom > box.bottom + 3 || text.top < box.top - 3);
      if ((wide || high) && up !== document.body && box.width > 2) found.push(node.data.trim());
    }
  }
  return found;
}
"""
_OVERLAPPING = """
() => {
  const lines = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const element = node.parentElement;
    if (!node.data.trim() || element.closest(".skip, script, template, nav.parts")) continue;
    if (getComputedStyle(element.closest("body > *")).position === "fixed") continue;
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) {
      if (box.width > 2) lines.push({ text: node.data.trim(), box });
    }
  }
  const found = [];
  lines.forEach((one, at) => lines.slice(at + 1).forEach((other) => {
    const wide = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
    const high = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
    if (wide > 3 && high > 0.35 * Math.min(one.box.height, other.box.height)) found.push(one.text + " | " + other.text);
  }));
  return found;
}
"""
_OUTSIDE = """
() => [...document.querySelectorAll("body *")].filter((element) => {
  if (!element.checkVisibility({ visibilityProperty: true }) || element.closest("svg")
      || element.matches('.skip, img[alt=""]')) {
    return false;
  }
  const box = element.getBoundingClientRect();
  return box.width > 0 && (box.right > innerWidth + 1 || box.left < -1);
}).map((element) => element.tagName + "." + element.className + " " + element.textContent.trim().slice(0, 40))
"""
_TARGETS = """
() => [...document.querySelectorAll("a[href], button, summary, input, select")]
  .filter((element) => element.checkVisibility({ visibilityProperty: true }) && !element.matches(".skip"))
  .map((element) => {
    const box = element.getBoundingClientRect();
    return { name: element.textContent.trim() || element.getAttribute("aria-label") || element.name,
             width: box.width, height: box.height };
  })
"""
_FOCUSED = """
() => {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  const style = getComputedStyle(element);
  const seen = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  const name = (element.textContent.trim() || element.getAttribute("aria-label") || element.name || "").slice(0, 40);
  return { name: name.replace(/\\s+/g, " "), seen, height: element.getBoundingClientRect().height };
}
"""


@dataclass(frozen=True, slots=True)
class Pale:
    """A text that does not stand out enough."""

    text: str
    ratio: float


def contrast(one: list[float], other: list[float]) -> float:
    """The contrast ratio of two colours (0 to 255 a channel), 1 to 21 (WCAG 2)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(color: list[float]) -> float:
    def linear(channel: float) -> float:
        share = channel / 255
        return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)

    red, green, blue = (linear(channel) for channel in color)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def texts(page: Page) -> list[dict[str, Any]]:
    """Every visible text with its size in px, its colour and the colour under it."""
    found: list[dict[str, Any]] = page.evaluate(_TEXTS)
    return found


def pale(page: Page, least: float = 7.0) -> list[Pale]:
    """Texts under that contrast."""
    found = [Pale(text["text"], round(contrast(text["ink"], text["back"]), 2)) for text in texts(page)]
    return [text for text in found if text.ratio < least]


def clipped(page: Page) -> list[str]:
    """Words of which a part is hidden by a box around them."""
    found: list[str] = page.evaluate(_CLIPPED)
    return found


def overlapping(page: Page) -> list[str]:
    """Words that lie on other words."""
    found: list[str] = page.evaluate(_OVERLAPPING)
    return found


def outside(page: Page) -> list[str]:
    """Elements that reach over the page's side."""
    found: list[str] = page.evaluate(_OUTSIDE)
    return found


def targets(page: Page) -> list[dict[str, Any]]:
    """Everything that can be pressed, with its size in px."""
    found: list[dict[str, Any]] = page.evaluate(_TARGETS)
    return found


def tab_round(page: Page, most: int = 80) -> list[dict[str, Any]]:
    """What the Tab key reaches, in order, until it comes round."""
    reached: list[dict[str, Any]] = []
    for _ in range(most):
        page.keyboard.press("Tab")
        focused = page.evaluate(_FOCUSED)
        if focused is None or (reached and focused == reached[0]):
            return reached
        reached.append(focused)
    return reached
