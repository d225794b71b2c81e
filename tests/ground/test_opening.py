"""Opening hours: open or closed, when again, and the public holidays of 2026 to 2033."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as some

from kiosk.clock import office_time
from kiosk.holidays import holidays
from kiosk.office_hours import DAYS, OfficeHours, Span, read_hours
from kiosk.opening import OpeningHours, OpeningState
from kiosk.words import words

USUAL = read_hours("Mon-Fri 07:30-11:30 13:30-17:00; Sat 07:30-11:30")
YEARS = range(2026, 2034)


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text)


# --- how hours are written ------------------------------------------------------------------------


def test_hours_are_read_in_english_and_in_vietnamese() -> None:
    assert read_hours("T2-T6 7h30-11h30 13:30–17:00; T7 07:30 - 11:30") == USUAL
    assert read_hours("sat, CN 8:00-9:00").on(6) == (Span(time(8), time(9)),)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "no day"),
        ("Mon-Fri", "has no hours"),
        ("Mo 07:30-11:30", "'Mo' is no day"),
        ("Fri-Mon 07:30-11:30", "runs backwards"),
        ("Mon 07:30-11:30; T2 13:30-17:00", "Mon is named twice"),
        ("Mon 11:30-07:30", "ends before it begins"),
        ("Mon 07:30-11:30 11:00-12:00", "11:00 is before 11:30"),
        ("Mon 07:30", "no span of hours"),
        ("Mon 24:00-25:00", "'24:00' is no time"),
        ("Mon 07:60-08:00", "'07:60' is no time"),
    ],
)
def test_hours_that_make_no_sense_are_refused_with_the_reason(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        read_hours(text)


@given(some.text(max_size=40))
def test_no_text_whatever_breaks_the_reader_of_hours(text: str) -> None:
    try:
        read_hours(text)
    except ValueError as problem:
        assert str(problem)


# --- open, closed, when again ---------------------------------------------------------------------


def test_without_hours_the_office_is_always_open() -> None:
    always = OpeningHours(None)
    tet = _at("2026-02-17T03:00")
    assert always.is_open(tet)
    assert always.state(tet) == OpeningState(True, None)
    assert always.next_opening(tet) is None
    assert always.closed_words(tet, words("vi")) is None


@pytest.mark.parametrize(
    ("moment", "state", "until"),
    [
        ("2026-11-23T07:29", False, "2026-11-23T07:30"),
        ("2026-11-23T07:30", True, "2026-11-23T11:30"),
        ("2026-11-23T11:30", False, "2026-11-23T13:30"),
        ("2026-11-23T16:59", True, "2026-11-23T17:00"),
        ("2026-11-23T17:00", False, "2026-11-25T07:30"),  # 24/11 is a holiday
        ("2026-11-24T09:00", False, "2026-11-25T07:30"),
        ("2026-11-28T11:30", False, "2026-11-30T07:30"),  # Saturday noon
        ("2027-02-04T18:00", False, "2027-02-12T07:30"),  # Tết, with two days in lieu
    ],
)
def test_open_or_closed_and_until_when(moment: str, state: bool, until: str) -> None:
    opening = OpeningHours(USUAL)
    assert opening.state(_at(moment)) == OpeningState(state, _at(until))
    assert opening.is_open(_at(moment)) is state


def test_a_moment_keeps_its_zone_whatever_the_machine_has() -> None:
    moment = office_time(datetime(2026, 11, 23, 0, 30, tzinfo=UTC), 7)
    opening = OpeningHours(USUAL)
    assert opening.is_open(moment)
    opens = opening.next_opening(moment)
    assert opens is not None
    assert opens.astimezone(UTC) == datetime(2026, 11, 23, 6, 30, tzinfo=UTC)


_TIMES = some.lists(some.times().map(lambda at: at.replace(microsecond=0)), min_size=2, max_size=6, unique=True)
_SPANS = _TIMES.map(lambda at: tuple(Span(*pair) for pair in list(pairwise(sorted(at)))[::2]))
_WEEK = some.tuples(*[some.one_of(some.just(()), _SPANS) for _ in DAYS])


@given(week=_WEEK, moment=some.datetimes(datetime(2026, 1, 1), datetime(2033, 12, 1)))
def test_a_state_holds_until_its_end_and_no_longer(week: tuple[tuple[Span, ...], ...], moment: datetime) -> None:
    opening = OpeningHours(OfficeHours(week))
    state = opening.state(moment)
    assert state.open is opening.is_open(moment)
    if state.until is None:
        assert not any(any(spans) for spans in week)
    else:
        assert state.until > moment
        assert opening.is_open(state.until - timedelta(microseconds=1)) is state.open


# --- what a closed kiosk says ---------------------------------------------------------------------


def test_the_evening_before_a_holiday_says_the_day_of_return_and_the_holiday() -> None:
    said = OpeningHours(read_hours("T2-T6 07:30-11:30 13:30-17:00")).closed_words(_at("2026-11-23T17:20"), words("vi"))
    assert said is not None
    assert said.hours == ("07:30–11:30", "13:30–17:00")
    assert said.days == "Thứ Hai đến Thứ Sáu"
    assert (said.back, said.back_part) == ("Thứ Tư, 25/11", "morning")
    assert (said.holiday, said.holiday_day) == ("Ngày Văn hóa Việt Nam", "Thứ Ba, 24/11/2026")
    assert not said.holiday_today


def test_on_a_holiday_today_is_named_and_not_tomorrow() -> None:
    said = OpeningHours(USUAL).closed_words(_at("2026-11-24T09:00"), words("en"))
    assert said is not None
    assert (said.holiday, said.holiday_today, said.back) == ("Vietnam Culture Day", True, "Wednesday")


def test_at_noon_people_are_asked_for_this_afternoon() -> None:
    said = OpeningHours(USUAL).closed_words(_at("2026-11-23T12:00"), words("vi"))
    assert said is not None
    assert (said.back, said.back_part) == ("", "afternoon")


def test_other_hours_stand_behind_the_usual_ones() -> None:
    said = OpeningHours(USUAL).closed_words(_at("2026-11-23T06:00"), words("vi"))
    assert said is not None
    assert said.days == "Thứ Hai đến Thứ Sáu · Thứ Bảy: 07:30–11:30"
    assert said.back == "Thứ Hai, 23/11"
    mixed = OpeningHours(read_hours("Mon,Wed 8:00-9:00; Tue 9:00-10:00")).closed_words(_at("2026-11-23T06:00"), words())
    assert mixed is not None
    assert mixed.days == "Thứ Hai, Thứ Tư · Thứ Ba: 09:00–10:00"


def test_a_return_beyond_the_week_carries_its_date_in_english_too() -> None:
    said = OpeningHours(USUAL).closed_words(_at("2027-02-04T18:00"), words("en"))
    assert said is not None
    assert said.back == "Friday 12/02"


# --- public holidays ------------------------------------------------------------------------------

TET = {
    2026: "02-17", 2027: "02-06", 2028: "01-26", 2029: "02-13",
    2030: "02-02", 2031: "01-23", 2032: "02-11", 2033: "01-31",
}  # fmt: skip
KINGS = {
    2026: "04-26", 2027: "04-16", 2028: "04-04", 2029: "04-23",
    2030: "04-12", 2031: "04-01", 2032: "04-19", 2033: "04-09",
}  # fmt: skip


def _names(year: int) -> dict[date, str]:
    return {day: holiday.names["vi"] for day, holiday in holidays().items() if day.year == year}


@pytest.mark.parametrize("year", YEARS)
def test_every_year_has_twelve_holidays_beside_the_days_in_lieu(year: int) -> None:
    names = _names(year)
    assert sum(not name.startswith("bù ") for name in names.values()) == 12
    rest_days = [day for day, name in names.items() if day.weekday() >= 5]
    in_lieu = [day for day, name in names.items() if name.startswith("bù ")]
    assert len(rest_days) == len(in_lieu)
    assert all(day.weekday() < 5 for day in in_lieu)


@pytest.mark.parametrize("year", YEARS)
def test_tet_is_from_the_last_lunar_day_to_the_fourth(year: int) -> None:
    first = date.fromisoformat(f"{year}-{TET[year]}")
    days = [day for day, name in _names(year).items() if name == "Tết Nguyên đán"]
    assert days == [first + timedelta(days=ahead) for ahead in range(-1, 4)]
    assert all(holidays()[day].provisional == (year > 2026) for day in days)


@pytest.mark.parametrize("year", YEARS)
def test_the_days_of_the_calendar_and_of_the_kings_are_free(year: int) -> None:
    names = _names(year)
    assert names[date(year, 1, 1)] == "Tết Dương lịch"
    assert names[date(year, 4, 30)] == "Ngày Chiến thắng 30/4"
    assert names[date(year, 5, 1)] == "Ngày Quốc tế Lao động"
    assert names[date(year, 9, 2)] == "Quốc khánh"
    assert "Quốc khánh" in (names.get(date(year, 9, 1)), names.get(date(year, 9, 3)))
    assert names[date(year, 11, 24)] == "Ngày Văn hóa Việt Nam"
    assert names[date.fromisoformat(f"{year}-{KINGS[year]}")] == "Giỗ Tổ Hùng Vương"


@pytest.mark.parametrize("day", ["2026-04-27", "2029-11-26", "2030-11-25", "2033-04-11"])
def test_a_holiday_on_a_rest_day_is_made_good(day: str) -> None:
    assert holidays()[date.fromisoformat(day)].names["vi"].startswith("bù ")


def test_every_holiday_has_both_names() -> None:
    assert all(holiday.names["vi"] and holiday.names["en"] for holiday in holidays().values())
