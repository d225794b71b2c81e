"""What may stand in the project at all: nothing foreign, nothing that phones out, nothing of a workplace."""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path

import pytest

from kiosk.look_files import LOOK
from kiosk.words import LANGUAGES
from tests.house.source import HOUSE, files

TEXTS = {".py", ".md", ".toml", ".lock", ".txt", ".json", ".csv", ".svg", ".html", ".css", ".js", ".kv", ".sh", ""}
REGISTRIES = re.compile("|".join(("pypi" + r"\.org", "pythonhosted" + r"\.org", "npmjs" + r"\.", "index" + "-url")))
LANGUAGE = HOUSE / "kiosk" / "language"
FOREIGN = re.compile(r"""(?:src|href|url\(|@import)\s*=?\s*["'(]?\s*(?:https?:)?//(?!127|localhost)""", re.IGNORECASE)


def _texts() -> list[Path]:
    return [path for path in files() if path.suffix in TEXTS and (HOUSE / path).is_file()]


def _read(path: Path) -> str:
    return (HOUSE / path).read_text(encoding="utf-8")


def test_no_package_registry_is_named_anywhere() -> None:
    keeps_index_away = {"Makefile"}  # `make lock` says which hosts must not be written down
    named = [path for path in _texts() if str(path) not in keeps_index_away and REGISTRIES.search(_read(path))]
    assert [str(path) for path in named] == []


def test_no_page_loads_anything_from_elsewhere() -> None:
    pages = [path for path in _texts() if path.suffix in {".html", ".css", ".js"}]
    assert [str(path) for path in pages if FOREIGN.search(_read(path))] == []


def test_every_text_is_utf8_in_the_composed_form() -> None:
    assert [str(path) for path in _texts() if not unicodedata.is_normalized("NFC", _read(path))] == []


def test_the_lock_pins_every_package_by_hash() -> None:
    lock = re.sub(r"\\\n", " ", _read(Path("requirements.lock")))
    lines = [line for line in lock.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    assert lines
    assert [line for line in lines if "==" not in line or "--hash=sha256:" not in line] == []


@pytest.mark.parametrize("licence", ["LICENSE", "kiosk/look/licences/phosphor-MIT.txt"])
def test_what_is_given_away_has_its_licence_beside_it(licence: str) -> None:
    assert (HOUSE / licence).stat().st_size > 500


def test_the_languages_have_the_same_keys_and_the_same_places_to_fill() -> None:
    first, *others = (_language(name) for name in LANGUAGES)
    for other in others:
        assert first.keys() == other.keys()
        assert [key for key in first if _places(first[key]) != _places(other[key])] == []


def test_no_text_is_empty_or_holds_the_catalogue_s_own_marks() -> None:
    for language in LANGUAGES:
        texts = _language(language)
        assert [key for key, text in texts.items() if not text.strip() or re.search(r"CONFIRM|LOCAL\b", text)] == []


def test_every_theme_has_the_same_tokens() -> None:
    colours = json.loads((LOOK / "tokens.json").read_text(encoding="utf-8"))["color"]
    light = colours["light"].keys()
    assert light
    assert colours["high_contrast"].keys() == light
    assert colours["dark_pages_only"].keys() == light


def _language(name: str) -> dict[str, str]:
    screens = json.loads((LANGUAGE / f"{name}.json").read_text(encoding="utf-8"))
    return {f"{screen}.{key}": text for screen, texts in screens.items() for key, text in texts.items()}


def _places(text: str) -> set[str]:
    return set(re.findall(r"\{(\w*)\}", text))
