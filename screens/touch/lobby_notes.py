"""What a scene says of the lobby: waits on the tiles, numbers held, appointments, why a number is so high."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, time

from kiosk.lobby_views import KioskView
from kiosk.opening import day_name
from kiosk.visit import Booking, Place, Visit
from kiosk.waits import OwnLine, waiting_count
from kiosk.why_words import why_words
from kiosk.words import Words
from screens.touch.scene import BookingNote, HeldNote, ServiceTile, WhyNote

MINUTE_S = 60


def with_waits(tiles: tuple[ServiceTile, ...], view: KioskView | None, own: OwnLine) -> tuple[ServiceTile, ...]:
    """The tiles with how many wait, where somebody knows; "no waiting" is said only where a counter is open."""
    return tiles if view is None else tuple(_with_wait(tile, view, own) for tile in tiles)


def _with_wait(tile: ServiceTile, view: KioskView, own: OwnLine) -> ServiceTile:
    line = view.lines.get(tile.id)
    count = waiting_count(view, own, tile.id)
    if line is None or (not count and not line.basis.counters):
        count = None
    return replace(tile, waiting=count, full=line is not None and line.full)


def held_note(visit: Visit, names: Mapping[str, str], local: Callable[[datetime], datetime]) -> HeldNote | None:
    """The number she holds, where a screen speaks of it."""
    if visit.place is Place.SECOND and visit.taken:
        taken = visit.taken
        return HeldNote(taken.number, names.get(taken.service, ""), local(taken.at))
    if visit.place in (Place.HELD, Place.DROP) and visit.slip:
        slip = visit.slip
        at = local(slip.at) if slip.at else None
        return HeldNote(slip.number, names.get(slip.service, ""), at, slip.waiting, slip.counter)
    return None


def booking_note(visit: Visit, names: Mapping[str, str], now: datetime, words: Words) -> BookingNote | None:
    """The appointment on the screen."""
    booking = visit.booking
    if visit.place is not Place.APPOINTMENT or booking is None:
        return None
    day = booking.on_day
    return BookingNote(
        booking.state,
        booking.at,
        names.get(booking.service, ""),
        minutes=_minutes_to(booking, now),
        day=f"{day_name(day, words)}, {day:%d/%m}" if day else "",
        past=day is not None and day < now.date(),
        counter=booking.counter,
        number=booking.number,
        result=booking.kind == "result",
        promise=booking.promise,
    )


def _minutes_to(booking: Booking, now: datetime) -> int | None:
    """Whole minutes until its hour today."""
    if booking.on_day != now.date() or not booking.at:
        return None
    at = datetime.combine(now.date(), time.fromisoformat(booking.at), now.tzinfo)
    return round((at - now.replace(second=0, microsecond=0)).total_seconds() / MINUTE_S)


def why_note(visit: Visit, letter: str, view: KioskView | None, words: Words) -> WhyNote | None:
    """Why the service's numbers stand where they stand; None if nobody knows."""
    why = view.why.get(letter) if view is not None and letter else None
    return WhyNote(why.number, why_words(why, words)) if why is not None and why.number else None
