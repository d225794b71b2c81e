"""What the doctor looks at on a kiosk whose office server is elsewhere: whether it answers, and knows this kiosk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kiosk.clock import Clock
from kiosk.number_blocks import next_count
from kiosk.settings import Settings
from kiosk.settings_kinds import masked
from kiosk.trouble import JournalTrouble, SyncTrouble, Trouble
from screens.findings import Finding, State, health_of
from sync.keys import KEYS, read_key
from sync.numbers_link import reserve_of

HOW = "make a code on the server with python -m sync.central enrol-code, then here python -m sync enrol --device kiosk"


def office_findings(settings: Settings, address: str, *, data: Path, clock: Clock) -> Iterator[Finding]:
    """The link to the office server at ``address``, and whether this kiosk is enrolled there."""
    told = health_of(address)
    if told is None:
        yield _troubled("office", SyncTrouble("S-301", detail=masked(address)))
        return
    if told["office_id"] != settings.office.id:
        detail = f"{masked(address)} is the server of {told['office_id']}, [office] id is {settings.office.id}"
        yield _troubled("office", JournalTrouble("J-106", detail=detail))
        return
    yield Finding("office", f"{masked(address)} answers")
    yield _enrolment(address, data, clock)


def _enrolment(address: str, data: Path, clock: Clock) -> Finding:
    place = data / KEYS / "kiosk.key"
    if not place.exists():
        return _troubled("enrolment", SyncTrouble("S-302", detail=f"no key yet; {HOW}"))
    try:
        reserve = reserve_of(address, read_key(place), clock=clock)
    except Trouble as trouble:
        return _troubled("enrolment", trouble)
    return Finding("enrolment", f"known there; cut off, this kiosk gives numbers from {next_count(reserve, 0)}")


def _troubled(what: str, trouble: Trouble) -> Finding:
    return Finding(what, trouble.text(), State.TROUBLE)
