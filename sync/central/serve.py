"""A server on a socket that is bound already, until a signal."""

from __future__ import annotations

import signal
import socket
from types import FrameType

import uvicorn
from litestar.types import ASGIApp

from sync.central.listening import BACKLOG

GRACE_S = 5
CONNECTIONS = 1000


def server(app: ASGIApp) -> uvicorn.Server:
    """The server for an application, set up as every server of ours is."""
    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        proxy_headers=False,  # who asks is read from the socket, whatever the request says
        server_header=False,
        timeout_graceful_shutdown=GRACE_S,
        limit_concurrency=CONNECTIONS,
        backlog=BACKLOG,
        loop="uvloop",
        http="httptools",
    )
    return uvicorn.Server(config)


def run(app: ASGIApp, sock: socket.socket) -> None:
    """Serve until SIGINT or SIGTERM, then finish what is begun (``GRACE_S`` seconds at most)."""
    end_like_ctrl_c()
    try:
        server(app).run(sockets=[sock])
    except KeyboardInterrupt:
        pass  # uvicorn has ended well and passes the signal on
    finally:
        sock.close()


def end_like_ctrl_c() -> None:
    """Let SIGTERM unwind the program like Ctrl-C does, so that everything opened is closed."""
    signal.signal(signal.SIGTERM, _leave)


def _leave(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt
