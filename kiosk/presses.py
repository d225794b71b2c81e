"""What an official can press at a counter, as a value."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Action(StrEnum):
    """One key of the counter's screen."""

    NEXT = "next"
    FINISH_NEXT = "finish_next"
    RECALL = "recall"
    START = "start"
    FINISH = "finish"
    MISS = "miss"
    PARK = "park"
    RETURNED = "returned"
    TRANSFER = "transfer"
    CALL_NUMBER = "call_number"
    GIVE_PRIORITY = "give_priority"
    CANCEL = "cancel"
    PAUSE = "pause"
    RESUME = "resume"
    UNDO = "undo"


@dataclass(frozen=True, slots=True)
class Press:
    """One press. ``id``: random, the same however often it is sent; ``sitting``: of the screen it comes from.

    ``number``: the ticket it is about ("" for the one at the counter); ``service``: where a
    transfer goes; ``reason``: one of the line rules' set words; ``undoes``: the press to take back.
    """

    id: str
    counter: str
    sitting: str
    action: Action
    number: str = ""
    service: str = ""
    reason: str = ""
    undoes: str = ""
