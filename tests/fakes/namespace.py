"""A machine elsewhere, as far as the network goes: a namespace of Linux with a cable of its own to this one."""

from __future__ import annotations

import os
import subprocess
from typing import Self

from tests.fakes.cable import Wire


class Namespace:
    """A namespace on a virtual cable; ``before`` starts a program in it, ``address`` is the server's seen from there.

    Cut, the cable has no light: packets vanish and nobody is told, like a plug pulled out.
    """

    def __init__(self, port: int) -> None:
        mark = os.getpid() % 10_000
        self._name, self._near, self._far = f"tt{mark}", f"ttn{mark}", f"ttf{mark}"
        subnet = f"10.{200 + mark % 50}.{mark // 50}"
        self._hosts = f"{subnet}.1", f"{subnet}.2"
        self.before = ("ip", "netns", "exec", self._name)
        self.address = f"http://{self._hosts[0]}:{port}"

    def __enter__(self) -> Self:
        _ip("netns", "add", self._name)
        try:
            _ip("link", "add", self._near, "type", "veth", "peer", "name", self._far, "netns", self._name)
            _ip("addr", "add", f"{self._hosts[0]}/24", "dev", self._near)
            _ip("-n", self._name, "addr", "add", f"{self._hosts[1]}/24", "dev", self._far)
            for end in ((self._near,), ("-n", self._name, self._far)):
                *where, device = end
                _ip(*where, "link", "set", device, "up")
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        _ip("netns", "delete", self._name)

    def become(self, wire: Wire) -> None:
        """Pull the plug, or put it in again."""
        _ip("link", "set", self._near, "up" if wire is Wire.WHOLE else "down")


def can_make() -> bool:
    """Whether this machine lets us make namespaces and cables."""
    try:
        with Namespace(1):
            return True
    except (OSError, subprocess.CalledProcessError):
        return False


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True, capture_output=True)
