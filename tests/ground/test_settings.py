"""Settings: every key has a default, and every fault is told at once with its line."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from kiosk.settings import Reading, read_settings
from kiosk.settings_entries import entries
from kiosk.settings_kinds import masked
from kiosk.trouble import SettingsTrouble


def _read(folder: Path, text: str | bytes) -> Reading:
    path = folder / "thanthien.toml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return read_settings(path, data=folder / "data", device_fault=_only_tcp)


def _only_tcp(address: str) -> str | None:
    return None if address.startswith(("tcp:", "virtual:")) else f"{address!r} is no printer"


def _told(reading: Reading) -> list[tuple[str, int, str]]:
    return [(problem.code, problem.line, problem.name) for problem in reading.problems]


def test_without_a_file_everything_has_its_default(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    settings = read_settings().checked()
    assert (settings.office.id, settings.office.name, settings.office.utc_offset_h) == ("bac-son", "phường Bắc Sơn", 7)
    assert settings.office.hours is None
    assert settings.office.address_form == "ông/bà"
    assert (settings.kiosk.id, settings.kiosk.office, settings.kiosk.language) == ("kiosk-1", None, "vi")
    assert (settings.kiosk.screen_diagonal_in, settings.kiosk.answers_order) == (21.5, "good-first")
    assert (settings.printer.address, settings.printer.profile, settings.printer.slip) == (
        "virtual:slips",
        "auto",
        "auto",
    )
    devices = (settings.scanner, settings.display, settings.keypad, settings.speaker)
    assert [device.address for device in devices] == [None] * 4
    assert (settings.server.listen, settings.server.address) == ("127.0.0.1:8080", None)
    assert (settings.sync.upstream, settings.catalogue.folder) == (None, None)


def test_a_file_in_the_working_folder_is_read_without_being_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("thanthien.toml").write_text('[office]\nname = "xã Quang Trung"\n', encoding="utf-8")
    reading = read_settings()
    assert reading.settings.office.name == "xã Quang Trung"
    assert reading.origins["office.name"] == "thanthien.toml, line 2"
    assert reading.origins["office.id"] == "default"


def test_all_problems_come_at_once_in_the_order_of_their_lines(tmp_path: Path) -> None:
    reading = _read(
        tmp_path,
        """office = {nam = "x", id = "Bắc Sơn"}
