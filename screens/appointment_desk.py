"""Appointments at the office server: one fold of all books, every decision on the log's writing thread.

    kept = Appointments(central, rules=..., days=..., private=PrivateTable(data))
    kept.book(Wish(...))        -> Booked(appointment, code); raises SyncTrouble S-338, S-339, S-350, S-351

A place is looked for and taken in one piece (``CentralLog.act``), so an hour with two places
is never given three times, however many phones ask at once.
"""

from __future__ import annotations

import logging
import secrets
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from kiosk.appointment_code import code_hash, new_code
from kiosk.appointment_desk import CITIZEN, STAFF, AppointmentDesk, Arrival, FreeSlot, Wish
from kiosk.appointment_facts import AppointmentBooked
from kiosk.appointment_rules import AppointmentRules
from kiosk.appointments import Appointment, AppointmentBook
from kiosk.clock import office_time
from kiosk.entry import Entry
from kiosk.fact import Fact
from kiosk.lobby_views import ArrivalView
from kiosk.trouble import SyncTrouble, Trouble
from kiosk.working_days import WorkingDays
from screens.private_table import Private, PrivateTable
from sync.central.service import CentralLog

ID_BYTES = 8
MOST_DOSSIER_LETTERS = 60
log = logging.getLogger(__name__)


def dossier_text(text: str) -> str:
    r"""A dossier code as it is kept: what a scanner puts around it is left out, what cannot be seen is shown as
    ``\x07``, what is too long is cut. The staff are warned of one that has no longer the shape of a code."""
    shown = (letter if letter.isprintable() else f"\\x{ord(letter):02x}" for letter in text.strip(" \t\r\n"))
    return "".join(shown)[:MOST_DOSSIER_LETTERS]


@dataclass(frozen=True, slots=True)
class Booked:
    """A place that was taken: the appointment and the code its paper carries."""

    appointment: Appointment
    code: str


