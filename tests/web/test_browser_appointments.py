"""Appointments, really clicked: by a citizen on a phone, by the staff at a counter."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from io import BytesIO
from typing import Literal

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, Page

from kiosk.appointment_code import read_code
from kiosk.appointment_desk import Wish
from kiosk.appointments import RESULT, VISIT
from screens.web.appointment_rows import AppointmentPages
from tests.fakes.waiting import until
from tests.web.appointment_office import appointment_app, appointment_pages
from tests.web.auditing import clipped, outside, overlapping, pale, targets
from tests.web.browsing import Told, opened
from tests.web.offices import Lobby, served

FRIDAY, TODAY, WEDNESDAY = date(2026, 11, 27), date(2026, 11, 23), date(2026, 11, 25)
DOSSIER = "000.00.00.H56-261123-0042"
STAFF = "/counter/appointments"


@pytest.fixture
def pages(lobby: Lobby) -> Iterator[AppointmentPages]:
    with appointment_pages(lobby) as made:
        yield made


@pytest.fixture
def address(pages: AppointmentPages, lobby: Lobby) -> Iterator[str]:
    with served(appointment_app(pages, lobby)) as base:
        yield base


@pytest.fixture
def phone(chromium: Browser) -> Iterator[tuple[Page, Told]]:
    with opened(chromium, width=390, height=844, has_touch=True, is_mobile=True) as made:
        yield made


def book_on_phone(page: Page, address: str) -> None:
    page.goto(f"{address}/H")
    page.tap("[data-service=B]")
    page.locator(".choices button", has_text="27/11").tap()
    page.locator(".hours button", has_text="09:00").tap()
    page.tap(".again")


def decoded(page: Page) -> str:
    """What a scanner reads from the phone's own screen."""
    shot = Image.open(BytesIO(page.screenshot(full_page=True))).convert("RGB")
    (found,) = zxingcpp.read_barcodes(shot)
    return str(found.text)


def test_an_hour_is_booked_shown_as_a_code_and_given_up(
    pages: AppointmentPages, address: str, phone: tuple[Page, Told]
) -> None:
    page, told = phone
    book_on_phone(page, address)
    page.locator(".qr").wait_for()
    (one,) = pages.kept.on_day(FRIDAY)
    assert (one.service, one.at, one.by) == ("B", "09:00", "citizen")
    code = read_code(decoded(page))
    assert code is not None and pages.kept.by_code(code) == one
    assert read_code(page.url) == code
    page.reload()
    page.locator(".qr").wait_for()
    page.tap("#language")
    page.locator("h1", has_text="09:00").wait_for()
    assert read_code(page.url.replace("?lang=en", "")) == code
    page.tap(".drop")
    page.tap(".skip")
    page.locator("h1", has_text="given up").wait_for()
    assert not pages.kept.by_code(code).stands
    assert told.complaints == [] and told.hosts() == {address.removeprefix("http://")}
    assert all(code not in asked.split("#")[0] for asked in told.asked)


def test_who_is_too_late_for_an_hour_is_told_and_asked_again(
    pages: AppointmentPages, address: str, phone: tuple[Page, Told]
) -> None:
    page, _ = phone
    page.goto(f"{address}/H")
    page.tap("[data-service=B]")
    page.locator(".choices button", has_text="27/11").tap()
    page.locator(".hours button", has_text="09:00").tap()
    pages.kept.book(Wish(VISIT, "B", FRIDAY, "09:00"))
    page.tap(".again")
    page.locator(".code").wait_for()
    assert page.inner_text(".code") == "S-338"
    assert "đủ người" in page.inner_text("h1")
    page.tap(".again")
    page.locator(".choices button", has_text="27/11").tap()
    full = page.locator(".hours button", has_text="09:00")
    assert full.is_disabled() and "đã đủ" in full.inner_text()


def test_an_unknown_code_says_so_kindly(address: str, phone: tuple[Page, Told]) -> None:
    page, _ = phone
    page.goto(f"{address}/H#0000000000")
    page.locator(".code").wait_for()
    assert page.inner_text(".code") == "S-340"


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (430, "dark"), (820, "light")])
def test_the_phone_page_is_whole_in_every_width(
    address: str, chromium: Browser, width: int, scheme: Literal["light", "dark"]
) -> None:
    with opened(chromium, width=width, height=844, scheme=scheme) as (page, _):
        page.goto(f"{address}/H")
        page.locator("[data-service]").first.wait_for()
        _audit(page)
        page.click("[data-service=B]")
        page.locator(".choices small").first.wait_for()
        _audit(page)
        page.locator(".choices button").first.click()
        page.locator(".hours button").first.wait_for()
        _audit(page)


def _audit(page: Page) -> None:
    assert pale(page) == []
    assert clipped(page) == []
    assert overlapping(page) == []
    assert outside(page) == []
    assert [one for one in targets(page) if min(one["width"], one["height"]) < 44] == []


# --- the staff ------------------------------------------------------------------------------------


def filled(pages: AppointmentPages) -> None:
    pages.kept.book(Wish(VISIT, "B", TODAY, "09:00"))
    pages.kept.book(Wish(RESULT, "C", WEDNESDAY, "15:00", "2"), DOSSIER)
    moved = pages.kept.book(Wish(RESULT, "G", WEDNESDAY, "16:00"), "odd").appointment
    pages.kept.move(moved.id, Wish(RESULT, "G", FRIDAY, "16:00"))
    ready = pages.kept.book(Wish(RESULT, "E", TODAY, "15:00")).appointment
    pages.kept.ready(ready.id)


