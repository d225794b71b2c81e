"""The doors of appointments: races over real HTTP, refusals with one clear code, nothing private shown to strangers."""

from __future__ import annotations

import json
import re
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from kiosk.appointment_code import code_hash
from kiosk.appointment_desk import Wish
from kiosk.appointments import RESULT, VISIT
from kiosk.letters import letter
from kiosk.words import words
from screens.web.appointment_doors import ARRIVALS_ALLOWED, BOOKINGS_ALLOWED, CODES_ALLOWED
from screens.web.appointment_page import BLANKS, LATE_LETTER, appointment_handlers
from screens.web.appointment_rows import AppointmentPages
from tests.fakes.waiting import until
from tests.web.appointment_office import appointment_app, appointment_pages
from tests.web.offices import Lobby, served
from tests.web.reading import read_page
from tests.web.test_phone import MOST_BYTES

BROWSER = {"accept": "text/html"}
DOSSIER = "000.00.00.H56-261123-0042"
FRIDAY, MONDAY = date(2026, 11, 27), date(2026, 11, 30)
BASE = "/counter/appointments"


@pytest.fixture
def pages(lobby: Lobby) -> Iterator[AppointmentPages]:
    with appointment_pages(lobby) as made:
        yield made


@pytest.fixture
def client(pages: AppointmentPages, lobby: Lobby) -> Iterator[TestClient[Litestar]]:
    with TestClient(appointment_app(pages, lobby), base_url="http://127.0.0.1") as made:
        yield made


def post(client: TestClient[Litestar], path: str, **body: object) -> tuple[int, Any]:
    found = client.post(path, json=body)
    return found.status_code, found.json()


def staff(client: TestClient[Litestar], pages: AppointmentPages) -> TestClient[Litestar]:
    """The same client with the staff's cookie."""
    known = client.app.state["staff"]
    client.cookies.set("thanthien_staff", known.session())
    return client


# --- races ----------------------------------------------------------------------------------------


def asked(address: str, body: Mapping[str, object]) -> tuple[int, Any]:
    request = urllib.request.Request(
        address, json.dumps(body).encode(), {"Content-Type": "application/json", "Accept": "application/json"}
    )
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as refused:
        return refused.code, json.load(refused)


