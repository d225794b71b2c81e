"""A display to open the window on: the one that is there, or a virtual one."""

from __future__ import annotations

import os
import select
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass

from kiosk.trouble import MachineTrouble
from screens.supervisor import die_with_parent

VIRTUAL_SIZE = (1080, 1920)
VIRTUAL_DIAGONAL_IN = 21.5
START_S = 15.0


@dataclass(frozen=True)
class VirtualDisplay:
    """A running Xvfb: its name for ``DISPLAY`` and its process."""

    name: str
    process: subprocess.Popen[bytes]

    def close(self) -> None:
        """End it."""
        self.process.terminate()
        self.process.wait()


def real_display(environment: Mapping[str, str] = os.environ) -> str:
    """The display that this session has, "" if none."""
    return environment.get("DISPLAY", "")


def start_virtual_display(size: tuple[int, int] = VIRTUAL_SIZE) -> VirtualDisplay:
    """Start Xvfb on the next free display number; ``MachineTrouble`` M-206 if that is not possible."""
    program = shutil.which("Xvfb")
    if program is None:
        raise MachineTrouble("M-206", detail="Xvfb is not installed")
    reader, writer = os.pipe()
    screen = f"{size[0]}x{size[1]}x24"
    process = subprocess.Popen(
        [program, "-displayfd", str(writer), "-screen", "0", screen, "-nolisten", "tcp", "-noreset"],
        pass_fds=[writer],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=die_with_parent,
    )
    os.close(writer)
    ready, _, _ = select.select([reader], [], [], START_S)
    number = os.read(reader, 16).decode().strip() if ready else ""
    os.close(reader)
    if not number:
        process.kill()
        process.wait()
        raise MachineTrouble("M-206", detail="Xvfb did not start")
    return VirtualDisplay(f":{number}", process)
