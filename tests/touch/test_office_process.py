"""The touch screen beside a real office server: what it says of the line, help that rings, a slip that is confirmed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kiosk.ballot import ballot_text
from tests.doors.lobby_process import LobbyProcess, ballot_on
from tests.doors.served_office import CounterAt
from tests.fakes.waiting import until


@pytest.fixture
def lobby(tmp_path: Path) -> Iterator[LobbyProcess]:
    with LobbyProcess(tmp_path / "data") as made:
        yield made


def told(lobby: LobbyProcess) -> dict[str, Any]:
    """What the office tells this kiosk."""
    view: dict[str, Any] = lobby.get("/api/v1/lobby?kiosk_id=kiosk-1&head=0")
    return view


def at_counter(lobby: LobbyProcess, counter: str, path: str, body: dict[str, str]) -> int:
    """One press at a counter; the status."""
    seat = CounterAt(lobby.port, counter)
    status, _ = seat.post(path, body)
    seat.close()
    return status


def show(lobby: LobbyProcess, ballot: str) -> None:
    """Hold a slip under the scanner, and wait for another screen."""
    before = lobby.still()
    lobby.scan(ballot)
    until(lambda: lobby.still() != before)


@pytest.mark.timeout(180)
def test_a_kiosk_knows_its_line_rings_for_help_and_gives_a_number_up(lobby: LobbyProcess) -> None:
    lobby.still()
    tile = lobby.sees("home", "tile:B")
    seat = CounterAt(lobby.port, "3")
    for _ in range(4):
        seat.take("B")
    seat.close()
    until(lambda: lobby.sees("home", "tile:B") != tile, within_s=20)
    tile = lobby.sees("home", "tile:B")
    assert at_counter(lobby, "3", "/counter/press", {"id": "press-0001", "action": "next"}) == 200
    until(lambda: lobby.sees("home", "tile:B") != tile, within_s=20)
    until(lambda: told(lobby)["lines"]["B"]["waiting_count"] == 3)

    lobby.tap("home", "tile:B")
    lobby.tap("priority", "priority:no")
    ballot = ballot_on(lobby.printer.wait_for_sheets(1, 30)[-1])
    until(lambda: told(lobby)["lines"]["B"]["waiting_count"] == 4)
    (said,) = lobby.entries("WaitEstimated")
    assert (said.fields()["number"], said.fields()["ahead_count"]) == ("B005", 3)
    lobby.tap("ticket_done", "done")

    lobby.tap("home", "tile:C")
    lobby.tap("confirm_second_ticket", "second:no")
    assert lobby.count("TicketIssued") == 1

    lobby.press("home", "footer:help", lambda: lobby.count("HelpCalled") == 1)
    until(lambda: list(told(lobby)["help"].values()) == [None])
    (help_id,) = told(lobby)["help"]
    assert at_counter(lobby, "3", "/counter/help", {"help_id": help_id}) == 200
    until(lambda: told(lobby)["help"][help_id] is not None)

    show(lobby, ballot_text(ballot))
    lobby.tap("held", "stay")
    until(lambda: lobby.count("PresenceConfirmed") == 1)
    show(lobby, ballot_text(ballot))
    lobby.tap("held", "drop")
    lobby.tap("held_drop", "drop:yes")
    until(lambda: told(lobby)["lines"]["B"]["waiting_count"] == 3)
    assert lobby.entries("TicketCancelled")[0].fields()["number"] == "B005"
