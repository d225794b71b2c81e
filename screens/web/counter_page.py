"""``/counter``: where an official sits down at a counter and works through the line.

The page is the same for everybody and holds no number: its words, counters, services and set
reasons alone. What it shows comes from the doors of the counters, which ask for the staff
password; so does its own form, on this very page.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, Any

import msgspec
from litestar import Response, get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import JSONBody

from kiosk.counters import Counter
from kiosk.holidays import Holiday, holidays
from kiosk.line_rules import LineRules
from kiosk.trouble import KINDS
from screens.web.office_pages import OfficePages
from screens.web.pages import render
from screens.web.phone_page import packed
from screens.web.qr_picture import qr_picture
from screens.web.telling import WEEKDAYS, Telling
from screens.web.wishes import AnyRequest, wishes_of
from sync.central.staff import StaffAsked, staff_only

LONG_WAIT_S = 15 * 60
"""From this wait on a number carries a bronze circle."""
NOTED_DAYS = 120
"""How many days ahead the page knows the days off: it may stay open that long."""
WEEKEND = (5, 6)
SIGNS = ("arrow-u-up-left", "bell-ringing", "check-circle", "dots-three", "hourglass-high", "warning-circle")
LOGIN_WORDS = ("wrong_only", "wrong_again", "wait", "wait_sub")


@dataclass(frozen=True, slots=True)
class ConsoleRules:
    """What the console asks by. ``services``: ids of today, in the order of the catalogue."""

    counters: tuple[Counter, ...]
    services: tuple[str, ...]
    line: LineRules


class CodeShown(msgspec.Struct, forbid_unknown_fields=True):
    """What the code of a slip says."""

    text: Annotated[str, msgspec.Meta(min_length=1, max_length=256)]


def counter_handlers(pages: OfficePages, rules: Callable[[], ConsoleRules]) -> list[HTTPRouteHandler]:
    """The handlers of ``/counter`` and its pictures.

    ``rules`` is asked for each page: counters and services change with the day.
    """

    @get("/counter", include_in_schema=False)
    async def show(request: AnyRequest) -> Response[Any]:
        """The page."""
        wishes = wishes_of(request)
        known = await _is_known(request)
        html = counter_html(pages, rules(), wishes.telling, look=wishes.look, known=known)
        return packed(wishes.page(html), request)

    @post("/counter/code", guards=[staff_only], status_code=200, include_in_schema=False, sync_to_thread=True)
    def picture(data: JSONBody[CodeShown]) -> dict[str, str]:
        """The code of a slip as a picture; asked for in a body, so that no log ever holds what it says."""
        return {"picture": qr_picture(data.text)}

    return [show, picture]


async def _is_known(request: AnyRequest) -> bool:
    """Whether the staff password need not be asked for."""
    try:
        await staff_only(request, request.route_handler)
    except StaffAsked:
        return False
    return True


def counter_html(pages: OfficePages, rules: ConsoleRules, telling: Telling, *, look: str, known: bool) -> str:
    """The page in a language. ``known``: this browser has shown the password."""
    courtesies = telling.say("login.four").partition(":")
    return render(
        "counter.html",
        telling,
        look=look,
        known=known,
        office=pages.office_name,
        counters=rules.counters,
        signs=SIGNS,
        courtesies=(courtesies[0], courtesies[2].strip()),
        told=json.dumps(told(pages, rules, telling), ensure_ascii=False, separators=(",", ":")),
    )


def told(pages: OfficePages, rules: ConsoleRules, telling: Telling) -> dict[str, object]:
    """All the page's script knows before it hears from the office."""
    names = {id: pages.service_name(id, telling.language) for id in rules.services}
    other = telling.words.other().language
    return {
        "words": telling.words.screen("counter_console"),
        "login": {name: telling.words.screen("login")[name] for name in LOGIN_WORDS},
        "troubles": dict(_troubles(telling)),
        "services": [{"id": id, "name": name} for id, name in names.items()],
        "counters": [
            {"id": one.id, "serves": " · ".join(names[id] for id in one.services if id in names)}
            for one in rules.counters
        ],
        "reasons": rules.line.reasons,
        "reason_words": {id: _reason(id, telling) for ids in rules.line.reasons.values() for id in ids},
        "normal_share": rules.line.share,
        "long_wait_s": LONG_WAIT_S,
        "utc_offset_h": pages.central.utc_offset_h,
        "weekdays": [telling.say(f"common.{day}") for day in WEEKDAYS],
        "holiday_notes": holiday_notes(pages.now().date(), telling),
        "other_language": {"id": other, "name": telling.say("common.other_language")},
    }


def _reason(id: str, telling: Telling) -> str:
    """A reason in words; one of an office's own file speaks for itself."""
    return telling.say(f"reasons.{id}") if telling.words.has(f"reasons.{id}") else id


def _troubles(telling: Telling) -> Iterator[tuple[str, dict[str, str]]]:
    for code in KINDS:
        if telling.words.has(f"trouble.{code}") and telling.words.has(f"trouble.{code}-hint"):
            told = {"sentence": telling.say(f"trouble.{code}"), "hint": telling.say(f"trouble.{code}-hint")}
            yield code, told


def holiday_notes(
    today: date, telling: Telling, days_off: Mapping[date, Holiday] | None = None, days: int = NOTED_DAYS
) -> dict[str, str]:
    """What to keep in mind on a day (ISO), for the days ahead on which a holiday comes before work goes on."""
    off = holidays() if days_off is None else days_off
    notes = {}
    for ahead in range(days):
        day = today + timedelta(days=ahead)
        if note := _note(day, off, telling):
            notes[day.isoformat()] = note
    return notes


def _note(day: date, off: Mapping[date, Holiday], telling: Telling) -> str:
    """The first holiday between a day and the next working day, in words; "" if there is none."""
    first, back = None, day + timedelta(days=1)
    while back in off or back.weekday() in WEEKEND:
        first = first or off.get(back)
        back += timedelta(days=1)
    if first is None:
        return ""
    key = "holiday_tomorrow" if first.day == day + timedelta(days=1) else "holiday_soon"
    said = telling.say(
        f"counter_console.{key}",
        day=telling.day(first.day, year=False),
        weekday=telling.weekday(first.day),
        holiday=first.names[telling.language],
        back=telling.day(back, year=False),
    )
    return f"{said} {telling.say('counter_console.holiday_provisional')}" if first.provisional else said