def test_racing_phones_and_counters_never_overbook_an_hour(pages: AppointmentPages, lobby: Lobby) -> None:
    """Twelve at once want each of five hours with one place; five get one, every other is told that it is full."""
    told: list[tuple[str, int, Any]] = []
    hours = ("09:00", "09:15", "09:30", "09:45", "10:00")
    with served(appointment_app(pages, lobby)) as base:

        def want(number: int) -> None:
            for at in hours:
                if number == 0:
                    status, answer = asked(f"{base}/H/book", {"service": "B", "day": "2026-11-27", "at": at})
                else:
                    body = {"kind": "visit", "service": "B", "day": "2026-11-27", "at": at, "dossier": f"{number}"}
                    status, answer = asked(f"{base}{BASE}/book", body)
                told.append((at, status, answer))

        threads = [threading.Thread(target=want, args=(number,)) for number in range(12)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    for at in hours:
        mine = [(status, answer) for hour, status, answer in told if hour == at]
        assert sorted(status for status, _ in mine) == [200] + [409] * 11
        assert {answer["code"] for status, answer in mine if status == 409} == {"S-338"}
        assert len([one for one in pages.kept.on_day(FRIDAY) if one.at == at]) == 1


def test_an_appointment_is_moved_once_however_many_press(pages: AppointmentPages, lobby: Lobby) -> None:
    one = pages.kept.book(Wish(RESULT, "K", FRIDAY, "15:00", "1"), DOSSIER).appointment
    told: list[tuple[int, Any]] = []
    with served(appointment_app(pages, lobby)) as base:

        def press() -> None:
            told.append(asked(f"{base}{BASE}/{one.id}/move", {"day": "2026-11-30", "at": "15:00"}))

        threads = [threading.Thread(target=press) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        (moved,) = [answer for status, answer in told if status == 200]
        again = asked(f"{base}{BASE}/{moved['id']}/move", {"day": "2026-12-01", "at": "15:00"})
    assert [answer["code"] for status, answer in told if status != 200] == ["S-340"] * 5
    assert (again[0], again[1]["code"]) == (422, "S-342")
    assert moved["dossier"] == DOSSIER and moved["apology_due"]


# --- phones ---------------------------------------------------------------------------------------


def test_the_page_for_phones_and_all_it_loads_weigh_less_than_thirty_kilobytes(client: TestClient[Litestar]) -> None:
    found = client.get("/H", headers=BROWSER)
    seen = read_page(found.text)
    weight, styles, base = int(found.headers["content-length"]), "", ""
    for address in seen.loads:
        answer = client.get(address, headers={"accept-encoding": "gzip"})
        weight += int(answer.headers["content-length"])
        if address.endswith(".css"):
            styles += answer.text
            base = address.rsplit("/css/", 1)[0]
    for font in set(re.findall(r"fonts/[\w-]+\.woff2", styles)):
        weight += int(client.get(f"{base}/{font}").headers["content-length"])
    assert 15_000 < weight < MOST_BYTES
    assert seen.inline == []
    assert "http" not in styles
    assert "<input" not in found.text  # nobody is asked for a name


def test_a_booking_is_shown_by_its_code_and_given_up_by_it(client: TestClient[Litestar]) -> None:
    status, booked = post(client, "/H/book", service="B", day="2026-11-27", at="09:00")
    assert status == 200 and booked["picture"].startswith("data:image/svg+xml")
    status, shown = post(client, "/H/show", code=f"  {booked['code_spaced'].lower()} ")
    assert (status, shown["state"], shown["at"]) == (200, "booked", "09:00")
    assert "dossier" not in shown
    assert post(client, "/H/cancel", code=booked["code"])[1]["state"] == "cancelled"
    assert post(client, "/H/cancel", code=booked["code"])[1]["state"] == "cancelled"
    assert post(client, "/H/book", service="B", day="2026-11-27", at="09:00")[0] == 200


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"service": "B", "day": "2026-11-24", "at": "09:00"}, "S-339"),
        ({"service": "B", "day": "2027-02-08", "at": "09:00"}, "S-351"),
        ({"service": "B", "day": "2026-11-27", "at": "12:00"}, "S-339"),
        ({"service": "?", "day": "2026-11-27", "at": "09:00"}, "S-339"),
        ({"service": "B", "day": "2026-11-20", "at": "09:00"}, "S-350"),
        ({"service": "B", "day": "2026-02-30", "at": "09:00"}, "S-314"),
        ({"service": "B", "day": "friday", "at": "09:00"}, "S-314"),
        ({"service": "B", "day": "2026-11-27", "at": "09:00", "name": "An"}, "S-314"),
    ],
)
def test_a_booking_that_cannot_be_is_told_by_one_code(
    client: TestClient[Litestar], body: dict[str, str], code: str
) -> None:
    status, answer = post(client, "/H/book", **body)
    assert status in (400, 422) and answer["code"] == code


def test_one_phone_cannot_empty_the_calendar(client: TestClient[Litestar], lobby: Lobby) -> None:
    hours = ("09:00", "09:15", "09:30", "09:45", "10:00", "10:15")
    told = [post(client, "/H/book", service="B", day="2026-11-27", at=at) for at in hours]
    assert [status for status, _ in told] == [200] * BOOKINGS_ALLOWED.of_one + [429]
    assert told[-1][1]["code"] == "S-308"
    lobby.clock.advance(BOOKINGS_ALLOWED.within_s + 1)
    assert post(client, "/H/book", service="B", day="2026-11-27", at="10:15")[0] == 200


