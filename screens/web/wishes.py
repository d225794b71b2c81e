"""What a person chose for herself: language and light, kept in two cookies of this browser."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from litestar import Request, Response
from litestar.datastructures import Cookie

from kiosk.words import LANGUAGES
from screens.web.telling import Telling, telling

LANGUAGE, LOOK = "thanthien_lang", "thanthien_look"
LOOKS = ("light", "dark")
KEPT_S = 365 * 24 * 3600
AnyRequest = Request[Any, Any, Any]


@dataclass(frozen=True, slots=True)
class Wishes:
    """``look`` is "light", "dark", or "" for what the device wishes. ``chosen``: said in this very address."""

    language: str
    look: str
    chosen: Mapping[str, str]

    @property
    def telling(self) -> Telling:
        """Figures and words in her language."""
        return telling(self.language)

    def page(self, html: str) -> Response[str]:
        """A page that keeps what was just chosen."""
        cookies = [Cookie(key=key, value=value, max_age=KEPT_S, samesite="lax") for key, value in self.chosen.items()]
        return Response(html, media_type="text/html", cookies=cookies)


def wishes_of(request: AnyRequest) -> Wishes:
    """The wishes of a request: its address first, then its cookies; what is not known is passed over."""
    asked = {LANGUAGE: request.query_params.get("lang", ""), LOOK: request.query_params.get("look", "")}
    allowed = {LANGUAGE: LANGUAGES, LOOK: LOOKS}
    chosen = {key: value for key, value in asked.items() if value in allowed[key]}

    def wish(key: str, otherwise: str) -> str:
        kept = request.cookies.get(key, "")
        return chosen.get(key) or (kept if kept in allowed[key] else otherwise)

    return Wishes(wish(LANGUAGE, LANGUAGES[0]), wish(LOOK, ""), chosen)