@pytest.mark.parametrize(
    ("width", "scheme"), [(420, "light"), (1000, "light"), (1366, "light"), (1366, "dark"), (1920, "light")]
)
def test_the_staff_page_is_whole_in_every_width(
    pages: AppointmentPages, address: str, chromium: Browser, width: int, scheme: Literal["light", "dark"]
) -> None:
    filled(pages)
    with opened(chromium, width=width, height=900, scheme=scheme) as (page, told):
        page.goto(address + STAFF)
        page.locator("#rows-ready .keys").wait_for()
        assert pale(page, 4.5) == []
        assert clipped(page) == []
        assert outside(page) == []
        assert told.complaints == []


def test_a_result_is_promised_by_working_days_and_its_odd_code_is_told(
    pages: AppointmentPages, address: str, chromium: Browser
) -> None:
    with opened(chromium, width=1366, height=900) as (page, told):
        page.goto(address + STAFF)
        page.fill("[name=limit]", "3")
        page.locator("#limit-told", has_text="27/11/2026").wait_for()
        assert page.input_value("[name=day]") == "2026-11-27"
        page.select_option("[name=counter]", "1")
        page.locator("[name=dossier]").press_sequentially("abc")
        page.keyboard.press("Enter")  # as a scanner ends what it types
        assert pages.kept.on_day(FRIDAY) == []
        page.click("#book-form > button")
        page.locator("#booked .told", has_text="khác mẫu").wait_for()
        (one,) = pages.kept.on_day(FRIDAY)
        assert (one.kind, one.at, one.counter, pages.kept.private(one.id).dossier) == (RESULT, "15:00", "1", "abc")
        assert told.complaints == []


def test_a_result_is_marked_moved_and_handed_over_by_its_keys(
    pages: AppointmentPages, address: str, chromium: Browser
) -> None:
    pages.kept.book(Wish(RESULT, "C", WEDNESDAY, "15:00", "2"), DOSSIER)
    with opened(chromium, width=1366, height=900) as (page, _):
        page.goto(address + STAFF)
        page.locator("#rows-due button", has_text="Hẹn lại").click()
        page.fill("#dialog [name=day]", "2026-11-24")
        page.click("#dialog .yes")
        page.locator("#dialog .told", has_text="S-339").wait_for()
        page.fill("#dialog [name=day]", "2026-11-27")
        page.click("#dialog .yes")
        page.locator("#rows-due .nothing").wait_for()
        page.fill("#list-day", "2026-11-27")
        page.locator("#rows-day .badge.warn", has_text="Cần thư xin lỗi").wait_for()
        assert page.locator("#rows-day button", has_text="Hẹn lại").count() == 0
        page.locator("#rows-day button", has_text="Đã có kết quả").click()
        page.locator("#rows-ready button", has_text="Đã trao").click()
        page.locator("#rows-ready .nothing").wait_for()
    (one,) = pages.kept.on_day(FRIDAY)
    assert one.state.value == "handed-over"


def test_the_paper_is_72_mm_wide_and_its_code_is_read_back(
    pages: AppointmentPages, address: str, chromium: Browser
) -> None:
    booked = pages.kept.book(Wish(RESULT, "C", FRIDAY, "15:00", "2"), DOSSIER)
    with opened(chromium, width=900, height=1200, device_scale_factor=2) as (page, told):
        page.goto(f"{address}{STAFF}/{booked.appointment.id}/reminder")
        page.evaluate("window.print = () => {}")
        assert read_code(decoded(page)) == booked.code
        page.click("#print")
        until(lambda: pages.kept.find(booked.appointment.id).printed_count == 1)
        page.emulate_media(media="print")
        box = page.locator(".slip").bounding_box()
        assert box is not None and abs(box["width"] - 72 / 25.4 * 96) < 1
        assert not page.locator(".bar").is_visible()
        assert clipped(page) == [] and told.complaints == []


def test_the_letter_is_one_sheet_of_a4_and_what_is_typed_stays_in_the_page(
    pages: AppointmentPages, lobby: Lobby, address: str, chromium: Browser
) -> None:
    one = pages.kept.book(Wish(RESULT, "C", FRIDAY, "15:00", "2"), DOSSIER).appointment
    two = pages.kept.move(one.id, Wish(RESULT, "C", date(2026, 11, 30), "15:00", "2")).appointment
    with opened(chromium, width=1000, height=1300) as (page, told):
        page.goto(f"{address}{STAFF}/{two.id}/apology")
        page.locator("[data-blank=ho_ten]").fill("Nguyễn Văn Mẫu")
        page.locator("[data-blank=xung_ho]").first.fill("Bà")
        page.locator("[data-maybe]").first.click()
        assert page.locator("[data-maybe].out").count() == 1
        pdf = page.pdf(prefer_css_page_size=True)
        assert pdf.count(b"/Type /Page\n") == 1 or pdf.count(b"/Type /Page") - pdf.count(b"/Type /Pages") == 1
        page.click("#done")
        page.locator("#told").wait_for()
        assert pages.kept.find(two.id).apology is True
        assert told.complaints == []
        assert [asked for asked in told.asked if asked.endswith(("ready", "apologised"))] == [
            f"{address}{STAFF}/{two.id}/apologised"
        ]
        assert b"Nguy" not in b"".join(path.read_bytes() for path in lobby.data.rglob("*.sqlite*"))
