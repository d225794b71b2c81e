"""``/board``: the lobby's board, for a TV: who is called where, what was called, and how the day stands.

    /board            Vietnamese; ?lang=en English, ?lang=both Vietnamese with an English line
    /board?sound=1    the page itself says the calls, for a TV with loudspeakers

The page is a frame. Numbers come live from ``/board/live``; what changes with the hour (notices,
opening, the version of the page) from ``/board/around``; a call as sound from ``/board/voice/N.wav``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from litestar import Response, get
from litestar.handlers import HTTPRouteHandler

from kiosk.clock import Clock, instant_text, office_time
from kiosk.criteria import CriteriaSet
from kiosk.line_rules import LineRules
from kiosk.lobby_views import BoardView, Called
from kiosk.opening import OpeningHours
from kiosk.trouble import SyncTrouble
from kiosk.volume import VolumeSchedule
from screens.announcer import Announcer
from screens.notice_board import NoticeBoard
from screens.web.assets import assets
from screens.web.board_words import closed, slides
from screens.web.office_pages import OfficePages
from screens.web.pages import render
from screens.web.telling import WEEKDAYS, Telling, telling
from screens.web.wishes import AnyRequest

BOTH = "both"
SHOWN = ("call", "again", "call_to")
"""English texts that stand beside the Vietnamese ones where both are wished."""
_VOICE = re.compile(r"([0-9]{1,9})\.wav")


@dataclass(frozen=True, slots=True)
class BoardMeans:
    """What the board is made from. ``view``: the board as it is now."""

    office_name: str
    demo: bool
    clock: Clock
    utc_offset_h: int
    criteria: CriteriaSet
    view: Callable[[], BoardView]
    rules: LineRules
    opening: OpeningHours
    notices: NoticeBoard
    announcer: Announcer
    volume: VolumeSchedule

    def now(self) -> datetime:
        """The office's wall time."""
        return office_time(self.clock.now(), self.utc_offset_h)


def board_handlers(means: BoardMeans) -> list[HTTPRouteHandler]:
    """The page, what stands around its numbers, and its voice; open to everybody."""

    @get("/board", include_in_schema=False, sync_to_thread=False)
    def show(request: AnyRequest) -> Response[str]:
        """The lobby board, for a TV."""
        asked = request.query_params
        both, language = asked.get("lang") == BOTH, telling(asked.get("lang"))
        told = told_to(means, language, both=both)
        html = render(
            "board.html",
            language,
            office=means.office_name,
            demo=means.demo,
            both=both,
            sound=asked.get("sound") == "1",
            told=json.dumps(told, ensure_ascii=False, separators=(",", ":")),
        )
        return Response(html, media_type="text/html")

    @get("/board/around", include_in_schema=False, sync_to_thread=True)
    def around(request: AnyRequest) -> dict[str, object]:
        """What stands around the numbers: the time, notices, when it opens, the version of the page."""
        return around_now(means, telling(request.query_params.get("lang")))

    @get("/board/voice/{name:str}", include_in_schema=False, sync_to_thread=True)
    def voice(request: AnyRequest) -> Response[bytes]:
        """A call of the board as sound; 204 while the volume is 0."""
        name = str(request.path_params["name"])
        return voiced(means, name, repeated=request.query_params.get("once") != "1")

    return [show, around, voice]


def board_means(pages: OfficePages) -> BoardMeans:
    """What the board of an office is made from."""
    setting, parts = pages.hall.setting, pages.board
    return BoardMeans(
        office_name=pages.office_name,
        demo=pages.central.demo,
        clock=pages.central.clock,
        utc_offset_h=pages.central.utc_offset_h,
        criteria=pages.criteria,
        view=pages.hall.board,
        rules=setting.rules,
        opening=setting.opening,
        notices=parts.notices,
        announcer=parts.announcer,
        volume=parts.volume,
    )


def told_to(means: BoardMeans, language: Telling, *, both: bool) -> dict[str, object]:
    """All the page's script knows before it hears from the office."""
    return {
        "words": language.words.screen("board"),
        "english": {name: telling("en").words.screen("board")[name] for name in SHOWN} if both else None,
        "language": language.language,
        "weekdays": [language.say(f"common.{day}") for day in WEEKDAYS],
        "utc_offset_h": means.utc_offset_h,
        "around": around_now(means, language),
    }


def around_now(means: BoardMeans, language: Telling) -> dict[str, object]:
    """What changes with the hour or the day, and a name for this version of the page."""
    moment = means.now()
    return {
        "version": assets().hash,
        "now": instant_text(means.clock.now()),
        "closed": closed(language, means.opening, moment),
        "slides": slides(language, means.criteria, means.rules, means.notices.on(moment.date())),
    }


def voiced(means: BoardMeans, name: str, *, repeated: bool) -> Response[bytes]:
    """The sound of a call that stands on the board; S-319 for another, P-132 without a voice."""
    found = _VOICE.fullmatch(name)
    call = _call(means.view(), int(found[1])) if found else None
    if call is None:
        raise SyncTrouble("S-319", detail="this call does not stand on the board")
    percent = means.volume.at(means.now())
    if not percent:
        return Response(b"", status_code=204, media_type="audio/wav")
    sound = means.announcer.sound(call.number, call.counter, repeated=repeated)
    return Response(sound.scaled(percent / 100).wav(), media_type="audio/wav")


def _call(view: BoardView, call: int) -> Called | None:
    shown = (*view.recent, *((view.now,) if view.now else ()))
    return next((one for one in shown if one.call == call), None)
