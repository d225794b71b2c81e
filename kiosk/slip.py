"""A slip as data: what stands on the paper, in order, and nothing about how it is drawn.

A layout in ``devices`` turns these elements into a printer's bytes: one draws them as
pictures for a quick link, another sends them as letters over a slow cable. New slips
are made of the same elements.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Head:
    """Whose paper it is: a small line ("Ủy ban nhân dân") above the office's name, beside the logo."""

    small: str
    name: str


@dataclass(frozen=True, slots=True)
class Band:
    """The ornament of linked circles across the paper."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A thin dashed line across the paper."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A word that must be seen first, in reverse or in a box: BẢN SAO."""

    text: str


@dataclass(frozen=True, slots=True)
class Title:
    """The service: large, centred."""

    text: str


@dataclass(frozen=True, slots=True)
class Number:
    """The citizen's number, as large as the paper takes it."""

    text: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One known thing in the box below the number: a small label over a large value."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Cells:
    """One or two cells side by side in a box."""

    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One centred line; ``strong`` in the heavy weight. Wraps where the paper ends."""

    text: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code with a strong title and some words beside (rich) or around (lean) it."""

    content: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Ends:
    """Two short texts at the two ends of one line: the book's place and its checkpoint."""

    left: str
    right: str


@dataclass(frozen=True, slots=True)
class Heading:
    """What kind of paper it is, larger than anything but a number: PHIẾU NHẮC HẸN."""

    text: str


@dataclass(frozen=True, slots=True)
class Hour:
    """A framed hour, the largest of the paper, with its day; ``above`` and ``below`` may be empty."""

    above: str
    hour: str
    day: str
    below: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """A small label over what it is about, from the left edge."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Note:
    """Small sentences from the left edge; ``strong``: the part of them in the heavy weight."""

    text: str
    strong: str = ""


Element = Head | Band | Rule | Mark | Title | Number | Cells | Line | Code | Ends | Heading | Hour | Field | Note


@dataclass(frozen=True, slots=True)
class Slip:
    """What is printed and cut as one piece. ``id``: four ASCII characters that the printer may echo."""

    id: str
    elements: tuple[Element, ...]
