"""The phone page, asked in process: light, nameless, and every answer a fact at once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from kiosk.ballot import ballot_text, ballot_used, new_ballot
from kiosk.criteria import ORDERS
from kiosk.entry import Entry
from screens.web.phone_page import order_of
from sync.central.store import OFFICE_BOOK
from tests.web.offices import Lobby, pages_app
from tests.web.reading import Seen, read_page

BROWSER = {"accept": "text/html"}
MOST_BYTES = 30_000


@pytest.fixture
def phone(lobby: Lobby) -> Iterator[TestClient[Litestar]]:
    with TestClient(pages_app(lobby.central)) as client:
        yield client


def office_facts(lobby: Lobby) -> list[Entry]:
    book = next(book for book in lobby.central.store.books("bac-son") if book.kiosk_id == OFFICE_BOOK)
    return [entry for entry in lobby.central.store.entries(book) if entry.fact.startswith(("Rating", "Criterion"))]


def post(phone: TestClient[Litestar], path: str, **body: object) -> dict[str, Any]:
    found = phone.post(path, json=body)
    assert found.status_code == 200, found.text
    told: dict[str, Any] = found.json()
    return told


def files_of(seen: Seen) -> list[str]:
    """What a page fetches; its icon stands in the page itself."""
    return [address for address in seen.loads if not address.startswith("data:image/svg+xml,")]


def test_the_page_and_all_it_loads_weigh_less_than_thirty_kilobytes(phone: TestClient[Litestar]) -> None:
    """Counted as Content-Length of packed answers: the page, style, every module of its script, all its fonts."""
    found = phone.get("/V", headers=BROWSER)
    seen = read_page(found.text)
    answers = {path: phone.get(path, headers={"accept-encoding": "gzip"}) for path in dict.fromkeys(files_of(seen))}
    style = next(answer.text for path, answer in answers.items() if path.endswith(".css"))
    script = [path for path in answers if path.endswith(".js")]
    fonts = {f"/static/{script[0].split('/')[2]}/fonts/{name}" for name in re.findall(r"fonts/([\w-]+\.woff2)", style)}
    weights = [found, *answers.values(), *map(phone.get, fonts)]
    assert 20_000 < sum(int(answer.headers["content-length"]) for answer in weights) < MOST_BYTES
    assert len(fonts) == 2
    assert seen.inline == []
    assert all(address.startswith("/static/") for address in files_of(seen))
    assert "url(//" not in style
    assert "http" not in style


def test_every_module_of_the_script_is_told_ahead(phone: TestClient[Litestar]) -> None:
    seen = read_page(phone.get("/V", headers=BROWSER).text)
    scripts = {path.rsplit("/", 1)[1]: phone.get(path).text for path in files_of(seen) if path.endswith(".js")}
    asked = {name for text in scripts.values() for name in re.findall(r'from "\./([a-z_]+\.js)"', text)}
    assert asked == scripts.keys() - {"main.js"}


def test_it_asks_for_nothing_and_sets_no_cookie_of_its_own(phone: TestClient[Litestar]) -> None:
    found = phone.get("/V", headers=BROWSER)
    assert found.status_code == 200
    assert "set-cookie" not in found.headers
    assert not re.search("<input|<textarea|<form", found.text)


def test_the_page_is_the_same_for_every_slip(phone: TestClient[Litestar]) -> None:
    ballot = ballot_text(new_ballot())
    assert phone.get("/V", headers=BROWSER).text == phone.get(f"/V#{ballot}", headers=BROWSER).text


def test_an_open_ballot_gets_the_overall_question_and_nothing_is_written(
    lobby: Lobby, phone: TestClient[Litestar]
) -> None:
    ticket = lobby.take_number()
    told = post(phone, "/V/ballot", ballot=ballot_text(ticket.ballot))
    assert told["question"] == "Hôm nay ông/bà có hài lòng với việc phục vụ không?"
    assert {answer["id"] for answer in told["answers"]} == {"satisfied", "neutral", "dissatisfied"}
    assert office_facts(lobby) == []


@pytest.mark.parametrize("overall", ["satisfied", "neutral", "dissatisfied"])
def test_every_answer_is_a_fact_at_once_and_costs_the_same_taps(
    lobby: Lobby, phone: TestClient[Litestar], overall: str
) -> None:
    ballot = lobby.take_number().ballot
    told = post(phone, "/V/rating", ballot=ballot_text(ballot), answer=overall)
    facts = office_facts(lobby)
    assert [fact.fact for fact in facts] == ["RatingGiven"]
    body = facts[0].fields()
    assert (body["ballot_used"], body["answer"]) == (ballot_used(ballot), overall)
    assert "number" not in body
    asked = 0
    while told["question"]:
        asked += 1
        rating, criterion, answer = told["rating_id"], told["criterion"], told["answers"][0]["id"]
        told = post(phone, "/V/answer", rating_id=rating, criterion=criterion, answer=answer)
        assert len(office_facts(lobby)) == 1 + asked
    assert asked == 3


def test_a_skip_is_written_as_a_skip_and_goes_on(lobby: Lobby, phone: TestClient[Litestar]) -> None:
    told = post(phone, "/V/rating", ballot=ballot_text(lobby.take_number().ballot), answer="neutral")
    first = told["criterion"]
    told = post(phone, "/V/answer", rating_id=told["rating_id"], criterion=first, answer=None)
    assert office_facts(lobby)[-1].fact == "CriterionSkipped"
    assert told["criterion"] != first


def test_an_allegation_names_the_channels_and_no_other_answer_does(lobby: Lobby, phone: TestClient[Litestar]) -> None:
    for _ in range(4):
        told = post(phone, "/V/rating", ballot=ballot_text(lobby.take_number().ballot), answer="neutral")
        while told["question"]:
            criterion = told["criterion"]
            answer = "yes" if criterion == "K1" else told["answers"][-1]["id"]
            told = post(phone, "/V/answer", rating_id=told["rating_id"], criterion=criterion, answer=answer)
            assert told["channels"] is (criterion == "K1")


def test_a_ballot_is_used_once(lobby: Lobby, phone: TestClient[Litestar]) -> None:
    ballot = ballot_text(lobby.take_number().ballot)
    post(phone, "/V/rating", ballot=ballot, answer="satisfied")
    again = phone.post("/V/rating", json={"ballot": ballot, "answer": "satisfied"})
    assert (again.status_code, again.json()["code"]) == (422, "S-316")
    assert phone.post("/V/ballot", json={"ballot": ballot}).json()["code"] == "S-316"
    assert len(office_facts(lobby)) == 1


def test_a_ballot_used_at_the_kiosk_is_used_here_too(lobby: Lobby, phone: TestClient[Litestar]) -> None:
    ticket = lobby.take_number()
    lobby.desk.record_rating(rating_id="", ballot=ticket.ballot, answer="satisfied")
    lobby.send()
    assert phone.post("/V/ballot", json={"ballot": ballot_text(ticket.ballot)}).json()["code"] == "S-316"


@pytest.mark.parametrize("text", [ballot_text(bytes(16)), "not a ballot", "", "Z" * 26, "0" * 25])
def test_a_ballot_of_nobody_is_told_in_one_code(lobby: Lobby, phone: TestClient[Litestar], text: str) -> None:
    found = phone.post("/V/ballot", json={"ballot": text})
    assert (found.status_code, found.json()["code"]) == (422, "S-315")
    assert office_facts(lobby) == []


def test_a_body_that_is_too_long_is_not_read(phone: TestClient[Litestar]) -> None:
    found = phone.post("/V/ballot", json={"ballot": "9" * 5000})
    assert (found.status_code, found.json()["code"]) == (413, "S-314")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{}",
        b"[]",
        b'{"ballot": 5, "answer": "satisfied"}',
        b"\xff\xfe",
        b'{"ballot": "\xed\xa0\x80", "answer": "satisfied"}',
        b'{"ballot": "x", "answer": "y", "z": 1}',
    ],
)
def test_nonsense_is_refused_with_a_code(lobby: Lobby, phone: TestClient[Litestar], body: bytes) -> None:
    found = phone.post("/V/rating", content=body, headers={"content-type": "application/json"})
    assert 400 <= found.status_code < 500
    assert found.json()["code"] == "S-314"
    assert office_facts(lobby) == []


def test_an_answer_the_question_does_not_have_is_refused(lobby: Lobby, phone: TestClient[Litestar]) -> None:
    ballot = ballot_text(lobby.take_number().ballot)
    assert phone.post("/V/rating", json={"ballot": ballot, "answer": "wonderful"}).json()["code"] == "S-314"
    told = post(phone, "/V/rating", ballot=ballot, answer="neutral")
    for criterion, answer in ((told["criterion"], "wonderful"), ("B9", "yes"), ("", "yes")):
        wrong = phone.post("/V/answer", json={"rating_id": told["rating_id"], "criterion": criterion, "answer": answer})
        assert wrong.json()["code"] == "S-314"
    stranger = {"rating_id": "0" * 32, "criterion": told["criterion"], "answer": "yes"}
    assert phone.post("/V/answer", json=stranger).json()["code"] == "S-314"
    assert len(office_facts(lobby)) == 1


def test_the_order_of_answers_is_stored_as_it_was_shown(lobby: Lobby, phone: TestClient[Litestar]) -> None:
    seen: set[str] = set()
    while len(seen) < 2:
        ballot = lobby.take_number().ballot
        shown = post(phone, "/V/ballot", ballot=ballot_text(ballot))["answers"]
        post(phone, "/V/rating", ballot=ballot_text(ballot), answer="neutral")
        stored = office_facts(lobby)[-1].fields()["order"]
        assert stored == order_of(ballot)
        assert (shown[0]["id"] == "satisfied") is (stored == ORDERS[0])
        seen.add(stored)


def test_english_questions_for_an_english_page(lobby: Lobby, phone: TestClient[Litestar]) -> None:
    phone.get("/V?lang=en", headers=BROWSER)
    told = post(phone, "/V/ballot", ballot=ballot_text(lobby.take_number().ballot))
    assert told["question"] == "Are you satisfied with today's service?"


def test_a_rating_by_phone_stands_on_the_managers_page(lobby: Lobby, phone: TestClient[Litestar]) -> None:
    post(phone, "/V/rating", ballot=ballot_text(lobby.take_number().ballot), answer="satisfied")
    day = "2026-11-23"
    rated = [row for row in lobby.central.store.tallies("bac-son", day, day) if row.measure == "rated"]
    assert [(row.answer, row.n) for row in rated] == [("satisfied", 1)]