def test_a_booking_that_was_refused_takes_none_of_the_five(client: TestClient[Litestar]) -> None:
    assert post(client, "/H/book", service="B", day="2026-11-27", at="09:00")[0] == 200
    for _ in range(BOOKINGS_ALLOWED.of_one + 1):
        assert post(client, "/H/book", service="B", day="2026-11-27", at="09:00")[1]["code"] == "S-338"
        assert post(client, "/H/book", service="B", day="2026-11-24", at="09:00")[1]["code"] == "S-339"
    assert post(client, "/H/book", service="B", day="2026-11-27", at="09:15")[0] == 200


def test_codes_cannot_be_tried_for_ever_at_the_door_of_the_kiosks(
    client: TestClient[Litestar], pages: AppointmentPages
) -> None:
    booked = pages.kept.book(Wish(VISIT, "B", FRIDAY, "09:00"))
    for number in range(ARRIVALS_ALLOWED.of_one):
        assert post(client, "/api/v1/appointment", code=booked.code)[0] == 200
        assert post(client, "/api/v1/appointment", code=f"{number:010d}")[1]["arrival"] == "unknown"
    status, told = post(client, "/api/v1/appointment", code="9999999999")
    assert (status, told["code"]) == (429, "S-308")


def test_codes_cannot_be_tried_for_ever(client: TestClient[Litestar]) -> None:
    told = [post(client, "/H/show", code=f"{number:010d}") for number in range(CODES_ALLOWED.of_one + 1)]
    assert {answer["code"] for _, answer in told[:-1]} == {"S-340"}
    assert (told[-1][0], told[-1][1]["code"]) == (429, "S-308")


def test_garbage_for_a_code_is_an_unknown_appointment(client: TestClient[Litestar]) -> None:
    for text in ("", "HTTP://EVIL/V#1", "\u0000\u0007", "x" * 200):
        assert post(client, "/H/show", code=text)[1]["code"] == "S-340"


# --- kiosks ---------------------------------------------------------------------------------------


def test_a_kiosk_is_told_what_a_reminder_means(client: TestClient[Litestar], pages: AppointmentPages) -> None:
    booked = pages.kept.book(Wish(VISIT, "B", FRIDAY, "09:00", "2"), DOSSIER)
    told = post(client, "/api/v1/appointment", code=booked.code)[1]
    assert told == post(client, "/api/v1/appointment", code_hash=code_hash(booked.code))[1]
    assert (told["arrival"], told["on_day"], told["at"], told["counter"]) == ("other-day", "2026-11-27", "09:00", "2")
    assert DOSSIER not in json.dumps(told)
    assert post(client, "/api/v1/appointment", code="nothing of ours")[1]["arrival"] == "unknown"


def test_a_reminder_waits_for_the_kiosk_beside_the_server_and_for_nobody_else(
    client: TestClient[Litestar], pages: AppointmentPages, lobby: Lobby
) -> None:
    booked = pages.kept.book(Wish(RESULT, "K", FRIDAY, "15:00", "1"), DOSSIER)
    status, told = post(client, "/api/v1/reminder")
    assert (status, told["code"]) == (422, "S-302")  # the test client is no machine at all
    with served(appointment_app(pages, lobby)) as base:
        door = f"{base}{BASE}/{booked.appointment.id}/print"
        assert asked(door, {})[1]["code"] == "P-103"
        fetched: list[Any] = []
        kiosk = threading.Thread(target=lambda: fetched.append(asked(f"{base}/api/v1/reminder", {})[1]))
        kiosk.start()
        until(lambda: asked(door, {})[0] == 200)
        kiosk.join(10)
    assert fetched[0]["reminder"]["dossier"] == DOSSIER
    assert fetched[0]["reminder"]["code"] == booked.code
    assert fetched[0]["reminder"]["holidays"] == ["2026-11-24"]


# --- the staff ------------------------------------------------------------------------------------