class Appointments:
    """All appointments of an office. Safe from any thread; durable when a call returns."""

    def __init__(
        self,
        central: CentralLog,
        *,
        rules: AppointmentRules,
        days: WorkingDays,
        late_min: int,
        private: PrivateTable,
    ) -> None:
        """``central`` must be an office's. What its books tell is folded before this returns.

        ``late_min``: how long the turn of a visit holds, as in the line's rules."""
        self.rules = rules
        self.days = days
        self.late_min = late_min
        self._central = central
        self._private = private
        self._guard = threading.RLock()
        self._book = AppointmentBook()
        self._desk = AppointmentDesk(self._book, rules, days, late_min)
        self._swept = date.min
        central.act(self._begin)
        self._private.erase(id for id in self._private.ids() if self._book.find(id) is None)
        self.sweep()

    def now(self) -> datetime:
        """The office's wall time."""
        return office_time(self._central.clock.now(), self._central.utc_offset_h)

    # --- doing --------------------------------------------------------------------------------

    def book(self, wish: Wish, dossier: str = "") -> Booked:
        """Take a place. Raises ``SyncTrouble`` S-338, S-339, S-350, S-351; nothing is kept then."""
        self.sweep()
        code, id = new_code(), secrets.token_hex(ID_BYTES)
        return self._placed(
            id,
            Private(code, dossier_text(dossier)),
            lambda: self._desk.book(wish, id=id, code_hash=code_hash(code), now=self.now()),
        )

    def move(self, old_id: str, wish: Wish) -> Booked:
        """Give another day or hour, once. Raises ``SyncTrouble`` S-338 to S-342, S-350, S-351."""
        id = secrets.token_hex(ID_BYTES)
        kept = self._private.get(old_id)
        return self._placed(id, kept, lambda: self._desk.move(old_id, wish, id=id, now=self.now()))

    def cancel(self, id: str, by: str = STAFF) -> None:
        """Give an appointment up. Raises ``SyncTrouble`` S-340, S-341."""
        self._act(lambda: self._desk.cancel(id, by))

    def cancel_by_code(self, code: str) -> None:
        """The same by whoever holds its paper."""
        self._act(lambda: self._desk.cancel(self._of_code(code).id, CITIZEN))

    def ready(self, id: str) -> None:
        """A result lies ready. Raises ``SyncTrouble`` S-340."""
        self._act(lambda: self._desk.ready(id, self.now()))

    def hand_over(self, id: str) -> None:
        """A result is collected. Raises ``SyncTrouble`` S-340."""
        self._act(lambda: self._desk.hand_over(id, self.now()))

    def apologise(self, id: str) -> None:
        """The letter for a delay is written. Raises ``SyncTrouble`` S-340, S-333."""
        self._act(lambda: self._desk.apologise(id, self.now().date()))

    def printed(self, id: str) -> None:
        """A reminder went out through the browser's own printing: nobody knows whether it came out. Raises
        ``SyncTrouble`` S-340, S-333."""
        self._act(lambda: self._desk.printed(id))

    def sweep(self) -> None:
        """Erase what is no longer needed, once a day."""
        today = self.now().date()
        if self._swept == today:
            return
        self._swept = today
        with self._guard:
            ended = self._book.ended_before(today - timedelta(days=self.rules.kept_days))
        self._private.erase(ended)

    # --- reading ------------------------------------------------------------------------------

    def free(self, service: str, day: date, by: str = STAFF) -> tuple[FreeSlot, ...]:
        """The hours of a service that are still to come on a day, with what is left of each."""
        with self._guard:
            return self._desk.free(service, day, self.now(), by)

    def find(self, id: str) -> Appointment:
        """An appointment; ``SyncTrouble`` S-340 if there is none of that id."""
        with self._guard:
            found = self._book.find(id)
        if found is None:
            raise SyncTrouble("S-340")
        return found

    def standing(self, id: str) -> Appointment:
        """An appointment that still holds; ``SyncTrouble`` S-340, S-333 otherwise."""
        with self._guard:
            return self._desk.standing(id)

    def by_code(self, code: str) -> Appointment:
        """What a code stands for now; ``SyncTrouble`` S-340 if nothing."""
        with self._guard:
            return self._of_code(code)

    def on_day(self, day: date) -> list[Appointment]:
        """All appointments of a day, by hour."""
        with self._guard:
            return self._book.on_day(day)

    def due_tomorrow(self) -> list[Appointment]:
        """Results promised for the next working day or before, and not ready."""
        with self._guard:
            return self._desk.due_tomorrow(self.now().date())

    def ready_results(self) -> list[Appointment]:
        """Results that wait to be collected."""
        with self._guard:
            return self._book.ready_results()

    def apology_due(self, one: Appointment) -> bool:
        """Whether a letter is owed for this one."""
        return self._desk.apologies_owed(one, self.now().date()) != ()

    def last_apology(self, one: Appointment) -> date:
        """The last day on which that letter is in time."""
        return self._desk.last_apology(one, self.now().date())

    def private(self, id: str) -> Private:
        """Code and dossier code, as long as they are kept."""
        return self._private.get(id)

    def booked_facts(self, day: date) -> list[AppointmentBooked]:
        """The bookings that hold for a day: what the line of that day must know, made before it began."""
        with self._guard:
            return self._book.booked_facts(day)

    def arrival(self, hash: str) -> ArrivalView:
        """What a kiosk tells somebody who shows a reminder, by the hash of its code."""
        now = self.now()
        with self._guard:
            arrival, found = self._desk.arrival(hash, now)
        if found is None:
            return ArrivalView(arrival.value)
        day = found.on_day.isoformat()
        return ArrivalView(
            arrival.value, found.id, found.kind, found.service, day, found.at, found.counter, found.promise,
            found.number if arrival is Arrival.USED else "",
        )  # fmt: skip

    # --- inside -------------------------------------------------------------------------------

    def _placed(self, id: str, kept: Private, decide: Callable[[], Sequence[Fact]]) -> Booked:
        """What cannot be is refused before anything is written. Then what is private is kept first, so that no
        appointment is ever without its code; of one that was refused after all it is erased again, and of one
        that a power cut left open, at the next start."""
        with self._guard:
            decide()
        self._private.put(id, kept)
        try:
            self._act(decide)
        except Exception:
            self._private.erase([id])
            raise
        return Booked(self.find(id), kept.code)

    def _act(self, decide: Callable[[], Sequence[Fact]]) -> None:
        def guarded() -> Sequence[Fact]:
            with self._guard:
                return decide()

        self._central.act(guarded)

    def _of_code(self, code: str) -> Appointment:
        found = self._book.by_code(code_hash(code))
        if found is None:
            raise SyncTrouble("S-340")
        return found

    def _begin(self) -> Sequence[Fact]:
        """On the writing thread: nothing is taken between what is read and what is heard."""
        for entry in self._central.store.appointment_entries(self._central.office_id or ""):
            self._book.take_in(entry)
        self._central.listen(self._hear)
        return ()

    def _hear(self, _: str, entries: Sequence[Entry]) -> None:
        with self._guard:
            for entry in entries:
                self._book.take_in(entry)
        try:
            self.sweep()
        except Trouble as trouble:  # told in the server's log; tried again tomorrow
            log.warning("what is no longer needed could not be erased: %s", trouble.text())
