"""The doctor names every setting with its origin, finds each trouble, and hides what is secret."""

from __future__ import annotations

import http.server
import json
import shutil
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kiosk.catalogue import BUILT_IN
from kiosk.journal import BookOf, SqliteJournal
from kiosk.settings_entries import entries
from screens.command import main
from screens.doctor import doctor
from tests.fakes.clock import FakeClock


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DISPLAY", raising=False)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def examine(capsys: pytest.CaptureFixture[str], text: str = "", *, port: int = 0) -> tuple[int, str, str]:
    """Exit code, standard output and standard error of the doctor on these settings."""
    listen = f'[server]\nlisten = "127.0.0.1:{port or free_port()}"\n'
    Path("thanthien.toml").write_text(text + listen, encoding="utf-8")
    code = doctor(None, Path("data"), FakeClock(datetime(2026, 11, 23, 1, 0, tzinfo=UTC)))
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def line_of(out: str, what: str) -> str:
    (line,) = [line for line in out.splitlines() if line[9:].startswith(f"{what} ")]
    return line


def test_a_machine_as_delivered_is_well(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = examine(capsys)
    assert (code, err) == (0, "")
    assert out.endswith("Everything works.\n")
    assert line_of(out, "clock").endswith("08:00, 23/11/2026 at the office")


def test_every_setting_stands_there_with_its_origin(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = examine(capsys, '[office]\nname = "xã Quang Trung"\n')
    told = {line.split()[0]: line for line in out.splitlines()[: len(entries())]}
    assert told.keys() == {entry.name for entry in entries()}
    assert "xã Quang Trung" in told["office.name"]
    assert told["office.name"].endswith("thanthien.toml, line 2")
    assert told["office.id"].endswith("default")


def test_hours_are_told_as_they_can_be_written(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = examine(capsys, '[office]\nhours = "T2-T6 7h30-11:30 13:30-17:00; T7 07:30-11:30"\n')
    assert "Mon-Fri 07:30-11:30 13:30-17:00; Sat 07:30-11:30" in out


def test_wrong_settings_are_all_told_and_nothing_else_is_looked_at(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = examine(capsys, '[printer]\nadress = "x"\nslip = "poor"\n')
    assert code == 2
    assert err.count("C-40") == 2
    assert "did you mean address?" in err
    assert "data folder" not in out


def test_a_password_in_an_address_is_never_shown(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = examine(capsys, f'[sync]\nupstream = "http://ward:hush@127.0.0.1:{free_port()}"\n')
    assert code == 1
    assert "S-301" in line_of(out, "central log")
    assert "hush" not in out + err


def test_a_printer_that_does_not_answer_is_trouble(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = examine(capsys, f'[printer]\naddress = "tcp://127.0.0.1:{free_port()}"\n')
    assert code == 1
    assert line_of(out, "printer").startswith("TROUBLE  printer        P-103")


def test_a_printer_in_use_by_the_running_kiosk_is_left_alone(capsys: pytest.CaptureFixture[str]) -> None:
    book = Path("data/journal.sqlite")
    with SqliteJournal.create(book, of=BookOf("kiosk-1", "bac-son"), utc_offset_h=7, clock=FakeClock()):
        code, out, _ = examine(capsys, f'[printer]\naddress = "tcp://127.0.0.1:{free_port()}"\n')
    assert code == 0
    assert "in the hands of the running kiosk" in line_of(out, "printer")


def test_a_sound_book_and_a_damaged_one_are_told_apart(capsys: pytest.CaptureFixture[str]) -> None:
    book = Path("data/journal.sqlite")
    SqliteJournal.create(book, of=BookOf("kiosk-1", "bac-son"), utc_offset_h=7, clock=FakeClock()).close()
    code, out, _ = examine(capsys)
    assert code == 0
    assert "sound: 1 entries" in line_of(out, "kiosk's book")
    book.write_bytes(b"this is no book at all" * 500)
    code, out, _ = examine(capsys)
    assert code == 1
    assert line_of(out, "kiosk's book").startswith("TROUBLE")


def test_a_port_held_by_a_stranger_is_trouble(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as stranger:
        threading.Thread(target=_hang_up_on, args=(stranger,), daemon=True).start()
        code, out, _ = examine(capsys, port=stranger.getsockname()[1])
    assert code == 1
    assert "M-203" in line_of(out, "port")


def test_a_port_held_by_the_office_server_is_well(capsys: pytest.CaptureFixture[str], healthy: int) -> None:
    code, out, _ = examine(capsys, port=healthy)
    assert code == 0
    assert "in use by an office server" in line_of(out, "port")


@pytest.mark.parametrize(
    ("told", "said"),
    [({"trouble": "M-201"}, "M-201"), ({"trouble": "", "kiosks_with_wrong_day": ["kiosk-2"]}, "kiosk-2")],
)
def test_an_office_server_that_is_in_trouble_says_so(
    capsys: pytest.CaptureFixture[str], told: dict[str, object], said: str
) -> None:
    with _serving({"office_id": "bac-son", **told}) as port:
        code, out, _ = examine(capsys, port=port)
    assert code == 1
    assert line_of(out, "port").startswith("TROUBLE")
    assert said in line_of(out, "port")


def test_wrong_settings_and_a_wrong_catalogue_are_told_together(capsys: pytest.CaptureFixture[str]) -> None:
    Path("mine").mkdir()
    Path("mine/services.csv").write_text("id,letter\n", encoding="utf-8")
    folder = Path("mine").resolve()
    code, _, err = examine(capsys, f'[catalogue]\nfolder = "{folder}"\n[kiosk]\nlangage = "vi"\n')
    assert code == 2
    assert {line.split(":")[0] for line in err.splitlines()} == {"C-402", "C-411", "C-412"}


def test_a_day_without_a_counter_is_trouble(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = examine(capsys)
    assert line_of(out, "counters").endswith("6 in force: 1, 2, 3, 4, 5, 6")
    mine = Path("mine").resolve()
    shutil.copytree(BUILT_IN, mine)
    rows = "id,name_vi,name_en,services,effective_from,effective_to\n1,Một,One,A,2026-11-24,\n"
    (mine / "counters.csv").write_text(rows, encoding="utf-8")
    code, out, _ = examine(capsys, f'[catalogue]\nfolder = "{mine}"\n')
    assert code == 1
    assert line_of(out, "counters").startswith("TROUBLE  counters       C-414")
    assert "2026-11-23" in line_of(out, "counters")


def test_a_book_of_another_office_is_trouble(capsys: pytest.CaptureFixture[str]) -> None:
    book = Path("data/journal.sqlite")
    SqliteJournal.create(book, of=BookOf("kiosk-1", "elsewhere"), utc_offset_h=7, clock=FakeClock()).close()
    code, out, _ = examine(capsys)
    assert code == 1
    assert "J-106" in line_of(out, "kiosk's book")


def test_a_device_that_nothing_drives_yet_is_said_honestly(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = examine(capsys, '[display]\naddress = "serial:///dev/ttyS9"\n')
    assert code == 0
    assert "does not drive a display yet" in line_of(out, "display")


def test_how_sure_the_catalogue_is_is_told_to_staff(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = examine(capsys)
    assert "8 certain, 28 partial, 4 confirm" in line_of(out, "procedures")


def test_too_small_a_screen_and_a_display_that_is_not_there_are_trouble(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, out, _ = examine(capsys, "[kiosk]\nscreen_diagonal_in = 10.1\n")
    assert "M-207" in line_of(out, "screen")
    monkeypatch.setenv("DISPLAY", ":987")
    _, out, _ = examine(capsys)
    assert "M-206" in line_of(out, "screen")


def test_a_data_folder_that_cannot_be_written_is_trouble(capsys: pytest.CaptureFixture[str]) -> None:
    Path("thanthien.toml").write_text('[printer]\naddress = "tcp://127.0.0.1:9"\n', encoding="utf-8")
    code = doctor(None, Path("/proc/1/data"), FakeClock())
    assert code == 1
    assert "M-202" in line_of(capsys.readouterr().out, "data folder")


def test_the_verb_opens_the_doctor_s_door(capsys: pytest.CaptureFixture[str]) -> None:
    Path("thanthien.toml").write_text('[office]\nnam = "x"\n', encoding="utf-8")
    assert main(["doctor"]) == 2
    assert "did you mean name?" in capsys.readouterr().err


@pytest.fixture
def healthy() -> Iterator[int]:
    """The port of a server that says it is one of ours."""
    with _serving({"status": "ok", "office_id": "bac-son"}) as port:
        yield port


@contextmanager
def _serving(told: dict[str, object]) -> Iterator[int]:
    with _Server(("127.0.0.1", 0), _Healthy) as server:
        server.told = told
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


class _Server(http.server.HTTPServer):
    told: dict[str, object]


class _Healthy(http.server.BaseHTTPRequestHandler):
    server: _Server

    def do_GET(self) -> None:
        """Answer as ``/health`` does."""
        body = json.dumps(self.server.told).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def _hang_up_on(server: socket.socket) -> None:
    caller, _ = server.accept()
    caller.close()
