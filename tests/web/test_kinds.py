"""What kind of thing every answer says it is, once."""

from __future__ import annotations

import pytest
from litestar.testing import TestClient

from sync.central.staff import Staff
from tests.web.offices import Lobby, pages_app
from tests.web.reading import read_page


@pytest.mark.parametrize("path", ["/", "/V", "/board", "/counter", "/manager", "/manager.csv"])
def test_every_text_says_its_kind_and_utf_8_once(lobby: Lobby, path: str) -> None:
    password = Staff(lobby.central.data, clock=lobby.central.clock).place.read_text(encoding="utf-8").strip()
    with TestClient(pages_app(lobby.central)) as browser:
        found = browser.get(path, headers={"accept": "text/html"}, auth=("leader", password), follow_redirects=False)
        loads = read_page(found.text).loads if "html" in found.headers["content-type"] else []
        answers = [found, *(browser.get(address) for address in loads)]
    kinds = [answer.headers["content-type"] for answer in answers]
    texts = [kind for kind in kinds if kind.startswith("text/")]
    assert {answer.status_code for answer in answers} == {200}
    assert texts
    assert [kind for kind in texts if kind.count("charset=utf-8") != 1] == []
