"""The lobby at this moment, in a few figures for the manager's page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kiosk.line_tally import waited_s
from kiosk.lobby import Lobby


@dataclass(frozen=True, slots=True)
class LobbyNow:
    """``waiting_count`` and ``longest_wait_s`` are None while they cannot be trusted; ``open_count`` counters of
    ``counter_count`` have somebody at them, ``paused_count`` of those are on a break; ``help_count`` calls for a
    person ring; ``unheard``: kiosks that have been silent for long; ``on_another_day``: kiosks whose clock is not
    on the office's day."""

    waiting_count: int | None
    longest_wait_s: int | None
    open_count: int
    paused_count: int
    counter_count: int
    help_count: int
    unheard: tuple[str, ...] = ()
    on_another_day: tuple[str, ...] = ()


def lobby_now(
    lobby: Lobby, now: datetime, *, unheard: tuple[str, ...], sound: bool, apart: tuple[str, ...] = ()
) -> LobbyNow:
    """A lobby in a few figures; not ``sound``: what waits is not known; ``apart``: those on another day."""
    services = tuple(sorted({service for one in lobby.counters.values() for service in one.services}))
    earliest = lobby.line.order.earliest(services)
    stays = lobby.sittings.all()
    return LobbyNow(
        waiting_count=lobby.line.order.waiting_count(services) if sound else None,
        longest_wait_s=waited_s(earliest[1], now) if sound and earliest else None,
        open_count=len(stays),
        paused_count=sum(bool(one.paused) for one in stays),
        counter_count=len(lobby.counters),
        help_count=len(lobby.help.ringing()),
        unheard=tuple(one for one in unheard if one not in apart),
        on_another_day=apart,
    )
