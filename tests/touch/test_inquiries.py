"""Questions to the office, over real HTTP: answered, refused, garbled, silent."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from kiosk.ballot import ballot_line
from kiosk.own_slips import OwnSlip
from kiosk.visit import BookingState
from kiosk.visit_events import BallotScanned, Event
from kiosk.visit_lobby_events import AppointmentTold, ScanRefused, SlipFound
from screens.touch.inquiries import Inquiries
from screens.touch.office_link import OfficeLink
from tests.fakes.waiting import until

BALLOT = bytes(range(16))
TODAY = date(2026, 11, 23)
OWN = OwnSlip("E001", "E", TODAY, datetime(2026, 11, 23, 1, tzinfo=UTC))
WAITS = {
    "as_of": "2026-11-23T01:00:00.000000Z", "number": "E001", "service": "E", "state": "waiting", "counter": "",
    "ahead_count": 3, "minutes": [5, 15], "counters": 1,
}  # fmt: skip


class Office:
    """A server that answers what it is told to. ``silent``: it takes the question and says nothing."""

    def __init__(self) -> None:
        self.status, self.body = 200, b"{}"
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.silent = threading.Event()
        office = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                office.asked.append((self.path, json.loads(body)))
                if office.silent.is_set():
                    office.silent.wait(0)
                    self.close_connection = True
                    return
                self.send_response(office.status)
                self.send_header("Content-Length", str(len(office.body)))
                self.end_headers()
                self.wfile.write(office.body)

            def log_message(self, *_: object) -> None:
                """Quiet."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def answers(self, body: object, status: int = 200) -> None:
        self.status, self.body = status, body if isinstance(body, bytes) else json.dumps(body).encode()


class Desk:
    """Asks, and remembers what was told."""

    def __init__(self, address: str) -> None:
        self.told: list[Event] = []
        self.rated: list[bytes] = []
        self.inquiries = Inquiries(
            lambda: OfficeLink(address, deadline_s=0.5), tell=self.told.append, rate=self.rated.append
        ).start()

    def place(self, own: OwnSlip | None = OWN) -> Event:
        self.inquiries.place(BALLOT, own, TODAY)
        until(lambda: self.told)
        return self.told.pop()

    def appointment(self, code: str = "7ZTK3MW0QX") -> AppointmentTold:
        self.inquiries.appointment(code)
        until(lambda: self.told)
        told = self.told.pop()
        assert isinstance(told, AppointmentTold)
        return told


@pytest.fixture
def office() -> Iterator[Office]:
    made = Office()
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture
def desk(office: Office) -> Iterator[Desk]:
    made = Desk(f"http://127.0.0.1:{office.server.server_address[1]}")
    yield made
    made.inquiries.close()


def test_a_slip_is_asked_about_by_its_line_hash_alone(office: Office, desk: Desk) -> None:
    office.answers(WAITS)
    found = desk.place()
    assert office.asked == [("/V/place", {"line": ballot_line(BALLOT)})]
    assert isinstance(found, SlipFound)
    assert found.slip.waiting is not None
    assert (found.slip.number, found.slip.waiting.ahead, found.slip.waiting.minutes) == ("E001", 3, (5, 15))


def test_a_number_that_was_called_has_a_counter_and_nobody_ahead(office: Office, desk: Desk) -> None:
    office.answers({**WAITS, "state": "called", "counter": "2", "ahead_count": None, "minutes": None})
    found = desk.place()
    assert isinstance(found, SlipFound)
    assert (found.slip.counter, found.slip.waiting) == ("2", None)


def test_a_served_number_is_rated_where_it_was_taken(office: Office, desk: Desk) -> None:
    office.answers({**WAITS, "state": "finished"})
    desk.inquiries.place(BALLOT, OWN, TODAY)
    until(lambda: desk.rated)
    assert desk.place(own=None) == ScanRefused("served")


@pytest.mark.parametrize("answer", [b"<html>", b"[]", b"\xff", b"", b"{}" * 90_000])
def test_an_answer_that_is_not_ours_counts_as_none(office: Office, desk: Desk, answer: bytes) -> None:
    office.answers(answer)
    assert isinstance(desk.place(), SlipFound)
    assert desk.place(own=None) == ScanRefused("no_office")
    assert desk.appointment().booking is None


def test_a_half_answer_ends_the_waiting_too(office: Office, desk: Desk) -> None:
    office.answers({"arrival": "due", "on_day": "the day after"})
    assert desk.appointment().booking is None
    office.answers({"state": "waiting"})
    assert isinstance(desk.place(), AppointmentTold | SlipFound | ScanRefused)


def test_a_silent_office_is_given_up_in_time(office: Office, desk: Desk) -> None:
    office.silent.set()
    assert desk.appointment().booking is None
    assert desk.place(own=None) == ScanRefused("no_office")


def test_an_office_that_is_away_costs_nobody_a_claim(desk: Desk, office: Office) -> None:
    office.server.shutdown()
    office.server.server_close()
    told = desk.appointment()
    assert told.booking is None
    assert len(told.code_hash) == 64


def test_a_refusal_is_an_unknown_slip_and_an_unknown_appointment(office: Office, desk: Desk) -> None:
    office.answers({"code": "S-315"}, 422)
    assert isinstance(desk.place(own=None), BallotScanned)
    told = desk.appointment()
    assert told.booking is not None
    assert told.booking.state is BookingState.UNKNOWN


def test_an_appointment_tells_its_hour_and_what_it_is_for(office: Office, desk: Desk) -> None:
    office.answers(
        {"arrival": "late", "appointment_id": "a1", "kind": "result", "service": "K", "on_day": "2026-11-23",
         "at": "08:30", "counter": "1", "promise": "early", "number": ""}
    )  # fmt: skip
    booking = desk.appointment().booking
    assert booking is not None
    assert (booking.state, booking.kind, booking.at, booking.promise) == (
        BookingState.LATE,
        "result",
        "08:30",
        "early",
    )


def test_what_is_no_code_is_not_asked_about(office: Office, desk: Desk) -> None:
    told = desk.appointment("not a code")
    assert told.booking is not None
    assert told.booking.state is BookingState.UNKNOWN
    assert not office.asked
