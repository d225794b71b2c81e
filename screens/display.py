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
    """A running Xvfb: its name for ``DISPLAY``, its process, and the command that starts it again there."""

    name: str
    process: subprocess.Popen[bytes]
    command: tuple[str, ...]

    def close(self) -> None:
        """End it, if nobody has yet."""
        if self.process.poll() is None:
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
    screen = ("-screen", "0", f"{size[0]}x{size[1]}x24", "-nolisten", "tcp", "-noreset")
    process = subprocess.Popen(
        [program, "-displayfd", str(writer), *screen],
        pass_fds=[writer],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=die_with_parent,
    )
    os.close(writer)
    with os.fdopen(reader) as told:  # read to the line's end: a server that cannot finish its line dies of it
        ready, _, _ = select.select([told], [], [], START_S)
        number = told.readline().strip() if ready else ""
    if not number:
        process.kill()
        process.wait()
        raise MachineTrouble("M-206", detail="Xvfb did not start")
    return VirtualDisplay(f":{number}", process, (program, f":{number}", *screen))
