"""Who may import whom: the floors, and what a line of import-linter cannot say."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.source import HOUSE, ROOMS, Module, files, modules

DOORS = {
    "devices.choose": "an address string chooses the wire and the driver",
    "devices.__main__": "the command shows every device there is",
    "sync.__main__": "the command shows both ends of the wire",
}
"""Modules that put a room together and so import its sub-folders. A file right under ``screens/`` is one too."""

CELLARS = {"screens.web.statistics": "figures as plain values; it knows no page and no framework"}
"""Sub-folders that stand below their parent and so never import it."""

GUARDED = {
    "devices.slips.commands": "python-escpos",
    "devices.wires.serial": "pyserial",
    "devices.wires.usb": "pyusb",
    "screens.touch.easel": "segno, which no first screen needs and every start would wait for",
}
"""Modules that import something where they first need it, and what."""

VAGUE = {"utils", "util", "common", "base", "manager", "helpers", "misc", "core", "models", "types"}
NAMES = {module.name for module in modules()}


def test_the_floors_hold() -> None:
    linted = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=HOUSE, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert linted.returncode == 0, linted.stdout


def test_the_ground_floor_imports_the_standard_library_and_itself_alone() -> None:
    others = {
        f"{module.path}:{line} {name}"
        for module in modules("kiosk")
        for line, name in module.imports()
        if name.split(".")[0] not in sys.stdlib_module_names | {"kiosk"}
    }
    assert others == set()


def test_the_ground_floor_runs_where_nothing_is_installed(tmp_path: Path) -> None:
    bare = [sys.executable, "-I", "-S", "-c", f"import sys; sys.path.insert(0, {str(HOUSE)!r})"]
    names = [module.name for module in modules("kiosk") if not module.name.endswith("__main__")]
    bare[-1] += "".join(f"; import {name}" for name in names)
    subprocess.run(bare, cwd=tmp_path, check=True)


@pytest.mark.parametrize("package", [module for module in modules() if module.is_package], ids=lambda one: one.name)
def test_a_package_itself_imports_nothing(package: Module) -> None:
    assert list(package.imports()) == []


def test_no_room_imports_its_own_sub_folders_but_at_its_doors() -> None:
    assert [
        f"{module.path}:{line} {name}"
        for module in modules()
        for line, name in module.imports()
        if module.name not in DOORS and not _root_of_screens(module) and _below(name, module)
    ] == []


def test_a_named_exception_is_still_needed() -> None:
    assert [door for door in (*DOORS, *GUARDED, *CELLARS) if door not in NAMES] == []


def test_what_stands_below_its_parent_never_imports_it() -> None:
    assert [
        f"{module.path}:{line} {name}"
        for module in modules()
        for cellar in CELLARS
        for line, name in module.imports()
        if module.name.startswith(cellar) and name.startswith(cellar.rpartition(".")[0] + ".")
        if not name.startswith(cellar)
    ] == []


def test_nothing_is_imported_inside_a_function_but_guarded_drivers_and_kivy() -> None:
    assert [
        f"{module.path}:{node.lineno}"
        for module in modules()
        if module.name not in GUARDED
        for function in module.functions()
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom) and not _late_by_need(module, node)
    ] == []


def test_two_rooms_never_import_each_other() -> None:
    pairs = {(module.name.split(".")[0], name.split(".")[0]) for module in modules() for _, name in module.imports()}
    ways = {(one, other) for one, other in pairs if one != other and other in ROOMS}
    assert [(one, other) for one, other in sorted(ways) if (other, one) in ways] == []


def test_no_file_has_a_name_that_says_nothing() -> None:
    paths = [path for path in files() if path.suffix == ".py"]
    assert [str(path) for path in paths if VAGUE & {path.stem, *path.parts[:-1]}] == []


def test_every_module_says_what_lives_in_it() -> None:
    assert [str(module.path) for module in modules(*ROOMS, "tests") if not ast.get_docstring(module.tree)] == []


def _root_of_screens(module: Module) -> bool:
    return module.name.count(".") == 1 and module.name.startswith("screens.")


def _below(name: str, module: Module) -> bool:
    """Whether ``name`` lives in a sub-folder of the folder ``module`` lives in."""
    folder = module.name.rpartition(".")[0]
    if any(name.startswith(f"{cellar}.") for cellar in CELLARS):
        return False
    return name in NAMES and name.startswith(f"{folder}.") and name.count(".") > module.name.count(".")


def _late_by_need(module: Module, node: ast.Import | ast.ImportFrom) -> bool:
    """Kivy reads its configuration at its first import, so what imports it comes after the configuring."""
    name = node.module or "" if isinstance(node, ast.ImportFrom) else node.names[0].name
    inside = module.name.startswith("screens.touch")
    return inside and name.startswith(("kivy", "screens.touch"))
