"""The line in CSV and JSON: waits, ranges that were told, calls, help. Times in whole seconds, ranges in minutes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from screens.web.statistics.line_report import LineReport
from screens.web.statistics.shares import Interval, Share
from screens.web.statistics.survival import Reach
from screens.web.statistics.told_ranges import RangeLine
from screens.web.statistics.waits import ALARMS_MIN, WaitLine

Line = dict[str, object]
SHARE_COLUMNS = ("x", "n", "low", "high", "answered", "asked")
PERCENTILES = ("median", "p80", "p90", "p95", "median_leavers_never", "p80_leavers_never")


def line_object(line: LineReport, names: Mapping[str, str]) -> dict[str, Any]:
    """The line as a JSON object; null stands for what is hidden or not known. ``names``: of services."""
    waits, ranges = line.waits, line.ranges
    return {
        "waits": None
        if waits is None
        else {
            "walk_ins": _waits(waits.walk_ins),
            "appointments": _waits(waits.appointments),
            "services": [{"id": id, "name": names.get(id, id), **_waits(one)} for id, one in waits.services],
            "half_hours": [{"slot": slot, **_waits(one)} for slot, one in waits.slots],
            "transfers": {
                "n": waits.transfers.n,
                "called": waits.transfers.called,
                "second_median": _reach(waits.transfers.second),
                "total_median": _reach(waits.transfers.total),
            },
            "called": waits.called,
            "absences": waits.absences,
            "missed": share_object(waits.missed),
            "unknown": waits.unknown,
            "service_times": [
                {"id": id, "name": names.get(id, id), "n": n, "median": _reach(median)}
                for id, n, median in waits.served_s
            ],
        },
        "ranges": None
        if ranges is None
        else {
            "told": _range(ranges.told),
            "untold": ranges.untold,
            "told_same_numbers": _range(ranges.told_beside),
            "naive_same_numbers": _range(ranges.naive),
            "estimators": [{"id": name, **_range(one)} for name, one in ranges.estimators],
        },
        "calls": {
            "n": line.calls.n,
            "priority": line.calls.priority,
            "out_of_order": line.calls.out_of_order,
            "reasons": [{"id": id, "n": n} for id, n in line.calls.reasons],
        },
        "help": {
            "n": line.help.n,
            "answered": line.help.answered,
            "median_s": line.help.median.seconds if line.help.median else None,
            "longest_s": line.help.longest_s,
        },
        "cancelled": line.cancelled,
        "expired": line.expired,
    }


def share_object(share: Share | None) -> dict[str, int | float] | None:
    """A share with all that belongs to it, None while it is hidden."""
    return share.as_fields() if share else None


def interval_object(interval: Interval | None) -> dict[str, float] | None:
    """Both ends with 4 decimals."""
    return {"low": round(interval.low, 4), "high": round(interval.high, 4)} if interval else None


def _waits(line: WaitLine) -> dict[str, Any]:
    reaches = (line.median, line.p80, line.p90, line.p95, line.median_never, line.p80_never)
    return {
        "n": line.n,
        "left": line.left,
        "still": line.still,
        "longest_s": line.longest_s,
        "mean_s": line.mean_s,
        **{name: _reach(one) for name, one in zip(PERCENTILES, reaches, strict=True)},
        **{f"over_{limit}": share_object(one) for limit, one in zip(ALARMS_MIN, line.over, strict=True)},
        "left_share": share_object(line.left_share),
    }


def _reach(reach: Reach | None) -> dict[str, int | bool] | None:
    return {"seconds": reach.seconds, "reached": reach.reached} if reach else None


def _range(line: RangeLine) -> dict[str, Any]:
    return {
        "n": line.n,
        "inside": line.inside,
        "under": line.under,
        "over": line.over,
        "left": line.left,
        "share": share_object(line.share),
        "bounds": interval_object(line.bounds),
        "mean_width_min": None if line.width is None else round(line.width, 2),
        "mean_score_min": None if line.score is None else round(line.score, 2),
    }


def line_lines(told: Mapping[str, Any], hidden: str, beyond: str) -> Iterator[Line]:
    """The same object, a figure a line. ``hidden``: why a figure is not shown; ``beyond``: what a percentile
    that was not reached means."""
    waits, ranges = told["waits"], told["ranges"]
    if waits is not None:
        for group in ("walk_ins", "appointments"):
            yield from _flat({"table": "waits", "key": group}, waits[group], hidden, beyond)
        for table, key in (("services", "id"), ("half_hours", "slot"), ("service_times", "id")):
            yield from _rows(f"waits_{table}", key, waits[table], hidden, beyond)
        yield from _flat({"table": "transfers"}, waits["transfers"], hidden, beyond)
        plain = {name: waits[name] for name in ("called", "absences", "missed", "unknown")}
        yield from _flat({"table": "waits"}, plain, hidden, beyond)
    if ranges is not None:
        for group in ("told", "told_same_numbers", "naive_same_numbers"):
            yield from _flat({"table": "ranges", "key": group}, ranges[group], hidden, beyond)
        yield {"table": "ranges", "figure": "untold", "value": ranges["untold"]}
        yield from _rows("estimators", "id", ranges["estimators"], hidden, beyond)
    for figure in ("n", "priority", "out_of_order"):
        yield {"table": "calls", "figure": figure, "value": told["calls"][figure]}
    yield from _rows("out_of_order", "id", told["calls"]["reasons"], hidden, beyond)
    yield from _flat({"table": "help"}, told["help"], hidden, beyond)
    for figure in ("cancelled", "expired"):
        yield {"table": "calls", "figure": figure, "value": told[figure]}


def _rows(table: str, key: str, rows: Iterable[Mapping[str, Any]], hidden: str, beyond: str) -> Iterator[Line]:
    for row in rows:
        figures = {name: value for name, value in row.items() if name not in (key, "name")}
        yield from _flat({"table": table, "key": row[key], "name": row.get("name", "")}, figures, hidden, beyond)


def _flat(at: Line, figures: Mapping[str, Any], hidden: str, beyond: str) -> Iterator[Line]:
    for figure, value in figures.items():
        if not isinstance(value, Mapping):
            yield {**at, "figure": figure, **({"note": hidden} if value is None else {"value": value})}
        elif "reached" in value:
            note = {} if value["reached"] else {"note": beyond}
            yield {**at, "figure": f"{figure}_s", "value": value["seconds"], **note}
        elif "share" in value:
            named = {name: value[name] for name in SHARE_COLUMNS}
            yield {**at, "figure": figure, "value": value["share"], **named}
        else:
            yield {**at, "figure": figure, **value}
