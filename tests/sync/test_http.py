"""The server over real HTTP: its two doors, its open and its guarded pages, and what it never does."""

from __future__ import annotations

import base64
import gzip
import html
import re
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from litestar import get

from kiosk.facts import KioskStarted
from kiosk.trouble import KINDS
from sync.batch import MAX_PACKED_BYTES, pack
from sync.central.app import central_app
from sync.central.office_book import OfficeBook
from sync.central.service import CentralLog
from sync.central.staff import ALLOWED, Staff, is_this_machine, staff_only
from sync.keys import own_key
from sync.link import BATCH_PATH, ENROL_PATH, Acked, Enrolled, Enrolment, Forked, HttpLink, Refused
from tests.fakes.clock import FakeClock
from tests.fakes.journal import MemoryJournal
from tests.sync.making import OFFICE, Served, batch_of, memory_book, new_key, served

OPEN = ("/health", "/login", "/server/central.css", "/server/logo.svg", "/server/regular.ttf")
GUARDED = ("/metrics", "/docs", "/docs/openapi.json", "/openapi.json", "/page")
HTML = {"Accept": "text/html"}


@get("/page", guards=[staff_only], media_type="text/html", sync_to_thread=False)
def page() -> str:
    """A page of another room."""
    return "for the staff"


@get("/breaks", include_in_schema=False, sync_to_thread=False)
def breaks() -> str:
    """A page with a fault in it."""
    raise ZeroDivisionError("secret detail")


class Office:
    """An office server on a port of this machine."""

    def __init__(self, data: Path, clock: FakeClock) -> None:
        self.data = data
        self.clock = clock
        self.central = CentralLog.open(data, clock=clock, office=OfficeBook(OFFICE))
        self.staff = Staff(data, clock=clock)
        self.app = central_app(self.central, handlers=[page, breaks], staff=self.staff, office_name="phường Bắc Sơn")
        self.password = (data / "keys" / "staff-password").read_text().strip()
        self.at: Served

    def url(self, path: str) -> str:
        return self.at.address + path

    def get(self, path: str, **more: Any) -> requests.Response:
        return requests.get(self.url(path), timeout=10, allow_redirects=False, **more)

    def post(self, path: str, content: bytes, **more: Any) -> requests.Response:
        return requests.post(self.url(path), data=content, timeout=10, **more)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = Office(tmp_path, FakeClock())
    with served(made.app) as made.at:
        yield made
    made.central.close()


def far_address() -> str | None:
    """An address of this machine that is not a loopback one, or None on a machine without a network."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return None
        host = str(probe.getsockname()[0])
        return None if is_this_machine(host) else host


@pytest.fixture
def lobby(tmp_path: Path) -> Iterator[Office]:
    """The same server on all addresses, asked from one that is not the machine's own loopback."""
    host = far_address()
    if host is None:
        pytest.skip("this machine has no address but loopback")
    made = Office(tmp_path, FakeClock())
    with served(made.app, "0.0.0.0:0") as made.at:
        made.at.address = f"http://{host}:{made.at.port}"
        yield made
    made.central.close()


def test_a_batch_goes_in_and_is_acked_when_durable(office: Office) -> None:
    key, book = own_key(office.data, "kiosk"), memory_book()
    link = HttpLink(office.at.address)
    entries = list(book.entries())
    assert link.send(pack(batch_of(entries, book.journal_id, key))) == Acked(len(entries))
    assert link.send(pack(batch_of(entries, book.journal_id, key))) == Acked(len(entries))
    other = memory_book(6)
    answer = link.send(pack(batch_of(list(other.entries()), book.journal_id, key)))
    assert answer == Forked(1, entries[0].hash.hex(), next(other.entries()).hash.hex())
    link.close()
    assert office.central.verify() == []


def test_refusals_are_422_with_code_sentence_and_hint(office: Office) -> None:
    key = own_key(office.data, "kiosk")
    demo = MemoryJournal(FakeClock(), demo=True)
    demo_batch = pack(batch_of(list(demo.entries()), demo.journal_id, key))
    stranger = memory_book()
    rows = [
        (b"", "S-306"),
        (b"noise", "S-306"),
        (gzip.compress(b"{}"), "S-306"),
        (demo_batch, "S-309"),
        (pack(batch_of(list(stranger.entries()), stranger.journal_id, new_key())), "S-302"),
        (bytes(MAX_PACKED_BYTES + 1), "S-307"),
    ]
    for content, code in rows:
        reply = office.post(BATCH_PATH, content)
        told = reply.json()
        assert (reply.status_code, told["code"]) == (422, code)
        assert told["sentence"] == KINDS[code].sentence
        assert told["hint"] == KINDS[code].hint


def test_a_body_without_a_length_is_cut_off_when_it_gets_too_long(office: Office) -> None:
    sent = 0

    def endless() -> Iterator[bytes]:
        nonlocal sent
        for _ in range(2000):
            sent += 65536
            yield bytes(65536)

    try:
        reply = requests.post(office.url(BATCH_PATH), data=endless(), timeout=20)
        assert (reply.status_code, reply.json()["code"]) == (422, "S-307")
    except requests.ConnectionError:
        pass  # closed on us while we were still sending: refused all the same
    assert sent < 2000 * 65536
    assert office.get("/health").status_code == 200


def test_a_bomb_is_refused_and_the_server_lives(office: Office) -> None:
    bomb = gzip.compress(bytes(100 * 1024 * 1024), 9)
    assert office.post(BATCH_PATH, bomb).json()["code"] == "S-307"
    assert office.get("/health").json()["status"] == "ok"


def test_a_device_is_enrolled_once_with_a_code(office: Office) -> None:
    code, key = office.central.enrol_code(), new_key()
    link = HttpLink(office.at.address)
    asked = Enrolment(f" {code[:4].lower()}-{code[4:].lower()}", OFFICE, key.public_key.hex())
    assert link.enrol(asked) == Enrolled(OFFICE, key.device_id)
    assert isinstance(link.enrol(asked), Refused)
    book = memory_book()
    assert isinstance(link.send(pack(batch_of(list(book.entries()), book.journal_id, key))), Acked)
    link.close()
    own = office.central.store.books(OFFICE)[0]
    assert [one.fact for one in office.central.store.entries(own)] == ["JournalOpened", "DeviceEnrolled"]


def test_a_code_grows_old(office: Office) -> None:
    code = office.central.enrol_code()
    office.clock.advance(24 * 3600 + 1)
    link = HttpLink(office.at.address)
    answer = link.enrol(Enrolment(code, OFFICE, new_key().public_key.hex()))
    link.close()
    assert isinstance(answer, Refused)
    assert answer.code == "S-311"


def test_codes_cannot_be_guessed_in_a_row(office: Office) -> None:
    code = office.central.enrol_code()
    body = b'{"code":"%s","office_id":"bac-son","public_key":"' + new_key().public_key.hex().encode() + b'"}'
    replies = [office.post(ENROL_PATH, body % b"AAAAAAAA") for _ in range(7)]
    assert [one.json()["code"] for one in replies] == ["S-311"] * 5 + ["S-308"] * 2
    assert int(replies[-1].headers["Retry-After"]) > 0
    assert office.post(ENROL_PATH, body % code.encode()).status_code == 429
    office.clock.advance(301)
    assert office.post(ENROL_PATH, body % code.encode()).status_code == 200


@pytest.mark.parametrize(
    "body",
    [
        b"", b"[]", b'{"code":1}', b"x" * 5000, b'{"code":"A","office_id":"","public_key":"0"}',
        b'{"code":"\xed\xa0\x80","office_id":"bac-son","public_key":"0"}',
    ],
)  # fmt: skip
def test_an_enrolment_that_makes_no_sense_is_refused(office: Office, body: bytes) -> None:
    reply = office.post(ENROL_PATH, body)
    assert reply.status_code == 422
    assert reply.json()["code"] in ("S-314", "S-307")


def test_health_is_open_and_names_what_stands(office: Office) -> None:
    office.central.record(KioskStarted("1"))
    told = office.get("/health").json()
    assert (told["status"], told["office_id"], told["entries"], told["upstream"]) == ("ok", OFFICE, 2, None)


def test_metrics_are_prometheus_text(office: Office) -> None:
    office.post(BATCH_PATH, b"noise")
    reply = office.get("/metrics")
    assert reply.headers["Content-Type"].startswith("text/plain; version=")
    assert 'thanthien_batches_total{outcome="S-306"} 1.0' in reply.text
    assert 'thanthien_books{state="open"} 1.0' in reply.text


