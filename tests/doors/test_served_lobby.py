"""The lobby over real processes and real HTTP: everybody at once, answers that get lost, kill -9 in the middle."""

from __future__ import annotations

import json
import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from http.client import HTTPException, HTTPResponse
from pathlib import Path
from typing import Any

import pytest

from kiosk.book_file import read_entries
from kiosk.entry import Entry
from kiosk.identifiers import random_id
from sync.central.office_book import JOURNAL
from tests.bench.races import Race
from tests.doors.served_office import CounterAt, Door, ServedOffice
from tests.fakes.waiting import until

ROUNDS = 12
CLIENTS = 32
NUMBERS = 320
KILLS = 3


@pytest.fixture
def office(tmp_path: Path) -> Iterator[ServedOffice]:
    with ServedOffice(tmp_path, counters=10) as made:
        yield made


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedOffice]:
    """One server for what leaves the others alone."""
    with ServedOffice(tmp_path_factory.mktemp("shared"), counters=10) as made:
        yield made


def facts(office: ServedOffice, name: str) -> list[Entry]:
    return [entry for entry in read_entries(office.data / JOURNAL) if entry.fact == name]


@pytest.mark.parametrize("counters", [2, 10])
def test_counters_that_press_at_once_never_get_one_number_and_every_loser_is_told(
    shared: ServedOffice, counters: int
) -> None:
    race = Race(shared, counters)
    for round in range(ROUNDS):
        race.run(round)
    assert [row["value"] for row in race.rows("race")] == [0, 0]
    assert race.won == ROUNDS // 2 * ((counters + 1) // 2 + 1)
    assert race.won + race.told == ROUNDS * counters


def test_citizens_who_ask_at_once_never_get_one_number_and_none_is_lost(shared: ServedOffice) -> None:
    doors = [shared.ask() for _ in range(CLIENTS)]
    with ThreadPoolExecutor(CLIENTS) as pool:
        numbers = list(pool.map(lambda at: doors[at % CLIENTS].take("G"), range(CLIENTS)))
    assert sorted(numbers) == [f"G{at:03d}" for at in range(1, CLIENTS + 1)]
    assert sorted(
        entry.fields()["number"] for entry in facts(shared, "TicketIssued") if entry.fields()["service"] == "G"
    ) == sorted(numbers)


class Stubborn:
    """A console that sends a press again, with its own id, until it is answered."""

    def __init__(self, office: ServedOffice, counter: int) -> None:
        self._office = office
        self._door: Door = office.counter(counter)
        self.called: list[str] = []
        self.presses: list[str] = []

    def press(self, action: str) -> tuple[int, Any]:
        body = {"id": random_id(), "action": action}
        self.presses.append(str(body["id"]))
        while True:
            with suppress(OSError, HTTPException):
                status, told = self._door.post("/counter/press", body)
                if status < 500:
                    return status, told
            self._reconnect()

    def work(self, stop: threading.Event) -> None:
        while not stop.is_set():
            status, told = self.press("finish_next")
            if status == 200 and told["view"]["current"]:
                self.called.append(told["view"]["current"]["row"]["number"])

    def _reconnect(self) -> None:
        cookie = self._door.cookie
        self._door.close()
        self._door = self._office.ask()
        self._door.cookie = cookie


def test_a_server_that_is_killed_in_the_middle_does_every_press_once(office: ServedOffice) -> None:
    office.send_tickets(NUMBERS)
    consoles = [Stubborn(office, counter) for counter in (1, 2, 3)]
    stop = threading.Event()
    with ThreadPoolExecutor(len(consoles)) as pool:
        working = [pool.submit(console.work, stop) for console in consoles]
        for kill in range(1, KILLS + 1):
            until(lambda kill=kill: sum(len(one.called) for one in consoles) > 12 * kill, within_s=30)  # type: ignore[misc]
            office.kill()
            office.start()
        stop.set()
        for one in working:
            one.result(30)
    called = Counter(entry.fields()["number"] for entry in facts(office, "TicketCalled"))
    assert set(called.values()) == {1}, "nobody was called twice"
    presses = Counter(entry.fields()["press"] for entry in facts(office, "TicketCalled"))
    assert set(presses.values()) == {1}, "no press was done twice"
    told = [number for console in consoles for number in console.called]
    assert sorted(told) == sorted(called), "what was called was told, and what was told was called"


