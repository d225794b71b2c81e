"""CSV and JSON: the same report as the page, with the same figures hidden, every n and every definition.

CSV is one long table, a figure a line, so that any program can filter it: ``table``, ``key``
and ``figure`` name it, ``value`` holds it, and a share carries x, n, its interval and the
response it rests on. It begins with a byte order mark (or a spreadsheet reads Vietnamese
wrongly) and no text in it can begin a formula.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from kiosk.words import Words
from screens.web.line_exports import (
    SHARE_COLUMNS,
    interval_object,
    line_lines,
    line_object,
    share_object,
)
from screens.web.statistics.bands import Split
from screens.web.statistics.promises import Promise, Window
from screens.web.statistics.release import reading
from screens.web.statistics.report import Report

BYTE_ORDER_MARK = "\ufeff"
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
COLUMNS = ("table", "key", "name", "figure", "value", "x", "n", "low", "high", "answered", "asked", "note")
DEFINITIONS = (
    "issued", "served", "rated", "silent", "held", "share", "bounds", "loose", "promises", "allegations", "hidden",
    "waits", "left", "absent", "ranges", "score", "help",
)  # fmt: skip

Line = dict[str, object]


@dataclass(frozen=True, slots=True)
class Exported:
    """Whose figures they are. ``service_name``: a service's name by (id, language)."""

    office_id: str
    office_name: str
    demo: bool
    service_name: Callable[[str, str], str]


def file_name(report: Report, office: Exported, ending: str) -> str:
    """A name for the file that says whose and when, in ASCII."""
    first, last = report.asked.first.isoformat(), report.asked.last.isoformat()
    safe = "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in office.office_id)
    return f"{safe}-{first}-{last}.{ending}"


def csv_text(report: Report, office: Exported, say: Words) -> str:
    """The report as CSV, to be sent as UTF-8."""
    made = io.StringIO(newline="")
    made.write(BYTE_ORDER_MARK)
    writer = csv.DictWriter(made, COLUMNS, restval="")
    writer.writeheader()
    for line in _lines(report, office, say):
        writer.writerow({column: _harmless(value) for column, value in line.items()})
    return made.getvalue()


def json_object(report: Report, office: Exported, say: Words) -> dict[str, Any]:
    """The report as a JSON object; null stands for what is hidden."""
    asked = report.asked
    return {
        "office": {"id": office.office_id, "name": office.office_name},
        "demo": office.demo,
        "made_at": report.made_at.isoformat(timespec="minutes"),
        "period": {**_span(Window(asked.first, asked.last)), "kind": asked.kind.value, "running": asked.is_running},
        "asked_means": _asked_means(report),
        "days_without_calls": list(report.served.uncalled),
        "definitions": {name: say.say(f"export.{name}") for name in DEFINITIONS},
        "opinions": _opinions(report),
        "loose": {"n": report.loose.n, "split": _split(report.loose.shown)},
        "rated_again": report.rated_again,
        "unanswered": report.unanswered,
        "promises": _promises(report, say.language),
        "allegations": _allegations(report, say.language),
        "services": [
            {"id": id, "name": office.service_name(id, say.language), "issued": n} for id, n in report.services
        ],
        "half_hours": [{"slot": slot, "issued": n} for slot, n in report.slots],
        "days": [
            {
                "day": line.day.isoformat(),
                "issued": line.issued,
                "served": line.served,
                "rated": line.answered,
                "split": _split(line.shown),
            }
            for line in report.days
        ],
        "line": line_object(report.line, {id: office.service_name(id, say.language) for id, _ in report.services}),
        "slips": {
            "printed": report.slips.printed,
            "not_printed": report.slips.not_printed,
            "unknown": report.slips.unknown,
            "reprinted": report.slips.reprinted,
        },
    }


def _asked_means(report: Report) -> str:
    """Who could have rated: "served", "issued" on days without calls, or "both"."""
    served = report.served
    return "issued" if not served.served else "both" if served.uncalled else "served"


def _opinions(report: Report) -> dict[str, Any]:
    bands = report.opinions.bands
    return {
        "issued": report.issued,
        "served": report.served.served,
        "asked": bands.asked,
        "priority": report.priority,
        "rated": bands.answered,
        "silent": bands.silent,
        "held": bands.held,
        "reading": reading(bands.shown.n if bands.shown else 0).value,
        "split": _split(bands.shown),
        "share": share_object(report.opinions.share),
        "bounds": interval_object(report.opinions.bounds),
    }


def _promises(report: Report, language: str) -> dict[str, Any]:
    found = report.promises
    return {
        **_span(found.window),
        "set": found.criteria.id,
        "version": found.criteria.version,
        "answered": found.response.answered,
        "asked": found.response.asked,
        "other_sets": found.others,
        "rows": [_promise(row, language) for row in found.rows],
    }


def _promise(row: Promise, language: str) -> dict[str, Any]:
    return {
        "id": row.criterion.id,
        "name": row.criterion.promise[language],
        "n": row.n,
        "not_applicable": row.not_applicable,
        "skipped": row.skipped,
        "reading": row.reading.value,
        "kept": row.kept,
        "not_quite": row.not_quite,
        "not_kept": row.not_kept,
        "share": share_object(row.share),
    }