def test_the_api_is_told_as_it_is(office: Office) -> None:
    api = office.get("/openapi.json").json()
    assert api == office.get("/docs/openapi.json").json()
    assert {BATCH_PATH, ENROL_PATH, "/health", "/metrics", "/page"} <= set(api["paths"])
    batch = api["paths"][BATCH_PATH]["post"]
    assert set(batch["responses"]) == {"200", "409", "422", "429", "503"}
    assert set(api["components"]["schemas"]["SentBatch"]["required"]) == {
        "sender_id", "journal_id", "first", "last", "entries", "head_signature", "sender_signature", "sent_at",
    }  # fmt: skip
    for reference in re.findall(r'"\$ref": ?"#/components/schemas/(\w+)"', office.get("/openapi.json").text):
        assert reference in api["components"]["schemas"]
    shown = office.get("/docs").text
    assert BATCH_PATH in shown
    assert "SentBatch" in shown


@pytest.mark.parametrize("path", [*OPEN, *GUARDED, "/nothing", "/breaks"])
def test_everything_carries_the_headers_and_names_no_other_host(office: Office, path: str) -> None:
    reply = office.get(path, headers=HTML)
    policy = reply.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert reply.headers["X-Content-Type-Options"] == "nosniff"
    assert reply.headers["X-Frame-Options"] == "DENY"
    assert "server" not in reply.headers
    if "text" in reply.headers["Content-Type"]:
        elsewhere = re.findall(r"(?:src|href|url|action)\s*[=(]\s*[\"']?\s*(?:https?:)?//", reply.text)
        assert elsewhere == []
        assert "<script" not in reply.text
        assert not re.search(r"\son\w+=", reply.text)


def test_an_unknown_page_and_a_fault_of_ours_are_told_without_a_traceback(office: Office) -> None:
    unknown, fault = office.get("/nothing"), office.get("/breaks")
    assert (unknown.status_code, unknown.json()["code"]) == (404, "S-319")
    assert (fault.status_code, fault.json()["code"]) == (500, "S-320")
    assert "secret" not in fault.text
    assert "Traceback" not in office.get("/breaks", headers=HTML).text
    assert requests.delete(office.url("/health"), timeout=10).status_code == 405


def test_from_the_machine_itself_no_password_is_asked(office: Office) -> None:
    assert [office.get(path).status_code for path in GUARDED] == [200] * len(GUARDED)


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8080", "127.0.0.1.evil.example", "localhost.evil"])
def test_a_site_that_took_this_machines_address_is_asked_for_the_password(office: Office, host: str) -> None:
    assert [office.get(path, headers={"Host": host}).status_code for path in GUARDED] == [401] * len(GUARDED)


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:80", "127.0.0.1", "[::1]:8080", "192.168.1.20:8080"])
def test_the_machine_may_be_called_by_any_address(office: Office, host: str) -> None:
    assert office.get(GUARDED[0], headers={"Host": host}).status_code == 200


def test_from_beyond_staff_pages_ask_for_the_password(lobby: Office) -> None:
    assert [lobby.get(path).status_code for path in OPEN] == [200] * len(OPEN)
    assert [lobby.get(path).status_code for path in GUARDED] == [401] * len(GUARDED)
    assert lobby.get("/page").headers["WWW-Authenticate"].startswith("Basic ")
    assert lobby.post(BATCH_PATH, b"noise").status_code == 422


@pytest.mark.parametrize(
    "said",
    [
        {"X-Forwarded-For": "127.0.0.1"},
        {"Forwarded": "for=127.0.0.1"},
        {"X-Real-IP": "127.0.0.1"},
        {"Host": "localhost"},
        {"Host": "127.0.0.1:8080"},
        {"Authorization": "Basic ????"},
        {"Authorization": "Bearer x"},
        {"Cookie": "thanthien_staff=staff"},
    ],
)
def test_what_a_request_says_of_itself_opens_nothing(lobby: Office, said: dict[str, str]) -> None:
    assert lobby.get("/page", headers=said).status_code == 401


def test_the_login_keeps_what_was_asked_for(lobby: Office) -> None:
    with requests.Session() as browser:
        page = browser.get(lobby.url("/page?period=days&from=2026-11-01&to=2026-11-02"), headers=HTML, timeout=10)
        kept = re.search(r'name="next" value="([^"]*)"', page.text)
        assert kept
        form = {"password": lobby.password, "next": html.unescape(kept[1])}
        there = browser.post(lobby.url("/login"), data=form, timeout=10)
        assert there.text == "for the staff"
        assert there.url == lobby.url("/page?period=days&from=2026-11-01&to=2026-11-02")


