"""What a trouble is over HTTP: a status, ``{code, sentence, hint, detail}``, and for a browser a page."""

from __future__ import annotations

import logging
import math
from typing import Any

from litestar import Request, Response
from litestar.exceptions import HTTPException
from litestar.response import Redirect

from kiosk.trouble import SyncTrouble, Trouble
from sync.central.pages import problem_page
from sync.central.staff import StaffAsked

AnyRequest = Request[Any, Any, Any]
ASKED_BY, OWN_PAGE = "x-requested-with", "page"
"""The header by which a script of our own pages is known."""
BUSY = {"S-308": 429, "S-313": 429, "S-301": 503, "M-201": 503, "M-202": 503, "J-105": 503, "J-109": 503}
RETRY_S = {"S-308": 2, "S-301": 5}
WHERE = {"S-312": 401, "S-321": 401, "S-319": 404, "S-320": 500, "S-334": 404, "S-346": 404}
CONFLICT = frozenset(
    {"S-330", "S-331", "S-332", "S-333", "S-336", "S-337", "S-338", "S-341", "S-343", "S-345", "S-348", "S-352"}
)
"""The request is well made and the office stands otherwise by now: 409."""

DAMAGED = frozenset({"J-101", "J-102", "J-103"})
HEALTHY_RETRY_S = 30
log = logging.getLogger(__name__)


def status_of(code: str) -> int:
    """The HTTP status of a trouble: 429 and 503 mean "later", 409 that things stand otherwise by now, 500 that this
    server needs help, else 422."""
    if code in DAMAGED:
        return 500
    if code in CONFLICT:
        return 409
    return BUSY.get(code) or WHERE.get(code, 422)


def trouble_object(trouble: Trouble) -> dict[str, object]:
    """A trouble as a JSON object."""
    kind = trouble.kind
    return {"code": kind.code, "sentence": kind.sentence, "hint": kind.hint, "detail": trouble.detail}


def reply(trouble: Trouble, request: AnyRequest | None = None, *, retry_s: float = 0.0) -> Response[Any]:
    """The response that tells a trouble."""
    status = status_of(trouble.code)
    headers = {"Connection": "close"} if trouble.code == "S-307" else {}
    if trouble.code in BUSY:
        wait = max(retry_s, RETRY_S.get(trouble.code, HEALTHY_RETRY_S))
        headers["Retry-After"] = str(math.ceil(wait))
    if request is not None and wants_page(request):
        return Response(problem_page(trouble), status_code=status, headers=headers, media_type="text/html")
    return Response(trouble_object(trouble), status_code=status, headers=headers)


def on_trouble(request: AnyRequest, trouble: Trouble) -> Response[Any]:
    """A trouble that a handler raised."""
    return reply(trouble, request)


def on_http(request: AnyRequest, wrong: HTTPException) -> Response[Any]:
    """What the framework refused: an unknown page, a wrong method, a value that does not fit."""
    if wrong.status_code == 404:
        return reply(SyncTrouble("S-319"), request)
    if wrong.status_code >= 500:
        return on_mishap(request, wrong)
    made = reply(SyncTrouble("S-314", detail=wrong.detail), request)
    made.status_code = wrong.status_code
    made.headers.update(wrong.headers or {})
    return made


def on_not_utf8(request: AnyRequest, wrong: UnicodeDecodeError) -> Response[Any]:
    """Bytes that are no text: the sender's fault if she sent some, else ours."""
    if request.method != "POST":
        return on_mishap(request, wrong)
    return reply(SyncTrouble("S-314", detail="the body is not UTF-8"), request)


def on_mishap(request: AnyRequest, wrong: Exception) -> Response[Any]:
    """The edge of the server: whatever nobody expected is logged and told with a code, never with a traceback."""
    log.error("S-320: %s %s", request.method, request.scope["path"], exc_info=wrong)
    return reply(SyncTrouble("S-320"), request)


def on_staff_asked(request: AnyRequest, asked: StaffAsked) -> Response[Any]:
    """Who did not show the password: a browser goes to the login, a program gets 401."""
    if asked.wait_s > 0:
        return reply(SyncTrouble("S-313"), request, retry_s=asked.wait_s)
    if wants_page(request) and request.method in ("GET", "HEAD"):
        return Redirect("/login", status_code=303, query_params={"next": _address(request)})
    made = reply(SyncTrouble("S-321"))
    if request.headers.get(ASKED_BY) == OWN_PAGE:
        return made  # its script asks for the password; told to ask itself, a browser would hold the answer back
    made.headers["WWW-Authenticate"] = 'Basic realm="Than Thien", charset="UTF-8"'
    return made


def _address(request: AnyRequest) -> str:
    """What was asked for on this server, with the period that was chosen."""
    query = request.scope["query_string"].decode("latin-1")
    return f"{request.scope['path']}?{query}" if query else str(request.scope["path"])


def wants_page(request: AnyRequest) -> bool:
    """Whether a person with a browser is asking."""
    return "text/html" in request.headers.get("accept", "")
