"""Tallies: the counts that a manager's page reads, one small row each.

They are a fold of the entries and nothing else: made in the transaction that accepts the
entries, rebuilt at will, compared by ``verify``. Two narrow tables, not one wide
(a day of one office has a few dozen rows in each).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class TallyRow:
    """How often something happened on a business day.

    ``day`` is ISO text. What ``measure`` counts, and what ``key`` and ``answer`` then mean:

    - ``issued``: numbers taken; key = service id, answer = "priority" or "normal".
    - ``printed``, ``not_printed``, ``print_unknown``, ``reprinted``: slips; answer = the reason.
    - ``rated``: overall answers given with a ballot, each ballot once in an office; answer.
    - ``rated_again``: the same ballot in a second book; never part of a headline; answer.
    - ``loose``: overall answers without a ballot; answer.
    - ``unanswered``: the question was shown and left; answer = the reason.
    - ``criterion``, ``criterion_loose``, ``criterion_again``: last answers to one promise within
      ``rated``, ``loose`` and ``rated_again``; key = "set:version:criterion", answer incl. "skipped";
      the day is that of the overall answer.

    - ``called``: calls to counters; answer = the lane. A day with any is a day on which the office calls.
    - ``out_of_order``: calls that passed over the order of the line; answer = the reason.
    - ``served``: started and finished, on the day of the finish; key = the service it ended at.
    - ``missed``, ``transferred``: absent when called (without those taken back), sent on; key = service id.
    - ``cancelled``, ``expired``: numbers that ended so; key = service id, answer = "called" if they ever were,
      else "waiting".
    - ``estimate``: ranges held against the wait that came true; key = estimator, answer = a grade of
      ``kiosk.estimates``. Appointments are not among them.

    Where no meaning is given, ``key`` or ``answer`` is "". ``n`` is above 0.
    """

    day: str
    measure: str
    key: str
    answer: str
    n: int


@dataclass(frozen=True, slots=True, order=True)
class HourRow:
    """How often something happened in one half hour, by the office's wall time.

    ``slot`` is where the half hour starts, "07:30". ``measure`` is "issued" (key = service id),
    "rated" or "loose" (key = ""). ``n`` is above 0.
    """

    day: str
    slot: str
    measure: str
    key: str
    n: int
