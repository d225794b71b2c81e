"""Reading a page as a person or a parser would: its text by id, its links, what it loads."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset({"meta", "link", "input", "img", "br", "hr", "source"})
LOADING = {"script": "src", "link": "href", "img": "src", "source": "src", "iframe": "src"}


@dataclass
class Seen:
    """What a page holds. ``texts``: visible text by the id of the element around it."""

    texts: dict[str, str] = field(default_factory=dict)
    text: str = ""
    loads: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    inline: list[str] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen = Seen()
        self._open: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attrs}
        seen = self.seen
        seen.inline += [f"{tag} {name}" for name in named if name == "style" or name.startswith("on")]
        if tag == "style" or (tag == "script" and "src" not in named):
            seen.inline.append(tag)
        address = named.get(LOADING.get(tag, ""), "")
        if address and not address.startswith("data:"):  # which is there already
            seen.loads.append(address)
        if tag == "a":
            seen.links.append(named.get("href", ""))
        if "id" in named:
            seen.ids.append(named["id"])
            seen.texts.setdefault(named["id"], "")
        if re.fullmatch("h[1-6]", tag):
            seen.headings.append(tag)
        if tag not in VOID:
            self._open.append((tag, named.get("id", "")))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if any(tag in ("script", "style", "title") for tag, _ in self._open):
            return
        self.seen.text += f"{data} "
        for _, name in self._open:
            if name:
                self.seen.texts[name] += f"{data} "


def read_page(html: str) -> Seen:
    """What a page holds, with spaces drawn together."""
    reader = _Reader()
    reader.feed(html)
    seen = reader.seen
    seen.text = _plain(seen.text)
    seen.texts = {name: _plain(text) for name, text in seen.texts.items()}
    return seen


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("\u202f", " ").replace("\u00a0", " ")).strip()
