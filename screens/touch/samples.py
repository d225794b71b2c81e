"""Sample scenes: each screen as it looks on an ordinary Monday at Bắc Sơn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from kiosk.criteria import Criterion, default_set
from kiosk.visit import BookingState, HelpState, Place, Printing, Visit
from kiosk.waits import Waiting
from kiosk.words import Words, words
from screens.touch.scene import (
    AnswerCard,
    BookingNote,
    BookMark,
    ClosedNote,
    HeldNote,
    OfficeTexts,
    QuestionCard,
    Scene,
    ServiceTile,
    TicketNote,
    TroubleNote,
    WhyNote,
)

MONDAY = datetime(2026, 11, 23, 10, 12)
LATER = datetime(2026, 11, 23, 10, 44)
THANKED = datetime(2026, 11, 23, 10, 45)
STOPPED = datetime(2026, 11, 23, 10, 1)
VISITED = datetime(2026, 11, 23, 14, 48)
NOON = datetime(2026, 11, 23, 13, 5)
EVENING = datetime(2026, 11, 23, 17, 20)
BALLOT = "7ZTK3M0QX9V2A8PDNB4RWC1EHJ"
QR = f"HTTP://192.168.1.20:8080/V#{BALLOT}"
_ICONS = {
    "A": "baby", "B": "stamp", "C": "house-line", "E": "hand-heart",
    "G": "storefront", "H": "identification-card", "K": "files", "L": "chats-teardrop",
}  # fmt: skip


def services(said: Words) -> tuple[ServiceTile, ...]:
    """The eight services of the built-in catalogue."""
    return tuple(ServiceTile(letter, letter, icon, said.say(f"home.{letter}")) for letter, icon in _ICONS.items())


def office(said: Words) -> OfficeTexts:
    """Bắc Sơn ward; its phone is invented."""
    say = said.say
    return OfficeTexts(
        say("common.office_small"), say("common.office"), say("common.promise"),
        phone="0237 000 0100", help_desk=say("out_of_service.where"), help_side="left",
    )  # fmt: skip


def plain(language: str = "vi") -> Scene:
    """The home screen of a new visit."""
    said = words(language)
    visit = Visit(place=Place.HOME, language=language)
    tiles = services(said)
    return Scene(visit=visit, words=said, now=MONDAY, office=office(said), services=tiles, appointments=True)


def home(scene: Scene) -> Scene:
    """Home while the office says how many wait."""
    waits = (3, 6, 4, 1, 0, 5, 2, 0)
    tiles = tuple(replace(tile, waiting=n) for tile, n in zip(scene.services, waits, strict=True))
    return replace(scene, services=tiles, calls=True)


def home_unknown(scene: Scene) -> Scene:
    """Home while nobody knows how many wait."""
    return scene


def home_full(scene: Scene) -> Scene:
    """Two services have no numbers left, another has a crowd; somebody called for help."""
    tiles = home(scene).services
    told = (replace(tiles[0], full=True), replace(tiles[1], waiting=128), *tiles[2:7], replace(tiles[7], full=True))
    return replace(scene, services=told, help=HelpState.UNREACHED)


def home_helping(scene: Scene) -> Scene:
    """Somebody takes numbers for others; help is on its way."""
    return replace(at(home(scene), Place.HOME, helping=True), help=HelpState.COMING)


def confirm_second_ticket(scene: Scene) -> Scene:
    """A second number right behind the first."""
    said = replace(scene, service_name=scene.words.say("home.C"))
    return replace(at(said, Place.SECOND, service="C"), held=HeldNote("B042", scene.words.say("home.B"), MONDAY))


def held(scene: Scene) -> Scene:
    """A slip under the scanner, its place in line known."""
    waiting = Waiting(5, (10, 20), 2)
    return replace(at(scene, Place.HELD), held=HeldNote("B042", scene.words.say("home.B"), MONDAY, waiting))


def held_called(scene: Scene) -> Scene:
    """A slip whose number was called; the longest number and service."""
    return replace(at(scene, Place.HELD), held=HeldNote("B1042", scene.words.say("home.E"), MONDAY, counter="12"))


def held_drop(scene: Scene) -> Scene:
    """Is it to be given up?"""
    return replace(held(scene), visit=replace(held(scene).visit, place=Place.DROP))


def code_pad(scene: Scene) -> Scene:
    """Half a code typed."""
    return at(scene, Place.CODE, code="7ZTK3M")


def code_pad_whole(scene: Scene) -> Scene:
    """A whole code typed."""
    return at(scene, Place.CODE, code="7ZTK3MW0QX")


def appointment_checkin(scene: Scene) -> Scene:
    """A result at three o'clock."""
    note = BookingNote(
        BookingState.NOW, "15:00", scene.words.say("home.K"), 12, counter="1", result=True, promise="early"
    )
    return replace(at(scene, Place.APPOINTMENT), booking=note, now=VISITED)


