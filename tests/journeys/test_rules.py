"""Every place, every event: what a visit may never do, whatever happens in whatever order."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.ports import Outcome, PrintOutcome
from kiosk.tickets import Ticket
from kiosk.visit import Booking, BookingState, HeldSlip, HelpState, Place, Printing, Times, Visit
from kiosk.visit_events import (
    AnswerChosen,
    AnswerRecorded,
    BackPressed,
    BallotScanned,
    BallotState,
    BigTextToggled,
    ContrastToggled,
    CopyAsked,
    DeskFailed,
    DeskRecovered,
    DonePressed,
    Effect,
    Event,
    IdentityCardScanned,
    IssueTicket,
    LanguageToggled,
    MoreTimePressed,
    OpeningChanged,
    PageTurned,
    PrintCopy,
    PrintSettled,
    PriorityChosen,
    RateChosen,
    RecordAnswer,
    RecordRating,
    ServiceChosen,
    Skipped,
    Tick,
    TicketReady,
    Touched,
    UnknownScan,
)
from kiosk.visit_lobby_events import (
    AppointmentScanned,
    AppointmentTold,
    ArrivalChosen,
    AskAppointment,
    CallHelp,
    CodeChosen,
    CodeEntered,
    ConfirmPresence,
    DropChosen,
    DropConfirmed,
    DropTicket,
    HelpHeard,
    HelpingChosen,
    HelpingEnded,
    HelpPressed,
    HelpWritten,
    LetterErased,
    LetterTyped,
    ScanRefused,
    SecondAnswered,
    SlipFound,
    SlipNoted,
    StayChosen,
    WhyAsked,
    WhyClosed,
)
from kiosk.visit_moves import fresh
from kiosk.visit_steps import step

TIMES = Times()
BALLOT = bytes(range(16))
PRINTED = PrintOutcome(Outcome.PRINTED)
NO_PAPER = PrintOutcome(Outcome.NOT_PRINTED, "P-101")
SLIP = HeldSlip("E007", "E", date(2026, 11, 23))
BOOKED = Booking(BookingState.NOW, "a1", service="E", on_day=date(2026, 11, 23), at="08:30")
LONGEST_S = (
    TIMES.attract_after
    + TIMES.idle_prompt
    + TIMES.prompt
    + TIMES.no_paper_stay
    + TIMES.ticket_stay
    + TIMES.helping_stay
)

EVENTS: tuple[Event, ...] = (
    Touched(), ServiceChosen("E", asks_priority=False), ServiceChosen("B", asks_priority=True), PageTurned(1),
    PriorityChosen(True), PriorityChosen(False), CopyAsked(), RateChosen(), AnswerChosen("satisfied"), Skipped(),
    BackPressed(), DonePressed(), MoreTimePressed(), LanguageToggled(), BigTextToggled(), ContrastToggled(),
    BallotScanned(BALLOT, BallotState.OPEN), BallotScanned(BALLOT, BallotState.USED),
    BallotScanned(BALLOT, BallotState.UNKNOWN), IdentityCardScanned(), UnknownScan(),
    DeskFailed("M-201"), DeskRecovered(), OpeningChanged(True), OpeningChanged(False),
    PrintSettled("E999", NO_PAPER),
    SecondAnswered(True), SecondAnswered(False), HelpingChosen(), HelpingEnded(), WhyAsked(), WhyClosed(),
    HelpPressed(), HelpHeard("h1", answered=False), HelpHeard("h1", answered=True), HelpHeard("h9", answered=True),
    SlipFound(SLIP), ScanRefused("dropped"), StayChosen(), DropChosen(), DropConfirmed(), CodeChosen(),
    LetterTyped("A"), LetterErased(), CodeEntered(), AppointmentScanned("0123456789"), AppointmentTold(None, "x"),
    ArrivalChosen(),
)  # fmt: skip
"""One of each kind that can reach a visit from outside; what the desk answers is made by ``World``."""


def ticket(number: str, service: str = "E", *, priority: bool = False) -> Ticket:
    at = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
    return Ticket(number, service, priority, date(2026, 11, 23), at, 2, "0000 0000 0000 0000", BALLOT)


@dataclass
class World:
    """A visit, a clock, and a desk and printer that answer when they are let."""

    now: float = 0
    visit: Visit = field(default_factory=lambda: fresh(Visit(), 0, TIMES))
    waiting: list[Event] = field(default_factory=list)
    issued: dict[int, list[str]] = field(default_factory=dict)
    copies: dict[int, int] = field(default_factory=dict)
    rated: int = 0
    calls: int = 0
    dropped: int = 0

    def happen(self, event: Event) -> None:
        self.visit, effects = step(self.visit, event, self.now, TIMES)
        for effect in effects:
            self._answer(effect)

    def let_answer(self) -> None:
        """The desk and the printer answer everything they were asked, in order."""
        while self.waiting:
            self.happen(self.waiting.pop(0))

    def pass_time(self, seconds: float) -> None:
        for _ in range(int(seconds)):
            self.now += 1
            self.happen(Tick())

    def _answer(self, effect: Effect) -> None:
        if isinstance(effect, IssueTicket):
            numbers = self.issued.setdefault(effect.visit_id, [])
            numbers.append(f"E{sum(map(len, self.issued.values())) + 1:03d}")
            made = ticket(numbers[-1], effect.service, priority=effect.priority)
            self.waiting += [TicketReady(made), PrintSettled(made.number, PRINTED)]
        elif isinstance(effect, PrintCopy):
            self.copies[self.visit.id] = self.copies.get(self.visit.id, 0) + 1
            self.waiting.append(PrintSettled(effect.ticket.number, NO_PAPER))
        elif isinstance(effect, RecordRating):
            self.rated += 1
            self.waiting.append(AnswerRecorded(effect.rating_id or "r1", "B1"))
        elif isinstance(effect, RecordAnswer):
            asked = len(effect.asked)
            more = ("B1", "K1", "T1")[asked] if asked < 3 and effect.question == asked else ""
            self.waiting.append(AnswerRecorded(effect.rating_id, more))
        else:
            self._answer_for_lobby(effect)

    def _answer_for_lobby(self, effect: Effect) -> None:
        if isinstance(effect, CallHelp):
            self.calls += 1
            self.waiting.append(HelpWritten(f"h{self.calls}"))
        elif isinstance(effect, AskAppointment):
            self.waiting.append(AppointmentTold(BOOKED))
        elif isinstance(effect, ConfirmPresence | DropTicket):
            self.dropped += isinstance(effect, DropTicket)
            self.waiting.append(SlipNoted())


def worlds() -> dict[str, World]:
    """A world at every place, reached as a citizen reaches it."""
    paths: dict[str, tuple[Event, ...]] = {
        "home": (),
        "priority": (ServiceChosen("B", asks_priority=True),),
        "number": (ServiceChosen("E", asks_priority=False),),
        "no-paper": (ServiceChosen("E", asks_priority=False), CopyAsked()),
        "overall": (RateChosen(),),
        "criterion": (RateChosen(), AnswerChosen("neutral")),
        "thanks": (RateChosen(), AnswerChosen("neutral"), Skipped(), Skipped(), Skipped()),
        "second": (ServiceChosen("E", asks_priority=False), DonePressed(), ServiceChosen("E", asks_priority=False)),
        "helping": (HelpingChosen(),),
        "held": (SlipFound(SLIP),),
        "drop": (SlipFound(SLIP), DropChosen()),
        "code": (CodeChosen(), LetterTyped("A")),
        "appointment": (AppointmentScanned("0123456789"),),
        "closed": (OpeningChanged(True),),
        "out-of-service": (DeskFailed("M-201"),),
    }
    made = {}
    for name, events in paths.items():
        made[name] = World()
        for event in events:
            made[name].happen(event)
            made[name].let_answer()
    made["idle"] = World()
    made["idle"].pass_time(TIMES.attract_after)
    made["prompt"] = worlds_prompt()
    return made


def worlds_prompt() -> World:
    world = World()
    world.happen(RateChosen())
    world.pass_time(TIMES.idle_prompt)
    return world


PLACES = tuple(worlds())


def test_every_place_is_reached() -> None:
    reached = {world.visit.place for world in worlds().values()}
    assert reached == set(Place)
    assert worlds()["prompt"].visit.asking_time


@pytest.mark.parametrize("event", EVENTS, ids=str)
@pytest.mark.parametrize("place", PLACES)
def test_any_event_at_any_place_leaves_a_visit_that_ends(place: str, event: Event) -> None:
    world = worlds()[place]
    world.happen(event)
    world.let_answer()
    world.happen(DeskRecovered())
    world.happen(OpeningChanged(False))
    world.pass_time(LONGEST_S)
    assert world.visit.place in (Place.HOME, Place.IDLE)
    assert not world.visit.busy


@pytest.mark.parametrize("event", EVENTS, ids=str)
@pytest.mark.parametrize("place", ["number", "no-paper"])
def test_a_number_on_the_screen_leaves_only_by_her_hand_or_its_time(place: str, event: Event) -> None:
    world = worlds()[place]
    held = world.visit.ticket
    world.happen(event)
    if not isinstance(event, DonePressed):
        assert world.visit.ticket == held
        world.pass_time(TIMES.ticket_stay / 2)
        assert world.visit.ticket == held


@pytest.mark.parametrize("place", ["closed", "out-of-service"])
def test_nothing_can_be_begun_while_the_kiosk_rests(place: str) -> None:
    for event in EVENTS:
        world = worlds()[place]
        world.happen(event)
        assert not world.issued
        assert not world.rated


def test_a_visit_asks_for_time_before_it_drops_anything() -> None:
    for name in ("priority", "overall", "criterion"):
        world = worlds()[name]
        world.pass_time(TIMES.idle_prompt)
        assert world.visit.asking_time, name
        world.happen(MoreTimePressed())
        assert not world.visit.asking_time
        assert world.visit.place is worlds()[name].visit.place


def test_no_slip_is_dropped_without_being_asked_twice() -> None:
    for place in PLACES:
        for event in EVENTS:
            world = worlds()[place]
            world.happen(event)
            assert not world.dropped or (place, event) == ("drop", DropConfirmed())


def test_nothing_of_a_slip_an_appointment_or_a_code_outlives_its_visit() -> None:
    for place in ("held", "drop", "code", "appointment", "second"):
        world = worlds()[place]
        world.pass_time(TIMES.idle_prompt + TIMES.prompt)
        visit = world.visit
        assert (visit.slip, visit.code, visit.booking, visit.claim, visit.taken) == (None, "", None, "", None), place


def test_a_call_for_help_never_ends_in_silence() -> None:
    for place in PLACES:
        world = worlds()[place]
        if world.visit.asking_time:
            continue  # the dialog covers the key
        world.happen(HelpPressed())
        world.let_answer()
        world.pass_time(TIMES.help_unreached)
        assert world.visit.help.state is HelpState.UNREACHED, place


def test_back_leads_to_the_question_before() -> None:
    world = worlds()["criterion"]
    world.happen(BackPressed())
    assert world.visit.place is Place.OVERALL
    world.happen(Skipped())
    assert (world.visit.place, world.visit.question) == (Place.CRITERION, 1)


def test_paper_trouble_is_shown_however_late_it_is_known() -> None:
    world = World()
    world.happen(ServiceChosen("E", asks_priority=False))
    world.waiting = [world.waiting[0], PrintSettled("E001", NO_PAPER)]
    world.let_answer()
    assert (world.visit.place, world.visit.printing, world.visit.reason) == (
        Place.NO_PAPER,
        Printing.NOT_PRINTED,
        "P-101",
    )


def test_no_word_from_the_printer_shows_the_number_large_in_time() -> None:
    world = World()
    world.happen(ServiceChosen("E", asks_priority=False))
    world.happen(world.waiting.pop(0))
    world.waiting.clear()
    world.pass_time(TIMES.ticket_stay)
    assert (world.visit.place, world.visit.printing) == (Place.NO_PAPER, Printing.UNKNOWN)


def test_a_ballot_held_up_on_an_idle_screen_begins_her_rating() -> None:
    world = worlds()["idle"]
    world.happen(BallotScanned(BALLOT, BallotState.OPEN))
    assert (world.visit.place, world.visit.ballot) == (Place.OVERALL, BALLOT)


def test_the_ballot_is_forgotten_with_the_visit() -> None:
    world = worlds()["idle"]
    world.happen(BallotScanned(BALLOT, BallotState.OPEN))
    world.pass_time(TIMES.idle_prompt + TIMES.prompt)
    assert world.visit.ballot is None


STEPS = st.lists(
    st.one_of(
        st.sampled_from(EVENTS).map(lambda event: ("event", event)),
        st.just(("answer", None)),
        st.sampled_from([1.0, 10.0, 21.0, 61.0]).map(lambda seconds: ("time", seconds)),
    ),
    max_size=40,
)


@given(STEPS)
@settings(max_examples=400, deadline=None)
def test_whatever_happens_the_promises_of_a_visit_hold(steps: list[tuple[str, object]]) -> None:
    world = World()
    for kind, what in steps:
        before = world.visit
        if kind == "event":
            assert isinstance(what, Event)
            world.happen(what)
        elif kind == "answer":
            world.let_answer()
        else:
            assert isinstance(what, float)
            world.pass_time(what)
        _hold(before, world)
    world.let_answer()
    world.happen(DeskRecovered())
    world.happen(OpeningChanged(False))
    world.pass_time(LONGEST_S)
    assert world.visit.place in (Place.HOME, Place.IDLE), "no dead end"


def _hold(before: Visit, world: World) -> None:
    visit = world.visit
    assert all(len(numbers) == 1 for numbers in world.issued.values()), "one visit, one number"
    assert all(count == 1 for count in world.copies.values()), "one visit, one copy"
    assert not (visit.place is Place.NUMBER and visit.taken), "a number on the screen is not one held before"
    if visit.id != before.id:
        fallen_back = (visit.big_text, visit.contrast) == (False, False) and visit.language == "vi"
        assert fallen_back, "settings fall back"
        assert visit.rating_id == "" or visit.place is not Place.HOME
    if visit.place in (Place.NUMBER, Place.NO_PAPER):
        assert visit.ticket is not None
    if visit.place is Place.CRITERION:
        assert visit.rating_id
        assert 1 <= visit.question <= len(visit.questions) <= 3
    if visit.place is Place.IDLE:
        assert visit.ticket is None
        assert visit.ballot is None
