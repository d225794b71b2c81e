"""The door of the lobby board: what it shows, live, open to everybody in the hall."""

from __future__ import annotations

from litestar import get
from litestar.handlers import HTTPRouteHandler
from litestar.response import Stream

from screens.lobby_hall import Hall
from screens.web.live import Live


def board_doors(hall: Hall, live: Live) -> list[HTTPRouteHandler]:
    """``/board/live``."""

    @get("/board/live", include_in_schema=False)
    async def board() -> Stream:
        """The board as server-sent events "view", each the whole of what it shows."""
        return live.stream("board", hall.board)

    return [board]
