"""``python -m devices``."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from devices.__main__ import main
from devices.choose import printer_at
from devices.virtual.server import VirtualPrinterServer
from kiosk.clock import SystemClock
from kiosk.ports import Outcome, PrintOutcome
from tests.devices.samples import ticket
from tests.fakes.ports import free_port


def test_list_names_every_kind_of_address(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list"]) == 0
    said = capsys.readouterr().out
    assert all(scheme in said for scheme in ("virtual:", "tcp://", "serial://", "usb://", "file://", "cups://"))


def test_status_says_what_is_wrong_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    with VirtualPrinterServer() as server:
        assert main(["status", server.address]) == 0
        server.faults.paper_out = True
        assert main(["status", server.address]) == 1
    assert "P-101: the printer is out of paper" in capsys.readouterr().out


@pytest.mark.parametrize("slip", ["rich", "lean"])
def test_a_trial_slip_comes_out_with_what_to_look_for(capsys: pytest.CaptureFixture[str], slip: str) -> None:
    with VirtualPrinterServer() as server:
        assert main(["test", server.address, "--slip", slip]) == 0
        assert len(server.wait_for_sheets(1)) == 1
    said = capsys.readouterr().out
    assert "printed" in said and "58 mm" in said


@pytest.mark.parametrize(
    "arguments",
    [
        ["status", "bluetooth:x"],
        ["status", "tcp://host:99999"],
        ["test", "virtual:x", "--profile", "90mm"],
        ["virtual", "--port", "70000"],
        ["virtual", "--port", "0", "--slips", "/dev/null/slips"],
    ],
)
def test_wrong_input_is_one_sentence_and_exit_code_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    said = capsys.readouterr().err
    assert said.startswith("P-12") and said.count("\n") == 1


def test_a_port_that_is_in_use_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with VirtualPrinterServer() as server:
        assert main(["virtual", "--port", str(server.port), "--slips", str(tmp_path)]) == 2
    assert capsys.readouterr().err.startswith("M-203")


def test_a_virtual_printer_takes_slips_until_it_is_stopped(tmp_path: Path) -> None:
    port = free_port()
    command = [sys.executable, "-m", "devices", "virtual", "--port", str(port), "--slips", str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ}) as running:
        assert running.stdout is not None
        assert str(port) in running.stdout.readline()
        printer = printer_at(
            f"tcp://127.0.0.1:{port}", profile="auto", slip="auto", data_folder=tmp_path, clock=SystemClock()
        )
        assert printer.print(ticket()) == PrintOutcome(Outcome.PRINTED)
        assert running.stdout.readline().strip().endswith(".png")
        printer.close()
        running.send_signal(signal.SIGINT)
        assert running.wait(10) == 0
    assert len(list(tmp_path.glob("*.png"))) == 1
