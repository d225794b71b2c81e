"""``/V``: where one's number stands, and later its rating, on one's own phone, with the ballot of a slip.

The ballot stands behind the ``#`` of the address, which no browser sends; a script hands it
over in the body of a POST, so it is in no server's log. Nothing is asked that names anybody,
and no cookie is needed. Every answer is a fact in the office's own book at once.
"""

from __future__ import annotations

import gzip
import json
import re
from typing import Any

import msgspec
from litestar import Request, Response, get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import JSONBody

from kiosk.ballot import read_ballot
from kiosk.criteria import ORDERS, Criterion
from kiosk.rating_desk import RatingStep
from kiosk.trouble import SyncTrouble
from kiosk.visit_events import BallotState
from screens.web.office_pages import OfficePages
from screens.web.pages import render
from screens.web.wishes import Wishes, wishes_of

BODY_BYTES = 1024
TEXTS = ("no_code", "unknown", "other_day", "used", "offline")
SCRIPTS = ("line_hash", "page", "place")
"""Modules the page's script begins with, told at once to be fetched together; others come when they are needed."""
_SPACE = re.compile(r"\s*\n\s*")


class BallotShown(msgspec.Struct, forbid_unknown_fields=True):
    """Somebody opens the page with a slip. ``ballot``: its 26 letters."""

    ballot: str


class OverallGiven(msgspec.Struct, forbid_unknown_fields=True):
    """The overall answer of a slip."""

    ballot: str
    answer: str


class CriterionGiven(msgspec.Struct, forbid_unknown_fields=True):
    """The answer to a criterion that was asked, or with None its skip."""

    rating_id: str
    criterion: str
    answer: str | None


def phone_handlers(pages: OfficePages) -> list[HTTPRouteHandler]:
    """The page and the three doors its script knocks at."""

    @get("/V", include_in_schema=False, sync_to_thread=False)
    def show(request: Request[Any, Any, Any]) -> Response[Any]:
        """The page, the same for every slip."""
        wishes = wishes_of(request)
        html = render(
            "phone.html", wishes.telling, office=pages.office_name, texts=TEXTS, scripts=SCRIPTS,
            told=json.dumps(script_words(pages, wishes), ensure_ascii=False),
        )  # fmt: skip
        return packed(wishes.page(_SPACE.sub("\n", html)), request)

    @post("/V/ballot", status_code=200, include_in_schema=False, sync_to_thread=True, request_max_body_size=BODY_BYTES)
    def open_ballot(request: Request[Any, Any, Any], data: JSONBody[BallotShown]) -> dict[str, Any]:
        """The overall question if the ballot may be used; S-315 or S-316 if not."""
        ballot = ballot_of(data.ballot)
        state = pages.phones.state(ballot)
        if state is not BallotState.OPEN:
            raise SyncTrouble("S-316" if state is BallotState.USED else "S-315")
        return question(pages.criteria.overall, order_of(ballot), wishes_of(request))

    @post("/V/rating", status_code=200, include_in_schema=False, sync_to_thread=True, request_max_body_size=BODY_BYTES)
    def rate(request: Request[Any, Any, Any], data: JSONBody[OverallGiven]) -> dict[str, Any]:
        """Record the overall answer and ask the next question."""
        ballot = ballot_of(data.ballot)
        step = pages.phones.rate(ballot, data.answer, order_of(ballot))
        return next_of(pages, step, wishes_of(request))

    @post("/V/answer", status_code=200, include_in_schema=False, sync_to_thread=True, request_max_body_size=BODY_BYTES)
    def judge(request: Request[Any, Any, Any], data: JSONBody[CriterionGiven]) -> dict[str, Any]:
        """Record the answer to a criterion and ask the next one."""
        step = pages.phones.judge(data.rating_id, data.criterion, data.answer)
        return next_of(pages, step, wishes_of(request))

    return [show, open_ballot, rate, judge]


def script_words(pages: OfficePages, wishes: Wishes) -> dict[str, Any]:
    """What the page's script says a place with: words, names of services, and what it must know of the office."""
    setting, words = pages.hall.setting, wishes.telling.words
    services = setting.services_on(pages.hall.day)
    return {
        "place": dict(words.screen("place")),
        "why": dict(words.screen("why")),
        "services": {one: pages.service_name(one, wishes.language) for one in services},
        "presence_ahead": setting.rules.presence_ahead,
        "utc_offset_h": pages.central.utc_offset_h,
    }


def packed(page: Response[Any], request: Request[Any, Any, Any]) -> Response[Any]:
    """The page as few bytes, if the phone takes it so: it may hang on a thin thread."""
    if "gzip" in request.headers.get("accept-encoding", ""):
        page.content = gzip.compress(page.content.encode("utf-8"), mtime=0)
        page.headers["Content-Encoding"] = "gzip"
    page.headers["Vary"] = "Accept-Encoding"
    return page


def ballot_of(text: str) -> bytes:
    """The ballot in 26 letters; ``SyncTrouble`` S-315 for anything else."""
    ballot = read_ballot(text)
    if ballot is None:
        raise SyncTrouble("S-315")
    return ballot


def order_of(ballot: bytes) -> str:
    """In which order the answers stand: one way for half of all slips, mirrored for the others."""
    return ORDERS[ballot[-1] & 1]


def next_of(pages: OfficePages, step: RatingStep, wishes: Wishes) -> dict[str, Any]:
    """What follows an answer: a question, or the thanks ("question" null)."""
    asked = pages.criteria.criterion(step.next_criterion) if step.next_criterion else None
    told = question(asked, ORDERS[0], wishes) if asked else {"question": None}
    return {**told, "rating_id": step.rating_id, "channels": step.channels}


def question(asked: Criterion, order: str, wishes: Wishes) -> dict[str, Any]:
    """A question as the script draws it."""
    language, say = wishes.language, wishes.telling.say
    overall = asked.family == asked.id
    promise = asked.promise[language]
    return {
        "criterion": asked.id,
        "eyebrow": promise if overall else say("rating_criterion.eyebrow", promise=promise),
        "question": asked.question[language],
        "answers": [
            {"id": answer.id, "picture": answer.picture, "words": unbroken(answer.words[language])}
            for answer in asked.ordered(order)
        ],
    }


def unbroken(words: str) -> str:
    """Words on a narrow key: the pair "hài lòng" is never parted."""
    return words.replace("hài lòng", "hài\u00a0lòng")
