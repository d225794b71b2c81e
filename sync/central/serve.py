"""A server on a socket that is bound already, until a signal."""

from __future__ import annotations

import signal
import socket
from collections.abc import Callable
from types import FrameType

import uvicorn
from litestar.types import ASGIApp

from sync.central.listening import BACKLOG

GRACE_S = 5
CONNECTIONS = 1000


class Server(uvicorn.Server):
    """Says that it ends before it waits for what is begun: a stream that never ends would be waited for."""

    ending: Callable[[], None] | None = None

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Say so in the loop, then end as ever."""
        if self.ending is not None:
            self.ending()
        await super().shutdown(sockets)


def server(app: ASGIApp, *, ending: Callable[[], None] | None = None) -> Server:
    """The server for an application, set up as every server of ours is. ``ending``: called as it begins to end."""
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
    made = Server(config)
    made.ending = ending
    return made


def run(app: ASGIApp, sock: socket.socket, *, ending: Callable[[], None] | None = None) -> None:
    """Serve until SIGINT or SIGTERM, then finish what is begun (``GRACE_S`` seconds at most)."""
    end_like_ctrl_c()
    try:
        server(app, ending=ending).run(sockets=[sock])
    except KeyboardInterrupt:
        pass  # uvicorn has ended well and passes the signal on
    finally:
        sock.close()


def end_like_ctrl_c() -> None:
    """Let SIGTERM unwind the program like Ctrl-C does, so that everything opened is closed."""
    signal.signal(signal.SIGTERM, _leave)


def _leave(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt
