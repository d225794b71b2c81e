"""The pages of appointments: ``/H`` for phones, ``/counter/appointments`` for the staff, and what is printed.

``/H`` asks for no name and weighs little; a code stands behind its ``#`` and reaches no server log. The reminder is
72 mm wide for the office's own printing, the letter of apology a sheet of A4 that is filled in where it is
printed: what is typed into it is never sent.
"""

from __future__ import annotations

import json
import re
from datetime import date, datetime, time
from typing import Any

from litestar import Request, Response, get
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from kiosk.appointment_code import code_address, spaced
from kiosk.appointment_desk import CITIZEN
from kiosk.appointment_slip import Reminder, runs
from kiosk.appointments import Appointment
from kiosk.clock import Clock
from kiosk.letters import Letter, letter
from kiosk.trouble import KINDS, SyncTrouble
from kiosk.vietnamese import document_date, formal_time
from screens.web.appointment_doors import kiosk_doors, phone_doors
from screens.web.appointment_rows import AppointmentPages
from screens.web.appointment_staff_doors import BASE, staff_doors
from screens.web.pages import render
from screens.web.phone_page import packed
from screens.web.qr_picture import qr_picture
from screens.web.telling import Telling
from screens.web.wishes import AnyRequest, wishes_of
from sync.central.staff import staff_only

TOLD_CODES = (
    "S-301", "S-308", "S-314", "S-320", "S-333", "S-338", "S-339", "S-340", "S-341", "S-342", "S-350", "S-351",
    "P-103", "P-107",
)  # fmt: skip
LATE_LETTER = "x1-late"
BLANKS = {
    "ten_don_vi": "tên đơn vị", "ten_trung_tam": "tên trung tâm", "ten_thu_tuc": "tên thủ tục",
    "ma_ho_so": "mã hồ sơ", "hen_cu": "giờ, ngày đã hẹn", "hen_moi": "giờ, ngày hẹn mới", "noi_tra": "nơi trả",
    "sdt": "điện thoại", "xung_ho": "xưng hô", "ho_ten": "họ tên", "ngay_tiep_nhan": "ngày tiếp nhận",
    "ly_do": "lý do, một câu cụ thể", "nguoi_theo_doi": "người theo dõi", "chuc_vu_ky": "quyền hạn, chức vụ người ký",
    "ho_ten_ky": "họ tên người ký",
}  # fmt: skip
"""What each blank of the letter is for, in the letter's own language."""
_SPACE = re.compile(r"\s*\n\s*")


def appointment_handlers(pages: AppointmentPages, clock: Clock) -> list[HTTPRouteHandler]:
    """All pages and doors of appointments."""
    shown = [*_phone_pages(pages), *_staff_pages(pages), *_paper_pages(pages)]
    return [*shown, *phone_doors(pages, clock), *kiosk_doors(pages, clock), *staff_doors(pages)]


def _phone_pages(pages: AppointmentPages) -> list[HTTPRouteHandler]:
    @get("/H", include_in_schema=False, sync_to_thread=False)
    def book(request: Request[Any, Any, Any]) -> Response[Any]:
        """The page for phones, the same for everybody."""
        wishes = wishes_of(request)
        telling = wishes.telling
        html = render(
            "appointment_phone.html",
            telling,
            office=pages.office_name,
            services=_services(pages, telling, by=CITIZEN),
            phone=pages.phone,
            told=_told(telling, "appointment_phone"),
        )
        return packed(wishes.page(_SPACE.sub("\n", html)), request)

    return [book]


def _staff_pages(pages: AppointmentPages) -> list[HTTPRouteHandler]:
    @get(BASE, guards=[staff_only], include_in_schema=False, sync_to_thread=True)
    def console(request: AnyRequest) -> Response[Any]:
        """The page for the staff."""
        wishes = wishes_of(request)
        telling, kept = wishes.telling, pages.kept
        html = render(
            "appointments.html",
            telling,
            look=wishes.look,
            office=pages.office_name,
            services=_services(pages, telling, by=""),
            bookable=kept.rules.services(kept.now().date()),
            counters=pages.counters(),
            today=kept.now().date().isoformat(),
            next_day=kept.days.next(kept.now().date()).isoformat(),
            default_hour=kept.rules.default_hour,
            kept_days=kept.rules.kept_days,
            told=_told(telling, "appointments"),
        )
        return packed(wishes.page(html), request)

    return [console]


def _paper_pages(pages: AppointmentPages) -> list[HTTPRouteHandler]:
    @get(f"{BASE}/{{id:str}}/reminder", guards=[staff_only], include_in_schema=False, sync_to_thread=True)
    def reminder(request: AnyRequest, id: FromPath[str]) -> Response[Any]:
        """The reminder, 72 mm wide."""
        wishes = wishes_of(request)
        made = pages.reminder(_printable(pages, id), wishes.telling)
        return wishes.page(reminder_html(pages, made, wishes.telling))

    @get(f"{BASE}/{{id:str}}/apology", guards=[staff_only], include_in_schema=False, sync_to_thread=True)
    def apology(request: AnyRequest, id: FromPath[str]) -> Response[Any]:
        """The letter of apology, drafted: Vietnamese whatever the page's language."""
        wishes = wishes_of(request)
        return wishes.page(apology_html(pages, pages.kept.find(id), letter(LATE_LETTER), wishes.telling))

    return [reminder, apology]


def reminder_html(pages: AppointmentPages, made: Reminder, telling: Telling) -> str:
    """The reminder as a page to print."""
    now = pages.kept.now()
    hours, minutes = made.at.split(":")
    return render(
        "reminder.html",
        telling,
        office=pages.office_name,
        reminder=made,
        is_result=made.kind == "result",
        promise=_promise(telling),
        hour=telling.say("slip_appointment.hour", h=hours, m=minutes),
        day=f"{telling.weekday(made.on_day)}, {telling.day(made.on_day)}",
        holidays=runs(made.holidays),
        phone=pages.phone,
        code=spaced(made.code),
        picture=qr_picture(code_address(made.code, pages.server)),
        printed=telling.say("slip_appointment.printed", time=telling.time(now), date=telling.day(now.date())),
    )


def apology_html(pages: AppointmentPages, one: Appointment, draft: Letter, telling: Telling) -> str:
    """The draft with what the office knows; everything else is a blank to be typed into."""
    now = pages.kept.now()
    kept = pages.kept.private(one.id)
    due, name = pages.kept.apology_due(one), pages.office_name
    again = due and one.letter_count > 0  # the first delay was told of: this letter is about the day that holds now
    known = {
        "ten_don_vi": f"Ủy ban nhân dân {name}",
        "ten_trung_tam": "Bộ phận Một cửa",
        "ten_thu_tuc": pages.service_name(one.service, "vi"),
        "ma_ho_so": kept.dossier,
        "hen_cu": _formal(one.on_day, one.at) if again else _formal(one.first_day, one.first_at),
        "hen_moi": _formal(one.on_day, one.at) if one.moved_from and not again else "",
        "noi_tra": f"Quầy {one.counter}, {name}" if one.counter else name,
        "sdt": pages.phone,
        "xung_ho": "ông/bà",
    }
    return render(
        "apology.html",
        telling,
        id=one.id,
        office=name,
        draft=draft,
        paragraphs=[draft.pieces(text, known) for text in draft.body],
        greeting=draft.pieces(draft.greeting, known),
        day=document_date(now.date()),
        place=name.partition(" ")[2] or name,
        last_day=telling.long_day(pages.kept.last_apology(one)),
        in_time=now.date() <= pages.kept.last_apology(one),
        apology=None if due else one.apology,
        names=BLANKS,
        chosen_way=0 if one.promise == "late" else 1,
    )


def _promise(telling: Telling) -> tuple[str, str, str]:
    """The promise of a result, parted around the words that stand out."""
    return telling.say("slip_appointment.promise").partition(telling.say("slip_appointment.promise_strong"))


def _printable(pages: AppointmentPages, id: str) -> Appointment:
    """An appointment that still stands and whose code is still kept."""
    found = pages.kept.find(id)
    if not found.stands or not pages.kept.private(id).code:
        raise SyncTrouble("S-340", detail=found.state.value)
    return found


def _formal(day: date, at: str) -> str:
    return formal_time(datetime.combine(day, time.fromisoformat(at)))


def _services(pages: AppointmentPages, telling: Telling, *, by: str) -> list[tuple[str, str]]:
    """Ids and names of services: for a citizen those with hours to book, for the staff all of today."""
    today = pages.kept.now().date()
    bookable = pages.kept.rules.services(today)
    ids = [id for id in pages.services() if by != CITIZEN or id in bookable]
    return [(id, pages.service_name(id, telling.language)) for id in ids]


def _told(telling: Telling, screen: str) -> str:
    """The words a page's script fills in, and the troubles it may meet, as JSON."""
    troubles = {
        code: {"sentence": telling.say(f"trouble.{code}"), "hint": telling.say(f"trouble.{code}-hint")}
        for code in TOLD_CODES
        if code in KINDS and telling.words.has(f"trouble.{code}")
    }
    told = {"words": dict(telling.words.screen(screen)), "troubles": troubles}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))