def test_everything_of_the_staff_asks_for_the_password(client: TestClient[Litestar], pages: AppointmentPages) -> None:
    one = pages.kept.book(Wish(RESULT, "K", FRIDAY, "15:00")).appointment
    for path in ("", "/lists", "/free?service=B&day=2026-11-27", "/limit?days=3", f"/{one.id}/reminder"):
        assert client.get(BASE + path).status_code == 401
    for path in ("/book", f"/{one.id}/move", f"/{one.id}/cancel", f"/{one.id}/ready", f"/{one.id}/printed"):
        assert client.post(BASE + path, json={}).status_code == 401
    assert pages.kept.find(one.id).state.value == "booked"


def test_a_result_goes_from_promise_to_hand_once(
    client: TestClient[Litestar], pages: AppointmentPages, lobby: Lobby
) -> None:
    known = staff(client, pages)
    body = {"kind": "result", "service": "K", "day": "2026-11-25", "at": "15:00", "counter": "1", "dossier": DOSSIER}
    status, row = post(known, f"{BASE}/book", **body)
    assert status == 200 and row["dossier"] == DOSSIER and not row["dossier_odd"]
    assert [one["id"] for one in known.get(f"{BASE}/lists").json()["due"]] == [row["id"]]
    assert post(known, f"{BASE}/{row['id']}/ready")[1]["promise"] == "early"
    assert post(known, f"{BASE}/{row['id']}/ready")[1]["promise"] == "early"
    lists = known.get(f"{BASE}/lists").json()
    assert lists["due"] == [] and [one["id"] for one in lists["ready"]] == [row["id"]]
    assert post(known, f"{BASE}/{row['id']}/handed-over")[1]["state"] == "handed-over"
    assert post(known, f"{BASE}/{row['id']}/handed-over")[0] == 200
    assert known.get(f"{BASE}/lists").json()["ready"] == []
    facts = [entry.fact for entry in lobby.central.store.appointment_entries("bac-son")]
    assert facts == ["AppointmentBooked", "ResultReady", "ResultHandedOver"]


def test_an_odd_dossier_code_warns_and_is_taken(client: TestClient[Litestar], pages: AppointmentPages) -> None:
    body = {"kind": "visit", "service": "B", "day": "2026-11-27", "at": "09:00", "dossier": "abc 123"}
    status, row = post(staff(client, pages), f"{BASE}/book", **body)
    assert (status, row["dossier"], row["dossier_odd"]) == (200, "abc 123", True)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("X" * 61, "X" * 60), ("X" * 300, "X" * 60), ("H56\u0007\u001c\u202e\r\n", "H56\\x07\\x1c\\x202e")],
)
def test_a_dossier_code_too_long_or_unseen_is_cut_or_shown_and_warned_of(
    client: TestClient[Litestar], pages: AppointmentPages, typed: str, kept: str
) -> None:
    body = {"kind": "visit", "service": "B", "day": "2026-11-27", "at": "09:00", "dossier": typed}
    status, row = post(staff(client, pages), f"{BASE}/book", **body)
    assert (status, row["dossier"], row["dossier_odd"]) == (200, kept, True)


def test_no_paper_is_noted_or_printed_for_what_was_given_up(
    client: TestClient[Litestar], pages: AppointmentPages
) -> None:
    known = staff(client, pages)
    one = pages.kept.book(Wish(RESULT, "K", FRIDAY, "15:00", "1")).appointment
    visit = pages.kept.book(Wish(VISIT, "B", FRIDAY, "09:00")).appointment
    assert post(known, f"{BASE}/{visit.id}/apologised")[1]["code"] == "S-333"
    pages.kept.cancel(one.id)
    for what in ("apologised", "printed", "print"):
        assert post(known, f"{BASE}/{one.id}/{what}")[1]["code"] == "S-333"


