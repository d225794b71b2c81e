"""The docs name everything there is: a fact, setting, trouble, command or address without its line fails here."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from kiosk.facts import FACTS
from kiosk.settings_entries import entries
from kiosk.trouble import KINDS
from screens.command import VERBS
from tests.ground.vectors import VECTORS
from tests.house.source import HOUSE, ROOMS, files, modules
from tests.house.tables import TABLES, addresses, with_tables

READMES = tuple(path for path in files() if path.name == "README.md")
GROUND = HOUSE / "kiosk" / "README.md"
ROOM_READMES = ("kiosk", "devices", "sync", "sync/central", "screens", "screens/touch", "screens/web")
TARGETS = ("run", "test", "bench", "gallery", "check")

_LINK = re.compile(r"\]\((?!https?:|#)([^)#\s]+)")
_CODE = re.compile(r"\b[PMSCJ]-\d{3}\b")


def _text(path: Path) -> str:
    return (HOUSE / path).read_text(encoding="utf-8")


@pytest.mark.parametrize("path", READMES, ids=str)
def test_tables_in_the_docs_are_what_the_program_says(path: Path) -> None:
    text = _text(path)
    assert text == with_tables(text), "run: .venv/bin/python -m tests.house.tables"


@pytest.mark.parametrize("table", ["facts", "settings", "trouble"])
def test_the_ground_floor_s_page_has_each_table(table: str) -> None:
    assert f"<!-- table: {table} -->" in GROUND.read_text(encoding="utf-8")
    assert table in TABLES


@pytest.mark.parametrize("fact", FACTS)
def test_every_fact_has_its_line(fact: str) -> None:
    assert f"| `{fact}` |" in GROUND.read_text(encoding="utf-8")


@pytest.mark.parametrize("entry", entries(), ids=lambda entry: entry.name)
def test_every_setting_has_its_line(entry: object) -> None:
    section, key = getattr(entry, "section", ""), getattr(entry, "key", "")
    assert f"| `[{section}]` `{key}`" in GROUND.read_text(encoding="utf-8")


@pytest.mark.parametrize("code", KINDS)
def test_every_trouble_has_its_line(code: str) -> None:
    assert f"| `{code}` |" in GROUND.read_text(encoding="utf-8")


def test_every_trouble_code_anywhere_is_in_the_table() -> None:
    used = {code: module.path for module in modules(*ROOMS) for code in _CODE.findall(module.text)}
    assert {code: str(path) for code, path in used.items() if code not in KINDS} == {}


def test_every_trouble_can_happen() -> None:
    table = Path("kiosk/trouble.py")
    raised = {code for module in modules(*ROOMS) if module.path != table for code in _CODE.findall(module.text)}
    assert sorted(set(KINDS) - raised) == []


def test_every_trouble_says_what_is_wrong_and_what_to_do_in_one_sentence_each() -> None:
    for kind in KINDS.values():
        assert kind.sentence[0].islower()
        assert kind.hint[0].isupper()
        assert not kind.sentence.endswith(".")
        assert not kind.hint.endswith(".")


def test_the_published_vectors_are_those_the_tests_use() -> None:
    (block,) = re.findall(r"```json\n(.*?)```", GROUND.read_text(encoding="utf-8"), re.DOTALL)
    assert json.loads(block) == VECTORS


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_of_kiosk_is_named(verb: str) -> None:
    assert any(f"kiosk {verb}" in _text(path) for path in READMES)


@pytest.mark.parametrize("target", TARGETS)
def test_every_target_of_make_is_there_and_named(target: str) -> None:
    assert re.search(rf"^{target}:", _text(Path("Makefile")), re.MULTILINE)
    assert any(f"make {target}" in _text(path) for path in READMES)


@pytest.mark.parametrize("room", ROOM_READMES)
def test_every_room_has_its_page_with_its_reasons(room: str) -> None:
    assert "## Why so" in _text(Path(room, "README.md"))


def test_every_link_in_the_docs_leads_somewhere() -> None:
    dead = [
        f"{path}: {link}"
        for path in READMES
        for link in _LINK.findall(_text(path))
        if not (HOUSE / path.parent / link).exists()
    ]
    assert dead == []


def test_every_module_a_page_names_is_there() -> None:
    dead = [
        f"{path}: {name}"
        for path in READMES
        for name in re.findall(r"`((?:\w+/)*\w+\.py)`", _text(path))
        if not any((HOUSE / path.parent / name).exists() or found.match(name) for found in files())
    ]
    assert dead == []


def test_every_address_the_servers_answer_has_its_line() -> None:
    paths = {path for path, _, _ in addresses()}
    assert {"/health", "/metrics", "/manager", "/V", "/api/v1/batch", "/api/v1/enrol"} <= paths
    assert sorted(path for path in paths if f" {path}` |" not in _text(Path("screens/README.md"))) == []


def test_a_table_that_is_not_made_here_is_refused() -> None:
    with pytest.raises(KeyError):
        with_tables("<!-- table: weather -->\n<!-- end -->")


def test_every_file_of_the_ground_floor_is_named() -> None:
    page = GROUND.read_text(encoding="utf-8")
    unnamed = {"__init__.py", "clock.py", "identifiers.py", "checkpoint.py"}  # found by their names
    assert [
        one.path.name for one in modules("kiosk") if f"`{one.path.name}`" not in page and one.path.name not in unnamed
    ] == []
