"""Files, functions and parameter lists stay small enough to be read at one sitting."""

from __future__ import annotations

import ast
import statistics

from tests.house.source import HOUSE, Function, Module, files, modules

ALL = ("kiosk", "devices", "sync", "screens", "tests")


def _lines(function: Function) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


def _by_place(function: Function) -> list[str]:
    arguments = function.args
    names = [argument.arg for argument in (*arguments.posonlyargs, *arguments.args)]
    return [name for name in names if name not in ("self", "cls")]


def _fixture_or_test(function: Function) -> bool:
    """pytest hands its fixtures over by name, however many a test asks for."""
    decorators = " ".join(ast.unparse(decorator) for decorator in function.decorator_list)
    return function.name.startswith("test_") or "fixture" in decorators


def _place(module: Module, function: Function) -> str:
    return f"{module.path}:{function.lineno} {function.name}"


def test_no_file_is_longer_than_400_lines() -> None:
    assert [f"{module.path}" for module in modules(*ALL) if module.text.count("\n") > 400] == []


def test_half_of_all_files_are_shorter_than_120_lines() -> None:
    assert statistics.median(module.text.count("\n") for module in modules() if not module.is_package) <= 120


def test_no_function_is_longer_than_50_lines() -> None:
    long = [_place(module, one) for module in modules(*ALL) for one in module.functions() if _lines(one) > 50]
    assert long == []


def test_functions_are_short_as_a_rule() -> None:
    lengths = sorted(_lines(function) for module in modules() for function in module.functions())
    assert statistics.median(lengths) <= 8
    assert lengths[len(lengths) * 9 // 10] <= 25


def test_no_function_takes_more_than_five_by_place_or_eight_in_all() -> None:
    many = [
        _place(module, one)
        for module in modules(*ALL)
        for one in module.functions()
        if not _fixture_or_test(one) and (len(_by_place(one)) > 5 or len(_by_place(one)) + len(one.args.kwonlyargs) > 8)
    ]
    assert many == []


def test_no_drawing_file_beside_a_screen_is_longer_than_100_lines() -> None:
    drawings = [path for path in files() if path.suffix == ".kv"]
    assert [str(path) for path in drawings if (HOUSE / path).read_text("utf-8").count("\n") > 100] == []
