"""``/``: what is here, for whoever opens the address of the office."""

from __future__ import annotations

from litestar import Response, get
from litestar.handlers import HTTPRouteHandler

from screens.web.office_pages import OfficePages
from screens.web.pages import render
from screens.web.wishes import AnyRequest, wishes_of


def first_handlers(pages: OfficePages) -> list[HTTPRouteHandler]:
    """The handler of ``/``."""

    @get("/", include_in_schema=False, sync_to_thread=False)
    def first(request: AnyRequest) -> Response[str]:
        """The first page."""
        wishes = wishes_of(request)
        html = render("first.html", wishes.telling, look=wishes.look, office=pages.office_name, demo=pages.central.demo)
        return wishes.page(html)

    return [first]
