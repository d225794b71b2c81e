"""The rules of the line, as data: an office's ``line.toml``, or the built-in rules of Bắc Sơn.

reading = read_line_rules(folder)     # folder of the catalogue, None for the built-in ones
reading.problems                      # every fault at once
reading.rules                         # LineRules; a key with a fault has its default
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, NamedTuple

from kiosk.problem import Problem
from kiosk.settings_file import Broken, SettingsFile, read_toml
from kiosk.words import words

FILE = "line.toml"
BUILT_IN = Path(__file__).parent / "line_rules" / "bac-son.toml"
WRONG = "C-414"
MOST = 86_400

NORMAL, PRIORITY, RETURNED, APPOINTMENT = "normal", "priority", "returned", "appointment"
PREFERRED = frozenset({PRIORITY, RETURNED, APPOINTMENT})
"""Lanes that are interleaved with the normal one."""
AT_LEAST_ONE = ("share", "missed_limit", "ageing_min")
ASKED = ("out_of_order", "park", "pause", "priority")
"""Steps that need a reason."""

_REASONS: Mapping[str, tuple[str, ...]] = {
    "out_of_order": ("official_error", "emergency", "same_person", "leader", "other"),
    "park": ("papers", "copy", "payment", "other"),
    "pause": ("break", "meeting", "system", "meal", "other"),
    "priority": ("old_age", "disability", "pregnant", "small_child", "merit", "ill", "other"),
}


@dataclass(frozen=True, slots=True)
class LineRules:
    """How the line is ordered. Counts are of calls, ``_min`` minutes, ``_s`` seconds.

    ``share``: normal calls of a counter before one of a preferred lane; ``ageing_min``: who has waited
    so long goes by time before all lanes; ``missed_limit``: absences that cancel a number.
    An appointment stands in line as if it had taken its number ``appointment_lead_min`` before its
    hour; who comes more than ``appointment_late_min`` after it joins as a normal number.
    ``closing_grace_min``: after the last opening hour, until what still waits expires;
    ``last_ticket_min``: before it, from when no numbers are given.
    """

    share: int = 2
    ageing_min: int = 30
    missed_limit: int = 3
    call_stands_s: int = 45
    undo_s: int = 5
    appointment_lead_min: int = 15
    appointment_late_min: int = 15
    closing_grace_min: int = 60
    last_ticket_min: int = 0
    presence_ahead: int = 3
    reasons: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: dict(_REASONS))


class LineRulesReading(NamedTuple):
    """What came of reading: the rules, and every fault."""

    rules: LineRules
    problems: tuple[Problem, ...]


def read_line_rules(folder: Path | None = None) -> LineRulesReading:
    """Read ``line.toml`` of a catalogue folder, or the built-in rules where there is none. Does not raise."""
    path = folder / FILE if folder and (folder / FILE).exists() else BUILT_IN
    told = read_toml(path)
    if isinstance(told, Broken):
        return LineRulesReading(LineRules(), (Problem(WRONG, path.name, told.line, "", told.reason),))
    problems = tuple(_problems(path.name, told))
    bad = {problem.name.partition(".")[0] for problem in problems}
    good = {key: value for key, value in told.tables.items() if key not in bad}
    reasons = {**_REASONS, **{key: tuple(value) for key, value in good.pop("reasons", {}).items()}}
    return LineRulesReading(LineRules(reasons=reasons, **good), problems)


def _problems(file: str, told: SettingsFile) -> Iterator[Problem]:
    known = sorted(one.name for one in fields(LineRules))
    for key, value in told.tables.items():
        line = told.line(key)
        if key not in known:
            near = difflib.get_close_matches(key, known, n=1)
            hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(known)}"
            yield Problem(WRONG, file, line, key, f"this is no rule of the line; {hint}")
        elif key == "reasons":
            yield from _reason_problems(file, value, told)
        elif isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MOST:
            yield Problem(WRONG, file, line, key, f"a whole number from 0 to {MOST} is needed")
        elif key in AT_LEAST_ONE and value == 0:
            yield Problem(WRONG, file, line, key, "at least 1 is needed")


def _reason_problems(file: str, value: Any, told: SettingsFile) -> Iterator[Problem]:
    if not isinstance(value, dict):
        yield Problem(WRONG, file, told.line("reasons"), "reasons", "a table of lists is needed")
        return
    for step, names in value.items():
        name, line = f"reasons.{step}", told.line("reasons", step)
        if step not in ASKED:
            yield Problem(WRONG, file, line, name, f"only {', '.join(ASKED)} ask for a reason")
        elif not isinstance(names, list) or not names or not all(isinstance(one, str) and one for one in names):
            yield Problem(WRONG, file, line, name, "a list of at least one word is needed")
        else:
            unsaid = [one for one in names if not words().has(f"reasons.{one}")]
            for one in unsaid:
                yield Problem(WRONG, file, line, name, f"the language files have no words for {one!r}")
