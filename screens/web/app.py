"""The pages of an office, as handlers for the server's application.

    handlers, live = office_handlers(OfficePages(...))
    app = central_app(central, handlers=handlers, office_name=...)
    run(app, socket, ending=live.close)

What is for the staff carries the guard of ``sync.central.staff``; the board, the phone pages, the
first page and the files they load are open to everybody.
"""

from __future__ import annotations

from litestar.types import ControllerRouterHandler

from screens.web.board_doors import board_doors
from screens.web.board_page import board_handlers, board_means
from screens.web.counter_doors import counter_doors
from screens.web.counter_page import ConsoleRules, counter_handlers
from screens.web.files import send_file
from screens.web.first_page import first_handlers
from screens.web.kiosk_doors import kiosk_doors
from screens.web.live import Live
from screens.web.manager_page import manager_handlers
from screens.web.office_pages import OfficePages
from screens.web.phone_page import phone_handlers
from screens.web.place_doors import place_doors


def office_handlers(pages: OfficePages) -> tuple[list[ControllerRouterHandler], Live]:
    """All pages and doors of an office, and the live streams among them, to be closed when the server ends."""
    hall = pages.hall
    live = Live(hall, pages.central.clock)
    handlers: list[ControllerRouterHandler] = [
        send_file,
        *first_handlers(pages),
        *manager_handlers(pages),
        *phone_handlers(pages),
        *place_doors(hall),
        *counter_handlers(pages, lambda: _console_rules(pages)),
        *counter_doors(hall, live),
        *board_doors(hall, live),
        *board_handlers(board_means(pages)),
        *kiosk_doors(hall),
    ]
    return handlers, live


def _console_rules(pages: OfficePages) -> ConsoleRules:
    setting, day = pages.hall.setting, pages.hall.day
    return ConsoleRules(tuple(setting.counters_on(day)), tuple(setting.services_on(day)), setting.rules)