def test_the_password_opens_as_http_basic(lobby: Office) -> None:
    assert lobby.get("/page", auth=("anybody", lobby.password)).text == "for the staff"
    assert lobby.get("/metrics", auth=("", lobby.password)).status_code == 200
    assert lobby.get("/page", auth=("anybody", "wrong")).status_code == 401


def test_a_browser_goes_through_the_login_and_stays_until_it_leaves(lobby: Office) -> None:
    with requests.Session() as browser:
        asked = browser.get(lobby.url("/page"), headers=HTML, timeout=10)
        assert asked.url.endswith("/login?next=%2Fpage")
        assert 'type="password"' in asked.text
        assert "phường Bắc Sơn" in asked.text
        wrong = browser.post(lobby.url("/login"), data={"password": "no", "next": "/page"}, headers=HTML, timeout=10)
        assert wrong.status_code == 401
        assert "Chưa đúng mật khẩu" in wrong.text
        form = {"password": lobby.password, "next": "/page"}
        right = browser.post(lobby.url("/login"), data=form, allow_redirects=False, timeout=10)
        cookie = right.headers["Set-Cookie"]
        assert "HttpOnly" in cookie
        assert "samesite=strict" in cookie.lower()
        assert browser.get(lobby.url("/page"), headers=HTML, timeout=10).text == "for the staff"
        browser.post(lobby.url("/logout"), timeout=10)
        assert browser.get(lobby.url("/page"), timeout=10).status_code == 401


@pytest.mark.parametrize(
    "path", ["//evil.example", "https://evil.example", "/\\evil.example", "evil", "/a\r\nSet-Cookie:x"]
)
def test_the_login_never_sends_anybody_elsewhere(office: Office, path: str) -> None:
    form = {"password": office.password, "next": path}
    reply = requests.post(office.url("/login"), data=form, allow_redirects=False, timeout=10)
    assert reply.headers["Location"] == "/"


def test_passwords_cannot_be_guessed_in_a_row(lobby: Office) -> None:
    codes = [lobby.get("/page", auth=("x", f"guess {n}")).status_code for n in range(ALLOWED.of_one + 2)]
    assert codes == [401] * (ALLOWED.of_one - 1) + [429] * 3
    assert lobby.get("/page", auth=("x", lobby.password)).json()["code"] == "S-313"
    lobby.clock.advance(ALLOWED.within_s + 1)
    assert lobby.get("/page", auth=("x", lobby.password)).status_code == 200


def test_a_session_of_another_server_or_password_opens_nothing(lobby: Office, tmp_path: Path) -> None:
    other = Staff(tmp_path / "other", clock=FakeClock())
    assert other.knows_session(other.session())
    assert lobby.get("/page", cookies={"thanthien_staff": other.session()}).status_code == 401
    own = lobby.staff.session()
    assert lobby.get("/page", cookies={"thanthien_staff": own}).status_code == 200
    (lobby.data / "keys" / "staff-password").write_text("another-password\n")
    assert not Staff(lobby.data, clock=FakeClock()).knows_session(own)


def test_the_password_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    Staff(tmp_path, clock=FakeClock())
    place = tmp_path / "keys" / "staff-password"
    first = place.read_text()
    Staff(tmp_path, clock=FakeClock())
    assert place.read_text() == first
    assert re.fullmatch(r"[0-9a-z]{4}-[0-9a-z]{4}-[0-9a-z]{4}\n", first)
    assert place.stat().st_mode & 0o777 == 0o600


def test_another_site_s_page_in_a_browser_on_this_machine_is_a_stranger(office: Office) -> None:
    assert office.get("/page").status_code == 200
    assert office.get("/page", headers={"Origin": office.at.address}).status_code == 200
    for origin in ("http://evil.example", "null", "http://127.0.0.1:1"):
        assert office.get("/page", headers={"Origin": origin}).status_code == 401


def test_only_loopback_is_this_machine() -> None:
    assert [is_this_machine(one) for one in ("127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1")] == [True] * 4
    assert [is_this_machine(one) for one in ("", "localhost", "10.0.0.1", "::ffff:10.0.0.1", "0.0.0.0")] == [False] * 5


def test_basic_is_read_as_it_is_written(lobby: Office) -> None:
    token = base64.b64encode(f"x:{lobby.password}".encode()).decode()
    assert lobby.get("/page", headers={"Authorization": f"basic {token}"}).status_code == 200