def _allegations(report: Report, language: str) -> dict[str, Any]:
    found = report.allegations
    rows = [{"id": row.criterion.id, "name": row.criterion.promise[language], "count": row.count} for row in found.rows]
    return {**_span(found.window), "rows": rows}


def _span(window: Window) -> dict[str, str]:
    return {"first": window.first.isoformat(), "last": window.last.isoformat()}


def _split(split: Split | None) -> dict[str, int] | None:
    if split is None:
        return None
    shown = {"satisfied": split.satisfied, "neutral": split.neutral, "dissatisfied": split.dissatisfied}
    return {**shown, "n": split.n}


def _lines(report: Report, office: Exported, say: Words) -> Iterator[Line]:
    """The same object, a figure a line."""
    told = json_object(report, office, say)
    hidden = say.say("export.hidden_short")
    about = {"office": office.office_id, "made_at": told["made_at"], "first": told["period"]["first"]}
    for figure, value in {**about, "last": told["period"]["last"], "demo": int(office.demo)}.items():
        yield {"table": "about", "figure": figure, "value": value, "name": office.office_name}
    yield from _opinion_lines(told["opinions"], hidden)
    yield {"table": "loose", "figure": "n", "value": told["loose"]["n"]}
    yield from _split_lines({"table": "loose"}, told["loose"]["split"], hidden)
    for figure in ("rated_again", "unanswered"):
        yield {"table": figure, "figure": "n", "value": told[figure]}
    yield from _promise_lines(told["promises"], hidden)
    for row in told["allegations"]["rows"]:
        note = say.say("export.allegations_note", **_dates(told["allegations"]))
        yield {**_of("allegations", row), "figure": "count", "value": row["count"], "note": note}
    for row in told["services"]:
        yield {**_of("services", row), "figure": "issued", "value": row["issued"]}
    for row in told["half_hours"]:
        yield {"table": "half_hours", "key": row["slot"], "figure": "issued", "value": row["issued"]}
    for row in told["days"]:
        at: Line = {"table": "days", "key": row["day"]}
        yield {**at, "figure": "issued", "value": row["issued"]}
        no_calls = {"note": say.say("export.no_calls")}
        yield {**at, "figure": "served", **(no_calls if row["served"] is None else {"value": row["served"]})}
        yield {**at, "figure": "rated", "value": row["rated"]}
        yield from _split_lines(at, row["split"], hidden)
    for figure, value in told["slips"].items():
        yield {"table": "slips", "figure": figure, "value": value}
    yield from line_lines(told["line"], say.say("export.hidden_waits"), say.say("export.beyond"))
    for name, sentence in told["definitions"].items():
        yield {"table": "definitions", "key": name, "note": sentence}


def _opinion_lines(told: Mapping[str, Any], hidden: str) -> Iterator[Line]:
    at: Line = {"table": "opinions"}
    for figure in ("issued", "served", "asked", "priority", "rated", "silent", "held"):
        yield {**at, "figure": figure, "value": told[figure]}
    yield from _split_lines(at, told["split"], hidden)
    yield _share_line(at, told["share"], hidden)
    yield {**at, "figure": "bounds", **(told["bounds"] or {"note": hidden})}


def _promise_lines(told: Mapping[str, Any], hidden: str) -> Iterator[Line]:
    for figure in ("first", "last", "set", "version", "answered", "asked", "other_sets"):
        yield {"table": "promises", "figure": figure, "value": told[figure]}
    for row in told["rows"]:
        at = _of("promises", row)
        for figure in ("n", "not_applicable", "skipped", "reading"):
            yield {**at, "figure": figure, "value": row[figure]}
        for figure in ("kept", "not_quite", "not_kept"):
            yield _figure(at, figure, row[figure], hidden)
        yield _share_line(at, row["share"], hidden)


def _split_lines(at: Line, split: Mapping[str, int] | None, hidden: str) -> Iterator[Line]:
    for figure in ("satisfied", "neutral", "dissatisfied"):
        yield _figure(at, figure, split[figure] if split else None, hidden)


def _share_line(at: Line, share: Mapping[str, Any] | None, hidden: str) -> Line:
    if share is None:
        return {**at, "figure": "share", "note": hidden}
    return {**at, "figure": "share", "value": share["share"], **{name: share[name] for name in SHARE_COLUMNS}}


def _figure(at: Line, figure: str, value: object, hidden: str) -> Line:
    return {**at, "figure": figure, **({"note": hidden} if value is None else {"value": value})}


def _of(table: str, row: Mapping[str, Any]) -> Line:
    return {"table": table, "key": row["id"], "name": row["name"]}


def _dates(span: Mapping[str, str]) -> dict[str, str]:
    first, last = date.fromisoformat(span["first"]), date.fromisoformat(span["last"])
    return {"a": f"{first:%d/%m/%Y}", "b": f"{last:%d/%m/%Y}"}


def _harmless(value: object) -> object:
    """Text that a spreadsheet would take for a formula is marked as text."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_STARTS) else value
