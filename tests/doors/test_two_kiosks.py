"""Two kiosks and ten counters in one lobby, real processes, a cable that is really cut, at any moment, in any way."""

from __future__ import annotations

import os
import random
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

import pytest

from kiosk.number_blocks import SHARED, place_of
from tests.doors.lobby_of_two import SERVICES, CounterPage, LobbyOfTwo
from tests.fakes.cable import Wire
from tests.fakes.namespace import can_make
from tests.fakes.waiting import until

PATIENT_S = 5.0
"""How long the far kiosk waits for the office where a test is about order and the machine may be busy."""


@pytest.fixture(params=["a cable of ours", "a cable of the kernel's"])
def lobby(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[LobbyOfTwo]:
    namespace = request.param == "a cable of the kernel's"
    if namespace and not can_make():
        pytest.skip("no network namespaces for us here; the same is proved with a cable of ours")
    with LobbyOfTwo(tmp_path, ask_s=PATIENT_S, namespace=namespace) as lobby:
        yield lobby


def serve_all(lobby: LobbyOfTwo, pages: list[CounterPage], done: threading.Event) -> None:
    """All counters call, serve and finish at once until nobody is left after ``done``."""

    def work(page: CounterPage) -> None:
        while True:
            last = done.is_set()
            status, _ = page.press("next")
            if status == 200:
                assert page.press("start")[0] == 200
                assert page.press("finish")[0] == 200
            elif last:
                return
            else:
                time.sleep(0.02)  # as an official would wait for the next citizen

    with ThreadPoolExecutor(len(pages)) as pool:
        for job in [pool.submit(work, page) for page in pages]:
            job.result()


def test_linked_kiosks_have_one_series_and_cut_off_tickets_join_the_line_at_their_true_time(
    lobby: LobbyOfTwo,
) -> None:
    run_on_in_one_series(lobby)
    join_the_line_at_their_true_time(lobby)


def run_on_in_one_series(lobby: LobbyOfTwo) -> None:
    """While the link holds: 1, 2, 3 ... over both kiosks, in the order of issue."""
    chance = random.Random(7)
    taken = [chance.choice((lobby.home, lobby.far)).take("B") for _ in range(60)]
    assert taken == [f"B{at:03d}" for at in range(1, 61)]
    with ThreadPoolExecutor(2) as pool:
        both = [pool.submit(lambda one: [one.take("A") for _ in range(20)], one) for one in (lobby.home, lobby.far)]
        at_once = [job.result() for job in both]
    assert sorted(at_once[0] + at_once[1]) == [f"A{at:03d}" for at in range(1, 41)]
    assert all(before < after for one in at_once for before, after in pairwise(one))


def join_the_line_at_their_true_time(lobby: LobbyOfTwo) -> None:
    """Cut off, a kiosk gives of its reserve; when the link is back its tickets stand where they belong."""
    before = [number for _, number in lobby.issued()]
    lobby.cable.become(Wire.BLACK_HOLE)
    until(lambda: not lobby.far.state()["allowed"])
    offline = [lobby.far.take() for _ in range(3)]
    assert offline == ["B6001", "B6002", "B6003"]
    later = [lobby.home.take() for _ in range(3)]
    assert later == ["B061", "B062", "B063"]
    lobby.cable.become(Wire.WHOLE)
    until(lambda: lobby.far.state()["allowed"], within_s=20)
    assert lobby.far.take() == "B064"
    head = len(lobby.far.entries())
    until(lambda: (lobby.far.state()["through"] or 0) >= head, within_s=20)
    (page, *_) = lobby.counters()
    called = []
    for _ in lobby.issued():
        status, told = page.press("next")
        assert status == 200
        called.append((told["view"]["current"]["row"]["number"], told["view"]["current"]["row"]["issued_at"]))
        page.press("start")
        page.press("finish")
    assert [number for number, _ in called] == [*before, *offline, *later, "B064"]
    assert [(at, number) for number, at in called] == lobby.issued()
    assert page.press("next")[0] == 409


def test_a_cut_off_kiosk_never_waits_long_and_a_call_for_help_arrives_when_the_link_is_back(tmp_path: Path) -> None:
    with LobbyOfTwo(tmp_path) as lobby:
        lobby.far.take()
        lobby.cable.become(Wire.BLACK_HOLE)
        first = lobby.far.do("take B")
        assert first["ms"] < 1000
        help_id = lobby.far.do("help")["help_id"]
        lobby.cable.become(Wire.WHOLE)
        until(lambda: help_id in lobby.far.state()["help"], within_s=20)
        assert lobby.far.state()["help"][help_id] is None


@pytest.mark.timeout(240)
def test_whatever_is_cut_numbers_never_clash_and_everybody_is_served_once(tmp_path: Path) -> None:
    seed = int(os.environ.get("LOBBY_SEED", "20261122"))
    chance = random.Random(seed)
    cuts = [wire for wire in Wire if wire is not Wire.WHOLE] * 2
    chance.shuffle(cuts)
    with LobbyOfTwo(tmp_path) as lobby:
        done, quiet = threading.Event(), threading.Event()

        def citizens(kiosk_at: int) -> list[str]:
            own = random.Random(seed * 10 + kiosk_at)
            taken = []
            while not quiet.is_set():
                taken.append((lobby.home, lobby.far)[kiosk_at].take(own.choice(SERVICES)))
                quiet.wait(own.uniform(0.0, 0.06))
            return taken

        with ThreadPoolExecutor(3) as pool:
            taking = [pool.submit(citizens, at) for at in (0, 1)]
            serving = pool.submit(serve_all, lobby, lobby.counters(), done)
            kills = [lobby.kill_server, lobby.far.kill, lobby.home.kill]
            for step, cut in enumerate(cuts):
                lobby.cable.become(cut)
                time.sleep(chance.uniform(0.05, 0.9))  # how long it stays cut is part of the schedule
                if step % 3 == 1:
                    kills.pop(chance.randrange(len(kills)))()
                lobby.cable.become(Wire.WHOLE)
                time.sleep(chance.uniform(0.0, 1.0))
            quiet.set()
            taken = [number for job in taking for number in job.result()]
            for kiosk in (lobby.home, lobby.far):
                head = len(kiosk.entries())
                until(lambda kiosk=kiosk, head=head: (kiosk.state()["through"] or 0) >= head, within_s=40)  # type: ignore[misc]
            done.set()
            serving.result()

        issued = [number for _, number in lobby.issued()]
        assert sorted(issued) == sorted(set(issued)), "a number was given twice"
        assert sorted(taken) == sorted(issued), "what a citizen held is what stands in the books"
        assert {place_of(int(number[1:])) for number in issued} == {SHARED, 1}, "both ways were taken"
        for fact in ("ServiceStarted", "TicketFinished"):
            served = Counter(str(entry.fields()["number"]) for entry in lobby.office_entries(fact))
            assert served == Counter(issued), f"{fact}: everybody once"
        assert not lobby.office_entries("TicketExpired", "TicketMissed", "TicketCancelled")
        lobby.check_books()