[kiosk]
langage = "vi"
screen_diagonal_in = "21"
phone = '''
one
two'''
[srver]
[server]
listen = "8080"
[sync]
upstream = "ftp://h"
[printer]
address = "usb:x"
[display]
address = "no scheme"
[catalogue]
folder = 3
""",
    )
    assert _told(reading) == [
        ("C-402", 1, "office.nam"),
        ("C-403", 1, "office.id"),
        ("C-402", 3, "kiosk.langage"),
        ("C-403", 4, "kiosk.screen_diagonal_in"),
        ("C-402", 5, "kiosk.phone"),
        ("C-402", 8, "srver"),
        ("C-403", 10, "server.listen"),
        ("C-403", 12, "sync.upstream"),
        ("C-403", 14, "printer.address"),
        ("C-403", 16, "display.address"),
        ("C-403", 18, "catalogue.folder"),
    ]


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ('[kiosk]\nlangage = "vi"', "did you mean language?"),
        ("[kiosk]\nutc_offset_h = 8", "utc_offset_h belongs under [office]"),
        ('[printr]\nslip = "rich"', "did you mean [printer]?"),
        ('phone = "1"', "phone belongs under [office]"),
        ("[kiosk]\nzzz = 1", "[kiosk] has id, office, language"),
        ('office = "x"', "write [office] and its keys below it"),
        ('[office]\naddress_form = "none"\nxung_ho = "none"', "it is said twice"),
    ],
)
def test_what_is_not_known_gets_the_nearest_name(tmp_path: Path, text: str, hint: str) -> None:
    (problem,) = _read(tmp_path, text).problems
    assert hint in problem.reason


@pytest.mark.parametrize(
    ("raw", "line", "reason"),
    [
        (b"[office]\nname = x\n", 2, "Invalid value"),
        (b"[office]\nname = 'a'\nname = 'b'\n", 3, "overwrite"),
        (b"[office\n", 1, "Expected"),
        (b"[office]\nname = 'a\x01'\n", 2, "invalid character"),
        (b"[office]\nname = 'B\xe1c'\n", 2, "not UTF-8"),
        ("[office]\n".encode("utf-16"), 0, "UTF-16"),
        (b"#" * 70_000, 0, "larger than 64 kB"),
        (b"a = " + b"[" * 5_000, 0, "nested too deeply"),
    ],
)
def test_a_file_that_is_no_toml_is_told_by_its_line(tmp_path: Path, raw: bytes, line: int, reason: str) -> None:
    reading = _read(tmp_path, raw)
    (problem,) = reading.problems
    assert (problem.code, problem.line) == ("C-401", line)
    assert reason in problem.reason
    assert reading.settings.office.id == "bac-son"


def test_a_byte_order_mark_and_windows_line_ends_are_no_fault(tmp_path: Path) -> None:
    reading = _read(tmp_path, b'\xef\xbb\xbf[office]\r\nname = "a"\r\n[kiosk]\r\nid = "k-2"\r\n')
    assert reading.checked().kiosk.id == "k-2"
    assert reading.origins["kiosk.id"].endswith("line 4")


def test_a_named_file_must_be_there_and_be_a_file(tmp_path: Path) -> None:
    (missing,) = read_settings(tmp_path / "none.toml").problems
    (folder,) = read_settings(tmp_path).problems
    assert missing.code == "C-404"
    assert folder.code == "C-401"
    assert "folder" in folder.reason
    with pytest.raises(SettingsTrouble, match="C-404"):
        read_settings(tmp_path / "none.toml").checked()


def test_the_address_form_has_a_vietnamese_name_too(tmp_path: Path) -> None:
    reading = _read(tmp_path, '[office]\nxung_ho = "công dân"\n')
    assert reading.checked().office.address_form == "công dân"
    assert reading.origins["office.address_form"].endswith("line 2")


def test_text_is_kept_in_the_composed_form_and_on_one_line(tmp_path: Path) -> None:
    decomposed = "phu\u031bo\u031b\u0300ng Ba\u0306\u0301c So\u031bn"
    assert _read(tmp_path, f'[office]\nname = " {decomposed} "').settings.office.name == "phường Bắc Sơn"
    (problem,) = _read(tmp_path, '[office]\nname = "a\\nb"').problems
    assert "line break" in problem.reason


@pytest.mark.parametrize(
    "value",
    ["8080", "localhost:", "localhost:0", "localhost:65536", "::1:80", "[::1]", "http://h:80", "-h:80", "h h:80"],
)
def test_where_to_listen_needs_a_host_and_a_port(tmp_path: Path, value: str) -> None:
    (problem,) = _read(tmp_path, f'[server]\nlisten = "{value}"').problems
    assert problem.name == "server.listen"


@pytest.mark.parametrize("value", ["0.0.0.0:80", "localhost:8080", "[::1]:8080", "kiosk-1.local:65535"])
def test_hosts_of_every_kind_can_be_listened_on(tmp_path: Path, value: str) -> None:
    assert _read(tmp_path, f'[server]\nlisten = "{value}"').checked().server.listen == value


@pytest.mark.parametrize(
    ("value", "fine"), [("10.0.0.5", True), ("ward.example:81", True), ("http://h", False), ("h/V", False)]
)
def test_phones_are_told_a_host_and_no_more(tmp_path: Path, value: str, fine: bool) -> None:
    reading = _read(tmp_path, f'[server]\naddress = "{value}"')
    assert reading.problems == () if fine else len(reading.problems) == 1


@pytest.mark.parametrize("value", ["7.5", '"7"', "true", "15", "-13"])
def test_the_offset_is_a_whole_number_of_hours_on_earth(tmp_path: Path, value: str) -> None:
    (problem,) = _read(tmp_path, f"[office]\nutc_offset_h = {value}").problems
    assert problem.name == "office.utc_offset_h"


def test_a_screen_may_be_whole_inches_but_not_endless(tmp_path: Path) -> None:
    assert _read(tmp_path, "[kiosk]\nscreen_diagonal_in = 24").settings.kiosk.screen_diagonal_in == 24.0
    assert _read(tmp_path, "[kiosk]\nscreen_diagonal_in = inf").problems
    assert _read(tmp_path, "[kiosk]\nscreen_diagonal_in = nan").problems


def test_secrets_in_addresses_are_never_repeated(tmp_path: Path) -> None:
    assert masked("https://me:secret@host/x") == "https://***@host/x"
    assert masked("https://token@host") == "https://***@host"
    reading = _read(tmp_path, '[sync]\nupstream = "ftp://me:hush@host"\n[printer]\naddress = "ipp://me:hush@host"')
    assert len(reading.problems) == 2
    assert not any("hush" in problem.text() for problem in reading.problems)


def test_a_relative_catalogue_folder_counts_from_the_data_folder(tmp_path: Path) -> None:
    reading = _read(tmp_path, '[catalogue]\nfolder = "mine"')
    assert reading.checked().catalogue.folder == tmp_path / "data" / "mine"
    absolute = _read(tmp_path, '[catalogue]\nfolder = "/srv/mine"')
    assert absolute.checked().catalogue.folder == Path("/srv/mine")


def test_an_optional_setting_is_unset_by_an_empty_text(tmp_path: Path) -> None:
    settings = _read(tmp_path, '[sync]\nupstream = ""\n[office]\nhours = ""\n[scanner]\naddress = ""').checked()
    assert (settings.sync.upstream, settings.office.hours, settings.scanner.address) == (None, None, None)


def test_hours_are_read_or_refused_with_their_reason(tmp_path: Path) -> None:
    assert _read(tmp_path, '[office]\nhours = "T2-T6 07:30-11:30; T7 7h30-11h00"').checked().office.hours is not None
    (problem,) = _read(tmp_path, '[office]\nhours = "Mon-Fri 07:30-25:00"').problems
    assert "'25:00' is no time of day" in problem.reason


def test_every_default_is_a_value_its_own_kind_accepts() -> None:
    for setting in entries():
        setting.kind.read(setting.default)


def test_no_two_settings_share_a_name() -> None:
    names = [f"{setting.section}.{key}" for setting in entries() for key in (setting.key, *setting.aliases)]
    assert len(set(names)) == len(names)


_VALUE = some.recursive(
    some.one_of(some.text(max_size=8), some.integers(), some.booleans(), some.floats(), some.dates()),
    lambda inner: some.one_of(some.lists(inner, max_size=3), some.dictionaries(some.text(max_size=4), inner)),
    max_leaves=6,
)


@given(
    name=some.sampled_from([setting.name for setting in entries()]),
    value=_VALUE,
)
def test_no_value_whatever_breaks_a_kind(name: str, value: object) -> None:
    setting = next(one for one in entries() if one.name == name)
    try:
        setting.kind.read(value)
    except ValueError as problem:
        assert str(problem)


@given(text=some.text(alphabet="[]a=\"\n.{}#'1,\\ ", max_size=40))
def test_no_text_whatever_breaks_the_reader(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    folder = tmp_path_factory.getbasetemp()
    reading = _read(folder, text)
    try:
        tomllib.loads(text)
        sound = True
    except tomllib.TOMLDecodeError:
        sound = False
    assert sound or [problem.code for problem in reading.problems] == ["C-401"]
    assert all(problem.line >= 1 for problem in reading.problems)


_KEYS = {"office": ("name", "phone"), "kiosk": ("language", "id"), "sync": ("upstream",)}
_BETWEEN = some.sampled_from(["", "# [office]", "  ", "#"])
_VALUES = some.sampled_from(
    [
        "'x'",
        '"a # b"',
        "3",
        '"""\n[kiosk]\nid = 1\n"""',
        "'''\n'''",
        "[\n1,\n# x\n2,\n]",
        "{ a = 1, b = [\n1] }",
    ]
)


@given(data=some.data())
def test_every_key_is_found_on_the_line_it_stands_on(
    tmp_path_factory: pytest.TempPathFactory, data: some.DataObject
) -> None:
    lines: list[str] = []
    expected = {}
    for section in data.draw(some.permutations(sorted(_KEYS))):
        lines += [
            *data.draw(some.lists(_BETWEEN, max_size=2)),
            data.draw(some.sampled_from(["[{}]", " [ {} ]  # x"])).format(section),
        ]
        for key in data.draw(some.permutations(_KEYS[section])):
            lines += data.draw(some.lists(_BETWEEN, max_size=2))
            expected[f"{section}.{key}"] = len(lines) + 1
            lines += f"{data.draw(some.sampled_from([key, repr(key)]))} = {data.draw(_VALUES)}".split("\n")
    reading = _read(tmp_path_factory.getbasetemp(), "\n".join(lines))
    assert not any(problem.code == "C-401" for problem in reading.problems)
    assert {name: int(reading.origins[name].rpartition(" ")[2]) for name in expected} == expected


def test_an_endless_value_costs_no_time_and_loses_only_line_numbers(tmp_path: Path) -> None:
    reading = _read(tmp_path, "x = [\n" + "1,\n" * 15_000 + "]\n[office]\nnam = 1\n")
    assert [(problem.line, problem.name) for problem in reading.problems] == [(0, "x"), (0, "office.nam")]