def test_a_signed_in_counter_goes_on_after_a_kill_as_if_nothing_had_been(office: ServedOffice) -> None:
    office.send_tickets(5)
    counter = office.counter(1)
    counter.press("next")
    _, before = counter.press("park", reason="papers")
    office.kill()
    office.start()
    again = _again(office, counter)
    status, told = again.post("/counter/sign-in", {"counter": "1", "name": "Lan"})
    assert status == 200
    passing = {"version", "as_of", "longest_wait_s"}
    assert {key: value for key, value in told["view"].items() if key not in passing} == {
        key: value for key, value in before["view"].items() if key not in passing
    }
    status, told = again.post("/counter/press", {"id": random_id(), "action": "next"})
    assert (status, bool(told["view"]["current"])) == (200, True)


def test_a_number_whose_answer_was_lost_is_the_same_when_it_is_asked_for_again(office: ServedOffice) -> None:
    desk, request = office.ask(), random_id()
    number = desk.take("C", request=request)
    office.kill()
    office.start()
    assert office.ask().take("C", request=request) == number
    assert len(facts(office, "TicketIssued")) == 1


def test_the_name_of_an_official_stands_in_no_fact(shared: ServedOffice) -> None:
    door = shared.ask()
    _, told = door.post("/counter/sign-in", {"counter": "3", "name": "Nguyễn Thị Lan", "take_over": True})
    assert told["name"] == "Nguyễn Thị Lan"
    assert not any("Lan" in entry.body for entry in read_entries(shared.data / JOURNAL))


def test_a_counter_that_signs_in_twice_is_told_so_and_may_take_over(shared: ServedOffice) -> None:
    first, second = shared.counter(4), shared.ask()
    status, told = second.post("/counter/sign-in", {"counter": "4"})
    assert (status, told["code"]) == (409, "S-332")
    status, _ = second.post("/counter/sign-in", {"counter": "4", "take_over": True})
    assert status == 200
    status, told = first.press("next")
    assert (status, told["code"]) == (409, "S-332")
    assert second.post("/counter/sign-out", {})[0] == 200
    status, told = second.post("/counter/press", {"id": random_id(), "action": "next"})
    assert (status, told["code"]) == (409, "S-343")


def test_a_counter_s_page_sees_a_call_of_another_counter_and_who_sits_nowhere_sees_none(shared: ServedOffice) -> None:
    mine, other = shared.counter(7), shared.counter(8)
    door = shared.ask()
    stream = door.get("/counter/live", cookie=mine.cookie)
    first = _next_view(stream)
    assert (stream.status, first["counter"]) == (200, "7")
    number = shared.ask().take("L")
    while not any(row["number"] == number for row in _next_view(stream)["rows"]):
        pass
    assert other.press("call_number", number=number, reason="emergency")[0] == 200
    while any(row["number"] == number for row in _next_view(stream)["rows"]):
        pass
    stranger = shared.ask().get("/counter/live")
    assert (stranger.status, json.loads(stranger.read())["code"]) == (409, "S-343")
    stream.close()


def _next_view(stream: HTTPResponse) -> Any:
    while not (line := stream.readline()).startswith(b"data: ") or b'"counter"' not in line:
        assert line, "the stream ended"
    return json.loads(line.removeprefix(b"data: "))


def test_what_cannot_be_understood_is_one_sentence(shared: ServedOffice) -> None:
    door = shared.counter(1)
    for path, body in (
        ("/counter/press", {"id": random_id(), "action": "dance"}),
        ("/counter/press", {"id": "x", "action": "next"}),
        ("/counter/sign-in", {"counter": 7}),
        ("/V/place", {"line": "not a hash"}),
        ("/counter/take", {"service": "B"}),
    ):
        status, told = door.post(path, body)
        assert (status, told["code"]) == (400, "S-314"), path
    assert door.post("/counter/sign-in", {"counter": "99"})[1]["code"] == "S-346"
    assert door.post("/counter/take", {"service": "Q", "request": random_id()})[1]["code"] == "C-413"
    assert door.post("/V/place", {"line": "0" * 64})[1]["code"] == "S-315"
    assert door.press("call_number", number="B999", reason="emergency")[1]["code"] == "S-334"
    assert door.press("pause")[1]["code"] == "S-335"


def _again(office: ServedOffice, counter: CounterAt) -> Door:
    door = office.ask()
    door.cookie = counter.cookie
    return door
