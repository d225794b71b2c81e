"""The project's own source as data: files, modules, functions and imports."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

HOUSE = Path(__file__).parents[2]
ROOMS = ("kiosk", "devices", "sync", "screens")

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Module:
    """One Python file. ``name``: dotted; ``path``: from the top of the project."""

    name: str
    path: Path
    text: str
    tree: ast.Module

    @property
    def is_package(self) -> bool:
        """Whether this is an ``__init__``."""
        return self.path.name == "__init__.py"

    def functions(self) -> Iterator[Function]:
        """Every function and method, also those inside others."""
        return (node for node in ast.walk(self.tree) if isinstance(node, Function))

    def imports(self) -> Iterator[tuple[int, str]]:
        """The line and the dotted name of everything imported, wherever it stands."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from ((node.lineno, name.name) for name in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                yield node.lineno, node.module
                yield from ((node.lineno, f"{node.module}.{name.name}") for name in node.names)


def files() -> tuple[Path, ...]:
    """Every file of the project that git would keep, from its top."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=HOUSE, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return tuple(sorted({Path(name) for name in listed.stdout.split("\0") if name and (HOUSE / name).is_file()}))


@cache
def modules(*rooms: str) -> tuple[Module, ...]:
    """Every module of these rooms (all four if none is named)."""
    return tuple(_module(path) for path in files() if path.suffix == ".py" and path.parts[0] in (rooms or ROOMS))


def _module(path: Path) -> Module:
    text = (HOUSE / path).read_text(encoding="utf-8")
    parts = path.with_suffix("").parts
    name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
    return Module(name, path, text, ast.parse(text, str(path)))
