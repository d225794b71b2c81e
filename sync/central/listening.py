"""A port of one's own: bound before anything starts, so that a port in use is one sentence.

Apart from the server itself, so that who only asks for a port loads no HTTP library.
"""

from __future__ import annotations

import errno
import ipaddress
import socket

from kiosk.trouble import MachineTrouble, SettingsTrouble

BACKLOG = 512


def bind(listen: str) -> socket.socket:
    """The listening socket for ``HOST:PORT``. Raises C-403 for another text, M-203 if the port is in use."""
    host, port = address_of(listen)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    made = socket.socket(family, socket.SOCK_STREAM)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind((host, port))
        made.listen(BACKLOG)
    except OSError as wrong:
        made.close()
        if wrong.errno == errno.EADDRINUSE:
            raise MachineTrouble("M-203", detail=listen) from wrong
        raise SettingsTrouble("C-403", detail=f"[server] listen = {listen}: {wrong.strerror}") from wrong
    return made


def address_of(listen: str) -> tuple[str, int]:
    """Host and port of ``HOST:PORT`` or ``[HOST]:PORT``; raises ``SettingsTrouble`` C-403."""
    host, colon, port = listen.rpartition(":")
    host = host.removeprefix("[").removesuffix("]")
    if not colon or not host or not port.isascii() or not port.isdigit() or int(port) > 65535:
        raise SettingsTrouble("C-403", detail=f"[server] listen = {listen}, write it like 127.0.0.1:8080")
    return host, int(port)


def page_address(sock: socket.socket) -> str:
    """Where a browser on this machine finds the pages."""
    host, port = sock.getsockname()[:2]
    if ipaddress.ip_address(host).is_unspecified:
        host = "127.0.0.1"
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
