"""``/manager``: the figures of a period as a page, as CSV and as JSON, all from one report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import urlencode

from litestar import Response, get
from litestar.handlers import HTTPRouteHandler
from markupsafe import Markup, escape

from kiosk.checkpoint import hash_mark
from kiosk.clock import instant, office_time
from kiosk.trouble import SyncTrouble
from kiosk.words import words
from screens.web.exports import Exported, csv_text, file_name, json_object
from screens.web.manager_view import TABS, BookNote, ManagerView, NowNote, OfficeNote
from screens.web.office_pages import OfficePages
from screens.web.pages import render
from screens.web.statistics.periods import Period, PeriodKind, period
from screens.web.statistics.report import Report, read_report
from screens.web.telling import Telling
from screens.web.wishes import AnyRequest, wishes_of
from sync.central.staff import staff_only
from sync.central.store import OFFICE_BOOK, Book, BookState

CSV_TYPE = "text/csv"


@dataclass(frozen=True, slots=True)
class Asked:
    """The report of a request's period, and the address it has."""

    report: Report
    query: str


def manager_handlers(pages: OfficePages) -> list[HTTPRouteHandler]:
    """The handlers of ``/manager``, ``/manager.csv`` and ``/manager.json``, for the staff."""

    @get("/manager", guards=[staff_only], include_in_schema=False, sync_to_thread=True)
    def show(request: AnyRequest) -> Response[str]:
        """The page."""
        wishes, wrong = wishes_of(request), False
        try:
            asked = read(pages, request.query_params)
        except SyncTrouble:
            asked, wrong = read(pages, {}), True
        view = ManagerView(wishes.telling, office_note(pages), asked.report, now_note(pages), asked.query)
        made = wishes.page(manager_html(view, wishes.look, wrong=wrong))
        made.status_code = 422 if wrong else 200
        return made

    @get("/manager.csv", guards=[staff_only], sync_to_thread=True, media_type=CSV_TYPE)
    def table(request: AnyRequest) -> Response[bytes]:
        """The same figures as CSV with a byte order mark, so that spreadsheets read the letters."""
        asked, language = read(pages, request.query_params), wishes_of(request).language
        office = exported(pages)
        text = csv_text(asked.report, office, words(language))
        name = file_name(asked.report, office, "csv")
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return Response(text.encode("utf-8"), media_type=CSV_TYPE, headers=headers)

    @get("/manager.json", guards=[staff_only], sync_to_thread=True)
    def figures(request: AnyRequest) -> dict[str, Any]:
        """The same figures as JSON."""
        asked, language = read(pages, request.query_params), wishes_of(request).language
        return json_object(asked.report, exported(pages), words(language))

    return [show, table, figures]


def read(pages: OfficePages, query: Mapping[str, str]) -> Asked:
    """The report that an address asks for. Raises ``SyncTrouble`` S-314 for a period that cannot be."""
    now = pages.now()
    first, last = query.get("from", ""), query.get("to", "")
    kind = query.get("period", "") or (PeriodKind.DAYS if first or last else PeriodKind.TODAY)
    asked = period(kind, now.date(), first, last)
    report = read_report(pages.central.store, pages.office_id, asked, criteria=pages.criteria, made_at=now)
    return Asked(report, address_of(asked))


def address_of(asked: Period) -> str:
    """The query by which a period is asked for again."""
    named = {"period": asked.kind.value}
    if asked.kind is PeriodKind.DAYS:
        named |= {"from": asked.first.isoformat(), "to": asked.last.isoformat()}
    return urlencode(named)


def manager_html(view: ManagerView, look: str, *, wrong: bool = False) -> str:
    """The page of a view; ``wrong``: another period was asked for and cannot be."""
    share = view.report.opinions.share
    return render(
        "manager.html",
        view.telling,
        view=view,
        tabs=TABS,
        look=look,
        wrong=wrong,
        bold=partial(bold, view.telling),
        reading="full" if share is None or share.n >= 30 else "few",
        band_word=partial(band_word, view.telling),
    )


def bold(telling: Telling, name: str, n: int, **values: object) -> Markup:
    """A text whose first number stands out."""
    return escape(telling.say(name, n="\0", **values)).replace("\0", Markup("<b>{}</b>").format(telling.count(n)))


def band_word(telling: Telling, kind: str) -> str:
    """What a band is called."""
    names = {"satisfied": "sat", "neutral": "neu", "dissatisfied": "dis", "silent": "silent"}
    return telling.say(f"manager.{names[kind]}" if kind in names else "manager_page.answered")


def now_note(pages: OfficePages) -> NowNote:
    """What is true right now: of today's numbers, and of the books."""
    now = pages.now()
    today = now.date().isoformat()
    counts: Counter[str] = Counter()
    for row in pages.central.store.tallies(pages.office_id, today, today):
        counts[row.measure] += row.n
    books = [book for book in pages.central.store.books(pages.office_id) if book.kiosk_id != OFFICE_BOOK]
    notes = tuple(_note(book, pages.central.utc_offset_h) for book in books)
    return NowNote(
        now,
        issued=counts["issued"],
        printed=counts["printed"],
        missing=counts["not_printed"],
        unsure=counts["print_unknown"],
        books=notes,
        lobby=pages.hall.glance(),
    )


def _note(book: Book, utc_offset_h: int) -> BookNote:
    at = office_time(instant(book.last_at), utc_offset_h)
    return BookNote(book.kiosk_id, book.seq, hash_mark(book.hash), at, book.state is BookState.FORKED)


def office_note(pages: OfficePages) -> OfficeNote:
    """Whose page it is."""
    name = pages.office_name[:1].upper() + pages.office_name[1:]
    return OfficeNote(name, pages.central.demo, pages.service_name)


def exported(pages: OfficePages) -> Exported:
    """What stands around the figures of an export."""
    return Exported(pages.office_id, pages.office_name, pages.central.demo, pages.service_name)