def appointment_late(scene: Scene) -> Scene:
    """A visit whose hour has passed."""
    note = BookingNote(BookingState.LATE, "09:40", scene.words.say("home.E"), -32)
    return replace(at(scene, Place.APPOINTMENT), booking=note)


def appointment_other_day(scene: Scene) -> Scene:
    """Two days too early."""
    day = "Thứ Tư, 25/11" if scene.words.language == "vi" else "Wednesday, 25/11"
    note = BookingNote(BookingState.OTHER_DAY, "08:30", scene.words.say("home.B"), day=day, counter="2")
    return replace(at(scene, Place.APPOINTMENT), booking=note)


def appointment_used(scene: Scene) -> Scene:
    """Its number was taken before."""
    note = BookingNote(BookingState.USED, "10:00", scene.words.say("home.B"), -12, number="B042")
    return replace(at(scene, Place.APPOINTMENT), booking=note)


def ticket_waiting(scene: Scene) -> Scene:
    """A number whose wait is known."""
    made = at(ticket_done(scene), Place.NUMBER, waiting=Waiting(6, (15, 25), 2))
    return replace(made, calls=True, why=WhyNote("B042", ()))


def ticket_waiting_long(scene: Scene) -> Scene:
    """Many are ahead, and nobody can say how long it takes."""
    made = at(ticket_done(scene), Place.NUMBER, waiting=Waiting(128))
    return replace(made, calls=True)


def why(scene: Scene) -> Scene:
    """Why 42?"""
    say = scene.words.say
    parts = ("waiting", "cancelled", "second", "missed", "unissued", "reserve")
    lines = (say("why.of", n=42, letter="B"), *(say(f"why.{part}", n=n + 2) for n, part in enumerate(parts)))
    made = ticket_waiting(scene)
    return replace(at(made, Place.NUMBER, waiting=made.visit.waiting, why=True), why=WhyNote("B042", lines))


def at(scene: Scene, place: Place, **visit: object) -> Scene:
    """The scene with its visit at another place."""
    return replace(scene, visit=replace(scene.visit, place=place, touched=True, **visit))  # type: ignore[arg-type]


def priority(scene: Scene) -> Scene:
    """Whether priority is needed for certified copies."""
    said = replace(scene, service_name=scene.words.say("home.B"))
    return at(said, Place.PRIORITY, service="B")


def asked(scene: Scene, criterion: Criterion, step: int) -> Scene:
    """A question; step 1 is the overall one."""
    language = scene.words.language
    cards = tuple(AnswerCard(answer.id, answer.words[language], answer.picture) for answer in criterion.answers)
    promise = scene.words.say("rating_criterion.eyebrow", promise=criterion.promise[language])
    eyebrow = scene.words.say("rating_overall.eyebrow") if step == 1 else promise
    question = QuestionCard(eyebrow, criterion.question[language], cards, step, 4)
    place = Place.OVERALL if step == 1 else Place.CRITERION
    dealt = ("B1", "B4", "K1")[: step - 1]
    return replace(at(scene, place, questions=dealt, question=step - 1), question=question, now=LATER)


def rating_overall(scene: Scene) -> Scene:
    """The first question."""
    return asked(scene, default_set().overall, 1)


def rating_criterion(scene: Scene) -> Scene:
    """A question with three grades."""
    return asked(scene, default_set().criterion("B1"), 2)


def rating_criterion_na(scene: Scene) -> Scene:
    """A question that may not apply."""
    return asked(scene, default_set().criterion("B4"), 3)


def rating_criterion_long(scene: Scene) -> Scene:
    """The longest promise, with four answers."""
    return asked(scene, default_set().criterion("T4"), 4)


def ticket_done(scene: Scene) -> Scene:
    """A number, its slip printed."""
    ticket = TicketNote("B042", scene.words.say("home.B"), MONDAY)
    held = at(scene, Place.NUMBER, service="B", printing=Printing.PRINTED)
    return replace(held, ticket=ticket, qr=QR, phones=True, seconds_left=20, seconds_of=20)


def ticket_done_plain(scene: Scene) -> Scene:
    """A number of an office that no phone reaches, its slip still on the way."""
    held = ticket_done(scene)
    return replace(at(held, Place.NUMBER, printing=Printing.WAITING), phones=False)


def ticket_done_long(scene: Scene) -> Scene:
    """A number of five signs, with priority, after the copy."""
    ticket = TicketNote("B1000", scene.words.say("home.E"), MONDAY, priority=True)
    return replace(at(ticket_done(scene), Place.NUMBER, copy_asked=True), ticket=ticket)


def ticket_appointment(scene: Scene) -> Scene:
    """A number with the hour it was promised."""
    ticket = TicketNote("B042", scene.words.say("home.E"), MONDAY, appointment_at="10:30")
    return replace(ticket_done(scene), ticket=ticket, calls=True)


def ticket_no_paper(scene: Scene) -> Scene:
    """A number without paper."""
    held = at(ticket_done(scene), Place.NO_PAPER, printing=Printing.NOT_PRINTED, reason="P-101")
    return replace(held, seconds_left=60, seconds_of=60)


def ticket_no_paper_unknown(scene: Scene) -> Scene:
    """Nobody knows whether the slip came out; phones cannot reach the office."""
    held = at(ticket_no_paper(scene), Place.NO_PAPER, printing=Printing.UNKNOWN, reason="P-110")
    return replace(held, phones=False, qr=BALLOT)


def thanks(scene: Scene) -> Scene:
    """Thanks with the last published mark."""
    mark = BookMark("E81C 40B9 7TXM 2KQA", THANKED)
    return replace(at(scene, Place.THANKS), mark=mark, now=THANKED, seconds_left=10, seconds_of=10)


def thanks_channels(scene: Scene) -> Scene:
    """Thanks after an allegation."""
    return at(thanks(scene), Place.THANKS, channels=True)


def timeout(scene: Scene) -> Scene:
    """The dialog over home."""
    return replace(at(scene, Place.HOME, asking_time=True), seconds_left=14, seconds_of=20)


def idle_attract(scene: Scene) -> Scene:
    """Nobody is there."""
    return replace(at(scene, Place.IDLE), now=NOON)


def closed(scene: Scene) -> Scene:
    """Monday evening before a holiday."""
    vi = scene.words.language == "vi"
    note = ClosedNote(
        ("07:30–11:30", "13:30–17:00"),
        days="Thứ Hai đến Thứ Sáu" if vi else "Monday to Friday",
        back="Thứ Tư, 25/11" if vi else "Wednesday",
        holiday="Ngày Văn hóa Việt Nam" if vi else "Vietnam Culture Day",
        holiday_day="Thứ Ba, 24/11/2026" if vi else "Tuesday, 24/11/2026",
    )
    return replace(at(scene, Place.CLOSED, closed=True), closed=note, now=EVENING)


def closed_plain(scene: Scene) -> Scene:
    """Lunch of an office without a phone."""
    note = ClosedNote(("07:30–11:30", "13:30–17:00"), back_part="afternoon", lunch=True)
    office = replace(scene.office, phone="")
    return replace(at(scene, Place.CLOSED, closed=True), closed=note, office=office, now=NOON)


def out_of_service(scene: Scene) -> Scene:
    """A part of the kiosk stopped."""
    return replace(at(scene, Place.OUT_OF_SERVICE, trouble="M-204"), trouble=TroubleNote("M-204", STOPPED))


def toast(scene: Scene) -> Scene:
    """An identity card was held under the scanner."""
    return at(scene, Place.HOME, notice="scan.identity_card")


def home_few(scene: Scene) -> Scene:
    """An office with three services."""
    return replace(scene, services=scene.services[:3])


def home_many(scene: Scene) -> Scene:
    """An office with eleven services and a long name."""
    more = tuple(replace(tile, id=f"{tile.id}2", letter=f"{tile.letter}2") for tile in scene.services[:3])
    vi = scene.words.language == "vi"
    name = (
        "phường Hải Thượng Lãn Ông – Nguyễn Thị Minh Khai" if vi else "Hải Thượng Lãn Ông – Nguyễn Thị Minh Khai Ward"
    )
    return replace(scene, services=(*scene.services, *more), office=replace(scene.office, name=name))


SAMPLES: dict[str, Callable[[Scene], Scene]] = {
    made.__name__: made
    for made in (
        idle_attract, home, home_unknown, home_full, home_helping, home_few, home_many, confirm_second_ticket,
        held, held_called, held_drop, code_pad, code_pad_whole, appointment_checkin, appointment_late,
        appointment_other_day, appointment_used, ticket_waiting, ticket_waiting_long, why, priority, ticket_done,
        ticket_done_plain, ticket_done_long, ticket_appointment, ticket_no_paper, ticket_no_paper_unknown,
        rating_overall, rating_criterion, rating_criterion_na,
        rating_criterion_long, thanks, thanks_channels, timeout, toast, closed, closed_plain, out_of_service,
    )
}  # fmt: skip
"""What makes each screen's sample of a plain scene, by the screen's name in the gallery."""


def sample(name: str, language: str = "vi", *, big_text: bool = False, contrast: bool = False) -> Scene:
    """The sample scene of a screen in this dress."""
    scene = SAMPLES[name](plain(language))
    return replace(scene, visit=replace(scene.visit, big_text=big_text, contrast=contrast))
