"""A kiosk whose office server is elsewhere: what its doctor says, and that it starts without a server of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from kiosk.book_file import read_entries
from kiosk.clock import SystemClock
from kiosk.lobby_facts import ReserveReceived
from screens.display import start_virtual_display
from screens.doctor import doctor
from sync.central.app import central_app
from sync.central.office_book import OfficeBook
from sync.central.service import CentralLog
from sync.enrol import Asked, enrol
from sync.keys import own_key
from sync.upload_thread import start_book_upload
from tests.doors.lobby_of_two import KioskProcess, LobbyOfTwo
from tests.doors.test_doctor import line_of
from tests.fakes.ports import free_port
from tests.fakes.waiting import until
from tests.sync.making import OFFICE, file_book, served

ROOT = Path(__file__).parents[2]
START_S = 60.0


class Office:
    """An office server in this process, at ``address``, and the data folder of a kiosk elsewhere."""

    def __init__(self, central: CentralLog, address: str, data: Path) -> None:
        self.central, self.address, self.data = central, address, data
        data.mkdir()

    def settings(self, *, office: str = OFFICE, address: str = "") -> Path:
        place = self.data / "thanthien.toml"
        text = f'[office]\nid = "{office}"\n[kiosk]\nid = "kiosk-2"\noffice = "{address or self.address}"\n'
        place.write_text(text + f'[server]\nlisten = "127.0.0.1:{free_port()}"\n', encoding="utf-8")
        return place

    def enrol(self) -> None:
        enrol(Asked(self.data, self.address, self.central.enrol_code(), device="kiosk", office_id=OFFICE))


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with (
        CentralLog.open(tmp_path / "home", clock=SystemClock(), office=OfficeBook(OFFICE)) as central,
        served(central_app(central)) as at,
    ):
        yield Office(central, at.address, tmp_path / "far")


def examined(capsys: pytest.CaptureFixture[str], settings: Path, data: Path) -> str:
    doctor(settings, data, SystemClock())
    return capsys.readouterr().out


def test_the_doctor_looks_for_the_office_and_not_for_a_port(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    out = examined(capsys, office.settings(address=f"http://127.0.0.1:{free_port()}"), office.data)
    assert line_of(out, "office").startswith("TROUBLE")
    assert "S-301" in line_of(out, "office")
    assert not [line for line in out.splitlines() if line[9:].startswith("port ")]


def test_the_doctor_tells_another_office_s_server(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    out = examined(capsys, office.settings(office="quang-trung"), office.data)
    assert "J-106" in line_of(out, "office")
    assert OFFICE in line_of(out, "office")


def test_the_doctor_says_how_far_the_enrolment_is(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    settings = office.settings()
    assert "no key yet" in line_of(examined(capsys, settings, office.data), "enrolment")
    own_key(office.data, "kiosk")
    assert "S-302" in line_of(examined(capsys, settings, office.data), "enrolment")
    office.enrol()
    assert "its book has not come yet" in line_of(examined(capsys, settings, office.data), "enrolment")
    file_book(office.data / "journal.sqlite", SystemClock(), count=1).close()
    sending = start_book_upload(office.data, office.address, clock=SystemClock())
    until(lambda: sending.status().known and not sending.status().waiting_count)
    sending.stop()
    line = line_of(examined(capsys, settings, office.data), "enrolment")
    assert line.startswith("OK")
    assert line.endswith("from 6001")


def test_kiosk_run_elsewhere_starts_the_touch_screen_alone_and_meets_its_office(tmp_path: Path) -> None:
    lobby = LobbyOfTwo(tmp_path)
    data = lobby.far_data
    lobby.start_server()
    lobby.enrol(data)
    (data / "thanthien.toml").write_text(lobby.far_settings(lobby.pages), encoding="utf-8")
    display = start_virtual_display()
    command = [sys.executable, "-m", "screens.command", "run", "--data", str(data)]
    command += ["--settings", str(data / "thanthien.toml")]
    running = subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, "DISPLAY": display.name}, stdout=subprocess.PIPE, text=True
    )
    book = data / "journal.sqlite"

    def reserves() -> list[int]:
        found = read_entries(book) if book.exists() else iter(())
        return [int(one.fields()["place"]) for one in found if one.fact == ReserveReceived.__name__]

    try:
        until(reserves, within_s=START_S)
        children = Path(f"/proc/{running.pid}/task/{running.pid}/children").read_text(encoding="ascii").split()
        verbs = [Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")[3] for pid in children]
        assert verbs == [b"touch"]
    finally:
        running.send_signal(signal.SIGINT)
        said, _ = running.communicate(timeout=20)
        display.close()
        lobby.stop_server()
    assert running.returncode == 0
    assert reserves() == [1]
    assert f"office    {lobby.pages}" in said
    assert "none is started here" in said
    assert not (data / "office").exists()


def test_a_second_machine_with_the_id_of_the_first_gives_no_number_and_says_why(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    lobby = LobbyOfTwo(tmp_path)
    with ExitStack() as ends:
        lobby.start_server()
        ends.callback(lobby.stop_server)
        home = KioskProcess(lobby.home_data, lobby.home_settings)
        ends.callback(home.close)
        assert home.take() == "B001"
        until(lambda: (home.state()["through"] or 0) > 0, within_s=START_S)
        lobby.enrol(lobby.far_data)
        settings = lobby.far_settings(lobby.pages).replace("kiosk-2", "kiosk-1")
        second = KioskProcess(lobby.far_data, settings)
        ends.callback(second.close)
        said: list[str] = []

        def told() -> bool:
            said.append(capfd.readouterr().err)
            return "S-310" in "".join(said)

        until(told, within_s=START_S)
        assert second.take() == "S-347"
        assert home.take() == "B002"
