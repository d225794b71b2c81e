"""Facts of appointments and of results with a due date.

An appointment is named by ``appointment_id`` (random) and found by ``code_hash``, the SHA-256 of its code;
the code itself stands on paper only. A dossier code is personal data: it stands in the office's erasable
table, never in a fact.
"""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.fact import Fact


@dataclass(frozen=True, slots=True)
class AppointmentBooked(Fact):
    """A slot was taken. ``kind``: "visit" (a citizen comes with a matter) or "result" (a result will be ready);
    ``on_day`` ISO, ``at`` "08:30" office time; ``counter`` "" for any; ``by``: "staff" or "citizen";
    ``moved_from``: the appointment it replaces, "" for none."""

    appointment_id: str
    code_hash: str
    kind: str
    service: str
    on_day: str
    at: str
    counter: str
    by: str
    moved_from: str


@dataclass(frozen=True, slots=True)
class AppointmentCancelled(Fact):
    """An appointment was given up or moved. ``reason``: "asked" or "moved"."""

    appointment_id: str
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class ReminderPrinted(Fact):
    """A PHIẾU NHẮC HẸN went to a printer. ``outcome``: "printed", "not-printed", "unknown"; ``reason``: a code."""

    appointment_id: str
    outcome: str
    reason: str


@dataclass(frozen=True, slots=True)
class AppointmentCheckedIn(Fact):
    """Whoever has the appointment came and took a number. In the book that issued the number."""

    appointment_id: str
    number: str


@dataclass(frozen=True, slots=True)
class AppointmentClaimed(Fact):
    """A reminder slip was shown while the kiosk could not ask the office: the number is held against it later."""

    code_hash: str
    number: str


@dataclass(frozen=True, slots=True)
class ResultReady(Fact):
    """A result lies ready. ``promise``: "early", "on-time" or "late" against its due date."""

    appointment_id: str
    promise: str


@dataclass(frozen=True, slots=True)
class ResultHandedOver(Fact):
    """A result was collected."""

    appointment_id: str


@dataclass(frozen=True, slots=True)
class ApologyWritten(Fact):
    """The letter of apology for a delay is done: at the latest one day before the due date (NĐ 61/2018 Đ.19.9)."""

    appointment_id: str
    in_time: bool
