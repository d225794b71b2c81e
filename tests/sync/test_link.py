"""The link over real sockets: whatever answers, the result is a value, within the deadline."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from kiosk.trouble import SettingsTrouble
from sync.http_door import Unreached, checked_address
from sync.link import Acked, Busy, Enrolment, Forked, HttpLink, Refused, trouble_of


@contextmanager
def answering(reply: bytes, *, pieces: int = 1, pause_s: float = 0.0, read: bool = True) -> Iterator[str]:
    """A server that answers one connection with those bytes, in pieces, then closes."""
    server = socket.create_server(("127.0.0.1", 0))
    stop = threading.Event()

    def serve() -> None:
        connection, _ = server.accept()
        with connection:
            if read:
                connection.recv(65536)
            step = max(1, len(reply) // pieces)
            for start in range(0, len(reply), step):
                try:
                    connection.sendall(reply[start : start + step])
                except OSError:
                    return
                if stop.wait(pause_s):
                    return

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.getsockname()[1]}"
    finally:
        stop.set()
        server.close()
        thread.join(5)


def http(status: str, body: str, *, headers: str = "") -> bytes:
    raw = body.encode()
    head = f"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {len(raw)}\r\n{headers}\r\n"
    return head.encode() + raw


def test_every_answer_of_the_contract_has_its_type() -> None:
    rows = [
        (http("200 OK", '{"through":7}'), Acked(7)),
        (http("409 Conflict", '{"code":"S-304","seq":5,"held_hash":"aa","sent_hash":"bb"}'), Forked(5, "aa", "bb")),
        (http("422 No", '{"code":"S-303","detail":"x"}'), Refused("S-303", "x")),
        (http("429 Later", '{"code":"S-308"}', headers="Retry-After: 12\r\n"), Busy(12.0)),
        (http("429 Later", '{"code":"S-308"}', headers="Retry-After: soon\r\n"), Busy(5.0)),
        (http("503 Full", '{"code":"M-201"}', headers="Retry-After: 30\r\n"), Busy(30.0, "M-201")),
    ]
    for reply, expected in rows:
        with answering(reply) as address:
            link = HttpLink(address)
            assert link.send(b"x") == expected
            link.close()


STRANGE = [
    http("200 OK", "<html>please log in to the hotel</html>"),
    http("200 OK", '{"through":-1}'),
    http("200 OK", '{"through":true}'),
    http("200 OK", '{"through":"7"}'),
    http("200 OK", "[]"),
    http("302 Found", "", headers="Location: http://example.invalid/\r\n"),
    http("404 Not Found", "nothing"),
    http("404 Not Found", '{"code":"E-9"}'),
    http("500 Oh", '{"code":"S-320"}'),
    http("200 OK", '{"through":7}')[:-3],
    b"SSH-2.0-OpenSSH\r\n",
    b"",
]


@pytest.mark.parametrize("reply", STRANGE)
def test_an_answer_that_is_not_ours_counts_as_not_reached(reply: bytes) -> None:
    with answering(reply) as address:
        link = HttpLink(address, read_s=2)
        answer = link.send(b"x")
        link.close()
    assert isinstance(answer, Unreached)
    assert trouble_of(answer).code == "S-301"


def test_nobody_at_home_counts_as_not_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    link = HttpLink(f"http://127.0.0.1:{port}")
    assert isinstance(link.send(b"x"), Unreached)
    assert isinstance(link.enrol(Enrolment("c", "o", "k")), Unreached)
    link.close()


def test_a_silent_server_is_given_up_within_the_deadline() -> None:
    with answering(b"x", pause_s=60, read=False) as address:
        link = HttpLink(address, read_s=0.3)
        before = time.monotonic()
        assert isinstance(link.send(b"x" * 100), Unreached)
        assert time.monotonic() - before < 5
        link.close()


def test_a_server_that_drips_is_given_up_too() -> None:
    reply = http("200 OK", '{"through":7}' + " " * 4_000)
    with answering(reply, pieces=400, pause_s=0.02) as address:
        link = HttpLink(address, read_s=0.5)
        before = time.monotonic()
        assert isinstance(link.send(b"x"), Unreached)
        assert time.monotonic() - before < 5
        link.close()


def test_an_answer_without_end_is_not_swallowed() -> None:
    with answering(http("200 OK", '{"through":7,"x":"' + "y" * 200_000 + '"}')) as address:
        link = HttpLink(address)
        assert isinstance(link.send(b"x"), Unreached)
        link.close()


@pytest.mark.parametrize(
    "address", ["", "server:8080", "ftp://x", "http://", "http://x:99999", "http://u:p@x", "http://x?y", "http://[::1"]
)
def test_an_address_that_is_none_is_told_at_once(address: str) -> None:
    with pytest.raises(SettingsTrouble) as told:
        HttpLink(address)
    assert told.value.code == "C-403"


def test_an_address_may_end_in_a_slash() -> None:
    assert checked_address("http://server:8080/") == "http://server:8080"


def test_a_proxy_meant_for_browsers_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    with answering(http("200 OK", '{"through":7}')) as address:
        link = HttpLink(address)
        assert link.send(b"x") == Acked(7)
        link.close()
