"""The board's doors over real HTTP: the frame, what stands around the numbers, a call as sound."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import requests

from devices.voice.sound import read_wav
from devices.voice.voice import Voice
from kiosk.opening import OpeningHours
from kiosk.volume import read_volume
from screens.announcer import Announcer
from screens.notice_board import NoticeBoard
from screens.web.assets import assets
from tests.fakes.board import served_board
from tests.fakes.clock import FakeClock
from tests.fakes.voice import FakeEngine, NoEngine

HEAD = "text_vi,text_en,effective_from,effective_to\n"


def _around(address: str, language: str = "vi") -> dict[str, Any]:
    told = requests.get(f"{address}/board/around?lang={language}", timeout=5).json()
    assert isinstance(told, dict)
    return told


def test_the_frame_holds_no_number_and_asks_no_password() -> None:
    with served_board() as board:
        board.hall.fill()
        answer = requests.get(board.address + "/board", timeout=5)
        assert answer.status_code == 200
        assert "B042" not in answer.text
        assert "set-cookie" not in answer.headers
        assert len(answer.content) < 30_000


def test_what_stands_around_names_the_version_and_the_office_s_time() -> None:
    with served_board() as board:
        told = _around(board.address)
        assert told["version"] == assets().hash
        assert told["now"] == "2026-11-23T01:00:00.000000Z"


def test_every_promise_and_the_order_of_calls_take_turns() -> None:
    with served_board() as board:
        for language, first in (("vi", "5 biết"), ("en", "5 skills")):
            shown = _around(board.address, language)["slides"]
            assert shown[0]["label"] == first
            assert sum(len(slide["items"]) for slide in shown) == 12 + 1
        order = _around(board.address)["slides"][-1]
        assert " ".join(order["items"]).split(". ") == [
            "Ai lấy số trước được gọi trước",
            "Cứ 2 số thường thì mời 1 số ưu tiên",
            "Ai chờ quá 30 phút được gọi trước hết.",
        ]


def test_a_closed_office_says_when_it_opens_again() -> None:
    clock = FakeClock(datetime(2026, 11, 23, 11, 0, tzinfo=UTC))
    with served_board(clock) as board:
        told = _around(board.address)["closed"]
        assert told["title"] == "Mời ông/bà trở lại sáng Thứ Tư, 25/11"
        assert told["holiday"].startswith("Mai nghỉ")
        clock.jump(-6 * 3600)
        lunch = _around(board.address)["closed"]
        assert (lunch["eyebrow"], lunch["title"]) == ("Trung tâm đang nghỉ trưa", "Mời ông/bà trở lại chiều nay")


def test_an_office_without_hours_claims_none() -> None:
    with served_board(opening=OpeningHours(None)) as board:
        assert _around(board.address)["closed"] is None


def test_notices_of_the_day_come_first_and_a_changed_file_is_read_again(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file = tmp_path / "notices.csv"
    file.write_text(HEAD + "Tiêm phòng thứ Năm,Vaccination on Thursday,2026-11-23,2026-11-26\n", encoding="utf-8")
    with served_board(notices=NoticeBoard(tmp_path)) as board:
        assert _around(board.address)["slides"][0] == {
            "label": "Thông báo",
            "items": ["Tiêm phòng thứ Năm"],
            "long": False,
        }
        assert _around(board.address, "en")["slides"][0]["items"] == ["Vaccination on Thursday"]
        file.write_text(HEAD + "Hỏng,,mai,\n", encoding="utf-8")
        os.utime(file, (1, 1))
        assert _around(board.address)["slides"][0]["items"] == ["Tiêm phòng thứ Năm"]
        assert "C-414" in caplog.text
        file.unlink()
        assert _around(board.address)["slides"][0]["label"] == "5 biết"
        board.clock.advance(5 * 24 * 3600)
        file.write_text(HEAD + "Tiêm phòng thứ Năm,,2026-11-23,2026-11-26\n", encoding="utf-8")
        assert _around(board.address)["slides"][0]["label"] == "5 biết"


def test_a_call_on_the_board_can_be_heard_twice_in_a_row_or_once() -> None:
    with served_board() as board:
        board.hall.fill()
        call = board.hall.shown.now
        assert call is not None
        answer = requests.get(f"{board.address}/board/voice/{call.call}.wav", timeout=5)
        assert answer.headers["content-type"] == "audio/wav"
        sound = read_wav(answer.content)
        assert sound.seconds > 3.0
        assert 0.1 < sound.peak < 0.9
        once = requests.get(f"{board.address}/board/voice/{call.call}.wav?once=1", timeout=5)
        assert read_wav(once.content).seconds < sound.seconds - 1.0
        assert board.engine.said[0] == "Xin mời số bê, bốn mươi hai, đến quầy số ba."


@pytest.mark.parametrize("name", ["999.wav", "1.mp3", "0.wav", "..%2F1.wav", "1234567890.wav"])
def test_no_other_call_can_be_heard(name: str) -> None:
    with served_board() as board:
        board.hall.call("B042")
        answer = requests.get(f"{board.address}/board/voice/{name}", timeout=5)
        assert answer.status_code == 404
        assert board.engine.said == []


def test_silence_at_lunch_is_no_sound_and_no_fault() -> None:
    with served_board(volume=read_volume("07:00-09:00 0")) as board:
        board.hall.call("B042")
        answer = requests.get(f"{board.address}/board/voice/1.wav", timeout=5)
        assert (answer.status_code, answer.content) == (204, b"")


def test_without_a_voice_the_page_learns_p_132_and_still_stands() -> None:
    with served_board(announcer=Announcer(Voice(None, NoEngine()))) as board:
        board.hall.call("B042")
        answer = requests.get(f"{board.address}/board/voice/1.wav", headers={"Accept": "application/json"}, timeout=5)
        assert answer.json()["code"] == "P-132"
        assert requests.get(board.address + "/board?sound=1", timeout=5).status_code == 200


def test_both_languages_are_spoken_on_request() -> None:
    engine = FakeEngine()
    with served_board(announcer=Announcer(Voice(None, engine), languages=("vi", "en"))) as board:
        board.hall.call("B042")
        requests.get(f"{board.address}/board/voice/1.wav", timeout=5)
    assert [text.split(",")[0] for text in engine.said] == ["Xin mời số bê", "Xin nhắc lại: số bê", "Number B 42"]


def test_the_words_of_the_page_are_those_of_its_language() -> None:
    with served_board() as board:
        for asked, before, english in (("", "Xin mời số", False), ("?lang=en", "Number", False),
                                       ("?lang=both", "Xin mời số", True)):  # fmt: skip
            page = requests.get(board.address + "/board" + asked, timeout=5).text
            raw = page.split('<template id="told">')[1].split("</template>")[0].replace("&#34;", '"')
            told = json.loads(raw.replace("&#39;", "'").replace("&lt;", "<").replace("&gt;", ">"))
            assert told["words"]["call_before"] == before
            assert (told["english"] is not None) is english
