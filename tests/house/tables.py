"""Tables of the docs, made from the program itself: ``python -m tests.house.tables`` writes them anew.

A table stands between ``<!-- table: NAME -->`` and ``<!-- end -->``; a test fails while what
stands there is not what the program says.
"""

from __future__ import annotations

import ast
import dataclasses
import inspect
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from kiosk.fact import Fact
from kiosk.facts import FACTS
from kiosk.settings_entries import Setting, entries
from kiosk.settings_kinds import Choice, Decimal, Whole
from kiosk.trouble import KINDS
from screens.command import VERBS
from tests.house.source import HOUSE, Function, files, modules

METHODS = ("get", "post")
_TABLE = re.compile(r"(?<=<!-- table: )(\w+)( -->\n)(.*?)(?=<!-- end -->)", re.DOTALL)


def settings_table() -> Iterator[str]:
    """Key, default, what it can be."""
    yield from _rows("key", "default", "meaning")
    for entry in entries():
        names = " or ".join(f"`{key}`" for key in (entry.key, *entry.aliases))
        yield _row(f"`[{entry.section}]` {names}", _default(entry), f"{entry.meaning}{_choices(entry.kind)}")


def trouble_table() -> Iterator[str]:
    """Code, what is wrong, what to do."""
    yield from _rows("code", "what is wrong", "what to do")
    for kind in KINDS.values():
        yield _row(f"`{kind.code}`", kind.sentence, kind.hint)


def facts_table() -> Iterator[str]:
    """Fact, what it tells, body."""
    yield from _rows("fact", "tells", "body")
    for name, fact in FACTS.items():
        body = ", ".join(f"`{field.name}`" for field in dataclasses.fields(fact))
        yield _row(f"`{name}`", _told(fact), body)


def verbs_table() -> Iterator[str]:
    """Command, what it does."""
    yield from _rows("command", "what it does")
    for verb, (_, told) in VERBS.items():
        yield _row(f"`kiosk {verb}`", told)


def addresses_table() -> Iterator[str]:
    """Address, what is there."""
    yield from _rows("address", "what is there")
    for path, method, told in sorted(addresses()):
        yield _row(f"`{method} {path}`", told)


def addresses() -> Iterator[tuple[str, str, str]]:
    """Path, method and first line of what each handler of the servers says of itself."""
    found = modules("sync", "screens")
    constants = {name: value for module in found for name, value in _texts(module.tree)}
    for module in found:
        for function in module.functions():
            for method, path in _routes(function, constants):
                yield path, method.upper(), (ast.get_docstring(function) or "").split("\n")[0]


def _routes(function: Function, constants: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for decorator in function.decorator_list:
        if isinstance(decorator, ast.Call) and isinstance(decorator.func, ast.Name) and decorator.args:
            path = decorator.args[0]
            said = _said(path, constants)
            if decorator.func.id in METHODS and isinstance(said, str):
                yield decorator.func.id, re.sub(r"{(\w+):\w+}", r"{\1}", said)


def _said(path: ast.expr, constants: Mapping[str, str]) -> Any:
    """An address as it is written: a text, a constant's name, or a text with constants in it."""
    if isinstance(path, ast.Name):
        return constants.get(path.id, "")
    if isinstance(path, ast.JoinedStr):
        return "".join(str(_said(part, constants)) for part in path.values)
    return _said(path.value, constants) if isinstance(path, ast.FormattedValue) else ast.literal_eval(path)


def _texts(tree: ast.Module) -> Iterator[tuple[str, str]]:
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            yield from ((target.id, node.value.value) for target in node.targets if isinstance(target, ast.Name))


TABLES: Mapping[str, Callable[[], Iterator[str]]] = {
    "settings": settings_table,
    "trouble": trouble_table,
    "facts": facts_table,
    "verbs": verbs_table,
    "addresses": addresses_table,
}


def with_tables(text: str) -> str:
    """The text with every table in it as the program has it now; ``KeyError`` for a table there is not."""
    return _TABLE.sub(lambda found: "\n".join([f"{found[1]} -->", *TABLES[found[1]](), ""]), text)


def _rows(*names: str) -> Iterator[str]:
    yield _row(*names)
    yield _row(*("---" for _ in names))


def _row(*cells: str) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def _default(entry: Setting) -> str:
    return "unset" if entry.default == "" else f"`{entry.default}`"


def _choices(kind: Any) -> str:
    if isinstance(kind, Choice):
        return f" ({', '.join(f'`{word}`' for word in kind.words)})"
    return f" ({kind.least} to {kind.most})" if isinstance(kind, Whole | Decimal) else ""


def _told(fact: type[Fact]) -> str:
    return " ".join((inspect.getdoc(fact) or "").replace("``", "`").split())


def main() -> int:
    """Write every table of every README anew."""
    for path in files():
        if path.name == "README.md":
            old = (HOUSE / path).read_text(encoding="utf-8")
            (HOUSE / path).write_text(with_tables(old), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
