"""The manager's page, asked in process: who may see it, what it says, and what it never says."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from kiosk.words import LANGUAGES
from sync.central.service import CentralLog
from sync.central.staff import Staff
from tests.web.offices import Lobby, pages_app
from tests.web.reading import Seen, read_page

PERIODS = ("today", "week", "month", "quarter")
BROWSER = {"accept": "text/html"}


class Manager:
    """Somebody with the password, at another machine."""

    def __init__(self, client: TestClient[Litestar], password: str) -> None:
        self.client = client
        self._auth = ("staff", password)

    def page(self, address: str = "/manager") -> Seen:
        self.client.cookies.clear()
        found = self.client.get(address, auth=self._auth, headers=BROWSER)
        assert found.status_code == 200, found.text
        return read_page(found.text)

    def lines(self, address: str = "/manager.csv") -> list[dict[str, str]]:
        found = self.client.get(address, auth=self._auth)
        assert found.status_code == 200
        assert found.content.startswith(b"\xef\xbb\xbf")
        return list(csv.DictReader(io.StringIO(found.content.decode("utf-8-sig"), newline="")))

    def figures(self, address: str = "/manager.json") -> dict[str, object]:
        found = self.client.get(address, auth=self._auth)
        assert found.status_code == 200
        told: dict[str, object] = found.json()
        return told


def manager_of(central: CentralLog, name: str = "Phường Bắc Sơn") -> Iterator[Manager]:
    password = Staff(central.data, clock=central.clock).place.read_text(encoding="utf-8").strip()
    with TestClient(pages_app(central, name)) as client:
        yield Manager(client, password)


@pytest.fixture(scope="module")
def manager(demo: CentralLog) -> Iterator[Manager]:
    yield from manager_of(demo)


@pytest.fixture
def fresh(lobby: Lobby) -> Iterator[Manager]:
    yield from manager_of(lobby.central)


@pytest.mark.parametrize("path", ["/manager", "/manager.csv", "/manager.json"])
def test_strangers_beyond_the_machine_are_asked_for_the_password(manager: Manager, path: str) -> None:
    browser = manager.client.get(path, headers=BROWSER, follow_redirects=False)
    assert browser.status_code == 303
    assert browser.headers["location"].startswith("/login?next=")
    assert manager.client.get(path, headers={"accept": "application/json"}).status_code == 401


def test_nothing_is_loaded_from_another_host_and_nothing_is_inline(manager: Manager) -> None:
    found = manager.client.get("/manager", auth=manager._auth, headers=BROWSER)
    assert "default-src 'self'" in found.headers["content-security-policy"]
    seen = read_page(found.text)
    assert seen.inline == []
    assert seen.loads
    assert all(address.startswith("/") and not address.startswith("//") for address in seen.loads + _hrefs(seen))


def _hrefs(seen: Seen) -> list[str]:
    return [link for link in seen.links if not link.startswith("#")]


def test_every_link_of_the_page_leads_somewhere(manager: Manager) -> None:
    seen = manager.page()
    for link in {*_hrefs(seen), *seen.loads}:
        assert manager.client.get(link, auth=manager._auth, headers=BROWSER).status_code == 200, link
    for link in seen.links:
        if link.startswith("#"):
            assert link[1:] in seen.ids


def test_no_id_stands_twice_and_headings_begin_with_one(manager: Manager) -> None:
    seen = manager.page()
    assert len(seen.ids) == len(set(seen.ids))
    assert seen.headings[0] == "h1"
    assert set(seen.headings) <= {"h1", "h2", "h3"}


@pytest.mark.parametrize("kind", PERIODS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_period_is_a_page_in_both_languages(manager: Manager, kind: str, language: str) -> None:
    seen = manager.page(f"/manager?period={kind}&lang={language}")
    assert "manager_page." not in seen.text
    assert "export." not in seen.text
    assert "{" not in seen.text
    assert not re.search(r"\bNone\b|\bundefined\b|\bNaN\b", seen.text)


@pytest.mark.parametrize("kind", PERIODS)
def test_page_csv_and_json_tell_the_same_headline(manager: Manager, kind: str) -> None:
    told = manager.figures(f"/manager.json?period={kind}")["opinions"]
    assert isinstance(told, dict)
    text = manager.page(f"/manager?period={kind}").texts["opinions"].replace(".", "")
    lines = {row["figure"]: row for row in manager.lines(f"/manager.csv?period={kind}") if row["table"] == "opinions"}
    assert lines["share"]["value"] == str(told["share"]["share"])
    for figure in ("satisfied", "neutral", "dissatisfied"):
        assert lines[figure]["value"] == str(told["split"][figure])
        assert str(told["split"][figure]) in text
    assert f"{told['share']['x']}/{told['share']['n']}" in text
    assert str(told["silent"]) in text


def test_a_percentage_stands_beside_n_interval_and_response(manager: Manager) -> None:
    text = manager.page().texts["opinions"]
    assert re.search(r"n = \d+, khoảng tin cậy 95 %: \d+–\d+ %", text)
    assert re.search(r"Tỷ lệ trả lời \d+/\d+ = \d+ %", text)
    assert re.search(r"từ \d+ đến \d+ %", text)


def test_without_calls_served_is_honestly_issued_and_the_page_says_so(lobby: Lobby, fresh: Manager) -> None:
    lobby.take_number()
    seen = fresh.page()
    assert "không có lượt gọi số nào, nên “số đã cấp” đứng thay “lượt phục vụ”" in seen.text.lower()
    assert "sau khi được phục vụ" not in seen.text
    assert "waits" not in seen.ids


def test_a_demonstration_is_labelled_and_a_real_office_is_not(manager: Manager, fresh: Manager) -> None:
    assert "Dữ liệu trình diễn" in manager.page().text
    assert "trình diễn" not in fresh.page().text


def test_the_hours_count_tickets_only(manager: Manager) -> None:
    assert not re.search("hài lòng|im lặng", manager.page().texts["hours"])


def test_harassment_is_never_a_share(manager: Manager) -> None:
    assert "phiền hà" not in manager.page().texts["promises"].lower()
    assert "chưa kết luận" in manager.page().text


def test_an_office_without_numbers_has_a_calm_page(fresh: Manager) -> None:
    seen = fresh.page()
    assert "%" not in seen.texts["opinions"]
    assert "Chưa có ai lấy số" in seen.text


def test_fewer_than_ten_answers_show_no_percentage_anywhere(lobby: Lobby, fresh: Manager) -> None:
    for turn in range(14):
        ticket = lobby.take_number()
        if turn < 9:
            lobby.desk.record_rating(rating_id="", ballot=ticket.ballot, answer="satisfied")
    lobby.send()
    seen = fresh.page()
    assert "%" not in seen.texts["opinions"]
    assert "9 đã trả lời" in seen.texts["opinions"]
    told = fresh.figures()["opinions"]
    assert isinstance(told, dict)
    assert (told["rated"], told["split"], told["share"], told["bounds"]) == (9, None, None, None)


def test_quiet_days_that_wait_for_one_another_are_not_called_fewer_than_ten(lobby: Lobby, fresh: Manager) -> None:
    for answers in (4, 8, 7):  # the first two are split together, so neither is split without the other
        for _ in range(answers):
            lobby.desk.record_rating(rating_id="", ballot=lobby.take_number().ballot, answer="satisfied")
        last = lobby.clock.now()
        lobby.clock.advance(24 * 3600)
    lobby.send()
    first = (last - timedelta(days=1)).date()
    query = f"?period=days&from={first}&to={last.date()}"
    told = fresh.figures(f"/manager.json{query}")["opinions"]
    assert isinstance(told, dict)
    assert (told["rated"], told["split"], told["share"]) == (15, None, None)
    said = fresh.page(f"/manager{query}").texts["opinions"]
    assert "gộp với ngày khác cho đủ 10" in said
    assert "Chưa đủ 10" not in said
    assert "%" not in said


def test_the_tenth_answer_opens_the_split_and_the_eleventh_waits(lobby: Lobby, fresh: Manager) -> None:
    for _ in range(11):
        lobby.desk.record_rating(rating_id="", ballot=lobby.take_number().ballot, answer="neutral")
    lobby.send()
    told = fresh.figures()["opinions"]
    assert isinstance(told, dict)
    assert (told["split"]["n"], told["held"], told["rated"]) == (10, 1, 11)
    assert "10 bình thường" in fresh.page().texts["opinions"]


def test_a_name_cannot_become_markup(lobby: Lobby) -> None:
    for manager in manager_of(lobby.central, "<script>alert(1)</script> & Co"):
        seen = manager.page()
        assert seen.inline == []
        assert "<script>alert(1)</script> & Co" in seen.text


@pytest.mark.parametrize("query", ["period=year", "period=days", "period=days&from=x", "from=2026-11-20&to=2026-11-01"])
def test_a_wrong_period_is_one_sentence_with_a_code(manager: Manager, query: str) -> None:
    page = manager.client.get(f"/manager?{query}", auth=manager._auth, headers=BROWSER)
    assert page.status_code == 422
    assert "S-314" in read_page(page.text).text
    told = manager.client.get(f"/manager.json?{query}", auth=manager._auth).json()
    assert told["code"] == "S-314"


def test_chosen_days_are_shown_and_asked_for_again_by_the_exports(manager: Manager) -> None:
    seen = manager.page("/manager?period=days&from=2026-11-16&to=2026-11-18")
    assert any("manager.csv?period=days&from=2026-11-16&to=2026-11-18" in link for link in seen.links)
    lines = manager.lines("/manager.csv?period=days&from=2026-11-16&to=2026-11-18")
    assert [row["key"] for row in lines if (row["table"], row["figure"]) == ("days", "issued")] == [
        "2026-11-16", "2026-11-17", "2026-11-18",
    ]  # fmt: skip


def test_the_chosen_language_is_kept(manager: Manager) -> None:
    english = manager.client.get("/manager?lang=en", auth=manager._auth, headers=BROWSER)
    assert 'lang="en"' in english.text
    again = manager.client.get("/manager", auth=manager._auth, headers=BROWSER)
    assert 'lang="en"' in again.text
    manager.client.cookies.clear()
    assert 'lang="vi"' in manager.client.get("/manager", auth=manager._auth, headers=BROWSER).text


def test_files_are_kept_for_a_year_under_their_hash(manager: Manager) -> None:
    address = next(load for load in manager.page().loads if load.endswith(".css"))
    found = manager.client.get(address)
    assert "immutable" in found.headers["cache-control"]
    assert manager.client.get(re.sub(r"/static/\w+/", "/static/0123/", address)).status_code == 404


@pytest.mark.parametrize("name", ["../app.py", "..%2fapp.py", "css/../../app.py", "fonts", ""])
def test_no_other_file_can_be_had(manager: Manager, name: str) -> None:
    address = next(load for load in manager.page().loads if load.endswith(".css")).rsplit("/css/", 1)[0]
    assert manager.client.get(f"{address}/{name}").status_code in (404, 405)


def test_a_page_is_a_few_milliseconds_of_work_and_small(manager: Manager) -> None:
    found = manager.client.get("/manager", auth=manager._auth, headers=BROWSER)
    assert len(found.content) < 80_000
