"""A settings file as data, with the line on which every key stands.

``tomllib`` keeps no lines. A file that it has read whole consists of statements, each of
which it also reads alone; so each statement is read once more by itself and tells which
keys its lines hold. That is right for quoted keys, dotted keys, inline tables and texts
over many lines alike.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

MOST_BYTES = 64 * 1024
MOST_LINES = 400
"""A statement longer than this is not looked through for its end; what follows it has no line."""
_AT_LINE = re.compile(r"\s*\(at line (\d+), column (\d+)\)$")
_AT_END = re.compile(r"\s*\(at end of document\)$")


@dataclass(frozen=True, slots=True)
class Broken:
    """Why a file cannot be read at all; ``line`` is 0 where there is none."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class SettingsFile:
    """What a file says: ``tables`` as in TOML, ``lines`` by path of keys, counted from 1."""

    tables: Mapping[str, Any] = field(default_factory=dict)
    lines: Mapping[tuple[str, ...], int] = field(default_factory=dict)

    def line(self, *path: str) -> int:
        """The line of a key, or of the nearest thing around it; 0 if unknown."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 0)


def read_toml(path: Path) -> SettingsFile | Broken:
    """Read a file, or say why it cannot be read. Does not raise."""
    text = _text(path)
    if isinstance(text, Broken):
        return text
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        return _broken(str(problem), text)
    except RecursionError:
        return Broken(0, "it is nested too deeply")
    return SettingsFile(tables, dict(_lines(text)))


def _text(path: Path) -> str | Broken:
    try:
        raw = _bytes(path)
    except IsADirectoryError:
        return Broken(0, "it is a folder, not a file")
    except OSError as problem:
        return Broken(0, problem.strerror or str(problem))
    if len(raw) > MOST_BYTES:
        return Broken(0, f"it is larger than {MOST_BYTES // 1024} kB; no settings file is")
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as problem:
        return _not_utf8(raw, problem)


def _bytes(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(MOST_BYTES + 1)


def _not_utf8(raw: bytes, problem: UnicodeDecodeError) -> Broken:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Broken(0, "it is UTF-16; save it as UTF-8")
    return Broken(
        raw[: problem.start].count(b"\n") + 1, f"byte 0x{raw[problem.start]:02x} is not UTF-8; save it as UTF-8"
    )


def _broken(said: str, text: str) -> Broken:
    place = _AT_LINE.search(said)
    if place is not None:
        return Broken(int(place[1]), f"{said[: place.start()]}, at column {place[2]}")
    return Broken(text.count("\n") + 1, _AT_END.sub(", at the end of the file", said))


def _lines(text: str) -> Iterator[tuple[tuple[str, ...], int]]:
    """The first line of every path of keys, tables included."""
    around: tuple[str, ...] = ()
    for number, statement in _statements(text):
        told = tomllib.loads(statement)
        paths = tuple(_paths(told))
        if statement.lstrip().startswith("["):
            around = paths[-1] if paths else ()
            yield around, number
        else:
            yield from ((around + path, number) for path in paths)


def _statements(text: str) -> Iterator[tuple[int, str]]:
    """Headers and assignments with the line each begins on; comments and empty lines are no statements."""
    start, held = 0, ""
    for number, line in enumerate(text.split("\n"), 1):
        if not held and not line.split("#", 1)[0].strip():
            continue
        start, held = (start, f"{held}\n{line}") if held else (number, line)
        if _reads(held):
            yield start, held
            held = ""
        elif number - start >= MOST_LINES:
            return


def _reads(statement: str) -> bool:
    try:
        tomllib.loads(statement)
    except tomllib.TOMLDecodeError:
        return False
    return True


def _paths(told: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    if path:
        yield path
    if isinstance(told, dict):
        for key, inner in told.items():
            yield from _paths(inner, (*path, key))
