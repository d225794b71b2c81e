"""The login page and the files it is drawn with; open to everybody, since it is where one shows the password."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs

from litestar import Response, get, post
from litestar.datastructures import Cookie, State
from litestar.handlers import HTTPRouteHandler
from litestar.response import Redirect

from kiosk.look_files import LOOK, font
from kiosk.trouble import SyncTrouble
from sync.central.bodies import read_body
from sync.central.pages import login_page, style
from sync.central.replies import AnyRequest
from sync.central.staff import COOKIE, SESSION_S, Staff, peer_of

FORM_BYTES = 4096
KEPT = {"Cache-Control": "public, max-age=86400"}
SHEET = "central.css"
FILES = {
    "regular.ttf": font("Regular"),
    "semibold.ttf": font("Semibold"),
    "bold.ttf": font("Bold"),
    "logo.svg": LOOK / "logo.svg",
    "motif.svg": LOOK / "motif.svg",
}


def login_handlers(office_name: str) -> list[HTTPRouteHandler]:
    """The handlers of ``/login``, ``/logout`` and ``/server/...``."""

    @get("/login", include_in_schema=False, sync_to_thread=False)
    def show(request: AnyRequest) -> Response[str]:
        """The login page."""
        query = request.query_params
        page = login_page(
            query.get("lang", "vi"), next_path=own_path(query.get("next", "/")), office_name=office_name
        )  # fmt: skip
        return Response(page, media_type="text/html")

    @post("/login", include_in_schema=False)
    async def enter(request: AnyRequest, state: State) -> Response[Any]:
        """Open a session, or say that the password is wrong."""
        staff: Staff = state["staff"]
        form = parse_qs((await read_body(request, FORM_BYTES)).decode("utf-8", "replace"))
        next_path, language = own_path(_one(form, "next")), _one(form, "lang")
        checked = await staff.check(_one(form, "password").strip(), peer_of(request))
        if checked.right:
            return Redirect(next_path, status_code=303, cookies=[_cookie(staff.session(), SESSION_S)])
        page = login_page(
            language, next_path=next_path, office_name=office_name, wrong=True, wait_s=checked.wait_s
        )  # fmt: skip
        headers = {"Retry-After": str(int(checked.wait_s) + 1)} if checked.wait_s else {}
        return Response(page, status_code=429 if checked.wait_s else 401, media_type="text/html", headers=headers)

    return [show, enter, leave, drawn_with]


@post("/logout", include_in_schema=False, sync_to_thread=False)
def leave() -> Redirect:
    """Close the session in this browser."""
    return Redirect("/login", status_code=303, cookies=[_cookie("", 0)])


@get("/server/{name:str}", include_in_schema=False, sync_to_thread=False)
def drawn_with(request: AnyRequest) -> Response[bytes]:
    """The style sheet, a font or a picture of these pages; S-319 for anything else."""
    name = str(request.path_params["name"])
    if name == SHEET:
        return Response(style().encode(), media_type="text/css", headers=KEPT)
    if name not in FILES:
        raise SyncTrouble("S-319", detail=name)
    kind = "font/ttf" if name.endswith(".ttf") else "image/svg+xml"
    return Response(FILES[name].read_bytes(), media_type=kind, headers=KEPT)


def own_path(text: str) -> str:
    """A path on this server, or "/" for anything that might lead elsewhere."""
    plain = text.isprintable() and "\\" not in text and not text.startswith("//")
    return text if text.startswith("/") and plain else "/"


def _cookie(value: str, max_age_s: int) -> Cookie:
    expires = None if max_age_s else int(datetime(1970, 1, 1, tzinfo=UTC).timestamp())
    return Cookie(
        key=COOKIE, value=value, max_age=max_age_s, expires=expires, path="/", httponly=True, samesite="strict"
    )  # fmt: skip


def _one(form: dict[str, list[str]], name: str) -> str:
    return form.get(name, [""])[0]
