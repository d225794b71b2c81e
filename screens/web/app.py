"""The pages of an office, as handlers for the server's application.

    app = central_app(central, handlers=office_handlers(OfficePages(...)), office_name=...)

What is for the staff carries the guard of ``sync.central.staff``; the phone page, the
first page and the files they load are open to everybody.
"""

from __future__ import annotations

from litestar.types import ControllerRouterHandler

from screens.web.files import send_file
from screens.web.first_page import first_handlers
from screens.web.manager_page import manager_handlers
from screens.web.office_pages import OfficePages
from screens.web.phone_page import phone_handlers


def office_handlers(pages: OfficePages) -> list[ControllerRouterHandler]:
    """``/``, ``/manager`` with its CSV and JSON, ``/V`` with its two doors, ``/static/...``."""
    return [send_file, *first_handlers(pages), *manager_handlers(pages), *phone_handlers(pages)]