def test_the_staff_see_that_a_missed_day_needs_a_letter(
    client: TestClient[Litestar], pages: AppointmentPages, lobby: Lobby
) -> None:
    one = pages.kept.book(Wish(RESULT, "K", FRIDAY, "15:00", "1")).appointment
    for days, overdue in ((3, False), (4, True)):
        lobby.clock.advance(days * 86400)
        known = staff(client, pages)
        (row,) = known.get(f"{BASE}/lists").json()["due"]
        assert (row["apology_due"], row["overdue"]) == (True, overdue)
    assert post(known, f"{BASE}/{one.id}/apologised")[1]["apology_due"] is False


def test_a_limit_of_working_days_is_counted_for_the_staff(
    client: TestClient[Litestar], pages: AppointmentPages, lobby: Lobby
) -> None:
    known = staff(client, pages)
    assert known.get(f"{BASE}/limit?days=3").json()["day"] == "2026-11-27"
    lobby.clock.advance(7.5 * 3600)  # 15:30
    assert known.get(f"{BASE}/limit?days=3").json()["day"] == "2026-11-30"
    assert known.get(f"{BASE}/limit?days=9999").json()["code"] == "S-314"


def test_an_unknown_door_or_appointment_is_told(client: TestClient[Litestar], pages: AppointmentPages) -> None:
    known = staff(client, pages)
    assert post(known, f"{BASE}/nobody/cancel")[1]["code"] == "S-340"
    assert post(known, f"{BASE}/nobody/explode")[1]["code"] == "S-319"
    assert known.get(f"{BASE}/nobody/reminder").json()["code"] == "S-340"


def test_the_printed_reminder_says_what_the_slip_says(client: TestClient[Litestar], pages: AppointmentPages) -> None:
    one = pages.kept.book(Wish(RESULT, "K", FRIDAY, "15:00", "1"), DOSSIER).appointment
    seen = read_page(staff(client, pages).get(f"{BASE}/{one.id}/reminder", headers=BROWSER).text)
    said = words("vi")
    for name in ("title", "not_legal", "collect", "promise"):
        assert said.say(f"slip_appointment.{name}").replace(" .", ".") in seen.text.replace(" .", ".")
    assert DOSSIER in seen.text and "24/11" in seen.text and seen.inline == []
    assert post(client, f"{BASE}/{one.id}/printed")[1]["printed_count"] == 1


def test_the_apology_is_drafted_with_what_is_known_and_noted_once(
    client: TestClient[Litestar], pages: AppointmentPages
) -> None:
    one = pages.kept.book(Wish(RESULT, "K", FRIDAY, "15:00", "1"), DOSSIER).appointment
    two = pages.kept.move(one.id, Wish(RESULT, "K", MONDAY, "15:00", "1")).appointment
    seen = read_page(staff(client, pages).get(f"{BASE}/{two.id}/apology", headers=BROWSER).text)
    for known in (DOSSIER, "15 giờ 00 phút, ngày 27 tháng 11 năm 2026", "ngày 30 tháng 11 năm 2026", "THƯ XIN LỖI"):
        assert known in seen.text
    assert seen.inline == []
    told = post(client, f"{BASE}/{two.id}/apologised")[1]
    assert (told["apology"], told["apology_due"]) == (True, False)
    assert post(client, f"{BASE}/{two.id}/apologised")[1]["apology"] is True


def test_every_blank_of_the_letter_has_a_name() -> None:
    draft = letter(LATE_LETTER)
    blanks = re.findall(r"\{(\w+)\}", " ".join([draft.greeting, *draft.body]))
    assert {name.lower() for name in blanks} <= set(BLANKS)


def test_all_doors_are_there(pages: AppointmentPages, lobby: Lobby) -> None:
    paths = {path for handler in appointment_handlers(pages, lobby.clock) for path in handler.paths}
    assert {"/H", BASE, "/api/v1/appointment", "/api/v1/reminder"} <= paths
